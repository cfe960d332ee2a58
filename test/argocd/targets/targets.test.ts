import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { parse } from 'yaml';
import { targetTables } from '../../../scripts/docs/targets';
import { EnvironmentStack, GitOpsApp, waive } from '../../../src';
import { Application, AppProject, ArgoCdDelivery, automated } from '../../../src/argocd';
import { GATES, SUPERSEDED } from '../../../src/argocd/targets/gates';
import { targetRules } from '../../../src/argocd/targets/rules';
import { allKinds, findKind } from '../../../src/checks/registry';
import { checkTexts } from '../../../src/checks/run';
import { withTargets } from '../../../src/checks/targets';
import { checkManifest } from '../../../src/core/check-manifest';
import { ARGO_CD_VERSIONS, type ArgoCdVersion, type Targets } from '../../../src/core/targets';
import type { Issue } from '../../../src/kernel/issue';
import { groupOf, type Manifest } from '../../../src/kernel/manifest';
import { synthTree } from '../../../src/testing';
import { runCli } from '../../cli/terminal';
import { codesOf, issuesOf } from '../../support/issues';
import { SAMPLES } from './samples';

const NEWER = 'argocd-newer-than-target';
const SUPERSEDED_CODE = 'argocd-superseded-at-target';
const CODES = [NEWER, SUPERSEDED_CODE];

function issuesAt(argocd: ArgoCdVersion | undefined, sample: string | Manifest): Issue[] {
  const manifest: Manifest = typeof sample === 'string' ? parse(sample) : sample;
  const lookup = withTargets(findKind, { argocd });
  return checkManifest(manifest, lookup(groupOf(manifest.apiVersion), manifest.kind)?.rules ?? []);
}

const gatedAt = (argocd: ArgoCdVersion | undefined, sample: string | Manifest) =>
  issuesAt(argocd, sample).filter(({ code }) => CODES.includes(code));

const before = (version: ArgoCdVersion) => ARGO_CD_VERSIONS[ARGO_CD_VERSIONS.indexOf(version) - 1]!;

test('every gate has a sample, and every sample a gate', () => {
  const names = [...GATES, ...SUPERSEDED].map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(Object.keys(SAMPLES).sort()).toEqual([...names].sort());
});

describe.each(GATES.map((gate) => [gate.name, gate] as const))('%s', (name, gate) => {
  const sample = SAMPLES[name]!;

  test('is refused one minor below, with the version that has it and what to write instead', () => {
    const target = before(gate.since);
    const [issue, ...others] = gatedAt(target, sample).filter(({ message }) => message.startsWith(name));
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ code: NEWER, severity: 'error', fix: gate.instead });
    expect(issue!.message).toBe(
      `${name} (got ${/\(got (.*?)\) needs/.exec(issue!.message)?.[1]}) needs Argo CD ${gate.since}; in ${target}, the target, ${gate.effect}`,
    );
    expect(issue!.at.path).toMatch(/^\.(spec|metadata|operation)\./);
  });

  test('is accepted at its minor, and where there is no target', () => {
    expect(gatedAt(gate.since, sample)).toEqual([]);
    expect(gatedAt(undefined, sample)).toEqual([]);
  });

  test('its sample has no other error', () => {
    expect(issuesAt(undefined, sample).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe.each(SUPERSEDED.map((gate) => [gate.name, gate] as const))('%s', (name, gate) => {
  test('is warned of at its minor, and passes below and without a target', () => {
    expect(gatedAt(gate.since, SAMPLES[name]!)).toMatchObject([{ code: SUPERSEDED_CODE, severity: 'warning' }]);
    expect(gatedAt(before(gate.since), SAMPLES[name]!)).toEqual([]);
    expect(gatedAt(undefined, SAMPLES[name]!)).toEqual([]);
  });
});

describe('where a gate looks', () => {
  const application = parse(SAMPLES['retry.refresh']!);
  const set = (spec: object) => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'checkout', namespace: 'argocd' },
    spec: { goTemplate: true, goTemplateOptions: ['missingkey=error'], ...spec },
  });
  const pathsOf = (manifest: object) => gatedAt('3.0', manifest as Manifest).map(({ at }) => at.path);

  test('the template of an ApplicationSet, and those of its generators', () => {
    const template = { metadata: { name: 'checkout' }, spec: application.spec };
    expect(pathsOf(set({ generators: [{ list: { elements: [], template } }], template }))).toEqual([
      '.spec.template.spec.syncPolicy.retry.refresh',
      '.spec.generators[0].list.template.spec.syncPolicy.retry.refresh',
    ]);
  });

  test('generators inside a matrix inside a merge, which the CRD leaves untyped', () => {
    const git = { repoURL: 'https://github.com/acme/deploy.git', files: [{ path: 'a.yaml', exclude: true }] };
    const inner = { matrix: { generators: [{ git }, { list: { elements: [{ a: 'b' }] } }] } };
    const merge = { mergeKeys: ['a'], generators: [inner, { list: { elements: [{ a: 'b' }] } }] };
    const { spec } = application;
    const found = pathsOf(set({ generators: [{ merge }], template: { metadata: { name: 'x' }, spec } }));
    expect(found).toContain('.spec.generators[0].merge.generators[0].matrix.generators[0].git.files[0].exclude');
  });

  test('every source of several, and the operation', () => {
    const sources = [
      { repoURL: 'https://github.com/acme/a.git', path: 'a', targetRevision: 'main' },
      { repoURL: 'https://github.com/acme/b.git', path: 'b', targetRevision: '1.x', tagPrefix: 'b/' },
    ];
    const operation = { sync: { sources }, retry: { refresh: true } };
    const { source: _, syncPolicy: __, ...spec } = application.spec;
    expect(pathsOf({ ...application, spec: { ...spec, sources }, operation })).toEqual([
      '.operation.retry.refresh',
      '.spec.sources[1].tagPrefix',
      '.operation.sync.sources[1].tagPrefix',
    ]);
  });

  test('hooks of any kind, and not what merely resembles one', () => {
    const job = (hook: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'drain', namespace: 'shop', annotations: { 'argocd.argoproj.io/hook': hook } },
    });
    expect(gatedAt('3.2', job('PreDelete'))).toMatchObject([
      { code: NEWER, at: { object: 'ConfigMap/shop/drain', path: '.metadata.annotations["argocd.argoproj.io/hook"]' } },
    ]);
    expect(gatedAt('3.2', job('PostDelete'))).toEqual([]);
  });

  test('a null is no field, and foreign data of the wrong shape makes no rule throw', () => {
    const { retry: _, ...policy } = application.spec.syncPolicy;
    const nothing = { ...application, spec: { ...application.spec, syncPolicy: { ...policy, automated: null } } };
    expect(gatedAt('3.0', nothing)).toEqual([]);
    for (const kind of ['Application', 'ApplicationSet', 'AppProject']) {
      for (const spec of [undefined, null, 3, [], { generators: 1, syncPolicy: [] }, { syncWindows: {} }]) {
        expect(() => issuesAt('3.0', { apiVersion: 'argoproj.io/v1alpha1', kind, spec } as Manifest)).not.toThrow();
      }
    }
  });

  test('long values are cut short in the message', () => {
    const values = 'x'.repeat(500);
    const hydrated = parse(SAMPLES['sourceHydrator.drySource.helm']!);
    hydrated.spec.sourceHydrator.drySource.helm = { values };
    expect(gatedAt('3.2', hydrated)[0]!.message.length).toBeLessThan(300);
  });
});

test('no target adds nothing, and the newest adds nothing to kinds without gates', () => {
  expect(withTargets(findKind, {})).toBe(findKind);
  for (const { group, kind, rules } of allKinds()) {
    if (group === 'argoproj.io') continue;
    expect(withTargets(findKind, { argocd: '3.5' })(group, kind)?.rules ?? rules).toEqual(rules);
  }
});

test('a kind is extended once: its rules stay one list, which synthesis remembers by', () => {
  const lookup = withTargets(findKind, { argocd: '3.0' });
  expect(lookup('argoproj.io', 'Application')!.rules).toBe(lookup('argoproj.io', 'Application')!.rules);
});

describe('the rules have samples like any other', () => {
  test.each([
    ['3.4', NEWER],
    ['3.5', SUPERSEDED_CODE],
  ] as const)('at %s: %s', (target, code) => {
    const rule = targetRules(target, 'argoproj.io', 'Application').find((found) => found.code === code)!;
    expect(issuesAt(target, rule.wrong).map((issue) => issue.code)).toEqual([code]);
    expect(issuesAt(target, rule.right)).toEqual([]);
  });
});

function program(targets: Targets | undefined, build: (stack: EnvironmentStack) => void): () => Record<string, string> {
  const app = new GitOpsApp({ targets });
  const hub = app.environment('hub', { cluster: { server: 'https://kubernetes.default.svc' } });
  build(new EnvironmentStack(hub, 'platform', { namespace: 'argocd' }));
  return () => synthTree(app);
}

const checkout = (stack: EnvironmentStack, sync: object = {}) =>
  new Application(stack, 'checkout', {
    project: 'shop',
    source: { repoURL: 'https://github.com/acme/deploy.git', path: 'checkout', targetRevision: 'main' },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
    ...sync,
  });

describe('an app with a target', () => {
  const newer = (stack: EnvironmentStack) => checkout(stack, { syncOptions: { prune: 'confirm' } });

  test('refuses at synth what is newer, with construct, object and field', () => {
    expect(issuesOf(program({ argocd: '3.3' }, newer))).toMatchObject([
      {
        code: NEWER,
        at: {
          construct: 'hub/platform/checkout',
          object: 'Application/argocd/checkout',
          path: '.spec.syncPolicy.syncOptions[0]',
        },
      },
    ]);
    expect(program({ argocd: '3.4' }, newer)).not.toThrow();
    expect(program(undefined, newer)).not.toThrow();
    expect(program({}, newer)).not.toThrow();
  });

  test('judges plain ApiObjects alike', () => {
    const plain = (stack: EnvironmentStack) =>
      new ApiObject(stack, 'shop', parse(SAMPLES['syncWindows[].syncOverrun']!));
    expect(codesOf(program({ argocd: '3.4' }, plain))).toEqual([NEWER]);
  });

  test('accepts a waiver', () => {
    const waived = (stack: EnvironmentStack) => {
      waive(stack, NEWER, 'the cluster runs a patched Argo CD');
      newer(stack);
    };
    expect(program({ argocd: '3.3' }, waived)).not.toThrow();
  });

  test('is satisfied, at every version, with what a delivery makes by default', () => {
    for (const argocd of ARGO_CD_VERSIONS) {
      const app = new GitOpsApp({
        repository: { url: 'https://github.com/acme/deploy.git', path: 'dist' },
        targets: { argocd },
      });
      const prod = app.environment('prod', { cluster: { server: 'https://kubernetes.default.svc' } });
      const stack = new EnvironmentStack(prod, 'web', { namespace: 'web' });
      new ApiObject(stack, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' } });
      new ArgoCdDelivery(app, 'delivery', { project: 'shop', sync: automated({ prune: true, selfHeal: true }) });
      expect(Object.keys(synthTree(app))).not.toEqual([]);
    }
  });

  test('automated() without options says enabled: true, which 3.0 does not have', () => {
    expect(codesOf(program({ argocd: '3.0' }, (stack) => checkout(stack, { sync: automated() })))).toEqual([NEWER]);
    expect(program({ argocd: '3.0' }, (stack) => checkout(stack, { sync: automated({ prune: true }) }))).not.toThrow();
  });

  test('judges projects', () => {
    const project = (stack: EnvironmentStack) =>
      new AppProject(stack, 'shop', {
        sourceRepos: ['*'],
        destinations: [{ server: '*', namespace: 'shop' }],
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'shop' }],
      });
    expect(codesOf(program({ argocd: '3.2' }, project))).toEqual([NEWER]);
    expect(program({ argocd: '3.3' }, project)).not.toThrow();
  });
});

describe('targets', () => {
  test('are of known products and minors, to the compiler', () => {
    const known: Targets = { argocd: '3.4' };
    // @ts-expect-error no such minor is known
    const unknown: Targets = { argocd: '2.14' };
    // @ts-expect-error no such product
    const product: Targets = { argo: '3.4' };
    expect([known, unknown, product]).toHaveLength(3);
  });

  test.each([
    [{ argocd: '9.9' }, 'target-version-unknown', "use one of '3.0', '3.1', '3.2', '3.3', '3.4', '3.5'"],
    [{ argocd: 'v3.4.7' }, 'target-version-unknown', "give the minor: '3.4'"],
    [{ argocd: 3.4 }, 'target-version-unknown', "use one of '3.0', '3.1', '3.2', '3.3', '3.4', '3.5'"],
    [{ argcd: '3.4' }, 'target-product-unknown', 'did you mean argocd?'],
    [{ constructor: '3.4' }, 'target-product-unknown', 'use one of argocd'],
  ])('and %j is refused by the app', (targets, code, fix) => {
    expect(issuesOf(() => new GitOpsApp({ targets: targets as Targets }))).toMatchObject([
      { code, severity: 'error', fix, at: { source: expect.stringContaining('targets.test.ts') } },
    ]);
  });
});

test('a check of files judges by target, with the line', () => {
  const result = (lookup = findKind) => checkTexts({ 'app.yaml': SAMPLES['retry.refresh']! }, { lookup });
  expect(result().issues).toEqual([]);
  expect(result(withTargets(findKind, { argocd: '3.1' })).issues).toMatchObject([
    { code: NEWER, at: { file: 'app.yaml', path: '.spec.syncPolicy.retry.refresh', line: expect.any(Number) } },
  ]);
});

test('the tables of docs/targets.md are the gates', () => {
  const page = readFileSync(join(__dirname, '../../../docs/targets.md'), 'utf8');
  for (const table of targetTables()) expect(page).toContain(`\n${table}\n`);
});

describe('cdk8s-gitops check --target', () => {
  const check = (...args: string[]) => runCli(['check', ...args, '-'], { stdin: SAMPLES['tagPrefix'] });

  test('refuses what is newer, by field and line', async () => {
    const { code, stdout } = await check('--target', 'argocd=3.4');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^error argocd-newer-than-target {2}stdin:\d+:\d+ Application\/argocd\/checkout \.spec\.source/,
    );
    expect(await check('--target', 'argocd=3.5')).toMatchObject({ code: 0 });
    expect(await check()).toMatchObject({ code: 0 });
  });

  test.each([
    [['--target', 'argocd'], 'Write <product>=<version>, such as argocd=3.4.'],
    [['--target', 'argocd=3.9'], 'the target version of argocd is "3.9", which is none that is known: use one of'],
    [['--target', 'argcd=3.4'], 'did you mean argocd?'],
    [['--target', 'argocd=3.4', '--target', 'argocd=3.5'], 'There is a target of argocd already.'],
  ])('%j is a mistake of usage', async (args, message) => {
    const { code, stderr } = await check(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
