/**
 * The one file that touches the disk. Its laws:
 *
 * - A refused synth changes nothing; one killed at any moment is completed or undone by the next run, without a false
 *   alarm. Changed files are staged in the output directory, and the moment of commitment is the rename that gives the
 *   new state file its place there, as `record`. Before it, staging is rubbish. After it, {@link install} carries out
 *   what is left, however often it is begun. (Killed, not powered off: nothing is flushed to the platter.)
 * - A file this tool did not write, or that was edited since, is never overwritten or removed unless forced; whatever
 *   already holds the wanted text is ours. What is no regular file is never followed, replaced or removed at all.
 * - Nothing is touched outside the output directory, whatever paths a caller, a state file or a left-over plan names.
 * - What does not differ is not written: no file, no directory, no time stamp.
 * - Only the segment (environment) at hand is held in memory.
 */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GitOpsError, type Issue } from '../kernel/issue';
import {
  type Bytes,
  contentHash,
  contentHashOf,
  forEachLine,
  formatEntry,
  formatState,
  isSafePath,
  OwnershipState,
  STAGING_DIRECTORY,
  STATE_FILE,
  UnreadableState,
} from './ownership';

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

export interface Change {
  /** Relative to the output directory. The state file is listed like any other. */
  readonly path: string;
  readonly change: 'added' | 'changed' | 'removed';
}

/** What a synth did or, in check mode, would do. Counts are of the tree's files, without the state file. */
export interface WriteReport {
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Sorted; the first thousand met. Empty exactly when the disk holds what was put. */
  readonly changes: readonly Change[];
}

/** What a name on disk is. Links and special files are never followed, replaced or removed. */
type Kind = 'file' | 'directory' | 'link' | 'special';

/** A directory of the segment at hand: what the disk has in it, and what was put into it. */
interface Directory {
  readonly path: string;
  readonly parent: Directory | undefined;
  /** Undefined when the directory is not on disk. */
  readonly entries: ReadonlyMap<string, Kind> | undefined;
  /** What stands in the way where this directory, or one above it, must be. */
  readonly blocked: Obstacle | undefined;
  /** Names put here, by their lower case: a tree must survive a file system that ignores it. */
  readonly files: Map<string, string>;
  /** Made for the first child: most directories hold files alone. */
  children: Map<string, string> | undefined;
  /** Whether a file was put here or below. */
  claimed: boolean;
  staged: boolean;
  writable: boolean;
}

interface Obstacle {
  readonly path: string;
  readonly kind: Kind;
}

/** One step of a commit: the hash is that of the content which it was decided for. */
type RemoveStep = readonly ['remove', path: string, hash: string];
type PruneStep = readonly ['prune', path: string];
type ReplaceStep = readonly ['replace', path: string, hash: string];
type Step = RemoveStep | PruneStep | ReplaceStep;

interface Slice {
  readonly start: number;
  readonly length: number;
}

const OTHER_RUN = 'another synth writes to the same output directory';
const MAX_CHANGES = 1000;
const MAX_ISSUES_PER_CODE = 100;
const NO_FOLLOW = (fs.constants.O_NOFOLLOW ?? 0) | (fs.constants.O_NONBLOCK ?? 0);
const READ = fs.constants.O_RDONLY | NO_FOLLOW;
const READ_TEXT = { encoding: 'utf8', flag: READ as unknown as string } as const;
const KIND_WORDS: Readonly<Record<Kind, string>> = {
  file: 'a file',
  directory: 'a directory',
  link: 'a symbolic link',
  special: 'a special file',
};

/** Everything that is known of one segment while it is at hand; dropped at its end. */
class Segment {
  readonly prefix: string;
  readonly directories = new Map<string, Directory>();
  readonly replaced: Step[] = [];
  /** Files put where the disk has a directory: right if that directory is about to be emptied. */
  readonly awaited: { readonly path: string; readonly construct: string }[] = [];
  old: Map<string, string> | undefined;
  /** The directory of the file put last: files come in runs. */
  last: Directory | undefined;
  private readonly paths: string[] = [];
  private readonly entries: string[] = [];
  private sorted = true;

  constructor(readonly name: string) {
    this.prefix = `${name}/`;
  }

  record(path: string, entry: string): void {
    if (this.sorted && this.paths.length > 0 && path < this.paths[this.paths.length - 1]!) this.sorted = false;
    this.paths.push(path);
    this.entries.push(entry);
  }

  /** The segment's lines of the state file, in the order of their paths. */
  lines(): string {
    if (this.sorted) return this.entries.join('');
    const { paths, entries } = this;
    const order = Array.from(paths, (_, index) => index).sort((a, b) => (paths[a]! < paths[b]! ? -1 : 1));
    return order.map((index) => entries[index]).join('');
  }

  /** Whether `path` was put. */
  has(path: string): boolean {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    return this.directories.get(path.slice(0, slash))?.files.get(name.toLowerCase()) === name;
  }
}

/**
 * Writes a tree of text files, segment by segment. A segment is a top-level directory: an environment.
 *
 * Faults of the disk and of its owner are collected in `issues`; a caller's mistake (an unsafe path, a path put twice)
 * throws at once.
 */
export class TreeWriter {
  private readonly root: string;
  private readonly staging: Staging;
  private readonly overlay: Overlay | undefined;
  private readonly found: Issue[] = [];
  private readonly foundPerCode = new Map<string, number>();
  private readonly changes: Change[] = [];
  private readonly begun = new Map<string, string>();
  /** Where the new state file takes each segment's lines from: the old state, or a slice of the spilled lines. */
  private readonly sources = new Map<string, 'old' | Slice>();
  private readonly top: Directory;
  private state: OwnershipState | undefined;
  private stateBytes: FileBytes | undefined;
  private stateChanged = false;
  private segment: Segment | undefined;
  private refused = false;
  /** The disk could not be read or repaired at all: nothing can be compared. */
  private broken = false;
  private closed = false;
  private written = 0;
  private unchanged = 0;
  private removed = 0;

  /** Completes or undoes an interrupted earlier run first, unless it only checks. */
  constructor(private readonly options: WriterOptions) {
    this.root = resolve(options.outdir);
    this.staging = new Staging(this.root);
    let entries: ReadonlyMap<string, Kind> | undefined;
    let overlay: Overlay | undefined;
    this.attempt('', undefined, () => {
      overlay = this.recover();
      this.openState(overlay ? join(this.staging.path, 'record') : join(this.root, STATE_FILE));
      entries = listKinds(this.root, '', overlay);
    });
    this.broken = this.refused;
    this.overlay = overlay;
    this.top = newDirectory('', undefined, entries, undefined);
  }

  /** Everything wrong so far: files edited by hand, foreign files, links and directories in the way, failed writes. */
  get issues(): readonly Issue[] {
    return this.found;
  }

  /** Starts a segment: the following files are under it. Each is begun once, in any order. */
  beginSegment(name: string): void {
    this.assertOpen();
    if (this.segment) throw new Error(`segment '${name}' begun before '${this.segment.name}' ended`);
    if (name.includes('/') || !isSafePath(name))
      throw new Error(`'${name}' cannot be a segment: one directory name is needed`);
    if (this.options.only && !this.options.only.includes(name))
      throw new Error(`segment '${name}' is not among those to write`);
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
      let directory = segment.last;
      if (directory?.path.length !== slash || !path.startsWith(directory.path)) {
        directory = this.directoryOf(segment, path.slice(0, slash));
        segment.last = directory;
      }
      const name = path.slice(slash + 1);
      claim(directory, name);
      const hash = contentHash(text);
      segment.record(path, formatEntry(path, hash, construct));
      if (!this.broken) this.compare(segment, directory, path, text, hash, construct);
    } catch (error) {
      this.failed(path, construct, error);
    }
  }

  /** Ends the segment: what the state file has of it and this run did not put is now known to be stale. */
  endSegment(): void {
    const segment = this.segment;
    if (!segment) throw new Error('no segment to end');
    this.segment = undefined;
    if (!this.broken) this.attempt(segment.name, undefined, () => this.finish(segment));
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
    if (!this.broken) this.finishUnseen();
    this.reportOmitted();
    if (this.options.check || this.refused) {
      this.discard();
      if (this.refused && !this.options.check) throw new GitOpsError(this.found);
      return this.report();
    }
    if (this.staging.opened || this.stateChanged) this.attempt('', undefined, () => this.writeRecord());
    if (this.refused) {
      this.discard();
      throw new GitOpsError(this.found);
    }
    this.closed = true;
    if (this.staging.opened) this.attempt('', undefined, () => this.install());
    this.stateBytes?.close();
    if (this.refused) throw new GitOpsError(this.found);
    return this.report();
  }

  /** Leaves the disk as it was found. After a commit it does nothing. */
  discard(): void {
    if (this.closed) return;
    this.closed = true;
    this.stateBytes?.close();
    this.attempt('', undefined, () => this.staging.discard());
  }

  // --- the disk as it is -----------------------------------------------------------------------------------------

  /** Deals with what a killed run left. A check run sees the disk through it, as if it had been completed. */
  private recover(): Overlay | undefined {
    const kind = kindOf(this.staging.path);
    if (kind === undefined) return undefined;
    if (kind !== 'directory') {
      this.refuseBlocked(STAGING_DIRECTORY, undefined, { path: STAGING_DIRECTORY, kind });
      return undefined;
    }
    const committed = isCommitted(this.root, this.staging.path);
    if (this.options.check) return committed ? readOverlay(this.staging.path) : undefined;
    if (committed) install(this.root, this.staging.path);
    else fs.rmSync(this.staging.path, { recursive: true });
    return undefined;
  }

  private openState(file: string): void {
    const kind = kindOf(file);
    if (kind === undefined) return;
    if (kind !== 'file') {
      this.refuseBlocked(STATE_FILE, undefined, { path: STATE_FILE, kind });
      return;
    }
    this.stateBytes = new FileBytes(file);
    try {
      this.state = new OwnershipState(this.stateBytes);
      this.stateChanged = !this.state.sorted;
    } catch (error) {
      this.forgetState(error);
    }
  }

  /** An unreadable state file counts as absent, and is written anew by the next synth that nothing refuses. */
  private forgetState(error: unknown): void {
    if (!(error instanceof UnreadableState)) throw error;
    this.stateChanged = true;
    this.add({
      code: 'tree-state-unreadable',
      severity: 'warning',
      at: { file: join(this.options.outdir, STATE_FILE) },
      message: `${STATE_FILE} ${error.message}; which files this tool wrote is not known, so stale ones stay and differing ones are refused`,
      fix: `restore ${STATE_FILE} from Git, or synth with --force to overwrite the files that differ`,
    });
  }

  /** The hash the state file has for a path. Loaded at the first file that differs: most runs never need it. */
  private recorded(segment: Segment, path: string): string | undefined {
    segment.old ??= this.load(segment.name);
    return segment.old.get(path);
  }

  private load(segment: string): Map<string, string> {
    try {
      return this.state?.load(segment) ?? new Map();
    } catch (error) {
      this.forgetState(error);
      return new Map();
    }
  }

  private directoryOf(segment: Segment, path: string): Directory {
    const known = segment.directories.get(path);
    if (known) return known;
    const slash = path.lastIndexOf('/');
    const parent = slash < 0 ? this.top : this.directoryOf(segment, path.slice(0, slash));
    const kind = parent.entries?.get(path.slice(slash + 1));
    let entries: ReadonlyMap<string, Kind> | undefined;
    let blocked = parent.blocked;
    if (kind === 'directory') entries = listKinds(this.root, path, this.overlay);
    // A file of ours where a directory is now needed is stale, and gone before the directory comes.
    else if (kind === 'link' || kind === 'special') blocked = { path, kind };
    else if (kind === 'file' && this.recorded(segment, path) === undefined) blocked = { path, kind };
    const directory = newDirectory(path, slash < 0 ? undefined : parent, entries, blocked);
    segment.directories.set(path, directory);
    return directory;
  }

  private fileOf(path: string): string {
    const staged = this.overlay && join(this.overlay.tree, path);
    return staged !== undefined && kindOf(staged) === 'file' ? staged : `${this.root}/${path}`;
  }

  // --- one file --------------------------------------------------------------------------------------------------

  private compare(
    segment: Segment,
    directory: Directory,
    path: string,
    text: string,
    hash: string,
    construct: string,
  ): void {
    const kind = directory.entries?.get(path.slice(directory.path.length + 1));
    if (directory.blocked) {
      this.change(path, 'changed');
      this.refuseBlocked(path, construct, directory.blocked);
    } else if (kind === undefined) {
      this.change(path, 'added');
      this.stage(directory, path, text);
    } else if (kind === 'file') {
      this.compareFile(segment, directory, path, text, hash, construct);
    } else {
      this.change(path, 'added');
      if (kind === 'directory') segment.awaited.push({ path, construct });
      else this.refuseBlocked(path, construct, { path, kind });
      this.stage(directory, path, text);
    }
  }

  private compareFile(
    segment: Segment,
    directory: Directory,
    path: string,
    text: string,
    hash: string,
    construct: string,
  ): void {
    const file = this.fileOf(path);
    // A replacement character may stand for bytes that are no UTF-8: then only the bytes decide.
    const equal = fs.readFileSync(file, READ_TEXT) === text && !text.includes('\uFFFD');
    const onDisk = equal ? hash : contentHash(fs.readFileSync(file, { flag: READ_TEXT.flag }));
    if (onDisk === hash) {
      this.unchanged++;
      return;
    }
    this.change(path, 'changed');
    const recorded = this.recorded(segment, path);
    if (onDisk !== recorded && !this.options.force) {
      if (recorded === undefined) this.refuseForeign(path, construct);
      else this.refuseEdited(path, construct, 'overwrite');
      return;
    }
    segment.replaced.push(['replace', path, onDisk]);
    this.stage(directory, path, text);
  }

  private stage(directory: Directory, path: string, text: string): void {
    if (this.options.check || this.refused) return;
    this.assertWritable(directory);
    this.stageDirectory(directory);
    fs.writeFileSync(`${this.staging.tree}/${path}`, text);
  }

  private stageDirectory(directory: Directory): void {
    if (directory.staged) return;
    if (directory.parent) this.stageDirectory(directory.parent);
    else this.staging.open(this.stateBytes);
    fs.mkdirSync(`${this.staging.tree}/${directory.path}`);
    directory.staged = true;
  }

  /** Finds out before the commit what would make it stop half-way. */
  private assertWritable(directory: Directory): void {
    if (directory.writable) return;
    if (directory.entries) fs.accessSync(`${this.root}/${directory.path}`, fs.constants.W_OK | fs.constants.X_OK);
    else if (directory.parent) this.assertWritable(directory.parent);
    directory.writable = true;
  }

  // --- the end of a segment --------------------------------------------------------------------------------------

  private finish(segment: Segment): void {
    const lines = Buffer.from(segment.lines());
    const same = (this.state?.linesOf(segment.name) ?? Buffer.alloc(0)).equals(lines);
    const stale = same ? [] : this.findStale(segment);
    const removed = new Set(stale.filter(([step]) => step === 'remove').map(([, path]) => path));
    const pruned = new Set(stale.filter(([step]) => step === 'prune').map(([, path]) => path));
    for (const { path, construct } of segment.awaited) {
      if (!this.vanishes(segment, path, removed, pruned)) {
        this.refuseBlocked(path, construct, { path, kind: 'directory' });
      }
    }
    if (!same) this.stateChanged = true;
    if (this.options.check || this.refused) return;
    const steps = [...stale, ...segment.replaced];
    if (steps.length > 0) {
      this.staging.open(this.stateBytes);
      this.staging.plan(steps);
    }
    if (same && lines.length > 0) this.sources.set(segment.name, 'old');
    else if (lines.length > 0) {
      this.staging.open(this.stateBytes);
      this.sources.set(segment.name, this.staging.spill(lines));
    }
  }

  /** What the state file has and this run did not put: files to remove, then directories that may be empty after. */
  private findStale(segment: Segment): Step[] {
    segment.old ??= this.load(segment.name);
    const files: Step[] = [];
    const directories = new Set<string>();
    for (const [path, recorded] of segment.old) {
      if (segment.has(path)) continue;
      const step = this.findStaleFile(segment, path, recorded);
      if (step) files.push(step);
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
        const directory = this.directoryOf(segment, path.slice(0, at));
        if (directory.entries && !directory.claimed) directories.add(directory.path);
      }
    }
    const deepestFirst = [...directories].sort((a, b) => b.length - a.length);
    return [...files, ...deepestFirst.map((path): Step => ['prune', path])];
  }

  private findStaleFile(segment: Segment, path: string, recorded: string): Step | undefined {
    const slash = path.lastIndexOf('/');
    const directory = this.directoryOf(segment, path.slice(0, slash));
    // What is no file of ours any more, or lies behind a link, is not ours to remove.
    if (directory.blocked || directory.entries?.get(path.slice(slash + 1)) !== 'file') return undefined;
    const onDisk = contentHash(fs.readFileSync(this.fileOf(path), { flag: READ_TEXT.flag }));
    this.change(path, 'removed');
    if (onDisk !== recorded && !this.options.force) {
      this.refuseEdited(path, undefined, 'remove');
      return undefined;
    }
    if (!this.options.check && !this.refused) this.assertWritable(directory);
    return ['remove', path, onDisk];
  }

  /** Whether removing the stale files leaves nothing of a directory. */
  private vanishes(segment: Segment, path: string, removed: ReadonlySet<string>, pruned: ReadonlySet<string>): boolean {
    const entries = this.directoryOf(segment, path).entries;
    if (!entries || !pruned.has(path)) return false;
    return [...entries].every(([name, kind]) => {
      const inner = `${path}/${name}`;
      return kind === 'directory' ? this.vanishes(segment, inner, removed, pruned) : removed.has(inner);
    });
  }

  /** Segments of the state file that were not begun: stale when this run covers them, kept when it does not. */
  private finishUnseen(): void {
    const begun = new Set(this.begun.values());
    for (const name of this.state?.segments() ?? []) {
      if (begun.has(name)) continue;
      if (this.options.only && !this.options.only.includes(name)) this.sources.set(name, 'old');
      else this.attempt(name, undefined, () => this.finish(new Segment(name)));
    }
    const exists = this.stateBytes !== undefined;
    if (this.stateChanged) this.change(STATE_FILE, exists ? 'changed' : 'added');
  }

  // --- commit ----------------------------------------------------------------------------------------------------

  private writeRecord(): void {
    this.staging.open(this.stateBytes);
    this.staging.record(
      formatState([...this.sources.keys()], (segment) => {
        const source = this.sources.get(segment)!;
        return source === 'old' ? this.state!.linesOf(segment) : this.staging.spilled(source);
      }),
    );
  }

  private install(): void {
    for (const path of install(this.root, this.staging.path)) {
      this.add({
        code: 'tree-file-edited',
        severity: 'warning',
        at: { file: join(this.options.outdir, path) },
        message: 'was changed by someone else while synth ran, and is left as it is',
        fix: 'synth again',
      });
    }
  }

  private report(): WriteReport {
    const { written, unchanged, removed } = this;
    const changes = [...this.changes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return { written, unchanged, removed, changes };
  }

  private change(path: string, change: Change['change']): void {
    if (path === STATE_FILE) this.changes.push({ path, change });
    else if (change === 'removed') this.removed++;
    else this.written++;
    if (path !== STATE_FILE && this.changes.length < MAX_CHANGES) this.changes.push({ path, change });
  }

  private assertOpen(): void {
    if (this.closed) throw new Error('this writer has committed or discarded already');
  }

  // --- issues ----------------------------------------------------------------------------------------------------

  private refuseEdited(path: string, construct: string | undefined, verb: 'overwrite' | 'remove'): void {
    this.refuse('tree-file-edited', path, construct, {
      message: `was edited by hand since it was written; synth would ${verb} the edit`,
      fix: `move the edit into the program, or synth with --force to ${verb} it`,
    });
  }

  private refuseForeign(path: string, construct: string): void {
    this.refuse('tree-file-foreign', path, construct, {
      message: 'exists with other content, and this tool did not write it',
      fix: 'move that file elsewhere or rename the object, or synth with --force to overwrite it',
    });
  }

  private refuseBlocked(path: string, construct: string | undefined, obstacle: Obstacle): void {
    const isFile = obstacle.path === path && path !== STAGING_DIRECTORY;
    const what = isFile ? 'a regular file must be written' : 'a directory is needed';
    this.refuse('tree-path-blocked', path, construct, {
      message: `${obstacle.path} is ${KIND_WORDS[obstacle.kind]}, where ${what}; it is neither followed nor replaced`,
      fix: `remove ${join(this.options.outdir, obstacle.path)}, or move it out of the output directory`,
    });
  }

  private refuse(
    code: string,
    path: string,
    construct: string | undefined,
    says: Pick<Issue, 'message' | 'fix'>,
  ): void {
    this.refused = true;
    const at = { file: join(this.options.outdir, path), ...(construct === undefined ? {} : { construct }) };
    this.add({ code, severity: 'error', at, ...says });
  }

  /** Keeps the first hundred of a code: a lost state file must not turn into a list of every file there is. */
  private add(issue: Issue): void {
    const count = (this.foundPerCode.get(issue.code) ?? 0) + 1;
    this.foundPerCode.set(issue.code, count);
    if (count <= MAX_ISSUES_PER_CODE) this.found.push(issue);
  }

  private reportOmitted(): void {
    for (const [code, count] of this.foundPerCode) {
      if (count <= MAX_ISSUES_PER_CODE) continue;
      const last = this.found.filter((issue) => issue.code === code).at(-1)!;
      const message = `and ${count - MAX_ISSUES_PER_CODE} more files like ${last.at.file}`;
      this.found.push({ ...last, at: { file: this.options.outdir }, message });
    }
  }

  private attempt(path: string, construct: string | undefined, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.failed(path, construct, error);
    }
  }

  private failed(path: string, construct: string | undefined, error: unknown): void {
    const ours = error instanceof DiskFault;
    if (!ours && !isSystemError(error)) throw error;
    this.refuse('tree-write-failed', path, construct, {
      message: ours ? error.message : `the system refused: ${error.message}`,
      fix: 'mend what the system complains about and synth again: it starts over, or completes what was begun',
    });
  }
}

/** Something that is no system error, and yet the user's to mend. */
class DiskFault extends Error {
  override readonly name = 'DiskFault';
}

/** The write side: changed files, the plan and the record, until they are installed or thrown away. */
class Staging {
  readonly path: string;
  readonly tree: string;
  /** Whether this run made the staging directory. */
  opened = false;
  private readonly mark = `*\n# ${randomUUID()}\n`;
  private firstMade: string | undefined;
  private spilledBytes = 0;

  constructor(private readonly root: string) {
    this.path = join(root, STAGING_DIRECTORY);
    this.tree = join(this.path, 'tree');
  }

  /** Made at the first need: a run that changes nothing touches nothing. */
  open(state: Bytes | undefined): void {
    if (this.opened) return;
    this.firstMade = fs.mkdirSync(this.root, { recursive: true });
    this.makeOwn();
    this.opened = true;
    // Keeps a killed run's leavings out of Git, and tells one run's staging from another's.
    fs.writeFileSync(join(this.path, '.gitignore'), this.mark);
    fs.writeFileSync(join(this.path, 'plan'), `${JSON.stringify(['state', stateMark(state)])}\n`);
    fs.mkdirSync(this.tree);
  }

  plan(steps: readonly Step[]): void {
    fs.appendFileSync(join(this.path, 'plan'), steps.map((step) => `${JSON.stringify(step)}\n`).join(''));
  }

  /** Puts a segment's state lines aside. */
  spill(lines: Buffer): Slice {
    fs.appendFileSync(join(this.path, 'lines'), lines);
    const slice = { start: this.spilledBytes, length: lines.length };
    this.spilledBytes += lines.length;
    return slice;
  }

  spilled(slice: Slice): Buffer {
    const bytes = new FileBytes(join(this.path, 'lines'));
    try {
      return bytes.read(slice.start, slice.length);
    } finally {
      bytes.close();
    }
  }

  /** Commits: from the rename on, the run counts as done and is completed by whoever comes next. */
  record(pieces: Iterable<Buffer>): void {
    const draft = join(this.path, 'record.new');
    this.assertMine();
    const file = fs.openSync(draft, 'w');
    try {
      for (const piece of pieces) fs.writeFileSync(file, piece);
    } finally {
      fs.closeSync(file);
    }
    this.assertMine();
    fs.renameSync(draft, join(this.path, 'record'));
  }

  discard(): void {
    if (this.opened && this.isMine()) fs.rmSync(this.path, { recursive: true });
    this.opened = false;
    if (this.firstMade === undefined) return;
    for (let made = this.root; made.length >= this.firstMade.length; made = dirname(made)) {
      if (!removeIfEmpty(made)) return;
    }
  }

  /** What an earlier run left is gone by now, so a directory that is there has a living owner. */
  private makeOwn(): void {
    try {
      fs.mkdirSync(this.path);
    } catch (error) {
      if (isSystemError(error) && error.code === 'EEXIST') throw new DiskFault(OTHER_RUN);
      throw error;
    }
  }

  /** Another run takes what it finds here for a killed run's leavings, and then stages its own. */
  private assertMine(): void {
    if (!this.isMine()) throw new DiskFault(OTHER_RUN);
  }

  private isMine(): boolean {
    try {
      return fs.readFileSync(join(this.path, '.gitignore'), 'utf8') === this.mark;
    } catch {
      return false;
    }
  }
}

/** How a check run sees a commit that was killed half-way: staged files are in place, removed ones gone. */
interface Overlay {
  readonly tree: string;
  readonly removed: ReadonlySet<string>;
}

function readOverlay(staging: string): Overlay {
  const removed = new Set<string>();
  forEachStep(staging, (step) => step[0] === 'remove' && removed.add(step[1]));
  return { tree: join(staging, 'tree'), removed };
}

/**
 * Whether a left-over staging directory holds a commit to complete. If someone has replaced the state file since (a
 * checkout, a pull), the tree it was made for is gone, and it is rubbish.
 */
function isCommitted(root: string, staging: string): boolean {
  if (kindOf(join(staging, 'record')) !== 'file' || kindOf(join(staging, 'plan')) !== 'file') return false;
  const stateFile = join(root, STATE_FILE);
  const state = kindOf(stateFile) === 'file' ? new FileBytes(stateFile) : undefined;
  try {
    return readPlanMark(staging) === stateMark(state);
  } catch (error) {
    // A plan that does not read is not one that was committed: it is complete before the record appears.
    if (error instanceof SyntaxError || error instanceof UnreadableState) return false;
    throw error;
  } finally {
    state?.close();
  }
}

function stateMark(state: Bytes | undefined): string {
  return state ? contentHashOf(state) : 'absent';
}

/**
 * Carries out a commit, from its beginning or from wherever a killed run left it: every step is safe to repeat, and
 * does nothing to content it was not decided for. Returns the paths where it found such content and left it.
 *
 * Removals come first: a stale file may stand where a new directory goes, a stale directory where a new file goes, and
 * on a file system that ignores case a stale name may be a new one's other spelling.
 */
function install(root: string, staging: string): string[] {
  const kept: string[] = [];
  const reachable = reachability(root);
  forEachStep(staging, (step) => {
    if (step[0] === 'remove') removeFile(root, step, reachable, kept);
    else if (step[0] === 'prune' && reachable(dirname(step[1]))) removeIfEmpty(join(root, step[1]));
  });
  const reachableNow = reachability(root);
  forEachStep(staging, (step) => {
    if (step[0] === 'replace') replaceFile(root, staging, step, reachableNow, kept);
  });
  for (const [name, kind] of readKinds(join(staging, 'tree')) ?? []) {
    if (kind === 'directory' && isSafePath(name)) moveNew(join(staging, 'tree'), root, name, kept);
  }
  installState(root, staging);
  fs.rmSync(staging, { recursive: true });
  return kept;
}

function removeFile(
  root: string,
  [, path, hash]: RemoveStep,
  reachable: (directory: string) => boolean,
  kept: string[],
): void {
  const file = join(root, path);
  if (!reachable(dirname(path)) || kindOf(file) !== 'file') return;
  if (contentHash(fs.readFileSync(file, { flag: READ_TEXT.flag })) === hash) fs.unlinkSync(file);
  else kept.push(path);
}

function replaceFile(
  root: string,
  staging: string,
  [, path, hash]: ReplaceStep,
  reachable: (directory: string) => boolean,
  kept: string[],
): void {
  const staged = join(staging, 'tree', path);
  if (kindOf(staged) !== 'file') return;
  const target = join(root, path);
  const kind = reachable(dirname(path)) ? kindOf(target) : 'special';
  // A target that is gone is left to moveNew, which makes the directories it needs by moving them.
  if (kind === undefined) return;
  if (kind === 'file' && contentHash(fs.readFileSync(target, { flag: READ_TEXT.flag })) === hash) {
    fs.renameSync(staged, target);
  } else {
    fs.unlinkSync(staged);
    kept.push(path);
  }
}

/** Moves what is new, a whole directory at once where the disk has none of that name. */
function moveNew(from: string, to: string, path: string, kept: string[]): void {
  const source = join(from, path);
  const target = kindOf(join(to, path));
  if (target === undefined) {
    fs.renameSync(source, join(to, path));
    return;
  }
  const entries = kindOf(source) === 'directory' ? readKinds(source) : undefined;
  if (target !== 'directory' || !entries) kept.push(path);
  else for (const name of entries.keys()) moveNew(from, to, `${path}/${name}`, kept);
}

/** Keeps a state file that says the same already: its time stamp would be the only change. */
function installState(root: string, staging: string): void {
  const [record, state] = [join(staging, 'record'), join(root, STATE_FILE)];
  if (kindOf(state) === 'file' && sameBytes(record, state)) fs.unlinkSync(record);
  else fs.renameSync(record, state);
}

function sameBytes(a: string, b: string): boolean {
  if (fs.statSync(a).size !== fs.statSync(b).size) return false;
  return hashOfFile(a) === hashOfFile(b);
}

function hashOfFile(file: string): string {
  const bytes = new FileBytes(file);
  try {
    return contentHashOf(bytes);
  } finally {
    bytes.close();
  }
}

/** Answers whether a directory, and every one above it up to the root, is a real one and no link. */
function reachability(root: string): (directory: string) => boolean {
  const known = new Map<string, boolean>([['.', true]]);
  const reachable = (directory: string): boolean => {
    let answer = known.get(directory);
    if (answer === undefined) {
      answer = reachable(dirname(directory)) && kindOf(join(root, directory)) === 'directory';
      known.set(directory, answer);
    }
    return answer;
  };
  return reachable;
}

/** A plan may have been tampered with like any file: a step that names an unsafe path is no step. */
function forEachStep(staging: string, visit: (step: Step) => void): void {
  forEachPlanLine(staging, (line) => {
    const step = line as Step;
    if (['remove', 'prune', 'replace'].includes(step[0]) && isSafePath(String(step[1]))) visit(step);
  });
}

function readPlanMark(staging: string): unknown {
  let mark: unknown;
  forEachPlanLine(staging, ([kind, value]) => {
    if (kind === 'state') mark = value;
  });
  return mark;
}

function forEachPlanLine(staging: string, visit: (line: readonly unknown[]) => void): void {
  const bytes = new FileBytes(join(staging, 'plan'));
  try {
    forEachLine(bytes, 0, bytes.size, (line) => {
      const value: unknown = JSON.parse(line.toString('utf8'));
      if (Array.isArray(value)) visit(value);
    });
  } finally {
    bytes.close();
  }
}

class FileBytes implements Bytes {
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

function newDirectory(
  path: string,
  parent: Directory | undefined,
  entries: ReadonlyMap<string, Kind> | undefined,
  blocked: Obstacle | undefined,
): Directory {
  return {
    path,
    parent,
    entries,
    blocked,
    files: new Map(),
    children: undefined,
    claimed: false,
    staged: false,
    writable: false,
  };
}

/** Takes a name in a directory. Two names equal but for case are one on many disks, so the second is refused. */
function claim(directory: Directory, name: string): void {
  claimDirectory(directory);
  const key = name.toLowerCase();
  const other = directory.files.get(key) ?? directory.children?.get(key);
  if (other !== undefined) throw new Error(`'${directory.path}/${name}' put after '${directory.path}/${other}'`);
  directory.files.set(key, name);
}

function claimDirectory(directory: Directory): void {
  if (directory.claimed) return;
  directory.claimed = true;
  const parent = directory.parent;
  if (!parent) return;
  claimDirectory(parent);
  const name = directory.path.slice(parent.path.length + 1);
  const key = name.toLowerCase();
  const other = parent.files.get(key) ?? parent.children?.get(key);
  if (other !== undefined) throw new Error(`a file in '${directory.path}' put after '${parent.path}/${other}'`);
  parent.children ??= new Map();
  parent.children.set(key, name);
}

function listKinds(root: string, path: string, overlay: Overlay | undefined): Map<string, Kind> | undefined {
  const entries = readKinds(join(root, path));
  if (!overlay) return entries;
  const staged = readKinds(join(overlay.tree, path));
  if (!entries && !staged) return undefined;
  const merged = new Map<string, Kind>();
  for (const [name, kind] of entries ?? []) {
    // A directory of a removed file's name is what was moved into its place.
    if (kind !== 'file' || !overlay.removed.has(`${path}/${name}`)) merged.set(name, kind);
  }
  for (const [name, kind] of staged ?? []) merged.set(name, kind);
  return merged;
}

/** What is in a directory; undefined when it is not there. One call, and no failing one for each name that is absent. */
function readKinds(directory: string): Map<string, Kind> | undefined {
  try {
    const kinds = new Map<string, Kind>();
    for (const entry of fs.readdirSync(directory, { withFileTypes: true })) kinds.set(entry.name, kindWord(entry));
    return kinds;
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

function kindOf(path: string): Kind | undefined {
  try {
    const found = fs.lstatSync(path, { throwIfNoEntry: false });
    return found && kindWord(found);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function kindWord(entry: fs.Dirent | fs.Stats): Kind {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'link' : 'special';
}

/** Removes a directory that has nothing in it. Whatever has stays, and so does one that cannot be removed: it does no harm. */
function removeIfEmpty(directory: string): boolean {
  try {
    fs.rmdirSync(directory);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/**
 * By its fields: errors of node:fs do not pass `instanceof` from another realm, such as a test runner's. Files too long
 * for a string or a buffer count; a wrong argument is a mistake of the program and does not.
 */
function isSystemError(error: unknown): error is Error & { readonly code: string } {
  const { code, syscall } = (error ?? {}) as { readonly code?: unknown; readonly syscall?: unknown };
  return typeof code === 'string' && (typeof syscall === 'string' || /^ERR_(FS_|STRING_TOO_LONG)/.test(code));
}
