/**
 * Looks at the disk. Its laws: nothing is changed here, no symbolic link is followed below the output directory, and
 * opening what turns out to be no regular file does not wait for anybody.
 */
import fs from 'node:fs';
import type { Bytes } from '../ownership';

/** What a name on disk is. Links and special files are never followed, replaced or removed. */
export type Kind = 'file' | 'directory' | 'link' | 'special';

/** Something that stands where a file or a directory must be. */
export interface Obstacle {
  readonly path: string;
  readonly kind: Kind;
}

const READ = fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);

export function kindOf(path: string): Kind | undefined {
  try {
    const found = fs.lstatSync(path, { throwIfNoEntry: false });
    return found && kindWord(found);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** What is in a directory; undefined when it is not there. One call, and no failing one for each name that is absent. */
export function readKinds(directory: string): Map<string, Kind> | undefined {
  try {
    const kinds = new Map<string, Kind>();
    for (const entry of fs.readdirSync(directory, { withFileTypes: true })) kinds.set(entry.name, kindWord(entry));
    return kinds;
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Throws what the system says when a name cannot be added to a directory or taken from it. */
export function assertWritable(directory: string): void {
  fs.accessSync(directory, fs.constants.W_OK | fs.constants.X_OK);
}

/** The beginning of a file, as one read returns it: all of it, in practice, when it is smaller than the buffer. */
export function readOnce(path: string, buffer: Buffer): number {
  const file = fs.openSync(path, READ);
  try {
    return fs.readSync(file, buffer, 0, buffer.length, null);
  } finally {
    fs.closeSync(file);
  }
}

/** A file's bytes, of which only the part asked for is in memory. */
export class FileBytes implements Bytes {
  readonly size: number;
  private readonly file: number;

  constructor(path: string) {
    this.file = fs.openSync(path, READ);
    this.size = fs.fstatSync(this.file).size;
  }

  read(position: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const read = fs.readSync(this.file, buffer, filled, length - filled, position + filled);
      if (read === 0) break;
      filled += read;
    }
    return buffer.subarray(0, filled);
  }

  close(): void {
    fs.closeSync(this.file);
  }
}

/**
 * By its fields: errors of node:fs do not pass `instanceof` from another realm, such as a test runner's. Files too long
 * for a string or a buffer count; a wrong argument is a mistake of the program and does not.
 */
export function isSystemError(error: unknown): error is Error & { readonly code: string } {
  const { code, syscall } = (error ?? {}) as { readonly code?: unknown; readonly syscall?: unknown };
  return typeof code === 'string' && (typeof syscall === 'string' || /^ERR_(FS_|STRING_TOO_LONG)/.test(code));
}

function kindWord(entry: fs.Dirent | fs.Stats): Kind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'special';
}
