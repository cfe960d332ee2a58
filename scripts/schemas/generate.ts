/** Everything that is made from the digests alone: by path from the repository's root. */
import { knownKinds } from '../../src/schema/kinds';
import { readProduct } from '../../src/schema/load';
import { constructFiles } from './constructs';
import { products } from './products';
import { productTypes, typesText } from './types';

export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const kinds = knownKinds();
  for (const product of products) {
    const own = kinds.filter((kind) => kind.product === product.name);
    if (own.length === 0) continue;
    const types = productTypes(own, readProduct(product.name, own[0]!.release));
    files.set(`src/schema/generated/${product.name}.ts`, typesText(types));
    for (const [path, text] of constructFiles(product, types)) files.set(path, text);
  }
  return files;
}
