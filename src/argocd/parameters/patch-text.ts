/**
 * A tree with parameters as the text of `templatePatch`. Every text is printed as JSON, so what a parameter holds never
 * ends a scalar; a map or list whose every member may be absent says `{}` or `[]` then, since null would delete.
 */
import { isPlainObject } from '../../kernel/json';
import { jsonAction, operand } from './go-text';
import { Param, partsOf } from './param';
import { refusal } from './refusal';
import { When } from './when';

/** YAML with Go template actions, for `templatePatch`. */
export function patchText(tree: Readonly<Record<string, unknown>>): string {
  return `${mapLines(tree, '').join('\n')}\n`;
}

function mapLines(map: Readonly<Record<string, unknown>>, indent: string): string[] {
  const entries = Object.entries(map).filter(([, value]) => value !== undefined);
  for (const [key, value] of entries) refuseLost(key, value);
  const lines = entries.flatMap(([key, value]) => entryLines(key, value, indent));
  const only = entries.length === 1 ? entries[0]![1] : undefined;
  if (only instanceof When && only.otherwise === undefined && presence(only.then) === true) {
    return [...lines.slice(0, -1), `${indent}{{- else }}`, `${indent}{}`, lines.at(-1)!];
  }
  return [
    ...lines,
    ...fallback(
      entries.map(([, value]) => value),
      '{}',
      indent,
    ),
  ];
}

/** A strategic merge patch reads null as an order to delete, and a few keys with a dollar as orders of other kinds. */
function refuseLost(key: string, value: unknown): void {
  const isNull = value === null || (value instanceof When && (value.then === null || value.otherwise === null));
  if (!isNull && !key.startsWith('$')) return;
  throw refusal(
    'argocd-appset-patch-lost',
    `${JSON.stringify(key)} ${isNull ? 'is null' : 'begins with $'}, and belongs to a part that only templatePatch can say: the controller would drop it`,
    isNull
      ? 'say null in a value file of the source, or keep the part free of booleans and numbers that are parameters'
      : 'keep the part free of booleans and numbers that are parameters',
  );
}

function listLines(items: readonly unknown[], indent: string): string[] {
  const lines = items.flatMap((item) => itemLines(item, indent));
  return [...lines, ...fallback(items, '[]', indent)];
}

function entryLines(key: string, value: unknown, indent: string): string[] {
  if (value instanceof When) return choiceLines(value, (branch) => entryLines(key, branch, indent), indent);
  return under(`${indent}${/^[A-Za-z][\w./-]*$/.test(key) && !isWord(key) ? key : quoted(key)}:`, value, `${indent}  `);
}

function itemLines(value: unknown, indent: string): string[] {
  if (value instanceof When) return choiceLines(value, (branch) => itemLines(branch, indent), indent);
  const lines = under(`${indent}-`, value, `${indent}  `);
  const [dash, first] = lines;
  const joins = lines.length > 1 && isPlainObject(value) && !first!.trimStart().startsWith('{{-');
  return joins ? [`${dash} ${first!.trimStart()}`, ...lines.slice(2)] : lines;
}

/** A value behind its key or dash. */
function under(head: string, value: unknown, indent: string): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${head} []`] : [head, ...listLines(value, indent)];
  if (isPlainObject(value)) {
    return Object.values(value).every((inner) => inner === undefined)
      ? [`${head} {}`]
      : [head, ...mapLines(value, indent)];
  }
  return [`${head} ${scalar(value)}`];
}

function choiceLines(
  { condition, then, otherwise }: When,
  lines: (branch: unknown) => readonly string[],
  indent: string,
): string[] {
  if (then === undefined && otherwise === undefined) return [];
  if (then === undefined) return block(`if not ${operand(condition)}`, lines(otherwise), indent);
  if (otherwise === undefined) return block(`if ${condition}`, lines(then), indent);
  const body = [...lines(then), `${indent}{{- else }}`, ...lines(otherwise)];
  return block(`if ${condition}`, body, indent);
}

function block(head: string, body: readonly string[], indent: string): string[] {
  return [`${indent}{{- ${head} }}`, ...body, `${indent}{{- end }}`];
}

/** What a collection says when none of its members is there. */
function fallback(members: readonly unknown[], empty: string, indent: string): string[] {
  const conditions = members.map(presence);
  if (conditions.includes(true)) return [];
  const possible = conditions.filter((condition) => typeof condition === 'string');
  const absent = possible.length === 1 ? `not ${operand(possible[0]!)}` : `not (or ${possible.map(operand).join(' ')})`;
  return possible.length === 0 ? [`${indent}${empty}`] : block(`if ${absent}`, [`${indent}${empty}`], indent);
}

/** Under which condition a member is there: always, never, or as a pipeline says. */
function presence(value: unknown): string | boolean {
  if (!(value instanceof When)) return value !== undefined;
  const [then, otherwise] = [presence(value.then), presence(value.otherwise)];
  const condition = operand(value.condition);
  if (then === otherwise && typeof then === 'boolean') return then;
  const yes = then === true ? condition : then === false ? undefined : `(and ${condition} ${operand(then)})`;
  const no =
    otherwise === true
      ? `(not ${condition})`
      : otherwise === false
        ? undefined
        : `(and (not ${condition}) ${operand(otherwise)})`;
  return yes !== undefined && no !== undefined ? `or ${yes} ${no}` : (yes ?? no!).replace(/^\((.*)\)$/, '$1');
}

function scalar(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (!(value instanceof Param)) return JSON.stringify(value) ?? 'null';
  const { kind, pipeline, template } = partsOf(value);
  if (kind === 'text') return quoted(template);
  return kind === 'scalar' && pipeline !== undefined ? `{{ toJson ${operand(pipeline)} }}` : template;
}

function quoted(text: string): string {
  const action = jsonAction(text);
  if (action !== undefined) return action;
  throw refusal(
    'argocd-appset-patch-text',
    `${JSON.stringify(text)} has blocks, and belongs to a part that only templatePatch can say`,
    'use when() instead of {{ if }}, or give the parameter as text',
  );
}

/** Words that some YAML reader takes for a boolean or null. */
function isWord(key: string): boolean {
  return /^(y|n|yes|no|on|off|true|false|null)$/i.test(key);
}
