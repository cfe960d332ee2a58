/** time.Duration: nanoseconds. */
import { timeQuote } from './time-layout';

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const MOST = 1n << 63n;

/** time.ParseDuration. */
export function parseDuration(text: string): bigint | { readonly problem: string } {
  const invalid = { problem: `time: invalid duration ${timeQuote(text)}` };
  const negative = text.startsWith('-');
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return 0n;
  if (rest === '') return invalid;
  let total = 0n;
  while (rest !== '') {
    const [all, whole = '', , fraction = ''] = /^(\d*)(\.(\d*))?/.exec(rest)!;
    if (whole + fraction === '') return invalid;
    rest = rest.slice(all.length);
    const unit = /^[^.0-9]*/.exec(rest)![0];
    if (unit === '') return { problem: `time: missing unit in duration ${timeQuote(text)}` };
    rest = rest.slice(unit.length);
    const size = UNITS[unit];
    if (size === undefined) return { problem: `time: unknown unit ${timeQuote(unit)} in duration ${timeQuote(text)}` };
    total += BigInt(whole || '0') * size + fractionOf(fraction, size);
    if (total > MOST) return invalid;
  }
  if (negative) return -total;
  return total === MOST ? invalid : total;
}

/** Computed in floats, as Go does. */
function fractionOf(digits: string, unit: bigint): bigint {
  const kept = digits.slice(0, 18);
  return kept === '' ? 0n : BigInt(Math.trunc(Number(kept) * (Number(unit) / 10 ** kept.length)));
}

/** Duration.String. */
export function durationText(nanos: bigint): string {
  if (nanos === 0n) return '0s';
  const sign = nanos < 0n ? '-' : '';
  const size = nanos < 0n ? -nanos : nanos;
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${fixed(size, 3)}µs`;
  if (size < 1_000_000_000n) return `${sign}${fixed(size, 6)}ms`;
  const minutes = size / 60_000_000_000n;
  const seconds = `${fixed(size % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return sign + seconds;
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function fixed(value: bigint, places: number): string {
  const text = value.toString().padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/\.?0+$/, '');
}
