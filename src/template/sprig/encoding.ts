/** Base64 and base32, with Go's errors as text, for sprig returns them so. */
import { fromBytes, toBytes } from '../go/bytes';
import { type FunctionMap, fn } from '../go/function';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function encode32(text: string): string {
  const bytes = toBytes(text);
  let out = '';
  for (let at = 0; at < bytes.length; at += 5) {
    const group = bytes.subarray(at, at + 5);
    let bits = 0n;
    for (let byte = 0; byte < 5; byte++) bits = (bits << 8n) | BigInt(group[byte] ?? 0);
    const digits = Math.ceil((group.length * 8) / 5);
    for (let digit = 0; digit < 8; digit++) {
      out += digit < digits ? BASE32[Number((bits >> BigInt(35 - digit * 5)) & 31n)] : '=';
    }
  }
  return out;
}

/** How many bytes a group of so many digits holds; undefined when no bytes end so. */
const BYTES_OF_DIGITS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  base64: { 2: 1, 3: 2, 4: 3 },
  base32: { 2: 1, 4: 2, 5: 3, 7: 4, 8: 5 },
};

/** Decodes, or says at which byte Go stops. */
function decode(text: string, name: 'base64' | 'base32', digitOf: (char: string) => number, group: number): string {
  const bytes: number[] = [];
  let digits: number[] = [];
  const source = [...toBytes(text)];
  const clean = source
    .map((byte, at) => ({ char: String.fromCharCode(byte), at }))
    .filter(({ char }) => !/[\r\n]/.test(char))
    // Base32 counts without the newlines.
    .map(({ char, at }, index) => ({ char, at: name === 'base64' ? at : index }));
  const total = name === 'base64' ? source.length : clean.length;
  const bad = (at: number) => `illegal ${name} data at input byte ${at}`;
  const bits = group === 4 ? 6 : 5;
  const flush = () => {
    const count = BYTES_OF_DIGITS[name]![digits.length]!;
    let value = 0n;
    for (let at = 0; at < group; at++) value = (value << BigInt(bits)) | BigInt(digits[at] ?? 0);
    const size = (bits * group) / 8;
    for (let at = 0; at < count; at++) bytes.push(Number((value >> BigInt(8 * (size - 1 - at))) & 255n));
    digits = [];
  };
  for (let index = 0; index < clean.length; index++) {
    const { char, at } = clean[index]!;
    const digit = digitOf(char);
    if (digit >= 0) {
      digits.push(digit);
      if (digits.length === group) flush();
      continue;
    }
    if (char !== '=') return bad(at);
    const problem = padding(clean, index, digits.length, name, group, total);
    if (problem !== undefined) return bad(problem);
    flush();
    return fromBytes(Buffer.from(bytes));
  }
  if (digits.length === 0) return fromBytes(Buffer.from(bytes));
  return bad(total - digits.length);
}

/** Where the padding is wrong; undefined when it is right. */
function padding(
  clean: readonly { char: string; at: number }[],
  index: number,
  digits: number,
  name: string,
  group: number,
  total: number,
): number | undefined {
  if (BYTES_OF_DIGITS[name]![digits] === undefined || digits === group) return clean[index]!.at;
  const end = index + group - digits;
  for (let at = index; at < end; at++) {
    const found = clean[at];
    if (found === undefined) return total;
    if (found.char !== '=') return name === 'base64' ? clean[at]!.at - 1 : found.at;
  }
  return clean[end]?.at;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** base64.StdEncoding.DecodeString; a text that is none comes back as the error's text. */
export function decode64(text: string): string {
  return decode(text, 'base64', (char) => BASE64.indexOf(char), 4);
}

export const ENCODING: FunctionMap = {
  b64enc: fn('string', (text) => toBytes(text).toString('base64')),
  b64dec: fn('string', decode64),
  b32enc: fn('string', encode32),
  b32dec: fn('string', (text) => decode(text, 'base32', (char) => BASE32.indexOf(char), 8)),
};
