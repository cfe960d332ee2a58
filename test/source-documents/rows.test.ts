/** Every row of docs/source-documents.md. */
import { EnvironmentStack, GitOpsApp } from 'cdk8s-gitops';
import { renderApplicationSet } from 'cdk8s-gitops/argocd';
import { Kustomization } from 'cdk8s-gitops/flux';
import { synthTree } from 'cdk8s-gitops/testing';
import { applyPatch, deepClone, type Operation } from 'fast-json-patch';
import { findKind } from '../../src/checks/registry';
import { checkManifest } from '../../src/core/check-manifest';
import type { Issue } from '../../src/kernel/issue';
import { groupOf, type Manifest } from '../../src/kernel/manifest';
import { tryKindFacts } from '../../src/schema';
import { codesOf, issuesOf } from '../support/issues';
import { type Build, type Correction, type Row, titleOf } from './row';
import { rows } from './rows';
import { documents000 } from './seeds/documents-000';
import { documents004 } from './seeds/documents-004';

function stack(): EnvironmentStack {
  return new EnvironmentStack(new GitOpsApp().environment('prod', {}), 'stack');
}

function reported(manifest: unknown): readonly Issue[] {
  const { apiVersion, kind } = manifest as Manifest;
  return checkManifest(manifest as Manifest, findKind(groupOf(apiVersion), kind)?.rules ?? []);
}

function codes(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map(({ code }) => code))].sort();
}

function corrected(seed: unknown, corrections: readonly Correction[] = []): unknown {
  const patch = corrections.map(({ because, ...operation }) => operation as Operation);
  return applyPatch(deepClone(seed), deepClone(patch), true).newDocument;
}

function expectBuilds(seed: unknown, corrections: readonly Correction[] | undefined, build: Build): void {
  expect(build(stack()).toJson()).toEqual(corrected(seed, corrections));
}

function judge(row: Row): void {
  if (row.seed !== undefined) expect(codes(reported(row.seed))).toEqual([...(row.reports ?? [])].sort());
  switch (row.verdict) {
    case 'built':
      expectBuilds(row.seed, row.corrections, row.build);
      break;
    case 'refused': {
      const issues = row.constructs === undefined ? reported(row.seed) : constructIssues(row.constructs);
      expect(issues.map(({ severity }) => severity)).toContain('error');
      if (row.instead !== undefined) expectBuilds(row.seed, row.instead.corrections, row.instead.build);
      break;
    }
    case 'waits':
      // Meanwhile it is no error; and what is no object is of no kind that we know.
      if (row.seed === undefined) expect(tryKindFacts('', row.kind)).toBeUndefined();
      else expect(reported(row.seed).filter(({ severity }) => severity === 'error')).toEqual([]);
      if (row.instead !== undefined) expectBuilds(row.seed, row.instead.corrections, row.instead.build);
      break;
  }
}

function constructIssues({ codes: expected, build }: { readonly codes: readonly string[]; readonly build: Build }) {
  const issues = issuesOf(() => build(stack()));
  expect(codes(issues)).toEqual([...expected].sort());
  return issues;
}

test.each(rows.map((row) => [titleOf(row), row] as const))('%s', (_, row) => judge(row));

test('000: the two Kustomizations of one name are refused in one synth', () => {
  const app = new GitOpsApp();
  const scope = new EnvironmentStack(app.environment('prod', {}), 'stack');
  for (const id of ['Kustomization/backend-prod', 'Kustomization/backend-prod (SOPS)'] as const) {
    const { metadata, spec } = documents000[id];
    new Kustomization(scope, id.replace('/', ' '), { metadata, ...spec });
  }
  expect(codesOf(() => synthTree(app))).toEqual(['object-duplicate']);
});

test('004 line 42: rendered with the files it reads, git-file-discovery leaves a tag as it is, which is refused', () => {
  const set = documents004['ApplicationSet/git-file-discovery'];
  const { repoURL } = set.spec.generators[0]!.git;
  const file = { name: 'frontend', environments: [{ name: 'prod', cluster: { url: 'https://prod.example.com' } }] };
  const { problems } = renderApplicationSet(set as unknown as Manifest, {
    repositories: { [repoURL]: { 'apps/frontend/app.json': JSON.stringify(file) } },
  });
  expect(codes(problems)).toContain('argocd-render-tag');
});
