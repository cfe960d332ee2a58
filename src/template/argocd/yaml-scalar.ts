/** Scalars as go-yaml v2 takes them: which plain texts are not strings, and how a string is written. */
import { parseFloat64 } from '../go/float';
import { parseInteger } from '../go/number';
import { GoTime } from '../sprig/time';
import { parseTime } from '../sprig/time-parse';

export type YamlScalar = string | number | bigint | boolean | null;

const WORDS: ReadonlyMap<string, boolean | number | null> = new Map<string, boolean | number | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const BASE60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const TIMESTAMPS = [
  '2006-1-2T15:4:5.999999999Z07:00',
  '2006-1-2t15:4:5.999999999Z07:00',
  '2006-1-2 15:4:5.999999999',
  '2006-1-2',
];

/** What a plain scalar means. Timestamps stay strings when they are read, and are quoted when they are written. */
export function resolvePlain(text: string): YamlScalar {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text[0] === '.') return parseFloat64(text) ?? text;
  if (!/^[-+0-9]/.test(text) || isTimestamp(text)) return text;
  const plain = text.replaceAll('_', '');
  const whole = parseInteger(plain);
  if (whole !== undefined && whole >= -(1n << 63n) && whole < (plain.startsWith('+') ? 1n << 63n : 1n << 64n))
    return whole;
  return (FLOAT.test(plain) ? parseFloat64(plain) : undefined) ?? text;
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-/.test(text) && TIMESTAMPS.some((layout) => parseTime(layout, text) instanceof GoTime);
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal';

/** How go-yaml writes a string: as a key, or as a value. */
export function stringStyle(text: string, key: boolean): ScalarStyle {
  const traits = analyze(text);
  let style: ScalarStyle = text.includes('\n') ? 'literal' : isPlain(text) ? 'plain' : 'double';
  if (key && traits.multiline) style = 'double';
  if (style === 'plain' && (!traits.plain || (text === '' && key))) style = 'single';
  if (style === 'single' && !traits.single) style = 'double';
  return style === 'literal' && (!traits.block || key) ? 'double' : style;
}

function isPlain(text: string): boolean {
  return typeof resolvePlain(text) === 'string' && !(/^\d{4}-/.test(text) && isTimestamp(text)) && !BASE60.test(text);
}

interface Traits {
  readonly multiline: boolean;
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

const BREAK = /[\r\n\u0085\u2028\u2029]/;

export function isBreak(char: string): boolean {
  return BREAK.test(char);
}

/** Characters that go-yaml writes as they are: not tabs, not what is beyond the basic plane. */
export function isPrintable(char: string): boolean {
  return /^[\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(char);
}

function analyze(text: string): Traits {
  const chars = [...text];
  const first = chars[0] ?? '';
  const last = chars[chars.length - 1] ?? '';
  if (text === '') return { multiline: false, plain: true, single: true, block: false };
  const multiline = chars.some(isBreak);
  const edges = first === ' ' || isBreak(first) || last === ' ' || isBreak(last);
  const breakSpace = /[\r\n\u0085\u2028\u2029] /.test(text);
  const special = / [\r\n\u0085\u2028\u2029]/.test(text) || !chars.every(isPrintable);
  return {
    multiline,
    plain: !(edges || breakSpace || special || multiline || hasIndicator(text)),
    single: !(breakSpace || special),
    block: !(last === ' ' || special),
  };
}

function hasIndicator(text: string): boolean {
  return (
    /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$))/.test(text) ||
    /:(?:[ \t]|$)/.test(text) ||
    /[ \t\r\n\u0085\u2028\u2029]#/.test(text)
  );
}
