/** Reads one file as text. Its law: it never blocks, throws or holds a file that is too large; what is no text is said to be none. */
import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { Lines, type Position } from './lines';

/** Why a file has no text. */
export interface Unreadable {
  readonly code: 'file-binary' | 'file-encoding' | 'file-too-large' | 'file-unreadable';
  readonly message: string;
  readonly fix: string;
  /** Where the first byte is that is no text. */
  readonly position?: Position;
}

const ENCODING_FIX = 'save the file as UTF-8';

/** In bytes. Trees hold no larger YAML; vendored bundles are a tenth of this. */
export const LARGEST_FILE = 50 * 2 ** 20;

export function readText(path: string): string | Unreadable {
  let file: number | undefined;
  try {
    // Without O_NONBLOCK, a named pipe would wait for its writer.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    if (!stats.isFile()) return unreadable('it is no regular file');
    return stats.size > LARGEST_FILE ? tooLarge(stats.size) : decode(readFileSync(file));
  } catch (error) {
    return unreadable(reasonOf(error));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Bytes as text, without a byte order mark. */
export function decode(bytes: Buffer): string | Unreadable {
  if (bytes.length > LARGEST_FILE) return tooLarge(bytes.length);
  const isUtf16 = bytes.length >= 2 && (bytes.readUInt16BE(0) === 0xfeff || bytes.readUInt16BE(0) === 0xfffe);
  if (isUtf16) return { code: 'file-encoding', message: 'is UTF-16', fix: ENCODING_FIX };
  const text = bytes.toString('utf8');
  const nul = bytes.includes(0) ? text.indexOf('\0') : -1;
  if (nul >= 0) {
    const message = 'holds a NUL byte: it is binary, not YAML';
    return {
      code: 'file-binary',
      message,
      fix: 'rename it, or move it out of the tree',
      position: new Lines(text).at(nul),
    };
  }
  if (!isUtf8(bytes)) return notUtf8(bytes, text);
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Why the system refused, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code !== undefined && reasons[code]) || code || message;
}

export function unreadable(reason: string): Unreadable {
  const fix = 'mend it, or leave it out of the check';
  return { code: 'file-unreadable', message: `cannot be read: ${reason}`, fix };
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  ELOOP: 'it is a symbolic link that leads to itself',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'it does not exist',
  EPERM: 'permission denied',
};

function tooLarge(size: number): Unreadable {
  const message = `${size} bytes: a file of more than ${LARGEST_FILE / 2 ** 20} MiB is not read`;
  return { code: 'file-too-large', message, fix: 'split it' };
}

/** Decoding leaves U+FFFD for what is no character; one that the file itself holds is passed over. */
function notUtf8(bytes: Buffer, text: string): Unreadable {
  let at = text.indexOf('\ufffd');
  let offset = Buffer.byteLength(text.slice(0, at));
  while (bytes.readUIntBE(offset, Math.min(3, bytes.length - offset)) === 0xefbfbd) {
    const next = text.indexOf('\ufffd', at + 1);
    offset += Buffer.byteLength(text.slice(at, next));
    at = next;
  }
  const message = `byte 0x${bytes[offset]!.toString(16)} is not UTF-8`;
  return { code: 'file-encoding', message, fix: ENCODING_FIX, position: new Lines(text).at(at) };
}
