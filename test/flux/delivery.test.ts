/** FluxDelivery: what an environment's directory of Flux objects holds. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { type Environment, EnvironmentStack, GitOpsApp, type GitOpsAppProps, RawResource } from '../../src';
import { FluxDelivery, type FluxDeliveryProps } from '../../src/flux';
import { synthTree } from '../../src/testing';
import { codesOf, issuesOf } from '../support/issues';

interface Config {
  readonly suspended: boolean;
}

/** Two environments with the stacks data ← api ← web. */
function program(props?: FluxDeliveryProps<Config>, repository?: Partial<NonNullable<GitOpsAppProps['repository']>>) {
  const app = new GitOpsApp<Config>({
    repository: { url: 'https://github.com/acme/deploy.git', revision: 'main', path: 'dist', ...repository },
  });
  const dev = app.environment('dev', { config: { suspended: false } });
  app.environment('prod', { config: { suspended: true }, after: dev, production: true });
  for (const environment of app.environments) {
    const [data, api, web] = ['data', 'api', 'web'].map((id) => stackOf(environment, id));
    api!.dependsOn(data!);
    web!.dependsOn(api!, data!);
  }
  new FluxDelivery(app, 'delivery', props);
  return app;
}

function stackOf(environment: Environment<Config>, id: string, namespace = 'shop'): EnvironmentStack {
  const stack = new EnvironmentStack(environment as Environment, id, { namespace });
  new RawResource(stack, 'settings', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: id },
    body: { data: {} },
  });
  return stack;
}

const specIn = (tree: Record<string, string>, path: string) => parse(tree[path]!)['spec'];

test('an environment gets a source, a Kustomization a stack, a root and the namespaces', () => {
  const tree = synthTree(program());
  expect(Object.keys(tree).filter((path) => path.startsWith('prod/delivery/'))).toEqual([
    'prod/delivery/gitrepository-deploy-prod.yaml',
    'prod/delivery/kustomization-api-prod.yaml',
    'prod/delivery/kustomization-data-prod.yaml',
    'prod/delivery/kustomization-prod.yaml',
    'prod/delivery/kustomization-web-prod.yaml',
    'prod/delivery/kustomization.yaml',
    'prod/delivery/namespace-shop.yaml',
  ]);
  expect(parse(tree['prod/delivery/gitrepository-deploy-prod.yaml']!)).toEqual({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'deploy-prod', namespace: 'flux-system' },
    spec: { interval: '1m', ref: { branch: 'main' }, url: 'https://github.com/acme/deploy.git' },
  });
  expect(parse(tree['prod/delivery/kustomization-web-prod.yaml']!)).toEqual({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'web-prod', namespace: 'flux-system' },
    spec: {
      dependsOn: [{ name: 'api-prod' }, { name: 'data-prod' }],
      interval: '10m',
      path: './dist/prod/web',
      prune: true,
      retryInterval: '2m',
      sourceRef: { kind: 'GitRepository', name: 'deploy-prod' },
      timeout: '5m',
      wait: true,
    },
  });
  expect(specIn(tree, 'prod/delivery/kustomization-prod.yaml')).toEqual({
    interval: '10m',
    path: './dist/prod/delivery',
    prune: true,
    retryInterval: '2m',
    sourceRef: { kind: 'GitRepository', name: 'deploy-prod' },
  });
  expect(parse(tree['prod/delivery/namespace-shop.yaml']!).metadata).toEqual({
    name: 'shop',
    annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  });
});

test('a stack that waits for none says nothing of it', () => {
  expect(specIn(synthTree(program()), 'dev/delivery/kustomization-data-dev.yaml')).not.toHaveProperty('dependsOn');
});

test('sync says per environment and stack how to apply', () => {
  const tree = synthTree(
    program({
      interval: '30m',
      sync: (environment, { id }) => ({
        suspend: environment.config.suspended,
        prune: !environment.production,
        ...(id === 'data' && { timeout: '20m', deletionPolicy: 'Orphan' }),
      }),
    }),
  );
  expect(specIn(tree, 'prod/delivery/kustomization-data-prod.yaml')).toMatchObject({
    suspend: true,
    prune: false,
    timeout: '20m',
    interval: '30m',
    deletionPolicy: 'Orphan',
  });
  expect(specIn(tree, 'dev/delivery/kustomization-web-dev.yaml')).toMatchObject({ suspend: false, prune: true });
  expect(specIn(tree, 'prod/delivery/kustomization-prod.yaml')).not.toHaveProperty('suspend');
});

test('health checks take the place of wait, and wait can be switched off', () => {
  const healthChecks = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'shop' }];
  const tree = synthTree(program({ sync: ({ name }) => (name === 'dev' ? { healthChecks } : { wait: false }) }));
  expect(specIn(tree, 'dev/delivery/kustomization-web-dev.yaml')).toMatchObject({ healthChecks });
  expect(specIn(tree, 'dev/delivery/kustomization-web-dev.yaml')).not.toHaveProperty('wait');
  expect(specIn(tree, 'prod/delivery/kustomization-web-prod.yaml')).toMatchObject({ wait: false });
});

test('a stack with a Rollout says how Flux sees that it is healthy, unless the user does', () => {
  const app = program({ sync: ({ name }) => (name === 'dev' ? {} : { healthCheckExprs: [mine] }) });
  const mine = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', current: 'true' };
  for (const environment of app.environments) {
    const stack = environment.node.findChild('api') as EnvironmentStack;
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } };
    new RawResource(stack, 'rollout', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      body: { spec: { selector: { matchLabels: { a: 'b' } }, template, strategy: { canary: {} } } },
    });
  }
  const tree = synthTree(app);
  expect(specIn(tree, 'dev/delivery/kustomization-api-dev.yaml').healthCheckExprs).toEqual([
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      current: "status.observedGeneration == string(metadata.generation) && status.phase == 'Healthy'",
      failed: "status.observedGeneration == string(metadata.generation) && status.phase == 'Degraded'",
    },
  ]);
  expect(specIn(tree, 'prod/delivery/kustomization-api-prod.yaml').healthCheckExprs).toEqual([mine]);
  expect(specIn(tree, 'dev/delivery/kustomization-web-dev.yaml')).not.toHaveProperty('healthCheckExprs');
});

test.each([
  ['main', { branch: 'main' }],
  ['release/1.x', { branch: 'release/1.x' }],
  ['refs/tags/v1.2.3', { name: 'refs/tags/v1.2.3' }],
  ['HEAD', { name: 'HEAD' }],
  ['0123456789abcdef0123456789abcdef01234567', { commit: '0123456789abcdef0123456789abcdef01234567' }],
])('revision %s is the reference %j', (revision, ref) => {
  expect(specIn(synthTree(program({}, { revision })), 'dev/delivery/gitrepository-deploy-dev.yaml').ref).toEqual(ref);
});

test('the form of ssh that is no URL becomes one, and needs a key', () => {
  const repository = { url: 'git@github.com:acme/Deploy_Config.git' };
  expect(codesOf(() => synthTree(program({}, repository)))).toEqual(['flux-git-ssh-secret']);
  const tree = synthTree(program({ source: { git: { secretRef: { name: 'deploy-key' } } } }, repository));
  expect(specIn(tree, 'dev/delivery/gitrepository-deploy-config-dev.yaml')).toMatchObject({
    url: 'ssh://git@github.com/acme/Deploy_Config.git',
    secretRef: { name: 'deploy-key' },
  });
});

test('stacks that are pinned to a tag have a root that is not', () => {
  const tree = synthTree(
    program({ source: { git: { ref: { tag: 'v7' }, verify: { mode: 'Tag', secretRef: { name: 'keys' } } } } }),
  );
  expect(specIn(tree, 'prod/delivery/gitrepository-deploy-prod.yaml')).toMatchObject({
    ref: { tag: 'v7' },
    verify: { mode: 'Tag' },
  });
  expect(specIn(tree, 'prod/delivery/gitrepository-deploy-prod-root.yaml')).toMatchObject({
    ref: { branch: 'main' },
    verify: { mode: 'HEAD' },
  });
  const sourceOf = (name: string) => specIn(tree, `prod/delivery/kustomization-${name}.yaml`).sourceRef.name;
  expect([sourceOf('web-prod'), sourceOf('prod')]).toEqual(['deploy-prod', 'deploy-prod-root']);
  const moving = synthTree(program({ source: { git: { ref: { semver: '1.x' } } } }));
  expect(Object.keys(moving).join()).not.toContain('-root');
});

test('the source can be an artifact, with the tree where CI pushes it', () => {
  const tree = synthTree(
    program({ source: ({ name }) => ({ oci: { url: 'oci://ghcr.io/acme/deploy', ref: { tag: name } }, root: '' }) }),
  );
  expect(specIn(tree, 'prod/delivery/ocirepository-deploy-prod.yaml')).toEqual({
    interval: '1m',
    ref: { tag: 'prod' },
    url: 'oci://ghcr.io/acme/deploy',
  });
  expect(specIn(tree, 'prod/delivery/kustomization-web-prod.yaml')).toMatchObject({
    path: './prod/web',
    sourceRef: { kind: 'OCIRepository', name: 'deploy-prod' },
  });
});

test('the source can be one that is there', () => {
  const existing = { kind: 'GitRepository', name: 'flux-system' } as const;
  const tree = synthTree(program({ source: { existing } }));
  expect(Object.keys(tree).filter((path) => path.includes('gitrepository'))).toEqual([]);
  expect(specIn(tree, 'prod/delivery/kustomization-web-prod.yaml')).toMatchObject({
    path: './dist/prod/web',
    sourceRef: existing,
  });
});

test('a tree at the repository’s root has paths without a directory before it', () => {
  const tree = synthTree(program({}, { path: '.' }));
  expect(specIn(tree, 'dev/delivery/kustomization-dev.yaml').path).toBe('./dev/delivery');
});

test('namespaces that are there, or that a stack holds, are not made', () => {
  const app = program({ namespace: 'shop' });
  const [dev] = app.environments;
  const own = stackOf(dev!, 'own', 'team');
  new RawResource(own, 'team', { apiVersion: 'v1', kind: 'Namespace' });
  stackOf(dev!, 'system', 'kube-system');
  const namespaces = Object.keys(synthTree(app)).filter((path) => path.startsWith('dev/delivery/namespace-'));
  expect(namespaces).toEqual([]);
  expect(Object.keys(synthTree(program({ createNamespaces: false }))).join()).not.toContain('namespace-');
});

test('a stack for another cluster needs a kubeConfig', () => {
  const withRemote = (props: FluxDeliveryProps<Config>) => {
    const app = program(props);
    const [dev] = app.environments;
    const stack = new EnvironmentStack(dev as Environment, 'edge', { namespace: 'edge', cluster: { name: 'edge' } });
    new RawResource(stack, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', body: { data: {} } });
    return app;
  };
  expect(issuesOf(() => synthTree(withRemote({})))).toMatchObject([
    { code: 'stack-cluster', at: { construct: 'dev/edge' } },
  ]);
  const kubeConfig = { secretRef: { name: 'edge-kubeconfig' } };
  const tree = synthTree(withRemote({ sync: (_, { id }) => (id === 'edge' ? { kubeConfig } : {}) }));
  expect(specIn(tree, 'dev/delivery/kustomization-edge-dev.yaml')).toMatchObject({ kubeConfig });
  expect(tree).not.toHaveProperty(['dev/delivery/namespace-edge.yaml']);
});

test('stacks that wait for each other are refused with their path', () => {
  const app = program();
  const [dev] = app.environments;
  const [data, web] = ['data', 'web'].map((id) => dev!.node.findChild(id) as EnvironmentStack);
  data!.dependsOn(web!);
  const [issue] = issuesOf(() => synthTree(app));
  expect(issue).toMatchObject({ code: 'stack-cycle' });
  expect(issue!.message).toMatch(/dev\/\w+ → dev\/\w+ → dev\/\w+/);
});

test('environments that share a cluster do not share names', () => {
  const app = new GitOpsApp({ repository: { url: 'https://github.com/acme/deploy.git', path: 'dist' } });
  for (const name of ['dev', 'test']) {
    const environment = app.environment(name, { cluster: { name: 'shared' } });
    const stack = new EnvironmentStack(environment, 'web', { namespace: `shop-${name}` });
    new RawResource(stack, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', body: { data: {} } });
  }
  new FluxDelivery(app, 'delivery');
  expect(() => synthTree(app)).not.toThrow();
});

test('an environment of its own gives the same files as all of them', () => {
  const all = synthTree(program());
  const one = synthTree(program(), { only: ['prod'] });
  expect(one).toEqual(Object.fromEntries(Object.entries(all).filter(([path]) => path.startsWith('prod/'))));
});

const kubectl = tryRun('kubectl', ['version', '--client']);
(kubectl === undefined ? test.skip : test)('kubectl kustomize builds what Flux reads', () => {
  const directory = mkdtempSync(join(tmpdir(), 'flux-delivery-'));
  try {
    const tree = synthTree(program());
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const built = parseAllDocuments(tryRun('kubectl', ['kustomize', join(directory, 'prod/delivery')])!);
    expect(built.map((document) => `${document.get('kind')}`).sort()).toEqual([
      'GitRepository',
      'Kustomization',
      'Kustomization',
      'Kustomization',
      'Kustomization',
      'Namespace',
    ]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
if (kubectl === undefined) console.warn('no kubectl: the build of the tree is not tested');

function tryRun(command: string, args: readonly string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch {
    return undefined;
  }
}
