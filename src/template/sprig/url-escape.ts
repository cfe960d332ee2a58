/** net/url's percent-encoding: which characters each part of a URL may hold. */
import { fromBytes, toBytes } from '../go/bytes';
import { goQuote } from '../go/quote';

export type EscapeMode = 'path' | 'host' | 'zone' | 'user' | 'fragment';

const KEPT: Readonly<Record<EscapeMode, RegExp>> = {
  path: /[A-Za-z0-9\-_.~$&+/:=@]/,
  host: /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/,
  zone: /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/,
  user: /[A-Za-z0-9\-_.~$&+,;=]/,
  fragment: /[A-Za-z0-9\-_.~$&+/:;=?@!()*,]/,
};

export function escapeUrl(text: string, mode: EscapeMode): string {
  let out = '';
  for (const byte of toBytes(text)) {
    const char = String.fromCharCode(byte);
    const kept = byte < 0x80 && KEPT[mode].test(char);
    out += kept ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

export type Unescaped = { readonly text: string } | { readonly problem: string };

export function unescapeUrl(text: string, mode: EscapeMode): Unescaped {
  const bytes: number[] = [];
  const source = toBytes(text);
  for (let at = 0; at < source.length; at++) {
    const char = String.fromCharCode(source[at]!);
    if (char === '%') {
      const code = source.toString('latin1', at, at + 3);
      if (!/^%[\da-fA-F]{2}$/.test(code)) return { problem: `invalid URL escape ${goQuote(code)}` };
      if (mode === 'host' && Number.parseInt(code[1]!, 16) < 8 && code !== '%25') {
        return { problem: `invalid URL escape ${goQuote(code)}` };
      }
      bytes.push(Number.parseInt(code.slice(1), 16));
      at += 2;
    } else if (mode === 'host' && source[at]! < 0x80 && !KEPT.host.test(char)) {
      return { problem: `invalid character ${goQuote(char)} in host name` };
    } else bytes.push(source[at]!);
  }
  return { text: fromBytes(Buffer.from(bytes)) };
}
