/** Random histories of an output directory, against a model of who owns what. */
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { filesOf, removeTempDirs, snapshot, synth, type Tree, tempDir, write } from './write-helpers';

afterEach(removeTempDirs);

const PATHS = ['dev/a', 'dev/a/x', 'dev/a/y', 'dev/b', 'dev/d/e/f', 'dev/d/g', 'prod/a', 'prod/b/c', 'prod/b/c/d'];
const TEXTS = ['1', '2', '3'];

type Files = ReadonlyMap<string, string>;
type Step =
  | { readonly kind: 'synth'; readonly tree: Tree; readonly force: boolean; readonly only: string | undefined }
  | { readonly kind: 'edit'; readonly path: string; readonly text: string }
  | { readonly kind: 'delete'; readonly path: string };

const pathArbitrary = fc.constantFrom(...PATHS);
const treeArbitrary = fc.dictionary(pathArbitrary, fc.constantFrom(...TEXTS), { maxKeys: 7 }).map((tree) => {
  const paths = Object.keys(tree);
  const isDirectory = (path: string): boolean => paths.some((other) => other.startsWith(`${path}/`));
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !isDirectory(path)));
});
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('synth' as const),
      tree: treeArbitrary,
      force: fc.boolean(),
      only: fc.constantFrom(undefined, undefined, undefined, 'dev', 'prod'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      path: pathArbitrary,
      text: fc.constantFrom(...TEXTS, 'mine'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), path: pathArbitrary }) },
);

/** What a synth must do, said without directories, staging or hashes. */
class Model {
  constructor(
    readonly disk: Files = new Map(),
    readonly owned: Files = new Map(),
  ) {}

  synth(tree: Tree, force: boolean, covers: (path: string) => boolean): { next: Model; issues: string[] } {
    const issues: string[] = [];
    const stale = [...this.owned].filter(([path]) => covers(path) && !(path in tree) && this.disk.has(path));
    const removed = new Set<string>();
    for (const [path, text] of stale) {
      if (this.disk.get(path) === text || force) removed.add(path);
      else issues.push(`tree-file-edited ${path}`);
    }
    for (const [path, text] of Object.entries(tree)) {
      const issue = this.refusal(path, text, force, removed);
      if (issue !== undefined) issues.push(`${issue} ${path}`);
    }
    if (issues.length > 0) return { next: this, issues: issues.sort() };
    const kept = [...this.disk].filter(([path]) => !removed.has(path));
    const others = [...this.owned].filter(([path]) => !covers(path));
    const emitted = Object.entries(tree);
    return { next: new Model(new Map([...kept, ...emitted]), new Map([...others, ...emitted])), issues };
  }

  private refusal(path: string, text: string, force: boolean, removed: ReadonlySet<string>): string | undefined {
    const found = this.disk.get(path);
    if (found !== undefined) {
      if (found === text || found === this.owned.get(path) || force) return undefined;
      return this.owned.has(path) ? 'tree-file-edited' : 'tree-file-foreign';
    }
    const above = [...this.disk.keys()].find((other) => path.startsWith(`${other}/`));
    if (above !== undefined && !this.owned.has(above)) return 'tree-path-blocked';
    const below = [...this.disk.keys()].filter((other) => other.startsWith(`${path}/`));
    return below.every((other) => removed.has(other)) ? undefined : 'tree-path-blocked';
  }

  /** An edit by hand; undefined where the disk cannot hold it. */
  edit(path: string, text: string): Model | undefined {
    const clash = [...this.disk.keys()].some((other) => path.startsWith(`${other}/`) || other.startsWith(`${path}/`));
    return clash ? undefined : new Model(new Map([...this.disk, [path, text]]), this.owned);
  }

  delete(path: string): Model {
    return new Model(new Map([...this.disk].filter(([other]) => other !== path)), this.owned);
  }
}

function removeWithDirectories(dir: string, path: string): void {
  fs.rmSync(join(dir, path));
  for (let at = dirname(path); at !== '.' && fs.readdirSync(join(dir, at)).length === 0; at = dirname(at)) {
    fs.rmdirSync(join(dir, at));
  }
}

function runSynth(dir: string, model: Model, step: Step & { kind: 'synth' }): Model {
  const covers = (path: string): boolean => step.only === undefined || path.startsWith(`${step.only}/`);
  const tree = Object.fromEntries(Object.entries(step.tree).filter(([path]) => covers(path)));
  const options = { force: step.force, ...(step.only === undefined ? {} : { only: [step.only] }) };
  const { next, issues } = model.synth(tree, step.force, covers);
  const before = snapshot(dir);
  const check = synth(dir, tree, { ...options, check: true });
  expect(check.issues).toEqual(issues);
  expect(snapshot(dir)).toEqual(before);
  const { report, issues: found } = synth(dir, tree, options);
  expect(found).toEqual(issues);
  if (issues.length > 0) expect(snapshot(dir)).toEqual(before);
  else {
    expect(report).toEqual(check.report);
    expect(synth(dir, tree, options).report!.changes).toEqual([]);
    expect(ownedCount(dir)).toBe(next.owned.size);
  }
  return next;
}

function ownedCount(dir: string): number {
  const state = snapshot(dir)['.cdk8s-gitops.json'];
  return state === undefined ? 0 : Object.keys(JSON.parse(state)).filter((key) => key.includes('/')).length;
}

test('every history ends as the model says, with the refusals that the model says', () => {
  fc.assert(
    fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 12 }), (steps) => {
      const dir = tempDir();
      let model = new Model();
      for (const step of steps) {
        if (step.kind === 'synth') model = runSynth(dir, model, step);
        else if (step.kind === 'edit') {
          const next = model.edit(step.path, step.text);
          if (next) write(dir, step.path, step.text);
          model = next ?? model;
        } else if (model.disk.has(step.path)) {
          removeWithDirectories(dir, step.path);
          model = model.delete(step.path);
        }
        expect(filesOf(dir)).toEqual(Object.fromEntries(model.disk));
      }
      fs.rmSync(dir, { recursive: true });
    }),
    { numRuns: 150 },
  );
}, 60_000);
