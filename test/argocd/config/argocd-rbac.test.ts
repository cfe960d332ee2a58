import { EnvironmentStack, GitOpsApp } from '../../../src';
import { ArgoCdRbac, type ArgoCdRbacProps, allow, deny } from '../../../src/argocd/config/argocd-rbac';
import { codesOf } from '../../support/issues';

const stack = () => new EnvironmentStack(new GitOpsApp().environment('prod'), 'argocd');
const raw = (data: Record<string, string>) => new ArgoCdRbac(stack(), 'rbac', { data });

test('roles, bindings and the default become the ConfigMap that Argo CD reads', () => {
  const rbac = new ArgoCdRbac(stack(), 'rbac', {
    roles: {
      developer: [
        allow('applications', 'sync', 'shop/*'),
        allow('applications', 'action/apps/Deployment/restart', 'shop/*'),
        allow('logs', 'get', 'shop/*'),
        deny('exec', 'create', '*'),
      ],
    },
    bindings: { 'acme:devs, "shop"': 'developer', 'acme:ops': ['admin', 'developer'] },
    defaultRole: 'readonly',
    scopes: ['groups', 'email'],
    matchMode: 'glob',
    data: { 'policy.extra.csv': 'p, role:developer, projects, get, shop, allow\n' },
  });
  expect(rbac.toJson()).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-rbac-cm',
      namespace: 'argocd',
      labels: { 'app.kubernetes.io/part-of': 'argocd', 'app.kubernetes.io/name': 'argocd-rbac-cm' },
    },
    data: {
      'policy.csv': `p, role:developer, applications, sync, shop/*, allow
p, role:developer, applications, action/apps/Deployment/restart, shop/*, allow
p, role:developer, logs, get, shop/*, allow
p, role:developer, exec, create, *, deny
g, "acme:devs, ""shop""", role:developer
g, acme:ops, role:admin
g, acme:ops, role:developer
`,
      'policy.default': 'role:readonly',
      scopes: '- groups\n- email\n',
      'policy.matchMode': 'glob',
      'policy.extra.csv': 'p, role:developer, projects, get, shop, allow\n',
    },
  });
});

test('the built-in policy of Argo CD has nothing to complain of', () => {
  const lines = [
    'applications, get, */*',
    'certificates, update, *',
    'applications, update/*, */*',
    'applications, action/*, */*',
    '*, *, *',
  ];
  expect(() =>
    raw({ 'policy.csv': `# comment\n\n${lines.map((line) => `p, role:x, ${line}, allow`).join('\n')}` }),
  ).not.toThrow();
});

test.each<[string, Record<string, string>]>([
  ['argocd-rbac-line', { 'policy.csv': 'p, a, applications, get, "x, allow' }],
  ['argocd-rbac-line', { 'policy.csv': 'g, a' }],
  ['argocd-rbac-line', { 'policy.csv': 'x, a, b' }],
  ['argocd-rbac-line', { 'policy.z.csv': 'p, a, applications, get, x/y"z, allow' }],
  ['argocd-rbac-action', { 'policy.csv': 'p, a, applications, action, shop/*, allow' }],
  ['argocd-rbac-action', { 'policy.csv': 'p, a, applicationsets, delete/*, shop/*, allow' }],
  ['argocd-rbac-object', { 'policy.csv': 'p, a, exec, create, shop, allow' }],
  ['argocd-rbac-role-unknown', { 'policy.csv': 'g, a, role:none' }],
  ['argocd-rbac-default', { 'policy.default': 'role:none' }],
  ['argocd-rbac-scopes', { scopes: 'groups' }],
  ['argocd-rbac-match-mode', { 'policy.matchMode': 'Glob' }],
])('%s refuses %j', (code, data) => {
  expect(codesOf(() => raw(data))).toEqual([code]);
});

test('a regular expression is not taken for a glob', () => {
  const data = {
    'policy.matchMode': 'regex',
    'policy.csv': 'p, a, .*, (get|sync), shop/.*, allow\np, a, applications, get, .*, allow',
  };
  expect(() => raw(data)).not.toThrow();
});

test('one key is not said twice', () => {
  expect(
    codesOf(
      () => new ArgoCdRbac(stack(), 'rbac', { defaultRole: 'readonly', data: { 'policy.default': 'role:admin' } }),
    ),
  ).toEqual(['argocd-config-key-twice']);
});

test('what Argo CD never asks about does not compile', () => {
  // @ts-expect-error: exec has create alone
  allow('exec', 'get', 'shop/*');
  // @ts-expect-error: an Application is in a project
  allow('applications', 'get', 'checkout');
  // @ts-expect-error: a bare action matches none
  allow('applications', 'action', 'shop/*');
  // @ts-expect-error: there is no such resource
  allow('application', 'get', 'shop/*');
  const roles = { developer: [allow('applications', 'sync', 'shop/*')] };
  // @ts-expect-error: no such role
  const props: ArgoCdRbacProps<'developer'> = { roles, bindings: { ops: 'developers' } };
  expect(codesOf(() => new ArgoCdRbac(stack(), 'rbac', props))).toEqual(['argocd-rbac-role-unknown']);
  // @ts-expect-error: no such role, inferred
  expect(codesOf(() => new ArgoCdRbac(stack(), 'rbac', { roles, defaultRole: 'develper' }))).toEqual([
    'argocd-rbac-default',
  ]);
});
