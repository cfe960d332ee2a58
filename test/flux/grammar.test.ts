/** The two grammars of the room: version ranges and inline patches. */
import { patchFault } from '../../src/flux/kustomize-patch';
import { isSemverRange } from '../../src/flux/semver';

test.each([
  '*',
  '1.x',
  '6.5.*',
  'v1',
  '>=1.0.0-0',
  '>=6.0.0 <7.0.0',
  '>=1.2, <2',
  '1.2 - 1.4',
  '~1.2 || ^2',
  '1.2.3+build.5',
])('%s is a version range', (text) => expect(isSemverRange(text)).toBe(true));

test.each(['', ' ', 'latest', 'main', '1.2.3.4', '>', '1.2 ||', 'v', '1.2.', '1..2', '>>1', '$VERSION'])(
  '%j is none',
  (text) => expect(isSemverRange(text)).toBe(false),
);

test('no text takes long to refuse', () => {
  const started = performance.now();
  for (const unit of ['1.', ' ', '1 ', '1-', '1 - ', '>=', '||']) {
    isSemverRange(`${unit.repeat(128)}!`);
    isSemverRange(`${unit.repeat(100_000)}!`);
  }
  expect(performance.now() - started).toBeLessThan(500);
});

test.each([
  ['a merge patch', '{ kind: Deployment, metadata: { name: web }, spec: { replicas: 2 } }', false],
  ['several of them', 'kind: A\nmetadata: { name: a }\n---\nkind: B\nmetadata: { name: b }\n', false],
  ['operations with a target', '[{ op: remove, path: /spec/a~1b }]', true],
  ['JSON', '[{"op": "test", "path": "", "value": {}}]', true],
  ['text that variables complete', '{ kind: A, metadata: { name: a }, spec: { ${FIELDS} : } }', false],
])('%s is a patch', (_, patch, targeted) => expect(patchFault(patch, targeted)).toBeUndefined());

test.each([
  ['', false, 'is empty'],
  ['a: [', false, 'is not YAML'],
  ['replicas', false, 'is neither an object nor a list of operations'],
  ['spec: {}', true, 'has no kind'],
  ['kind: Deployment', true, 'has no metadata.name'],
  ['[{ op: remove, path: /a }]', false, 'needs a target'],
  ['[{ op: delete, path: /a }]', true, 'has no operation "delete"'],
  ['[{ op: remove, path: a/b }]', true, 'has no JSON pointer in path at [0]'],
  ['[remove]', true, 'has no operation at [0]'],
])('%j (target: %s) is refused: %s', (patch, targeted, reason) => {
  expect(patchFault(patch, targeted)).toContain(reason);
});
