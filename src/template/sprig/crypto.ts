/** Hashes, and what is encrypted already; keys are made elsewhere. */
import { createDecipheriv, createHash } from 'node:crypto';
import { fail } from '../error';
import { fromBytes, toBytes } from '../go/bytes';
import { type FunctionMap, fn } from '../go/function';
import { decode64 } from './encoding';

function hash(algorithm: string): FunctionMap[string] {
  return fn('string', (text) => createHash(algorithm).update(toBytes(text)).digest('hex'));
}

function adler32(text: string): string {
  let a = 1;
  let b = 0;
  for (const byte of toBytes(text)) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return String(b * 65536 + a);
}

/** AES-256-CBC with the password, cut or filled to 32 bytes, as the key. */
function decryptAes(password: string, encrypted: string): string {
  if (encrypted === '') return '';
  const decoded = decode64(encrypted);
  if (decoded.startsWith('illegal base64 data')) return fail(decoded);
  const bytes = toBytes(decoded);
  const key = Buffer.alloc(32);
  toBytes(password).copy(key, 0, 0, 32);
  if (bytes.length < 16)
    return fail(`runtime error: slice bounds out of range [:16] with capacity ${Math.floor(encrypted.length / 4) * 3}`);
  if (bytes.length % 16 !== 0) return fail('crypto/cipher: input not full blocks');
  const cipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16)).setAutoPadding(false);
  const plain = Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]);
  const padding = plain[plain.length - 1] ?? 0;
  if (plain.length === 0) return fail('runtime error: index out of range [-1]');
  if (padding > plain.length) return fail(`runtime error: slice bounds out of range [:${plain.length - padding}]`);
  return fromBytes(plain.subarray(0, plain.length - padding));
}

export const CRYPTO: FunctionMap = {
  sha1sum: hash('sha1'),
  sha256sum: hash('sha256'),
  sha512sum: hash('sha512'),
  adler32sum: fn('string', adler32),
  decryptAES: fn('string string', decryptAes),
};
