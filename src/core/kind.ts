/**
 * A kind is a value: its GVK and the rules that one manifest of it can break. Rooms export theirs as `kinds`; the
 * registry is assembled from those, never filled by imports. Structure comes from schemas/, by GVK.
 */
import { groupOf, type Manifest, versionOf } from '../kernel/manifest';
import type { Rule } from '../kernel/rule';

export interface Kind {
  /** The version our constructs write. */
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** What the schema cannot say. */
  readonly rules: readonly Rule<never>[];
}

export interface KindDefinition<M> {
  readonly apiVersion: string;
  readonly kind: string;
  /** @default - no rules beyond the schema */
  readonly rules?: readonly Rule<M>[];
}

/** Declares a kind. `M` is its manifest's type, from the generated types. */
export function defineKind<M = Manifest>(definition: KindDefinition<M>): Kind {
  const { apiVersion, kind, rules = [] } = definition;
  return { apiVersion, kind, group: groupOf(apiVersion), version: versionOf(apiVersion), rules };
}

/**
 * Finds the kind that carries the rules for a manifest; undefined for kinds that have none. With the manifest itself,
 * rules that cannot concern it may be left out.
 */
export type KindLookup = (group: string, kind: string, manifest?: Manifest) => Kind | undefined;
