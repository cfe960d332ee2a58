import { allKinds, findKind } from '../../src/checks/registry';
import type { Manifest } from '../../src/kernel/manifest';

test('every kind that a room exports is found by its group and name', () => {
  const named = allKinds().filter(({ group, kind }) => group !== '' || kind !== 'any kind');
  expect(named.length).toBeGreaterThan(15);
  const anyRules = findKind('', 'Pod')!.rules.length;
  for (const { group, kind } of named)
    expect([kind, findKind(group, kind)!.rules.length > anyRules]).toEqual([kind, true]);
});

test('a kind that nobody knows has the rules that hold for any', () => {
  expect(findKind('example.com', 'Thing')!.rules).toEqual(findKind('', 'Pod')!.rules);
});

test('rules that cannot concern an object are left out, and none that can', () => {
  const codes = (manifest: Manifest) => findKind('', manifest.kind, manifest)!.rules.map(({ code }) => code);
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };
  expect(codes({ ...configMap, metadata: { name: 'settings' } })).toEqual([]);
  expect(codes({ ...configMap, metadata: { name: 'argocd-cm' } })).toContain('argocd-cm-label');
  expect(codes({ ...configMap, metadata: { name: 'argo-rollouts-notification-configmap' } })).toContain(
    'argocd-notifications-key',
  );
  expect(codes({ ...configMap, metadata: { name: 'a', annotations: {} } })).toContain('argocd-hook-unknown');
  expect(codes({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } })).toEqual(['secret-plaintext']);
});
