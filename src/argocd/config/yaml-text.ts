/** YAML inside a ConfigMap's value, read as Go's sigs.k8s.io/yaml reads it, and written so that every reader agrees. */
import { emit } from '../../core/emit';
import { isObject } from '../../kernel/manifest';

/** What a text says, or why it is no YAML. */
export type YamlText = { readonly value: unknown } | { readonly problem: string };

/** The parser is loaded when the first text is met: most programs have none. */
export function readYaml(text: string): YamlText {
  const { parseDocument } = require('yaml') as typeof import('yaml');
  try {
    const document = parseDocument(text, { version: '1.1', logLevel: 'silent', uniqueKeys: false });
    const [error] = document.errors;
    if (error !== undefined) return { problem: firstLine(error.message) };
    return { value: document.toJS({ maxAliasCount: 1000 }) as unknown };
  } catch (error) {
    return { problem: firstLine(error instanceof Error ? error.message : String(error)) };
  }
}

/** A value as the text of a ConfigMap's key; keys stay in the order that they were written in. */
export function yamlText(value: unknown): string {
  return emit(value, { sortKeys: false });
}

/** What Go puts into a field: text (any scalar will do), a boolean, an integer, a list, a mapping, a struct, or anything. */
export type Shape =
  | 'text'
  | 'boolean'
  | 'integer'
  | 'any'
  | { readonly list: Shape }
  | { readonly map: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

export interface ShapeProblem {
  readonly path: string;
  readonly message: string;
  /** Whether Go drops the field without a word, rather than refusing the whole. */
  readonly ignored: boolean;
  /** What was meant, when a known field is near. */
  readonly known?: readonly string[];
}

/** Where a value does not fit what Go reads it into; null fits everywhere. */
export function shapeProblems(value: unknown, shape: Shape, path = ''): ShapeProblem[] {
  if (value === null || value === undefined || shape === 'any') return [];
  const refuse = (wanted: string): ShapeProblem[] => [
    { path, message: `cannot unmarshal ${goWord(value)} into ${wanted}`, ignored: false },
  ];
  if (shape === 'text') return typeof value === 'object' ? refuse('text') : [];
  if (shape === 'boolean') return typeof value === 'boolean' ? [] : refuse('a boolean');
  if (shape === 'integer') return Number.isInteger(value) ? [] : refuse('an integer');
  if ('list' in shape) {
    if (!Array.isArray(value)) return refuse('a list');
    return value.flatMap((item, index) => shapeProblems(item, shape.list, `${path}[${index}]`));
  }
  if (!isObject(value)) return refuse('a mapping');
  if ('map' in shape) {
    return Object.entries(value).flatMap(([key, item]) => shapeProblems(item, shape.map, dotted(path, key)));
  }
  const names = new Map(Object.keys(shape.fields).map((name) => [name.toLowerCase(), name]));
  return Object.entries(value).flatMap(([key, item]) => {
    // encoding/json takes a name in any case.
    const name = names.get(key.toLowerCase());
    if (name !== undefined) return shapeProblems(item, shape.fields[name]!, dotted(path, key));
    const message = `there is no field '${key}'`;
    return [{ path: dotted(path, key), message, ignored: true, known: Object.keys(shape.fields) }];
  });
}

function dotted(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function goWord(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return 'object';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function firstLine(message: string): string {
  return message.split('\n')[0]!.replace(/:$/, '');
}
