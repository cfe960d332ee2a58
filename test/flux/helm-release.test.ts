/** HelmRelease: what it writes, and what it refuses. */
import { Duration } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { EnvironmentStack, GitOpsApp } from '../../src';
import { HelmRelease, type HelmReleaseProps, HelmRepository, OCIRepository } from '../../src/flux';
import { synthTree } from '../../src/testing';
import { codesOf } from '../support/issues';
import { specOf, stackIn } from './support';

const least = {
  interval: '30m',
  chartRef: { kind: 'OCIRepository', name: 'cache' },
} as const satisfies HelmReleaseProps;

test('the least props write the least spec', () => {
  expect(new HelmRelease(stackIn('shop'), 'cache', least).toJson()).toEqual({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'cache', namespace: 'shop' },
    spec: { interval: '30m', chartRef: { kind: 'OCIRepository', name: 'cache' } },
  });
});

test('a chart of a HelmRepository: flat, or as upstream nests it', () => {
  const stack = stackIn('shop');
  const charts = new HelmRepository(stack, 'charts', {
    url: 'https://charts.acme.io',
    metadata: { namespace: 'flux' },
  });
  const flat = new HelmRelease(stack, 'flat', {
    interval: '30m',
    chart: { chart: 'cache', version: '1.x', sourceRef: charts, interval: Duration.hours(12) },
  });
  const nested = new HelmRelease(stack, 'nested', {
    interval: '30m',
    chart: {
      spec: { chart: 'cache', version: '1.x', sourceRef: charts, interval: '12h' },
      metadata: { labels: { a: 'b' } },
    },
  });
  const spec = {
    chart: 'cache',
    version: '1.x',
    interval: '12h',
    sourceRef: { kind: 'HelmRepository', name: 'charts', namespace: 'flux' },
  };
  expect(specOf(flat)['chart']).toEqual({ spec });
  expect(specOf(nested)['chart']).toEqual({ spec, metadata: { labels: { a: 'b' } } });
});

test('a chart that is an OCIRepository', () => {
  const stack = stackIn('shop');
  const chartRef = new OCIRepository(stack, 'cache', {
    url: 'oci://ghcr.io/acme/cache',
    ref: { tag: '1' },
    interval: '1h',
  });
  expect(specOf(new HelmRelease(stack, 'release', { interval: '30m', chartRef }))['chartRef']).toEqual({
    kind: 'OCIRepository',
    name: 'cache',
  });
});

test('durations of every action, constructs in dependsOn and valuesFrom', () => {
  const stack = stackIn('shop');
  const database = new HelmRelease(stack, 'database', least);
  const settings = new plus.ConfigMap(stack, 'settings');
  const release = new HelmRelease(stack, 'cache', {
    ...least,
    timeout: Duration.minutes(10),
    dependsOn: [database, { name: 'ingress', namespace: 'ingress' }],
    valuesFrom: [settings, { kind: 'Secret', name: 'passwords', valuesKey: 'cache.yaml', optional: true }],
    install: {
      timeout: Duration.minutes(2),
      strategy: { name: 'RetryOnFailure', retryInterval: Duration.seconds(30) },
    },
    upgrade: { timeout: '5m', remediation: { retries: 3 } },
    rollback: { timeout: Duration.minutes(1) },
    test: { enable: true, timeout: Duration.minutes(1) },
    uninstall: { timeout: Duration.minutes(1) },
    kubeConfig: { configMapRef: settings },
  });
  expect(specOf(release)).toEqual({
    ...least,
    timeout: '10m',
    dependsOn: [{ name: 'database' }, { name: 'ingress', namespace: 'ingress' }],
    valuesFrom: [
      { kind: 'ConfigMap', name: 'settings' },
      { kind: 'Secret', name: 'passwords', valuesKey: 'cache.yaml', optional: true },
    ],
    install: { timeout: '2m', strategy: { name: 'RetryOnFailure', retryInterval: '30s' } },
    upgrade: { timeout: '5m', remediation: { retries: 3 } },
    rollback: { timeout: '1m' },
    test: { enable: true, timeout: '1m' },
    uninstall: { timeout: '1m' },
    kubeConfig: { configMapRef: { name: 'settings' } },
  });
});

test('a null among the values is written: it removes a default of the chart', () => {
  interface Values {
    readonly image: { readonly tag: string | null };
  }
  const values: Values = { image: { tag: null } };
  const app = new GitOpsApp();
  const stack = new EnvironmentStack(app.environment('dev'), 'cache', { namespace: 'shop' });
  new HelmRelease(stack, 'cache', { ...least, values });
  expect(synthTree(app)['dev/cache/helmrelease-cache.yaml']).toContain('  values:\n    image:\n      tag: null\n');
});

test.each([
  ['flux-helm-release-chart', { chartRef: undefined }],
  ['flux-helm-release-chart', { chart: { chart: 'a', sourceRef: { kind: 'HelmRepository', name: 'a' } } }],
  ['flux-helm-release-values', { values: ['a'] }],
  ['flux-helm-release-name', { releaseName: 'Cache' }],
  ['flux-helm-release-depends-on-self', { dependsOn: [{ name: 'cache' }] }],
  ['flux-helm-release-kube-config', { kubeConfig: {} }],
  ['flux-helm-release-retry-interval', { install: { strategy: { name: 'RemediateOnFailure', retryInterval: '1m' } } }],
  ['flux-helm-release-patch', { postRenderers: [{ kustomize: { patches: [{ patch: '' }] } }] }],
  ['schema-bound', { releaseName: 'a'.repeat(54) }],
  ['schema-enum', { chartRef: { kind: 'GitRepository', name: 'a' } }],
] as const)('a HelmRelease refuses: %s', (code, props) => {
  const build = () => new HelmRelease(stackIn('shop'), 'cache', { ...least, ...props } as HelmReleaseProps);
  expect(codesOf(build)).toEqual([code]);
});

test.each([
  [
    'flux-helm-release-version',
    { chart: 'cache', version: 'stable', sourceRef: { kind: 'HelmRepository', name: 'a' } },
  ],
  ['flux-helm-release-chart-name', { chart: 'oci://ghcr.io/cache', sourceRef: { kind: 'HelmRepository', name: 'a' } }],
  [
    'flux-helm-release-verify-source',
    { chart: './cache', sourceRef: { kind: 'GitRepository', name: 'a' }, verify: { provider: 'cosign' } },
  ],
] as const)('a HelmRelease refuses of its chart: %s', (code, chart) => {
  expect(codesOf(() => new HelmRelease(stackIn('shop'), 'cache', { interval: '30m', chart }))).toEqual([code]);
});

test('a release that would go into flux-system is pointed out', () => {
  const release = new HelmRelease(stackIn(), 'cert-manager', least);
  expect(release.findings()).toMatchObject([{ code: 'flux-helm-release-own-namespace', severity: 'warning' }]);
  const decided = { targetNamespace: 'cert-manager', install: { createNamespace: true } };
  expect(new HelmRelease(stackIn(), 'cert-manager', { ...least, ...decided }).findings()).toEqual([]);
});
