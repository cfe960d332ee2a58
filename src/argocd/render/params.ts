/**
 * Parameter sets: what a generator yields, as Go holds it. They are never changed once they are made, so that sets can
 * share their parts.
 */
import { type GoDict, GoMap, GoSlice, type GoValue, goText, isDict, newDict, setKey } from './go';

export type Params = GoDict;

/** A set of what `source` holds, to be added to before it is given away. */
export function paramsOf(source?: Readonly<Record<string, GoValue>>): GoDict {
  const params = newDict();
  if (source !== undefined) for (const key of Object.keys(source)) setKey(params, key, source[key]!);
  return params;
}

/** A set that is a nil map in Go: it can be read, and nothing can be put into it. */
export const NIL: Params = Object.freeze(newDict());

export function isEmpty(params: Params): boolean {
  for (const _ in params) return false;
  return true;
}

/** Nested maps and lists as one level of `a.b.0`, as the flatten library does: empty ones leave nothing. */
export function flattened(value: GoValue, intoStringMaps = false): Map<string, GoValue> {
  const flat = new Map<string, GoValue>();
  const visit = (key: string, inner: GoValue): void => {
    const prefix = key === '' ? '' : `${key}.`;
    if (Array.isArray(inner)) for (const [index, item] of inner.entries()) visit(`${prefix}${index}`, item as GoValue);
    else if (inner instanceof GoMap && intoStringMaps) {
      for (const name of Object.keys(inner.entries)) flat.set(prefix + name, inner.entries[name]);
    } else if (isDict(inner)) for (const name of Object.keys(inner)) visit(prefix + name, inner[name]);
    else flat.set(key, inner);
  };
  visit('', value);
  return flat;
}

/** Every value as text. */
export function stringified(params: Params): GoDict {
  const texts = newDict();
  for (const key of Object.keys(params)) setKey(texts, key, goText(params[key]));
  return texts;
}

/** Two sets of texts as one, or the key that both have with different values. */
export function combined(a: Params, b: Params): { readonly params: GoDict } | { readonly clash: string } {
  const params = paramsOf(a);
  for (const key of Object.keys(b)) {
    if (key in params && params[key] !== b[key]) return { clash: key };
    setKey(params, key, b[key]!);
  }
  return { params };
}

/** Thrown where Go panics: a map of texts does not take what is in a map of anything. */
export class TypeClash extends Error {}

/** `under` with `over` laid on it: maps merge, everything else is replaced. */
export function overlaid(under: Params, over: Params): GoDict {
  const merged = paramsOf(under);
  for (const key of Object.keys(over)) setKey(merged, key, mergedValue(merged[key], over[key]));
  return merged;
}

function mergedValue(under: GoValue, over: GoValue): GoValue {
  if (isDict(over) && isDict(under)) return overlaid(under, over);
  if (over instanceof GoMap && isDict(under)) return overlaid(under, paramsOf(over.entries));
  if (!(under instanceof GoMap) || Object.keys(under.entries).length === 0) return over;
  if (over instanceof GoMap) return new GoMap({ ...under.entries, ...over.entries }, under.elem);
  if (!isDict(over)) return over;
  if (Object.keys(over).length === 0) return under;
  throw new TypeClash('reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string');
}

/** As encoding/json writes it, keys sorted: the merge generator's keys are told apart so. */
export function goJson(value: GoValue): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof GoMap) return goJson(paramsOf(value.entries));
  if (value instanceof GoSlice) return `[${value.items.map(goJson).join(',')}]`;
  if (Array.isArray(value)) return `[${value.map((item) => goJson(item as GoValue)).join(',')}]`;
  if (!isDict(value)) return typeof value === 'object' ? goText(value) : escaped(JSON.stringify(value));
  const members = Object.keys(value)
    .sort()
    .map((key) => `${escaped(JSON.stringify(key))}:${goJson(value[key])}`);
  return `{${members.join(',')}}`;
}

function escaped(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
