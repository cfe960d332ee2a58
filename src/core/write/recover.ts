/**
 * What becomes of a killed run. Its law: one that had committed is completed, any other is undone, by the next run and
 * before it does anything else. A check run changes nothing, and sees the disk as if that had been done.
 */
import { join } from 'node:path';
import { STAGING_DIRECTORY } from '../ownership';
import { FileBytes, type Kind, kindOf, readKinds } from './disk';
import type { Findings } from './findings';
import { install } from './install';
import type { Places } from './places';
import { forEachStep, isPlanFor } from './plan';
import { removeStaging } from './staging';

/** The output directory as a run sees it. */
export interface View {
  /** What is in a directory, given by its path in the tree; undefined when it is not there. */
  list(path: string): Map<string, Kind> | undefined;
  /** Where on disk a file of the tree is. */
  fileOf(path: string): string;
  /** Where on disk the state file is. */
  readonly state: string;
}

export function diskView({ root, state }: Places): View {
  return {
    list: (path) => readKinds(`${root}/${path}`),
    fileOf: (path) => `${root}/${path}`,
    state,
  };
}

/** Returns what the disk looks like after. */
export function recover(places: Places, disk: View, check: boolean, findings: Findings): View {
  const kind = kindOf(places.staging);
  if (kind === undefined) return disk;
  if (kind !== 'directory') {
    findings.refuseBlocked(STAGING_DIRECTORY, undefined, { path: STAGING_DIRECTORY, kind });
    return disk;
  }
  const committed = isCommitted(places);
  if (check) return committed ? completedView(places, disk) : disk;
  if (committed) install(places);
  else removeStaging(places);
  return disk;
}

/**
 * Whether a left-over staging directory holds a commit to complete. If someone has replaced the state file since (a
 * checkout, a pull), the tree it was made for is gone, and it is rubbish.
 */
function isCommitted({ record, plan, state }: Places): boolean {
  if (kindOf(record) !== 'file' || kindOf(plan) !== 'file') return false;
  const bytes = kindOf(state) === 'file' ? new FileBytes(state) : undefined;
  try {
    return isPlanFor(plan, bytes);
  } finally {
    bytes?.close();
  }
}

/** The disk as {@link install} would leave it: staged files are in place, removed ones gone. */
function completedView({ tree, plan, record }: Places, disk: View): View {
  const removed = new Set<string>();
  forEachStep(plan, (step) => {
    if (step[0] === 'remove') removed.add(step[1]);
  });
  return {
    list: (path) => merge(path, disk.list(path), readKinds(join(tree, path)), removed),
    fileOf(path) {
      const staged = join(tree, path);
      return kindOf(staged) === 'file' ? staged : disk.fileOf(path);
    },
    state: record,
  };
}

function merge(
  path: string,
  entries: ReadonlyMap<string, Kind> | undefined,
  staged: ReadonlyMap<string, Kind> | undefined,
  removed: ReadonlySet<string>,
): Map<string, Kind> | undefined {
  if (!entries && !staged) return undefined;
  const merged = new Map<string, Kind>();
  for (const [name, kind] of entries ?? []) {
    // A directory of a removed file's name is what was moved into its place.
    if (kind !== 'file' || !removed.has(`${path}/${name}`)) merged.set(name, kind);
  }
  for (const [name, kind] of staged ?? []) merged.set(name, kind);
  return merged;
}
