/** `list`: its elements, and those that `elementsYaml` spells out. */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Context } from './context';
import { type GoDict, type GoValue, goTypeOfJson, newDict, parseYaml, setKey } from './go';
import type { GeneratorFields } from './inputs';
import { isEmpty, NIL, type Params, paramsOf } from './params';
import { refuseGenerator } from './refusal';

export function generateList(body: GeneratorFields, path: FieldPath, { engine }: Context): Params[] {
  const elements = Array.isArray(body['elements']) ? body['elements'] : [];
  const sets = elements.map((element: unknown, index) => {
    const at = [...path, 'elements', index];
    const fields = mapOf(element, 'error unmarshling list element json', at);
    return engine.goTemplate ? fields : plainParams(fields, at);
  });
  const yaml = body['elementsYaml'];
  return typeof yaml === 'string' && yaml !== '' ? [...sets, ...yamlElements(yaml, [...path, 'elementsYaml'])] : sets;
}

/** Without Go templates parameters are texts, and only `values` may be a map of them. */
function plainParams(fields: Params, path: FieldPath): Params {
  if (isEmpty(fields)) return NIL;
  const params = newDict();
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (key === 'values') addValues(params, value, [...path, key]);
    else setKey(params, key, textOf(value, [...path, key]));
  }
  return params;
}

function addValues(params: GoDict, values: GoValue, path: FieldPath): void {
  if (!isPlainObject(values)) refuseGenerator('error parsing values map', path, 'make `values` a map of texts');
  for (const [key, value] of Object.entries(values)) setKey(params, `values.${key}`, textOf(value, [...path, key]));
}

function textOf(value: unknown, path: FieldPath): string {
  if (typeof value === 'string') return value;
  const message = `error parsing value as string: got ${JSON.stringify(value)}`;
  return refuseGenerator(message, path, 'quote it, or set goTemplate: true, where elements hold any JSON');
}

function yamlElements(text: string, path: FieldPath): Params[] {
  const parsed = parsedYaml(text, path);
  if (parsed === null) return [];
  if (!Array.isArray(parsed)) {
    const got = goTypeOfJson(parsed);
    refuseGenerator(
      `error unmarshling decoded ElementsYaml error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${got} into Go value of type []map[string]interface {}`,
      path,
      'make it a list of maps',
    );
  }
  return parsed.map((element, index) =>
    mapOf(element, 'error unmarshling decoded ElementsYaml error unmarshaling JSON: while decoding JSON: json', [
      ...path,
      index,
    ]),
  );
}

function parsedYaml(text: string, path: FieldPath): GoValue {
  try {
    return parseYaml(text);
  } catch (error) {
    const message = `error unmarshling decoded ElementsYaml ${(error as Error).message}`;
    return refuseGenerator(message, path, 'write a YAML list of maps');
  }
}

/** A copy, since functions of templates may change what they are given. */
function mapOf(value: unknown, prefix: string, path: FieldPath): Params {
  if (value === null || value === undefined) return NIL;
  if (isPlainObject(value)) return paramsOf(structuredClone(value) as GoDict);
  const message = `${prefix}: cannot unmarshal ${goTypeOfJson(value)} into Go value of type map[string]interface {}`;
  return refuseGenerator(message, path, 'make each element a map');
}
