/**
 * What a plain scalar means to Kubernetes. kubectl, Argo CD and Flux read YAML with sigs.k8s.io/yaml, a go-yaml v2: YAML
 * 1.1 booleans and octals, 1.2 octals too, no sexagesimal numbers, and dates that end as text.
 */
import type { JsonPrimitive } from '../kernel/manifest';

/** A value that go-yaml reads and JSON cannot hold. */
export const NOT_JSON = Symbol('NaN or infinite');

const words = new Map<string, JsonPrimitive | typeof NOT_JSON>();
for (const word of ['', '~', 'null', 'Null', 'NULL']) words.set(word, null);
for (const word of ['y', 'yes', 'true', 'on']) addCases(word, true);
for (const word of ['n', 'no', 'false', 'off']) addCases(word, false);
for (const word of ['.nan', '.NaN', '.NAN']) words.set(word, NOT_JSON);
for (const sign of ['', '+', '-']) for (const word of ['.inf', '.Inf', '.INF']) words.set(sign + word, NOT_JSON);

/** The value of an unquoted, untagged scalar. */
export function plainScalar(text: string): JsonPrimitive | typeof NOT_JSON {
  // Most scalars start with a letter that begins no number and no word.
  if (!/^[-+.\dyYnNtTfFoO~]|^$/.test(text)) return text;
  const word = words.get(text);
  if (word !== undefined) return word;
  return tryNumber(text) ?? text;
}

/** The number that go-yaml takes a text for, if it takes it for one. */
export function tryNumber(text: string): number | undefined {
  if (!/^[-+.\d]/.test(text)) return undefined;
  // go-yaml drops underscores wherever they are; after a leading dot only those between digits.
  const digits = text.replaceAll(text.startsWith('.') ? /(?<=\d)_(?=\d)/g : '_', '');
  const integer = tryInteger(digits);
  if (integer !== undefined) return integer;
  if (!/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(digits)) return undefined;
  const number = Number(digits);
  // Go's ParseFloat fails where JavaScript says Infinity; the scalar is then a string.
  return Number.isFinite(number) ? positiveZero(number) : undefined;
}

function tryInteger(text: string): number | undefined {
  const [, sign, prefix = '', digits = ''] = /^([-+]?)(0[xXoObB]?)?([\da-fA-F]*)$/.exec(text) ?? [];
  const base = bases[prefix.toLowerCase()];
  if (base === undefined) return undefined;
  if (digits === '') return prefix === '0' ? 0 : undefined;
  if (digits.length > 64 || ![...digits].every((digit) => Number.parseInt(digit, 16) < base)) return undefined;
  if (base === 10 && digits.length <= 15) return positiveZero(Number(sign + digits));
  const magnitude = BigInt(base === 10 ? digits : goLiterals[base]! + digits);
  // Beyond 64 bits it is no integer to Go; what looks like a decimal is then a float.
  if (magnitude > (sign === '-' ? 2n ** 63n : 2n ** 64n - 1n)) return undefined;
  return positiveZero(Number(sign === '-' ? -magnitude : magnitude));
}

function positiveZero(number: number): number {
  return number === 0 ? 0 : number;
}

const bases: Readonly<Record<string, number>> = { '': 10, '0': 8, '0o': 8, '0x': 16, '0b': 2 };
const goLiterals: Readonly<Record<number, string>> = { 2: '0b', 8: '0o', 16: '0x' };

function addCases(word: string, value: boolean): void {
  for (const cased of [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()]) words.set(cased, value);
}
