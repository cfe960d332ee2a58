/** What a run did, counted, with the first paths by name. */
import { STATE_FILE } from '../ownership';

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

const MAX_CHANGES = 1000;

export class Tally {
  unchanged = 0;
  private written = 0;
  private removed = 0;
  private readonly changes: Change[] = [];

  count(path: string, change: Change['change']): void {
    if (change === 'removed') this.removed++;
    else this.written++;
    if (this.changes.length < MAX_CHANGES) this.changes.push({ path, change });
  }

  countState(change: 'added' | 'changed'): void {
    this.changes.push({ path: STATE_FILE, change });
  }

  report(): WriteReport {
    const { written, unchanged, removed } = this;
    const changes = [...this.changes].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    return { written, unchanged, removed, changes };
  }
}
