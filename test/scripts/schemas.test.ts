import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCrds } from '../../scripts/schemas/crds';
import { digestFiles } from '../../scripts/schemas/digests';
import { nameNodes } from '../../scripts/schemas/naming';
import { productTypes, typesText } from '../../scripts/schemas/types';
import type { DigestFile, DigestNode } from '../../src/schema/digest';
import type { KindFacts } from '../../src/schema/kinds';
import { nodeTable } from '../../src/schema/node';

const crd = (group: string, kind: string, schema: object): string =>
  JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, plural: `${kind.toLowerCase()}s` },
      versions: [{ name: 'v1beta1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  });

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schemas-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function digest(
  files: Readonly<Record<string, string>>,
  say: (line: string) => void = () => undefined,
): Map<string, string> {
  write(files);
  return digestFiles(readCrds(folder, say));
}

const flagger = 'flagger/v1.44.0.json';

test('reads CRDs wherever they are, and passes over what is none', () => {
  const canary = crd('flagger.app', 'Canary', { type: 'object' });
  const files = digest({
    'README.md': '# no',
    'a/b/all.yaml': `---\n${canary}\n---\nkind: ConfigMap\n---\n`,
    'c.yml': 'just: text',
  });
  expect([...files.keys()]).toEqual([flagger, 'index.json']);
});

test('the experimental channel is left out, aloud', () => {
  const said: string[] = [];
  const canary = crd('flagger.app', 'Canary', { type: 'object' });
  digest({ 'canary.yaml': canary, 'x/experimental_canary.yaml': canary }, (line) => said.push(line));
  expect(said).toEqual([join('x', 'experimental_canary.yaml') + ': experimental channel, left out']);
});

test.each<[string, Readonly<Record<string, string>>, RegExp]>([
  [
    'a group nobody listed',
    { 'a.yaml': crd('example.com', 'A', {}) },
    /no product is known for A of example.com: add it to/,
  ],
  [
    'a kind that none of a shared group’s products lists',
    { 'a.yaml': crd('argoproj.io', 'Workflow', {}) },
    /no product is known for Workflow/,
  ],
  [
    'a kind defined twice',
    { 'a.yaml': crd('flagger.app', 'A', {}), 'b.yaml': crd('flagger.app', 'A', {}) },
    /flagger.app\/A is defined twice: a.yaml and b.yaml/,
  ],
  [
    'a keyword nobody thought of',
    { 'a.yaml': crd('flagger.app', 'A', { contentEncoding: 'base64' }) },
    /keyword 'contentEncoding' is not known/,
  ],
  [
    'a pattern we could not match',
    { 'a.yaml': crd('flagger.app', 'A', { properties: { spec: { pattern: '(?=a)' } } }) },
    /not supported/,
  ],
  ['broken YAML', { 'a.yaml': 'a: [' }, /^a.yaml: /],
  ['a folder without a CRD', { 'a.yaml': 'a: 1' }, /has no CustomResourceDefinition/],
])('refuses %s', (_, files, message) => expect(() => digest(files)).toThrow(message));

test('prose, CEL, status and what every kind has are dropped', () => {
  const text = {
    type: 'string',
    description: 'prose',
    title: 'prose',
    example: 'prose',
    externalDocs: { url: 'prose' },
  };
  const rules = [{ rule: 'prose', message: 'prose' }];
  const spec = {
    type: 'object',
    description: 'prose',
    properties: { description: text },
    'x-kubernetes-validations': rules,
  };
  const shared = { apiVersion: text, kind: text, metadata: { type: 'object' }, status: { type: 'object' } };
  const files = digest({
    'a.yaml': crd('flagger.app', 'A', {
      type: 'object',
      required: ['metadata', 'spec'],
      properties: { ...shared, spec },
    }),
  });
  expect(files.get(flagger)).not.toContain('prose');
  const { nodes } = JSON.parse(files.get(flagger)!) as DigestFile;
  expect(nodes).toEqual([
    { type: 'string' },
    { properties: { description: 0 }, type: 'object' },
    { properties: { spec: 1 }, required: ['spec'], type: 'object' },
  ]);
});

test('equal subtrees become one node, whatever the order of their keywords', () => {
  const spec = { properties: { a: { type: 'string', minLength: 1 }, b: { minLength: 1, type: 'string' } } };
  const { nodes } = JSON.parse(
    digest({ 'a.yaml': crd('flagger.app', 'A', { properties: { spec } }) }).get(flagger)!,
  ) as DigestFile;
  expect(nodes[1]).toEqual({ properties: { a: 0, b: 0 } });
});

test('quoted prose that only Go can read does no harm', () => {
  const text = `kind: CustomResourceDefinition\nspec:\n  group: flagger.app\n  scope: Namespaced\n  names: {kind: A, plural: as}\n  versions:\n  - name: v1\n    served: true\n    schema:\n      openAPIV3Schema:\n        description: 'it''s\n        not indented'\n        type: object\n`;
  expect(digest({ 'a.yaml': text }).get(flagger)).toContain('{"type":"object"}');
});

const table = (...nodes: DigestNode[]): DigestFile => ({ roots: { 'e.com/v1/A': nodes.length - 1 }, nodes });
const facts: KindFacts = {
  group: 'e.com',
  kind: 'A',
  plural: 'as',
  scope: 'Namespaced',
  product: 'p',
  release: 'v1',
  versions: [],
  preferred: 'v1',
};
const typesOf = (...nodes: DigestNode[]): string => typesText(productTypes([facts], table(...nodes)));

test.each<[string, DigestNode[], string]>([
  ['an enum is a union', [{ type: 'string', enum: ['a', "b'"] }], "x?: 'a' | 'b\\'';"],
  ['int-or-string', [{ intOrString: true }], 'x?: number | string;'],
  ['a list of unions', [{ intOrString: true }, { type: 'array', items: 0 }], 'x?: readonly (number | string)[];'],
  ['a map', [{ type: 'integer' }, { type: 'object', values: 0 }], 'x?: Readonly<Record<string, number>>;'],
  ['anything', [{ preserve: true }], 'x?: Json;'],
  ['any object', [{ type: 'object', preserve: true }], 'x?: JsonObject;'],
  ['nullable', [{ type: 'boolean', nullable: true }], 'x?: boolean | null;'],
  ['a pattern that would end the comment', [{ type: 'string', pattern: '^a*/$' }], '/** Matches `^a*\\/$`. */'],
])('types: %s', (_, nodes, expected) => {
  expect(
    typesOf(
      ...nodes,
      { type: 'object', properties: { x: nodes.length - 1 } },
      { type: 'object', properties: { spec: nodes.length } },
    ),
  ).toContain(expected);
});

test('types: required without a default is required, with one is not', () => {
  const text = typesOf(
    { type: 'string' },
    { type: 'string', default: 'x' },
    { type: 'object', properties: { a: 0, b: 1 }, required: ['a', 'b'] },
    { type: 'object', properties: { spec: 2 } },
  );
  expect(text).toContain('  readonly a: string;\n  /** @default "x" */\n  readonly b?: string;');
});

test('equal subtrees share a name, the shortest path gives it, and every kind has its own spec', () => {
  const root = nodeTable(
    table(
      { type: 'string' },
      { type: 'object', properties: { x: 0 } },
      { type: 'object', properties: { deep: 1 } },
      { type: 'object', properties: { long: 2, short: 1 } },
      { type: 'object', properties: { spec: 3 } },
    ),
  )(4);
  const { nameOf, aliases } = nameNodes([
    { kind: 'A', root },
    { kind: 'B', root },
  ]);
  expect([...nameOf.values()].sort()).toEqual(['ASpec', 'ASpecLong', 'ASpecShort']);
  expect([...aliases]).toEqual([['BSpec', 'ASpec']]);
});

test('a taken name gets a number', () => {
  const root = nodeTable(
    table(
      { type: 'string' },
      { type: 'object', properties: { x: 0 } },
      { type: 'object', properties: { y: 0 } },
      { type: 'object', properties: { 'a-b': 1, aB: 2 } },
      { type: 'object', properties: { spec: 3 } },
    ),
  )(4);
  expect([...nameNodes([{ kind: 'A', root }]).nameOf.values()].sort()).toEqual(['ASpec', 'ASpecAB', 'ASpecAB2']);
});
