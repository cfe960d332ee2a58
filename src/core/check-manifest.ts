/** What one manifest can show to be wrong: its structure against the schema, then the rules of its kind. */
import { type FieldPath, formatPath, type Issue, type Location } from '../kernel/issue';
import { type Manifest, objectLabel } from '../kernel/manifest';
import { type Rule, runRules } from '../kernel/rule';
import { admissible, validate } from '../schema';

/**
 * Rules see the manifest without the parts that the schema refuses, so one mistake is said once.
 *
 * @param lenient whether the manifest was patched: then a field that our schemas do not know is a warning, since the
 *   cluster may run a newer CRD
 */
export function checkManifest(
  manifest: Manifest,
  rules: readonly Rule<never>[],
  at: Location = {},
  lenient = false,
): Issue[] {
  const findings = validate(manifest);
  // Without findings there may still be nulls that the API server drops.
  if (findings.length === 0) return rules.length === 0 ? [] : runRules(rules, admissible(manifest, findings), at);
  const object = objectLabel(manifest);
  const issues = findings.map(
    (finding): Issue => ({
      code: finding.code,
      severity: lenient && finding.code === 'schema-field-unknown' ? 'warning' : finding.severity,
      at: { ...at, object, path: formatPath(finding.path as FieldPath) },
      message: finding.message,
      fix: finding.fix,
    }),
  );
  return [...issues, ...runRules(rules, admissible(manifest, findings), at)];
}

/** The rules' part of {@link checkManifest}, for a manifest whose structure was judged already. */
export function runRulesAlone(rules: readonly Rule<never>[], manifest: Manifest): Issue[] {
  return runRules(rules, admissible(manifest, []));
}
