/** Waivers: a finding that was looked at and accepted, with the reason beside the code that needs it. */
import type { IConstruct } from 'constructs';
import type { Issue } from '../kernel/issue';
import { GitOpsError } from '../kernel/issue';

export interface Waiver {
  /** The issue's code, as printed. */
  readonly code: string;
  /** Why it is accepted here; a reader of the program is the audience. */
  readonly reason: string;
}

const WAIVERS = Symbol.for('cdk8s-gitops.waivers');

/**
 * Accepts an issue for a construct and everything below it. Must come before the construct that it excuses when that
 * one refuses in its constructor: waive on the stack then.
 *
 * @throws GitOpsError `waiver-reason-missing` when the reason is blank
 */
export function waive(scope: IConstruct, code: string, reason: string): void {
  if (reason.trim() === '') {
    throw new GitOpsError([
      {
        code: 'waiver-reason-missing',
        severity: 'error',
        at: { construct: scope.node.path },
        message: `the waiver of ${code} gives no reason`,
        fix: 'say why the finding is accepted here',
      },
    ]);
  }
  const holder = scope as IConstruct & { [WAIVERS]?: Waiver[] };
  if (holder[WAIVERS] === undefined) Object.defineProperty(holder, WAIVERS, { value: [] });
  holder[WAIVERS]!.push({ code, reason });
}

/** The issues that no waiver on the construct or its scopes accepts. */
export function unwaived(construct: IConstruct, issues: readonly Issue[]): Issue[] {
  return issues.length === 0 ? [] : issues.filter((issue) => findWaiver(construct, issue.code) === undefined);
}

function findWaiver(construct: IConstruct, code: string): Waiver | undefined {
  for (let node: IConstruct | undefined = construct; node !== undefined; node = node.node.scope) {
    const found = (node as { [WAIVERS]?: Waiver[] })[WAIVERS]?.find((waiver) => waiver.code === code);
    if (found !== undefined) return found;
  }
  return undefined;
}
