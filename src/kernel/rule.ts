/**
 * A rule is whatever a schema cannot say about one manifest, written once: the constructor runs it, `cdk8s-gitops check`
 * runs it on anybody's YAML, and its two samples are its test and its page. A rule sees only what the schema admits:
 * any field may be missing, none has a type the schema refuses.
 */
import { type FieldPath, formatPath, type Issue, type Location, type Severity } from './issue';
import { type DeepPartial, type Manifest, objectLabel } from './manifest';

/** Says that a field breaks the rule. `fix` overrides the rule's own, when the value got allows a better one. */
export type Report = (path: FieldPath, message: string, fix?: string) => void;

export interface Rule<M = Manifest> {
  /** Permanent, kebab-case, starts with its room. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: the mistake. */
  readonly summary: string;
  /** What the API server or the controller does about it, and the upstream source that says so. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** A whole manifest in YAML that breaks this rule and no other. */
  readonly wrong: string;
  /** The same manifest, mended: no rule reports it. */
  readonly right: string;
  readonly check: (manifest: DeepPartial<M>, report: Report) => void;
}

/** Identity function; gives a rule its types. */
export function defineRule<M = Manifest>(rule: Rule<M>): Rule<M> {
  return rule;
}

/** Runs rules over one manifest and returns what they report, in rule order. */
export function runRules(rules: readonly Rule<never>[], manifest: Manifest, at: Location = {}): Issue[] {
  const issues: Issue[] = [];
  let running: Rule<Manifest>;
  // One report for all rules: a closure for each would be most of the cost of a manifest that is right.
  const report: Report = (path, message, fix = running.fix) => {
    const { code, severity } = running;
    const where = { ...at, object: objectLabel(manifest), path: formatPath(path) };
    issues.push({ code, severity, at: where, message, fix });
  };
  for (running of rules as readonly Rule<Manifest>[]) running.check(manifest as DeepPartial<Manifest>, report);
  return issues;
}
