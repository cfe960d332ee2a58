/** Decimal numbers of any size, as shopspring/decimal computes for the functions that end in f. */
import { fail } from '../error';

/** `units * 10^exponent`. */
export interface Decimal {
  readonly units: bigint;
  readonly exponent: number;
}

/** Digits behind the point of a quotient. */
const DIVISION_PRECISION = 16;

export function decimal(value: number): Decimal {
  if (!Number.isFinite(value)) {
    return fail(`Cannot create a Decimal from ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`);
  }
  const [mantissa = '0', power = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { units: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

function scaled({ units, exponent }: Decimal, to: number): bigint {
  return units * 10n ** BigInt(exponent - to);
}

export function add(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { units: scaled(a, exponent) + scaled(b, exponent), exponent };
}

export function negate({ units, exponent }: Decimal): Decimal {
  return { units: -units, exponent };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, exponent: a.exponent + b.exponent };
}

/** Rounded half away from zero. */
export function divide(a: Decimal, b: Decimal): Decimal {
  if (b.units === 0n) return fail('decimal division by 0');
  const shift = a.exponent - b.exponent + DIVISION_PRECISION;
  const top = shift >= 0 ? a.units * 10n ** BigInt(shift) : a.units;
  const bottom = shift >= 0 ? b.units : b.units * 10n ** BigInt(-shift);
  const quotient = top / bottom;
  const rest = top % bottom;
  const half = abs(rest) * 2n >= abs(bottom);
  const sign = top < 0n === bottom < 0n ? 1n : -1n;
  return { units: half ? quotient + sign : quotient, exponent: -DIVISION_PRECISION };
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The nearest float64; minus zero does not exist. */
export function toNumber({ units, exponent }: Decimal): number {
  return units === 0n ? 0 : Number(`${units}e${exponent}`);
}
