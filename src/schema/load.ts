/** The one file of this room that reads the disk: `schemas/` lies beside both src/ and lib/. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DigestFile, DigestIndex } from './digest';

const folder = join(__dirname, '../../schemas');

export function readIndex(): DigestIndex {
  return readJson('index.json') as DigestIndex;
}

export function readProduct(product: string, release: string): DigestFile {
  return readJson(`${product}/${release}.json`) as DigestFile;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(folder, path), 'utf8'));
}
