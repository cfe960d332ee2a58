/** What a platform team would test of its Argo CD: health, who gets what where, and that no secret is in Git. */
import { type HealthStatus, runHealthCheck } from 'cdk8s-gitops/argocd';
import { synthTree } from 'cdk8s-gitops/testing';
import { parse } from 'yaml';
import { platform } from '../../examples/argocd-platform/app';
import { databaseHealth } from '../../examples/argocd-platform/database-health';
import { ADDONS, FLEET, TEAMS } from '../../examples/argocd-platform/fleet';

const repositories = {
  [ADDONS]: { 'addons/dns/kustomization.yaml': '', 'addons/ingress/kustomization.yaml': '' },
  'https://github.com/acme/checkout-deploy.git': { 'apps/web/base/kustomization.yaml': '' },
  'https://github.com/acme/search-deploy.git': { 'apps/api/base/kustomization.yaml': '', 'apps/README.md': '' },
};
const inputs = { clusters: FLEET.clusters, repositories };

const { app, projects, applications } = platform();
const tree = synthTree(app);
const rendered = [applications.addons, ...applications.teams].map((set) => set.render(inputs));

const condition = (type: string, status: string, message = '') => ({ type, status, message });
const database = (observedGeneration: number, ...conditions: readonly object[]) => ({
  apiVersion: 'databases.acme.io/v1',
  kind: 'Database',
  metadata: { name: 'orders', generation: 2 },
  status: { observedGeneration, conditions },
});

test.each<[string, object, HealthStatus, string]>([
  ['ready', database(2, condition('Ready', 'True', 'three of three')), 'Healthy', 'three of three'],
  ['starting', database(2, condition('Ready', 'False')), 'Progressing', 'not ready yet'],
  [
    'broken',
    database(2, condition('Failed', 'True', 'disk full'), condition('Ready', 'False')),
    'Degraded',
    'disk full',
  ],
  ['changed', database(1, condition('Ready', 'True')), 'Progressing', 'waiting for the operator'],
  ['new', { metadata: { generation: 1 } }, 'Progressing', 'waiting for the operator'],
])('a %s database', (_, object, status, message) => {
  expect(runHealthCheck(databaseHealth, object)).toEqual({ status, message });
});

test('the health checks that are tested are those that Argo CD gets', () => {
  const { data } = parse(tree['hub/settings/configmap-argocd-cm.yaml']!);
  expect(data['resource.customizations.health.databases.acme.io_Database']).toBe(databaseHealth);
  const application = data['resource.customizations.health.argoproj.io_Application'];
  expect(runHealthCheck(application, { status: { health: { status: 'Degraded' } } }).status).toBe('Degraded');
  expect(runHealthCheck(application, {}).status).toBe('Progressing');
});

test('every cluster gets every addon, and every team its applications', () => {
  expect(rendered.flatMap(({ problems }) => problems)).toEqual([]);
  const found = rendered.flatMap(({ applications: all }) =>
    all.map(({ metadata, spec }) => {
      const { source, syncPolicy } = spec as { source: { path: string }; syncPolicy: { automated?: object } };
      return `${metadata?.name}: ${source.path}${syncPolicy.automated === undefined ? ', by hand' : ''}`;
    }),
  );
  expect(found).toEqual([
    'platform-dns-eu-staging: addons/dns',
    'platform-ingress-eu-staging: addons/ingress',
    'platform-dns-eu-production: addons/dns',
    'platform-ingress-eu-production: addons/ingress',
    'platform-dns-us-production: addons/dns',
    'platform-ingress-us-production: addons/ingress',
    'checkout-web-eu-staging: apps/web/overlays/staging',
    'checkout-web-eu-production: apps/web/overlays/production, by hand',
    'checkout-web-us-production: apps/web/overlays/production, by hand',
    'search-api-eu-staging: apps/api/overlays/staging',
    'search-api-eu-production: apps/api/overlays/production, by hand',
    'search-api-us-production: apps/api/overlays/production, by hand',
  ]);
});

test('each project permits its own applications, and no other team’s', () => {
  const options = { clusters: FLEET.clusters };
  const of = (name: string) => (name === 'platform' ? projects.platform : projects.teams.get(name)!);
  for (const application of rendered.flatMap(({ applications: all }) => all)) {
    const { project } = application['spec'] as { project: string };
    expect(of(project).permits(application, options)).toEqual({ permitted: true });
    for (const { name } of TEAMS.filter((team) => team.name !== project)) {
      expect(of(name).permits(application, options).permitted).toBe(false);
    }
  }
});

test('the set of a fleet that is gone deletes no workload', () => {
  for (const set of [applications.addons, ...applications.teams]) {
    const [application] = set.render(inputs).applications;
    expect(application?.metadata?.finalizers).toBeUndefined();
    expect(set.render({ repositories }).applications).toEqual([]);
  }
});

test('the root applies settings first and what runs on the clusters last', () => {
  const waves = Object.entries(tree)
    .filter(([path]) => path.startsWith('hub/delivery/a'))
    .map(([, text]) => parse(text))
    .map(({ metadata }) => [Number(metadata.annotations['argocd.argoproj.io/sync-wave']), metadata.name] as const)
    .sort(([a], [b]) => a - b);
  expect(waves).toEqual([
    [-1, 'platform-hub'],
    [0, 'settings-hub'],
    [1, 'projects-hub'],
    [2, 'operators-hub'],
    [3, 'access-hub'],
    [4, 'applications-hub'],
    [5, 'platform-hub'],
  ]);
});

test('nothing in Git is a secret: credentials are places in the store, or keys of a Secret', () => {
  const manifests = Object.entries(tree)
    .filter(([path]) => path.endsWith('.yaml'))
    .map(([, text]) => parse(text));
  expect(manifests.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  const external = manifests.filter(({ kind }) => kind === 'ExternalSecret');
  expect(external).toHaveLength(FLEET.clusters.length + 3);
  for (const { spec } of external) {
    const tags = JSON.stringify(spec.target.template.data ?? {}).matchAll(/\{\{ \.(\w+)/g);
    const fetched = spec.data.map(({ secretKey }: { secretKey: string }) => secretKey);
    for (const [, tag] of tags) expect(fetched).toContain(tag);
  }
  const settings = parse(tree['hub/settings/configmap-argocd-cm.yaml']!).data['oidc.config'];
  expect(parse(settings).clientSecret).toBe('$argocd-oidc:clientSecret');
});
