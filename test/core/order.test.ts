import fc from 'fast-check';
import { topologicalOrder } from '../../src/core/order';

/** Edges from a number to smaller ones: a graph without cycles. */
const acyclic = fc
  .array(fc.array(fc.nat({ max: 40 }), { maxLength: 5 }), { minLength: 1, maxLength: 40 })
  .map((rows) => rows.map((row, index) => [...new Set(row.filter((to) => to < index))]));

test('every node comes after all it depends on, and every node comes once', () => {
  fc.assert(
    fc.property(acyclic, (edges) => {
      const result = topologicalOrder([...edges.keys()], (node) => edges[node]!);
      if ('cycle' in result) throw new Error('an acyclic graph has no cycle');
      expect([...result.order].sort((a, b) => a - b)).toEqual([...edges.keys()]);
      const position = new Map(result.order.map((node, index) => [node, index]));
      for (const [node, dependencies] of edges.entries()) {
        for (const dependency of dependencies) expect(position.get(dependency)!).toBeLessThan(position.get(node)!);
      }
    }),
  );
});

test('depth is the length of the longest chain below', () => {
  const edges: Record<string, string[]> = { a: [], b: ['a'], c: ['a'], d: ['b', 'c'], e: ['a', 'd'] };
  const result = topologicalOrder(Object.keys(edges), (node) => edges[node]!);
  if ('cycle' in result) throw new Error('no cycle here');
  expect(Object.fromEntries(result.depth)).toEqual({ a: 0, b: 1, c: 1, d: 2, e: 3 });
});

test('a cycle comes back as a cycle: each node depends on the next', () => {
  fc.assert(
    fc.property(acyclic, fc.integer({ min: 2, max: 6 }), (edges, length) => {
      const loop = Array.from({ length }, (_, index) => edges.length + index);
      const all = [...edges, ...loop.map((_, index) => [loop[(index + 1) % length]!])];
      const result = topologicalOrder([...all.keys()], (node) => all[node]!);
      if (!('cycle' in result)) throw new Error('the cycle was not seen');
      expect(result.cycle.length).toBe(length);
      for (const [index, node] of result.cycle.entries()) {
        expect(all[node]).toContain(result.cycle[(index + 1) % result.cycle.length]!);
      }
    }),
  );
});

test('dependencies outside the given nodes do not count', () => {
  expect(topologicalOrder(['a'], () => ['gone'])).toMatchObject({ order: ['a'] });
});
