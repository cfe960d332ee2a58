/**
 * Carries out a commit, from its beginning or from wherever a killed run left it. Its laws: every step is safe to
 * repeat, does nothing to content that it was not decided for, and goes through no link. The staging directory goes
 * last, so until all is done whoever comes next begins again.
 *
 * Removals come first: a stale file may stand where a new directory goes, a stale directory where a new file goes, and
 * on a file system that ignores case a stale name may be a new one's other spelling.
 */
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { isSafePath } from '../ownership';
import { hashOfFile } from './content';
import { kindOf, readKinds } from './disk';
import type { Places } from './places';
import { forEachStep, type RemoveStep, type ReplaceStep } from './plan';
import { removeIfEmpty, removeStaging } from './staging';

/** Returns the paths where it found content that no step was decided for, and left it. */
export function install(places: Places): readonly string[] {
  const { root, plan, tree } = places;
  const kept: string[] = [];
  const reachable = reachability(root);
  forEachStep(plan, (step) => {
    if (step[0] === 'remove') removeFile(root, step, reachable, kept);
    else if (step[0] === 'prune' && reachable(dirname(step[1]))) removeIfEmpty(join(root, step[1]));
  });
  const reachableNow = reachability(root);
  forEachStep(plan, (step) => {
    if (step[0] === 'replace') replaceFile(places, step, reachableNow, kept);
  });
  for (const [name, kind] of readKinds(tree) ?? []) {
    if (kind === 'directory' && isSafePath(name)) moveNew(tree, root, name, kept);
  }
  installState(places);
  removeStaging(places);
  return kept;
}

type Reachable = (directory: string) => boolean;

function removeFile(root: string, [, path, hash]: RemoveStep, reachable: Reachable, kept: string[]): void {
  const file = join(root, path);
  if (!reachable(dirname(path)) || kindOf(file) !== 'file') return;
  if (hashOfFile(file) === hash) fs.unlinkSync(file);
  else kept.push(path);
}

function replaceFile({ root, tree }: Places, [, path, hash]: ReplaceStep, reachable: Reachable, kept: string[]): void {
  const staged = join(tree, path);
  if (kindOf(staged) !== 'file') return;
  const target = join(root, path);
  const kind = reachable(dirname(path)) ? kindOf(target) : 'special';
  // A target that is gone is left to moveNew, which makes the directories it needs by moving them.
  if (kind === undefined) return;
  if (kind === 'file' && hashOfFile(target) === hash) {
    fs.renameSync(staged, target);
  } else {
    fs.unlinkSync(staged);
    kept.push(path);
  }
}

/** Moves what is new, a whole directory at once where the disk has none of that name. */
function moveNew(from: string, to: string, path: string, kept: string[]): void {
  const source = join(from, path);
  const target = kindOf(join(to, path));
  if (target === undefined) {
    fs.renameSync(source, join(to, path));
    return;
  }
  const entries = kindOf(source) === 'directory' ? readKinds(source) : undefined;
  if (target !== 'directory' || !entries) kept.push(path);
  else for (const name of entries.keys()) moveNew(from, to, `${path}/${name}`, kept);
}

/** Keeps a state file that says the same already: its time stamp would be the only change. */
function installState({ record, state }: Places): void {
  if (kindOf(state) === 'file' && sameBytes(record, state)) fs.unlinkSync(record);
  else fs.renameSync(record, state);
}

function sameBytes(a: string, b: string): boolean {
  return fs.statSync(a).size === fs.statSync(b).size && hashOfFile(a) === hashOfFile(b);
}

/** Answers whether a directory, and every one above it up to the root, is a real one and no link. */
function reachability(root: string): Reachable {
  const known = new Map<string, boolean>([['.', true]]);
  const reachable = (directory: string): boolean => {
    let answer = known.get(directory);
    if (answer === undefined) {
      answer = reachable(dirname(directory)) && kindOf(join(root, directory)) === 'directory';
      known.set(directory, answer);
    }
    return answer;
  };
  return reachable;
}
