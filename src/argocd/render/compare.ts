/**
 * What a change of ApplicationSets does to the Applications that exist. Its law: an Application that would go is never
 * passed over, and what happens to its objects is said as the controllers decide it.
 */
import type { Issue } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import { type Manifest, objectLabel } from '../../kernel/manifest';
import { policyOf } from './policy';
import type { RenderedApplicationSet } from './render';

/** What becomes of an Application: it goes, it goes and comes back under another name, or a field of it changes. */
export type ChangeKind = 'deleted' | 'renamed' | 'project' | 'destination' | 'namespace';

/** What becomes of the objects that it has put into its cluster. */
export type Fate =
  /** They are deleted with it. */
  | 'deleted'
  /** They stay where they are, and nobody looks after them. */
  | 'left'
  /** They stay, and stay managed. */
  | 'kept';

export interface ApplicationChange {
  readonly kind: ChangeKind;
  /** `ApplicationSet/argocd/web`. */
  readonly applicationSet: string;
  /** The name of the Application, as it was. */
  readonly application: string;
  readonly from?: string;
  readonly to?: string;
  readonly resources: Fate;
  /** Why, in one sentence. */
  readonly reason: string;
}

type Sets = RenderedApplicationSet | readonly RenderedApplicationSet[];

/** Compares what ApplicationSets generated before a change with what they generate after it. */
export function compareApplications(before: Sets, after: Sets): ApplicationChange[] {
  const later = new Map(listOf(after).map((set) => [objectLabel(set.applicationSet), set]));
  return listOf(before).flatMap((set) => {
    const label = objectLabel(set.applicationSet);
    const now = later.get(label);
    if (now === undefined) return set.applications.map((application) => withoutSet(application, set, label));
    // A controller that stops with an error changes nothing.
    return now.refused ? [] : changesOf(set, now, label);
  });
}

function listOf(sets: Sets): readonly RenderedApplicationSet[] {
  return Array.isArray(sets) ? (sets as readonly RenderedApplicationSet[]) : [sets as RenderedApplicationSet];
}

/** The set itself goes: Kubernetes deletes what it owns, unless the controller lets go of it first. */
function withoutSet(application: Manifest, set: RenderedApplicationSet, applicationSet: string): ApplicationChange {
  const base = { kind: 'deleted', applicationSet, application: nameOf(application) } as const;
  if (!policyOf(set.applicationSet).mayDelete) {
    const reason = 'the ApplicationSet is gone; its policy lets go of the Application, which stays';
    return { ...base, resources: 'kept', reason };
  }
  return { ...base, ...fateOf(application, 'the ApplicationSet is gone') };
}

function changesOf(
  before: RenderedApplicationSet,
  after: RenderedApplicationSet,
  applicationSet: string,
): ApplicationChange[] {
  const now = new Map(after.applications.map((application) => [nameOf(application), application]));
  const was = new Set(before.applications.map(nameOf));
  const successors = bySpec(after.applications.filter((application) => !was.has(nameOf(application))));
  const policy = policyOf(after.applicationSet);
  return before.applications.flatMap((application): ApplicationChange[] => {
    const name = nameOf(application);
    const next = now.get(name);
    if (next !== undefined) return policy.mayUpdate ? fieldChanges(application, next, applicationSet) : [];
    const to = successors.get(specKey(application))?.shift();
    return [goneChange(application, to === undefined ? undefined : nameOf(to), policy.mayDelete, applicationSet)];
  });
}

function goneChange(
  application: Manifest,
  to: string | undefined,
  mayDelete: boolean,
  applicationSet: string,
): ApplicationChange {
  const from = nameOf(application);
  const base = { kind: to === undefined ? 'deleted' : 'renamed', applicationSet, application: from } as const;
  const names = to === undefined ? {} : { from, to };
  if (!mayDelete) {
    const reason = 'no generator yields it any more; the policy of the ApplicationSet lets it stay';
    return { ...base, ...names, resources: 'kept', reason };
  }
  const why = to === undefined ? 'no generator yields it any more' : `it is deleted, and ${to} is created in its place`;
  return { ...base, ...names, ...fateOf(application, why) };
}

/** By the finalizers that the Application has in the cluster: those it was generated with. */
function fateOf(application: Manifest, why: string): { readonly resources: Fate; readonly reason: string } {
  const finalizer = (application.metadata?.finalizers ?? []).find((name) => CASCADES.test(name));
  return finalizer === undefined
    ? { resources: 'left', reason: `${why}; without a finalizer its objects stay` }
    : { resources: 'deleted', reason: `${why}; its finalizer ${finalizer} deletes its objects` };
}

const CASCADES = /^resources-finalizer\.argocd\.argoproj\.io(?:\/(?:foreground|background))?$/;

function fieldChanges(before: Manifest, after: Manifest, applicationSet: string): ApplicationChange[] {
  const [was, now] = [placeOf(before), placeOf(after)];
  const base = { applicationSet, application: nameOf(before) };
  const changes: ApplicationChange[] = [];
  const add = (kind: ChangeKind, from: string, to: string, resources: Fate, reason: string) => {
    if (from !== to) changes.push({ kind, ...base, from, to, resources, reason });
  };
  add('project', was.project, now.project, 'kept', 'the rules of the other project hold from now on');
  const reason = 'Argo CD deploys to the new place and forgets the old one: the objects there stay';
  add('destination', was.cluster, now.cluster, 'left', reason);
  if (was.cluster === now.cluster) add('namespace', was.namespace, now.namespace, 'left', NAMESPACE_REASON);
  return changes;
}

const NAMESPACE_REASON =
  'objects without a namespace of their own are made anew in the other one; the old ones go only if pruning is on';

interface Place {
  readonly project: string;
  readonly cluster: string;
  readonly namespace: string;
}

function placeOf({ spec }: Manifest): Place {
  const fields = isPlainObject(spec) ? spec : {};
  const destination = isPlainObject(fields['destination']) ? fields['destination'] : {};
  return {
    project: String(fields['project'] ?? ''),
    cluster: String(destination['server'] || destination['name'] || ''),
    namespace: String(destination['namespace'] ?? ''),
  };
}

/** New Applications by what they deploy, and where: an old one with the same is the same under another name. */
function bySpec(applications: readonly Manifest[]): Map<string, Manifest[]> {
  const found = new Map<string, Manifest[]>();
  for (const application of applications) {
    const key = specKey(application);
    const list = found.get(key);
    if (list === undefined) found.set(key, [application]);
    else list.push(application);
  }
  return found;
}

function specKey({ spec }: Manifest): string {
  const { source, sources, destination } = (spec ?? {}) as Record<string, unknown>;
  return JSON.stringify([source, sources, destination]);
}

function nameOf({ metadata }: Manifest): string {
  return String(metadata?.name ?? '');
}

/** The changes as issues: errors where objects are deleted or left behind. */
export function changeIssues(changes: readonly ApplicationChange[]): Issue[] {
  return changes.map((change) => {
    const { kind, applicationSet, application, resources, reason } = change;
    const isGone = kind === 'deleted' || kind === 'renamed';
    return {
      code: isGone ? 'argocd-render-application-gone' : 'argocd-render-application-moved',
      severity: resources === 'kept' ? 'warning' : 'error',
      at: { object: applicationSet },
      message: `Application ${application} ${headline(change)}: ${reason}`,
      fix: isGone ? GONE_FIX : MOVED_FIX,
    };
  });
}

function headline({ kind, from, to, resources }: ApplicationChange): string {
  if (kind === 'deleted') return resources === 'kept' ? 'is no longer generated' : 'is deleted';
  if (kind === 'renamed') return resources === 'kept' ? `is generated as ${to}` : `is deleted and made anew as ${to}`;
  const field = kind === 'project' ? 'project' : kind === 'namespace' ? 'namespace' : 'cluster';
  return `changes its ${field} from ${JSON.stringify(from)} to ${JSON.stringify(to)}`;
}

const GONE_FIX =
  "to keep the objects, set syncPolicy.preserveResourcesOnDeletion and let it be applied first; to keep the Application, set applicationsSync: 'create-update'";

const MOVED_FIX = 'delete what is left at the old place yourself, or make it a new Application under a new name';
