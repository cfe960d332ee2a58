/**
 * The kind registry: which rules belong to a manifest. A value assembled from the rooms' `kinds`, loaded room by room
 * when a manifest of its API group is first met. Several rooms may speak of one kind: Kubernetes' Secret is also where
 * Argo CD keeps its clusters.
 */
import type { Kind, KindLookup } from '../core/kind';
import type { Rule } from '../kernel/rule';

type Room = () => readonly Kind[];

const argoCd: Room = () => require('../argocd/kinds').kinds;
const flux: Room = () => require('../flux/kinds').kinds;

/** What one room says of another's kind. */
const about = (apiVersion: string, kind: string, rules: () => readonly Rule<never>[]): Room => {
  const [group, version] = apiVersion.split('/') as [string, string];
  return () => [{ apiVersion, group, version, kind, rules: rules() }];
};

/** Argo CD reads its clusters and repositories from Secrets, however those are made. */
const argoCdSecrets = () => require('../argocd/config/kinds').argoCdSecretRules;

/** Image Updater 0.x is configured on the Applications it updates. */
const imageUpdates = () => require('../image-updater/annotation-rules').imageUpdaterAnnotationRules;

const ROOMS: Readonly<Record<string, readonly Room[]>> = {
  '': [() => require('../core/secret').kinds, () => require('../argocd/config/kinds').kinds],
  'argocd-image-updater.argoproj.io': [() => require('../image-updater/kinds').kinds],
  'argoproj.io': [
    argoCd,
    () => require('../rollouts/kinds').kinds,
    about('argoproj.io/v1alpha1', 'Application', imageUpdates),
    about('argoproj.io/v1alpha1', 'ApplicationSet', imageUpdates),
  ],
  'bitnami.com': [
    () => require('../sealed-secrets/kinds').kinds,
    about('bitnami.com/v1alpha1', 'SealedSecret', argoCdSecrets),
  ],
  'external-secrets.io': [
    () => require('../external-secrets/kinds').kinds,
    about('external-secrets.io/v1', 'ExternalSecret', argoCdSecrets),
  ],
  'helm.toolkit.fluxcd.io': [flux],
  'kustomize.toolkit.fluxcd.io': [flux],
  'source.toolkit.fluxcd.io': [flux],
};

const loaded = new Map<string, ReadonlyMap<string, Kind>>();
let anyKind: Kind | undefined;

/** The kind that carries the rules for a manifest: those of its kind, and those for objects of any kind. */
export const findKind: KindLookup = (group, kind) => {
  let kinds = loaded.get(group);
  if (kinds === undefined) {
    kinds = merged(group);
    loaded.set(group, kinds);
  }
  return kinds.get(kind) ?? forAnyKind();
};

/** Every kind that has rules of its own, and the one that stands for all: what docs and tests go through. */
export function allKinds(): readonly Kind[] {
  return [...Object.keys(ROOMS).flatMap((group) => [...merged(group).values()]), forAnyKind()];
}

function merged(group: string): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  const rooms = Object.hasOwn(ROOMS, group) ? ROOMS[group]! : [];
  for (const kind of rooms.flatMap((room) => [...room()])) {
    if (kind.group !== group) continue;
    const known = kinds.get(kind.kind)?.rules ?? [];
    kinds.set(kind.kind, { ...kind, rules: distinct([...known, ...kind.rules, ...forAnyKind().rules]) });
  }
  return kinds;
}

/** What Argo CD reads from the annotations of whatever it applies. */
function forAnyKind(): Kind {
  if (anyKind === undefined) {
    const { annotationRules } = require('../argocd/annotations/rules') as typeof import('../argocd/annotations/rules');
    anyKind = {
      apiVersion: '',
      group: '',
      version: '',
      kind: 'any kind',
      rules: annotationRules as readonly Rule<never>[],
    };
  }
  return anyKind;
}

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
