/** Orders stacks by what they depend on: Kahn's algorithm, linear in stacks and edges. */

export interface Ordered<T> {
  /** Every node after the nodes it depends on; siblings keep their given order. */
  readonly order: readonly T[];
  /** The length of the longest chain below each node. */
  readonly depth: ReadonlyMap<T, number>;
}

/** @returns the order, or the cycle that prevents one: each node depends on the next, the last on the first */
export function topologicalOrder<T>(
  nodes: readonly T[],
  dependenciesOf: (node: T) => Iterable<T>,
): Ordered<T> | { readonly cycle: readonly T[] } {
  const dependents = new Map<T, T[]>(nodes.map((node) => [node, []]));
  const waiting = new Map<T, number>();
  const depth = new Map<T, number>();
  for (const node of nodes) {
    let count = 0;
    for (const dependency of dependenciesOf(node)) {
      if (!dependents.has(dependency)) continue;
      dependents.get(dependency)!.push(node);
      count++;
    }
    waiting.set(node, count);
    depth.set(node, 0);
  }
  const order = nodes.filter((node) => waiting.get(node) === 0);
  for (let index = 0; index < order.length; index++) {
    const node = order[index]!;
    for (const dependent of dependents.get(node)!) {
      depth.set(dependent, Math.max(depth.get(dependent)!, depth.get(node)! + 1));
      const left = waiting.get(dependent)! - 1;
      waiting.set(dependent, left);
      if (left === 0) order.push(dependent);
    }
  }
  if (order.length === nodes.length) return { order, depth };
  const stuck = new Set(nodes.filter((node) => waiting.get(node)! > 0));
  return { cycle: cycleIn(stuck, dependenciesOf) };
}

/** Every stuck node depends on a stuck node, so following those must come back. */
function cycleIn<T>(stuck: ReadonlySet<T>, dependenciesOf: (node: T) => Iterable<T>): T[] {
  const walk: T[] = [];
  const position = new Map<T, number>();
  let [node] = stuck;
  while (node !== undefined && !position.has(node)) {
    position.set(node, walk.length);
    walk.push(node);
    const from: T = node;
    node = [...dependenciesOf(from)].find((next) => stuck.has(next));
  }
  return walk.slice(position.get(node!));
}
