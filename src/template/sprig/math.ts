/** Numbers. Whole ones are int64 and wrap around; what is no number counts as 0. */
import { fail } from '../error';
import { type FunctionMap, fn } from '../go/function';
import { parseInt64 } from '../go/number';
import { goText } from '../go/print';
import { GoInt, type GoValue, int } from '../go/value';
import { int64, toFloat64, toInt64 } from './cast';
import { add, type Decimal, decimal, divide, multiply, negate, toNumber } from './decimal';
import { untilStep } from './lists';

function divideInt(a: GoValue, b: GoValue, pick: (a: bigint, b: bigint) => bigint): GoInt {
  const divisor = toInt64(b);
  return divisor === 0n ? fail('runtime error: integer divide by zero') : int64(pick(toInt64(a), divisor));
}

function chosen(first: GoValue, others: readonly GoValue[], better: (a: bigint, b: bigint) => boolean): GoInt {
  return int64(others.map(toInt64).reduce((best, next) => (better(next, best) ? next : best), toInt64(first)));
}

const biggest = fn('any any...', (first, ...others) => chosen(first, others, (a, b) => a > b));

function folded(first: Decimal, others: readonly GoValue[], step: (a: Decimal, b: Decimal) => Decimal): number {
  return toNumber(others.map((value) => decimal(toFloat64(value))).reduce(step, first));
}

function round(value: GoValue, places: number, ...on: readonly number[]): number {
  const power = 10 ** places;
  const digit = power * toFloat64(value);
  const part = Number.isFinite(digit) ? digit - Math.trunc(digit) : Number.NaN;
  return (part >= (on[0] ?? 0.5) ? Math.ceil(digit) : Math.floor(digit)) / power;
}

function octal(value: GoValue): GoInt {
  const text = goText(value);
  return int64((/^[+-]?[0-7]+$/.test(text) ? parseInt64(text.replace(/^([+-]?)/, '$10o')) : undefined) ?? 0n);
}

function seq(...params: readonly number[]): string {
  const [first = 0, second = 0, third = 0] = params;
  if (params.length === 0 || params.length > 3) return '';
  const [start, end, step] =
    params.length === 1
      ? [1, first, undefined]
      : params.length === 2
        ? [first, second, undefined]
        : [first, third, second];
  const direction = end < start ? -1 : 1;
  if (step !== undefined && direction < 0 && step > 0) return '';
  return untilStep(start, end + direction, step ?? direction).join(' ');
}

function atoi(text: string): GoInt {
  const value = /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : 0n;
  const most = (1n << 63n) - 1n;
  return new GoInt(value > most ? most : value < -most - 1n ? -most - 1n : value);
}

export const MATH: FunctionMap = {
  atoi: fn('string', atoi),
  int: fn('any', (value) => int(toInt64(value))),
  int64: fn('any', (value) => int64(toInt64(value))),
  float64: fn('any', toFloat64),
  toDecimal: fn('any', octal),
  seq: fn('int...', seq),
  add1: fn('any', (value) => int64(toInt64(value) + 1n)),
  add: fn('any...', (...values) => int64(values.reduce<bigint>((sum, value) => sum + toInt64(value), 0n))),
  sub: fn('any any', (a, b) => int64(toInt64(a) - toInt64(b))),
  div: fn('any any', (a, b) => divideInt(a, b, (x, y) => x / y)),
  mod: fn('any any', (a, b) => divideInt(a, b, (x, y) => x % y)),
  mul: fn('any any...', (a, ...values) =>
    int64(values.reduce<bigint>((all, value) => all * toInt64(value), toInt64(a))),
  ),
  add1f: fn('any', (value) => folded(decimal(toFloat64(value)), [1], add)),
  addf: fn('any...', (...values) => folded(decimal(0), values, add)),
  subf: fn('any any...', (a, ...values) => folded(decimal(toFloat64(a)), values, (x, y) => add(x, negate(y)))),
  mulf: fn('any any...', (a, ...values) => folded(decimal(toFloat64(a)), values, multiply)),
  divf: fn('any any...', (a, ...values) => folded(decimal(toFloat64(a)), values, divide)),
  biggest,
  max: biggest,
  min: fn('any any...', (first, ...others) => chosen(first, others, (a, b) => a < b)),
  maxf: fn('any any...', (...values) => Math.max(...values.map(toFloat64))),
  minf: fn('any any...', (...values) => Math.min(...values.map(toFloat64))),
  ceil: fn('any', (value) => Math.ceil(toFloat64(value))),
  floor: fn('any', (value) => Math.floor(toFloat64(value))),
  round: fn('any int float64...', round),
};
