/** Every rule by its samples, and all of them over real manifests. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { checkManifest } from '../../src/core/check-manifest';
import { isManifest, type Manifest } from '../../src/kernel/manifest';
import { kinds } from '../../src/rollouts/kinds';

const rules = [...new Set(kinds.flatMap((kind) => kind.rules))];

function codes(manifest: Manifest): string[] {
  const kind = kinds.find((each) => each.kind === manifest.kind)!;
  return checkManifest(manifest, kind.rules).map(({ code, at, message }) =>
    code.startsWith('schema-') ? `${code} ${at.path} ${message}` : code,
  );
}

describe('each rule reports its wrong sample, alone, and no rule its right one', () => {
  test.each(rules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
    expect(codes(parse(rule.wrong))).toEqual([code]);
    expect(codes(parse(rule.right))).toEqual([]);
  });
});

test('codes are unique, and say where the rule is from', () => {
  expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
  for (const { code, why } of rules) {
    expect(code).toMatch(/^rollouts-[a-z0-9-]+$/);
    expect(why).toMatch(/\.go/);
  }
});

test('no rule throws on parts that are empty or null', () => {
  const empty = [{}, { spec: null }, { spec: {} }, { spec: { strategy: null } }, { spec: { metrics: [null, {}] } }];
  const steps = [null, {}, { pause: null }, { analysis: {} }, { experiment: { templates: [null], analyses: [{}] } }];
  const deep = [
    { spec: { strategy: { canary: { steps, trafficRouting: {}, analysis: { args: [null] } }, blueGreen: {} } } },
    { spec: { template: { metadata: {}, spec: { containers: [null, { ports: [null] }] } }, selector: {} } },
    {
      spec: {
        metrics: [{ provider: { plugin: {}, web: {}, kayenta: { scopes: [null] } } }],
        args: [null],
        dryRun: [{}],
      },
    },
  ];
  for (const body of [...empty, ...deep]) {
    for (const { apiVersion, kind, rules: own } of kinds) {
      const manifest = { apiVersion, kind, ...body } as Manifest;
      expect(() => checkManifest(manifest, own)).not.toThrow();
      for (const rule of own) expect(() => rule.check(manifest as never, () => {})).not.toThrow();
    }
  }
});

const corpus = join(__dirname, '../../../shared/corpus');

function manifestsOf(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(file, 'utf8'))
    .map((document) => document.toJS() as unknown)
    .filter((value): value is Manifest => isManifest(value) && kinds.some(({ kind }) => kind === value.kind));
}

/** In the corpus because the schema admits them; the controller itself sets InvalidSpec, in two of them by design. */
const REFUSED_BY_CONTROLLER: Readonly<Record<string, string>> = {
  '025-argo-rollouts-rollout-canary.yaml': 'rollouts-selector-missing',
  '061-argo-rollouts-nginx-rollout.yaml': 'rollouts-experiment-weight-router',
  '076-argo-rollouts-rollout-invalid.yaml': 'rollouts-selector-mismatch',
};

if (existsSync(corpus)) {
  test('real manifests that the controller takes have no error', () => {
    const wrong: Record<string, string[]> = {};
    let files = 0;
    let warnings = 0;
    for (const folder of ['rollout', 'analysistemplate', 'clusteranalysistemplate', 'analysisrun', 'experiment']) {
      for (const name of readdirSync(join(corpus, 'valid/rollouts', folder))) {
        files++;
        for (const manifest of manifestsOf(join(corpus, 'valid/rollouts', folder, name))) {
          const issues = checkManifest(manifest, kinds.find(({ kind }) => kind === manifest.kind)!.rules);
          const errors = issues.filter(({ severity, code }) => severity === 'error' && !code.startsWith('schema-'));
          warnings += issues.length - errors.length;
          if (errors.length > 0) wrong[name] = errors.map(({ code, at, message }) => `${code} ${at.path} ${message}`);
        }
      }
    }
    console.info(`corpus/valid: ${files} files, ${warnings} warnings`);
    expect(Object.keys(wrong).sort()).toEqual(Object.keys(REFUSED_BY_CONTROLLER));
    for (const [name, code] of Object.entries(REFUSED_BY_CONTROLLER)) expect(wrong[name]!.join()).toContain(code);
  });

  test('real manifests that the controller refuses are reported', () => {
    const tally: string[] = [];
    for (const name of readdirSync(join(corpus, 'invalid'))) {
      const text = readFileSync(join(corpus, 'invalid', name), 'utf8');
      if (!/^# layer: controller\s*$/m.test(text)) continue;
      const manifests = manifestsOf(join(corpus, 'invalid', name)).filter(({ apiVersion }) =>
        apiVersion.startsWith('argoproj.io/'),
      );
      if (manifests.length === 0) continue;
      const found = manifests.flatMap(codes);
      tally.push(`${name}: ${found.join(', ') || 'nothing'}`);
    }
    console.info(tally.join('\n'));
    // The Services of the second file do not match, which one manifest cannot show.
    expect(tally.filter((line) => line.endsWith(': nothing')).map((line) => line.slice(0, 3))).toEqual(['076']);
  });
} else {
  console.warn('no ../shared/corpus here: rules are not tried on real manifests');
}
