import { formatPath } from '../../src/kernel/issue';
import type { Manifest } from '../../src/kernel/manifest';
import { isDnsSubdomain, isQualifiedName, validateMetadata } from '../../src/schema';

const found = (manifest: object): string[] =>
  validateMetadata(manifest as Manifest).map(({ code, path }) => `${code} ${formatPath(path)}`);
const role = (name: unknown): object => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
});

test('names of roles may have colons', () => expect(found(role('system:aggregate-to-admin'))).toEqual([]));
test.each(['a/b', '..', '.', '50%'])('no name may break a URL: %s', (name) =>
  expect(found(role(name))).toEqual(['schema-name .metadata.name']),
);
test('a number is no name', () => expect(found(role(5))).toEqual(['schema-type .metadata.name']));
test('an object without metadata has no name', () =>
  expect(found({ apiVersion: 'v1', kind: 'Pod' })).toEqual(['schema-required .metadata.name']));
test('a list needs no name', () => expect(found({ apiVersion: 'v1', kind: 'List', items: [] })).toEqual([]));
test('what the server writes is no error', () => {
  const metadata = {
    name: 'a',
    creationTimestamp: null,
    uid: 'x',
    resourceVersion: '1',
    generation: 2,
    managedFields: [],
    ownerReferences: [],
  };
  expect(found({ apiVersion: 'v1', kind: 'Pod', metadata })).toEqual([]);
});
test('labels and annotations are maps of strings', () => {
  const metadata = { name: 'a', labels: { a: true }, annotations: ['b'] };
  expect(found({ apiVersion: 'v1', kind: 'Pod', metadata })).toEqual([
    'schema-type .metadata.labels.a',
    'schema-type .metadata.annotations',
  ]);
});
test('a label key has at most 63 characters after its prefix', () => {
  const labels = { [`example.com/${'a'.repeat(64)}`]: '' };
  expect(found({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels } })).toHaveLength(1);
});
test('an annotation key’s prefix may have upper case', () => {
  expect(
    found({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations: { 'Example.com/A': '' } } }),
  ).toEqual([]);
});
test('annotations have 256 KiB in all', () => {
  const annotations = { a: 'x'.repeat(256 * 1024) };
  expect(found({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations } })).toEqual([
    'schema-bound .metadata.annotations',
  ]);
});

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualified =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

test('names are read as Kubernetes reads them: every text of four of these characters', () => {
  const letters = ['a', 'A', '0', '-', '.', '/', '_'];
  let texts = [''];
  for (let length = 0; length < 5; length++) {
    for (const text of texts) {
      expect([text, isDnsSubdomain(text), isQualifiedName(text)]).toEqual([
        text,
        subdomain.test(text),
        qualified.test(text),
      ]);
    }
    texts = texts.flatMap((text) => letters.map((letter) => text + letter));
  }
});
