/** Every generated construct writes its kind, and refuses what the schema refuses. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import { products } from '../../scripts/schemas/products';
import type { Resource } from '../../src/core/resource';
import { type KindFacts, knownKinds, trySchema, validate } from '../../src/schema';
import { valueFor } from '../schema/arbitrary';

type Class = new (scope: Construct, id: string, props: object) => Resource;

const src = join(__dirname, '../../src');

const handWritten = new Set(
  products.flatMap(({ name, handWritten: kinds = [] }) => kinds.map((kind) => `${name} ${kind}`)),
);
const generated = knownKinds().filter(({ product, kind }) => !handWritten.has(`${product} ${kind}`));

function classOf({ product, kind }: KindFacts): Class {
  const { room } = products.find(({ name }) => name === product)!;
  return (require(join(src, room, 'generated/kinds')) as Record<string, Class>)[kind]!;
}

const chart = (): Chart => new Chart(new App(), 'web', { namespace: 'shop', disableResourceNameHashes: true });

describe.each(generated.map((facts) => [`${facts.product} ${facts.kind}`, facts] as const))('%s', (_, facts) => {
  const schema = trySchema(`${facts.group}/${facts.preferred}`, facts.kind)!;
  const identity = { apiVersion: `${facts.group}/${facts.preferred}`, kind: facts.kind };

  test('writes what it is given, under its identity', () => {
    let written = 0;
    for (const body of fc.sample(valueFor(schema), { numRuns: 10, seed: 3 })) {
      if (validate({ ...identity, metadata: { name: 'x' }, ...(body as object) }).length > 0) continue;
      const { metadata, ...rest } = new (classOf(facts))(chart(), 'x', body as object).toJson();
      expect(metadata?.namespace).toBe(facts.scope === 'Cluster' ? undefined : 'shop');
      expect(JSON.parse(JSON.stringify(rest))).toEqual(
        JSON.parse(JSON.stringify({ ...identity, ...(body as object) })),
      );
      written++;
    }
    expect(written).toBeGreaterThan(0);
  });

  test('refuses an unknown field', () => {
    expect(() => new (classOf(facts))(chart(), 'x', { speck: {} })).toThrow(/schema-field-unknown/);
  });
});

test('a room without a hand-written kind exports each class, its props and its spec by name', () => {
  for (const { room, handWritten: kinds, name } of products) {
    if (kinds !== undefined) continue;
    const exported = require(join(src, room, 'index')) as Record<string, unknown>;
    expect(Object.keys(exported).sort()).toEqual(
      knownKinds()
        .filter(({ product }) => product === name)
        .map(({ kind }) => kind)
        .sort(),
    );
  }
});

test('no generated file is left over', () => {
  const rooms = readdirSync(src).filter((room) => existsSync(join(src, room, 'generated')) && room !== 'schema');
  const expected = products
    .filter(({ name }) => generated.some(({ product }) => product === name))
    .map(({ room }) => room);
  expect(rooms.sort()).toEqual(expected.sort());
});
