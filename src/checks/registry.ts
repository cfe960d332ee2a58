/**
 * The kind registry: which rules belong to a manifest. A value assembled from the rooms' `kinds`, loaded room by room
 * when a manifest of its API group is first met.
 */
import type { Kind, KindLookup } from '../core/kind';

const ROOMS: Readonly<Record<string, () => readonly Kind[]>> = {
  '': () => require('../core/secret').kinds,
  'argoproj.io': () => [...require('../argocd/kinds').kinds, ...require('../rollouts/kinds').kinds],
  'bitnami.com': () => require('../sealed-secrets/kinds').kinds,
  'external-secrets.io': () => require('../external-secrets/kinds').kinds,
  'helm.toolkit.fluxcd.io': () => require('../flux/kinds').kinds,
  'kustomize.toolkit.fluxcd.io': () => require('../flux/kinds').kinds,
  'source.toolkit.fluxcd.io': () => require('../flux/kinds').kinds,
};

const loaded = new Map<string, ReadonlyMap<string, Kind>>();

/** The kind that carries the rules for a manifest; undefined for kinds that have none. */
export const findKind: KindLookup = (group, kind) => {
  let kinds = loaded.get(group);
  if (kinds === undefined) {
    const room = Object.hasOwn(ROOMS, group) ? ROOMS[group]!() : [];
    kinds = new Map(room.filter((entry) => entry.group === group).map((entry) => [entry.kind, entry]));
    loaded.set(group, kinds);
  }
  return kinds.get(kind);
};

/** Every kind that has rules: what docs and tests go through. */
export function allKinds(): readonly Kind[] {
  return [...new Set(Object.values(ROOMS).flatMap((room) => [...room()]))];
}
