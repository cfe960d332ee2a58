/**
 * What is wrong with the disk or with what its owner did there, as issues. Its laws: every fault becomes an issue with
 * what to do about it, a caller's mistake never does, and a hundred of a kind stand for all of them.
 */
import { join } from 'node:path';
import type { Issue } from '../../kernel/issue';
import { STAGING_DIRECTORY, STATE_FILE } from '../ownership';
import { isSystemError, type Kind, type Obstacle } from './disk';

const MAX_ISSUES_PER_CODE = 100;
const KIND_WORDS: Readonly<Record<Kind, string>> = {
  file: 'a file',
  directory: 'a directory',
  link: 'a symbolic link',
  special: 'a special file',
};

/** Something that is no system error, and yet the user's to mend. */
export class DiskFault extends Error {
  override readonly name = 'DiskFault';
}

export class Findings {
  readonly issues: Issue[] = [];
  /** Whether an error was found: then nothing may be written. */
  refused = false;
  private readonly counts = new Map<string, number>();

  constructor(private readonly outdir: string) {}

  refuseEdited(path: string, construct: string | undefined, verb: 'overwrite' | 'remove'): void {
    this.refuse('tree-file-edited', path, construct, {
      message: `was edited by hand since it was written; synth would ${verb} the edit`,
      fix: `move the edit into the program, or synth with --force to ${verb} it`,
    });
  }

  refuseForeign(path: string, construct: string): void {
    this.refuse('tree-file-foreign', path, construct, {
      message: 'exists with other content, and this tool did not write it',
      fix: 'move that file elsewhere or rename the object, or synth with --force to overwrite it',
    });
  }

  refuseBlocked(path: string, construct: string | undefined, obstacle: Obstacle): void {
    const isFile = obstacle.path === path && path !== STAGING_DIRECTORY;
    const what = isFile ? 'a regular file must be written' : 'a directory is needed';
    this.refuse('tree-path-blocked', path, construct, {
      message: `${obstacle.path} is ${KIND_WORDS[obstacle.kind]}, where ${what}; it is neither followed nor replaced`,
      fix: `remove ${join(this.outdir, obstacle.path)}, or move it out of the output directory`,
    });
  }

  warnUnreadableState(why: string): void {
    this.add({
      code: 'tree-state-unreadable',
      severity: 'warning',
      at: { file: join(this.outdir, STATE_FILE) },
      message: `${STATE_FILE} ${why}; which files this tool wrote is not known, so stale ones stay and differing ones are refused`,
      fix: `restore ${STATE_FILE} from Git, or synth with --force to overwrite the files that differ`,
    });
  }

  warnKept(path: string): void {
    this.add({
      code: 'tree-file-edited',
      severity: 'warning',
      at: { file: join(this.outdir, path) },
      message: 'was changed by someone else while synth ran, and is left as it is',
      fix: 'synth again',
    });
  }

  /** Runs what touches the disk; what the system refuses there is an issue. */
  attempt(path: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.refuseFailed(path, undefined, error);
    }
  }

  /** @throws the error itself when it is not the disk's. */
  refuseFailed(path: string, construct: string | undefined, error: unknown): void {
    const ours = error instanceof DiskFault;
    if (!ours && !isSystemError(error)) throw error;
    this.refuse('tree-write-failed', path, construct, {
      message: ours ? error.message : `the system refused: ${error.message}`,
      fix: 'mend what the system complains about and synth again: it starts over, or completes what was begun',
    });
  }

  /** Says how many issues were not listed: a lost state file must not turn into a list of every file there is. */
  addOmitted(): void {
    for (const [code, count] of this.counts) {
      if (count <= MAX_ISSUES_PER_CODE) continue;
      const last = this.issues.filter((issue) => issue.code === code).at(-1)!;
      const message = `and ${count - MAX_ISSUES_PER_CODE} more files like ${last.at.file}`;
      this.issues.push({ ...last, at: { file: this.outdir }, message });
    }
  }

  private refuse(
    code: string,
    path: string,
    construct: string | undefined,
    says: Pick<Issue, 'message' | 'fix'>,
  ): void {
    this.refused = true;
    const at = { file: join(this.outdir, path), ...(construct === undefined ? {} : { construct }) };
    this.add({ code, severity: 'error', at, ...says });
  }

  private add(issue: Issue): void {
    const count = (this.counts.get(issue.code) ?? 0) + 1;
    this.counts.set(issue.code, count);
    if (count <= MAX_ISSUES_PER_CODE) this.issues.push(issue);
  }
}
