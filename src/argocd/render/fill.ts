/**
 * A value with templates in it, compiled once and filled for every parameter set. Its law: what holds no template is
 * shared by all results, not copied. Keys of mappings are templates too.
 */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { TextFill } from './engine';
import type { Params } from './params';
import { wrapping } from './refusal';

export type Fill = (params: Params) => unknown;

/** What makes a text of a template; undefined for a text that stays. */
export type TextCompiler = (text: string, path: FieldPath) => TextFill | undefined;

/** Undefined for a value that stays as it is. */
export function compileValue(value: unknown, path: FieldPath, texts: TextCompiler): Fill | undefined {
  if (typeof value === 'string') return texts(value, path);
  if (Array.isArray(value)) return compileList(value, path, texts);
  return isPlainObject(value) ? compileMap(value, path, texts) : undefined;
}

function compileList(list: readonly unknown[], path: FieldPath, texts: TextCompiler): Fill | undefined {
  const fills = list.map((item, index) => compileValue(item, [...path, index], texts));
  if (fills.every((fill) => fill === undefined)) return undefined;
  return (params) => list.map((item, index) => fills[index]?.(params) ?? item);
}

interface Member {
  readonly key: string;
  readonly fillKey: TextFill | undefined;
  readonly value: unknown;
  readonly fill: Fill | undefined;
}

function compileMap(map: Record<string, unknown>, path: FieldPath, texts: TextCompiler): Fill | undefined {
  const members = Object.keys(map).map((key): Member => {
    const at = [...path, key];
    return { key, fillKey: texts(key, at), value: map[key], fill: compileValue(map[key], at, texts) };
  });
  if (members.every(({ fillKey, fill }) => fillKey === undefined && fill === undefined)) return undefined;
  return (params) => {
    const filled: Record<string, unknown> = {};
    for (const { key, fillKey, value, fill } of members) {
      const name = fillKey === undefined ? key : fillKey(params);
      const inner = fill === undefined ? value : fill(params);
      if (name === '__proto__') setOwn(filled, name, inner);
      else filled[name] = inner;
    }
    return filled;
  };
}

function setOwn(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Whether a text is in JSON that is inside of a typed object: list elements, Helm's `valuesObject`, a plugin's input. */
function isRaw(path: FieldPath): boolean {
  const at = path.findIndex((step) => typeof step === 'string' && RAW.has(step));
  return at >= 0 && at < path.length - 1 && (path[at] !== 'parameters' || path[at - 1] === 'input');
}

const RAW: ReadonlySet<string> = new Set(['elements', 'valuesObject', 'parameters']);

/** Errors from inside of such JSON say so. */
export function rawTexts(texts: TextCompiler): TextCompiler {
  return (text, path) => {
    const fill = texts(text, path);
    if (fill === undefined || !isRaw(path)) return fill;
    return (params) => wrapping('failed to deeply replace JSON field contents', () => fill(params));
  };
}

/** JSON inside of a typed object loses the nulls of its mappings when it is rendered. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isPlainObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== null && value[key] !== undefined) setOwn(kept, key, withoutNulls(value[key]));
  }
  return kept;
}
