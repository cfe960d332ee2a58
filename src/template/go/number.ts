/** Number and character constants, and strconv.ParseInt: what each literal can stand for. */
import { parseFloat64, underscoresRemoved } from './float';
import type { NumberNode } from './node';
import { goQuote, unquoteChar } from './quote';

export const MIN_INT64 = -(1n << 63n);
export const MAX_INT64 = (1n << 63n) - 1n;
export const MAX_UINT64 = (1n << 64n) - 1n;

const INTEGER = /^([+-]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9]\d*))$/;

/** The whole number that a literal of any base writes (strconv's base 0), of any size. */
export function parseInteger(text: string): bigint | undefined {
  const clean = underscoresRemoved(text);
  const found = clean === undefined ? null : INTEGER.exec(clean);
  if (found === null) return undefined;
  const [, sign, hex, binary, octal, decimal] = found;
  const size = BigInt(
    decimal ?? (hex !== undefined ? `0x${hex}` : binary !== undefined ? `0b${binary}` : `0o${octal}`),
  );
  return sign === '-' ? -size : size;
}

/** strconv.ParseInt(text, 0, 64). */
export function parseInt64(text: string): bigint | undefined {
  const value = parseInteger(text);
  return value !== undefined && value >= MIN_INT64 && value <= MAX_INT64 ? value : undefined;
}

/** Wraps around, as Go's int64 arithmetic does. */
export function wrap64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** `int64(x)` of a float64 on amd64: what does not fit is the smallest integer. */
export function floatToInt64(value: number): bigint {
  if (!Number.isFinite(value)) return MIN_INT64;
  const whole = BigInt(Math.trunc(value));
  return whole < MIN_INT64 || whole > MAX_INT64 ? MIN_INT64 : whole;
}

export type NumberResult = NumberNode | { readonly problem: string };

/** A character constant. */
export function charNode(text: string, pos: number): NumberResult {
  const read = unquoteChar(text.slice(1), "'");
  if (read === undefined) return { problem: 'invalid syntax' };
  if (read.rest !== "'") return { problem: `malformed character constant: ${text}` };
  const value = BigInt(read.code);
  return { type: 'number', pos, text, int: value, uint: value, float: read.code };
}

/** A number that is not complex. */
export function numberNode(text: string, pos: number): NumberResult {
  const whole = parseInteger(text);
  const isUint = whole !== undefined && !/^[+-]/.test(text) && whole <= MAX_UINT64;
  const int = parseInt64(text);
  if (int !== undefined || isUint) {
    const uint = isUint ? whole : int === 0n ? 0n : undefined;
    return { type: 'number', pos, text, int, uint, float: Number(int ?? uint) };
  }
  const float = parseFloat64(text);
  if (float === undefined) return { problem: `illegal number syntax: ${goQuote(text)}` };
  if (!/[.eEpP]/.test(text)) return { problem: `integer overflow: ${goQuote(text)}` };
  const fits = Number.isInteger(float);
  const asInt = fits && float >= -(2 ** 63) && float < 2 ** 63 ? BigInt(float) : undefined;
  const asUint = fits && float >= 0 && float < 2 ** 64 ? BigInt(float) : undefined;
  return { type: 'number', pos, text, int: asInt, uint: asUint, float };
}
