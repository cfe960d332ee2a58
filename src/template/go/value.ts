/**
 * Go's values in JavaScript, as text/template sees them by reflection. JSON stands for what json.Unmarshal gives:
 * string, boolean, null, number (float64), array ([]interface {}), object (map[string]interface {}). The classes here
 * are the rest. `undefined` is the invalid value (a missing key), `null` a nil interface: they print alike and differ
 * in errors.
 */
import { fail, notOffline } from '../error';
import { compareText } from './bytes';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Anything a template can hold. */
export type GoValue = string | number | boolean | null | undefined | GoObjectLike | readonly GoValue[] | GoDict;

export interface GoDict {
  [key: string]: GoValue;
}

export type GoObjectLike = GoInt | GoSlice | GoMap | GoStruct | Boxed;

export type IntType = 'int' | 'int64' | 'int32' | 'uint8' | 'uint64';

/** An integer; a number without this class is a float64. */
export class GoInt {
  constructor(
    readonly value: bigint,
    readonly type: IntType = 'int',
  ) {}
}

/** A slice whose elements are not interfaces, or that is nil, or whose order Go does not define. */
export class GoSlice {
  /** Set for the keys and values of a map: every run of Go gives another order. */
  readonly unordered: boolean;

  constructor(
    readonly items: readonly GoValue[],
    /** Type of the elements, as Go prints it. */
    readonly elem: string = 'interface {}',
    readonly options: { readonly nil?: boolean; readonly unordered?: boolean } = {},
  ) {
    this.unordered = options.unordered === true && items.length > 1;
  }
}

/** A map whose values are not interfaces, such as the labels of a cluster Secret. */
export class GoMap {
  constructor(
    readonly entries: Readonly<Record<string, GoValue>>,
    readonly elem: string = 'string',
    readonly options: { readonly nil?: boolean } = {},
  ) {}
}

/** A value that templates reach by methods only: a time, a version. */
export abstract class GoStruct {
  /** As Go prints it: `time.Time`, `*semver.Version`. */
  abstract readonly type: string;
  abstract readonly kind: 'struct' | 'ptr';
  /** What String() returns. */
  abstract text(): string;
  abstract method(name: string): GoMethod | undefined;
  abstract json(): string;
  abstract equals(other: GoStruct): boolean;
}

export interface GoMethod {
  readonly params: readonly string[];
  call(args: readonly GoValue[]): GoValue;
}

/** A value that is held as an interface: an element of a list or map of any. Errors name its type `interface {}`. */
export class Boxed {
  constructor(readonly inner: Exclude<GoValue, Boxed | null | undefined>) {}
}

/** An element of `[]interface {}` or of a map of them. */
export function boxed(value: GoValue): GoValue {
  return value === null || value === undefined || value instanceof Boxed ? (value ?? null) : new Boxed(value);
}

/** The value inside of an interface; a nil interface is invalid. */
export function unboxed(value: GoValue): Exclude<GoValue, Boxed | null> {
  return value instanceof Boxed ? value.inner : value === null ? undefined : value;
}

/** A list or map as any function gets it: the box taken off, nil kept. */
export function plain(value: GoValue): GoValue {
  return value instanceof Boxed ? value.inner : (value ?? null);
}

export function int(value: number | bigint, type: IntType = 'int'): GoInt {
  return new GoInt(BigInt(value), type);
}

/** A `map[string]string`: labels and annotations reach templates so. */
export function stringMap(entries: Readonly<Record<string, string>>): GoMap {
  return new GoMap(entries);
}

/** A `[]string`: path segments reach templates so. */
export function stringList(items: readonly string[]): GoSlice {
  return new GoSlice(items, 'string');
}

export function isList(value: GoValue): value is readonly GoValue[] | GoSlice {
  return Array.isArray(value) || value instanceof GoSlice;
}

/** Whether the value is `map[string]interface {}`. */
export function isDict(value: GoValue): value is GoDict {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(
    value instanceof GoInt ||
    value instanceof GoSlice ||
    value instanceof GoMap ||
    value instanceof GoStruct ||
    value instanceof Boxed
  );
}

/** The elements, for a function that heeds their order. */
export function items(list: readonly GoValue[] | GoSlice): readonly GoValue[] {
  if (!(list instanceof GoSlice)) return list;
  if (list.unordered) notOffline('Go gives the keys and values of a map in another order on every run; use sortAlpha');
  return list.items;
}

/** The elements, for a function that gives the same whatever their order. */
export function anyOrder(list: readonly GoValue[] | GoSlice): readonly GoValue[] {
  return list instanceof GoSlice ? list.items : list;
}

/** What an element's static type is: `interface {}` elements are boxed. */
export function element(list: readonly GoValue[] | GoSlice, value: GoValue): GoValue {
  return list instanceof GoSlice && list.elem !== 'interface {}' ? value : boxed(value);
}

/** The keys of a map, sorted as Go prints and ranges over them. */
export function sortedKeys(entries: object): string[] {
  return Object.keys(entries).sort(compareText);
}

export function entriesOf(value: GoDict | GoMap): Readonly<Record<string, GoValue>> {
  return value instanceof GoMap ? value.entries : value;
}

/** A map that no key can harm. */
export function newDict(): GoDict {
  return Object.create(null);
}

/** Sets one key, also `__proto__`. */
export function setKey(dict: GoDict, key: string, value: GoValue): void {
  if (NIL_DICTS.has(dict)) fail('assignment to entry in nil map');
  if (key === '__proto__') {
    Object.defineProperty(dict, key, { value, enumerable: true, configurable: true, writable: true });
  } else dict[key] = value;
}

const NIL_DICTS = new WeakSet<GoDict>();

/** What a nil `map[string]interface {}` is: it reads as empty and refuses to be written. */
export function nilDict(): GoDict {
  const dict = newDict();
  NIL_DICTS.add(dict);
  return dict;
}

export function isNilDict(value: GoDict): boolean {
  return NIL_DICTS.has(value);
}

/** The type as Go prints it with %T; `<nil>` for nil. */
export function typeName(value: GoValue): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return '[]interface {}';
  if (value instanceof GoInt) return value.type;
  if (value instanceof GoSlice) return `[]${value.elem}`;
  if (value instanceof GoMap) return `map[string]${value.elem}`;
  if (value instanceof GoStruct) return value.type;
  return value instanceof Boxed ? typeName(value.inner) : 'map[string]interface {}';
}

/** The type that reflection sees: that of the box, when there is one. */
export function staticType(value: GoValue): string {
  return value === null || value instanceof Boxed ? 'interface {}' : typeName(value);
}

/** The kind as Go prints it: `slice`, `map`, `float64`, `invalid`. */
export function kindName(value: GoValue): string {
  if (value === null || value === undefined) return 'invalid';
  if (value instanceof Boxed) return kindName(value.inner);
  if (isList(value)) return 'slice';
  if (value instanceof GoStruct) return value.kind;
  if (value instanceof GoMap || isDict(value)) return 'map';
  return typeName(value);
}
