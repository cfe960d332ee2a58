/**
 * Which files a check reads. Its laws: the same tree gives the same files in the same order; every real file and
 * directory is visited once, whatever links there are; what cannot be read is an issue and stops nothing else.
 */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Issue } from '../kernel/issue';
import { fileIssue, readingIssue } from './file-issue';
import { isKustomization, patchFilesIn } from './patches';
import { reasonOf, unreadable } from './read';

export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** As issues name it: relative to the working directory, with slashes. */
  readonly name: string;
  /** Whether the user named this very file. */
  readonly named: boolean;
  /** Whether it is a template of a Helm chart. */
  readonly template: boolean;
  /** Whether a kustomization lists it as a patch. */
  readonly patch: boolean;
}

/** What the walk meets: a file to read, or something that cannot be followed. */
export type Found = FoundFile | Issue;

/** The files under `paths`, which are relative to `cwd`. */
export function findFiles(paths: readonly string[], cwd: string): Iterable<Found> {
  return new FileWalk(cwd, paths).run();
}

export function isFound(found: Found): found is FoundFile {
  return 'path' in found;
}

const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

class FileWalk {
  private readonly visited = new Set<string>();
  /** Real paths of files that are patches of a kustomization. */
  private readonly patches = new Set<string>();
  private readonly searched = new Set<string>();
  private readonly roots: string[] = [];

  constructor(
    private readonly cwd: string,
    private readonly paths: readonly string[],
  ) {
    for (const path of paths) {
      try {
        this.roots.push(realpathSync(resolve(cwd, path)));
      } catch {
        // Said when its turn comes.
      }
    }
  }

  *run(): Generator<Found> {
    for (const given of this.paths) {
      const path = resolve(this.cwd, given);
      let real: string;
      let isDirectory: boolean;
      try {
        real = realpathSync(path);
        isDirectory = statSync(real).isDirectory();
      } catch (error) {
        yield unreadableFile(this.nameOf(path), error);
        continue;
      }
      yield* isDirectory ? this.directory(path, real, isInTemplates(real)) : this.namedFile(path, real);
    }
  }

  /** A file named by itself is a patch all the same: a kustomization that lists it is beside or above it. */
  private *namedFile(path: string, real: string): Generator<Found> {
    const cwd = realpathSync(this.cwd);
    for (let at = dirname(real); ; at = dirname(at)) {
      this.search(at);
      if (at === cwd || !isInside(at, cwd)) break;
    }
    yield* this.file(path, real, true, isInTemplates(dirname(real)));
  }

  private *file(path: string, real: string, named: boolean, template: boolean): Generator<Found> {
    if (this.visited.has(real)) return;
    this.visited.add(real);
    yield { path: real, name: this.nameOf(path), named, template, patch: this.patches.has(real) };
  }

  private *directory(path: string, real: string, template: boolean): Generator<Found> {
    if (this.visited.has(real)) return;
    this.visited.add(real);
    let entries: Dirent[];
    try {
      entries = readdirSync(real, { withFileTypes: true });
    } catch (error) {
      yield unreadableFile(this.nameOf(path), error);
      return;
    }
    const names = entries.map(({ name }) => name);
    if (names.some(isKustomization)) this.search(real);
    const isChart = names.includes('Chart.yaml');
    for (const entry of entries.sort(byName)) {
      yield* this.entry(entry, join(path, entry.name), join(real, entry.name), template, isChart);
    }
  }

  private *entry(entry: Dirent, path: string, real: string, template: boolean, isChart: boolean): Generator<Found> {
    if (entry.isDirectory()) {
      if (SKIPPED.has(entry.name)) return;
      yield* this.directory(path, real, template || (isChart && entry.name === 'templates'));
    } else if (entry.isSymbolicLink()) yield* this.link(path, real, template);
    else if (isYamlName(entry.name)) {
      if (entry.isFile()) yield* this.file(path, real, false, template);
      else yield readingIssue(this.nameOf(path), unreadable('it is no regular file'));
    }
  }

  /** A link inside the checked paths leads to what is visited anyway, except to a file of another name. */
  private *link(path: string, link: string, template: boolean): Generator<Found> {
    const name = this.nameOf(path);
    const isYaml = isYamlName(basename(path));
    let real: string;
    try {
      real = realpathSync(link);
    } catch (error) {
      const isLoop = (error as NodeJS.ErrnoException).code === 'ELOOP';
      if (isYaml || isLoop) yield unreadableFile(name, error);
      return;
    }
    const isDirectory = statSync(real).isDirectory();
    if (!isDirectory && !isYaml) return;
    if (isDirectory && isInside(link, real)) yield linkLoop(name, this.nameOf(real));
    else if (!this.roots.some((root) => isInside(real, root))) yield linkOutside(name, real);
    else if (!isDirectory && !isYamlName(basename(real))) yield* this.file(path, real, false, template);
  }

  private search(directory: string): void {
    if (this.searched.has(directory)) return;
    this.searched.add(directory);
    for (const patch of patchFilesIn(directory)) this.patches.add(patch);
  }

  private nameOf(path: string): string {
    return displayName(path, this.cwd);
  }
}

/** A path as issues name it: relative to the working directory, with slashes. */
export function displayName(path: string, cwd: string): string {
  return (relative(cwd, path) || '.').split(sep).join('/');
}

function unreadableFile(name: string, error: unknown): Issue {
  return readingIssue(name, unreadable(reasonOf(error)));
}

function linkLoop(name: string, target: string): Issue {
  const message = `the link leads back to ${target}, which it is in; it is not followed`;
  return fileIssue('file-link-loop', name, message, 'remove the link', 'warning');
}

function linkOutside(name: string, target: string): Issue {
  const message = `the link leads out of the checked directory, to ${target}; it is not followed`;
  const fix = 'check that path too, or copy the file: Argo CD refuses a repository with such links';
  return fileIssue('file-link-outside', name, message, fix, 'warning');
}

function isInside(path: string, directory: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

function isYamlName(name: string): boolean {
  return /\.(ya?ml|json)$/i.test(name);
}

/** Whether a directory is, or is under, the templates of a Helm chart. */
function isInTemplates(directory: string): boolean {
  for (let at = directory; at !== dirname(at); at = dirname(at)) {
    if (basename(at) !== 'templates') continue;
    if (statSync(join(dirname(at), 'Chart.yaml'), { throwIfNoEntry: false })?.isFile()) return true;
  }
  return false;
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1;
}
