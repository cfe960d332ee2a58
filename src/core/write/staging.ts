/**
 * The write side of a run. Its laws: until the commit, nothing is changed outside the staging directory; the commit is
 * one rename, by which the new state file gets its place there, as `record`; what another run staged is not touched.
 *
 * Before that rename staging is rubbish, and after it a promise that `install.ts` keeps, however often it is begun.
 * Killed, that is, not powered off: nothing is flushed to the platter.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { dirname } from 'node:path';
import type { Bytes } from '../ownership';
import { assertWritable, FileBytes, isSystemError } from './disk';
import { DiskFault } from './findings';
import type { Places } from './places';
import { planHead, planLines, type Step } from './plan';
import type { Directory } from './segment';

/** Lines put aside. */
export interface Slice {
  readonly start: number;
  readonly length: number;
}

const OTHER_RUN = 'another synth writes to the same output directory';

export class Staging {
  /** Whether this run made the staging directory: at the first need, for a run that changes nothing touches nothing. */
  opened = false;
  private readonly mark = `*\n# ${randomUUID()}\n`;
  private firstMade: string | undefined;
  private spilled = 0;

  /** @param state the state file that this run found */
  constructor(
    private readonly places: Places,
    private readonly state: () => Bytes | undefined,
  ) {}

  /** Stages a file. What would make the commit stop half-way is found out here. */
  write(directory: Directory, path: string, text: string): void {
    if (!directory.writable) this.assertWritable(directory);
    if (!directory.staged) this.makeDirectory(directory);
    fs.writeFileSync(`${this.places.tree}/${path}`, text);
  }

  /** Throws what the system says when this directory, or the one above it that is there, cannot be changed. */
  assertWritable(directory: Directory): void {
    if (directory.writable) return;
    if (directory.entries) assertWritable(`${this.places.root}/${directory.path}`);
    else if (directory.parent) this.assertWritable(directory.parent);
    directory.writable = true;
  }

  plan(steps: readonly Step[]): void {
    this.open();
    fs.appendFileSync(this.places.plan, planLines(steps));
  }

  /** Puts a segment's state lines aside. */
  spill(lines: Buffer): Slice {
    this.open();
    fs.appendFileSync(this.places.lines, lines);
    const slice = { start: this.spilled, length: lines.length };
    this.spilled += lines.length;
    return slice;
  }

  /**
   * Commits: from the rename on, the run counts as done and is completed by whoever comes next.
   *
   * @param pieces the new state file, made of pieces that were put aside and others
   */
  commit(pieces: (putAside: (slice: Slice) => Buffer) => Iterable<Buffer>): void {
    this.open();
    this.assertMine();
    const lines = this.spilled > 0 ? new FileBytes(this.places.lines) : undefined;
    try {
      writeAll(
        this.places.draft,
        pieces(({ start, length }) => lines!.read(start, length)),
      );
    } finally {
      lines?.close();
    }
    this.assertMine();
    fs.renameSync(this.places.draft, this.places.record);
  }

  /** Leaves the disk as it was found. */
  discard(): void {
    if (this.opened && this.isMine()) removeStaging(this.places);
    this.opened = false;
    if (this.firstMade === undefined) return;
    for (let made = this.places.root; made.length >= this.firstMade.length; made = dirname(made)) {
      if (!removeIfEmpty(made)) return;
    }
  }

  private open(): void {
    if (this.opened) return;
    const { root, mark, plan, tree } = this.places;
    this.firstMade = fs.mkdirSync(root, { recursive: true });
    this.makeOwn();
    this.opened = true;
    fs.writeFileSync(mark, this.mark);
    fs.writeFileSync(plan, planHead(this.state()));
    fs.mkdirSync(tree);
  }

  /** What an earlier run left is gone by now, so a directory that is there has a living owner. */
  private makeOwn(): void {
    try {
      fs.mkdirSync(this.places.staging);
    } catch (error) {
      if (isSystemError(error) && error.code === 'EEXIST') throw new DiskFault(OTHER_RUN);
      throw error;
    }
  }

  private makeDirectory(directory: Directory): void {
    if (directory.staged) return;
    if (directory.parent) this.makeDirectory(directory.parent);
    else this.open();
    fs.mkdirSync(`${this.places.tree}/${directory.path}`);
    directory.staged = true;
  }

  /** Another run takes what it finds here for a killed run's leavings, and then stages its own. */
  private assertMine(): void {
    if (!this.isMine()) throw new DiskFault(OTHER_RUN);
  }

  private isMine(): boolean {
    try {
      return fs.readFileSync(this.places.mark, 'utf8') === this.mark;
    } catch {
      return false;
    }
  }
}

export function removeStaging(places: Places): void {
  fs.rmSync(places.staging, { recursive: true });
}

/** Removes a directory that has nothing in it. Whatever has stays, and so does one that cannot be removed: it does no harm. */
export function removeIfEmpty(directory: string): boolean {
  try {
    fs.rmdirSync(directory);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function writeAll(path: string, pieces: Iterable<Buffer>): void {
  const file = fs.openSync(path, 'w');
  try {
    for (const piece of pieces) fs.writeFileSync(file, piece);
  } finally {
    fs.closeSync(file);
  }
}
