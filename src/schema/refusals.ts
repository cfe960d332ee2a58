/** What is said about a value that a schema refuses. Inside a branch of a choice nothing is said: it only fails. */
import { nearest } from '../kernel/suggest';
import type { Finding, SchemaCode } from './finding';
import { formatExamples } from './format';
import type { SchemaNode } from './node';
import { describe, expected, got, listed, oneOf, quoted, typeFix } from './words';

/** What a refusal needs to know of a walk. */
export interface Refusals {
  readonly root: SchemaNode;
  readonly path: (string | number)[];
  readonly depth: number;
  readonly findings: Finding[];
  readonly probing: boolean;
  failed: boolean;
}

type Bound =
  | 'minimum'
  | 'maximum'
  | 'multipleOf'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties';

export const refuse = {
  type(walk: Refusals, node: SchemaNode, value: unknown): void {
    if (silent(walk)) return;
    add(walk, 'schema-type', `expected ${expected(node.type)}, got ${got(value)}`, typeFix(node, value));
  },

  unknown(walk: Refusals, node: SchemaNode, key: string): void {
    if (silent(walk)) return;
    add(walk, 'schema-field-unknown', `unknown field ${quoted(key)}`, unknownFix(walk, node, key));
  },

  required(walk: Refusals, node: SchemaNode, name: string, value: unknown): void {
    if (silent(walk)) return;
    const field = node.properties?.get(name);
    const message =
      value === null
        ? `required field ${quoted(name)} is null, which the API server takes for absent`
        : `required field ${quoted(name)} is missing`;
    add(walk, 'schema-required', message, `add ${name}: ${field ? describe(field) : 'a value'}`, name);
  },

  enum(walk: Refusals, node: SchemaNode, value: unknown): void {
    if (silent(walk)) return;
    const names = node.enum!.filter((choice) => typeof choice === 'string');
    const meant = typeof value === 'string' ? nearest(value, names) : undefined;
    const all = `write ${oneOf(node.enum!.map((choice) => JSON.stringify(choice)))}`;
    add(
      walk,
      'schema-enum',
      `${quoted(value)} is not an allowed value`,
      meant === undefined ? all : `did you mean ${quoted(meant)}? Otherwise ${all}`,
    );
  },

  pattern(walk: Refusals, node: SchemaNode, value: string): void {
    if (silent(walk)) return;
    add(walk, 'schema-pattern', `${quoted(value)} does not match ${node.pattern}`, patternFix(node.pattern!, value));
  },

  format(walk: Refusals, node: SchemaNode, value: string | number): void {
    if (silent(walk)) return;
    const format = node.format!;
    add(
      walk,
      'schema-format',
      `${quoted(value)} is not of format ${format}`,
      `write ${formatExamples[format] ?? format}`,
    );
  },

  bound(walk: Refusals, node: SchemaNode, bound: Bound, actual: number): void {
    if (silent(walk)) return;
    const { unit, limit } = boundWords(node, bound);
    add(
      walk,
      'schema-bound',
      `${unit === '' ? `got ${actual}` : `has ${actual} ${unit}`}, allowed is ${limit}`,
      `write ${limit}${unit === '' ? '' : ` ${unit}`}`,
    );
  },

  null(walk: Refusals, node: SchemaNode, reason: string): void {
    if (silent(walk)) return;
    add(walk, 'schema-null', `got null; ${reason}`, `write ${describe(node)}, or leave it out`);
  },

  duplicate(walk: Refusals, node: SchemaNode, item: unknown, first: number): void {
    if (silent(walk)) return;
    const keys = node.keys.map(
      (key) => `${key} ${quoted((item as Record<string, unknown>)[key] ?? node.items?.properties?.get(key)?.default)}`,
    );
    const what = node.list === 'map' ? keys.join(', ') : quoted(item);
    const rule = node.list === 'map' ? `items are told apart by ${listed(node.keys)}` : 'every item may occur once';
    add(
      walk,
      'schema-duplicate-key',
      `${what} is already item ${first}; ${rule}`,
      'remove one of the two, or rename it',
    );
  },

  anyOf(walk: Refusals, node: SchemaNode, value: unknown): void {
    if (silent(walk)) return;
    const names = fieldsOf(node.anyOf!);
    const message =
      names.length > 0 && typeof value === 'object'
        ? `has none of ${listed(names)}`
        : `${quoted(value)} fits none of the allowed forms`;
    const forms = node.anyOf!.map(describe).filter((form) => form !== expected('any'));
    add(
      walk,
      'schema-any-of',
      message,
      names.length > 0 ? `set ${oneOf(names)}` : `write ${oneOf(forms.length > 0 ? forms : ['another value'])}`,
    );
  },

  oneOf(walk: Refusals, node: SchemaNode, value: unknown, fitting: number): void {
    if (silent(walk)) return;
    const names = fieldsOf(node.oneOf!);
    const present = names.filter((name) => typeof value === 'object' && value !== null && Object.hasOwn(value, name));
    if (names.length === 0) {
      add(
        walk,
        'schema-one-of',
        `fits ${fitting} of the forms of which exactly one is allowed`,
        'write exactly one form',
      );
    } else if (present.length > 1) {
      add(walk, 'schema-one-of', `has ${listed(present)}, which exclude each other`, `keep only ${oneOf(present)}`);
    } else {
      add(
        walk,
        'schema-one-of',
        `has ${present.length === 0 ? 'none' : listed(present)} of ${listed(names)}`,
        `set exactly ${oneOf(names)}`,
      );
    }
  },

  not(walk: Refusals, node: SchemaNode): void {
    if (silent(walk)) return;
    const names = fieldsOf([node.not!]);
    add(
      walk,
      'schema-not',
      names.length > 0 ? `${listed(names)} may not be set here` : 'this form is not allowed',
      names.length > 0 ? `remove ${listed(names)}` : 'write another form',
    );
  },
};

function silent(walk: Refusals): boolean {
  if (walk.probing) walk.failed = true;
  return walk.probing;
}

function add(walk: Refusals, code: SchemaCode, message: string, fix: string, field?: string): void {
  const path = walk.path.slice(0, walk.depth);
  if (field !== undefined) path.push(field);
  walk.findings.push({ code, severity: 'error', path, message, fix });
}

/** The same name in another case, else a similar one, else the place it belongs to, else what is allowed here. */
function unknownFix(walk: Refusals, node: SchemaNode, key: string): string {
  const names = [...(node.properties?.keys() ?? [])];
  const lower = key.toLowerCase();
  const sameButCase = names.find((name) => name.toLowerCase() === lower);
  if (sameButCase !== undefined) return `write ${sameButCase}: names are case-sensitive`;
  const near = nearest(key, names);
  if (near !== undefined) return `did you mean ${near}?`;
  const home = homeOf(walk.root, key);
  if (home !== undefined) return `${quoted(key)} is a field of ${home}; move it there or remove it`;
  return names.length === 0 ? 'remove it: this object has no fields' : `remove it; allowed here: ${listed(names)}`;
}

/** The shallowest object of the kind that has a field of this name. */
function homeOf(root: SchemaNode, key: string): string | undefined {
  const seen = new Set<SchemaNode>();
  let level: { node: SchemaNode; path: string }[] = [{ node: root, path: '' }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { node, path } of level) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (node.properties?.has(key)) return path === '' ? 'the top level' : path;
      for (const [name, child] of node.properties ?? []) next.push({ node: child, path: `${path}.${name}` });
      if (node.items) next.push({ node: node.items, path: `${path}[]` });
      if (typeof node.values === 'object') next.push({ node: node.values, path: `${path}.*` });
    }
    level = next;
  }
  return undefined;
}

/** The field names that branches ask for, in order. */
function fieldsOf(branches: readonly SchemaNode[]): string[] {
  const names = branches.flatMap((branch): string[] => [
    ...branch.required,
    ...fieldsOf(branch.anyOf ?? []),
    ...fieldsOf(branch.allOf ?? []),
  ]);
  return [...new Set(names)];
}

function patternFix(pattern: string, value: string): string {
  if (/\(ms\|s\|m(\|h)?\)/.test(pattern)) {
    const hours = pattern.includes('|h');
    if (!hours && /\d(\.\d+)?h/.test(value)) return 'write minutes instead of hours: "60m"; this field has no unit h';
    return `write a duration such as "30s", "5m"${hours ? ' or "1h30m"' : ''}; units are ${hours ? 'ms, s, m, h' : 'ms, s, m'}`;
  }
  if (value !== value.trim()) return `remove the white space around it: ${quoted(value.trim())}`;
  if (value !== value.toLowerCase() && pattern.startsWith('^[a-z0-9]([-a-z0-9]*'))
    return `write lower case: ${quoted(value.toLowerCase())}`;
  return `write a value that matches ${pattern}`;
}

function boundWords(node: SchemaNode, bound: Bound): { unit: string; limit: string } {
  const limit = node[bound]!;
  if (bound === 'multipleOf') return { unit: '', limit: `a multiple of ${limit}` };
  if (bound === 'minimum')
    return { unit: '', limit: node.exclusiveMinimum ? `more than ${limit}` : `at least ${limit}` };
  if (bound === 'maximum')
    return { unit: '', limit: node.exclusiveMaximum ? `less than ${limit}` : `at most ${limit}` };
  const many = bound.endsWith('Length') ? 'characters' : bound.endsWith('Items') ? 'items' : 'fields';
  const unit = limit === 1 ? many.slice(0, -1) : many;
  return { unit, limit: `${bound.startsWith('min') ? 'at least' : 'at most'} ${limit}` };
}
