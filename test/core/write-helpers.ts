import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { TreeWriter, type WriteReport, type WriterOptions } from '../../src/core/write';
import { GitOpsError, type Issue } from '../../src/kernel/issue';

export type Tree = Readonly<Record<string, string>>;

export interface Outcome {
  readonly report: WriteReport | undefined;
  /** `code path`, sorted. */
  readonly issues: readonly string[];
  readonly full: readonly Issue[];
}

let made: string[] = [];

export function tempDir(): string {
  const dir = fs.mkdtempSync(join(os.tmpdir(), 'tree-'));
  made.push(dir);
  return dir;
}

export function removeTempDirs(): void {
  for (const dir of made) fs.rmSync(dir, { recursive: true, force: true });
  made = [];
}

/** Writes a whole tree; `segments` may begin segments without files, or in another order. */
export function synth(
  outdir: string,
  tree: Tree,
  options: Partial<WriterOptions> & { readonly segments?: readonly string[] } = {},
): Outcome {
  const { segments = segmentsOf(tree), ...rest } = options;
  const writer = new TreeWriter({ outdir, ...rest });
  let report: WriteReport | undefined;
  for (const segment of segments) {
    writer.beginSegment(segment);
    for (const [path, text] of Object.entries(tree)) {
      if (path.startsWith(`${segment}/`)) writer.put(path, text, `app/${path}`);
    }
    writer.endSegment();
  }
  try {
    report = writer.commit();
  } catch (error) {
    if (!(error instanceof GitOpsError)) throw error;
  }
  const issues = writer.issues.map(({ code, at }) => `${code} ${(at.file ?? '').slice(outdir.length + 1)}`).sort();
  return { report, issues, full: writer.issues };
}

export function segmentsOf(tree: Tree): string[] {
  return [...new Set(Object.keys(tree).map((path) => path.slice(0, path.indexOf('/'))))];
}

/** Everything under a directory: files with their content, links with their target, directories. */
export function snapshot(dir: string, prefix = ''): Record<string, string> {
  const found: Record<string, string> = {};
  if (prefix === '' && !fs.existsSync(dir)) return found;
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const [path, name] = [join(dir, entry.name), prefix + entry.name];
    if (entry.isSymbolicLink()) found[name] = `-> ${fs.readlinkSync(path)}`;
    else if (entry.isFile()) found[name] = fs.readFileSync(path, 'latin1');
    else {
      found[`${name}/`] = '';
      if (entry.isDirectory()) Object.assign(found, snapshot(path, `${name}/`));
    }
  }
  return found;
}

/** The files of the tree on disk: no directories, no state file. */
export function filesOf(dir: string): Tree {
  return Object.fromEntries(
    Object.entries(snapshot(dir)).filter(([path]) => !path.endsWith('/') && path !== '.cdk8s-gitops.json'),
  );
}

export function write(dir: string, path: string, text: string): void {
  fs.mkdirSync(join(dir, path, '..'), { recursive: true });
  fs.writeFileSync(join(dir, path), text);
}

export class Killed extends Error {}

const MUTATORS = [
  'mkdirSync',
  'writeFileSync',
  'appendFileSync',
  'renameSync',
  'unlinkSync',
  'rmdirSync',
  'rmSync',
  'openSync',
] as const;

/**
 * Runs an action whose `nth` call that changes the disk is met by `fault`, which may do part of the call's work. Returns
 * whether that many calls were made.
 */
export function withFault(
  nth: number,
  action: () => void,
  fault: (name: string, args: unknown[], nth: number) => void,
): boolean {
  let calls = 0;
  const mutable = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
  const originals = MUTATORS.map((name) => [name, mutable[name]!] as const);
  for (const [name, original] of originals) {
    mutable[name] = (...args) => {
      if (name === 'openSync' && typeof args[1] !== 'string') return original.apply(fs, args);
      // writeFileSync and appendFileSync call each other and openSync: only the outermost counts.
      calls++;
      if (calls >= nth) {
        restore(mutable, originals);
        try {
          fault(name, args, calls);
        } finally {
          for (const [again] of originals) mutable[again] = wrapped[again]!;
        }
      }
      return original.apply(fs, args);
    };
  }
  const wrapped = Object.fromEntries(MUTATORS.map((name) => [name, mutable[name]!]));
  try {
    action();
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  } finally {
    restore(mutable, originals);
  }
  return calls >= nth;
}

function restore(
  mutable: Record<string, (...args: unknown[]) => unknown>,
  originals: readonly (readonly [string, (...args: unknown[]) => unknown])[],
): void {
  for (const [name, original] of originals) mutable[name] = original;
}

/** A process killed in its `nth` change of the disk: that one is done by half, and nothing after it. */
export function withKill(nth: number, action: () => void): boolean {
  return withFault(nth, action, (name, args, call) => {
    if (call === nth) doHalf(name, args);
    throw new Killed();
  });
}

function doHalf(name: string, args: unknown[]): void {
  const [target, data] = args as [string, string | Buffer];
  if (name === 'writeFileSync') fs.writeFileSync(target, data.slice(0, data.length >> 1));
  if (name === 'appendFileSync') fs.appendFileSync(target, data.slice(0, data.length >> 1));
  if (name === 'openSync') fs.closeSync(fs.openSync(target, 'w'));
  if (name === 'rmSync') {
    const files = Object.keys(snapshot(target)).filter((path) => !path.endsWith('/'));
    for (const file of files.filter((_, index) => index % 2 === 0)) fs.unlinkSync(join(target, file));
  }
}
