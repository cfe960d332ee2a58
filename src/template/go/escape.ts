/** The builtins html, js and urlquery. */
import { toBytes } from './bytes';
import { isPrint } from './quote';

const HTML: Readonly<Record<string, string>> = {
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\0': '\ufffd',
};

export function htmlEscape(text: string): string {
  return text.replace(/["'&<>\0]/g, (char) => HTML[char]!);
}

const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

export function jsEscape(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is meant.
  return text.replace(/[\\'"<>&=\x00-\x1f]|[^\x00-\x7f]/gu, (char) => {
    const short = JS[char];
    if (short !== undefined) return short;
    const code = char.codePointAt(0)!;
    if (code >= 0x80 && isPrint(char)) return char;
    return `\\u${(code >= 0xdc80 && code <= 0xdcff ? 0xfffd : code).toString(16).toUpperCase().padStart(4, '0')}`;
  });
}

/** url.QueryEscape. */
export function queryEscape(text: string): string {
  let out = '';
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(char)) out += char;
    else out += char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
