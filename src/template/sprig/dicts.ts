/** Dictionaries. `set` and `unset` change the one they are given, `merge` its first, as in Go. */
import { fail } from '../error';
import { type FunctionMap, fn } from '../go/function';
import { type GoDict, GoSlice, type GoValue, isDict, newDict, plain, setKey, typeName } from '../go/value';
import { strval } from './cast';
import { merge } from './merge';

function dict(...pairs: readonly GoValue[]): GoDict {
  const out = newDict();
  for (let at = 0; at < pairs.length; at += 2)
    setKey(out, strval(pairs[at]), at + 1 < pairs.length ? pairs[at + 1] : '');
  return out;
}

function set(target: GoDict, key: string, value: GoValue): GoDict {
  setKey(target, key, value);
  return target;
}

function unset(target: GoDict, key: string): GoDict {
  delete target[key];
  return target;
}

function pick(source: GoDict, ...keys: readonly string[]): GoDict {
  const out = newDict();
  for (const key of keys) if (Object.hasOwn(source, key)) setKey(out, key, source[key]);
  return out;
}

function omit(source: GoDict, ...keys: readonly string[]): GoDict {
  return pick(source, ...Object.keys(source).filter((key) => !keys.includes(key)));
}

function conversion(value: GoValue, wanted: string): never {
  const got = value === null ? 'nil' : typeName(value);
  return fail(`interface conversion: interface {} is ${got}, not ${wanted}`);
}

function asDict(value: GoValue): GoDict {
  const bare = plain(value);
  return isDict(bare) ? bare : conversion(bare, 'map[string]interface {}');
}

function dig(...args: readonly GoValue[]): GoValue {
  if (args.length < 3) fail('dig needs at least three arguments');
  let at = asDict(args[args.length - 1]);
  const keys = args.slice(0, -2).map((key) => (typeof key === 'string' ? key : conversion(plain(key), 'string')));
  for (const [index, key] of keys.entries()) {
    if (!Object.hasOwn(at, key)) return args[args.length - 2];
    if (index === keys.length - 1) return at[key];
    at = asDict(at[key]);
  }
  return null;
}

export const DICTS: FunctionMap = {
  dict: fn('any...', dict),
  get: fn('dict string', (source, key) => (Object.hasOwn(source, key) ? source[key] : '')),
  set: fn('dict string any', set),
  unset: fn('dict string', unset),
  hasKey: fn('dict string', (source, key) => Object.hasOwn(source, key)),
  pluck: fn('string dict...', (key, ...all) => all.filter((one) => Object.hasOwn(one, key)).map((one) => one[key])),
  keys: fn(
    'dict...',
    (...all) =>
      new GoSlice(
        all.flatMap((one) => Object.keys(one)),
        'string',
        { unordered: true },
      ),
  ),
  values: fn('dict', (source) => new GoSlice(Object.values(source), 'interface {}', { unordered: true })),
  pick: fn('dict string...', pick),
  omit: fn('dict string...', omit),
  dig: fn('any...', dig),
  merge: fn('dict dict...', (target, ...sources) => merge(target, sources, false)),
  mustMerge: fn('dict dict...', (target, ...sources) => merge(target, sources, false)),
  mergeOverwrite: fn('dict dict...', (target, ...sources) => merge(target, sources, true)),
  mustMergeOverwrite: fn('dict dict...', (target, ...sources) => merge(target, sources, true)),
};
