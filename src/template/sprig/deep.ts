/** reflect.DeepEqual and deep copies. */
import {
  anyOrder,
  entriesOf,
  GoInt,
  GoMap,
  GoSlice,
  GoStruct,
  type GoValue,
  isDict,
  isList,
  isNilDict,
  items,
  newDict,
  nilDict,
  plain,
  setKey,
  typeName,
} from '../go/value';

/** Equal in type and content; an int is no float, a nil list no empty one. */
export function deepEqual(first: GoValue, second: GoValue): boolean {
  const a = plain(first);
  const b = plain(second);
  if (typeName(a) !== typeName(b)) return false;
  if (a instanceof GoInt && b instanceof GoInt) return a.value === b.value;
  if (a instanceof GoStruct && b instanceof GoStruct) return a.equals(b);
  if (isList(a) && isList(b)) {
    const left = items(a);
    const right = items(b);
    return (
      isNilList(a) === isNilList(b) &&
      left.length === right.length &&
      left.every((item, at) => deepEqual(item, right[at]))
    );
  }
  if (isMap(a) && isMap(b)) return isNilMap(a) === isNilMap(b) && equalEntries(entriesOf(a), entriesOf(b));
  return a === b;
}

function isMap(value: GoValue): value is GoMap | { [key: string]: GoValue } {
  return value instanceof GoMap || isDict(value);
}

function isNilList(value: GoValue): boolean {
  return value instanceof GoSlice && value.options.nil === true;
}

function isNilMap(value: GoMap | { [key: string]: GoValue }): boolean {
  return value instanceof GoMap ? value.options.nil === true : isNilDict(value);
}

function equalEntries(a: Readonly<Record<string, GoValue>>, b: Readonly<Record<string, GoValue>>): boolean {
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && deepEqual(a[key], b[key]))
  );
}

export function deepCopy(value: GoValue): GoValue {
  const bare = plain(value);
  if (Array.isArray(bare)) return bare.map(deepCopy);
  if (bare instanceof GoSlice) return new GoSlice(anyOrder(bare).map(deepCopy), bare.elem, { ...bare.options });
  if (bare instanceof GoMap) return new GoMap({ ...bare.entries }, bare.elem, bare.options);
  if (!isDict(bare)) return bare;
  if (isNilDict(bare)) return nilDict();
  const copy = newDict();
  for (const [key, item] of Object.entries(bare)) setKey(copy, key, deepCopy(item));
  return copy;
}
