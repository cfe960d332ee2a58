import { ApiObject, Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { parse } from 'yaml';
import { EnvironmentStack, GitOpsApp } from '../../../src';
import { Application, type ApplicationProps } from '../../../src/argocd';
import {
  type Annotated,
  compareOptions,
  hook,
  ignoreHealthCheck,
  ignoreHpaReplicas,
  ignoreRolloutRouteWeights,
  ignoring,
  link,
  managedByUrl,
  manifestGeneratePaths,
  protectFromDeletion,
  protectFromPrune,
  skipReconcile,
  subscribe,
  syncOptions,
  syncWave,
} from '../../../src/argocd/annotations';
import { annotationRules, carriesArgoAnnotations, ownAnnotationRules } from '../../../src/argocd/annotations/rules';
import { checkManifest } from '../../../src/core/check-manifest';
import type { Manifest } from '../../../src/kernel/manifest';
import { runRules } from '../../../src/kernel/rule';

const least: ApplicationProps = {
  project: 'shop',
  source: { repoURL: 'https://github.com/acme/deploy', path: '.' },
  destination: { name: 'in-cluster', namespace: 'shop' },
};

function job(): ApiObject {
  return new ApiObject(new Chart(Testing.app(), 'c'), 'job', { apiVersion: 'batch/v1', kind: 'Job' });
}

function application(props: Partial<ApplicationProps> = {}): Application {
  return new Application(new EnvironmentStack(new GitOpsApp().environment('prod'), 'apps'), 'web', {
    ...least,
    ...props,
  });
}

function annotated(object: ApiObject, by: (object: Annotated) => void): object {
  by(object);
  const manifest = object.toJson() as Manifest;
  expect(runRules(annotationRules as never, manifest)).toEqual([]);
  return manifest.metadata?.annotations ?? {};
}

test.each<[string, (object: Annotated) => void, object]>([
  ['a hook', (o) => hook(o, 'PreSync'), { 'argocd.argoproj.io/hook': 'PreSync' }],
  [
    'a hook of two phases',
    (o) => hook(o, ['PreSync', 'PostSync'], { deletePolicy: ['HookSucceeded', 'HookFailed'], wave: -1 }),
    {
      'argocd.argoproj.io/hook': 'PreSync,PostSync',
      'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded,HookFailed',
      'argocd.argoproj.io/sync-wave': '-1',
    },
  ],
  ['an object that is never applied', (o) => hook(o, 'Skip'), { 'argocd.argoproj.io/hook': 'Skip' }],
  ['a wave', (o) => syncWave(o, 2), { 'argocd.argoproj.io/sync-wave': '2' }],
  [
    'every sync option',
    (o) =>
      syncOptions(o, {
        prune: 'confirm',
        delete: false,
        pruneLast: true,
        validate: false,
        skipDryRunOnMissingResource: true,
        replace: true,
        force: true,
        serverSideApply: false,
      }),
    {
      'argocd.argoproj.io/sync-options':
        'Prune=confirm,Delete=false,PruneLast=true,Validate=false,SkipDryRunOnMissingResource=true,Replace=true,Force=true,ServerSideApply=false',
    },
  ],
  ['protection from pruning', (o) => protectFromPrune(o), { 'argocd.argoproj.io/sync-options': 'Prune=false' }],
  [
    'options said in two places',
    (o) => {
      syncOptions(o, { prune: 'confirm', replace: true });
      protectFromDeletion(o);
    },
    { 'argocd.argoproj.io/sync-options': 'Prune=false,Replace=true,Delete=false' },
  ],
  [
    'compare options',
    (o) => compareOptions(o, { ignoreExtraneous: true, serverSideDiff: false, includeMutationWebhook: true }),
    { 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous,ServerSideDiff=false,IncludeMutationWebhook=true' },
  ],
  ['ignored health', (o) => ignoreHealthCheck(o), { 'argocd.argoproj.io/ignore-healthcheck': 'true' }],
  [
    'links',
    (o) => {
      link(o, 'runbook', 'https://wiki.acme.io/web');
      link(o, 'grafana', 'https://grafana.acme.io/d/web', 'Dashboard');
    },
    {
      'link.argocd.argoproj.io/runbook': 'https://wiki.acme.io/web',
      'link.argocd.argoproj.io/grafana': 'Dashboard|https://grafana.acme.io/d/web',
    },
  ],
  [
    'subscriptions',
    (o) => {
      subscribe(o, { trigger: 'on-sync-failed', service: 'slack', recipients: ['ops', 'web'] });
      subscribe(o, { service: 'teams', recipients: 'web' });
      subscribe(o, { trigger: 'on-deployed', service: 'grafana' });
    },
    {
      'notifications.argoproj.io/subscribe.on-sync-failed.slack': 'ops;web',
      'notifications.argoproj.io/subscribe.teams': 'web',
      'notifications.argoproj.io/subscribe.on-deployed.grafana': '',
    },
  ],
  [
    'another Argo CD',
    (o) => managedByUrl(o, 'https://cd.acme.io'),
    { 'argocd.argoproj.io/managed-by-url': 'https://cd.acme.io' },
  ],
  [
    'paths that matter',
    (o) => manifestGeneratePaths(o, ['.', '/shared']),
    { 'argocd.argoproj.io/manifest-generate-paths': '.;/shared' },
  ],
  ['no reconciliation', (o) => skipReconcile(o), { 'argocd.argoproj.io/skip-reconcile': 'true' }],
  ['nothing', (o) => syncOptions(o, {}), {}],
])('%s', (_, by, annotations) => {
  expect(annotated(job(), by)).toEqual(annotations);
  expect(annotated(application(), by)).toEqual(annotations);
});

test('constructs of cdk8s-plus take them too', () => {
  const chart = new Chart(Testing.app(), 'c');
  const deployment = new Deployment(chart, 'web', { containers: [{ image: 'nginx:1.27' }] });
  syncWave(deployment, 3);
  expect(Testing.synth(chart)[0].metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '3' });
});

test('what Argo CD would not read does not compile', () => {
  const object = job();
  // @ts-expect-error a phase is spelt as Argo CD spells it
  hook(object, 'Presync');
  // @ts-expect-error Skip counts only alone
  hook(object, ['Skip', 'Sync']);
  // @ts-expect-error Prune=true is no option
  syncOptions(object, { prune: true });
  // @ts-expect-error Replace=false does not undo the Application's
  syncOptions(object, { replace: false });
  // @ts-expect-error there is no SelfHeal
  syncOptions(object, { selfHeal: false });
});

test('an Application whose annotation was made wrong is refused at synth', () => {
  const app = new GitOpsApp();
  const stack = new EnvironmentStack(app.environment('prod'), 'apps');
  const web = new Application(stack, 'web', least);
  hook(web, 'presync' as 'PreSync');
  expect(web.findings().map(({ code }) => code)).toEqual(['argocd-hook-unknown']);
});

test('presets ignore and respect', () => {
  const spec = application(
    ignoring(ignoreHpaReplicas({ kinds: ['Rollout'], name: 'web' }), ignoreRolloutRouteWeights()),
  ).toJson().spec as Record<string, unknown>;
  expect(spec['syncPolicy']).toEqual({ syncOptions: ['RespectIgnoreDifferences=true'] });
  expect(spec['ignoreDifferences']).toEqual([
    { group: 'argoproj.io', kind: 'Rollout', name: 'web', jsonPointers: ['/spec/replicas'] },
    {
      group: 'networking.istio.io',
      kind: 'VirtualService',
      jqPathExpressions: [
        '.spec.http[]?.route[]?.weight',
        '.spec.tls[]?.route[]?.weight',
        '.spec.tcp[]?.route[]?.weight',
      ],
    },
    {
      group: 'networking.istio.io',
      kind: 'DestinationRule',
      jqPathExpressions: ['.spec.subsets[]?.labels["rollouts-pod-template-hash"]'],
    },
    {
      group: 'gateway.networking.k8s.io',
      kind: 'HTTPRoute',
      jqPathExpressions: ['.spec.rules[]?.backendRefs[]?.weight'],
    },
  ]);
  expect(ignoreHpaReplicas().ignoreDifferences.map(({ kind }) => kind)).toEqual([
    'Deployment',
    'StatefulSet',
    'Rollout',
  ]);
  expect(ignoreRolloutRouteWeights({ routers: ['smi', 'traefik'], name: 'web' }).ignoreDifferences).toHaveLength(2);
});

describe.each(ownAnnotationRules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  const found = (sample: string) =>
    checkManifest(parse(sample) as Manifest, annotationRules as never).map((issue) => issue.code);

  test('reports its wrong sample, and nothing else does', () => expect(found(rule.wrong)).toEqual([code]));
  test('says nothing about its right sample, and nothing else does', () => expect(found(rule.right)).toEqual([]));
  test('names an upstream source and a reference', () => expect(rule.why).toMatch(/\((?:AC|S|NO)-\d+/));
});

function found(annotations: object, rest: object = {}): string[] {
  const manifest = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a', annotations }, ...rest } as Manifest;
  return runRules(annotationRules as never, manifest).map(({ code, at, fix }) => `${code} ${at.path} ${fix}`);
}

describe('on an object of any kind', () => {
  test.each<[Record<string, string>, string]>([
    [{ 'argocd.argoproj.io/hook': 'PreSnyc' }, 'argocd-hook-unknown'],
    [{ 'argocd.argoproj.io/hook-delete-policy': 'HookSuceeded' }, 'argocd-hook-delete-policy-unknown'],
    [{ 'argocd.argoproj.io/sync-options': 'SelfHeal=false' }, 'argocd-resource-sync-option-unknown'],
    [{ 'argocd.argoproj.io/sync-options': 'Prune=false,Replace=false' }, 'argocd-resource-sync-option-unknown'],
    [{ 'argocd.argoproj.io/sync-wave': 'first' }, 'argocd-sync-wave-not-integer'],
    [{ 'argocd.argoproj.io/compare-options': 'IgnoreExtraneous=true' }, 'argocd-compare-option-unknown'],
    [{ 'argocd.argoproj.io/syncwave': '1' }, 'argocd-annotation-unknown'],
    [{ 'argocd.argoproj.io/secret-type': 'cluster' }, 'argocd-annotation-unknown'],
    [{ 'notifications.argoproj.io/subscribe': 'slack' }, 'argocd-subscription-ignored'],
    [{ 'notifications.argoproj.io/subscribe..slack': 'ops' }, 'argocd-subscription-ignored'],
  ])('%j is %s', (annotations, code) => {
    expect(found(annotations)).toEqual([expect.stringContaining(code)]);
  });

  test.each([
    { 'notifications.argoproj.io/subscriptions': '- trigger: [a]' },
    { 'argocd.argoproj.io/tracking-id': 'a:b/c:d/e' },
    { 'argocd.argoproj.io/entirely-of-another-day': 'x' },
    { 'example.com/hook': 'x' },
  ])('%j is fine', (annotations) => {
    expect(found(annotations)).toEqual([]);
  });

  test('tags in a hook are told once a text, and not where the program takes templates', () => {
    const pod = (containers: object[]) => ({ spec: { template: { spec: { containers } } } });
    const hooked = { 'argocd.argoproj.io/hook': 'SyncFail' };
    const argument = pod([{ command: ['notify'], args: ['{{.app}}'] }, { env: [{ name: 'A', value: '{{ .b }}' }] }]);
    expect(found(hooked, argument)).toEqual([
      expect.stringContaining('.spec.template.spec.containers[0].args[0]'),
      expect.stringContaining('.spec.template.spec.containers[1].env[0].value'),
    ]);
    expect(found({}, argument)).toEqual([]);
    const kubectl = pod([{ command: ['kubectl', 'get', 'pods', '-o', 'go-template={{.items}}'] }]);
    expect(found(hooked, kubectl)).toEqual([]);
  });

  test('an object without such annotations is known by its keys', () => {
    expect(carriesArgoAnnotations({ metadata: { annotations: { 'a/b': 'c' } } })).toBe(false);
    expect(carriesArgoAnnotations({})).toBe(false);
    expect(carriesArgoAnnotations({ metadata: { annotations: { 'argocd.argoproj.io/hook': 'Sync' } } })).toBe(true);
  });

  test('no rule throws on an object without anything, or of odd shape', () => {
    for (const manifest of [
      {},
      { metadata: {} },
      {
        metadata: { annotations: { 'argocd.argoproj.io/hook': 'Sync' } },
        kind: 'Pod',
        spec: { containers: [null, { env: {} }, { args: [1] }] },
      },
    ]) {
      expect(() => runRules(annotationRules as never, manifest as never)).not.toThrow();
    }
  });
});
