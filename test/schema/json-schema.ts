/**
 * A second opinion: CRD schemas as plain JSON Schema for ajv, and what the API server does to an object before it
 * validates. Written apart from the interpreter, so that a misunderstanding must be made twice to pass.
 */
import { isIPv4, isIPv6 } from 'node:net';
import Ajv, { type ValidateFunction } from 'ajv';
import type { DigestFile, DigestNode } from '../../src/schema/digest';

type JsonSchema = Record<string, unknown>;

/** An ajv validator of each root of a digest file. */
export function digestValidators(file: DigestFile): Map<string, ValidateFunction> {
  const ajv = newAjv();
  const definitions: JsonSchema = {};
  for (const [index, node] of file.nodes.entries()) {
    const branch = (at: number): JsonSchema => ({ $ref: `#/$defs/branch${at}` });
    const choices: JsonSchema = node.not === undefined ? {} : { not: branch(node.not) };
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      if (node[keyword]) choices[keyword] = node[keyword].map(branch);
    }
    const strict = translate(expanded(node), (child) => ({ $ref: `#/$defs/strict${child}` }), true);
    definitions[`strict${index}`] = { ...strict, ...choices };
    definitions[`branch${index}`] = {
      ...translate(expanded(node), (child) => branch(child as number), false),
      ...choices,
    };
  }
  ajv.addSchema({ $id: 'digest', $defs: definitions });
  return new Map(
    Object.entries(file.roots).map(([id, at]) => [id, ajv.compile({ $ref: `digest#/$defs/strict${at}` })]),
  );
}

/** An ajv validator of a CRD's own schema. */
export function crdValidator(openApi: JsonSchema): ValidateFunction {
  const properties = { ...(openApi['properties'] as JsonSchema) };
  for (const shared of ['apiVersion', 'kind', 'metadata', 'status']) delete properties[shared];
  const required = ((openApi['required'] ?? []) as string[]).filter((name) => name in properties);
  return newAjv().compile(nested({ ...openApi, properties, required }, true));
}

/** What a CRD calls a digest's keywords. */
function expanded(node: DigestNode): JsonSchema {
  const { values, preserve, intOrString, list, keys, ...rest } = node;
  return {
    ...rest,
    ...(values !== undefined && { additionalProperties: values }),
    ...(preserve && { 'x-kubernetes-preserve-unknown-fields': true }),
    ...(intOrString && { 'x-kubernetes-int-or-string': true }),
    ...(list && { 'x-kubernetes-list-type': list }),
    ...(keys && { 'x-kubernetes-list-map-keys': keys }),
  };
}

function nested(schema: JsonSchema, strict: boolean): JsonSchema {
  const result = translate(schema, (child) => nested(child as JsonSchema, strict), strict);
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    const branches = schema[keyword] as JsonSchema[] | undefined;
    if (branches && !(keyword === 'anyOf' && schema['x-kubernetes-int-or-string']))
      result[keyword] = branches.map((branch) => nested(branch, false));
  }
  if (schema['not'] !== undefined) result['not'] = nested(schema['not'] as JsonSchema, false);
  return result;
}

const bounds = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
  'enum',
  'required',
];
const formats = ['int32', 'int64', 'date-time', 'byte', 'email', 'ipv4', 'ipv6', 'date', 'uuid'];

function translate(schema: JsonSchema, child: (schema: unknown) => JsonSchema, strict: boolean): JsonSchema {
  const result: JsonSchema = {};
  for (const keyword of bounds) if (schema[keyword] !== undefined) result[keyword] = schema[keyword];
  const type = schema['x-kubernetes-int-or-string'] ? ['integer', 'string'] : schema['type'];
  if (type !== undefined) result['type'] = schema['nullable'] ? [type, 'null'].flat() : type;
  if (schema['nullable'] && schema['enum']) result['enum'] = [...(schema['enum'] as unknown[]), null];
  if (schema['pattern']) result['pattern'] = javaScriptPattern(schema['pattern'] as string);
  if (formats.includes(schema['format'] as string)) result['format'] = schema['format'];
  result[schema['exclusiveMinimum'] ? 'exclusiveMinimum' : 'minimum'] = schema['minimum'];
  result[schema['exclusiveMaximum'] ? 'exclusiveMaximum' : 'maximum'] = schema['maximum'];
  if (schema['items'] !== undefined) result['items'] = child(schema['items']);
  if (schema['x-kubernetes-list-type'] === 'set') result['uniqueItems'] = true;
  if (schema['x-kubernetes-list-type'] === 'map') result['listMapKeys'] = schema['x-kubernetes-list-map-keys'];
  const fields = Object.entries((schema['properties'] ?? {}) as JsonSchema);
  if (fields.length > 0) result['properties'] = Object.fromEntries(fields.map(([name, field]) => [name, child(field)]));
  const values = schema['additionalProperties'];
  if (values !== undefined && values !== false) result['additionalProperties'] = values === true ? true : child(values);
  else if (strict && type === 'object' && !schema['x-kubernetes-preserve-unknown-fields'])
    result['additionalProperties'] = false;
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
}

/** Go's inline flag, spelled out. */
function javaScriptPattern(pattern: string): string {
  if (!pattern.includes('(?i)')) return pattern;
  return pattern.replace('(?i)', '').replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

function newAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: false, unicodeRegExp: false });
  ajv.addKeyword({
    keyword: 'listMapKeys',
    type: 'array',
    validate: (keys: string[], items: Record<string, unknown>[]) => {
      const ids = items.map((item) => JSON.stringify(keys.map((key) => item?.[key])));
      return new Set(ids).size === ids.length;
    },
  });
  ajv.addFormat('int32', { type: 'number', validate: (value) => Math.abs(value + 0.5) <= 2 ** 31 - 0.5 });
  ajv.addFormat('int64', { type: 'number', validate: (value) => Math.abs(value) <= 2 ** 63 });
  ajv.addFormat('byte', (value) => value !== '' && Buffer.from(value, 'base64').toString('base64') === value);
  ajv.addFormat(
    'date-time',
    (value) => /^\d{4}-.*[Tt].*([Zz]|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value.toUpperCase())),
  );
  ajv.addFormat('date', (value) => /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)));
  ajv.addFormat('email', (value) => /^[^@\s]+@[^@\s]+$/.test(value));
  ajv.addFormat('ipv4', isIPv4);
  ajv.addFormat('ipv6', isIPv6);
  ajv.addFormat('uuid', /^[0-9a-f-]{32,36}$/i);
  return ajv;
}

/** The value after the API server's preparation: nulls of fields that may not be null dropped, defaults filled in. */
export function prepared(file: DigestFile, at: number, value: unknown): unknown {
  const node = file.nodes[at]!;
  if (Array.isArray(value))
    return node.items === undefined ? value : value.map((item) => preparedField(file, node.items!, item));
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const field = node.properties?.[key] ?? (typeof node.values === 'number' ? node.values : undefined);
    const dropped =
      child === null && node.properties?.[key] !== undefined && !file.nodes[node.properties[key]]!.nullable;
    if (!dropped) result[key] = field === undefined ? child : preparedField(file, field, child);
  }
  for (const [key, field] of Object.entries(node.properties ?? {})) {
    const fallback = file.nodes[field]!.default;
    if (result[key] === undefined && fallback !== undefined) result[key] = prepared(file, field, fallback);
  }
  return result;
}

function preparedField(file: DigestFile, at: number, value: unknown): unknown {
  const node = file.nodes[at]!;
  return prepared(file, at, value === null && !node.nullable && node.default !== undefined ? node.default : value);
}
