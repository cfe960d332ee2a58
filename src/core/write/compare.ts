/**
 * Compares a file that is put with the disk, and stages it when it differs. Its law: a file that this tool did not
 * write, or that was edited since, is refused unless forced; whatever already holds the wanted text is ours, and is not
 * written again. What is no regular file is in the way, forced or not.
 */
import { hashOfFile, plainlyHolds } from './content';
import type { Kind } from './disk';
import { mayStage, type Run } from './run';
import { type Directory, newDirectory, type Segment } from './segment';

/** A file that was put. */
export interface Wanted {
  /** Relative to the output directory. */
  readonly path: string;
  /** The last part of the path. */
  readonly name: string;
  readonly text: string;
  readonly hash: string;
  readonly construct: string;
}

export function compare(run: Run, segment: Segment, directory: Directory, wanted: Wanted): void {
  const { path, construct } = wanted;
  const kind = directory.entries?.get(wanted.name);
  if (directory.blocked) {
    run.tally.count(path, 'changed');
    run.findings.refuseBlocked(path, construct, directory.blocked);
  } else if (kind === 'file') {
    compareFile(run, segment, directory, wanted);
  } else {
    run.tally.count(path, 'added');
    if (kind === 'directory') segment.awaited.push({ path, construct });
    else if (kind !== undefined) run.findings.refuseBlocked(path, construct, { path, kind });
    stage(run, directory, wanted);
  }
}

/** A directory of the segment, looked at once. */
export function directoryOf(run: Run, segment: Segment, path: string): Directory {
  const known = segment.directories.get(path);
  if (known) return known;
  const slash = path.lastIndexOf('/');
  const parent = slash < 0 ? run.top : directoryOf(run, segment, path.slice(0, slash));
  const kind = parent.entries?.get(path.slice(slash + 1));
  const entries = kind === 'directory' ? run.view.list(path) : undefined;
  const blocked = parent.blocked ?? (isInTheWay(run, segment, path, kind) ? { path, kind } : undefined);
  const directory = newDirectory(path, slash < 0 ? undefined : parent, entries, blocked);
  segment.directories.set(path, directory);
  return directory;
}

function isInTheWay(run: Run, segment: Segment, path: string, kind: Kind | undefined): kind is Kind {
  // A file of ours where a directory is now needed is stale, and gone before the directory comes.
  if (kind === 'file') return !run.state.entriesOf(segment.name).has(path);
  return kind === 'link' || kind === 'special';
}

function compareFile(run: Run, segment: Segment, directory: Directory, wanted: Wanted): void {
  const { path, hash, construct } = wanted;
  const file = run.view.fileOf(path);
  const onDisk = plainlyHolds(file, wanted.text) ? hash : hashOfFile(file);
  if (onDisk === hash) {
    run.tally.unchanged++;
    return;
  }
  run.tally.count(path, 'changed');
  const recorded = run.state.entriesOf(segment.name).get(path);
  if (onDisk === recorded || run.force) {
    segment.replaced.push(['replace', path, onDisk]);
    stage(run, directory, wanted);
  } else if (recorded === undefined) run.findings.refuseForeign(path, construct);
  else run.findings.refuseEdited(path, construct, 'overwrite');
}

function stage(run: Run, directory: Directory, { path, text }: Wanted): void {
  if (mayStage(run)) run.staging.write(directory, path, text);
}
