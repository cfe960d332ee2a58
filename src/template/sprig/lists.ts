/** Lists. None of these changes the list it is given. */
import { boundLength, fail, MAX_ITEMS } from '../error';
import { truth } from '../go/builtins';
import { compareText } from '../go/bytes';
import { type FunctionMap, fn, type GoFunction } from '../go/function';
import { anyOrder, GoSlice, type GoValue, int, isList, items, kindName, plain } from '../go/value';
import { listArgument, NIL_DEREFERENCE, strings, strval, toInt64 } from './cast';
import { deepEqual } from './deep';

const NIL_LIST = new GoSlice([], 'interface {}', { nil: true });

/** The same function under its name and under its must-name: both panic alike here. */
function both(name: string, target: GoFunction): FunctionMap {
  return { [name]: target, [`must${name[0]!.toUpperCase()}${name.slice(1)}`]: target };
}

function elements(value: GoValue, refusal: string): readonly GoValue[] {
  return items(listArgument(value, refusal));
}

/** Typed elements come out as interfaces. */
function rest(list: GoValue): GoValue {
  const all = elements(list, 'Cannot find rest on type');
  return all.length === 0 ? NIL_LIST : all.slice(1);
}

function initial(list: GoValue): GoValue {
  const all = elements(list, 'Cannot find initial on type');
  return all.length === 0 ? NIL_LIST : all.slice(0, -1);
}

function uniq(list: GoValue): GoValue {
  const out: GoValue[] = [];
  for (const item of elements(list, 'Cannot find uniq on type')) {
    if (!out.some((other) => deepEqual(item, other))) out.push(item);
  }
  return out;
}

function without(list: GoValue, ...omit: readonly GoValue[]): GoValue {
  return elements(list, 'Cannot find without on type').filter((item) => !omit.some((other) => deepEqual(item, other)));
}

function has(needle: GoValue, haystack: GoValue): boolean {
  if (plain(haystack) === null) return false;
  return anyOrder(listArgument(haystack, 'Cannot find has on type')).some((item) => deepEqual(needle, item));
}

function slice(value: GoValue, ...indexes: readonly GoValue[]): GoValue {
  const list = listArgument(value, 'list should be type of slice or array but');
  const all = items(list);
  if (all.length === 0) return null;
  const start = indexes.length > 0 ? toInt64(indexes[0]) : 0n;
  const end = indexes.length > 1 ? toInt64(indexes[1]) : BigInt(all.length);
  if (start < 0n || end < start || end > BigInt(all.length))
    return fail('reflect.Value.Slice: slice index out of bounds');
  const part = all.slice(Number(start), Number(end));
  return list instanceof GoSlice ? new GoSlice(part, list.elem) : part;
}

function concat(...lists: readonly GoValue[]): GoValue {
  const out: GoValue[] = [];
  for (const value of lists) {
    const bare = plain(value);
    if (bare === null) return fail(NIL_DEREFERENCE);
    if (!isList(bare)) return fail(`Cannot concat type ${kindName(bare)} as list`);
    out.push(...items(bare));
    boundLength(out.length, MAX_ITEMS);
  }
  return out.length === 0 ? NIL_LIST : out;
}

const ANY_LIST = '[]interface {}';

function chunk(size: number, list: GoValue): GoValue {
  const all = elements(list, 'Cannot chunk type');
  const count = Math.floor((all.length - 1) / size) + 1;
  if (!(count >= 0 && count < 2 ** 47)) return fail('runtime error: makeslice: len out of range');
  const rest = all.length % size;
  if (size < 0 && count > 0) {
    return rest === 0
      ? fail('runtime error: makeslice: len out of range')
      : new GoSlice([all.slice(0, rest)], ANY_LIST);
  }
  const chunks: GoValue[] = [];
  for (let at = 0; at < count; at++) chunks.push(all.slice(at * size, (at + 1) * size));
  return new GoSlice(chunks, ANY_LIST);
}

function sortAlpha(value: GoValue): GoValue {
  const bare = plain(value);
  if (!isList(bare)) return new GoSlice([strval(bare)], 'string');
  return new GoSlice(strings(bare, anyOrder).sort(compareText), 'string');
}

/** The ints from start up or down to stop, which is left out. */
export function untilStep(start: number, stop: number, step: number): number[] {
  if (stop < start ? step >= 0 : step <= 0) return [];
  boundLength(Math.abs(stop - start) / Math.abs(step), MAX_ITEMS);
  const out: number[] = [];
  for (let at = start; stop < start ? at > stop : at < stop; at += step) out.push(at);
  return out;
}

function ints(values: readonly number[]): GoValue {
  return new GoSlice(
    values.map((value) => int(value)),
    'int',
  );
}

export const LISTS: FunctionMap = {
  list: fn('any...', (...values) => (values.length === 0 ? new GoSlice([]) : values)),
  tuple: fn('any...', (...values) => (values.length === 0 ? new GoSlice([]) : values)),
  ...both(
    'push',
    fn('any any', (list, value) => [...elements(list, 'Cannot push on type'), value]),
  ),
  ...both(
    'append',
    fn('any any', (list, value) => [...elements(list, 'Cannot push on type'), value]),
  ),
  ...both(
    'prepend',
    fn('any any', (list, value) => [value, ...elements(list, 'Cannot prepend on type')]),
  ),
  ...both(
    'first',
    fn('any', (list) => elements(list, 'Cannot find first on type')[0] ?? null),
  ),
  ...both(
    'last',
    fn('any', (list) => elements(list, 'Cannot find last on type').at(-1) ?? null),
  ),
  ...both('rest', fn('any', rest)),
  ...both('initial', fn('any', initial)),
  ...both(
    'reverse',
    fn('any', (list) => [...elements(list, 'Cannot find reverse on type')].reverse()),
  ),
  ...both(
    'compact',
    fn('any', (list) => elements(list, 'Cannot compact on type').filter(truth)),
  ),
  ...both('uniq', fn('any', uniq)),
  ...both('without', fn('any any...', without)),
  ...both('has', fn('any any', has)),
  ...both('slice', fn('any any...', slice)),
  ...both('chunk', fn('int any', chunk)),
  concat: fn('any...', concat),
  sortAlpha: fn('any', sortAlpha),
  join: fn('string any', (separator, list) => strings(list).join(separator)),
  toStrings: fn('any', (value) => new GoSlice(strings(value), 'string')),
  until: fn('int', (count) => ints(untilStep(0, count, count < 0 ? -1 : 1))),
  untilStep: fn('int int int', (start, stop, step) => ints(untilStep(start, stop, step))),
};
