/**
 * Whether an AppProject permits an Application, with Argo CD's reason where it does not. What Argo CD decides when the
 * Application is already in the cluster is decided here from the two manifests.
 */
import { isClusterScoped } from '../../core/scope';
import type { FieldPath } from '../../kernel/issue';
import { type DeepPartial, groupOf, isManifest, type Manifest } from '../../kernel/manifest';
import { admissible, validate } from '../../schema';
import type { Application, AppProject } from '../../schema/generated/argo-cd';
import { effectiveSources } from '../rule-support';
import {
  type Decision,
  decideDestination,
  decideNamespace,
  decideResource,
  decideSource,
  type ProjectCluster,
} from './matching';

export type Verdict = { readonly permitted: true } | Refused;

export interface Refused {
  readonly permitted: false;
  /** In Argo CD's words, and with the entry that decides. */
  readonly reason: string;
  /** The Application's field, or the object's. */
  readonly path: FieldPath;
  /** The answer hangs on the clusters, which were not given. */
  readonly undecided?: true;
}

export interface PermitOptions {
  /**
   * The clusters that Argo CD knows: a destination by name may be permitted by its server, and the other way round.
   * @default - only the half that the destination says is known, and `in-cluster`
   */
  readonly clusters?: readonly ProjectCluster[];
  /** The namespace that Argo CD runs in, from which every Application may use every project. @default 'argocd' */
  readonly controllerNamespace?: string;
}

/** An AppProject as data; what has a type that the schema refuses is not looked at. */
export type ProjectManifest = DeepPartial<AppProject> | Manifest;
/** An Application as data. */
export type ApplicationManifest = DeepPartial<Application> | Manifest;

type Project = DeepPartial<AppProject>;
type App = DeepPartial<Application>;

/** Whether the project permits the Application; the first reason where it does not. */
export function permits(
  project: ProjectManifest,
  application: ApplicationManifest,
  options: PermitOptions = {},
): Verdict {
  return refusals(project, application, options)[0] ?? { permitted: true };
}

/** Every reason for which Argo CD would refuse the Application. */
export function refusals(
  projectManifest: ProjectManifest,
  applicationManifest: ApplicationManifest,
  options: PermitOptions = {},
): Refused[] {
  const project: Project = readable(projectManifest);
  const application: App = readable(applicationManifest);
  const wrongProject = projectRefusal(project, application);
  if (wrongProject !== undefined) return [wrongProject];
  return [
    ...namespaceRefusals(project, application, options),
    ...sourceRefusals(project, application),
    ...destinationRefusals(project, application, options),
  ];
}

/**
 * Whether the project lets an object be applied, by its kind, name and namespace.
 *
 * @param destination where the Application deploys to; its namespace is the one of objects that name none
 */
export function permitsResource(
  projectManifest: ProjectManifest,
  object: Manifest,
  destination: ProjectCluster & { readonly namespace?: string },
  options: PermitOptions & { readonly namespaced?: boolean } = {},
): Verdict {
  const project: Project = readable(projectManifest);
  const { apiVersion, kind, metadata } = object;
  const group = groupOf(apiVersion);
  const namespaced = options.namespaced ?? !isClusterScoped(group, kind);
  const of = nameOf(project);
  if (!decideResource(project.spec ?? {}, { group, kind, name: metadata?.name, namespaced })) {
    return refused(`resource ${group}:${kind} is not permitted in project ${of}`, ['kind']);
  }
  if (!namespaced) return { permitted: true };
  const namespace = metadata?.namespace ?? destination.namespace ?? '';
  return placeVerdict(project, destination, namespace, options, {
    path: ['metadata', 'namespace'],
    reason: `namespace ${namespace} is not permitted in project '${of}'`,
  });
}

const read = new WeakMap<object, object>();

/** The manifest without the parts that the schema refuses. */
function readable<M extends object>(manifest: M | Manifest): M {
  if (!isManifest(manifest)) return manifest;
  let result = read.get(manifest);
  if (result === undefined) {
    result = admissible(manifest, validate(manifest));
    read.set(manifest, result);
  }
  return result as M;
}

function nameOf(project: Project): string {
  return project.metadata?.name ?? '';
}

function refused(reason: string, path: FieldPath): Refused {
  return { permitted: false, reason, path };
}

function projectRefusal(project: Project, { spec }: App): Refused | undefined {
  const wanted = spec?.project || 'default';
  if (project.metadata?.name === undefined || wanted === project.metadata.name) return undefined;
  return refused(`the application belongs to project '${wanted}', not to '${project.metadata.name}'`, [
    'spec',
    'project',
  ]);
}

function namespaceRefusals(project: Project, { metadata }: App, { controllerNamespace }: PermitOptions): Refused[] {
  const namespace = metadata?.namespace ?? '';
  if (decideNamespace(project.spec ?? {}, namespace, controllerNamespace)) return [];
  const [app, of] = [metadata?.name ?? '', nameOf(project)];
  return [
    refused(`application '${app}' in namespace '${namespace}' is not permitted to use project '${of}'`, [
      'metadata',
      'namespace',
    ]),
  ];
}

function sourceRefusals(project: Project, { spec = {} }: App): Refused[] {
  const found: Refused[] = [];
  const judge = (what: string, url: string | undefined, path: FieldPath) => {
    if (url === undefined) return;
    const decision = decideSource(project.spec ?? {}, url);
    if (decision.permitted) return;
    const by = entry(decision, 'sourceRepos', project.spec?.sourceRepos);
    found.push(refused(`${what} ${url} is not permitted in project '${nameOf(project)}'${by}`, path));
  };
  for (const [source, path] of effectiveSources(spec)) judge('application repo', source.repoURL, [...path, 'repoURL']);
  const sync = spec.sourceHydrator?.syncSource?.repoURL;
  if (sync && sync !== spec.sourceHydrator?.drySource?.repoURL) {
    judge('sync source repo', sync, ['spec', 'sourceHydrator', 'syncSource', 'repoURL']);
  }
  return found;
}

function destinationRefusals(project: Project, { spec }: App, options: PermitOptions): Refused[] {
  const destination = spec?.destination;
  if (destination === undefined || (destination.server && destination.name)) return [];
  const { server, name, namespace = '' } = destination;
  if (!server && !name) return [];
  const shown = name || server;
  const verdict = placeVerdict(project, { server, name }, namespace, options, {
    path: ['spec', 'destination'],
    reason: `application destination server '${shown}' and namespace '${namespace}' do not match any of the allowed destinations in project '${nameOf(project)}'`,
  });
  return verdict.permitted ? [] : [verdict];
}

function placeVerdict(
  project: Project,
  destination: ProjectCluster,
  namespace: string,
  { clusters }: PermitOptions,
  { path, reason }: { readonly path: FieldPath; readonly reason: string },
): Verdict {
  const cluster = resolveCluster(destination, clusters);
  if (typeof cluster === 'string') return refused(cluster, path);
  const decision = decideDestination(project.spec ?? {}, cluster, namespace);
  if (decision.permitted === 'undecided') return undecided(cluster, path);
  if (!decision.permitted) {
    return refused(`${reason}${entry(decision, 'destinations', project.spec?.destinations)}`, path);
  }
  if (project.spec?.permitOnlyProjectScopedClusters !== true) return { permitted: true };
  if (clusters === undefined) return undecided(cluster, path);
  const own = clusters.filter((candidate) => candidate.project === nameOf(project));
  const scoped = own.some((candidate) => same(candidate.name, cluster.name) || same(candidate.server, cluster.server));
  return scoped ? { permitted: true } : refused(`${reason}: the cluster does not belong to the project`, path);
}

function same(one: string | undefined, other: string | undefined): boolean {
  return (one ?? '') === (other ?? '');
}

const IN_CLUSTER = { name: 'in-cluster', server: 'https://kubernetes.default.svc' };

/** The cluster with both of its names where they are known, or why there is none. */
function resolveCluster(
  { server, name }: ProjectCluster,
  clusters: readonly ProjectCluster[] | undefined,
): ProjectCluster | string {
  const wanted = server?.replace(/\/+$/, '');
  const isIt = (candidate: ProjectCluster) =>
    wanted ? candidate.server?.replace(/\/+$/, '') === wanted : candidate.name === name;
  const found = (clusters ?? []).filter(isIt);
  if (found.length > 1 && !wanted) {
    const urls = found.map((candidate) => candidate.server).join(' ');
    return `there are ${found.length} clusters with the same name: [${urls}]`;
  }
  const [first = isIt(IN_CLUSTER) ? IN_CLUSTER : undefined] = found;
  // A registered cluster without a name has none: that is known, unlike a half that nobody gave.
  if (first !== undefined) return { ...first, server: first.server ?? '', name: first.name ?? '' };
  if (clusters === undefined) return { server: wanted || undefined, name: name || undefined };
  return wanted
    ? `error getting cluster by server "${wanted}": no such cluster`
    : `there are no clusters with this name: ${name}`;
}

function undecided({ server }: ProjectCluster, path: FieldPath): Refused {
  const [known, missing] = server === undefined ? ['name', 'server'] : ['server', 'name'];
  const reason = `only the cluster's ${known} is known, and the project asks for its ${missing} or owner: pass clusters`;
  return { ...refused(reason, path), undecided: true };
}

/** Which entry denies. */
function entry(decision: Decision, list: string, items: readonly unknown[] | undefined): string {
  if (decision.permitted || decision.deniedBy === undefined) return '';
  return `: ${list}[${decision.deniedBy}] denies it, ${JSON.stringify(items?.[decision.deniedBy])}`;
}
