/** Rules about `argocd-rbac-cm`: who may do what. A line that cannot be read disables the whole policy. */
import type { Report, Rule } from '../../kernel/rule';
import { nearest } from '../../kernel/suggest';
import { type ConfigMapManifest, configRule, sampleConfigMap, type Texts, yamlAt } from './configuration';
import { ACTIONS, BUILTIN_ROLES, type PolicyLine, PROJECT_OBJECTS, policyLines } from './rbac-policy';
import { shapeProblems } from './yaml-text';

const SOURCE = 'argo-cd util/rbac/rbac.go';
const TABLE = 'argo-cd docs/operator-manual/rbac.md';

const sample = (data: string) => sampleConfigMap('argocd-rbac-cm', data);
const policy = (...lines: readonly string[]) => sample(`policy.csv: |\n${lines.map((line) => `  ${line}`).join('\n')}`);

interface Placed extends PolicyLine {
  readonly key: string;
}

const read = new WeakMap<Texts, readonly Placed[]>();

/** The lines of all policies, in the order that Argo CD joins them. */
function linesOf(texts: Texts): readonly Placed[] {
  let lines = read.get(texts);
  if (lines === undefined) {
    const keys = [...texts.keys()].filter((key) => key.startsWith('policy.') && key.endsWith('.csv')).sort();
    lines = keys.flatMap((key) => policyLines(texts.get(key)!).map((line) => ({ ...line, key })));
    read.set(texts, lines);
  }
  return lines;
}

/** The permissions that can be read. */
function* permissions(texts: Texts) {
  for (const line of linesOf(texts)) {
    if (line.problem !== undefined || line.fields?.[0] !== 'p') continue;
    const [, subject = '', resource = '', action = '', object = '', effect = ''] = line.fields;
    yield { line, subject, resource, action, object, effect };
  }
}

function say(report: Report, { key, number, text }: Placed, message: string, fix?: string): void {
  report(['data', key], `line ${number}, '${text}': ${message}`, fix);
}

function isRegex(texts: Texts): boolean {
  return texts.get('policy.matchMode') === 'regex';
}

/** Whether a token is a word, so that both match modes take it as it is. */
function isWord(token: string): boolean {
  return /^[\w-]+$/.test(token);
}

const key = configRule('rbac', {
  code: 'argocd-rbac-key',
  severity: 'error',
  summary: 'argocd-rbac-cm has a key that Argo CD does not read.',
  why: `It reads policy.csv, policy.<any>.csv, policy.default, policy.matchMode and scopes; any other key is ignored without a word (RB-01; ${SOURCE}, PolicyCSV).`,
  fix: 'name an additional policy policy.<name>.csv',
  wrong: sample("policy.csv.team: ''"),
  right: sample("policy.team.csv: ''"),
  check(texts, report) {
    for (const name of texts.keys()) {
      if (KEYS.includes(name) || (name.startsWith('policy.') && name.endsWith('.csv'))) continue;
      const near = nearest(name, KEYS);
      report(['data', name], `Argo CD reads no key '${name}'`, near && `use '${near}'`);
    }
  },
});

const KEYS = ['policy.csv', 'policy.default', 'policy.matchMode', 'scopes'];

const matchMode = configRule('rbac', {
  code: 'argocd-rbac-match-mode',
  severity: 'error',
  summary: 'policy.matchMode has a word that Argo CD does not know.',
  why: `Anything else than regex is taken for glob (RB-01; ${SOURCE}, SetMatchMode).`,
  fix: 'write glob or regex',
  wrong: sample('policy.matchMode: regexp'),
  right: sample('policy.matchMode: regex'),
  check(texts, report) {
    const mode = texts.get('policy.matchMode');
    if (mode === undefined || mode === '' || mode === 'glob' || mode === 'regex') return;
    report(['data', 'policy.matchMode'], `'${mode}' is taken for glob`);
  },
});

const scopes = configRule('rbac', {
  code: 'argocd-rbac-scopes',
  severity: 'error',
  summary: 'scopes is no list of claims.',
  why: 'Argo CD unmarshals it as a YAML list; an error ends the API server (RB-01; argo-cd server/server.go, rbacPolicyLoader).',
  fix: "write '[groups, email]'",
  wrong: sample('scopes: groups, email'),
  right: sample("scopes: '[groups, email]'"),
  check(texts, report) {
    if ((texts.get('scopes') ?? '') === '') return;
    const list = yamlAt(texts, 'scopes')!;
    if ('problem' in list) return report(['data', 'scopes'], `it is no YAML: ${list.problem}`);
    for (const { path, message } of shapeProblems(list.value, { list: 'text' })) {
      report(['data', 'scopes'], `error unmarshalling scopes: ${path && `${path}: `}${message}`);
    }
  },
});

const line = configRule('rbac', {
  code: 'argocd-rbac-line',
  severity: 'error',
  summary: 'A line of a policy cannot be read.',
  why: `A line is p with 6 fields or g with 3, as CSV; any other is "invalid RBAC policy", and then none of the policy is loaded (RB-02; ${SOURCE}, loadPolicyLine).`,
  fix: 'write p, <subject>, <resource>, <action>, <object>, allow or g, <user or group>, <role>; put quotes around a field with a comma',
  wrong: policy('p, role:dev, applications, sync, shop/*'),
  right: policy('p, role:dev, applications, sync, shop/*, allow'),
  check(texts, report) {
    for (const placed of linesOf(texts)) {
      if (placed.problem !== undefined) say(report, placed, `invalid RBAC policy: ${placed.problem}`);
    }
  },
});

const blank = configRule('rbac', {
  code: 'argocd-rbac-blank',
  severity: 'error',
  summary: 'A field of a policy is empty, or ends in a blank.',
  why: `Blanks are taken away before a field, not behind it: 'shop/* ' matches nothing (RB-02; ${SOURCE}, loadPolicyLine).`,
  fix: 'write the fields without blanks before the commas',
  wrong: policy('p, role:dev, applications, sync , shop/*, allow'),
  right: policy('p, role:dev, applications, sync, shop/*, allow'),
  check(texts, report) {
    for (const placed of linesOf(texts)) {
      if (placed.problem !== undefined) continue;
      for (const field of placed.fields!) {
        if (field === '') say(report, placed, 'a field is empty');
        else if (/\s$/.test(field)) say(report, placed, `the field '${field}' ends in a blank`);
      }
    }
  },
});

const effect = configRule('rbac', {
  code: 'argocd-rbac-effect',
  severity: 'error',
  summary: 'The effect of a permission is neither allow nor deny.',
  why: 'The model compares it with these two words; with any other the line has no effect (RB-02; argo-cd assets/model.conf).',
  fix: 'write allow or deny',
  wrong: policy('p, role:dev, applications, sync, shop/*, Allow'),
  right: policy('p, role:dev, applications, sync, shop/*, allow'),
  check(texts, report) {
    for (const { line: placed, effect: word } of permissions(texts)) {
      if (!['allow', 'deny'].includes(word.trim())) say(report, placed, `the effect is '${word}'`);
    }
  },
});

const RESOURCES = Object.keys(ACTIONS);

const resource = configRule('rbac', {
  code: 'argocd-rbac-resource',
  severity: 'error',
  summary: 'A permission is about a resource that there is not.',
  why: `Argo CD asks about the resources of its table; a line about another never matches (RB-03; ${TABLE}).`,
  fix: `use one of ${RESOURCES.join(', ')}`,
  wrong: policy('p, role:dev, application, sync, shop/*, allow'),
  right: policy('p, role:dev, applications, sync, shop/*, allow'),
  check(texts, report) {
    for (const { line: placed, resource: name } of permissions(texts)) {
      const word = name.trim();
      if (!isWord(word) || RESOURCES.includes(word)) continue;
      const near = nearest(word, RESOURCES);
      say(report, placed, `there is no resource '${word}'`, near && `use '${near}'`);
    }
  },
});

const action = configRule('rbac', {
  code: 'argocd-rbac-action',
  severity: 'error',
  summary: 'A permission is for an action that the resource does not have.',
  why: `Each resource has its own actions: exec only create, logs only get, extensions only invoke; actions on an Application's objects are action/<group>/<kind>/<name>, so a bare action matches none (RB-03; ${TABLE}).`,
  fix: 'use an action of the resource',
  wrong: policy('p, role:dev, logs, create, shop/*, allow'),
  right: policy('p, role:dev, logs, get, shop/*, allow'),
  check(texts, report) {
    for (const { line: placed, resource: name, action: wanted } of permissions(texts)) {
      if (!Object.hasOwn(ACTIONS, name)) continue;
      const problem = actionProblem(name as keyof typeof ACTIONS, wanted.trim(), isRegex(texts));
      if (problem !== undefined) say(report, placed, ...problem);
    }
  },
});

function actionProblem(name: keyof typeof ACTIONS, wanted: string, regex: boolean): [string, string] | undefined {
  const actions: readonly string[] = ACTIONS[name];
  const [head = '', ...more] = wanted.split('/');
  if (wanted === 'action' && name === 'applications') {
    return ["'action' alone matches no action", 'write action/*, or action/<group>/<kind>/<name>'];
  }
  if (!isWord(head)) return undefined;
  if (more.length > 0) {
    if (name === 'applications' && ['action', 'update', 'delete'].includes(head)) return undefined;
    return regex ? undefined : [`${name} has no action '${wanted}'`, `use one of ${actions.join(', ')}`];
  }
  if (actions.includes(head)) return undefined;
  return [`${name} has no action '${wanted}'`, `use one of ${actions.join(', ')}`];
}

const object = configRule('rbac', {
  code: 'argocd-rbac-object',
  severity: 'error',
  summary: 'The object of a permission does not have the form that Argo CD asks about.',
  why: `Applications, ApplicationSets, logs and exec are asked about as <project>/<name>, or <project>/<namespace>/<name>; a name alone never matches (RB-04; ${TABLE}).`,
  fix: 'write <project>/<name>, <project>/* or *',
  wrong: policy('p, role:dev, applications, sync, checkout, allow'),
  right: policy('p, role:dev, applications, sync, shop/checkout, allow'),
  check(texts, report) {
    for (const { line: placed, resource: name, object: text } of permissions(texts)) {
      const word = text.trim();
      if (!PROJECT_OBJECTS.includes(name) || word.includes('/')) continue;
      if (!/^[\w.-]+$/.test(word) || (isRegex(texts) && word.includes('.'))) continue;
      say(report, placed, `'${word}' has no project before it`);
    }
  },
});

const roleUnknown = configRule('rbac', {
  code: 'argocd-rbac-role-unknown',
  severity: 'error',
  summary: 'A role is given that no line of the policy defines.',
  why: `A role is what p lines make of it; one without any permits nothing, and Argo CD only warns: "user defined roles not found in policies" (RB-02; ${SOURCE}, CheckUserDefinedRoleReferentialIntegrity).`,
  fix: 'define the role with p lines, or correct its name',
  wrong: policy('p, role:dev, applications, sync, shop/*, allow', 'g, acme:devs, role:devs'),
  right: policy('p, role:dev, applications, sync, shop/*, allow', 'g, acme:devs, role:dev'),
  check(texts, report) {
    const known = subjects(texts);
    for (const placed of linesOf(texts)) {
      if (placed.problem !== undefined || placed.fields?.[0] !== 'g') continue;
      const role = placed.fields[2]!.trim();
      if (known.has(role) || role === '') continue;
      const near = nearest(
        role,
        [...known].filter((name) => name.startsWith('role:')),
      );
      say(report, placed, `user defined roles not found in policies: ${role}`, near && `use '${near}'`);
    }
  },
});

/** Everyone who has permissions: by p lines, by roles given to them, or built in. */
function subjects(texts: Texts): Set<string> {
  const known = new Set<string>([...BUILTIN_ROLES, 'admin']);
  for (const { subject } of permissions(texts)) known.add(subject.trim());
  for (const { problem, fields } of linesOf(texts)) {
    if (problem === undefined && fields?.[0] === 'g') known.add(fields[1]!.trim());
  }
  return known;
}

const defaultRole = configRule('rbac', {
  code: 'argocd-rbac-default',
  severity: 'error',
  summary: 'policy.default names a role that there is not.',
  why: `Everyone logged in gets this role; one that no line defines permits nothing, and Argo CD does not say so (RB-01; ${TABLE}).`,
  fix: "name a role that the policy defines, with its 'role:', or role:readonly",
  wrong: sample('policy.default: readonly'),
  right: sample('policy.default: role:readonly'),
  check(texts, report) {
    const role = texts.get('policy.default');
    if (role === undefined || role === '') return;
    const known = subjects(texts);
    if (known.has(role)) return;
    const near = known.has(`role:${role}`) ? `role:${role}` : nearest(role, known);
    report(['data', 'policy.default'], `there is no role '${role}'`, near && `use '${near}'`);
  },
});

const defaultAdmin = configRule('rbac', {
  code: 'argocd-rbac-default-admin',
  severity: 'warning',
  summary: 'Everyone who can log in is an administrator.',
  why: `What policy.default permits, no deny can take away (RB-01; ${TABLE}).`,
  fix: 'default to role:readonly or nothing, and give role:admin to a group',
  wrong: sample('policy.default: role:admin'),
  right: sample('policy.default: role:readonly'),
  check(texts, report) {
    if (texts.get('policy.default') === 'role:admin') report(['data', 'policy.default'], 'role:admin is for everyone');
  },
});

export const argoCdRbacRules: readonly Rule<ConfigMapManifest>[] = [
  key,
  matchMode,
  scopes,
  line,
  blank,
  effect,
  resource,
  action,
  object,
  roleUnknown,
  defaultRole,
  defaultAdmin,
];
