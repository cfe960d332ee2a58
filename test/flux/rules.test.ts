/** The rules of the room: their samples, real manifests, and what they refuse through constructors. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import { checkManifest } from '../../src/core/check-manifest';
import { kinds } from '../../src/flux/kinds';
import { isManifest, type Manifest } from '../../src/kernel/manifest';
import type { Rule } from '../../src/kernel/rule';
import { trySchema } from '../../src/schema';
import { valueFor } from '../schema/arbitrary';

const CORPUS = join(__dirname, '../../../shared/corpus');
const corpusTest = existsSync(CORPUS) ? test : test.skip;
if (!existsSync(CORPUS)) console.warn(`no ${CORPUS}: the tests on real manifests are skipped`);

const rules = kinds.flatMap((kind) => kind.rules.map((rule) => [rule.code, rule as Rule<unknown>, kind] as const));

test.each(rules)('%s: its wrong sample shows this mistake alone, its right sample none', (code, rule, kind) => {
  const codes = (sample: string) => checkManifest(parse(sample), kind.rules).map((issue) => issue.code);
  expect(new Set(codes(rule.wrong))).toEqual(new Set([code]));
  expect(codes(rule.right)).toEqual([]);
  expect(parse(rule.wrong).kind).toBe(kind.kind);
});

test('codes are unique and begin with the room', () => {
  const codes = rules.map(([code]) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^flux-[a-z0-9-]+$/);
});

test.each(kinds.map((kind) => [kind.kind, kind] as const))(
  '%s: rules never throw on what the schema admits',
  (_, kind) => {
    const spec = trySchema(kind.apiVersion, kind.kind)!.properties!.get('spec')!;
    fc.assert(
      fc.property(valueFor(spec), (value) => {
        const manifest = { apiVersion: kind.apiVersion, kind: kind.kind, metadata: { name: 'x' }, spec: value };
        checkManifest(manifest as Manifest, kind.rules);
      }),
      { numRuns: 100, seed: 11 },
    );
  },
);

test.each(kinds.map((kind) => [kind.kind, kind] as const))('%s: rules never throw on foreign data', (_, kind) => {
  const fields = [...trySchema(kind.apiVersion, kind.kind)!.properties!.get('spec')!.properties!.keys()];
  const odd = fc.oneof(fc.jsonValue(), fc.constant(null), fc.array(fc.constant(null)), fc.constant([{}, null, 3]));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...fields), odd), odd, (spec, metadata) => {
      checkManifest({ apiVersion: kind.apiVersion, kind: kind.kind, metadata, spec } as never, kind.rules);
    }),
    { numRuns: 200, seed: 12 },
  );
});

function manifestsIn(directory: string): [string, Manifest][] {
  return readdirSync(join(CORPUS, directory)).flatMap((file) => {
    if (!file.endsWith('.yaml')) return [];
    const documents = [
      ...parseAllDocuments(readFileSync(join(CORPUS, directory, file), 'utf8'), { logLevel: 'silent' }),
    ];
    const whole = documents.filter(({ errors }) => errors.length === 0);
    return whole
      .map((document) => [file, document.toJS()] as [string, Manifest])
      .filter(([, value]) => isManifest(value));
  });
}

corpusTest('real manifests show no error', () => {
  const tally: string[] = [];
  for (const kind of kinds) {
    const files = manifestsIn(`valid/flux/${kind.kind.toLowerCase()}`);
    const issues = files.flatMap(([file, manifest]) =>
      checkManifest(manifest, kind.rules).map(({ severity, code }) => `${severity} ${code} ${file}`),
    );
    expect(issues.filter((issue) => issue.startsWith('error'))).toEqual([]);
    tally.push(
      `${kind.kind}: ${files.length} files, ${issues.length} warnings${issues.map((i) => `\n  ${i}`).join('')}`,
    );
  }
  console.info(tally.join('\n'));
});

corpusTest('what the API server or the controller refuses is refused', () => {
  const refused: string[] = [];
  const missed: string[] = [];
  for (const [file, manifest] of manifestsIn('invalid')) {
    const kind = kinds.find((entry) => entry.apiVersion === manifest.apiVersion && entry.kind === manifest.kind);
    if (kind === undefined) continue;
    const errors = checkManifest(manifest, kind.rules).filter(({ severity }) => severity === 'error');
    (errors.length > 0 ? refused : missed).push(`${file} ${errors.map(({ code }) => code).join(' ')}`);
  }
  console.info(`refused ${refused.length}, missed ${missed.length}\n${refused.join('\n')}`);
  expect(missed).toEqual([]);
});
