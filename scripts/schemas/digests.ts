/** From CRDs to the text of every file in `schemas/`: a function of the CRDs alone, so that it can be compared. */
import type { DigestFile, DigestIndex, DigestKind, DigestVersion } from '../../src/schema/digest';
import type { Crd, CrdVersion } from './crds';
import { findProduct, type Product, products } from './products';
import { NodeTable } from './table';

/** The digest files by their path below `schemas/`. */
export function digestFiles(crds: readonly Crd[]): Map<string, string> {
  const files = new Map<string, string>();
  const index: Record<string, { release: string; kinds: DigestKind[] }> = {};
  for (const product of products) {
    const own = crds.filter(({ spec }) => findProduct(spec.group, spec.names.kind) === product);
    if (own.length === 0) continue;
    index[product.name] = { release: product.release, kinds: own.map(kindOf) };
    files.set(filePath(product), fileText(productFile(own)));
  }
  files.set('index.json', indexText({ products: index }));
  return files;
}

export function filePath(product: Pick<Product, 'name' | 'release'>): string {
  return `${product.name}/${product.release}.json`;
}

function kindOf({ spec }: Crd): DigestKind {
  const { kind, plural } = spec.names;
  return { group: spec.group, kind, plural, scope: spec.scope, versions: spec.versions.map(versionFacts) };
}

function versionFacts({ name, served, deprecated, storage }: CrdVersion): DigestVersion {
  return {
    name,
    ...(served !== true && { served: false }),
    ...(deprecated === true && { deprecated: true }),
    ...(storage === true && { storage: true }),
  };
}

function productFile(crds: readonly Crd[]): DigestFile {
  const table = new NodeTable();
  const roots: Record<string, number> = {};
  for (const { spec } of crds) {
    for (const { name, served, schema } of spec.versions) {
      if (!served || !schema?.openAPIV3Schema) continue;
      roots[`${spec.group}/${name}/${spec.names.kind}`] = table.addRoot(schema.openAPIV3Schema);
    }
  }
  return { roots, nodes: table.nodes };
}

/** A node a line: a change of one field is a change of few lines. */
function fileText({ roots, nodes }: DigestFile): string {
  const rootLines = Object.entries(roots).map(([id, node]) => `${JSON.stringify(id)}:${node}`);
  const nodeLines = nodes.map((node) => JSON.stringify(node));
  return `{"roots":{\n${rootLines.join(',\n')}\n},\n"nodes":[\n${nodeLines.join(',\n')}\n]}\n`;
}

function indexText({ products: entries }: DigestIndex): string {
  const blocks = Object.entries(entries).map(([name, { release, kinds }]) => {
    const lines = kinds.map((kind) => JSON.stringify(kind));
    return `${JSON.stringify(name)}:{"release":${JSON.stringify(release)},"kinds":[\n${lines.join(',\n')}\n]}`;
  });
  return `{"products":{\n${blocks.join(',\n')}\n}}\n`;
}
