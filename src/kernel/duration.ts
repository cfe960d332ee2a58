/**
 * Durations, as the APIs of this field spell them: Go's `time.ParseDuration`. Parsed per field, since each field accepts
 * a dialect of its own: Flux has no days, a Flux source's timeout no hours, Rollouts takes bare seconds.
 */

type Unit = 'ms' | 's' | 'm' | 'h';

/** What reads as a duration while typing: `30s`, `1h30m`. Other spellings (`1.5h`, computed text) go through {@link duration}. */
export type DurationText =
  | `${bigint}${Unit}`
  | `${bigint}h${bigint}m`
  | `${bigint}m${bigint}s`
  | `${bigint}h${bigint}m${bigint}s`;

/** A cdk8s `Duration`, or anything that knows its milliseconds. */
export interface DurationLike {
  toMilliseconds(): number;
}

/** `'5m'`, or a cdk8s `Duration`. */
export type DurationInput = DurationText | DurationLike;

/** Nanoseconds in a unit. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/**
 * Reads what Go's `time.ParseDuration` reads.
 *
 * @returns seconds, or undefined where Go refuses: no unit, days, blanks, more than about 292 years
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function tryParseGoDuration(text: string): number | undefined {
  const signed = text.startsWith('-') || text.startsWith('+');
  if (text === '0' || (signed && text.slice(1) === '0')) return 0;
  let nanoseconds = 0;
  let position = signed ? 1 : 0;
  if (position === text.length) return undefined;
  while (position < text.length) {
    TERM.lastIndex = position;
    const term = TERM.exec(text);
    if (term === null) return undefined;
    nanoseconds += Number(term[1]) * UNITS[term[2]!]!;
    position = TERM.lastIndex;
  }
  if (nanoseconds > 2 ** 63) return undefined;
  return (text.startsWith('-') ? -nanoseconds : nanoseconds) / 1e9;
}

/** An amount and its unit, where the last one ended. */
const TERM = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/** Vouches for computed text. @throws TypeError when Go would not read it */
export function duration(text: string): DurationText {
  if (tryParseGoDuration(text) === undefined) {
    throw new TypeError(`${JSON.stringify(text.slice(0, 80))} is not a Go duration; write 90s, 5m or 1h30m`);
  }
  return text as DurationText;
}

/** As the manifest says it. Text passes as it is, for the schema and the rules to judge; undefined stays undefined. */
export function goDuration(input: DurationInput): string;
export function goDuration(input: DurationInput | undefined): string | undefined;
export function goDuration(input: DurationInput | undefined): string | undefined {
  if (input === undefined || typeof input !== 'object' || input === null) return input;
  return formatMilliseconds(input.toMilliseconds());
}

/** Like {@link goDuration} but without hours, for the timeouts of Flux sources: an hour is `60m`. */
export function goDurationWithoutHours(input: DurationInput | undefined): string | undefined {
  if (input === undefined || typeof input !== 'object' || input === null) return input;
  return formatMilliseconds(input.toMilliseconds(), false);
}

function formatMilliseconds(total: number, hours = true): string {
  const parts: [number, string][] = [];
  let rest = total;
  for (const [size, unit] of [
    [3_600_000, 'h'],
    [60_000, 'm'],
    [1000, 's'],
    [1, 'ms'],
  ] as const) {
    if (unit === 'h' && !hours) continue;
    parts.push([Math.floor(rest / size), unit]);
    rest %= size;
  }
  const text = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${unit}`);
  return text.length === 0 ? '0s' : text.join('');
}
