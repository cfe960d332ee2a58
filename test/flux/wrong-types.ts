/** What must not compile: checked by tsc, never run. */
import type { EnvironmentStack, GitOpsApp } from '../../src';
import {
  Bucket,
  FluxDelivery,
  GitRepository,
  HelmRelease,
  type HelmReleaseProps,
  HelmRepository,
  Kustomization,
  type KustomizationProps,
} from '../../src/flux';

export function kustomizations(stack: EnvironmentStack): void {
  const least = {
    interval: '10m',
    prune: true,
    sourceRef: { kind: 'GitRepository', name: 'deploy' },
  } as const satisfies KustomizationProps;
  const charts = new HelmRepository(stack, 'charts', { url: 'https://charts.acme.io' });
  const release = new HelmRelease(stack, 'release', {
    interval: '1h',
    chart: { chart: 'cache', sourceRef: charts },
  });
  // @ts-expect-error a HelmRepository holds no manifests
  new Kustomization(stack, 'a', { ...least, sourceRef: charts });
  // @ts-expect-error a Kustomization cannot wait for a HelmRelease
  new Kustomization(stack, 'b', { ...least, dependsOn: [release] });
  // @ts-expect-error days are no unit of Go
  new Kustomization(stack, 'c', { ...least, interval: '1d' });
  // @ts-expect-error what prune means must be said
  new Kustomization(stack, 'd', { interval: '1h', sourceRef: least.sourceRef });
  // @ts-expect-error the reference must be said: without it Flux follows master
  new GitRepository(stack, 'e', { url: 'https://github.com/acme/deploy.git', interval: '1m' });
  // @ts-expect-error a value of another kind
  new Kustomization(stack, 'f', { ...least, sourceRef: { kind: 'HelmRepository', name: 'charts' } });
  const bucket = new Bucket(stack, 'bucket', {});
  new Kustomization(stack, 'g', { ...least, sourceRef: { kind: 'Bucket', name: bucket.name } });
}

export function helmReleases(stack: EnvironmentStack): void {
  const least = {
    interval: '30m',
    chartRef: { kind: 'OCIRepository', name: 'cache' },
  } as const satisfies HelmReleaseProps;
  const charts = new HelmRepository(stack, 'charts', { url: 'https://charts.acme.io' });
  const git = new GitRepository(stack, 'git', { url: 'https://e.com/r', ref: { branch: 'main' }, interval: '1m' });
  const kustomization = new Kustomization(stack, 'web', { interval: '1m', prune: true, sourceRef: git });
  // @ts-expect-error chartRef takes an OCIRepository or HelmChart
  new HelmRelease(stack, 'a', { interval: '1h', chartRef: charts });
  // @ts-expect-error a HelmRelease cannot wait for a Kustomization
  new HelmRelease(stack, 'b', { ...least, dependsOn: [kustomization] });
  // @ts-expect-error values are a mapping
  new HelmRelease(stack, 'c', { ...least, values: 'replicas: 2' });
  // @ts-expect-error a misspelt field of a nested part
  new HelmRelease(stack, 'd', { ...least, upgrade: { timeOut: '5m' } });
  // @ts-expect-error five minutes, in no unit that Go knows
  new HelmRelease(stack, 'e', { ...least, upgrade: { timeout: '5 minutes' } });
}

export function deliveries(app: GitOpsApp<{ readonly tier: string }>): void {
  new FluxDelivery(app, 'a', { sync: (environment) => ({ suspend: environment.config.tier === 'gold' }) });
  // @ts-expect-error no such field in the environment's config
  new FluxDelivery(app, 'b', { sync: (environment) => ({ suspend: environment.config.tire === 'gold' }) });
  // @ts-expect-error the delivery derives the path
  new FluxDelivery(app, 'c', { sync: () => ({ path: './elsewhere' }) });
}
