/**
 * Go's strings are bytes, JavaScript's are UTF-16. A byte that is no part of valid UTF-8 is carried as the lone
 * surrogate U+DC00 + byte, so that cutting a letter in two and joining it again loses nothing, as in Go.
 */

/** Whether every unit of the text is one byte. */
export function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is meant.
  return /^[\x00-\x7f]*$/.test(text);
}

/** The text's length in bytes. */
export function byteLength(text: string): number {
  return isAscii(text) ? text.length : toBytes(text).length;
}

/** The bytes of a text, escaped ones included. */
export function toBytes(text: string): Buffer {
  if (!/[\udc80-\udcff]/.test(text)) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  for (const part of text.match(/[\ud800-\udbff][\udc00-\udfff]|[\udc80-\udcff]+|[^\ud800-\udfff]+|[\ud800-\udfff]/g) ??
    []) {
    parts.push(
      /^[\udc80-\udcff]/.test(part) ? Buffer.from([...part].map((c) => c.charCodeAt(0) & 0xff)) : Buffer.from(part),
    );
  }
  return Buffer.concat(parts);
}

/** The text of bytes; a byte that is no part of a letter becomes an escape. */
export function fromBytes(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd')) return text;
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    const size = runeSize(bytes, at);
    out += size === 0 ? String.fromCharCode(0xdc00 + bytes[at]!) : bytes.toString('utf8', at, at + size);
    at += size || 1;
  }
  return out;
}

/** The valid letter at a place, in bytes; 0 when there is none. */
function runeSize(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  const size =
    lead < 0x80
      ? 1
      : lead >= 0xc2 && lead < 0xe0
        ? 2
        : lead >= 0xe0 && lead < 0xf0
          ? 3
          : lead >= 0xf0 && lead < 0xf5
            ? 4
            : 0;
  if (size === 0 || at + size > bytes.length) return 0;
  if (size === 1) return 1;
  const piece = bytes.toString('utf8', at, at + size);
  return piece.includes('\ufffd') && !bytes.subarray(at, at + size).equals(REPLACEMENT) ? 0 : size;
}

const REPLACEMENT = Buffer.from('\ufffd');

/** `text[start:end]` in bytes. The caller has checked the bounds. */
export function sliceBytes(text: string, start: number, end: number): string {
  return isAscii(text) ? text.slice(start, end) : fromBytes(toBytes(text).subarray(start, end));
}

/** The text as it leaves Go through JSON: each stray byte is one replacement character. */
export function wellFormed(text: string): string {
  return LONE.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
}

const LONE = /\p{Surrogate}/u;

/** Compares as Go does: byte by byte, which is by code point. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  for (let at = 0; at < a.length && at < b.length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all of the basic plane. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
