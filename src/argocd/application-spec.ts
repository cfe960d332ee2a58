/** The spec of an Application, as users write it: shared by Application and by an ApplicationSet's template. */
import type { Cluster } from '../core/environment';
import { isPlainObject } from '../kernel/json';
import type { ApplicationSpec } from '../schema/generated/argo-cd';
import type { AppProject } from './app-project';
import { type ApplicationSource, fromMap, type SourceHydrator, shapeSource } from './application-source';
import { type SyncProps, shapeSyncPolicy } from './sync';

/** Where an Application's objects go. */
export interface Destination extends Cluster {
  /** Spares writing `...environment.cluster`. Not together with `server` or `name`. @default - `server` or `name` says it */
  readonly cluster?: Cluster;
  /** The namespace of objects that name none. @default - none: every namespaced object must name its own */
  readonly namespace?: string;
}

type Convenient = 'destination' | 'info' | 'project' | 'source' | 'sources' | 'sourceHydrator' | 'syncPolicy';

export interface ApplicationSpecProps extends Omit<ApplicationSpec, Convenient>, SyncProps {
  /** The AppProject that permits what this Application does: the construct, or its name. */
  readonly project: AppProject | string;
  /** The cluster, by `server` or `name`, never both; and the namespace. */
  readonly destination: Destination;
  /** Where the manifests come from. One of `source`, `sources` and `sourceHydrator`; Argo CD would ignore the others. */
  readonly source?: ApplicationSource;
  /** Several places at once, for example a chart and the repository of its value files. */
  readonly sources?: readonly ApplicationSource[];
  /** Renders into a branch first, and syncs from there. Needs Argo CD's hydrator to be enabled. */
  readonly sourceHydrator?: SourceHydrator;
  /**
   * Fields that do not count as a difference. A sync still overwrites them unless
   * `syncOptions: { respectIgnoreDifferences: true }`.
   */
  readonly ignoreDifferences?: ApplicationSpec['ignoreDifferences'];
  /** Shown in the UI: `{ Runbook: 'https://…' }`, or upstream's list. */
  readonly info?: Readonly<Record<string, string>> | NonNullable<ApplicationSpec['info']>;
  /** How many syncs are remembered, for rollbacks; 0 for none. @default 10 */
  readonly revisionHistoryLimit?: number;
}

/** Upstream's `spec`. */
export function shapeApplicationSpec(props: ApplicationSpecProps): object {
  if (!isPlainObject(props)) return props;
  const { project, destination, source, sources, sourceHydrator, info } = props;
  const policy = shapeSyncPolicy(props);
  const spec: Record<string, unknown> = {};
  for (const key of Object.keys(props)) {
    if (!SHAPED.has(key)) spec[key] = props[key as keyof ApplicationSpecProps];
  }
  spec['project'] = nameOf(project);
  spec['destination'] = shapeDestination(destination);
  if (source !== undefined) spec['source'] = shapeSource(source);
  if (sources !== undefined) spec['sources'] = Array.isArray(sources) ? sources.map(shapeSource) : sources;
  if (sourceHydrator !== undefined) spec['sourceHydrator'] = shapeHydrator(sourceHydrator);
  if (info !== undefined) spec['info'] = fromMap(info, (name, value) => ({ name, value }));
  if (policy !== undefined) spec['syncPolicy'] = policy;
  return spec;
}

/** What is not passed on as it is. */
const SHAPED: ReadonlySet<string> = new Set([
  'project',
  'destination',
  'source',
  'sources',
  'sourceHydrator',
  'info',
  'sync',
  'syncOptions',
  'retry',
  'syncPolicy',
] satisfies (keyof ApplicationSpecProps)[]);

function nameOf(project: unknown): unknown {
  // A construct's name is a getter, so it is no plain object.
  return typeof project === 'object' && project !== null && !isPlainObject(project) && 'name' in project
    ? project.name
    : project;
}

function shapeDestination(destination: unknown): unknown {
  if (!isPlainObject(destination) || !isPlainObject(destination['cluster'])) return destination;
  const { cluster, ...rest } = destination as Destination;
  return { ...cluster, ...rest };
}

function shapeHydrator(hydrator: unknown): unknown {
  return isPlainObject(hydrator) ? { ...hydrator, drySource: shapeSource(hydrator['drySource']) } : hydrator;
}
