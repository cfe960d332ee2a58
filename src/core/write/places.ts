/** Where a run keeps what: the one list of names in the output directory and in its staging directory. */
import { join, resolve } from 'node:path';
import { STAGING_DIRECTORY, STATE_FILE } from '../ownership';

export interface Places {
  /** The output directory, absolute. */
  readonly root: string;
  readonly state: string;
  readonly staging: string;
  /** Says whose the staging directory is, and keeps it out of Git. */
  readonly mark: string;
  /** Files to be moved into the output directory, at the same paths. */
  readonly tree: string;
  readonly plan: string;
  /** State lines of the segments done so far. */
  readonly lines: string;
  readonly draft: string;
  /** The new state file. While it is here, there is a commit to complete. */
  readonly record: string;
}

export function placesIn(outdir: string): Places {
  const root = resolve(outdir);
  const staging = join(root, STAGING_DIRECTORY);
  return {
    root,
    state: join(root, STATE_FILE),
    staging,
    mark: join(staging, '.gitignore'),
    tree: join(staging, 'tree'),
    plan: join(staging, 'plan'),
    lines: join(staging, 'lines'),
    draft: join(staging, 'record.new'),
    record: join(staging, 'record'),
  };
}
