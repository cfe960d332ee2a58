/** Values that a schema admits, mostly, and values one change away from them. */
import fc from 'fast-check';
import type { SchemaNode } from '../../src/schema';

/** A value that fits the node's structure; bounds and branches are met more often than not. */
export function valueFor(node: SchemaNode, depth = 0): fc.Arbitrary<unknown> {
  if (node.enum) return fc.constantFrom(...node.enum);
  switch (node.type) {
    case 'string':
      return text(node);
    case 'integer':
    case 'number':
      return number(node);
    case 'boolean':
      return fc.boolean();
    case 'int-or-string':
      return fc.oneof(number(node), fc.constantFrom('25%', '10', '1Gi', '100m'));
    case 'array':
      return fc.array(node.items ? valueFor(node.items, depth + 1) : fc.jsonValue(), {
        minLength: node.minItems ?? 0,
        maxLength: Math.max(node.minItems ?? 0, Math.min(node.maxItems ?? 2, depth > 6 ? 1 : 2)),
      });
    default:
      return object(node, depth);
  }
}

function object(node: SchemaNode, depth: number): fc.Arbitrary<unknown> {
  if (typeof node.values === 'object')
    return fc.dictionary(fc.constantFrom('a', 'b', 'team'), valueFor(node.values, depth + 1), { maxKeys: 2 });
  if (node.properties === undefined)
    return node.preserve || node.values === true || node.type === 'any'
      ? fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 })
      : fc.constant({});
  const fields = [...node.properties];
  return chosenFields(
    node,
    fields.map(([name]) => name),
    depth,
  ).chain((chosen) => {
    const model = Object.fromEntries(
      fields.filter(([name]) => chosen.has(name)).map(([name, child]) => [name, valueFor(child, depth + 1)]),
    );
    return fc.record(model);
  });
}

/** Required fields, those of one branch, and a few others. */
function chosenFields(node: SchemaNode, names: string[], depth: number): fc.Arbitrary<Set<string>> {
  const branches = [...(node.oneOf ?? []), ...(node.anyOf ?? [])].map(({ required }) => [...required]);
  const inBranches = new Set(branches.flat());
  const free = names.filter((name) => !inBranches.has(name));
  const most = Math.min(node.maxProperties ?? free.length, depth > 6 ? 1 : 3);
  const some =
    free.length === 0
      ? fc.constant<string[]>([])
      : fc.subarray(free, {
          minLength: Math.min(node.minProperties ?? 0, free.length),
          maxLength: Math.min(Math.max(most, node.minProperties ?? 0), free.length),
        });
  const branch = branches.length === 0 ? fc.constant<string[]>([]) : fc.constantFrom(...branches);
  return fc.tuple(some, branch).map(([few, one]) => new Set([...node.required, ...few, ...one]));
}

function number(node: SchemaNode): fc.Arbitrary<number> {
  const min = Math.ceil(node.minimum ?? -3);
  const max = Math.max(min, Math.floor(node.maximum ?? min + 100));
  return fc.integer({ min, max });
}

function text(node: SchemaNode): fc.Arbitrary<string> {
  if (node.format === 'date-time') return fc.constantFrom('2026-01-31T08:00:00Z', '2026-01-31T08:00:00.5+02:00');
  if (node.format === 'byte') return fc.constantFrom('aGk=', 'aGVsbG8=');
  if (node.format === 'email') return fc.constant('bot@example.com');
  const min = node.minLength ?? 0;
  const plain = fc.string({ minLength: min, maxLength: Math.min(node.maxLength ?? min + 5, min + 5) });
  if (node.pattern === undefined) return plain;
  const { maxLength = Number.POSITIVE_INFINITY } = node;
  const fitting = examplesOf(node.pattern).filter(({ length }) => min <= length && length <= maxLength);
  return fitting.length > 0 ? fc.constantFrom(...fitting) : plain;
}

const examples = new Map<string, string[]>();

/** Texts that match a pattern, made once: fast-check needs milliseconds for each. */
function examplesOf(pattern: string): string[] {
  let found = examples.get(pattern);
  if (found === undefined) {
    try {
      found = fc.sample(fc.stringMatching(new RegExp(pattern.replace('(?i)', '')), { size: '-1' }), {
        numRuns: 15,
        seed: 1,
      });
    } catch {
      found = [];
    }
    examples.set(pattern, found);
  }
  return found;
}

export { valueFor as valueOf };

/** `value` with one part replaced, removed or renamed. */
export function mutated(value: unknown): fc.Arbitrary<unknown> {
  const places = placesOf(value, []);
  return fc
    .tuple(fc.constantFrom(...places), fc.oneof(fc.constantFrom<Change>('remove', 'rename', 'repeat'), replacement()))
    .map(([path, change]) => changed(value, path, change));
}

type Change = 'remove' | 'rename' | 'repeat' | { readonly by: unknown };

function replacement(): fc.Arbitrary<Change> {
  const odd = fc.constantFrom<unknown>(
    null,
    '',
    '5',
    5,
    1.5,
    -1,
    true,
    [],
    {},
    [null],
    { a: null },
    'x'.repeat(300),
    2 ** 40,
  );
  return fc.oneof(odd, fc.jsonValue({ maxDepth: 1 })).map((by) => ({ by }));
}

function placesOf(value: unknown, path: (string | number)[]): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    placesOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 && inner.length > 0 ? inner : [path, ...inner];
}

function changed(value: unknown, path: readonly (string | number)[], change: Change): unknown {
  const copy = structuredClone(value);
  let parent = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) parent = parent[step] as Record<string | number, unknown>;
  const last = path.at(-1);
  if (last === undefined) return copy;
  if (typeof change === 'object') parent[last] = change.by;
  else if (Array.isArray(parent))
    change === 'repeat' ? parent.push(parent[last as number]) : parent.splice(last as number, 1);
  else {
    if (change === 'rename') parent[`${last}x`] = parent[last];
    if (change !== 'repeat') delete parent[last];
  }
  return copy;
}
