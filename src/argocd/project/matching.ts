/**
 * What an AppProject permits, item by item, as Argo CD's own types decide it. Its laws: a source or destination needs a
 * match, and any deny (`!pattern`) that catches it wins; an absent whitelist of namespaced kinds permits all of them, an
 * empty one none.
 *
 * @see argo-cd pkg/apis/application/v1alpha1/app_project_types.go
 */
import { goPathMatch } from '../../kernel/go-path-match';
import type { DeepPartial } from '../../kernel/manifest';
import type { AppProjectSpec } from '../../schema/generated/argo-cd';
import { normalizeGitUrl } from './git-url';
import { globMatches } from './glob';

export type ProjectSpec = DeepPartial<AppProjectSpec>;

/** A cluster as Argo CD knows it. */
export interface ProjectCluster {
  /** The URL of its API server. */
  readonly server?: string;
  readonly name?: string;
  /** The project that the cluster's Secret is bound to. */
  readonly project?: string;
}

/** Why not: the index of the item that denies, or undefined where nothing matches. */
export type Decision = { readonly permitted: true } | { readonly permitted: false; readonly deniedBy?: number };

const PERMITTED: Decision = { permitted: true };

/** Whether a repository is one of `sourceRepos` (AC-42). */
export function decideSource({ sourceRepos = [] }: ProjectSpec, repoUrl: string): Decision {
  const url = normalizeGitUrl(repoUrl);
  let matched = false;
  for (const [index, repo = ''] of sourceRepos.entries()) {
    const pattern = isDeny(repo) ? `!${normalizeGitUrl(repo.slice(1))}` : normalizeGitUrl(repo);
    if (matches(pattern, url, '/')) matched = true;
    else if (isDeny(pattern)) return { permitted: false, deniedBy: index };
  }
  return matched ? PERMITTED : { permitted: false };
}

/** `undecided` where the answer hangs on the half of the cluster's identity that is not known. */
export type DestinationDecision = Decision | { readonly permitted: 'undecided' };

/** Whether a cluster and namespace are one of `destinations` (AC-43). An absent half of the cluster is one not known. */
export function decideDestination(
  { destinations = [] }: ProjectSpec,
  cluster: ProjectCluster,
  namespace: string,
): DestinationDecision {
  let matched = false;
  let maybe = false;
  for (const [index, item] of destinations.entries()) {
    const outcomes = outcomesOf(item ?? {}, cluster, namespace);
    if (outcomes.size > 1) maybe = true;
    else if (outcomes.has('denied')) return { permitted: false, deniedBy: index };
    else if (outcomes.has('matched')) matched = true;
  }
  if (maybe) return decidedAnyway(destinations, cluster, namespace, matched) ?? { permitted: 'undecided' };
  return matched ? PERMITTED : { permitted: false };
}

type Item = NonNullable<NonNullable<ProjectSpec['destinations']>[number]>;
type Outcome = 'matched' | 'denied' | 'passed';

/** What an item can mean, for every answer that the unknown half of the cluster may give. */
function outcomesOf(item: Item, cluster: ProjectCluster, namespace: string): Set<Outcome> {
  const inNamespace = matches(item.namespace ?? '', namespace);
  const outcomes = new Set<Outcome>();
  for (const byName of answers(item.name ?? '', cluster.name)) {
    for (const byServer of answers(item.server ?? '', cluster.server)) {
      outcomes.add(outcome(item, byName, byServer, inNamespace));
    }
  }
  return outcomes;
}

function outcome(item: Item, byName: boolean, byServer: boolean, inNamespace: boolean): Outcome {
  if ((byServer || byName) && inNamespace) return 'matched';
  // A denied name is denied in every namespace, a denied server only in those of the item: so Argo CD has it.
  if ((!byName && isDeny(item.name)) || (!byServer && isDeny(item.server) && inNamespace)) return 'denied';
  return !inNamespace && isDeny(item.namespace) && byServer ? 'denied' : 'passed';
}

function answers(pattern: string, value: string | undefined): readonly boolean[] {
  if (value !== undefined) return [value !== '' && matches(pattern, value)];
  if (pattern === '' || pattern === '*') return [pattern === '*'];
  return [true, false];
}

/** Unknown items that cannot change the answer: they can only match, and another one matches already. */
function decidedAnyway(
  items: NonNullable<ProjectSpec['destinations']>,
  cluster: ProjectCluster,
  namespace: string,
  matched: boolean,
): Decision | undefined {
  if (!matched) return undefined;
  const canDeny = items.some((item) => outcomesOf(item ?? {}, cluster, namespace).has('denied'));
  return canDeny ? undefined : PERMITTED;
}

/** A kind of object, and one of its names. */
export interface ProjectResource {
  readonly group: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespaced: boolean;
}

/** Whether objects of a kind may be applied (AC-44). */
export function decideResource(spec: ProjectSpec, { group, kind, name = '', namespaced }: ProjectResource): boolean {
  const isOne = (item: Restriction) =>
    item !== undefined &&
    goPathMatch(item.kind ?? '', kind) === true &&
    goPathMatch(item.group ?? '', group) === true &&
    (namespaced || !item.name || goPathMatch(item.name, name) === true);
  if (namespaced) {
    const { namespaceResourceWhitelist: allowed, namespaceResourceBlacklist: denied = [] } = spec;
    return (allowed === undefined || allowed.some(isOne)) && !denied.some(isOne);
  }
  const { clusterResourceWhitelist: allowed = [], clusterResourceBlacklist: denied = [] } = spec;
  return allowed.some(isOne) && !denied.some(isOne);
}

type Restriction = { readonly group?: string; readonly kind?: string; readonly name?: string } | undefined;

/** Whether Applications of a namespace may use the project (AC-18). Argo CD's own namespace always may. */
export function decideNamespace(
  { sourceNamespaces = [] }: ProjectSpec,
  namespace: string,
  controllerNamespace = 'argocd',
): boolean {
  if (namespace === '' || namespace === controllerNamespace) return true;
  return sourceNamespaces.some((pattern) => pattern !== undefined && namespaceMatches(pattern, namespace));
}

/** A glob, or an expression between slashes. Neither can deny. */
function namespaceMatches(pattern: string, namespace: string): boolean {
  const expression = namespaceExpression(pattern);
  return (expression !== undefined && expression?.test(namespace) === true) || globMatches(pattern, namespace);
}

/** The expression of a `/…/` pattern: undefined for a glob, null for one that does not compile. */
export function namespaceExpression(pattern: string): RegExp | null | undefined {
  if (!pattern.startsWith('/') || !pattern.endsWith('/') || pattern.length < 2) return undefined;
  const [, flags = '', source = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(pattern.slice(1, -1)) ?? [];
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}

export function isDeny(pattern: string | undefined): boolean {
  return pattern?.startsWith('!') === true;
}

/** A deny matches what its pattern does not. */
function matches(pattern: string, value: string, separators = ''): boolean {
  if (isDeny(pattern)) return !globMatches(pattern.slice(1), value, separators);
  return pattern === '*' || globMatches(pattern, value, separators);
}
