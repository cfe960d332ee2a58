/**
 * Writes the tree to disk, segment by segment. What it promises:
 *
 * - A refused synth changes nothing; one killed at any moment is completed or undone by the next run, without a false
 *   alarm. Changed files are staged in the output directory, and one rename commits them (`write/staging.ts`); what is
 *   left to do after it can be begun any number of times (`write/install.ts`, `write/recover.ts`).
 * - A file this tool did not write, or that was edited since, is never overwritten or removed unless forced; whatever
 *   already holds the wanted text is ours. What is no regular file is never followed, replaced or removed at all
 *   (`write/compare.ts`, `write/finish.ts`).
 * - Nothing is touched outside the output directory, whatever paths a caller, a state file or a left-over plan names.
 * - What does not differ is not written: no file, no directory, no time stamp.
 * - Only the segment (environment) at hand is held in memory (`write/segment.ts`, `write/state-file.ts`).
 */
import { GitOpsError, type Issue } from '../kernel/issue';
import { contentHash, formatEntry, isSafePath } from './ownership';
import { compare, directoryOf } from './write/compare';
import { finish } from './write/finish';
import { install } from './write/install';
import type { WriteReport } from './write/report';
import { type Run, startRun } from './write/run';
import { claim, type Directory, Segment } from './write/segment';

export type { Change, WriteReport } from './write/report';

export interface WriterOptions {
  /** Where the tree is. Made when the first file is written; may itself be a symbolic link. */
  readonly outdir: string;
  /** Overwrites and removes files that were edited by hand or that this tool did not write. @default false */
  readonly force?: boolean;
  /** Compares only and never touches the disk. @default false */
  readonly check?: boolean;
  /** Only these segments are written; others on disk are left alone. @default - every segment */
  readonly only?: readonly string[];
}

/**
 * Writes a tree of text files, segment by segment. A segment is a top-level directory: an environment.
 *
 * Faults of the disk and of its owner are collected in `issues`; a caller's mistake (an unsafe path, a path put twice)
 * throws at once.
 */
export class TreeWriter {
  private readonly run: Run;
  private readonly begun = new Map<string, string>();
  private segment: Segment | undefined;
  private closed = false;

  /** Completes or undoes an interrupted earlier run first, unless it only checks. */
  constructor(private readonly options: WriterOptions) {
    this.run = startRun(options.outdir, options.force ?? false, options.check ?? false);
  }

  /** Everything wrong so far: files edited by hand, foreign files, links and directories in the way, failed writes. */
  get issues(): readonly Issue[] {
    return this.run.findings.issues;
  }

  /** Starts a segment: the following files are under it. Each is begun once, in any order. */
  beginSegment(name: string): void {
    this.assertOpen();
    if (this.segment) throw new Error(`segment '${name}' begun before '${this.segment.name}' ended`);
    if (name.includes('/') || !isSafePath(name))
      throw new Error(`'${name}' cannot be a segment: one directory name is needed`);
    if (!this.covers(name)) throw new Error(`segment '${name}' is not among those to write`);
    const other = this.begun.get(name.toLowerCase());
    if (other !== undefined) throw new Error(`segment '${name}' begun after '${other}'`);
    this.begun.set(name.toLowerCase(), name);
    this.segment = new Segment(name);
  }

  /** A file of this segment: `path` is posix and relative to the output directory. */
  put(path: string, text: string, construct: string): void {
    const segment = this.segment;
    if (!segment) throw new Error(`'${path}' put outside a segment`);
    if (!path.startsWith(segment.prefix) || !isSafePath(path)) {
      throw new Error(`'${path}' is not a path inside segment '${segment.name}'`);
    }
    try {
      const slash = path.lastIndexOf('/');
      const directory = this.directoryFor(segment, path, slash);
      const name = path.slice(slash + 1);
      claim(directory, name);
      const hash = contentHash(text);
      segment.lines.add(path, formatEntry(path, hash, construct));
      if (!this.run.broken) compare(this.run, segment, directory, { path, name, text, hash, construct });
    } catch (error) {
      this.run.findings.refuseFailed(path, construct, error);
    }
  }

  /** Ends the segment: what the state file has of it and this run did not put is now known to be stale. */
  endSegment(): void {
    const segment = this.segment;
    if (!segment) throw new Error('no segment to end');
    this.segment = undefined;
    this.finish(segment);
  }

  /**
   * Makes the disk hold what was put.
   *
   * @throws GitOpsError when anything was refused, with the disk as it was found; or when the system failed half-way,
   *   and then the next run completes it. In check mode nothing is thrown: see `issues` and the report.
   */
  commit(): WriteReport {
    this.assertOpen();
    if (this.segment) throw new Error(`segment '${this.segment.name}' was not ended`);
    const { check, findings, state, staging, tally } = this.run;
    this.finishUnseen();
    findings.addOmitted();
    if (!check && !findings.refused && (staging.opened || state.changed)) {
      findings.attempt('', () => staging.commit((putAside) => state.pieces(putAside)));
    }
    if (check || findings.refused) this.discard();
    else this.install();
    if (findings.refused && !check) throw new GitOpsError(findings.issues);
    return tally.report();
  }

  /** Leaves the disk as it was found. After a commit it does nothing. */
  discard(): void {
    if (this.closed) return;
    this.closed = true;
    const { findings, staging, state } = this.run;
    state.close();
    findings.attempt('', () => staging.discard());
  }

  /** The directory at `slash` of a path. Files come in runs, so most often it is the last one again. */
  private directoryFor(segment: Segment, path: string, slash: number): Directory {
    const { last } = segment;
    if (last && last.path.length === slash && path.startsWith(last.path)) return last;
    segment.last = directoryOf(this.run, segment, path.slice(0, slash));
    return segment.last;
  }

  private finish(segment: Segment): void {
    if (!this.run.broken) this.run.findings.attempt(segment.name, () => finish(this.run, segment));
  }

  /** Segments of the state file that were not begun: stale when this run covers them, kept when it does not. */
  private finishUnseen(): void {
    const { state, tally, broken } = this.run;
    if (broken) return;
    const begun = new Set(this.begun.values());
    for (const name of state.segments()) {
      if (begun.has(name)) continue;
      if (this.covers(name)) this.finish(new Segment(name));
      else state.keep(name);
    }
    if (state.changed) tally.countState(state.bytes ? 'changed' : 'added');
  }

  private covers(segment: string): boolean {
    return this.options.only?.includes(segment) ?? true;
  }

  private install(): void {
    this.closed = true;
    const { findings, places, staging, state } = this.run;
    if (staging.opened) {
      findings.attempt('', () => {
        for (const path of install(places)) findings.warnKept(path);
      });
    }
    state.close();
  }

  private assertOpen(): void {
    if (this.closed) throw new Error('this writer has committed or discarded already');
  }
}
