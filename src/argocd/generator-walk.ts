/**
 * Goes through an ApplicationSet's generators at every depth. Those below a nested matrix or merge are no part of the
 * CRD's schema, so nothing is known of their types here.
 */
import type { FieldPath } from '../kernel/issue';
import { isPlainObject } from '../kernel/json';
import type { DeepPartial } from '../kernel/manifest';
import type { ApplicationSet } from '../schema/generated/argo-cd';
import { GENERATORS, type GeneratorKind } from './rule-support';

type Fields = Readonly<Record<string, unknown>>;

/** An entry of a list of generators. */
export interface GeneratorEntry {
  readonly path: FieldPath;
  readonly entry: Fields;
  /** 0 for an entry of `spec.generators`. */
  readonly depth: number;
  /** What it is a child of. */
  readonly parent?: 'matrix' | 'merge';
  /** The kinds it has, null ones included. */
  readonly kinds: readonly GeneratorKind[];
}

/** Every entry, parents before children. */
export function generatorEntries({ spec }: DeepPartial<ApplicationSet>): GeneratorEntry[] {
  const found: GeneratorEntry[] = [];
  collect(spec?.generators, ['spec', 'generators'], 0, undefined, found);
  return found;
}

/** The bodies of one kind of generator, at every depth. */
export function bodiesOf(
  manifest: DeepPartial<ApplicationSet>,
  kind: GeneratorKind,
): readonly { readonly body: Fields; readonly path: FieldPath; readonly entry: GeneratorEntry }[] {
  return generatorEntries(manifest).flatMap((entry) => {
    const body = entry.entry[kind];
    return isPlainObject(body) ? [{ body, path: [...entry.path, kind], entry }] : [];
  });
}

function collect(
  list: unknown,
  path: FieldPath,
  depth: number,
  parent: 'matrix' | 'merge' | undefined,
  found: GeneratorEntry[],
): void {
  // The controller reads three levels; what is deeper is reported as such.
  if (!Array.isArray(list) || depth > 3) return;
  for (const [index, entry] of list.entries()) {
    if (!isPlainObject(entry)) continue;
    const at = [...path, index];
    const kinds = GENERATORS.filter((kind) => Object.hasOwn(entry, kind) && entry[kind] !== undefined);
    found.push({ path: at, entry, depth, parent, kinds });
    for (const kind of ['matrix', 'merge'] as const) {
      const body = entry[kind];
      if (isPlainObject(body)) collect(body['generators'], [...at, kind, 'generators'], depth + 1, kind, found);
    }
  }
}

/** The items of what may be a list. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The texts among the items of what may be a list, with their index. */
export function textsOf(value: unknown): readonly (readonly [index: number, text: string])[] {
  return itemsOf(value).flatMap((item, index) => (typeof item === 'string' ? [[index, item] as const] : []));
}

/** The objects among the items of what may be a list, with their index. */
export function objectsOf(value: unknown): readonly (readonly [index: number, fields: Fields])[] {
  return itemsOf(value).flatMap((item, index) => (isPlainObject(item) ? [[index, item] as const] : []));
}
