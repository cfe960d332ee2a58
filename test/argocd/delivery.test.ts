import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { parse } from 'yaml';
import { type Cluster, type Environment, EnvironmentStack, GitOpsApp } from '../../src';
import {
  Application,
  AppProject,
  ArgoCdDelivery,
  type ArgoCdDeliveryProps,
  applicationHealthCheck,
  automated,
  manual,
} from '../../src/argocd';
import { synthTree } from '../../src/testing';
import { codesOf, issuesOf } from '../support/issues';

interface Config {
  readonly tier: string;
}

interface Environments {
  readonly dev?: Cluster;
  readonly prod?: Cluster;
}

function shop({
  dev = { server: 'https://dev.acme.io' },
  prod = { name: 'prod' },
}: Environments = {}): GitOpsApp<Config> {
  const app = new GitOpsApp<Config>({ repository: { url: 'https://github.com/acme/deploy.git', path: 'dist' } });
  const first = app.environment('dev', { config: { tier: 'small' }, cluster: dev });
  app.environment('prod', { config: { tier: 'large' }, cluster: prod, after: first, production: true });
  return app;
}

function stack(environment: Environment<Config>, id: string, namespace: string | undefined, ...kinds: string[]) {
  const made = new EnvironmentStack(environment, id, { namespace });
  for (const kind of kinds) {
    const [name, apiVersion] = kind.split('@');
    new ApiObject(made, name!.toLowerCase(), { apiVersion: apiVersion!, kind: name! });
  }
  return made;
}

function deliver(app: GitOpsApp<Config>, props: Partial<ArgoCdDeliveryProps<Config>> = {}): Record<string, string> {
  new ArgoCdDelivery(app, 'delivery', { project: 'shop', sync: automated({ prune: true, selfHeal: true }), ...props });
  return synthTree(app);
}

// biome-ignore lint/suspicious/noExplicitAny: manifests as read from YAML
function read(tree: Record<string, string>, path: string): any {
  expect(Object.keys(tree)).toContain(path);
  return parse(tree[path]!);
}

test('an environment gets a project, an Application a stack and a root', () => {
  const app = shop();
  for (const env of app.environments) stack(env, 'checkout', 'checkout', 'Deployment@apps/v1', 'Service@v1');
  const tree = deliver(app, { sync: (env) => (env.production ? manual() : automated({ prune: true })) });

  expect(Object.keys(tree).filter((path) => path.startsWith('dev/delivery'))).toEqual([
    'dev/delivery/application-checkout-dev.yaml',
    'dev/delivery/application-shop-dev.yaml',
    'dev/delivery/appproject-shop-dev.yaml',
    'dev/delivery/kustomization.yaml',
  ]);
  const source = { repoURL: 'https://github.com/acme/deploy.git', targetRevision: 'main' };
  expect(read(tree, 'dev/delivery/application-checkout-dev.yaml')).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'checkout-dev', namespace: 'argocd' },
    spec: {
      project: 'shop-dev',
      source: { ...source, path: 'dist/dev/checkout' },
      destination: { server: 'https://dev.acme.io', namespace: 'checkout' },
      syncPolicy: { automated: { prune: true }, syncOptions: ['CreateNamespace=true'] },
    },
  });
  expect(read(tree, 'prod/delivery/application-checkout-prod.yaml').spec).toEqual({
    project: 'shop-prod',
    source: { ...source, path: 'dist/prod/checkout' },
    destination: { name: 'prod', namespace: 'checkout' },
    syncPolicy: { syncOptions: ['CreateNamespace=true'] },
  });
  expect(read(tree, 'prod/delivery/application-shop-prod.yaml').spec).toEqual({
    project: 'default',
    source: { ...source, path: 'dist/prod/delivery' },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'argocd' },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  });
});

test('the project permits what the stacks hold, and nothing more', () => {
  const app = shop();
  const [dev] = app.environments;
  stack(dev!, 'checkout', 'checkout', 'Service@v1', 'Deployment@apps/v1', 'ClusterRole@rbac.authorization.k8s.io/v1');
  const data = stack(dev!, 'data', 'data', 'StatefulSet@apps/v1', 'Service@v1');
  new ApiObject(data, 'grant', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'shared' } });
  expect(read(deliver(app), 'dev/delivery/appproject-shop-dev.yaml').spec).toEqual({
    sourceRepos: ['https://github.com/acme/deploy.git'],
    destinations: [
      { server: 'https://dev.acme.io', namespace: 'checkout' },
      { server: 'https://dev.acme.io', namespace: 'data' },
      { server: 'https://dev.acme.io', namespace: 'shared' },
    ],
    clusterResourceWhitelist: [
      { group: '', kind: 'Namespace' },
      { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    ],
    namespaceResourceWhitelist: [
      { group: '', kind: 'ConfigMap' },
      { group: '', kind: 'Service' },
      { group: 'apps', kind: 'Deployment' },
      { group: 'apps', kind: 'StatefulSet' },
    ],
  });
});

test('a project of cluster-scoped objects alone permits no namespaced kind', () => {
  const app = shop();
  stack(app.environments[0]!, 'base', undefined, 'Namespace@v1');
  const tree = deliver(app);
  expect(read(tree, 'dev/delivery/appproject-shop-dev.yaml').spec).toMatchObject({
    destinations: [{ server: 'https://dev.acme.io' }],
    clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
    namespaceResourceWhitelist: [],
  });
  expect(read(tree, 'dev/delivery/application-base-dev.yaml').spec).not.toHaveProperty('syncPolicy.syncOptions');
});

test('without createNamespace the project permits no Namespace', () => {
  const app = shop();
  stack(app.environments[0]!, 'checkout', 'checkout', 'Service@v1');
  const tree = deliver(app, { createNamespace: false });
  expect(read(tree, 'dev/delivery/appproject-shop-dev.yaml').spec).not.toHaveProperty('clusterResourceWhitelist');
  expect(read(tree, 'dev/delivery/application-checkout-dev.yaml').spec).not.toHaveProperty('syncPolicy.syncOptions');
});

describe('order', () => {
  test('stacks without order have no waves', () => {
    const app = shop();
    for (const id of ['a', 'b']) stack(app.environments[0]!, id, id, 'Service@v1');
    expect(Object.values(deliver(app)).join('')).not.toContain('sync-wave');
  });

  test('becomes waves: the project first, the root last', () => {
    const app = shop();
    const [dev] = app.environments;
    const base = stack(dev!, 'base', 'base', 'Service@v1');
    const api = stack(dev!, 'api', 'api', 'Service@v1');
    const web = stack(dev!, 'web', 'web', 'Service@v1');
    web.dependsOn(api, base);
    api.dependsOn(base);
    const tree = deliver(app, { annotations: { note: 'kept' } });
    const wave = (file: string) =>
      read(tree, `dev/delivery/${file}`).metadata.annotations['argocd.argoproj.io/sync-wave'];
    expect(
      [
        'appproject-shop-dev',
        'application-base-dev',
        'application-api-dev',
        'application-web-dev',
        'application-shop-dev',
      ].map((file) => wave(`${file}.yaml`)),
    ).toEqual(['-1', '0', '1', '2', '3']);
    expect(read(tree, 'dev/delivery/application-api-dev.yaml').metadata.annotations).toHaveProperty('note', 'kept');
  });

  test('a cycle is refused with its path', () => {
    const app = shop();
    const [dev] = app.environments;
    const a = stack(dev!, 'a', 'a', 'Service@v1');
    const b = stack(dev!, 'b', 'b', 'Service@v1');
    a.dependsOn(b);
    b.dependsOn(a);
    expect(issuesOf(() => deliver(app))).toEqual([
      expect.objectContaining({ code: 'stack-cycle', message: expect.stringContaining('dev/a → dev/b → dev/a') }),
    ]);
  });

  test('the health check for it is one entry of argocd-cm', () => {
    expect(Object.keys(applicationHealthCheck)).toEqual(['resource.customizations.health.argoproj.io_Application']);
    expect(Object.values(applicationHealthCheck)[0]).toMatch(/return \{ status = .* or "Progressing"/);
  });
});

test('each prop may depend on environment and stack', () => {
  const app = shop();
  for (const env of app.environments) for (const id of ['api', 'web']) stack(env, id, id, 'Deployment@apps/v1');
  const tree = deliver(app, {
    labels: (env, { id }) => ({ tier: env.config.tier, stack: id }),
    syncOptions: (env) => (env.production ? { pruneLast: true } : {}),
    cascadeDelete: (env) => (env.production ? false : 'background'),
    spec: {
      ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
      retry: { limit: 2 },
    },
    rootSync: (env) => (env.production ? manual() : automated()),
    rootName: (env) => `root-${env.name}`,
    rootProject: 'platform',
    permit: [{ group: '', kind: 'Pod' }],
    projectSpec: (env) => ({ description: `The shop in ${env.name}` }),
    namespace: 'gitops',
    cluster: { name: 'hub' },
  });
  expect(read(tree, 'prod/delivery/application-api-prod.yaml')).toMatchObject({
    metadata: { namespace: 'gitops', labels: { tier: 'large', stack: 'api' } },
    spec: {
      syncPolicy: { retry: { limit: 2 }, syncOptions: ['CreateNamespace=true', 'PruneLast=true'] },
      ignoreDifferences: [{ kind: 'Deployment' }],
    },
  });
  expect(read(tree, 'prod/delivery/application-api-prod.yaml').metadata).not.toHaveProperty('finalizers');
  expect(read(tree, 'dev/delivery/application-web-dev.yaml').metadata).toMatchObject({
    finalizers: ['resources-finalizer.argocd.argoproj.io/background'],
  });
  expect(read(tree, 'prod/delivery/application-root-prod.yaml').spec).toMatchObject({
    project: 'platform',
    destination: { name: 'hub', namespace: 'gitops' },
  });
  expect(read(tree, 'prod/delivery/application-root-prod.yaml').spec).not.toHaveProperty('syncPolicy');
  expect(read(tree, 'dev/delivery/appproject-shop-dev.yaml').spec).toMatchObject({
    description: 'The shop in dev',
    namespaceResourceWhitelist: [
      { group: '', kind: 'Pod' },
      { group: 'apps', kind: 'Deployment' },
    ],
  });
});

describe('clusters', () => {
  test('two environments on one cluster, which is also the management cluster', () => {
    const hub = { server: 'https://kubernetes.default.svc' };
    const app = shop({ dev: hub, prod: hub });
    for (const env of app.environments) stack(env, 'checkout', `checkout-${env.name}`, 'Service@v1');
    const tree = deliver(app);
    expect(read(tree, 'prod/delivery/appproject-shop-prod.yaml').spec.destinations).toEqual([
      { ...hub, namespace: 'checkout-prod' },
    ]);
  });

  test('the same object in two environments on one cluster is refused', () => {
    const app = shop({ prod: { server: 'https://dev.acme.io' } });
    for (const env of app.environments) stack(env, 'checkout', 'checkout', 'Service@v1');
    expect(codesOf(() => deliver(app))).toEqual(['object-duplicate']);
  });

  test('an environment without a cluster is refused', () => {
    const app = new GitOpsApp({ repository: { url: 'https://github.com/acme/deploy.git' } });
    const env = app.environment('dev');
    for (const id of ['a', 'b']) {
      new ApiObject(new EnvironmentStack(env, id, { namespace: id }), 'x', { apiVersion: 'v1', kind: 'Service' });
    }
    new ArgoCdDelivery(app, 'delivery', { project: 'shop', sync: manual() });
    expect(codesOf(() => synthTree(app))).toEqual([
      'argocd-delivery-cluster-missing',
      'argocd-delivery-cluster-missing',
    ]);
  });

  test("a stack's own cluster is where its Application goes", () => {
    const app = shop();
    const hub = { server: 'https://kubernetes.default.svc' };
    const apps = new EnvironmentStack(app.environments[0]!, 'apps', { namespace: 'argocd', cluster: hub });
    new AppProject(apps, 'team', { sourceRepos: ['*'], destinations: [{ server: '*', namespace: 'team-*' }] });
    new Application(apps, 'tool', {
      project: 'team',
      source: { repoURL: 'https://github.com/acme/tool.git', path: '.' },
      destination: { ...hub, namespace: 'team-tool' },
    });
    const tree = deliver(app);
    expect(read(tree, 'dev/delivery/application-apps-dev.yaml').spec.destination).toEqual({
      ...hub,
      namespace: 'argocd',
    });
    expect(read(tree, 'dev/delivery/appproject-shop-dev.yaml').spec).toMatchObject({
      destinations: [{ ...hub, namespace: 'argocd' }],
      namespaceResourceWhitelist: [
        { group: 'argoproj.io', kind: 'AppProject' },
        { group: 'argoproj.io', kind: 'Application' },
      ],
    });
    expect(read(tree, 'dev/apps/application-tool.yaml').metadata.namespace).toBe('argocd');
  });
});

test('a root that would have the name of a stack is refused', () => {
  const app = shop();
  stack(app.environments[0]!, 'shop', 'shop', 'Service@v1');
  expect(issuesOf(() => deliver(app))).toEqual([
    expect.objectContaining({ code: 'argocd-delivery-root-name', fix: expect.stringContaining('rootName') }),
  ]);
});

test('an environment without objects gets nothing', () => {
  const app = shop();
  stack(app.environments[0]!, 'checkout', 'checkout', 'Service@v1');
  expect(Object.keys(deliver(app)).filter((path) => path.startsWith('prod'))).toEqual([]);
});

test('kubectl kustomize builds what is delivered', () => {
  if (!hasKubectl()) {
    console.warn('no kubectl: the build of the delivery is not tried');
    return;
  }
  const app = shop();
  const [dev] = app.environments;
  const base = stack(dev!, 'base', 'base', 'Service@v1');
  stack(dev!, 'web', 'web', 'Service@v1').dependsOn(base);
  const tree = deliver(app);
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-gitops-delivery-'));
  try {
    for (const [path, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }
    const built = execFileSync('kubectl', ['kustomize', join(directory, 'dev/delivery')], { encoding: 'utf8' });
    const names = built.split(/^---$/m).map((document) => parse(document).metadata.name as string);
    expect(names.sort()).toEqual(['base-dev', 'shop-dev', 'shop-dev', 'web-dev']);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

function hasKubectl(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
