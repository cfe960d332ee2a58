/**
 * The plan: what a commit does to files that are on disk already. One JSON array a line, the first naming the state
 * file it was made for. It is complete before the commit; its law is that of the state file, that whatever it says,
 * nothing outside the output directory is named.
 */
import { type Bytes, contentHashOf, forEachLine, isSafePath, UnreadableState } from '../ownership';
import { FileBytes } from './disk';

/** One step: the hash is that of the content which it was decided for. */
export type RemoveStep = readonly ['remove', path: string, hash: string];
/** Removes a directory, if nothing is left in it. */
export type PruneStep = readonly ['prune', path: string];
/** Puts the staged file of that path in the place of the one on disk. */
export type ReplaceStep = readonly ['replace', path: string, hash: string];
export type Step = RemoveStep | PruneStep | ReplaceStep;

export function planHead(state: Bytes | undefined): string {
  return formatLine(['state', markOf(state)]);
}

export function planLines(steps: readonly Step[]): string {
  return steps.map(formatLine).join('');
}

/** Whether a plan was made for this state file; one that does not read was made for none. */
export function isPlanFor(plan: string, state: Bytes | undefined): boolean {
  let mark: unknown;
  try {
    forEachPlanLine(plan, ([kind, value]) => {
      if (kind === 'state') mark = value;
    });
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof UnreadableState) return false;
    throw error;
  }
  return mark === markOf(state);
}

/** Calls `visit` with every step. Like any file, a plan may be tampered with: a step with an unsafe path is no step. */
export function forEachStep(plan: string, visit: (step: Step) => void): void {
  forEachPlanLine(plan, (line) => {
    const step = line as Step;
    if (['remove', 'prune', 'replace'].includes(step[0]) && isSafePath(String(step[1]))) visit(step);
  });
}

function forEachPlanLine(plan: string, visit: (line: readonly unknown[]) => void): void {
  const bytes = new FileBytes(plan);
  try {
    forEachLine(bytes, 0, bytes.size, (line) => {
      const value: unknown = JSON.parse(line.toString('utf8'));
      if (Array.isArray(value)) visit(value);
    });
  } finally {
    bytes.close();
  }
}

function formatLine(line: readonly string[]): string {
  return `${JSON.stringify(line)}\n`;
}

function markOf(state: Bytes | undefined): string {
  return state ? contentHashOf(state) : 'absent';
}
