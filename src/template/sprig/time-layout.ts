/** Go's time layouts, cut into their parts: `2006-01-02` is year, `-`, month, `-`, day. */

import { toBytes } from '../go/bytes';

export interface LayoutPart {
  /** Literal text before the field. */
  readonly prefix: string;
  /** The field as written in the layout; undefined at the end. */
  readonly field: string | undefined;
}

const FIELD =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|(?<=_)2006|2006|_2(?!006)|__2|2|3|4|5|PM|pm|-07:00:00|-070000|-07:00|-0700|-07|Z07:00:00|Z070000|Z07:00|Z0700|Z07|[.,](?:0+|9+)(?!\d)/g;

const cache = new Map<string, readonly LayoutPart[]>();

export function layoutParts(layout: string): readonly LayoutPart[] {
  const known = cache.get(layout);
  if (known !== undefined) return known;
  const parts: LayoutPart[] = [];
  let at = 0;
  for (const found of layout.matchAll(FIELD)) {
    parts.push({ prefix: layout.slice(at, found.index), field: found[0] });
    at = found.index + found[0].length;
  }
  parts.push({ prefix: layout.slice(at), field: undefined });
  if (cache.size > 200) cache.clear();
  cache.set(layout, parts);
  return parts;
}

export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
export const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** The package's own quotes, which spell out every byte that is not plain ASCII. */
export function timeQuote(text: string): string {
  let out = '';
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte);
    if (byte < 0x20 || byte >= 0x80) out += `\\x${byte.toString(16).padStart(2, '0')}`;
    else out += char === '"' || char === '\\' ? `\\${char}` : char;
  }
  return `"${out}"`;
}
