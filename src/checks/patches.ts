/**
 * Which files are patches. A patch has the identity of an object and only some of its fields: what it leaves out is in
 * the object that it changes.
 */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../kernel/manifest';
import { readText } from './read';
import { readDocuments } from './source';

const NAMES: ReadonlySet<string> = new Set(['kustomization.yaml', 'kustomization.yml', 'Kustomization']);

/** Whether kustomize reads a file of this name as the description of its directory. */
export function isKustomization(name: string): boolean {
  return NAMES.has(name);
}

/** The real paths of the files that the kustomization of a directory uses as patches. */
export function patchFilesIn(directory: string): string[] {
  const files: string[] = [];
  for (const name of NAMES) {
    const text = readText(join(directory, name));
    if (typeof text !== 'string' || !text.includes('patches')) continue;
    for (const { value } of readDocuments(text)) {
      for (const patch of patchPaths(value)) files.push(...tryReal(join(directory, patch)));
    }
  }
  return files;
}

function patchPaths(kustomization: unknown): string[] {
  if (!isObject(kustomization)) return [];
  const { patches, patchesStrategicMerge, patchesJson6902 } = kustomization;
  const entries = [patches, patchesStrategicMerge, patchesJson6902].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const paths = entries.map((entry: unknown) => (isObject(entry) ? entry['path'] : entry));
  // patchesStrategicMerge may also hold the patch itself.
  return paths.filter((path): path is string => typeof path === 'string' && path !== '' && !path.includes('\n'));
}

function tryReal(path: string): string[] {
  try {
    return [realpathSync(path)];
  } catch {
    return [];
  }
}
