import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { EnvironmentStack, GitOpsApp } from '../../../src';
import { AppProject } from '../../../src/argocd';
import { appProjectRules } from '../../../src/argocd/app-project-rules';
import { allowInProject, denyInProject, jwtToken, projectRoles, role, syncWindow } from '../../../src/argocd/project';
import { projectPatternRules } from '../../../src/argocd/project/pattern-rules';
import { checkManifest } from '../../../src/core/check-manifest';
import type { Manifest } from '../../../src/kernel/manifest';
import { codesOf } from '../../support/issues';

const open = { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] };

function project(spec: object): AppProject {
  const stack = new EnvironmentStack(new GitOpsApp().environment('prod'), 'apps');
  return new AppProject(stack, 'shop', { ...open, ...spec });
}

test('a role becomes policies of its project, and the project accepts them', () => {
  const roles = projectRoles('shop', [
    role('developer', {
      description: 'Syncs and looks',
      groups: ['acme:dev'],
      policies: [
        allowInProject('applications', 'sync'),
        allowInProject('applications', 'action/apps/Deployment/restart', 'web-*'),
        denyInProject('applications', 'delete/*/Pod/*/*', { name: 'checkout' }),
        allowInProject('logs', 'get'),
      ],
    }),
    { name: 'plain', policies: ['p, proj:shop:plain, exec, create, shop/*, deny'] },
    role('token', {
      jwtTokens: [jwtToken({ id: 'ci', issuedAt: new Date('2026-01-01T00:00:00Z'), expiresAt: 1_800_000_000 })],
    }),
  ]);
  expect(roles).toEqual([
    {
      name: 'developer',
      description: 'Syncs and looks',
      groups: ['acme:dev'],
      policies: [
        'p, proj:shop:developer, applications, sync, shop/*, allow',
        'p, proj:shop:developer, applications, action/apps/Deployment/restart, shop/web-*, allow',
        'p, proj:shop:developer, applications, delete/*/Pod/*/*, shop/checkout, deny',
        'p, proj:shop:developer, logs, get, shop/*, allow',
      ],
    },
    { name: 'plain', policies: ['p, proj:shop:plain, exec, create, shop/*, deny'] },
    { name: 'token', jwtTokens: [{ id: 'ci', iat: 1767225600, exp: 1_800_000_000 }] },
  ]);
  expect(project({ roles }).toJson()['spec']).toHaveProperty('roles', roles);
});

test('what cannot be done with a resource does not compile', () => {
  // @ts-expect-error logs can only be read
  allowInProject('logs', 'create');
  // @ts-expect-error ApplicationSets are not synced
  allowInProject('applicationsets', 'sync');
  // @ts-expect-error projects are no resource of a project
  allowInProject('projects', 'get');
  // @ts-expect-error a window concerns somebody
  syncWindow({ kind: 'deny', schedule: '0 22 * * *', duration: '1h' });
  // @ts-expect-error an empty list concerns nobody
  syncWindow({ kind: 'deny', schedule: '0 22 * * *', duration: '1h', clusters: [] });
});

test('a window takes a cdk8s Duration, and the project accepts it', () => {
  const window = syncWindow({
    kind: 'deny',
    schedule: '0 22 * * 5',
    duration: Duration.hours(60),
    timeZone: 'Europe/Berlin',
    applications: ['*'],
    manualSync: true,
  });
  expect(window).toEqual({
    kind: 'deny',
    schedule: '0 22 * * 5',
    duration: '60h',
    timeZone: 'Europe/Berlin',
    applications: ['*'],
    manualSync: true,
  });
  expect(project({ syncWindows: [window] }).toJson()['spec']).toHaveProperty('syncWindows', [window]);
});

test('a window of the wrong shape is refused by the project', () => {
  const window = syncWindow({ kind: 'deny', schedule: '@daily', duration: '1h', clusters: ['prod'] });
  expect(codesOf(() => project({ syncWindows: [window] }))).toEqual(['argocd-project-sync-window']);
});

describe.each(projectPatternRules.map((rule) => [rule.code, rule] as const))('%s', (code, rule) => {
  const found = (sample: string) =>
    checkManifest(parse(sample) as Manifest, appProjectRules).map((issue) => issue.code);

  test('reports its wrong sample, and nothing else does', () => expect(found(rule.wrong)).toEqual([code]));
  test('says nothing about its right sample, and nothing else does', () => expect(found(rule.right)).toEqual([]));
  test('names an upstream source and a reference', () => expect(rule.why).toMatch(/\(AC-\d+/));
});

test.each<[string, object, string[]]>([
  ['an open bracket', { destinations: [{ server: '*', namespace: '!team-[a' }] }, ['argocd-project-glob-broken']],
  [
    'a repository that is no URL',
    { sourceRepos: ['https://github.com:port/acme'] },
    ['argocd-project-source-unmatchable'],
  ],
  ['a lone slash', { sourceNamespaces: ['/'] }, ['argocd-project-source-namespace']],
  ['an expression that does not compile', { sourceNamespaces: ['/team-(/'] }, ['argocd-project-source-namespace']],
  ['a usual project', { sourceNamespaces: ['team-*', '/^x-\\d+$/'], sourceRepos: ['https://github.com/acme/**'] }, []],
])('the patterns of %s', (_, spec, codes) => {
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'shop' },
    spec: { ...open, ...spec },
  };
  expect(checkManifest(manifest, projectPatternRules).map(({ code }) => code)).toEqual(codes);
});
