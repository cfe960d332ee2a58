/** The inventory's laws: labels that exist, selections that find somebody, clusters that can be told apart. */
import { EnvironmentStack, GitOpsApp } from 'cdk8s-gitops';
import { ApplicationSet, clusterInventory } from 'cdk8s-gitops/argocd';
import { codesOf, issuesOf } from '../../support/issues';

const fleet = clusterInventory([
  { name: 'eu-dev', server: 'https://eu-dev.acme.io', labels: { region: 'eu', stage: 'dev' } },
  { name: 'eu', server: 'https://eu.acme.io', labels: { region: 'eu', stage: 'prod', 'acme.io/tier': 'gold' } },
  { name: 'us', server: 'https://us.acme.io', labels: { region: 'us', stage: 'prod' } },
]);

type Yielded = ReturnType<typeof everywhere>;
const everywhere = () => fleet.generator({ read: ['region'] });

function set(generator: Yielded): ApplicationSet {
  const stack = new EnvironmentStack(new GitOpsApp().environment('hub'), 'apps', { namespace: 'argocd' });
  return new ApplicationSet(stack, 'dns', {
    generators: [generator],
    template: (p) => ({
      metadata: { name: `dns-${p.name}`, labels: { region: p.metadata.labels.region } },
      spec: {
        project: 'platform',
        source: { repoURL: 'https://github.com/acme/addons.git', targetRevision: 'main', path: 'dns' },
        destination: { name: p.name, namespace: 'dns' },
      },
    }),
  });
}

test('labels of the selection are matched, those that the template reads must be there', () => {
  const { spec } = fleet.generator({
    labels: { stage: 'prod' },
    read: ['region', 'stage'],
    values: { short: '{{ .name }}' },
  });
  expect(spec).toEqual({
    clusters: {
      selector: { matchLabels: { stage: 'prod' }, matchExpressions: [{ key: 'region', operator: 'Exists' }] },
      values: { short: '{{ .name }}' },
    },
  });
});

test('without labels it is every cluster', () => {
  expect(fleet.generator().spec).toEqual({ clusters: {} });
  expect(fleet.generator({}).spec).toEqual({ clusters: {} });
});

test('the set it is used in renders over the inventory', () => {
  const { applications, problems } = set(everywhere()).render({ clusters: fleet.clusters });
  expect(problems).toEqual([]);
  expect(applications.map(({ metadata }) => [metadata?.name, metadata?.labels])).toEqual([
    ['dns-eu-dev', { region: 'eu' }],
    ['dns-eu', { region: 'eu' }],
    ['dns-us', { region: 'us' }],
  ]);
});

test('a cluster without what the template reads is left out, and stops nobody', () => {
  const stranger = { name: 'lab', server: 'https://lab.acme.io', labels: {} };
  const { applications, problems } = set(everywhere()).render({ clusters: [...fleet.clusters, stranger] });
  expect(problems).toEqual([]);
  expect(applications).toHaveLength(3);
});

test('clusters are found by name and by labels', () => {
  expect(fleet.get('us').server).toBe('https://us.acme.io');
  expect(fleet.select({ region: 'eu', stage: 'prod' }).map(({ name }) => name)).toEqual(['eu']);
  expect(fleet.select({ 'acme.io/tier': 'gold' })).toEqual([fleet.get('eu')]);
});

test('a selection that finds nobody is refused: each label exists, together they do not', () => {
  expect(codesOf(() => fleet.generator({ labels: { region: 'us', stage: 'dev' } }))).toEqual([
    'argocd-inventory-nothing-selected',
  ]);
  const [issue] = issuesOf(() => fleet.generator({ labels: { stage: 'dev' }, read: ['acme.io/tier'] }));
  expect(issue?.message).toBe('no cluster of the inventory has stage=dev, acme.io/tier');
  expect(codesOf(() => fleet.select({ region: 'us', stage: 'dev' }))).toEqual(['argocd-inventory-nothing-selected']);
  expect(codesOf(() => clusterInventory([]).generator())).toEqual(['argocd-inventory-nothing-selected']);
});

test('two clusters of one name or one address are refused, both at once', () => {
  const [name, server] = issuesOf(() =>
    clusterInventory([
      { name: 'eu', server: 'https://eu.acme.io', labels: {} },
      { name: 'eu', server: 'https://eu.acme.io/', labels: {} },
    ]),
  );
  expect(name).toMatchObject({ code: 'argocd-inventory-duplicate', at: { path: '[1].name' } });
  expect(server).toMatchObject({ code: 'argocd-inventory-duplicate', at: { path: '[1].server' } });
  expect(name?.at.source).toContain('inventory.test.ts');
});

test('an inventory that is not known at compile time works, without its types', () => {
  const entries: { name: string; server: string; labels: Record<string, string> }[] = [
    { name: 'eu', server: 'https://eu.acme.io', labels: { region: 'eu' } },
  ];
  const read = clusterInventory(entries);
  expect(read.get('eu').labels['region']).toBe('eu');
  expect(read.generator({ labels: { region: 'eu' } }).spec).toEqual({
    clusters: { selector: { matchLabels: { region: 'eu' } } },
  });
  expect(codesOf(() => read.get('us'))).toEqual(['argocd-inventory-nothing-selected']);
});

test('a name, a label or a value that no cluster has does not compile', () => {
  const never = () => {
    // @ts-expect-error no cluster is called so
    fleet.get('asia');
    // @ts-expect-error no cluster has such a label
    fleet.generator({ labels: { regoin: 'eu' } });
    // @ts-expect-error no cluster has such a value
    fleet.generator({ labels: { region: 'asia' } });
    // @ts-expect-error no cluster has such a label
    fleet.generator({ read: ['tier'] });
    // @ts-expect-error the value is of another label
    fleet.select({ stage: 'eu' });
  };
  expect(never).toBeDefined();
  const stack = new EnvironmentStack(new GitOpsApp().environment('hub'), 'apps', { namespace: 'argocd' });
  const misread = () =>
    new ApplicationSet(stack, 'dns', {
      generators: [everywhere()],
      template: (p) => ({
        // @ts-expect-error the generator does not read this label
        metadata: { name: `dns-${p.name}`, labels: { stage: p.metadata.labels.stage } },
        spec: { project: 'platform', destination: { name: p.name } },
      }),
    });
  expect(misread).toThrow();
});
