/**
 * The kind registry: which rules belong to a manifest. A value assembled from the rooms' `kinds`, loaded room by room
 * when a manifest of its API group is first met. Several rooms may speak of one kind: Kubernetes' Secret is also where
 * Argo CD keeps its clusters.
 */
import type { Kind, KindLookup } from '../core/kind';
import { isObject, type Manifest } from '../kernel/manifest';
import type { Rule } from '../kernel/rule';

/** Some kinds of one API group, and where their rules are. */
interface Room {
  readonly kinds: readonly string[];
  readonly load: () => readonly Kind[];
  /** Whether the rules can concern an object, seen at a glance: most of a fleet they cannot. @default - always */
  readonly concerns?: Concerns;
}

type Concerns = (manifest: Manifest) => boolean;

const annotated: Concerns = ({ metadata }) => metadata?.annotations !== undefined || metadata?.finalizers !== undefined;
const labelled: Concerns = ({ metadata }) => metadata?.labels !== undefined;
const namedForArgo: Concerns = ({ metadata }) => String(metadata?.name).startsWith('argo');
const templated: Concerns = ({ spec }) =>
  isObject(spec) &&
  (spec['template'] !== undefined || (isObject(spec['target']) && spec['target']['template'] !== undefined));

const room = (load: () => readonly Kind[], ...kinds: readonly string[]): Room => ({ kinds, load });

/** What one room says of another's kind. */
const about = (apiVersion: string, kind: string, concerns: Concerns, rules: () => readonly Rule<never>[]): Room => {
  const [group, version] = apiVersion.split('/') as [string, string];
  return { ...room(() => [{ apiVersion, group, version, kind, rules: rules() }], kind), concerns };
};

const argoCdSettings = () => require('../argocd/config/kinds').kinds;

const flux = () => require('../flux/kinds').kinds;

/** Argo CD reads its clusters and repositories from Secrets, however those are made. */
const argoCdSecrets = () => require('../argocd/config/kinds').argoCdSecretRules;

/** Image Updater 0.x is configured on the Applications it updates. */
const imageUpdates = () => require('../image-updater/annotation-rules').imageUpdaterAnnotationRules;

const ROOMS: Readonly<Record<string, readonly Room[]>> = {
  '': [
    room(() => require('../core/secret').kinds, 'Secret'),
    { ...room(argoCdSettings, 'ConfigMap'), concerns: namedForArgo },
    { ...room(argoCdSettings, 'Secret'), concerns: labelled },
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
    about('argoproj.io/v1alpha1', 'Application', annotated, imageUpdates),
    about('argoproj.io/v1alpha1', 'ApplicationSet', () => true, imageUpdates),
  ],
  'bitnami.com': [
    room(() => require('../sealed-secrets/kinds').kinds, 'SealedSecret'),
    about('bitnami.com/v1alpha1', 'SealedSecret', templated, argoCdSecrets),
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
    about('external-secrets.io/v1', 'ExternalSecret', templated, argoCdSecrets),
  ],
  'helm.toolkit.fluxcd.io': [room(flux, 'HelmRelease')],
  'kustomize.toolkit.fluxcd.io': [room(flux, 'Kustomization')],
  'source.toolkit.fluxcd.io': [room(flux, 'GitRepository', 'HelmRepository', 'OCIRepository')],
};

/** The rooms that speak of a kind, and the kind with the rules of some of them, by which ones. */
interface Answers {
  readonly rooms: readonly Room[];
  readonly bySelection: Map<number, Kind>;
}

const answers = new Map<string, Map<string, Answers>>();
let anyKind: Kind | undefined;

/** The kind that carries the rules for a manifest: those of its kind, and those for objects of any kind. */
export const findKind: KindLookup = (group, kind, manifest) => {
  const { rooms, bySelection } = answersFor(group, kind);
  let selection = manifest === undefined || annotated(manifest) ? 1 : 0;
  for (let index = 0; index < rooms.length; index++) {
    const { concerns } = rooms[index]!;
    if (manifest === undefined || concerns === undefined || concerns(manifest)) selection |= 2 << index;
  }
  let answer = bySelection.get(selection);
  if (answer === undefined) {
    const chosen = rooms.filter((_, index) => selection & (2 << index));
    answer = joined(group, kind, chosen, (selection & 1) === 1);
    bySelection.set(selection, answer);
  }
  return answer;
};

function answersFor(group: string, kind: string): Answers {
  let kinds = answers.get(group);
  if (kinds === undefined) {
    kinds = new Map();
    answers.set(group, kinds);
  }
  let known = kinds.get(kind);
  if (known === undefined) {
    const rooms = (Object.hasOwn(ROOMS, group) ? ROOMS[group]! : []).filter(({ kinds: names }) => names.includes(kind));
    known = { rooms, bySelection: new Map() };
    kinds.set(kind, known);
  }
  return known;
}

/** What the rooms say of one kind, together. */
function joined(group: string, name: string, rooms: readonly Room[], withAny: boolean): Kind {
  const kinds = rooms.flatMap((one) => one.load().filter((kind) => kind.kind === name && kind.group === group));
  const rules = distinct([...kinds.flatMap((kind) => kind.rules), ...(withAny ? forAnyKind().rules : [])]);
  return kinds[0] === undefined ? { ...NO_KIND, rules } : { ...kinds[0], rules };
}

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
    return names.map((name) =>
      answersFor(group, name).rooms.length > 0 ? findKind(group, name)! : unlisted(group, name),
    );
  });
  return [...kinds, forAnyKind()];
}

function unlisted(group: string, name: string): never {
  throw new Error(`the room of ${group} exports ${name}, which the registry does not list`);
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

const NO_KIND = { apiVersion: '', group: '', version: '', kind: 'any kind' };

function distinct<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
