/** Go's string and character literals: strconv.Quote and its inverse. */
import { fromBytes, toBytes } from './bytes';

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Whether Go prints the character as it is. */
export function isPrint(char: string): boolean {
  return PRINTABLE.test(char);
}

const SHORT: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

/** The text as a Go literal between the quotes given; `ascii` escapes all else. */
export function goQuote(text: string, quote = '"', ascii = false): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is meant.
  if (quote === '"' && /^[^"\\\x00-\x1f\x7f-\uffff]*$/.test(text)) return `"${text}"`;
  let out = quote;
  for (const char of text) out += char === quote ? `\\${quote}` : quotedChar(char, ascii);
  return out + quote;
}

function quotedChar(char: string, ascii: boolean): string {
  const short = SHORT[char];
  if (short !== undefined) return short;
  const code = char.codePointAt(0)!;
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code & 0xff).toString(16)}`;
  if (code < 0x80 ? code >= 0x20 && code !== 0x7f : !ascii && isPrint(char)) return char;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** `%#U`: the code point, and the character if it can be seen. */
export function codePointText(code: number): string {
  const char = String.fromCodePoint(code);
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  return isPrint(char) ? `U+${hex} '${char}'` : `U+${hex}`;
}

/** What a Go literal with its quotes means; undefined when it is none. */
export function goUnquote(literal: string): string | undefined {
  const quote = literal[0]!;
  const body = literal.slice(1, -1);
  if (literal.length < 2 || quote !== literal[literal.length - 1]) return undefined;
  if (quote === '`') return body.includes('`') ? undefined : body.replaceAll('\r', '');
  if (body.includes('\n') || (!body.includes('\\') && body.includes(quote))) return undefined;
  if (!body.includes('\\')) return body;
  const bytes: Buffer[] = [];
  for (let rest = body; rest !== ''; ) {
    const read = unquoteChar(rest, quote);
    if (read === undefined) return undefined;
    bytes.push(read.byte ? Buffer.from([read.code]) : toBytes(String.fromCodePoint(read.code)));
    rest = read.rest;
  }
  return fromBytes(Buffer.concat(bytes));
}

export interface UnquotedChar {
  readonly code: number;
  /** Whether it was written as a byte: `\xff`, `\377`. */
  readonly byte: boolean;
  readonly rest: string;
}

/** Reads one character of a literal, as strconv.UnquoteChar does; undefined is a syntax error. */
export function unquoteChar(text: string, quote: string): UnquotedChar | undefined {
  const first = text.codePointAt(0);
  if (first === undefined || text[0] === quote) return undefined;
  if (text[0] !== '\\') return { code: first, byte: false, rest: text.slice(first > 0xffff ? 2 : 1) };
  const letter = text[1] ?? '';
  const simple = 'abfnrtv\\'.indexOf(letter);
  if (letter !== '' && simple >= 0) {
    return { code: [7, 8, 12, 10, 13, 9, 11, 92][simple]!, byte: false, rest: text.slice(2) };
  }
  if (letter === "'" || letter === '"') {
    return letter === quote ? { code: letter.charCodeAt(0), byte: false, rest: text.slice(2) } : undefined;
  }
  return numericEscape(text);
}

function numericEscape(text: string): UnquotedChar | undefined {
  const found = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3}))/.exec(text);
  if (found === null) return undefined;
  const code = Number.parseInt((found[1] ?? found[2] ?? found[3] ?? found[4])!, found[4] === undefined ? 16 : 8);
  const byte = found[1] !== undefined || found[4] !== undefined;
  if (byte ? code > 255 : code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
  return { code, byte, rest: text.slice(found[0].length) };
}
