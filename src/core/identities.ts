/** Two objects of one identity that reach one cluster overwrite each other: refused, naming both constructs. */
import type { ApiObject } from 'cdk8s';
import type { Issue } from '../kernel/issue';
import type { Identity } from '../kernel/manifest';
import { originOf } from './resource';

export class IdentityIndex {
  private readonly byCluster = new Map<string, Map<string, string>>();
  private readonly kept = new Set<string>();

  /** @param environmentClusters the cluster of each environment; one that appears twice is kept until the end */
  constructor(environmentClusters: readonly string[]) {
    const seen = new Set<string>();
    for (const cluster of environmentClusters) {
      if (seen.has(cluster)) this.kept.add(cluster);
      seen.add(cluster);
    }
  }

  /** Says that stacks of any environment may reach this cluster. */
  keep(cluster: string): void {
    this.kept.add(cluster);
  }

  add(cluster: string, identity: Identity, object: ApiObject, issues: Issue[]): void {
    const { group, kind, namespace = '', name } = identity;
    let known = this.byCluster.get(cluster);
    if (known === undefined) {
      known = new Map();
      this.byCluster.set(cluster, known);
    }
    const key = `${kind}.${group}/${namespace}/${name}`;
    const first = known.get(key);
    if (first === undefined) {
      known.set(key, object.node.path);
      return;
    }
    issues.push({
      code: 'object-duplicate',
      severity: 'error',
      at: { object: [kind, namespace, name].filter(Boolean).join('/'), ...originOf(object) },
      message: `${first} and ${object.node.path} are the same object in one cluster (${cluster}): the one applied last would win`,
      fix: 'give one of them another name or namespace, or keep one',
    });
  }

  /** Forgets a cluster that no later environment reaches, so that memory stays flat. */
  close(cluster: string): void {
    if (!this.kept.has(cluster)) this.byCluster.delete(cluster);
  }
}
