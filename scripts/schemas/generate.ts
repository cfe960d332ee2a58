/** Everything that is made from the digests alone: by path from the repository's root. */
import { knownKinds } from '../../src/schema/kinds';
import { readProduct } from '../../src/schema/load';
import { productTypes, typesText } from './types';

export function generatedFiles(): Map<string, string> {
  const files = new Map<string, string>();
  const kinds = knownKinds();
  for (const product of new Set(kinds.map((kind) => kind.product))) {
    const own = kinds.filter((kind) => kind.product === product);
    const types = productTypes(own, readProduct(product, own[0]!.release));
    files.set(`src/schema/generated/${product}.ts`, typesText(types));
  }
  return files;
}
