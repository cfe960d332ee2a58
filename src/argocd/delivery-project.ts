/** The AppProject of a delivery: what the stacks need, and nothing more. */
import type { DeliveryContext } from '../core/delivery';
import type { Cluster } from '../core/environment';
import { isClusterScoped } from '../core/scope';
import type { AppProjectSpec } from '../schema/generated/argo-cd';
import type { PlannedApplication } from './delivery';

type GroupKind = NonNullable<AppProjectSpec['namespaceResourceWhitelist']>[number];

/** What a delivery decides of its project; the rest is the user's. */
export type DerivedProject = Required<
  Pick<AppProjectSpec, 'sourceRepos' | 'destinations' | 'namespaceResourceWhitelist'>
> &
  Pick<AppProjectSpec, 'clusterResourceWhitelist'>;

/** @param permit namespaced kinds beyond those that the stacks hold */
export function deriveProject(
  { repository }: DeliveryContext,
  planned: readonly PlannedApplication[],
  permit: readonly GroupKind[] = [],
): DerivedProject {
  const objects = planned.flatMap(({ stack }) => stack.objects);
  const clusterScoped = objects.filter(({ group, kind }) => isClusterScoped(group, kind));
  const namespaced = objects.filter(({ group, kind }) => !isClusterScoped(group, kind));
  const makesNamespaces = planned.some(({ createsNamespace }) => createsNamespace);
  const cluster = distinct([...clusterScoped, ...(makesNamespaces ? [{ group: '', kind: 'Namespace' }] : [])]);
  return {
    sourceRepos: [repository.url],
    destinations: destinationsOf(planned),
    ...(cluster.length > 0 && { clusterResourceWhitelist: cluster }),
    // Present even when empty: without the list every namespaced kind would be permitted.
    namespaceResourceWhitelist: distinct([...namespaced, ...permit]),
  };
}

function destinationsOf(planned: readonly PlannedApplication[]): NonNullable<AppProjectSpec['destinations']> {
  const found = new Map<string, Cluster & { namespace?: string }>();
  for (const { stack, cluster } of planned) {
    const own = stack.objects.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace]));
    for (const namespace of [stack.namespace, ...own]) {
      found.set(JSON.stringify([cluster.server, cluster.name, namespace]), {
        ...cluster,
        ...(namespace !== undefined && { namespace }),
      });
    }
  }
  return [...found].sort(byKey).map(([, destination]) => destination);
}

function distinct(kinds: readonly GroupKind[]): GroupKind[] {
  const found = new Map(kinds.map(({ group, kind }) => [`${group}/${kind}`, { group, kind }]));
  return [...found].sort(byKey).map(([, kind]) => kind);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
