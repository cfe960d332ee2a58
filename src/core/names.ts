/** How constructs get their names in the cluster: from their ids alone, without hashes, so that a sibling changes nothing. */
import type { IConstruct } from 'constructs';

/** Ids that cdk8s and cdk8s-plus give to the one child a construct is made of. */
const TRANSPARENT_IDS = new Set(['Resource', 'Default']);

/** The ids from `root` (exclusive) down to `construct`, joined with `-`, lower case, without what a DNS name cannot hold. */
export function nameFromPath(root: IConstruct, construct: IConstruct): string {
  const ids: string[] = [];
  for (let node: IConstruct | undefined = construct; node !== undefined && node !== root; node = node.node.scope) {
    if (!TRANSPARENT_IDS.has(node.node.id)) ids.unshift(node.node.id);
  }
  const name = ids.length === 0 ? construct.node.id : ids.join('-');
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) ? name : cleaned(name);
}

function cleaned(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
}
