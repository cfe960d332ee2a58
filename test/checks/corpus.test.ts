import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../src/checks/cross/judge';
import { type CheckResult, checkPaths } from '../../src/checks/run';
import type { Issue } from '../../src/kernel/issue';

const CORPUS = join(__dirname, '../../../shared/corpus');
const testCorpus = existsSync(CORPUS) ? test : test.skip;
if (!existsSync(CORPUS)) console.warn('skipped: ../shared/corpus is missing');

/** Files under valid/ that their CRDs or controllers refuse all the same; each was looked at. */
const refusedRightly: Readonly<Record<string, string>> = {
  'eso/secretstore/001-external-secrets-aws-secrets-manager.yaml': 'schema-name',
  'flux/provider/042-notification-controller-zoom.yaml': 'schema-enum',
  'istio/destinationrule/007-argo-rollouts-istio-destrule.yaml': 'schema-required',
  'istio/virtualservice/013-argo-rollouts-istio-vsvc.yaml': 'schema-type',
  'istio/virtualservice/019-argo-rollouts-vsvc.yaml': 'schema-required',
  'istio/virtualservice/025-argo-rollouts-vsvc.yaml': 'schema-required',
  'istio/virtualservice/031-argo-rollouts-vsvc.yaml': 'schema-type',
  'istio/virtualservice/040-argocd-example-apps-google-api-vs.yaml': 'schema-required',
  'rollouts/analysistemplate/019-argo-rollouts-success-rate.yaml': 'schema-field-unknown',
  // No selector, a router that cannot weigh experiments, labels that the selector does not match: fixtures of refusals.
  'rollouts/rollout/025-argo-rollouts-rollout-canary.yaml': 'rollouts-selector-missing',
  'rollouts/rollout/061-argo-rollouts-nginx-rollout.yaml': 'rollouts-experiment-weight-router',
  'rollouts/rollout/076-argo-rollouts-rollout-invalid.yaml': 'rollouts-selector-mismatch',
};

/** The files come from many repositories: what they show together means nothing. */
const together: ReadonlySet<string> = new Set(checks.map(({ code }) => code));

function errorsByFile({ issues }: CheckResult): Map<string, Issue[]> {
  const errors = new Map<string, Issue[]>();
  for (const issue of issues) {
    if (issue.severity === 'error' && !together.has(issue.code))
      errors.set(issue.at.file!, [...(errors.get(issue.at.file!) ?? []), issue]);
  }
  return errors;
}

testCorpus('real manifests have no error, but for those that were refused rightly', () => {
  const result = checkPaths(['.'], join(CORPUS, 'valid'));
  const refused = [...errorsByFile(result)].filter(([file, errors]) => {
    return !errors.some(({ code }) => code === refusedRightly[file]);
  });
  expect(refused).toEqual([]);
  expect(result.objects).toBeGreaterThan(300);
});

/** Names and numbers of a path, whatever marks stand between them. */
const plain = (text: string) =>
  text
    .replace(/["[\]]/g, '.')
    .replace(/\.+/g, '.')
    .replace(/\.$/, '');

testCorpus('what the schema or the parser refuses is reported at the field that is wrong', () => {
  const found = errorsByFile(checkPaths(['.'], join(CORPUS, 'invalid')));
  const rows = readFileSync(join(CORPUS, 'invalid/INDEX.tsv'), 'utf8').trim().split('\n').slice(1);
  const tally: Record<string, [number, number]> = {};
  const missed: string[] = [];
  for (const [file, layer, expected] of rows.map((row) => row.split('\t') as [string, string, string])) {
    const errors = found.get(file) ?? [];
    const isOurs = ['schema', 'strict-unknown-field', 'yaml'].includes(layer);
    const hit =
      layer === 'yaml' || !isOurs
        ? errors.length > 0
        : errors.some(({ at }) => plain(expected).includes(plain(at.path ?? '?')));
    const [hits, all] = tally[layer] ?? [0, 0];
    tally[layer] = [hits + Number(hit), all + 1];
    if (isOurs && !hit) missed.push(file);
  }
  console.info(
    `corpus/invalid, reported of all, by layer: ${Object.entries(tally)
      .map(([layer, [hits, all]]) => `${layer} ${hits}/${all}`)
      .join(', ')}`,
  );
  expect(missed).toEqual([]);
  expect(found.get('277-mut-yaml-unquoted-go-template.yaml')?.[0]?.at).toMatchObject({
    line: expect.any(Number),
    path: '.spec.template.metadata.name',
  });
});

testCorpus('whole repositories are read without a crash or a broken file', () => {
  const { issues, files } = checkPaths(['.'], join(CORPUS, 'trees'));
  expect(files).toBeGreaterThan(100);
  expect(issues.filter(({ code }) => /^(yaml|file|object)-/.test(code))).toEqual([]);
  // A version that Flux dropped; a field that Rollouts never had in that place, so that the analysis has no template.
  expect(issues.filter(({ severity }) => severity === 'error').map(({ code, at }) => `${code} ${at.file}`)).toEqual([
    'schema-version-removed flux2-multi-tenancy/infrastructure/kyverno/source.yaml',
    'rollouts-analysis-templates rollouts-demo/analysis/rollout-with-analysis.yaml',
    'schema-field-unknown rollouts-demo/analysis/rollout-with-analysis.yaml',
  ]);
});

testCorpus('the same tree gives the same issues', () => {
  const run = () => JSON.stringify(checkPaths(['invalid', 'trees'], CORPUS));
  expect(run()).toBe(run());
});
