/** mergo's merge of maps, as sprig calls it: into the first, empty values count as absent. */
import { truth } from '../go/builtins';
import { type GoDict, GoStruct, type GoValue, isDict, isList, plain, setKey } from '../go/value';

export function merge(target: GoDict, sources: readonly GoDict[], overwrite: boolean): GoDict {
  for (const source of sources) mergeInto(target, source, overwrite);
  return target;
}

/** Empty as mergo has it: a struct never is. */
function isEmpty(value: GoValue): boolean {
  return !truth(value);
}

function mergeInto(target: GoDict, source: GoDict, overwrite: boolean): void {
  for (const key of Object.keys(source)) {
    const from = plain(source[key]);
    if (from === null || from === undefined) {
      if (overwrite) setKey(target, key, null);
    } else mergeEntry(target, key, from, overwrite);
  }
}

function mergeEntry(target: GoDict, key: string, from: GoValue, overwrite: boolean): void {
  const known = Object.hasOwn(target, key);
  const old = known ? plain(target[key]) : undefined;
  if (isDict(from) && isDict(old)) mergeInto(old, from, overwrite);
  const kept = known && !isEmpty(old);
  if (isList(from) && kept) {
    if (overwrite) setKey(target, key, from);
    return;
  }
  if (kept && isDict(from) && isDict(old)) return;
  const pointer = from instanceof GoStruct && from.kind === 'ptr';
  if ((overwrite && !pointer) || !kept) setKey(target, key, from);
}
