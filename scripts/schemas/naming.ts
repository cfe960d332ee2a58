/**
 * A name for every object of a product's schemas. Laws: equal subtrees have one name; the shortest path gives it, the
 * earlier kind among equally short ones; a taken name gets a number; every kind's spec is called `<Kind>Spec`.
 */
import type { SchemaNode } from '../../src/schema/node';

export interface NamedKind {
  readonly kind: string;
  readonly root: SchemaNode;
}

export interface Naming {
  readonly nameOf: ReadonlyMap<SchemaNode, string>;
  /** Further names of a node that already has one: `ClusterSecretStoreSpec` of what is `SecretStoreSpec`. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** Whether a node becomes an interface. */
export function isInterface(node: SchemaNode): boolean {
  return node.properties !== undefined && (node.type === 'object' || node.type === 'any');
}

export function nameNodes(kinds: readonly NamedKind[]): Naming {
  const nameOf = new Map<SchemaNode, string>();
  const taken = new Set(kinds.flatMap(({ kind }) => [kind, `${kind}Spec`]));
  const aliases = new Map<string, string>();
  for (const { kind, root } of kinds) {
    const spec = root.properties?.get('spec');
    if (spec === undefined || !isInterface(spec)) continue;
    const first = nameOf.get(spec);
    if (first === undefined) nameOf.set(spec, `${kind}Spec`);
    else aliases.set(`${kind}Spec`, first);
  }
  const entered = new Set<SchemaNode>();
  let level = kinds.flatMap(({ kind, root }) => children(root, kind));
  while (level.length > 0) {
    const next: Place[] = [];
    for (const { node, name } of level) {
      if (isInterface(node) && !nameOf.has(node)) nameOf.set(node, free(name, taken));
      if (entered.has(node)) continue;
      entered.add(node);
      next.push(...children(node, nameOf.get(node) ?? name));
    }
    level = next;
  }
  return { nameOf, aliases };
}

interface Place {
  readonly node: SchemaNode;
  readonly name: string;
}

/** The fields of a node; items and values of maps count as the field that holds them. */
function children(node: SchemaNode, name: string): Place[] {
  const fields = [...(node.properties ?? [])].map(([field, child]) => ({
    node: child,
    name: name + pascalCase(field),
  }));
  const inner = [node.items, node.values].filter((child) => typeof child === 'object');
  return [
    ...fields,
    ...inner.flatMap((child) => (isInterface(child) ? [{ node: child, name }] : children(child, name))),
  ];
}

function free(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let number = 2; taken.has(candidate); number++) candidate = `${name}${number}`;
  taken.add(candidate);
  return candidate;
}

function pascalCase(field: string): string {
  return field
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
