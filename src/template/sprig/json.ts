/** encoding/json: sorted keys, HTML characters escaped, numbers as ES6 writes them. */
import { bounded, fail } from '../error';
import { type FunctionMap, fn } from '../go/function';
import {
  entriesOf,
  GoInt,
  GoMap,
  GoSlice,
  GoStruct,
  type GoValue,
  isDict,
  isList,
  isNilDict,
  items,
  plain,
  sortedKeys,
} from '../go/value';
import { parseJson } from './json-parse';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A JSON string as Go writes it. */
export function jsonString(text: string, html: boolean): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what JSON escapes.
  const escaped = text.replace(/["\\\x00-\x1f\u2028\u2029]|\p{Surrogate}/gu, (char) => {
    if (/\p{Surrogate}/u.test(char)) return '\\ufffd';
    return ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `"${html ? escaped.replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`) : escaped}"`;
}

/** A float64 as Go's JSON writes it. */
export function jsonNumber(value: number): string {
  if (!Number.isFinite(value)) {
    return fail(`json: unsupported value: ${Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'}`);
  }
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  const size = Math.abs(value);
  return size !== 0 && size < 1e-6 && !text.includes('e') ? value.toExponential() : text;
}

interface Style {
  readonly html: boolean;
  readonly pretty: boolean;
}

function write(value: GoValue, style: Style, indent: string): string {
  const bare = plain(value);
  if (bare === null || bare === undefined) return 'null';
  if (typeof bare === 'string') return jsonString(bare, style.html);
  if (typeof bare === 'number') return jsonNumber(bare);
  if (typeof bare === 'boolean') return String(bare);
  if (bare instanceof GoInt) return bare.value.toString();
  if (bare instanceof GoStruct) return bare.json();
  const inner = `${indent}  `;
  if (isList(bare)) {
    if (bare instanceof GoSlice && bare.options.nil) return 'null';
    return wrapped(
      '[',
      items(bare).map((item) => write(item, style, inner)),
      ']',
      style,
      indent,
    );
  }
  if (bare instanceof GoMap ? bare.options.nil : isDict(bare) && isNilDict(bare)) return 'null';
  const entries = entriesOf(bare as never);
  const colon = style.pretty ? ': ' : ':';
  const members = sortedKeys(entries).map(
    (key) => jsonString(key, style.html) + colon + write(entries[key], style, inner),
  );
  return wrapped('{', members, '}', style, indent);
}

function wrapped(open: string, parts: readonly string[], close: string, style: Style, indent: string): string {
  if (parts.length === 0 || !style.pretty) return bounded(open + parts.join(',') + close);
  const separator = `\n${indent}  `;
  return bounded(open + separator + parts.join(`,${separator}`) + `\n${indent}${close}`);
}

/** json.Marshal. */
export function goJson(value: GoValue): string {
  return write(value, { html: true, pretty: false }, '');
}

function orEmpty(make: () => string): string {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('json: ')) return '';
    throw error;
  }
}

function fromJson(text: string): GoValue {
  const read = parseJson(text);
  return 'problem' in read ? null : read.value;
}

function mustFromJson(text: string): GoValue {
  const read = parseJson(text);
  return 'problem' in read ? fail(read.problem) : read.value;
}

const COMPACT: Style = { html: true, pretty: false };
const PRETTY: Style = { html: true, pretty: true };
const RAW: Style = { html: false, pretty: false };

export const JSON_FUNCTIONS: FunctionMap = {
  toJson: fn('any', (value) => orEmpty(() => write(value, COMPACT, ''))),
  mustToJson: fn('any', (value) => write(value, COMPACT, '')),
  toPrettyJson: fn('any', (value) => orEmpty(() => write(value, PRETTY, ''))),
  mustToPrettyJson: fn('any', (value) => write(value, PRETTY, '')),
  toRawJson: fn('any', (value) => write(value, RAW, '')),
  mustToRawJson: fn('any', (value) => write(value, RAW, '')),
  fromJson: fn('string', fromJson),
  mustFromJson: fn('string', mustFromJson),
};
