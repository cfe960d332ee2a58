/**
 * What was put into the segment (environment) at hand, with what the disk has in the same places; dropped at its end.
 * Its laws: no path is put twice, none is a file and a directory, and none differs from another in case only, for a
 * tree must survive a file system that ignores case.
 */
import type { Kind, Obstacle } from './disk';
import { Lines } from './lines';
import type { ReplaceStep } from './plan';

/** A directory of the segment: what the disk has in it, and what was put into it. */
export interface Directory {
  readonly path: string;
  /** Undefined for the segment's own directory. */
  readonly parent: Directory | undefined;
  /** Undefined when the directory is not on disk. */
  readonly entries: ReadonlyMap<string, Kind> | undefined;
  /** What stands in the way where this directory, or one above it, must be. */
  readonly blocked: Obstacle | undefined;
  /** Names put here, by their lower case. */
  readonly files: Map<string, string>;
  /** Made for the first child: most directories hold files alone. */
  children: Map<string, string> | undefined;
  /** Whether a file was put here or below. */
  claimed: boolean;
  /** Whether it is in the staged tree. */
  staged: boolean;
  /** Whether the system was seen to allow changes here. */
  writable: boolean;
}

export function newDirectory(
  path: string,
  parent: Directory | undefined,
  entries: ReadonlyMap<string, Kind> | undefined,
  blocked: Obstacle | undefined,
): Directory {
  return {
    path,
    parent,
    entries,
    blocked,
    files: new Map(),
    children: undefined,
    claimed: false,
    staged: false,
    writable: false,
  };
}

export class Segment {
  readonly prefix: string;
  readonly directories = new Map<string, Directory>();
  readonly replaced: ReplaceStep[] = [];
  /** Files put where the disk has a directory: right if that directory is about to be emptied. */
  readonly awaited: { readonly path: string; readonly construct: string }[] = [];
  /** The directory of the file put last: files come in runs. */
  last: Directory | undefined;
  readonly lines = new Lines();

  constructor(readonly name: string) {
    this.prefix = `${name}/`;
  }

  /** Whether `path` was put. */
  has(path: string): boolean {
    const slash = path.lastIndexOf('/');
    const name = path.slice(slash + 1);
    return this.directories.get(path.slice(0, slash))?.files.get(name.toLowerCase()) === name;
  }
}

/** Takes a name in a directory for a file. */
export function claim(directory: Directory, name: string): void {
  if (!directory.claimed) claimDirectory(directory);
  const key = name.toLowerCase();
  const other = holderOf(directory, key);
  if (other !== undefined) throw new Error(`'${directory.path}/${name}' put after '${directory.path}/${other}'`);
  directory.files.set(key, name);
}

function claimDirectory(directory: Directory): void {
  directory.claimed = true;
  const { path, parent } = directory;
  if (!parent) return;
  if (!parent.claimed) claimDirectory(parent);
  const name = path.slice(parent.path.length + 1);
  const key = name.toLowerCase();
  const other = holderOf(parent, key);
  if (other !== undefined) throw new Error(`a file in '${path}' put after '${parent.path}/${other}'`);
  parent.children ??= new Map();
  parent.children.set(key, name);
}

function holderOf(directory: Directory, key: string): string | undefined {
  return directory.files.get(key) ?? directory.children?.get(key);
}
