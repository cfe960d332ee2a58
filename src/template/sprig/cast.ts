/** Loose conversions of sprig: what is not a number is 0, without a word. */
import { fail } from '../error';
import { parseFloat64 } from '../go/float';
import { floatToInt64, parseInt64, wrap64 } from '../go/number';
import { goText } from '../go/print';
import { GoInt, type GoSlice, type GoValue, isList, items, kindName, plain } from '../go/value';

export const NIL_DEREFERENCE = 'runtime error: invalid memory address or nil pointer dereference';

/** cast.ToInt64. */
export function toInt64(value: GoValue): bigint {
  const bare = plain(value);
  if (bare instanceof GoInt) return wrap64(bare.value);
  if (typeof bare === 'number') return floatToInt64(bare);
  if (typeof bare === 'boolean') return bare ? 1n : 0n;
  if (typeof bare === 'string') return parseInt64(bare.replace(/\.0+$/, '')) ?? 0n;
  return 0n;
}

export function int64(value: bigint): GoInt {
  return new GoInt(wrap64(value), 'int64');
}

/** cast.ToFloat64. */
export function toFloat64(value: GoValue): number {
  const bare = plain(value);
  if (bare instanceof GoInt) return Number(bare.value);
  if (typeof bare === 'number') return bare;
  if (typeof bare === 'boolean') return bare ? 1 : 0;
  return typeof bare === 'string' ? (parseFloat64(bare) ?? 0) : 0;
}

/** The value as text; a version or time by its String(). */
export function strval(value: GoValue): string {
  return goText(value);
}

/** The elements as texts, nil left out; anything else is one text. */
export function strings(
  value: GoValue,
  elements: (list: readonly GoValue[] | GoSlice) => readonly GoValue[] = items,
): string[] {
  const bare = plain(value);
  if (isList(bare)) {
    return elements(bare)
      .filter((item) => plain(item) !== null)
      .map(strval);
  }
  return bare === null ? [] : [strval(bare)];
}

/** A list argument, or the panic of a function that `refusal` begins: `Cannot push on type`. */
export function listArgument(value: GoValue, refusal: string): readonly GoValue[] | GoSlice {
  const bare = plain(value);
  if (bare === null) return fail(NIL_DEREFERENCE);
  return isList(bare) ? bare : fail(`${refusal} ${kindName(bare)}`);
}

/** Throws the run-time error of a slice expression out of range, as `s[start:end]` does. */
export function checkSlice(start: number | undefined, end: number | undefined, length: number): void {
  if (end !== undefined && (end < 0 || end > length)) {
    fail(`runtime error: slice bounds out of range [:${end}]${end < 0 ? '' : ` with length ${length}`}`);
  }
  const stop = end ?? length;
  if (start !== undefined && (start < 0 || start > stop)) {
    fail(`runtime error: slice bounds out of range [${start}:${start < 0 ? '' : stop}]`);
  }
}
