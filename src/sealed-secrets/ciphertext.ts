/**
 * What a sealed value looks like from outside: base64 of the length of an RSA ciphertext in two bytes, that ciphertext,
 * and the value under AES-GCM with its tag of 16 bytes. Its law: no text of this file repeats a value, which may be the
 * plaintext that somebody forgot to seal.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md
 */

/** The tag that AES-GCM adds to the value. */
const TAG = 16;

/** The least RSA key that anyone generates, and the greatest: 1,024 and 16,384 bits, in bytes. */
const LEAST_KEY = 128;
const GREATEST_KEY = 2048;

/** Why a value cannot be a sealed one; undefined when it can. Reads the first bytes only, so it is cheap. */
export function ciphertextProblem(value: string): string | undefined {
  // Go's decoder skips line breaks.
  const text = /[\r\n]/.test(value) ? value.replace(/[\r\n]+/g, '') : value;
  if (text === '') return 'is empty';
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    return `is not base64, so nothing sealed it (${value.length} characters)`;
  }
  const size = (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
  if (size < 2 + LEAST_KEY + TAG) return `is too short for a sealed value: ${size} bytes`;
  const key = Buffer.from(text.slice(0, 4), 'base64').readUInt16BE(0);
  if (key < LEAST_KEY || key > GREATEST_KEY) return 'does not begin like a sealed value';
  return size < 2 + key + TAG ? `is cut off: ${size} bytes of at least ${2 + key + TAG}` : undefined;
}

/** Whether a value is one from a page or a slide: it begins like a sealed one and trails off in dots. */
export function isAbridged(value: string): boolean {
  return /^A[QYg][A-D][A-Za-z0-9+/]*(?:\.{3,}|…)$/.test(value);
}
