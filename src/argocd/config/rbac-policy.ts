/** Argo CD's RBAC policy: its lines, and which actions there are on what (argo-cd util/rbac/rbac.go, v3.5). */

/** The actions on each resource. */
export const ACTIONS = {
  applications: ['get', 'create', 'update', 'delete', 'sync', 'override', 'action'],
  applicationsets: ['get', 'create', 'update', 'delete'],
  clusters: ['get', 'create', 'update', 'delete'],
  projects: ['get', 'create', 'update', 'delete'],
  repositories: ['get', 'create', 'update', 'delete'],
  'write-repositories': ['get', 'create', 'update', 'delete'],
  accounts: ['get', 'update'],
  certificates: ['get', 'create', 'update', 'delete'],
  gpgkeys: ['get', 'create', 'delete'],
  logs: ['get'],
  exec: ['create'],
  extensions: ['invoke'],
} as const;

export type RbacResource = keyof typeof ACTIONS;

/** Resources whose objects are `<project>/<name>`, or `<project>/<namespace>/<name>`. */
export const PROJECT_OBJECTS: readonly string[] = ['applications', 'applicationsets', 'logs', 'exec'];

/** Roles that Argo CD brings. */
export const BUILTIN_ROLES = ['role:admin', 'role:readonly'] as const;

export interface PolicyLine {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** Its fields, or undefined when it is no CSV. */
  readonly fields: readonly string[] | undefined;
  readonly problem: string | undefined;
}

/** The lines of a policy that are not empty and no comments. */
export function policyLines(policy: string): PolicyLine[] {
  const lines: PolicyLine[] = [];
  for (const [index, line] of policy.split('\n').entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const read = readCsv(text);
    const fields = typeof read === 'string' ? undefined : read;
    const problem = typeof read === 'string' ? read : shapeProblem(read);
    lines.push({ number: index + 1, text, fields, problem });
  }
  return lines;
}

/** Fields as one line of a policy. */
export function policyLine(fields: readonly string[]): string {
  return fields.map(csvField).join(', ');
}

function shapeProblem(fields: readonly string[]): string | undefined {
  const [section] = fields;
  if (section === 'p') return fields.length === 6 ? undefined : `a p line has 6 fields, this one ${fields.length}`;
  if (section === 'g') return fields.length === 3 ? undefined : `a g line has 3 fields, this one ${fields.length}`;
  return `a line begins with p or g, this one with '${section}'`;
}

/** One line as encoding/csv reads it with TrimLeadingSpace: the fields, or what is wrong. */
function readCsv(line: string): readonly string[] | string {
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    rest = rest.replace(/^\s+/, '');
    if (rest.startsWith('"')) {
      const quoted = /^"((?:[^"]|"")*)"(,|$)/.exec(rest);
      if (quoted === null) return 'extraneous or missing " in quoted-field';
      fields.push(quoted[1]!.replaceAll('""', '"'));
      if (quoted[2] === '') return fields;
      rest = rest.slice(quoted[0].length);
      continue;
    }
    const comma = rest.indexOf(',');
    const field = comma < 0 ? rest : rest.slice(0, comma);
    if (field.includes('"')) return 'bare " in non-quoted-field';
    fields.push(field);
    if (comma < 0) return fields;
    rest = rest.slice(comma + 1);
  }
}

function csvField(field: string): string {
  return /[",]|^\s|\s$|^$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
