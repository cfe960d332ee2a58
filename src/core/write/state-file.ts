/**
 * The state file of a run: read by segment from the old one, written by segment into the new one. Its laws: no more
 * than one segment's lines are in memory; a segment that did not change passes through as the bytes it was; a file that
 * does not read counts as absent, aloud.
 */
import { formatState, OwnershipState, STATE_FILE, UnreadableState } from '../ownership';
import { FileBytes, kindOf } from './disk';
import type { Findings } from './findings';
import type { Slice } from './staging';

const NONE: ReadonlyMap<string, string> = new Map();

export class StateFile {
  /** Whether the new state file differs from the old one. */
  changed = false;
  private file: FileBytes | undefined;
  private old: OwnershipState | undefined;
  private loaded: { readonly segment: string; readonly entries: ReadonlyMap<string, string> } | undefined;
  /** Where the new state file takes each segment's lines from: the old one, or lines that were put aside. */
  private readonly sources = new Map<string, 'old' | Slice>();

  constructor(private readonly findings: Findings) {}

  /** Opens the old state file, if it is there. */
  open(path: string): void {
    const kind = kindOf(path);
    if (kind === undefined) return;
    if (kind !== 'file') {
      this.findings.refuseBlocked(STATE_FILE, undefined, { path: STATE_FILE, kind });
      return;
    }
    this.file = new FileBytes(path);
    try {
      this.old = new OwnershipState(this.file);
      this.changed = !this.old.sorted;
    } catch (error) {
      this.forget(error);
    }
  }

  close(): void {
    this.file?.close();
  }

  /** Undefined when there is none. */
  get bytes(): FileBytes | undefined {
    return this.file;
  }

  /** The segments that the old state file has lines of. */
  segments(): readonly string[] {
    return this.old?.segments() ?? [];
  }

  /** Path to hash, as the old state file has them. Read when first asked for: most runs never need it. */
  entriesOf(segment: string): ReadonlyMap<string, string> {
    if (this.loaded?.segment !== segment) this.loaded = { segment, entries: this.load(segment) };
    return this.loaded.entries;
  }

  /** Whether these are the lines that the old state file has. */
  has(segment: string, lines: Buffer): boolean {
    return lines.equals(this.old?.linesOf(segment) ?? Buffer.alloc(0));
  }

  /** Keeps the old lines of a segment. */
  keep(segment: string): void {
    this.sources.set(segment, 'old');
  }

  /** Gives a segment the lines that were put aside there. */
  replace(segment: string, lines: Slice): void {
    this.sources.set(segment, lines);
  }

  /** Forgets what is in memory of a segment that is done. */
  release(): void {
    this.loaded = undefined;
  }

  /** The new state file, piece by piece. */
  pieces(putAside: (slice: Slice) => Buffer): Iterable<Buffer> {
    return formatState([...this.sources.keys()], (segment) => {
      const source = this.sources.get(segment)!;
      return source === 'old' ? this.old!.linesOf(segment) : putAside(source);
    });
  }

  private load(segment: string): ReadonlyMap<string, string> {
    try {
      return this.old?.load(segment) ?? NONE;
    } catch (error) {
      this.forget(error);
      return NONE;
    }
  }

  /** An unreadable state file is written anew by the next synth that nothing refuses. */
  private forget(error: unknown): void {
    if (!(error instanceof UnreadableState)) throw error;
    this.changed = true;
    this.findings.warnUnreadableState(error.message);
  }
}
