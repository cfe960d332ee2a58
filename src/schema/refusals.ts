/** What is said about a value that a schema refuses. Inside a branch of a choice nothing is said: it only fails. */
import { formatPath } from '../kernel/issue';
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

  unknown(walk: Refusals, node: SchemaNode, key: string, value: unknown): void {
    if (silent(walk)) return;
    const message = `unknown field ${quoted(key)}`;
    if (value !== null) add(walk, 'schema-field-unknown', message, unknownFix(walk, node, key));
    else warnOfNull(walk, message);
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
    const counted = unit === '' ? `got ${actual}` : `has ${count(actual, unit)}`;
    const allowed =
      unit === '' ? limit : `${bound.startsWith('min') ? 'at least' : 'at most'} ${count(node[bound]!, unit)}`;
    add(walk, 'schema-bound', `${counted}, allowed is ${allowed}`, `write ${allowed}`);
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
    const forms = formsOf(node.oneOf!);
    if (forms.length === 0) {
      add(
        walk,
        'schema-one-of',
        `fits ${fitting} of the forms of which exactly one is allowed`,
        'write exactly one form',
      );
    } else if (present.length > 1 && forms.every((form) => names.includes(form))) {
      add(walk, 'schema-one-of', `has ${listed(present)}, which exclude each other`, `keep only ${oneOf(present)}`);
    } else {
      const has =
        present.length === 0 ? `has none of ${listed(names)}` : `has ${listed(present)}, which fits ${fitting} forms`;
      add(walk, 'schema-one-of', has, `set exactly ${oneOf(forms)}`);
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

/** Go programs write `creationTimestamp: null` everywhere; it is refused by a strict server, and means nothing. */
function warnOfNull(walk: Refusals, message: string): void {
  const path = walk.path.slice(0, walk.depth);
  walk.findings.push({
    code: 'schema-field-unknown',
    severity: 'warning',
    path,
    message: `${message}, which is null`,
    fix: 'remove it: it says nothing, and a server that validates strictly refuses it',
  });
}

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
  const home = homeOf(walk, key);
  if (home !== undefined) return `${quoted(key)} is a field of ${home}; move it there or remove it`;
  return names.length === 0 ? 'remove it: this object has no fields' : `remove it; allowed here: ${listed(names)}`;
}

/** Near the wrong place, the object that has a field of this name: most such fields are indented one level off. */
function homeOf(walk: Refusals, key: string): string | undefined {
  const above = ancestors(walk);
  for (let at = above.length - 1; at >= 0; at--) {
    const home = homeBelow(above[at]!.node, above[at]!.path, key, 2);
    if (home !== undefined) return home;
  }
  return undefined;
}

/** The schemas from the root to where the walk is, each with its path. */
function ancestors({ root, path, depth }: Refusals): { node: SchemaNode; path: string }[] {
  const result = [{ node: root, path: '' }];
  for (const step of path.slice(0, depth - 1)) {
    const last = result.at(-1)!;
    const values = typeof last.node.values === 'object' ? last.node.values : undefined;
    const node = typeof step === 'number' ? last.node.items : (last.node.properties?.get(step) ?? values);
    if (node === undefined) break;
    result.push({ node, path: last.path + formatPath([step]) });
  }
  return result;
}

function homeBelow(node: SchemaNode, path: string, key: string, levels: number): string | undefined {
  if (node.properties?.has(key)) return path === '' ? 'the top level' : path;
  if (levels === 0) return undefined;
  for (const [name, child] of node.properties ?? []) {
    const home = homeBelow(child, `${path}.${name}`, key, levels - 1);
    if (home !== undefined) return home;
  }
  return node.items && homeBelow(node.items, `${path}[]`, key, levels);
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

/** Each branch as what it asks for: `a`, or `a with b`. */
function formsOf(branches: readonly SchemaNode[]): string[] {
  return branches.filter(({ required }) => required.length > 0).map(({ required }) => required.join(' with '));
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
  return { unit: bound.endsWith('Length') ? 'character' : bound.endsWith('Items') ? 'item' : 'field', limit: '' };
}

function count(many: number, unit: string): string {
  return `${many} ${unit}${many === 1 ? '' : 's'}`;
}
