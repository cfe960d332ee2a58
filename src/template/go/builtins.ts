/** The functions that text/template brings along. `and`, `or` and `call` are evaluated by the caller itself. */
import { fail } from '../error';
import { byteLength, sliceBytes, toBytes } from './bytes';
import { equalsAny, less, lessOrEqual } from './compare';
import { htmlEscape, jsEscape, queryEscape } from './escape';
import { type FunctionMap, fn, type GoFunction } from './function';
import { goText, sprint, sprintln } from './print';
import { sprintf } from './printf';
import {
  anyOrder,
  Boxed,
  boxed,
  element,
  entriesOf,
  GoInt,
  GoMap,
  GoSlice,
  type GoValue,
  int,
  isDict,
  isList,
  items,
  plain,
  typeName,
  unboxed,
} from './value';

/** Go's truth: empty, zero, nil and missing are false. */
export function truth(value: GoValue): boolean {
  const bare = plain(value);
  if (bare === null || bare === undefined) return false;
  if (typeof bare === 'string') return bare !== '';
  if (typeof bare === 'number') return bare !== 0;
  if (typeof bare === 'boolean') return bare;
  if (bare instanceof GoInt) return bare.value !== 0n;
  if (isList(bare)) return anyOrder(bare).length > 0;
  return bare instanceof GoMap || isDict(bare) ? Object.keys(entriesOf(bare)).length > 0 : true;
}

function length(value: GoValue): GoInt {
  const bare = unboxed(value);
  if (bare === undefined) {
    return fail(value === null ? 'len of nil pointer' : 'reflect: call of reflect.Value.Type on zero Value');
  }
  if (typeof bare === 'string') return int(byteLength(bare));
  if (isList(bare)) return int(anyOrder(bare).length);
  if (bare instanceof GoMap || isDict(bare)) return int(Object.keys(entriesOf(bare)).length);
  return fail(`len of type ${typeName(bare)}`);
}

function indexOf(value: GoValue, size: number): number {
  const bare = unboxed(value);
  if (bare === undefined) return fail('cannot index slice/array with nil');
  if (!(bare instanceof GoInt)) return fail(`cannot index slice/array with type ${typeName(bare)}`);
  if (bare.value < 0n || bare.value > BigInt(size)) return fail(`index out of range: ${bare.value}`);
  return Number(bare.value);
}

function indexOnce(item: GoValue, key: GoValue): GoValue {
  const bare = unboxed(item);
  if (bare === undefined) return fail('index of nil pointer');
  if (typeof bare === 'string') {
    const bytes = toBytes(bare);
    const at = indexOf(key, bytes.length);
    return at < bytes.length ? int(bytes[at]!, 'uint8') : fail('reflect: string index out of range');
  }
  if (isList(bare)) {
    const at = indexOf(key, anyOrder(bare).length);
    return at < anyOrder(bare).length ? element(bare, items(bare)[at]) : fail('reflect: slice index out of range');
  }
  if (!(bare instanceof GoMap) && !isDict(bare)) return fail(`can't index item of type ${typeName(bare)}`);
  return mapIndex(bare, unboxed(key));
}

function mapIndex(map: GoMap | { [key: string]: GoValue }, key: GoValue): GoValue {
  if (key === undefined) return fail('value is nil; should be of type string');
  if (typeof key !== 'string') return fail(`value has type ${typeName(key)}; should be string`);
  const entries = entriesOf(map);
  if (map instanceof GoMap) return Object.hasOwn(entries, key) ? entries[key] : zeroOf(map.elem);
  return Object.hasOwn(entries, key) ? boxed(entries[key]) : null;
}

/** The zero value of a type that maps hold here. */
export function zeroOf(elem: string): GoValue {
  return elem === 'string' ? '' : null;
}

function index(item: GoValue, ...keys: readonly GoValue[]): GoValue {
  if (unboxed(item) === undefined) return fail('index of untyped nil');
  return keys.reduce(indexOnce, item);
}

function slice(item: GoValue, ...indexes: readonly GoValue[]): GoValue {
  const bare = unboxed(item);
  if (bare === undefined) return fail('slice of untyped nil');
  if (indexes.length > 3) return fail(`too many slice indexes: ${indexes.length}`);
  if (typeof bare !== 'string' && !isList(bare)) return fail(`can't slice item of type ${typeName(bare)}`);
  if (typeof bare === 'string' && indexes.length === 3) return fail('cannot 3-index slice a string');
  const size = typeof bare === 'string' ? byteLength(bare) : items(bare).length;
  const bounds = [0, size, size];
  indexes.forEach((value, place) => {
    // Unlike index, slice does not look into an interface.
    if (value === null || value instanceof Boxed) fail('cannot index slice/array with type interface {}');
    bounds[place] = indexOf(value, size);
  });
  const [start = 0, end = 0, cap = 0] = bounds;
  if (start > end) return fail(`invalid slice index: ${start} > ${end}`);
  if (end > cap) return fail(`invalid slice index: ${end} > ${cap}`);
  if (typeof bare === 'string') return sliceBytes(bare, start, end);
  const part = items(bare).slice(start, end);
  return bare instanceof GoSlice ? new GoSlice(part, bare.elem) : part;
}

function joined(args: readonly GoValue[]): string {
  const shown = args.map((arg) => (plain(arg) === null ? '<no value>' : arg));
  return typeof shown[0] === 'string' && shown.length === 1 ? shown[0] : sprint(shown);
}

const never: GoFunction['call'] = () => fail('unreachable');

export const BUILTINS: FunctionMap = builtins({
  and: { params: ['value'], variadic: 'value', call: never },
  or: { params: ['value'], variadic: 'value', call: never },
  call: { params: ['value'], variadic: 'value', call: never },
  html: fn('any...', (...args) => htmlEscape(joined(args))),
  index: fn('value value...', index),
  slice: fn('value value...', slice),
  js: fn('any...', (...args) => jsEscape(joined(args))),
  len: fn('value', length),
  not: fn('value', (value) => !truth(value)),
  print: fn('any...', (...args) => sprint(args)),
  printf: fn('string any...', (format, ...args) => sprintf(format, args)),
  println: fn('any...', (...args) => sprintln(args)),
  urlquery: fn('any...', (...args) => queryEscape(joined(args))),
  eq: fn('value value...', (first, ...others) => equalsAny(first, others)),
  ne: fn('value value', (a, b) => !equalsAny(a, [b])),
  lt: fn('value value', less),
  le: fn('value value', lessOrEqual),
  gt: fn('value value', (a, b) => !lessOrEqual(a, b)),
  ge: fn('value value', (a, b) => !less(a, b)),
});

function builtins(functions: FunctionMap): FunctionMap {
  return Object.fromEntries(Object.entries(functions).map(([name, target]) => [name, { ...target, builtin: true }]));
}

/** What `call` says of a value, which is never a function here. */
export function callOfValue(name: string, value: GoValue): never {
  const bare = unboxed(value);
  return bare === undefined ? fail('call of nil') : fail(`non-function ${name} of type ${typeName(bare)}`);
}

/** reflect.Value.String(). */
export function reflectText(value: GoValue): string {
  if (value === undefined) return '<invalid Value>';
  return typeof value === 'string' ? goText(value) : `<${typeName(value)} Value>`;
}
