/** `git`: a set for every directory that matches, or for every file and every item of a file that is a list. */
import { posix } from 'node:path';
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Context } from './context';
import { directoryPattern, doublestar, type PathTest, pathspec } from './glob';
import { type GoDict, goText, goTypeOfJson, newDict, normalizeName, parseYaml, setKey, stringList } from './go';
import type { GeneratorFields } from './inputs';
import { flattened, type Params, paramsOf } from './params';
import { refuseGenerator, wrapping } from './refusal';
import { valuesOf } from './values';
import type { Checkout } from './world';

interface PathItem {
  readonly path: string;
  readonly exclude: boolean;
}

export function generateGit(body: GeneratorFields, path: FieldPath, context: Context): Params[] {
  const directories = itemsOf(body['directories']);
  const files = itemsOf(body['files']);
  if (directories.length === 0 && files.length === 0) {
    refuseGenerator('ApplicationSet is empty', path, 'give the git generator `directories` or `files`');
  }
  const checkout = context.world.checkout(String(body['repoURL'] ?? ''), String(body['revision'] ?? ''), path);
  const addValues = valuesOf(body, path, context);
  const shape: PathShape = { goTemplate: context.engine.goTemplate, prefix: String(body['pathParamPrefix'] ?? '') };
  return wrapping('error generating params from git', () => {
    if (directories.length > 0) {
      return matchingDirectories(directories, checkout).map((directory) =>
        wrapping('error generating params from apps: failed to append templated values', () =>
          addValues(directoryParams(directory, shape)),
        ),
      );
    }
    const url = String(body['repoURL'] ?? '');
    return matchingFiles(files, checkout, context.world.fileGlobbing).flatMap((file) =>
      wrapping(`unable to process file '${file}' from repository '${url}'`, () =>
        fileParams(file, checkout, shape, [...path, 'files']).map((params) =>
          wrapping('failed to append templated values', () => addValues(params)),
        ),
      ),
    );
  });
}

function itemsOf(value: unknown): PathItem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isPlainObject).map((item) => ({
    path: String(item['path'] ?? ''),
    exclude: item['exclude'] === true,
  }));
}

function matchingDirectories(items: readonly PathItem[], checkout: Checkout): string[] {
  const tests = items.map(({ path, exclude }) => ({ matches: directoryPattern(path), exclude }));
  return checkout.directories.filter((directory) => {
    const hits = tests.filter(({ matches }) => matches(directory));
    return hits.length > 0 && hits.every(({ exclude }) => !exclude);
  });
}

function matchingFiles(items: readonly PathItem[], checkout: Checkout, globbing: 'greedy' | 'doublestar'): string[] {
  const pattern = globbing === 'greedy' ? pathspec : doublestar;
  const tests = (exclude: boolean): PathTest[] =>
    items.filter((item) => item.exclude === exclude).map(({ path }) => pattern(path === '' ? '.' : path));
  const [included, excluded] = [tests(false), tests(true)];
  const some = (list: readonly PathTest[], file: string) => list.some((matches) => matches(file));
  return checkout.files.filter((file) => some(included, file) && !some(excluded, file)).sort();
}

interface PathShape {
  readonly goTemplate: boolean;
  /** `pathParamPrefix`. */
  readonly prefix: string;
}

function directoryParams(directory: string, shape: PathShape): GoDict {
  return withPath(newDict(), directory, {}, shape);
}

/** Adds what is known of a path: nested for Go templates, else as keys with dots. */
function withPath(params: GoDict, directory: string, names: Record<string, string>, shape: PathShape): GoDict {
  const basename = posix.basename(directory);
  const facts: Record<string, string> = { basename, basenameNormalized: normalizeName(basename), ...names };
  const segments = directory.split('/');
  if (shape.goTemplate) {
    const path = paramsOf({ path: directory, ...facts, segments: stringList(segments) });
    if (shape.prefix === '') setKey(params, 'path', path);
    else setKey(params, shape.prefix, paramsOf({ path }));
    return params;
  }
  const key = shape.prefix === '' ? 'path' : `${shape.prefix}.path`;
  setKey(params, key, directory);
  for (const [name, value] of Object.entries(facts)) setKey(params, `${key}.${name}`, value);
  for (const [index, segment] of segments.entries()) if (segment !== '') setKey(params, `${key}[${index}]`, segment);
  return params;
}

function fileParams(file: string, checkout: Checkout, shape: PathShape, at: FieldPath): GoDict[] {
  const filename = posix.basename(file);
  const names = { filename, filenameNormalized: normalizeName(filename) };
  return objectsIn(file, checkout, at).map((object) => {
    const params = shape.goTemplate ? paramsOf(object) : newDict();
    if (!shape.goTemplate) for (const [key, value] of flattened(object)) setKey(params, key, goText(value));
    return withPath(params, posix.dirname(file), names, shape);
  });
}

/** A file is one map of parameters, or a list of maps. */
function objectsIn(file: string, checkout: Checkout, at: FieldPath): GoDict[] {
  const refuse = (reason: string) =>
    refuseGenerator(
      `unable to parse file: ${reason}`,
      at,
      'make the file a YAML or JSON map, or a list of maps, or exclude it',
    );
  let parsed: unknown;
  try {
    parsed = parseYaml(checkout.read(file));
  } catch (error) {
    return refuse((error as Error).message);
  }
  if (isList(parsed)) return parsed.map((object) => objectOf(object, 'map[string]interface {}', refuse));
  return [objectOf(parsed, '[]map[string]interface {}', refuse)];
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

function objectOf(value: unknown, wanted: string, refuse: (reason: string) => never): GoDict {
  if (value === null || value === undefined) return newDict();
  if (isPlainObject(value)) return value as GoDict;
  const type = goTypeOfJson(value);
  return refuse(
    `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${type} into Go value of type ${wanted}`,
  );
}
