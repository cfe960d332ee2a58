import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCrds } from '../../scripts/schemas/crds';
import { digestFiles } from '../../scripts/schemas/digests';
import { generatedFiles } from '../../scripts/schemas/generate';
import { knownGroup, knownKinds, tryKindFacts, trySchema } from '../../src/schema';
import { readProduct } from '../../src/schema/load';
import { sharedPath, testWith } from './shared';

const root = join(__dirname, '../..');
const committed = readdirSync(join(root, 'schemas'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
);
const textOf = (name: string): string => readFileSync(join(root, 'schemas', name), 'utf8');

testWith('crds')('schemas/ is what the script makes of the CRDs, every time', () => {
  const files = digestFiles(readCrds(sharedPath('crds'), () => undefined));
  expect([...files.keys()].sort()).toEqual([...committed].sort());
  for (const [name, text] of files) expect(text === textOf(name) ? name : `${name} differs`).toBe(name);
  expect([...digestFiles(readCrds(sharedPath('crds'), () => undefined))]).toEqual([...files]);
});

test('generated code is what the script makes of schemas/', () => {
  for (const [path, text] of generatedFiles()) {
    const file = join(root, path);
    expect(existsSync(file) && readFileSync(file, 'utf8') === text ? path : `${path} differs: npm run schemas`).toBe(
      path,
    );
  }
});

test('the index is small, and all together is', () => {
  expect(textOf('index.json').length).toBeLessThan(20_000);
  expect(committed.reduce((sum, name) => sum + textOf(name).length, 0)).toBeLessThan(260_000);
});

test('no prose got in: every keyword is a fact', () => {
  const facts =
    'type format properties required values items preserve intOrString embedded nullable list keys default enum pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems minProperties maxProperties allOf anyOf oneOf not';
  const allowed = new Set(facts.split(' '));
  for (const { product, release } of knownKinds()) {
    for (const node of readProduct(product, release).nodes)
      expect(Object.keys(node).filter((key) => !allowed.has(key))).toEqual([]);
  }
});

test('a reference points to an earlier node, so there are no cycles', () => {
  for (const { product, release } of knownKinds()) {
    for (const [at, node] of readProduct(product, release).nodes.entries()) {
      const references = [
        node.items,
        node.not,
        node.values,
        ...Object.values(node.properties ?? {}),
        ...(node.allOf ?? []),
        ...(node.anyOf ?? []),
        ...(node.oneOf ?? []),
      ];
      expect(references.filter((reference) => typeof reference === 'number' && reference >= at)).toEqual([]);
    }
  }
});

test('no two nodes of a product are equal', () => {
  for (const { product, release } of knownKinds()) {
    const lines = readProduct(product, release).nodes.map((node) => JSON.stringify(node));
    expect(new Set(lines).size).toBe(lines.length);
  }
});

test('every kind has a schema at every served version, and its version to write is served', () => {
  for (const { group, kind, versions, preferred } of knownKinds()) {
    for (const { name, served } of versions)
      expect([kind, name, trySchema(`${group}/${name}`, kind) !== undefined]).toEqual([kind, name, served]);
    expect(versions.find(({ name }) => name === preferred)).toMatchObject({ served: true });
  }
});

test.each([
  ['telemetry.istio.io', 'Telemetry', 'v1'],
  ['gateway.networking.k8s.io', 'ReferenceGrant', 'v1'],
  ['notification.toolkit.fluxcd.io', 'Alert', 'v1beta3'],
  ['external-secrets.io', 'PushSecret', 'v1alpha1'],
])('the version to write of %s %s is %s', (group, kind, version) =>
  expect(tryKindFacts(group, kind)?.preferred).toBe(version),
);

test('groups are known by name', () => {
  expect([
    knownGroup('flagger.app'),
    knownGroup('apps'),
    knownGroup('__proto__'),
    tryKindFacts('flagger.app', 'toString'),
  ]).toEqual([true, false, false, undefined]);
});
