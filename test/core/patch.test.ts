import { applyPatches, type Patch } from '../../src/core/patch';

const manifest = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', labels: { 'x/y': '1' } },
  data: { a: '1' },
};

test('operations apply in order, to a copy', () => {
  const { result, issues } = applyPatches(manifest, [
    { op: 'add', path: '/data/b', value: '2' },
    { op: 'copy', from: '/data/b', path: '/data/c' },
    { op: 'remove', path: '/data/a' },
    { op: 'replace', path: '/metadata/labels/x~1y', value: '9' },
  ]);
  expect(issues).toEqual([]);
  expect(result).toMatchObject({ metadata: { labels: { 'x/y': '9' } }, data: { b: '2', c: '2' } });
  expect(manifest.data).toEqual({ a: '1' });
});

test.each<[string, Patch, RegExp]>([
  ['replace of what is not there', { op: 'replace', path: '/data/z', value: 1 }, /nothing at \/data\/z/],
  ['remove of what is not there', { op: 'remove', path: '/spec' }, /nothing at \/spec/],
  ['add below what is not there', { op: 'add', path: '/spec/a', value: 1 }, /its parent \/spec does not exist/],
  ['move from nowhere', { op: 'move', from: '/x', path: '/data/x' }, /nothing at \/x/],
  ['a test that fails', { op: 'test', path: '/data/a', value: '2' }, /failed/],
  ['a prototype', { op: 'add', path: '/__proto__/polluted', value: 1 }, /does not exist/],
])('%s is an issue, not silence', (_, patch, message) => {
  const { issues } = applyPatches(manifest, [patch]);
  expect(issues).toHaveLength(1);
  expect(issues[0]!.message).toMatch(message);
  expect(issues[0]!.fix).not.toBe('');
});

test('every operation that fails is reported, the others still apply', () => {
  const { result, issues } = applyPatches(manifest, [
    { op: 'remove', path: '/x' },
    { op: 'add', path: '/data/b', value: '2' },
    { op: 'remove', path: '/y' },
  ]);
  expect(issues).toHaveLength(2);
  expect(result['data']).toEqual({ a: '1', b: '2' });
});
