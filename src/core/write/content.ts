/**
 * What a file holds. Its law: bytes decide, so a text is there when its UTF-8 is, and bytes that are no UTF-8 equal no
 * text.
 */
import { contentHashOf } from '../ownership';
import { FileBytes, readOnce } from './disk';

/** Nearly all files are smaller, and are read at once into a buffer that all of them share. */
const SMALL = 1 << 16;
const found = Buffer.allocUnsafeSlow(SMALL);
/** Larger by a character: of a text that does not fit, what does is still longer than any small file. */
const wanted = Buffer.allocUnsafeSlow(SMALL + 4);

/** Whether a file is seen at a glance to hold this text. Where it is not, only the hash can tell. */
export function plainlyHolds(path: string, text: string): boolean {
  const length = readOnce(path, found);
  return length < SMALL && wanted.write(text) === length && found.compare(wanted, 0, length, 0, length) === 0;
}

export function hashOfFile(path: string): string {
  const bytes = new FileBytes(path);
  try {
    return contentHashOf(bytes);
  } finally {
    bytes.close();
  }
}
