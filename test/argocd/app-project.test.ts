import { EnvironmentStack, GitOpsApp } from '../../src';
import { AppProject, type AppProjectProps } from '../../src/argocd';
import { cronProblem } from '../../src/argocd/cron';
import { codesOf, issuesOf } from '../support/issues';

function project(props: AppProjectProps): Record<string, unknown> {
  const stack = new EnvironmentStack(new GitOpsApp().environment('prod'), 'apps');
  return new AppProject(stack, 'shop', props).toJson() as unknown as Record<string, unknown>;
}

const open = { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] };

test('the least project is in argocd', () => {
  expect(project(open)).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'shop', namespace: 'argocd' },
    spec: open,
  });
});

test('a whole project comes out as it was said', () => {
  const spec: AppProjectProps = {
    ...open,
    description: 'The shop',
    sourceNamespaces: ['team-*'],
    clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
    namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }],
    roles: [{ name: 'ci', policies: ['p, proj:shop:ci, applications, sync, shop/*, allow'], groups: ['ops'] }],
    syncWindows: [
      { kind: 'deny', schedule: '0 22 * * MON-FRI', duration: '1h30m', applications: ['*'], timeZone: 'Europe/Berlin' },
    ],
    destinationServiceAccounts: [{ server: '*', namespace: 'shop', defaultServiceAccount: 'shop:deployer' }],
    orphanedResources: { warn: true, ignore: [{ kind: 'ConfigMap' }] },
    permitOnlyProjectScopedClusters: true,
    sourceIntegrity: {
      git: {
        policies: [
          { repos: [{ url: 'https://github.com/acme/*' }], gpg: { mode: 'head', keys: ['4AEE18F83AFDEB23'] } },
        ],
      },
    },
  };
  expect(project(spec)['spec']).toEqual(spec);
});

test('an empty list is not an absent one', () => {
  expect(project({ ...open, namespaceResourceWhitelist: [] })['spec']).toHaveProperty('namespaceResourceWhitelist', []);
  expect(project(open)['spec']).not.toHaveProperty('namespaceResourceWhitelist');
});

test.each<[string, AppProjectProps]>([
  ['argocd-project-deny-all', { ...open, destinations: [{ server: '*', namespace: '!*' }] }],
  ['argocd-project-duplicate', { ...open, sourceRepos: ['https://a', 'https://a'] }],
  ['argocd-project-duplicate', { ...open, destinations: [{ name: 'a' }, { name: 'a' }] }],
  ['argocd-project-role-name', { ...open, roles: [{ name: '-ci' }] }],
  [
    'argocd-project-role-policy',
    { ...open, roles: [{ name: 'ci', policies: ['p, proj:shop:ci, applications, sync, shop/*'] }] },
  ],
  [
    'argocd-project-role-policy',
    { ...open, roles: [{ name: 'ci', policies: ['p, proj:shop:ci, applications, sing, shop/*, allow'] }] },
  ],
  [
    'argocd-project-role-policy',
    { ...open, roles: [{ name: 'ci', policies: ['p, proj:shop:ci, applications, sync, other/*, allow'] }] },
  ],
  ['argocd-project-role-group', { ...open, roles: [{ name: 'ci', groups: [' ops'] }] }],
  [
    'argocd-project-service-account',
    { ...open, destinationServiceAccounts: [{ server: '!a', defaultServiceAccount: 'a' }] },
  ],
  [
    'argocd-project-sync-window',
    { ...open, syncWindows: [{ kind: 'allow', schedule: '* * * * *', duration: '1d', clusters: ['a'] }] },
  ],
  [
    'argocd-project-sync-window',
    { ...open, syncWindows: [{ kind: 'permit', schedule: '* * * * *', duration: '1h', clusters: ['a'] }] },
  ],
  [
    'argocd-project-sync-window-time-zone',
    {
      ...open,
      syncWindows: [{ kind: 'allow', schedule: '* * * * *', duration: '1h', clusters: ['a'], timeZone: '+02:00' }],
    },
  ],
])('%s is refused', (code, props) => {
  expect(codesOf(() => project(props))).toEqual([code]);
});

test('a policy of another project is refused in the words of Argo CD', () => {
  const policies = ['p, proj:other:ci, applications, sync, shop/*, allow'];
  const [issue] = issuesOf(() => project({ ...open, roles: [{ name: 'ci', policies }] }));
  expect(issue).toMatchObject({
    message: expect.stringContaining("policy subject must be: 'proj:shop:ci'"),
    at: { path: '.spec.roles[0].policies[0]' },
  });
});

test.each(['applications, action/apps/Deployment/restart', 'applicationsets, get', 'logs, get', 'applications, *'])(
  'a policy may allow %s',
  (grant) => {
    const policies = [`p, proj:shop:ci, ${grant}, shop/team-a/checkout, allow`];
    expect(() => project({ ...open, roles: [{ name: 'ci', policies }] })).not.toThrow();
  },
);

test.each([
  '0 22 * * *',
  '*/5 0-23/2 1,15 jan-MAR ?',
  '0 0 1 1 0',
  'CRON_TZ=Europe/Berlin 0 6 * * 1-5',
  '5/15 * * * *',
])('the schedule %s is read', (schedule) => {
  expect(cronProblem(schedule)).toBeUndefined();
});

test.each([
  ['', /found 0/],
  ['@daily', /descriptors/],
  ['0 0 22 * * *', /found 6/],
  ['61 22 * *', /found 4/],
  ['61 22 * * *', /"61" is no minute/],
  ['0 24 * * *', /no hour/],
  ['0 0 0 * *', /no day of month/],
  ['0 0 * 13 *', /no month/],
  ['0 0 * * 7', /no day of week/],
  ['0 0 * * mon-', /no day of week/],
  ['*/0 * * * *', /no minute/],
  ['5-1 * * * *', /no minute/],
  ['a * * * *', /no minute/],
])('the schedule %j is refused', (schedule, problem) => {
  expect(cronProblem(schedule)).toMatch(problem);
});
