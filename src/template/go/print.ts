/** What Go's fmt prints for %v, and Sprint and Sprintln. */
import { bounded } from '../error';
import { formatFloat } from './float';
import { entriesOf, GoInt, GoStruct, type GoValue, isList, items, plain, sortedKeys } from './value';

/** `%v`. */
export function goText(value: GoValue): string {
  const bare = plain(value);
  switch (typeof bare) {
    case 'string':
      return bare;
    case 'number':
      return formatFloat(bare, 'g', -1);
    case 'boolean':
      return bare ? 'true' : 'false';
  }
  if (bare === null || bare === undefined) return '<nil>';
  if (bare instanceof GoInt) return bare.value.toString();
  if (bare instanceof GoStruct) return bare.text();
  if (isList(bare)) return bounded(`[${items(bare).map(goText).join(' ')}]`);
  const entries = entriesOf(bare as never);
  return bounded(
    `map[${sortedKeys(entries)
      .map((key) => `${key}:${goText(entries[key])}`)
      .join(' ')}]`,
  );
}

/** What an action prints: a missing value shows. */
export function printedText(value: GoValue): string {
  const bare = plain(value);
  return bare === null || bare === undefined ? '<no value>' : goText(bare);
}

/** fmt.Sprint: a blank between two operands of which neither is a string. */
export function sprint(args: readonly GoValue[]): string {
  let out = '';
  args.forEach((arg, index) => {
    const bare = typeof plain(arg) !== 'string' && typeof plain(args[index - 1]) !== 'string';
    out += (index > 0 && bare ? ' ' : '') + goText(arg);
  });
  return bounded(out);
}

/** fmt.Sprintln. */
export function sprintln(args: readonly GoValue[]): string {
  return bounded(`${args.map(goText).join(' ')}\n`);
}
