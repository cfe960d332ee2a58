/** Laws of the interpreter that no kind of ours shows by itself, over schemas made for the purpose. */
import fc from 'fast-check';
import type { Manifest } from '../../src/kernel/manifest';
import { knownKinds, type SchemaNode, validate, validateMetadata } from '../../src/schema';
import type { DigestNode } from '../../src/schema/digest';
import { nodeTable } from '../../src/schema/node';
import { Walk } from '../../src/schema/walk';

/** Nodes are numbered from 0; the last is the schema. */
function schema(...nodes: DigestNode[]): SchemaNode {
  return nodeTable({ roots: {}, nodes })(nodes.length - 1);
}

function codes(node: SchemaNode, value: unknown): string[] {
  const walk = new Walk(node);
  walk.visit(node, value, node);
  return walk.findings.map(({ code }) => code);
}

const text: DigestNode = { type: 'string' };

test.each<[string, SchemaNode, unknown, string[]]>([
  [
    'anyOf: one fits',
    schema({ required: ['a'] }, { required: ['b'] }, text, {
      type: 'object',
      properties: { a: 2, b: 2 },
      anyOf: [0, 1],
    }),
    { b: 'x' },
    [],
  ],
  [
    'anyOf: none fits',
    schema({ required: ['a'] }, { required: ['b'] }, text, {
      type: 'object',
      properties: { a: 2, b: 2 },
      anyOf: [0, 1],
    }),
    {},
    ['schema-any-of'],
  ],
  [
    'not: fits',
    schema({ required: ['a'] }, text, { type: 'object', properties: { a: 1 }, not: 0 }),
    { a: 'x' },
    ['schema-not'],
  ],
  ['not: fits not', schema({ required: ['a'] }, text, { type: 'object', properties: { a: 1 }, not: 0 }), {}, []],
  [
    'allOf: each is asked',
    schema({ required: ['a'] }, { maxProperties: 0 }, text, { type: 'object', properties: { a: 2 }, allOf: [0, 1] }),
    {},
    ['schema-required'],
  ],
  [
    'a branch sees defaults',
    schema({ required: ['a'] }, { type: 'string', default: 'x' }, { type: 'object', properties: { a: 1 }, anyOf: [0] }),
    {},
    [],
  ],
  [
    'a required field with a default is filled in',
    schema({ type: 'string', default: 'x' }, { type: 'object', properties: { a: 0 }, required: ['a'] }),
    {},
    [],
  ],
  [
    'a required nullable field may be null',
    schema({ type: 'string', nullable: true }, { type: 'object', properties: { a: 0 }, required: ['a'] }),
    { a: null },
    [],
  ],
  ['1.0 is a whole number', schema({ type: 'integer' }), 1.0, []],
  ['1.5 is none', schema({ type: 'integer' }), 1.5, ['schema-type']],
  ['int32 has 32 bits', schema({ type: 'integer', format: 'int32' }), 2 ** 31, ['schema-format']],
  ['int-or-string: a number', schema({ intOrString: true }), 80, []],
  ['int-or-string: a string', schema({ intOrString: true }), 'http', []],
  ['int-or-string: a fraction', schema({ intOrString: true }), 1.5, ['schema-type']],
  ['NaN is no number', schema({ type: 'number' }), Number.NaN, ['schema-type']],
  ['exclusive minimum', schema({ type: 'number', minimum: 0, exclusiveMinimum: true }), 0, ['schema-bound']],
  ['multipleOf', schema({ type: 'integer', multipleOf: 5 }), 7, ['schema-bound']],
  ['characters are counted, not UTF-16 units', schema({ type: 'string', maxLength: 2 }), '\u{1F600}\u{1F600}', []],
  [
    'a set has no item twice',
    schema(text, { type: 'array', items: 0, list: 'set' }),
    ['a', 'b', 'a'],
    ['schema-duplicate-key'],
  ],
  ['1 and "1" are two', schema({ intOrString: true }, { type: 'array', items: 0, list: 'set' }), [1, '1'], []],
  [
    'a map list’s keys have defaults',
    schema(
      text,
      { type: 'string', default: 'TCP' },
      { type: 'object', properties: { port: 0, protocol: 1 } },
      { type: 'array', items: 2, list: 'map', keys: ['port', 'protocol'] },
    ),
    [{ port: '1' }, { port: '1', protocol: 'TCP' }],
    ['schema-duplicate-key'],
  ],
  [
    'an embedded resource has an identity',
    schema({ type: 'object', embedded: true }),
    { apiVersion: 'v1', kind: 'A', metadata: {}, spec: 1 },
    ['schema-field-unknown'],
  ],
  ['a bare object has no fields', schema({ type: 'object' }), { a: 1 }, ['schema-field-unknown']],
  ['preserved fields are kept', schema({ type: 'object', preserve: true }), { a: null }, []],
  ['a map of anything', schema({ type: 'object', values: true }), { a: null }, []],
  ['a map’s value may not be null', schema(text, { type: 'object', values: 0 }), { a: null }, ['schema-null']],
  ['a class instance is no object', schema({ type: 'object', preserve: true }), new Date(0), ['schema-type']],
  [
    'undefined is absent',
    schema(text, { type: 'object', properties: { a: 0 }, required: ['a'] }),
    { a: undefined, b: undefined },
    ['schema-required'],
  ],
  [
    '__proto__ is a name like any other',
    schema({ type: 'object' }),
    JSON.parse('{"__proto__":{"a":1}}'),
    ['schema-field-unknown'],
  ],
])('%s', (_, node, value, expected) => expect(codes(node, value)).toEqual(expected));

const anyValue = fc.anything({
  withDate: true,
  withBigInt: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
});
const identities = knownKinds().map(({ group, kind, preferred }) => ({ apiVersion: `${group}/${preferred}`, kind }));

test('never throws, whatever stands under any kind', () => {
  const body = fc.record(
    { metadata: anyValue, spec: anyValue, operation: anyValue, x: anyValue },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.constantFrom(...identities), body, (identity, rest) => {
      const manifest = { ...rest, ...identity } as unknown as Manifest;
      for (const finding of [...validate(manifest), ...validateMetadata(manifest)])
        expect(finding.message.length + finding.fix.length).toBeLessThan(3000);
    }),
    { numRuns: 2000 },
  );
});

test('never throws, whatever the identity is', () => {
  fc.assert(
    fc.property(anyValue, anyValue, anyValue, (apiVersion, kind, metadata) => {
      expect(Array.isArray(validate({ apiVersion, kind, metadata } as unknown as Manifest))).toBe(true);
    }),
  );
});

test.each(identities)('is not led into cycles and endless nesting: $apiVersion $kind', (identity) => {
  const cyclic: Record<string, unknown> = {};
  for (const key of ['spec', 'metadata', 'template', 'a']) cyclic[key] = cyclic;
  let deep: unknown = 1;
  for (let level = 0; level < 20_000; level++) deep = level % 2 ? [deep] : { spec: deep, a: deep };
  for (const spec of [cyclic, deep])
    expect(validate({ ...identity, metadata: { name: 'a' }, spec } as Manifest)).toBeInstanceOf(Array);
});

test('a message stays short, however large the value', () => {
  const huge = 'x'.repeat(10_000_000);
  const manifest = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: huge },
    spec: { interval: huge, url: huge, provider: huge, timeout: 5, ref: huge },
  };
  for (const { message, fix } of validate(manifest)) expect(message.length + fix.length).toBeLessThan(600);
});
