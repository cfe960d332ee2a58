/** Kustomization: what it writes, and what it refuses. */
import { Chart, Duration, Testing } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { EnvironmentStack, RawResource } from '../../src';
import { GitRepository, Kustomization, type KustomizationProps, OCIRepository } from '../../src/flux';
import { codesOf, issuesOf } from '../support/issues';
import { specOf, stackIn } from './support';

const least = {
  interval: '10m',
  prune: true,
  sourceRef: { kind: 'GitRepository', name: 'deploy' },
} as const satisfies KustomizationProps;
const git = { url: 'https://github.com/acme/deploy.git', ref: { branch: 'main' }, interval: '1m' } as const;

test('the least props write the least spec', () => {
  expect(new Kustomization(stackIn(), 'web', least).toJson()).toEqual({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'web', namespace: 'flux-system' },
    spec: { interval: '10m', prune: true, sourceRef: { kind: 'GitRepository', name: 'deploy' } },
  });
});

test('a reference says a namespace only when it is not its own', () => {
  const stack = stackIn();
  const near = new GitRepository(stack, 'near', git);
  const far = new OCIRepository(stack, 'far', {
    metadata: { namespace: 'sources' },
    url: 'oci://ghcr.io/acme/deploy',
    ref: { tag: 'v1' },
    interval: '1m',
  });
  const base = new Kustomization(stack, 'base', { ...least, sourceRef: near });
  const web = new Kustomization(stack, 'web', {
    ...least,
    metadata: { namespace: 'apps' },
    sourceRef: far,
    dependsOn: [base, { name: 'other', readyExpr: 'true' }],
  });
  expect(specOf(base)['sourceRef']).toEqual({ kind: 'GitRepository', name: 'near' });
  expect(specOf(web)['sourceRef']).toEqual({ kind: 'OCIRepository', name: 'far', namespace: 'sources' });
  expect(specOf(web)['dependsOn']).toEqual([
    { name: 'base', namespace: 'flux-system' },
    { name: 'other', readyExpr: 'true' },
  ]);
});

test('what has no namespace yet is referred to by name', () => {
  const stack = stackIn(null);
  const source = new GitRepository(stack, 'deploy', git);
  const web = new Kustomization(stack, 'web', { ...least, metadata: { namespace: 'apps' }, sourceRef: source });
  expect(specOf(web)['sourceRef']).toEqual({ kind: 'GitRepository', name: 'deploy' });
});

test('health checks take any object and say all of it', () => {
  const stack = stackIn();
  const apps = new EnvironmentStack(stack.environment, 'apps', { namespace: 'shop' });
  const deployment = new plus.Deployment(apps, 'web', { containers: [{ image: 'web:1' }] });
  const raw = new RawResource(apps, 'queue', { apiVersion: 'acme.io/v1', kind: 'Queue' });
  const web = new Kustomization(stack, 'web', { ...least, healthChecks: [deployment, raw] });
  expect(specOf(web)['healthChecks']).toEqual([
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' },
    { apiVersion: 'acme.io/v1', kind: 'Queue', name: 'queue', namespace: 'shop' },
  ]);
});

test('variables come from ConfigMaps and Secrets, as constructs or by name', () => {
  const stack = stackIn();
  const settings = new plus.ConfigMap(stack, 'settings');
  const web = new Kustomization(stack, 'web', {
    ...least,
    postBuild: {
      substitute: { cluster: 'prod' },
      substituteFrom: [settings, { kind: 'Secret', name: 'keys', optional: true }],
    },
    decryption: { provider: 'sops', secretRef: { name: 'sops-age' } },
    kubeConfig: { secretRef: { name: 'prod', key: 'config' } },
  });
  expect(specOf(web)).toMatchObject({
    postBuild: {
      substitute: { cluster: 'prod' },
      substituteFrom: [
        { kind: 'ConfigMap', name: 'settings' },
        { kind: 'Secret', name: 'keys', optional: true },
      ],
    },
    decryption: { provider: 'sops', secretRef: { name: 'sops-age' } },
    kubeConfig: { secretRef: { name: 'prod', key: 'config' } },
  });
});

test('durations are Go’s, in hours too', () => {
  const web = new Kustomization(stackIn(), 'web', {
    ...least,
    interval: Duration.hours(1),
    retryInterval: Duration.seconds(90),
    timeout: '1h30m',
  });
  expect(specOf(web)).toMatchObject({ interval: '1h', retryInterval: '1m30s', timeout: '1h30m' });
});

test('patches are upstream’s; the manifest’s own have a name of their own', () => {
  const patch = '[{ op: add, path: /spec/replicas, value: 2 }]';
  const web = new Kustomization(stackIn(), 'web', {
    ...least,
    patches: [{ patch, target: { kind: 'Deployment' } }],
    manifestPatches: [{ op: 'replace', path: '/spec/interval', value: '3m' }],
    comments: { '/spec/interval': 'soon' },
  });
  expect(specOf(web)).toMatchObject({ patches: [{ patch, target: { kind: 'Deployment' } }], interval: '3m' });
  expect([...web.comments]).toEqual([['/spec/interval', 'soon']]);
});

test('a plain cdk8s app gets the same manifest', () => {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'flux-system', disableResourceNameHashes: true });
  new Kustomization(chart, 'web', { ...least, sourceRef: new GitRepository(chart, 'deploy', git) });
  expect(Testing.synth(chart)[1].spec).toEqual({
    interval: '10m',
    prune: true,
    sourceRef: { kind: 'GitRepository', name: expect.stringContaining('deploy') },
  });
});

test.each([
  ['flux-kustomization-depends-on-self', { dependsOn: [{ name: 'web', namespace: 'flux-system' }] }],
  ['flux-kustomization-kube-config', { kubeConfig: {} }],
  ['flux-kustomization-health-check-version', { healthChecks: [{ kind: 'Job', name: 'a', namespace: 'b' }] }],
  [
    'flux-kustomization-health-check-namespace',
    { healthChecks: [{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', name: 'a' }] },
  ],
  ['flux-kustomization-path-escape', { path: './dist/../../secrets' }],
  ['flux-kustomization-component-remote', { components: ['github.com/acme/components'] }],
  ['flux-kustomization-substitute-name', { postBuild: { substitute: { 'cluster.name': 'a' } } }],
  ['flux-kustomization-patch', { patches: [{ patch: 'a: [' }] }],
  ['schema-pattern', { interval: '1d' as '1h' }],
  ['schema-bound', { targetNamespace: '' }],
] as const)('a Kustomization refuses: %s', (code, props) => {
  expect(codesOf(() => new Kustomization(stackIn(), 'web', { ...least, ...props } as KustomizationProps))).toEqual([
    code,
  ]);
});

test('cluster-scoped objects have no namespace to check', () => {
  const healthChecks = [
    { apiVersion: 'v1', kind: 'Namespace', name: 'shop' },
    { apiVersion: 'external-secrets.io/v1', kind: 'ClusterSecretStore', name: 'aws' },
  ];
  expect(() => new Kustomization(stackIn(), 'web', { ...least, healthChecks })).not.toThrow();
});

test('every mistake is said at once', () => {
  const props = { ...least, path: '../a', kubeConfig: {}, postBuild: { substitute: { 'a-b': '1' } } };
  const issues = issuesOf(() => new Kustomization(stackIn(), 'web', props));
  expect(issues.map(({ at }) => at.path)).toEqual(['.spec.kubeConfig', '.spec.path', '.spec.postBuild.substitute.a-b']);
  expect(issues[0]!.at).toMatchObject({
    construct: 'prod/web/web',
    source: expect.stringContaining('kustomization.test'),
  });
});
