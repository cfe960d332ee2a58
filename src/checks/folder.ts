/** A local folder as the tree of a repository: its files are listed once, and read when they are asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface FolderTree {
  /** Relative to the folder, with slashes; `.git` is no part of a repository's tree. */
  readonly paths: readonly string[];
  read(path: string): string;
}

/** @throws Error when the folder cannot be listed */
export function folderTree(folder: string): FolderTree {
  const paths: string[] = [];
  const walk = (prefix: string): void => {
    for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
      if (entry.isDirectory()) {
        if (entry.name !== '.git') walk(`${prefix}${entry.name}/`);
      } else if (entry.isFile() || entry.isSymbolicLink()) paths.push(prefix + entry.name);
    }
  };
  walk('');
  return { paths, read: (path) => readFileSync(join(folder, path), 'utf8') };
}
