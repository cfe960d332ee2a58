/** What a manifest's generators yield, as far as the manifest tells. What files and services answer is left open. */
import { isPlainObject } from '../../kernel/json';
import { type GeneratorEntry, itemsOf, objectsOf } from '../generator-walk';
import { GENERATORS } from '../rule-support';
import {
  both,
  eitherOf,
  fieldsShape,
  listShape,
  mergedOver,
  type Shape,
  shapeOf,
  TEXT,
  textFields,
  UNKNOWN,
} from './shape';

type Fields = Readonly<Record<string, unknown>>;

/** Anything: a generator that is none, or that nothing is known of. */
const OPEN = fieldsShape({}, { rest: UNKNOWN });
const TEXTS = fieldsShape({}, { rest: TEXT });

/** The parameter sets of an entry of `generators`, as Go templates see them. */
export function shapeOfEntry(entry: unknown): Shape {
  if (!isPlainObject(entry)) return OPEN;
  const kinds = GENERATORS.filter((kind) => entry[kind] !== undefined && entry[kind] !== null);
  const body = kinds.length === 1 ? entry[kinds[0]!] : undefined;
  if (!isPlainObject(body)) return OPEN;
  switch (kinds[0]!) {
    case 'list':
      return listElements(body);
    case 'clusters':
      return clusterSets(body);
    case 'git':
      return gitSets(body);
    case 'scmProvider':
      return withValues(body, textFields(REPOSITORY));
    case 'pullRequest':
      return withValues(body, both(fieldsShape({ labels: listShape(TEXT) }), textFields(PULL_REQUEST)));
    case 'clusterDecisionResource':
      return withValues(body, both(textFields(['name', 'server']), TEXTS));
    case 'plugin':
      return OPEN;
    case 'matrix': {
      const [first = OPEN, ...others] = itemsOf(body['generators']).map(shapeOfEntry);
      return others.reduce(both, first);
    }
    case 'merge': {
      const [base = OPEN, ...others] = itemsOf(body['generators']).map(shapeOfEntry);
      return mergedOver(base, others);
    }
  }
}

const REPOSITORY =
  'organization repository repository_id url branch branchNormalized sha short_sha short_sha_7 labels'.split(' ');
const PULL_REQUEST =
  'number title branch branch_slug target_branch target_branch_slug head_sha head_short_sha head_short_sha_7 author'.split(
    ' ',
  );

/** Whether, and where, names lead nowhere: how many of them lead somewhere. Undefined when they lead to a value. */
export function missingAt(shape: Shape, names: readonly string[]): number | undefined {
  let at = shape;
  for (const [index, name] of names.entries()) {
    if (at.kind === 'unknown' || at.kind === 'scalar') return undefined;
    const next = at.fields?.[name] ?? at.rest;
    if (next === undefined) return index;
    at = next;
  }
  return undefined;
}

/** The names that are there after the first `length` ones. */
export function namesAt(shape: Shape, names: readonly string[]): readonly string[] {
  const at = names.reduce<Shape | undefined>((found, name) => found?.fields?.[name], shape);
  return Object.keys(at?.fields ?? {});
}

/** The tags that the older engine replaces; undefined when only files or services tell. */
export function tagsOfEntry(entry: unknown): ReadonlySet<string> | undefined {
  if (!isPlainObject(entry)) return undefined;
  for (const kind of ['matrix', 'merge'] as const) {
    const children = isPlainObject(entry[kind]) ? itemsOf(entry[kind]['generators']) : undefined;
    if (children !== undefined) return children.length === 0 ? undefined : union(children.map(tagsOfEntry));
  }
  const { git } = entry;
  if (isPlainObject(git)) return objectsOf(git['files']).length > 0 ? undefined : new Set(gitTags(git));
  const shape = shapeOfEntry(entry);
  return isOpen(shape) ? undefined : new Set(flatNames(shape));
}

/** A tag as it stands in a set of tags: whichever label, annotation or part of a path. */
export function tagName(tag: string): string {
  return tag.replace(/^(metadata\.(?:labels|annotations)\.).+$/, '$1*').replace(/\[\d+\]$/, '[n]');
}

/** The tags of all of them; undefined when one is open. */
export function union(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const set of sets) {
    if (set === undefined) return undefined;
    for (const tag of set) all.add(tag);
  }
  return all;
}

/** Whether the clusters that an entry selects all have a label; true where it selects no clusters. */
export function selectsLabel(entry: unknown, label: string): boolean {
  if (!isPlainObject(entry)) return true;
  if (selects(entry['selector'], `metadata.labels.${label}`)) return true;
  for (const kind of ['matrix', 'merge'] as const) {
    const body = entry[kind];
    if (isPlainObject(body)) return itemsOf(body['generators']).every((child) => selectsLabel(child, label));
  }
  const { clusters } = entry;
  return !isPlainObject(clusters) || clusters['flatList'] === true || selects(clusters['selector'], label);
}

/** The second child of every matrix, and what the first yields. */
export function matrixSeconds(
  entries: readonly GeneratorEntry[],
): readonly { readonly second: Fields; readonly path: readonly (string | number)[]; readonly first: unknown }[] {
  return entries.flatMap(({ entry, path }) => {
    const body = entry['matrix'];
    const [first, second] = isPlainObject(body) ? itemsOf(body['generators']) : [];
    return isPlainObject(second) ? [{ second, first, path: [...path, 'matrix', 'generators', 1] }] : [];
  });
}

function listElements(body: Fields): Shape {
  const elements = objectsOf(body['elements']).map(([, element]) => element);
  const readable = elements.length > 0 && body['elementsYaml'] === undefined;
  // Of an empty element the controller returns the template as it is.
  if (!readable || elements.some((element) => Object.keys(element).length === 0 || isTemplated(element))) return OPEN;
  return eitherOf(elements.map(shapeOf));
}

function isTemplated(element: Fields): boolean {
  return Object.keys(element).some((key) => key.includes('{{'));
}

function clusterSets(body: Fields): Shape {
  const metadata = fieldsShape({ labels: TEXTS, annotations: TEXTS });
  const texts = textFields(['name', 'nameNormalized', 'server', 'project']);
  const cluster = withValues(body, both(fieldsShape({ metadata }), texts));
  return body['flatList'] === true ? fieldsShape({ clusters: listShape(cluster) }) : cluster;
}

function gitSets(body: Fields): Shape {
  const files = objectsOf(body['directories']).length === 0;
  const names = ['path', 'basename', 'basenameNormalized', ...(files ? ['filename', 'filenameNormalized'] : [])];
  const path = fieldsShape({ path: both(fieldsShape({ segments: listShape(TEXT) }), textFields(names)) });
  const prefix = body['pathParamPrefix'];
  const place = typeof prefix === 'string' && prefix !== '' ? fieldsShape({ [prefix]: path }) : path;
  return withValues(body, files ? both(place, OPEN) : place);
}

function gitTags(body: Fields): string[] {
  const prefix =
    typeof body['pathParamPrefix'] === 'string' && body['pathParamPrefix'] !== '' ? `${body['pathParamPrefix']}.` : '';
  const path = ['path', 'path.basename', 'path.basenameNormalized', 'path[n]'].map((tag) => prefix + tag);
  const values = isPlainObject(body['values']) ? Object.keys(body['values']) : [];
  return [...path, ...values.map((key) => `values.${key}`)];
}

/** Keys of values may be tags themselves. */
function withValues(body: Fields, shape: Shape): Shape {
  const values = isPlainObject(body['values']) ? Object.keys(body['values']) : [];
  if (values.length === 0) return shape;
  const named = values.some((key) => key.includes('{{')) ? TEXTS : textFields(values);
  return both(fieldsShape({ values: named }), shape);
}

function isOpen(shape: Shape): boolean {
  return shape.rest !== undefined;
}

function flatNames(shape: Shape, prefix = ''): string[] {
  return Object.entries(shape.fields ?? {}).flatMap(([key, inner]) => {
    if (inner.kind !== 'fields') return [prefix + key];
    return inner.rest === undefined ? flatNames(inner, `${prefix}${key}.`) : [`${prefix}${key}.*`];
  });
}

function selects(selector: unknown, key: string): boolean {
  if (!isPlainObject(selector)) return false;
  const { matchLabels } = selector;
  if (isPlainObject(matchLabels) && Object.hasOwn(matchLabels, key)) return true;
  return objectsOf(selector['matchExpressions']).some(
    ([, expression]) =>
      expression['key'] === key && (expression['operator'] === 'In' || expression['operator'] === 'Exists'),
  );
}
