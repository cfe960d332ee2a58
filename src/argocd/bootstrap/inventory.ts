/**
 * The clusters that one Argo CD deploys to, as a list that the compiler knows. Its law: what a generator selects by, and
 * what a template reads, is a label that clusters of the list have; and a selection that finds none is refused, since an
 * ApplicationSet that generates nothing deletes what it generated before.
 */

import { sourceLine } from '../../core/source-line';
import { GitOpsError, type Issue } from '../../kernel/issue';
import { type ClusterParameters, clusters, type Generator, type Values } from '../generators';

/** A cluster of an inventory; fit to be spread into the props of `ArgoCdCluster`. */
export interface InventoryCluster {
  /** What destinations call it. */
  readonly name: string;
  /** The address of its API server, `https://…`. */
  readonly server: string;
  /** What ApplicationSets select by and read. */
  readonly labels: Readonly<Record<string, string>>;
}

type List = readonly InventoryCluster[];

type EachLabels<C extends List> = C[number]['labels'];
type KeyOf<L> = L extends unknown ? keyof L & string : never;
type ValueOf<L, K extends string> = L extends { readonly [Key in K]: infer V } ? V & string : never;

/** A label that a cluster of the inventory has. */
export type InventoryLabel<C extends List> = KeyOf<EachLabels<C>>;

/** Labels with the values that clusters of the inventory have. */
export type InventoryLabels<C extends List> = {
  readonly [K in InventoryLabel<C>]?: ValueOf<EachLabels<C>, K>;
};

export interface InventoryGeneratorOptions<L, R, V> {
  /** Labels that the cluster must have: `{ environment: 'production' }`. @default - every cluster that has what `read` says */
  readonly labels?: L;
  /** Labels that the template reads. A cluster without one of them is left out, or it would stop the whole set. @default - those of `labels` */
  readonly read?: R;
  /** More parameters, as `values.<key>`. @default - none */
  readonly values?: V;
}

/** Made by {@link clusterInventory}. */
export interface ClusterInventory<C extends List> {
  /** Every cluster, in the order given; what `render()` and `permits()` take as `clusters`. */
  readonly clusters: C;
  /** The cluster of this name. */
  get<N extends C[number]['name']>(name: N): C[number] & { readonly name: N };
  /** The clusters that have all these labels. @throws GitOpsError when none has */
  select(labels: InventoryLabels<C>): readonly C[number][];
  /**
   * A parameter set for each cluster selected: `clusters()` with labels that exist. It is what Argo CD finds at run time
   * that counts, so a cluster that somebody else registers with the same labels is selected too.
   *
   * @throws GitOpsError when the inventory has none
   */
  generator<
    const L extends InventoryLabels<C> = Readonly<Record<never, string>>,
    const R extends readonly InventoryLabel<C>[] = readonly [],
    const V extends Values = Readonly<Record<never, string>>,
  >(options?: InventoryGeneratorOptions<L, R, V>): Generator<InventoryParameters<L, R[number], V>, 0>;
}

/** What an inventory's generator yields. */
export type InventoryParameters<L, R extends string, V> = ClusterParameters<
  L,
  readonly { readonly key: R; readonly operator: 'Exists' }[],
  V
>;

/**
 * The clusters of a management cluster, each with its labels:
 * `clusterInventory([{ name: 'eu', server: 'https://eu.acme.io', labels: { region: 'eu' } }])`.
 *
 * @throws GitOpsError when two have one name or one address
 */
export function clusterInventory<const C extends List>(list: C): ClusterInventory<C> {
  refuseDuplicates(list);
  const select = (labels: Labels, read: readonly string[] = []) => {
    const found = list.filter((cluster) => matches(cluster, labels, read));
    if (found.length === 0) throw nothingSelected(labels, read);
    return found;
  };
  return {
    clusters: list,
    get: (name) => {
      const found = list.find((cluster) => cluster.name === name);
      if (found === undefined) throw nothingSelected({ name }, []);
      return found as never;
    },
    select: (labels) => select(labels as Labels),
    generator: ({ labels, read = [] as never, values } = {}) => {
      select((labels ?? {}) as Labels, read);
      const selected = Object.keys(labels ?? {});
      const further = read.filter((key) => !selected.includes(key));
      return clusters({
        ...(selected.length > 0 && { labels: labels as Readonly<Record<string, string>> }),
        ...(further.length > 0 && { matchExpressions: further.map((key) => ({ key, operator: 'Exists' as const })) }),
        ...(values !== undefined && { values }),
      }) as never;
    },
  };
}

type Labels = Readonly<Record<string, string | undefined>>;

function matches(cluster: InventoryCluster, labels: Labels, read: readonly string[]): boolean {
  return (
    Object.entries(labels).every(([key, value]) => cluster.labels[key] === value) &&
    read.every((key) => Object.hasOwn(cluster.labels, key))
  );
}

function refuseDuplicates(list: List): void {
  const issues: Issue[] = [];
  for (const field of ['name', 'server'] as const) {
    const first = new Map<string, number>();
    for (const [index, cluster] of list.entries()) {
      const value = field === 'server' ? cluster.server.replace(/\/+$/, '') : cluster.name;
      const before = first.get(value);
      first.set(value, before ?? index);
      if (before === undefined) continue;
      issues.push({
        code: 'argocd-inventory-duplicate',
        severity: 'error',
        at: { path: `[${index}].${field}` },
        message: `${field} is ${JSON.stringify(value)}, which cluster [${before}] has: destinations could not tell them apart`,
        fix: `give each cluster its own ${field}`,
      });
    }
  }
  if (issues.length === 0) return;
  const source = sourceLine();
  throw new GitOpsError(issues.map((issue) => ({ ...issue, at: { ...issue.at, source } })));
}

function nothingSelected(labels: Labels, read: readonly string[]): GitOpsError {
  const wanted = [...Object.entries(labels).map(([key, value]) => `${key}=${value}`), ...read];
  return new GitOpsError([
    {
      code: 'argocd-inventory-nothing-selected',
      severity: 'error',
      at: { source: sourceLine() },
      message: `no cluster of the inventory has ${wanted.join(', ') || 'anything: it is empty'}`,
      fix: 'select by labels that one cluster has together; an ApplicationSet that generates nothing deletes what it had generated',
    },
  ]);
}
