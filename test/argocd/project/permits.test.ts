import { EnvironmentStack, GitOpsApp } from '../../../src';
import { Application, AppProject } from '../../../src/argocd';
import { type PermitOptions, permits, permitsResource, refusals } from '../../../src/argocd/project';
import type {
  Application as ApplicationManifest,
  AppProject as ProjectManifest,
} from '../../../src/schema/generated/argo-cd';

const repoURL = 'https://github.com/acme/deploy.git';
const server = 'https://kubernetes.default.svc';

function project(spec: Partial<ProjectManifest['spec']> = {}): ProjectManifest {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'shop', namespace: 'argocd' },
    spec: { sourceRepos: [repoURL], destinations: [{ server, namespace: 'shop' }], ...spec },
  };
}

function application(spec: Partial<ApplicationManifest['spec']> = {}, namespace = 'argocd'): ApplicationManifest {
  const source = { repoURL, path: 'checkout', targetRevision: 'main' };
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'checkout', namespace },
    spec: { project: 'shop', source, destination: { server, namespace: 'shop' }, ...spec },
  };
}

test('a project permits what it lists', () => {
  expect(permits(project(), application())).toEqual({ permitted: true });
});

test('constructs are asked by their manifests', () => {
  const stack = new EnvironmentStack(new GitOpsApp().environment('prod'), 'apps');
  const shop = new AppProject(stack, 'shop', project().spec);
  const checkout = new Application(stack, 'checkout', {
    project: shop,
    source: { repoURL, path: '.' },
    destination: { server, namespace: 'web' },
  });
  const verdict = permits(shop.manifest(), checkout.manifest());
  expect(verdict).toMatchObject({ permitted: false, path: ['spec', 'destination'] });
});

test.each<[string, Partial<ProjectManifest['spec']>, ApplicationManifest, string, string]>([
  [
    'a repository that is not listed',
    { sourceRepos: ['https://github.com/acme/*'] },
    application({ source: { repoURL: 'https://github.com/other/x', path: '.' } }),
    '.spec.source.repoURL',
    "application repo https://github.com/other/x is not permitted in project 'shop'",
  ],
  [
    'a repository that is denied, by which entry',
    { sourceRepos: ['**', '!https://github.com/acme/deploy'] },
    application(),
    '.spec.source.repoURL',
    `application repo ${repoURL} is not permitted in project 'shop': sourceRepos[1] denies it, "!https://github.com/acme/deploy"`,
  ],
  [
    'the second of several sources',
    {},
    application({
      source: undefined,
      sources: [
        { repoURL, path: '.' },
        { repoURL: 'https://charts.io', chart: 'a' },
      ],
    }),
    '.spec.sources.1.repoURL',
    "application repo https://charts.io is not permitted in project 'shop'",
  ],
  [
    'the branch that a hydrator writes to',
    {},
    application({
      source: undefined,
      sourceHydrator: {
        drySource: { repoURL, path: 'a', targetRevision: 'main' },
        syncSource: { repoURL: 'https://github.com/acme/rendered', targetBranch: 'prod', path: 'b' },
      },
    }),
    '.spec.sourceHydrator.syncSource.repoURL',
    "sync source repo https://github.com/acme/rendered is not permitted in project 'shop'",
  ],
  [
    'a namespace that is not listed',
    {},
    application({ destination: { server, namespace: 'web' } }),
    '.spec.destination',
    `application destination server '${server}' and namespace 'web' do not match any of the allowed destinations in project 'shop'`,
  ],
  [
    'a namespace that is denied',
    {
      destinations: [
        { server: '*', namespace: '*' },
        { server: '*', namespace: '!kube-*' },
      ],
    },
    application({ destination: { server, namespace: 'kube-system' } }),
    '.spec.destination',
    `application destination server '${server}' and namespace 'kube-system' do not match any of the allowed destinations in project 'shop': destinations[1] denies it, {"server":"*","namespace":"!kube-*"}`,
  ],
  [
    'an Application of another namespace',
    { sourceNamespaces: ['team-*'] },
    application({}, 'web'),
    '.metadata.namespace',
    "application 'checkout' in namespace 'web' is not permitted to use project 'shop'",
  ],
  [
    'an Application of another project',
    {},
    application({ project: '' }),
    '.spec.project',
    "the application belongs to project 'default', not to 'shop'",
  ],
])('refuses %s', (_, spec, app, path, reason) => {
  const verdict = permits(project(spec), app);
  expect(verdict).toMatchObject({ permitted: false, reason });
  expect(verdict.permitted || `.${verdict.path.join('.')}`).toBe(path);
});

test('every reason is told to those who ask for all', () => {
  const app = application(
    { source: { repoURL: 'https://x.io', path: '.' }, destination: { server, namespace: 'web' } },
    'x',
  );
  expect(refusals(project(), app).map(({ path }) => path[0])).toEqual(['metadata', 'spec', 'spec']);
});

describe('clusters', () => {
  const byName = project({ destinations: [{ name: 'prod', namespace: '*' }] });
  const byServer = application({ destination: { server: 'https://prod.acme.io/', namespace: 'shop' } });
  const clusters = [{ name: 'prod', server: 'https://prod.acme.io' }];

  test('a project that names a cluster permits its server, once the clusters are known', () => {
    expect(permits(byName, byServer, { clusters })).toEqual({ permitted: true });
  });

  test('without them it is not decided', () => {
    expect(permits(byName, byServer)).toMatchObject({ permitted: false, undecided: true });
  });

  test('in-cluster needs none', () => {
    const here = application({ destination: { name: 'in-cluster', namespace: 'shop' } });
    expect(permits(project(), here)).toEqual({ permitted: true });
  });

  test.each<[string, PermitOptions, string]>([
    ['unknown', { clusters: [] }, 'there are no clusters with this name: prod'],
    [
      'ambiguous',
      {
        clusters: [
          { name: 'prod', server: 'https://a' },
          { name: 'prod', server: 'https://b' },
        ],
      },
      'there are 2 clusters with the same name: [https://a https://b]',
    ],
  ])('an %s name is refused as Argo CD refuses it', (_, options, reason) => {
    const app = application({ destination: { name: 'prod', namespace: 'shop' } });
    expect(permits(project({ destinations: [{ name: '*', namespace: '*' }] }), app, options)).toMatchObject({ reason });
  });
});

describe('objects', () => {
  const object = (kind: string, apiVersion: string, namespace?: string) => ({
    apiVersion,
    kind,
    metadata: { name: 'a', ...(namespace !== undefined && { namespace }) },
  });
  const destination = { server, namespace: 'shop' };

  test('an absent whitelist of namespaced kinds permits all, an empty one none', () => {
    expect(permitsResource(project(), object('Deployment', 'apps/v1'), destination)).toEqual({ permitted: true });
    expect(
      permitsResource(project({ namespaceResourceWhitelist: [] }), object('Deployment', 'apps/v1'), destination),
    ).toMatchObject({ reason: 'resource apps:Deployment is not permitted in project shop', path: ['kind'] });
  });

  test('cluster-scoped kinds must be listed, and may be listed by name', () => {
    const namespace = object('Namespace', 'v1');
    expect(permitsResource(project(), namespace, destination).permitted).toBe(false);
    const named = (name: string) => project({ clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name }] });
    expect(permitsResource(named('a'), namespace, destination).permitted).toBe(true);
    expect(permitsResource(named('b*'), namespace, destination).permitted).toBe(false);
  });

  test('an object in another namespace needs that destination', () => {
    expect(permitsResource(project(), object('ConfigMap', 'v1', 'web'), destination)).toMatchObject({
      reason: "namespace web is not permitted in project 'shop'",
    });
  });
});

test('nothing throws on projects and applications of odd shape, or without anything', () => {
  const odd = (kind: string, spec: unknown) => ({ apiVersion: 'argoproj.io/v1alpha1', kind, metadata: {}, spec });
  const shop = odd('AppProject', { sourceRepos: 'x', destinations: [null, { server: 1 }], sourceNamespaces: {} });
  const web = odd('Application', { project: [], source: 'x', sources: [null], destination: { server: {} } });
  expect(() => refusals(shop, web)).not.toThrow();
  expect(() => refusals(odd('AppProject', null), odd('Application', []))).not.toThrow();
  expect(() => refusals({}, {})).not.toThrow();
  expect(() => refusals({ spec: {} }, { spec: { destination: {}, source: {} } })).not.toThrow();
});
