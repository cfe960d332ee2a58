import fc from 'fast-check';
import { readCrds } from '../../scripts/schemas/crds';
import type { Manifest } from '../../src/kernel/manifest';
import { type KindFacts, knownKinds, type SchemaNode, trySchema, validate } from '../../src/schema';
import type { DigestFile } from '../../src/schema/digest';
import { readProduct } from '../../src/schema/load';
import { mutated, valueFor } from './arbitrary';
import { crdValidator, digestValidators, prepared } from './json-schema';
import { sharedPath, testWith } from './shared';

type Accepts = (value: unknown) => boolean;

const files = new Map<string, { file: DigestFile; validators: ReturnType<typeof digestValidators> }>();

function digestOf({ product, release }: KindFacts): {
  file: DigestFile;
  validators: ReturnType<typeof digestValidators>;
} {
  let entry = files.get(product);
  if (entry === undefined) {
    const file = readProduct(product, release);
    entry = { file, validators: digestValidators(file) };
    files.set(product, entry);
  }
  return entry;
}

const idOf = (facts: KindFacts): string => `${facts.group}/${facts.preferred}/${facts.kind}`;
const schemaOf = (facts: KindFacts): SchemaNode => trySchema(`${facts.group}/${facts.preferred}`, facts.kind)!;

/** Ours. A null under an unknown field is a warning of ours and an error of any plain validator. */
function ours(facts: KindFacts, value: unknown): boolean {
  const manifest = {
    ...(value as object),
    apiVersion: `${facts.group}/${facts.preferred}`,
    kind: facts.kind,
    metadata: { name: 'x' },
  };
  return validate(manifest as Manifest).length === 0;
}

/** Runs both over values and their mutations; returns how many of each they agreed to accept and refuse. */
function agree(facts: KindFacts, accepts: Accepts, runs: number): { accepted: number; refused: number } {
  const count = { accepted: 0, refused: 0 };
  const value = valueFor(schemaOf(facts));
  const pairs = value.chain((first) => fc.tuple(fc.constant(first), mutated(first)));
  const check = (candidate: unknown): void => {
    const verdict = accepts(candidate);
    expect([ours(facts, candidate), candidate]).toEqual([verdict, candidate]);
    count[verdict ? 'accepted' : 'refused']++;
  };
  fc.assert(
    fc.property(pairs, ([first, second]) => {
      check(first);
      check(second);
    }),
    { numRuns: runs, seed: 20_260_901 },
  );
  return count;
}

const kinds = knownKinds();

describe('ours and ajv over the digest give one verdict on what the schema admits and on what is one change away', () => {
  const total = { accepted: 0, refused: 0 };
  test.each(kinds.map((facts) => [`${facts.product} ${facts.kind}`, facts] as const))('%s', (_, facts) => {
    const { file, validators } = digestOf(facts);
    const validator = validators.get(idOf(facts))!;
    const { accepted, refused } = agree(
      facts,
      (value) => validator(prepared(file, file.roots[idOf(facts)]!, value)),
      30,
    );
    total.accepted += accepted;
    total.refused += refused;
  });
  test('both verdicts occur often', () =>
    expect(Math.min(total.accepted, total.refused)).toBeGreaterThan(kinds.length * 5));
});

describe('ours and ajv over the original CRD give one verdict', () => {
  const sample = [
    'AppProject',
    'ArtifactGenerator',
    'ImageUpdateAutomation',
    'ImageUpdater',
    'HTTPRoute',
    'PromotionStrategy',
    'PushSecret',
    'Receiver',
    'ResourceSet',
    'VirtualService',
    'Warehouse',
    'PodMonitor',
  ];
  const sampled = kinds.filter(({ kind }) => sample.includes(kind));
  testWith('crds').each(sampled.map((facts) => [`${facts.product} ${facts.kind}`, facts] as const))(
    '%s',
    (_, facts) => {
      const crd = crds().find(({ spec }) => spec.group === facts.group && spec.names.kind === facts.kind)!;
      const version = crd.spec.versions.find(({ name }) => name === facts.preferred)!;
      const validator = crdValidator(version.schema!.openAPIV3Schema!);
      const { file } = digestOf(facts);
      agree(facts, (value) => validator(prepared(file, file.roots[idOf(facts)]!, value)), 60);
    },
  );
});

let read: ReturnType<typeof readCrds> | undefined;

function crds(): ReturnType<typeof readCrds> {
  read ??= readCrds(sharedPath('crds'), () => undefined);
  return read;
}
