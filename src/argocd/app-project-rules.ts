/**
 * Rules about an AppProject. Argo CD validates projects in its API server alone, which never sees one that comes from
 * Git: these are the only checks it meets.
 */
import type { FieldPath } from '../kernel/issue';
import type { DeepPartial } from '../kernel/manifest';
import { defineRule, type Report } from '../kernel/rule';
import type { AppProject } from '../schema/generated/argo-cd';
import { annotationRules } from './annotation-rules';
import { projectPatternRules } from './project/pattern-rules';
import { repeated, sampleProject } from './rule-support';
import { syncWindowRules } from './sync-window-rules';

const SOURCE = 'argo-cd pkg/apis/application/v1alpha1/app_project_types.go, ValidateProject';

const denyAll = defineRule<AppProject>({
  code: 'argocd-project-deny-all',
  severity: 'error',
  summary: 'A project denies everything with !*.',
  why: `The API server refuses !* in destinations and sourceRepos; !pattern takes something away from what is permitted (AC-40; ${SOURCE}).`,
  fix: 'remove the entry: what no entry permits is denied already',
  wrong: sampleProject({ sourceRepos: "['!*']" }),
  right: sampleProject({ sourceRepos: "['https://github.com/acme/*', '!https://github.com/acme/secret']" }),
  check({ spec }, report) {
    for (const [index, repo] of (spec?.sourceRepos ?? []).entries()) {
      if (repo === '!*') report(['spec', 'sourceRepos', index], "source repository has an invalid format, '!*'");
    }
    for (const [index, destination] of (spec?.destinations ?? []).entries()) {
      for (const field of ['name', 'server', 'namespace'] as const) {
        if (destination?.[field] !== '!*') continue;
        report(['spec', 'destinations', index, field], `${field} has an invalid format, '!*'`);
      }
    }
  },
});

const duplicate = defineRule<AppProject>({
  code: 'argocd-project-duplicate',
  severity: 'error',
  summary: 'A project says one thing twice.',
  why: `The API server refuses repeated destinations, repositories, namespaces, roles, policies, groups, sync windows and service accounts (AC-41; ${SOURCE}).`,
  fix: 'remove the repetition',
  wrong: sampleProject({ roles: '[{ name: ci }, { name: ci }]' }),
  right: sampleProject({ roles: '[{ name: ci }, { name: ops }]' }),
  check({ spec }, report) {
    if (spec === undefined) return;
    const { destinations = [], sourceRepos = [], sourceNamespaces = [], roles = [], syncWindows = [] } = spec;
    const accounts = spec.destinationServiceAccounts ?? [];
    sayRepeated(
      ['spec', 'destinations'],
      destinations.map((entry) => `${entry?.server || entry?.name || ''}/${entry?.namespace ?? ''}`),
      (key) => `destination '${key}' already exists`,
      report,
    );
    sayRepeated(['spec', 'sourceRepos'], sourceRepos, (repo) => `source repository '${repo}' already exists`, report);
    sayRepeated(
      ['spec', 'sourceNamespaces'],
      sourceNamespaces,
      (name) => `source namespace '${name}' already exists`,
      report,
    );
    sayRepeated(
      ['spec', 'roles'],
      roles.map((role) => role?.name),
      (name) => `role '${name}' already exists`,
      report,
    );
    for (const [index, role] of roles.entries()) {
      const path: FieldPath = ['spec', 'roles', index];
      const { policies = [], groups = [] } = role ?? {};
      sayRepeated([...path, 'policies'], policies, (policy) => `policy '${policy}' already exists`, report);
      sayRepeated([...path, 'groups'], groups, (group) => `group '${group}' already exists`, report);
    }
    sayRepeated(['spec', 'syncWindows'], syncWindows.map(windowKey), () => 'the same window already exists', report);
    sayRepeated(
      ['spec', 'destinationServiceAccounts'],
      accounts.map((entry) => `${entry?.server ?? ''}/${entry?.namespace ?? ''}`),
      (key) => `destinationServiceAccount for '${key}' already exists`,
      report,
    );
  },
});

const permitsNothing = defineRule<AppProject>({
  code: 'argocd-project-permits-nothing',
  severity: 'warning',
  summary: 'A project permits no repository, or no destination.',
  why: 'Without sourceRepos no source is permitted, without destinations no cluster (AC-42, AC-43; argo-cd pkg/apis/application/v1alpha1/app_project_types.go, IsSourcePermitted and IsDestinationPermitted). Fine for a project that others complete.',
  fix: 'list what the Applications need',
  wrong: sampleProject({ destinations: undefined }),
  right: sampleProject({}),
  check({ spec }, report) {
    if (spec === undefined) return;
    if ((spec.sourceRepos ?? []).length === 0) {
      report(['spec', 'sourceRepos'], 'lists nothing: no Application of the project may have a source');
    }
    if ((spec.destinations ?? []).length === 0) {
      report(['spec', 'destinations'], 'lists nothing: no Application of the project may be deployed anywhere');
    }
  },
});

const roleName = defineRule<AppProject>({
  code: 'argocd-project-role-name',
  severity: 'error',
  summary: "A role's name cannot be used in a policy.",
  why: 'The API server allows letters, digits, inner - and _ (AC-45; argo-cd pkg/apis/application/v1alpha1/types.go, validateRoleName).',
  fix: 'use letters, digits, inner - and _: read-only',
  wrong: sampleProject({ roles: '[{ name: read only }]' }),
  right: sampleProject({ roles: '[{ name: read-only }]' }),
  check({ spec }, report) {
    for (const [index, role] of (spec?.roles ?? []).entries()) {
      if (role?.name === undefined || /^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(role.name)) continue;
      report(['spec', 'roles', index, 'name'], `invalid role name '${role.name}'`);
    }
  },
});

const rolePolicy = defineRule<AppProject>({
  code: 'argocd-project-role-policy',
  severity: 'error',
  summary: 'A policy grants nothing, because it is not one.',
  why: 'A policy has six parts: p, proj:<project>:<role>, resource, action, <project>/<object>, allow or deny; Argo CD drops others (AC-46, AC-49b; argo-cd pkg/apis/application/v1alpha1/types.go, validatePolicy; util/rbac/rbac.go).',
  fix: 'write p, proj:<project>:<role>, applications, sync, <project>/*, allow',
  wrong: sampleProject({ roles: "[{ name: ci, policies: ['p, proj:other:ci, applications, sync, shop/*, allow'] }]" }),
  right: sampleProject({ roles: "[{ name: ci, policies: ['p, proj:shop:ci, applications, sync, shop/*, allow'] }]" }),
  check({ metadata, spec }, report) {
    for (const [index, role] of (spec?.roles ?? []).entries()) {
      for (const [at, policy] of (role?.policies ?? []).entries()) {
        if (policy === undefined) continue;
        const problem = policyProblem(policy, metadata?.name, role?.name);
        if (problem !== undefined) report(['spec', 'roles', index, 'policies', at], problem);
      }
    }
  },
});

const roleGroup = defineRule<AppProject>({
  code: 'argocd-project-role-group',
  severity: 'error',
  summary: 'A group has no usable name.',
  why: 'A group is a cell of a CSV line: no line breaks or tabs, no blanks around it, quotes around a comma (AC-47; argo-cd pkg/apis/application/v1alpha1/types.go, validateGroupName).',
  fix: "write the group's name as the identity provider sends it; with a comma, in double quotes",
  wrong: sampleProject({ roles: "[{ name: ci, groups: ['acme,ops'] }]" }),
  right: sampleProject({ roles: '[{ name: ci, groups: [\'"acme,ops"\'] }]' }),
  check({ spec }, report) {
    for (const [index, role] of (spec?.roles ?? []).entries()) {
      for (const [at, group] of (role?.groups ?? []).entries()) {
        const problem = group === undefined ? undefined : groupProblem(group);
        if (problem !== undefined) report(['spec', 'roles', index, 'groups', at], problem);
      }
    }
  },
});

const serviceAccount = defineRule<AppProject>({
  code: 'argocd-project-service-account',
  severity: 'error',
  summary: 'A destination service account cannot be matched or used.',
  why: `server and namespace are globs without !, and the account is a name without blanks or !*[]{}\\/ (AC-49; ${SOURCE}).`,
  fix: 'write the name of a ServiceAccount, or <namespace>:<name>',
  wrong: sampleProject({
    destinationServiceAccounts:
      "[{ server: https://kubernetes.default.svc, namespace: shop, defaultServiceAccount: '*' }]",
  }),
  right: sampleProject({
    destinationServiceAccounts:
      '[{ server: https://kubernetes.default.svc, namespace: shop, defaultServiceAccount: deployer }]',
  }),
  check({ spec }, report) {
    for (const [index, entry] of (spec?.destinationServiceAccounts ?? []).entries()) {
      const path: FieldPath = ['spec', 'destinationServiceAccounts', index];
      for (const field of ['server', 'namespace'] as const) {
        const glob = entry?.[field];
        if (glob?.includes('!')) report([...path, field], `${field} has an invalid format, '${glob}'`);
        else if (glob !== undefined && !isGlob(glob)) report([...path, field], `${field} is no glob: '${glob}'`);
      }
      const account = entry?.defaultServiceAccount;
      if (account === undefined || (account.trim() !== '' && !/[!*[\]{}\\/]/.test(account))) continue;
      report([...path, 'defaultServiceAccount'], `defaultServiceAccount has an invalid format, '${account}'`);
    }
  },
});

const integrityMode = defineRule<AppProject>({
  code: 'argocd-project-source-integrity-mode',
  severity: 'error',
  summary: 'Source integrity has a mode that Argo CD does not know.',
  why: 'gpg.mode is none, head or strict (AC-49a; argo-cd pkg/apis/application/v1alpha1/source_integrity.go).',
  fix: 'write none, head or strict',
  wrong: sampleProject({ sourceIntegrity: integrity('all') }),
  right: sampleProject({ sourceIntegrity: integrity('strict') }),
  check({ spec }, report) {
    for (const [index, policy] of (spec?.sourceIntegrity?.git?.policies ?? []).entries()) {
      const mode = policy?.gpg?.mode;
      if (mode === undefined || ['none', 'head', 'strict'].includes(mode)) continue;
      report(
        ['spec', 'sourceIntegrity', 'git', 'policies', index, 'gpg', 'mode'],
        `${JSON.stringify(mode)} is not none, head or strict`,
      );
    }
  },
});

const signatureKeys = defineRule<AppProject>({
  code: 'argocd-project-signature-keys',
  severity: 'warning',
  summary: 'signatureKeys is deprecated, and ignored beside sourceIntegrity.',
  why: 'sourceIntegrity.git took its place in Argo CD 3.5, and wins where both are given (AC-49a; argo-cd pkg/apis/application/v1alpha1/types.go, EffectiveSourceIntegrity).',
  fix: 'move the keys to sourceIntegrity.git.policies[].gpg',
  wrong: sampleProject({ signatureKeys: '[{ keyID: 4AEE18F83AFDEB23 }]' }),
  right: sampleProject({ sourceIntegrity: integrity('head') }),
  check({ spec }, report) {
    if ((spec?.signatureKeys ?? []).length === 0) return;
    const ignored = spec?.sourceIntegrity?.git !== undefined;
    report(
      ['spec', 'signatureKeys'],
      ignored ? 'is ignored: sourceIntegrity.git is set' : 'is deprecated since Argo CD 3.5',
    );
  },
});

export const appProjectRules = [
  denyAll,
  duplicate,
  permitsNothing,
  roleName,
  rolePolicy,
  roleGroup,
  serviceAccount,
  integrityMode,
  signatureKeys,
  ...syncWindowRules,
  ...projectPatternRules,
  ...annotationRules,
] as const;

function sayRepeated(
  path: FieldPath,
  values: readonly (string | undefined)[],
  message: (value: string) => string,
  report: Report,
): void {
  if (values.length < 2) return;
  for (const [index, value] of repeated(values)) report([...path, index], message(value));
}

type Window = NonNullable<NonNullable<DeepPartial<AppProject>['spec']>['syncWindows']>[number];

function windowKey(window: Window): string | undefined {
  if (window === undefined) return undefined;
  const { kind, schedule, duration, applications, namespaces, clusters, timeZone, andOperator = false } = window;
  return JSON.stringify([kind, schedule, duration, applications, namespaces, clusters, timeZone, andOperator]);
}

const RESOURCES = ['applications', 'applicationsets', 'logs', 'exec', 'clusters', 'repositories'];
const ACTIONS = ['get', 'create', 'update', 'delete', 'sync', 'override', '*'];

function policyProblem(policy: string, project: string | undefined, role: string | undefined): string | undefined {
  if ((policy.match(/"/g) ?? []).length % 2 === 1) return `'${policy}' has an open quote`;
  const [p, subject, resource = '', action = '', object = '', effect, ...rest] = policy
    .split(',')
    .map((part) => part.trim());
  if (effect === undefined || rest.length > 0 || p !== 'p')
    return `invalid policy rule '${policy}': must be of the form: 'p, sub, res, act, obj, eft'`;
  if (project === undefined || role === undefined) return undefined;
  if (subject !== `proj:${project}:${role}`) {
    return `invalid policy rule '${policy}': policy subject must be: 'proj:${project}:${role}', not '${subject}'`;
  }
  if (!RESOURCES.includes(resource)) {
    return `invalid policy rule '${policy}': project resource must be one of ${RESOURCES.join(', ')}, not '${resource}'`;
  }
  if (!ACTIONS.includes(action) && !/(action|update|delete)\/./.test(action)) {
    return `invalid policy rule '${policy}': invalid action '${action}'`;
  }
  const escaped = project.replace(/[.]/g, '\\.');
  if (!new RegExp(`^${escaped}(/[*\\w-.]+)?/[*\\w-.]+$`).test(object)) {
    return `invalid policy rule '${policy}': object must be of form '${project}/*', '${project}[/<NAMESPACE>]/<APPNAME>' or '${project}/<APPNAME>', not '${object}'`;
  }
  return effect === 'allow' || effect === 'deny'
    ? undefined
    : `invalid policy rule '${policy}': effect must be: 'allow' or 'deny'`;
}

function groupProblem(group: string): string | undefined {
  if (group.trim() === '') return 'group is empty';
  if (/[\n\r\t]/.test(group)) return `group ${JSON.stringify(group)} contains a line break or tab`;
  if (group !== group.trim()) return `group ${JSON.stringify(group)} has blanks around it`;
  if (group.includes(',') && !/^".*"$/.test(group)) return `group ${JSON.stringify(group)} has a comma and no quotes`;
  return undefined;
}

/** Brackets and braces that are opened are closed. */
function isGlob(glob: string): boolean {
  let depth = 0;
  for (const char of glob.replace(/\\./g, '')) {
    if (char === '{' || char === '[') depth++;
    if (char === '}' || char === ']') depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function integrity(mode: string): string {
  return `
    git:
      policies:
        - repos: [{ url: 'https://github.com/acme/*' }]
          gpg: { mode: ${mode}, keys: [4AEE18F83AFDEB23] }`;
}
