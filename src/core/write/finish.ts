/**
 * The end of a segment: what the state file has of it and the run did not put is stale. Its laws: only what this tool
 * wrote and nobody edited is removed, unless forced; a directory goes only with the last thing in it; and a file may
 * take the place of a directory that goes.
 */
import { directoryOf } from './compare';
import { hashOfFile } from './content';
import type { PruneStep, RemoveStep, Step } from './plan';
import { mayStage, type Run } from './run';
import type { Segment } from './segment';

interface Stale {
  readonly files: readonly RemoveStep[];
  /** Directories that may be empty once the files are gone, deepest first. */
  readonly directories: readonly PruneStep[];
}

/** Plans the removals and puts the segment's lines of the new state file aside. */
export function finish(run: Run, segment: Segment): void {
  const lines = segment.lines.inOrder();
  const same = run.state.has(segment.name, lines);
  const stale = same ? { files: [], directories: [] } : findStale(run, segment);
  refuseStanding(run, segment, stale);
  run.state.release();
  if (!same) run.state.changed = true;
  if (!mayStage(run)) return;
  const steps: Step[] = [...stale.files, ...stale.directories, ...segment.replaced];
  if (steps.length > 0) run.staging.plan(steps);
  if (lines.length === 0) return;
  if (same) run.state.keep(segment.name);
  else run.state.replace(segment.name, run.staging.spill(lines));
}

function findStale(run: Run, segment: Segment): Stale {
  const files: RemoveStep[] = [];
  const directories = new Set<string>();
  for (const [path, recorded] of run.state.entriesOf(segment.name)) {
    if (segment.has(path)) continue;
    const step = findStaleFile(run, segment, path, recorded);
    if (step) files.push(step);
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const directory = directoryOf(run, segment, path.slice(0, at));
      if (directory.entries && !directory.claimed) directories.add(directory.path);
    }
  }
  const deepestFirst = [...directories].sort((a, b) => b.length - a.length);
  return { files, directories: deepestFirst.map((path) => ['prune', path]) };
}

function findStaleFile(run: Run, segment: Segment, path: string, recorded: string): RemoveStep | undefined {
  const slash = path.lastIndexOf('/');
  const directory = directoryOf(run, segment, path.slice(0, slash));
  // What is no file of ours any more, or lies behind a link, is not ours to remove.
  if (directory.blocked || directory.entries?.get(path.slice(slash + 1)) !== 'file') return undefined;
  const onDisk = hashOfFile(run.view.fileOf(path));
  run.tally.count(path, 'removed');
  if (onDisk !== recorded && !run.force) {
    run.findings.refuseEdited(path, undefined, 'remove');
    return undefined;
  }
  if (mayStage(run)) run.staging.assertWritable(directory);
  return ['remove', path, onDisk];
}

/** Refuses files that were put where a directory will still be. */
function refuseStanding(run: Run, segment: Segment, stale: Stale): void {
  if (segment.awaited.length === 0) return;
  const going = new Set([...stale.files, ...stale.directories].map(([, path]) => path));
  for (const { path, construct } of segment.awaited) {
    if (!vanishes(run, segment, path, going)) {
      run.findings.refuseBlocked(path, construct, { path, kind: 'directory' });
    }
  }
}

/** Whether removing what is stale leaves nothing of a directory. */
function vanishes(run: Run, segment: Segment, path: string, going: ReadonlySet<string>): boolean {
  const { entries } = directoryOf(run, segment, path);
  if (!entries || !going.has(path)) return false;
  return [...entries].every(([name, kind]) => {
    const inner = `${path}/${name}`;
    return kind === 'directory' ? vanishes(run, segment, inner, going) : going.has(inner);
  });
}
