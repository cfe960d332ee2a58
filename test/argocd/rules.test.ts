import { parse } from 'yaml';
import { kinds } from '../../src/argocd/kinds';
import { checkManifest } from '../../src/core/check-manifest';
import type { Manifest } from '../../src/kernel/manifest';
import type { Rule } from '../../src/kernel/rule';

const rules = [...new Set(kinds.flatMap((kind) => [...kind.rules] as unknown as Rule[]))];

function codesOf(sample: string): string[] {
  const manifest = parse(sample) as Manifest;
  const kind = kinds.find((candidate) => candidate.kind === manifest.kind)!;
  return checkManifest(manifest, kind.rules).map((issue) => issue.code);
}

describe.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  test('reports its wrong sample, and nothing else does', () => {
    expect([...new Set(codesOf(rule.wrong))]).toEqual([code]);
  });

  test('says nothing about its right sample, and nothing else does', () => {
    expect(codesOf(rule.right)).toEqual([]);
  });

  test('names an upstream source and a reference', () => {
    expect(rule.why).toMatch(/\((?:AC|AS|S)-\d+/);
    expect(rule.summary).toMatch(/\.$/);
    expect(rule.code).toMatch(/^argocd-[a-z-]+$/);
  });
});

test('every code belongs to one rule', () => {
  const codes = rules.map((rule) => rule.code);
  expect(codes).toEqual([...new Set(codes)]);
});

test('no rule throws on an object without anything', () => {
  for (const kind of kinds) {
    expect(() => checkManifest({ apiVersion: kind.apiVersion, kind: kind.kind }, kind.rules)).not.toThrow();
    expect(() =>
      checkManifest({ apiVersion: kind.apiVersion, kind: kind.kind, metadata: {}, spec: {} }, kind.rules),
    ).not.toThrow();
  }
});
