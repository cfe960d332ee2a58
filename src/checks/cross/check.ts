/**
 * A check is what only several objects show together, written once: synth runs it over the objects of an environment
 * that reach one cluster, `cdk8s-gitops check` over all files it is given, and its two samples are its test and its page.
 * Its law: it judges what it holds both ends of, and passes over what it cannot know, so that half a repository raises
 * no false alarm.
 */
import type { FieldPath } from '../../kernel/issue';
import type { Rule } from '../../kernel/rule';
import type { Entry, Store } from './store';

/**
 * Says that an object's field breaks the check. `fix` overrides the check's own; `other` is the object that it does not
 * go with.
 */
export type CheckReport = (entry: Entry, path: FieldPath, message: string, fix?: string, other?: Entry) => void;

export interface Check extends Omit<Rule, 'check'> {
  /** The kinds that are judged, and those that they are judged by. */
  readonly kinds: readonly string[];
  /** One pass over the objects. */
  readonly run: (store: Store, report: CheckReport) => void;
}

/** Identity function; `wrong` and `right` hold several documents. */
export function defineCheck(check: Check): Check {
  return check;
}
