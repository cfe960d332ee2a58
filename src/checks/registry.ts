/**
 * The kind registry: which rules belong to a manifest. A value assembled from the rooms' `kinds`, loaded room by room
 * when a manifest of its API group is first met. Several rooms may speak of one kind: Kubernetes' Secret is also where
 * Argo CD keeps its clusters.
 */
import type { Kind, KindLookup } from '../core/kind';
import type { Rule } from '../kernel/rule';

/** Some kinds of one API group, and where their rules are. */
interface Room {
  readonly kinds: readonly string[];
  readonly load: () => readonly Kind[];
}

const room = (load: () => readonly Kind[], ...kinds: readonly string[]): Room => ({ kinds, load });

/** What one room says of another's kind. */
const about = (apiVersion: string, kind: string, rules: () => readonly Rule<never>[]): Room => {
  const [group, version] = apiVersion.split('/') as [string, string];
  return room(() => [{ apiVersion, group, version, kind, rules: rules() }], kind);
};

const flux = () => require('../flux/kinds').kinds;

/** Argo CD reads its clusters and repositories from Secrets, however those are made. */
const argoCdSecrets = () => require('../argocd/config/kinds').argoCdSecretRules;

/** Image Updater 0.x is configured on the Applications it updates. */
const imageUpdates = () => require('../image-updater/annotation-rules').imageUpdaterAnnotationRules;

const ROOMS: Readonly<Record<string, readonly Room[]>> = {
  '': [
    room(() => require('../core/secret').kinds, 'Secret'),
    room(() => require('../argocd/config/kinds').kinds, 'ConfigMap', 'Secret'),
  ],
  'argocd-image-updater.argoproj.io': [room(() => require('../image-updater/kinds').kinds, 'ImageUpdater')],
  'argoproj.io': [
    room(() => require('../argocd/kinds').kinds, 'AppProject', 'Application', 'ApplicationSet'),
    room(
      () => require('../rollouts/kinds').kinds,
      'AnalysisRun',
      'AnalysisTemplate',
      'ClusterAnalysisTemplate',
      'Rollout',
    ),
    about('argoproj.io/v1alpha1', 'Application', imageUpdates),
    about('argoproj.io/v1alpha1', 'ApplicationSet', imageUpdates),
  ],
  'bitnami.com': [
    room(() => require('../sealed-secrets/kinds').kinds, 'SealedSecret'),
    about('bitnami.com/v1alpha1', 'SealedSecret', argoCdSecrets),
  ],
  'external-secrets.io': [
    room(
      () => require('../external-secrets/kinds').kinds,
      'ClusterExternalSecret',
      'ClusterPushSecret',
      'ClusterSecretStore',
      'ExternalSecret',
      'PushSecret',
      'SecretStore',
    ),
    about('external-secrets.io/v1', 'ExternalSecret', argoCdSecrets),
  ],
  'helm.toolkit.fluxcd.io': [room(flux, 'HelmRelease')],
  'kustomize.toolkit.fluxcd.io': [room(flux, 'Kustomization')],
  'source.toolkit.fluxcd.io': [room(flux, 'GitRepository', 'HelmRepository', 'OCIRepository')],
};

const found = new Map<string, Map<string, Kind>>();
let anyKind: Kind | undefined;

/** The kind that carries the rules for a manifest: those of its kind, and those for objects of any kind. */
export const findKind: KindLookup = (group, kind) => {
  let kinds = found.get(group);
  if (kinds === undefined) {
    kinds = new Map();
    found.set(group, kinds);
  }
  let answer = kinds.get(kind);
  if (answer === undefined) {
    answer = merged(group, kind) ?? forAnyKind();
    kinds.set(kind, answer);
  }
  return answer;
};

/** Every kind that has rules of its own, and the one that stands for all: what docs and tests go through. */
export function allKinds(): readonly Kind[] {
  const kinds = Object.entries(ROOMS).flatMap(([group, rooms]) => {
    const names = distinct(
      rooms.flatMap((one) =>
        one
          .load()
          .filter((kind) => kind.group === group)
          .map(({ kind }) => kind),
      ),
    );
    return names.map((name) => merged(group, name) ?? unlisted(group, name));
  });
  return [...kinds, forAnyKind()];
}

function unlisted(group: string, name: string): never {
  throw new Error(`the room of ${group} exports ${name}, which the registry does not list`);
}

function merged(group: string, name: string): Kind | undefined {
  const rooms = Object.hasOwn(ROOMS, group) ? ROOMS[group]! : [];
  const kinds = rooms
    .filter((one) => one.kinds.includes(name))
    .flatMap((one) => one.load().filter((kind) => kind.kind === name && kind.group === group));
  const rules = kinds.flatMap((kind) => kind.rules);
  return kinds[0] && { ...kinds[0], rules: distinct([...rules, ...forAnyKind().rules]) };
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
