import { parse } from 'yaml';
import { kinds } from '../../../src/argocd/config/kinds';
import { checkManifest } from '../../../src/core/check-manifest';
import { secretKind } from '../../../src/core/secret';
import type { Manifest } from '../../../src/kernel/manifest';
import type { Rule } from '../../../src/kernel/rule';

const rules = [...new Set(kinds.flatMap((kind) => [...kind.rules] as unknown as Rule[]))];

function issuesOf(manifest: Manifest) {
  const kind = kinds.find((candidate) => candidate.kind === manifest.kind)!;
  return checkManifest(manifest, manifest.kind === 'Secret' ? [...secretKind.rules, ...kind.rules] : kind.rules);
}

function codesOf(sample: string): string[] {
  return issuesOf(parse(sample) as Manifest).map((issue) => issue.code);
}

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  test('reports its wrong sample, and nothing else does', () => {
    expect([...new Set(codesOf(rule.wrong))]).toEqual([code]);
  });

  test('says nothing about its right sample, and nothing else does', () => {
    expect(codesOf(rule.right)).toEqual([]);
  });

  test('names an upstream source and a reference', () => {
    expect(rule.why).toMatch(/\((?:CM|RB|NO|CS|RS|AC)-\d+/);
    expect(rule.summary).toMatch(/\.$/);
    expect(rule.code).toMatch(/^argocd-[a-z-]+$/);
  });
});

test('every code belongs to one rule', () => {
  const codes = rules.map((rule) => rule.code);
  expect(codes).toEqual([...new Set(codes)]);
});

test('no rule throws on an object without anything, or with anything', () => {
  const names = ['argocd-cm', 'argocd-rbac-cm', 'argocd-notifications-cm', 'other'];
  const odd = [undefined, null, 1, 'text', [], {}, { a: 1 }, { url: null, config: 7, 'trigger.a': [] }];
  for (const kind of kinds) {
    for (const name of names) {
      for (const data of odd) {
        for (const labels of [
          null,
          'x',
          {},
          { 'argocd.argoproj.io/secret-type': 'cluster' },
          { 'argocd.argoproj.io/secret-type': 'repository' },
        ]) {
          const manifest = {
            apiVersion: kind.apiVersion,
            kind: kind.kind,
            metadata: { name, labels },
            data,
            stringData: data,
            spec: data,
          };
          expect(() => issuesOf(manifest as unknown as Manifest)).not.toThrow();
        }
      }
    }
  }
});
