/** Where in the text a field is. */
import { type Alias, isAlias, isMap, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { FieldPath } from '../kernel/issue';
import { isMergeKey, keyText } from './value';

type Targets = ReadonlyMap<Alias, Node>;

/**
 * The offset of the field at a path: its key, or its list item. Where the path leaves the document, the offset of the
 * last part that exists, so a missing field is reported at its parent.
 */
export function placeOf(root: Node | null, path: FieldPath, targets: Targets): number {
  let offset = root?.range?.[0] ?? 0;
  let node = root;
  for (const step of path) {
    node = resolve(node, targets);
    if (isMap(node)) {
      const pair = findPair(node, step, targets);
      if (pair === undefined) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      node = node.items[step] as Node | null;
      offset = node?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

/** The path of the field that an offset lies in, as far as the document could be read. */
export function pathAt(root: Node | null, offset: number): FieldPath {
  const path: (string | number)[] = [];
  for (let node = root; ; ) {
    if (isMap(node)) {
      const pair = last(node.items as Pair[], ({ key }) => startsBefore(key, offset));
      const name = keyText(pair?.key);
      if (pair === undefined || name === undefined) return path;
      path.push(name);
      node = pair.value as Node | null;
    } else if (isSeq(node)) {
      const item = last(node.items, (candidate) => startsBefore(candidate, offset));
      if (item === undefined) return path;
      path.push(node.items.indexOf(item));
      node = item as Node | null;
    } else return path;
  }
}

/** The last pair of a key wins; a merged one only counts where the mapping itself has none. */
function findPair(map: YAMLMap, step: string | number, targets: Targets, seen = new Set<YAMLMap>()): Pair | undefined {
  seen.add(map);
  const pairs = map.items as Pair[];
  const own = last(pairs, ({ key }) => !isMergeKey(key) && nameOf(key, targets) === String(step));
  if (own !== undefined) return own;
  for (const { key, value } of pairs) {
    if (!isMergeKey(key)) continue;
    for (const source of isSeq(value) ? value.items : [value]) {
      const merged = resolve(source as Node | null, targets);
      const found = isMap(merged) && !seen.has(merged) ? findPair(merged, step, targets, seen) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function nameOf(key: unknown, targets: Targets): string | undefined {
  return keyText(isAlias(key) ? targets.get(key) : key);
}

function resolve(node: Node | null, targets: Targets): Node | null {
  return isAlias(node) ? (targets.get(node) ?? null) : node;
}

function startsBefore(node: unknown, offset: number): boolean {
  const start = (node as Node | null)?.range?.[0];
  return start !== undefined && start <= offset;
}

function last<T>(items: readonly T[], test: (item: T) => boolean): T | undefined {
  for (let at = items.length - 1; at >= 0; at--) if (test(items[at]!)) return items[at];
  return undefined;
}
