/** Texts. Lengths and places count bytes, as in Go. */
import { bounded, boundLength, fail } from '../error';
import { byteLength, sliceBytes, toBytes } from '../go/bytes';
import { type FunctionMap, fn } from '../go/function';
import { goText } from '../go/print';
import { goQuote } from '../go/quote';
import { GoMap, GoSlice, type GoValue, plain } from '../go/value';
import { isSpace, lower, mapText, swapCase, titleCase, trimSpace, uncapitalize, upper } from './case';
import { checkSlice, strval } from './cast';
import { connected, pascalCase } from './words';
import { wrapText } from './wrap';

function repeat(count: number, text: string): string {
  if (count < 0) return fail('strings: negative Repeat count');
  boundLength(count * text.length);
  return text.repeat(count);
}

function indent(spaces: number, text: string): string {
  const pad = repeat(spaces, ' ');
  boundLength(text.length + pad.length * (text.split('\n').length + 1));
  return pad + text.replaceAll('\n', `\n${pad}`);
}

function replaceText(old: string, next: string, text: string): string {
  const parts = text.split(old);
  if (old !== '') {
    boundLength(text.length + parts.length * next.length);
    return parts.join(next);
  }
  return bounded([...text].map((char) => next + char).join('') + next);
}

function trunc(count: number, text: string): string {
  const length = byteLength(text);
  if (count < 0 && length + count > 0) return sliceBytes(text, length + count, length);
  return count >= 0 && length > count ? sliceBytes(text, 0, count) : text;
}

function substr(start: number, end: number, text: string): string {
  const length = byteLength(text);
  if (start < 0) {
    checkSlice(undefined, end, length);
    return sliceBytes(text, 0, end);
  }
  const stop = end < 0 || end > length ? length : end;
  checkSlice(start, stop, length);
  return sliceBytes(text, start, stop);
}

/** Cuts to a width with `...` on one side or both. */
function abbreviate(text: string, from: number, width: number): string {
  const length = byteLength(text);
  if (length <= width) return text;
  let offset = Math.min(from, length);
  if (length - offset < width - 3) offset = length - (width - 3);
  if (offset <= 4) return `${sliceBytes(text, 0, width - 3)}...`;
  if (width < 7) return '';
  if (offset + width - 3 >= length) return `...${sliceBytes(text, length - (width - 3), length)}`;
  const rest = sliceBytes(text, offset, length);
  return `...${width - 3 < 4 ? '' : abbreviate(rest, 0, width - 3)}`;
}

function abbrevboth(left: number, right: number, text: string): string {
  return right < 4 || (left > 0 && right < 7) ? text : abbreviate(text, left, right);
}

/** goutils reads bytes as letters of Latin-1. */
function latin1(text: string): string[] {
  return [...toBytes(text)].map((byte) => String.fromCharCode(byte));
}

function initials(text: string): string {
  let gap = true;
  let out = '';
  for (const char of latin1(text)) {
    const space = isSpace(char);
    if (gap && !space) out += char;
    gap = space;
  }
  return out;
}

function nospace(text: string): string {
  const chars = latin1(text);
  const kept = chars.filter((char) => !isSpace(char));
  return kept.length === chars.length ? text : kept.join('');
}

function trimSet(set: string, text: string): string {
  const chars = [...text];
  let start = 0;
  let end = chars.length;
  while (start < end && set.includes(chars[start]!)) start++;
  while (end > start && set.includes(chars[end - 1]!)) end--;
  return chars.slice(start, end).join('');
}

function present(values: readonly GoValue[]): readonly GoValue[] {
  return values.filter((value) => plain(value) !== null);
}

/** strings.SplitN: an empty separator cuts between letters. */
export function splitText(separator: string, count: number, text: string): string[] {
  if (count === 0) return [];
  const parts = separator === '' ? [...text] : text.split(separator);
  if (count < 0 || parts.length <= count) return parts;
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}

function numbered(parts: readonly string[]): GoMap {
  return new GoMap(Object.fromEntries(parts.map((part, at) => [`_${at}`, part])));
}

export const STRINGS: FunctionMap = {
  abbrev: fn('int string', (width, text) => (width < 4 ? text : abbreviate(text, 0, width))),
  abbrevboth: fn('int int string', abbrevboth),
  trunc: fn('int string', trunc),
  substr: fn('int int string', substr),
  trim: fn('string', trimSpace),
  upper: fn('string', (text) => mapText(text, upper)),
  lower: fn('string', (text) => mapText(text, lower)),
  title: fn('string', titleCase),
  untitle: fn('string', uncapitalize),
  swapcase: fn('string', swapCase),
  snakecase: fn('string', (text) => connected(text, '_')),
  kebabcase: fn('string', (text) => connected(text, '-')),
  camelcase: fn('string', pascalCase),
  repeat: fn('int string', repeat),
  trimall: fn('string string', trimSet),
  trimAll: fn('string string', trimSet),
  trimSuffix: fn('string string', (suffix, text) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  trimPrefix: fn('string string', (prefix, text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  nospace: fn('string', nospace),
  initials: fn('string', initials),
  wrap: fn('int string', (width, text) => wrapText(text, width, '\n', false)),
  wrapWith: fn('int string string', (width, separator, text) => wrapText(text, width, separator || '\n', true)),
  contains: fn('string string', (part, text) => text.includes(part)),
  hasPrefix: fn('string string', (prefix, text) => text.startsWith(prefix)),
  hasSuffix: fn('string string', (suffix, text) => text.endsWith(suffix)),
  quote: fn('any...', (...values) =>
    bounded(
      present(values)
        .map((value) => goQuote(strval(value)))
        .join(' '),
    ),
  ),
  squote: fn('any...', (...values) =>
    bounded(
      present(values)
        .map((value) => `'${goText(value)}'`)
        .join(' '),
    ),
  ),
  cat: fn('any...', (...values) => bounded(present(values).map(goText).join(' '))),
  indent: fn('int string', indent),
  nindent: fn('int string', (spaces, text) => `\n${indent(spaces, text)}`),
  replace: fn('string string string', replaceText),
  plural: fn('string string int', (one, many, count) => (count === 1 ? one : many)),
  toString: fn('any', strval),
  split: fn('string string', (separator, text) => numbered(splitText(separator, -1, text))),
  splitn: fn('string int string', (separator, count, text) => numbered(splitText(separator, count, text))),
  splitList: fn('string string', (separator, text) => new GoSlice(splitText(separator, -1, text), 'string')),
};
