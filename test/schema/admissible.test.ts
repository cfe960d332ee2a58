import fc from 'fast-check';
import type { Manifest } from '../../src/kernel/manifest';
import { admissible, knownKinds, trySchema, validate } from '../../src/schema';
import { mutated, valueFor } from './arbitrary';

const application = (spec: object): Manifest => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'a' },
  spec,
});
const seen = (manifest: Manifest): unknown => admissible(manifest, validate(manifest))['spec'];

test('is the same object where nothing is refused', () => {
  const manifest = application({ project: 'a', destination: {} });
  expect(admissible(manifest, validate(manifest))).toBe(manifest);
});

test('is without values of a wrong type, and leaves the original alone', () => {
  const manifest = application({ project: 5, destination: { name: 'a' }, syncPolicy: { retry: { limit: '5' } } });
  const before = structuredClone(manifest);
  expect(seen(manifest)).toEqual({ destination: { name: 'a' }, syncPolicy: { retry: {} } });
  expect(manifest).toEqual(before);
});

test('keeps what misses a field', () => {
  expect(seen(application({ destination: { name: 'a' } }))).toEqual({ destination: { name: 'a' } });
});

test('is without the nulls that the API server drops', () => {
  expect(seen(application({ project: 'a', destination: { name: null }, syncPolicy: null }))).toEqual({
    project: 'a',
    destination: {},
  });
});

test('keeps the places of objects in a list', () => {
  const sources = [{ repoURL: 'a' }, 'b', { repoURL: 'c', path: 5 }];
  expect(seen(application({ project: 'a', destination: {}, sources }))).toEqual({
    project: 'a',
    destination: {},
    sources: [{ repoURL: 'a' }, {}, { repoURL: 'c' }],
  });
});

test('no finding of a wrong value is left, whatever was wrong', () => {
  const left = new Set([
    'schema-required',
    'schema-bound',
    'schema-one-of',
    'schema-any-of',
    'schema-not',
    'schema-duplicate-key',
  ]);
  for (const { group, preferred, kind } of knownKinds()) {
    const identity = { apiVersion: `${group}/${preferred}`, kind };
    const bodies = valueFor(trySchema(identity.apiVersion, kind)!).chain(mutated).chain(mutated);
    for (const body of fc.sample(bodies, { numRuns: 5, seed: 7 })) {
      const manifest = { ...(body as object), ...identity, metadata: { name: 'a' } } as Manifest;
      const again = validate(admissible(manifest, validate(manifest)));
      expect(again.filter(({ code }) => !left.has(code))).toEqual([]);
    }
  }
});
