/** One law: a synth killed at any moment is completed or undone by the next run, without a false alarm. */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { transformFileSync } from '@swc/core';
import { filesOf, removeTempDirs, snapshot, synth, type Tree, tempDir, withKill, write } from './write-helpers';

afterEach(removeTempDirs);
// Hundreds of synths a test, on whatever disk holds the temporary directory.
jest.setTimeout(60_000);

const clean = new Map<Tree, Record<string, string>>();
const STAGING = '.cdk8s-gitops.staging';
const before: Tree = {
  'dev/web/same.yaml': 's',
  'dev/web/changed.yaml': 'old',
  'dev/web/stale.yaml': 'x',
  'dev/gone/a/b.yaml': 'x',
  'dev/becomes-directory': 'x',
  'dev/becomes-file/x.yaml': 'x',
  'prod/a.yaml': 'x',
};
const after: Tree = {
  'dev/web/same.yaml': 's',
  'dev/web/changed.yaml': 'new',
  'dev/web/added.yaml': 'a',
  'dev/fresh/a.yaml': 'a',
  'dev/fresh/deep/b.yaml': 'b',
  'dev/becomes-directory/x.yaml': 'y',
  'dev/becomes-file': 'z',
  'test/a.yaml': 't',
};

/** A directory that holds `tree`, if it ever did, and was killed in the `nth` change while `next` was written; undefined when it ended. */
function killed(tree: Tree, next: Tree, nth: number): string | undefined {
  const dir = tempDir();
  synth(dir, tree);
  return withKill(nth, () => synth(dir, next)) ? dir : undefined;
}

function isCommitted(dir: string): boolean {
  return fs.existsSync(join(dir, STAGING, 'record'));
}

/** Asserts that a synth of `tree` succeeds and leaves that tree and nothing else. */
function expectConverges(dir: string, tree: Tree): void {
  expect(synth(dir, tree).issues).toEqual([]);
  expect(snapshot(dir)).toEqual(cleanly(tree));
}

/** What a synth of `tree` that nothing disturbed leaves. */
function cleanly(tree: Tree): Record<string, string> {
  let found = clean.get(tree);
  if (!found) {
    const dir = tempDir();
    // An output directory that once held files keeps a state file that says that it holds none.
    synth(dir, { 'dev/a': 'a' });
    synth(dir, tree);
    found = snapshot(dir);
    clean.set(tree, found);
  }
  return found;
}

describe.each([
  ['a first synth', {}, after],
  ['a change of everything', before, after],
  ['the removal of everything', before, {}],
] as [string, Tree, Tree][])('%s, killed in every single change of the disk', (_, from, to) => {
  test('is completed by the same synth', () => {
    let count = 0;
    for (let nth = 1; ; nth++) {
      const dir = killed(from, to, nth);
      if (dir === undefined) break;
      count++;
      expectConverges(dir, to);
    }
    expect(count).toBeGreaterThan(8);
  });

  test('is undone by a synth of what was there', () => {
    for (let nth = 1; ; nth++) {
      const dir = killed(from, to, nth);
      if (dir === undefined) break;
      expect(synth(dir, from).issues).toEqual([]);
      expect(filesOf(dir)).toEqual(from);
    }
  });

  test('is completed even when the completion is killed in every single change', () => {
    for (let nth = 1; ; nth++) {
      const first = killed(from, to, nth);
      if (first === undefined) break;
      if (!isCommitted(first)) continue;
      for (let again = 1; ; again++) {
        const dir = killed(from, to, nth)!;
        if (!withKill(again, () => synth(dir, to))) break;
        expectConverges(dir, to);
      }
      removeTempDirs();
    }
  });

  test('looks to a check as what the next run will find', () => {
    for (let nth = 1; ; nth++) {
      const dir = killed(from, to, nth);
      if (dir === undefined) break;
      const found = snapshot(dir);
      const committed = isCommitted(dir);
      const [checkOld, checkNew] = [synth(dir, from, { check: true }), synth(dir, to, { check: true })];
      expect([checkOld.issues, checkNew.issues]).toEqual([[], []]);
      expect(snapshot(dir)).toEqual(found);
      if (committed) expect(checkNew.report!.changes).toEqual([]);
      const { changes } = synth(dir, to).report!;
      expect(changes).toEqual(checkNew.report!.changes);
    }
  });
});

test('a forced synth, killed anywhere, is completed by a plain one if it was committed', () => {
  let completed = 0;
  for (let nth = 1; ; nth++) {
    const dir = tempDir();
    synth(dir, before);
    write(dir, 'dev/web/changed.yaml', 'mine');
    write(dir, 'dev/web/stale.yaml', 'mine');
    write(dir, 'dev/web/added.yaml', 'mine');
    const untouched = snapshot(dir);
    if (!withKill(nth, () => synth(dir, after, { force: true }))) break;
    const staged = fs.existsSync(join(dir, STAGING));
    if (isCommitted(dir)) {
      completed++;
      expectConverges(dir, after);
    } else if (staged && filesOf(dir)['dev/web/changed.yaml'] === 'mine') {
      expect(synth(dir, after).issues).toHaveLength(3);
      expect(snapshot(dir)).toEqual(untouched);
    }
  }
  expect(completed).toBeGreaterThan(5);
});

test('a refused synth, killed anywhere, has changed nothing once the next run has begun', () => {
  for (let nth = 1; ; nth++) {
    const dir = tempDir();
    synth(dir, before);
    write(dir, 'prod/a.yaml', 'mine');
    const untouched = snapshot(dir);
    const met = withKill(nth, () => synth(dir, after));
    expect(synth(dir, after).issues).toEqual(['tree-file-edited prod/a.yaml']);
    expect(snapshot(dir)).toEqual(untouched);
    if (!met) break;
  }
});

describe('what someone does between the kill and the next run is respected', () => {
  function eachCommitted(visit: (dir: string) => void): void {
    let count = 0;
    for (let nth = 1; ; nth++) {
      const dir = killed(before, after, nth);
      if (dir === undefined) break;
      if (!isCommitted(dir)) continue;
      count++;
      visit(dir);
    }
    expect(count).toBeGreaterThan(5);
  }

  test('an edit is kept and reported', () => {
    eachCommitted((dir) => {
      write(dir, 'dev/web/changed.yaml', 'mine');
      expect(synth(dir, after).issues).toEqual(['tree-file-edited dev/web/changed.yaml']);
      expect(filesOf(dir)['dev/web/changed.yaml']).toBe('mine');
    });
  });

  test('an edit of a file about to be removed is kept', () => {
    eachCommitted((dir) => {
      write(dir, 'dev/web/stale.yaml', 'mine');
      expect(synth(dir, after).issues).toEqual([]);
      expect(filesOf(dir)).toEqual({ ...after, 'dev/web/stale.yaml': 'mine' });
    });
  });

  test('a new file in the way of a new file is kept and reported', () => {
    eachCommitted((dir) => {
      write(dir, 'dev/web/added.yaml', 'mine');
      expect(synth(dir, after).issues).toEqual(['tree-file-edited dev/web/added.yaml']);
      expect(filesOf(dir)['dev/web/added.yaml']).toBe('mine');
    });
  });

  test('a checkout of the tree as it was voids the commit, and with another state file too', () => {
    eachCommitted((dir) => {
      const other: Tree = { 'dev/web/same.yaml': 's', 'qa/x.yaml': 'q' };
      for (const name of fs.readdirSync(dir)) {
        if (name !== STAGING) fs.rmSync(join(dir, name), { recursive: true });
      }
      const pulled = tempDir();
      synth(pulled, other);
      fs.cpSync(pulled, dir, { recursive: true });
      expect(synth(dir, { 'dev/web/same.yaml': 'S' }, { only: ['dev'] }).issues).toEqual([]);
      expect(filesOf(dir)).toEqual({ 'dev/web/same.yaml': 'S', 'qa/x.yaml': 'q' });
    });
  });

  test('links put in place of directories are not followed', () => {
    eachCommitted((dir) => {
      const elsewhere = tempDir();
      write(elsewhere, 'stale.yaml', 'x');
      write(elsewhere, 'changed.yaml', 'old');
      fs.rmSync(join(dir, 'dev/web'), { recursive: true });
      fs.symlinkSync(elsewhere, join(dir, 'dev/web'));
      expect(synth(dir, after, { force: true }).issues.every((issue) => issue.startsWith('tree-path-blocked'))).toBe(
        true,
      );
      expect(filesOf(elsewhere)).toEqual({ 'stale.yaml': 'x', 'changed.yaml': 'old' });
    });
  });

  test('a plan that was tampered with reaches nothing outside', () => {
    eachCommitted((dir) => {
      const outside = tempDir();
      write(outside, 'x', 'x');
      const plan = join(dir, STAGING, 'plan');
      const hash = (JSON.parse(fs.readFileSync(join(dir, '.cdk8s-gitops.json'), 'utf8')) as Record<string, string[]>)[
        'dev/web/stale.yaml'
      ]?.[0];
      fs.appendFileSync(plan, `${JSON.stringify(['remove', `../${outside.split('/').at(-1)}/x`, hash])}\n`);
      synth(dir, after);
      expect(filesOf(outside)).toEqual({ x: 'x' });
    });
  });

  test('a plan that does not read is rubbish, and so is its staging', () => {
    eachCommitted((dir) => {
      fs.appendFileSync(join(dir, STAGING, 'plan'), 'garbage\n');
      expect(() => synth(dir, after)).not.toThrow();
      expect(fs.existsSync(join(dir, STAGING))).toBe(false);
    });
  });
});

describe('a process that is really killed', () => {
  const parts = fs
    .readdirSync(resolve(__dirname, '../../src/core/write'))
    .map((file) => `core/write/${parse(file).name}`);
  const rooms = ['kernel/issue', 'core/ownership', 'core/write', ...parts];
  const script = `
    const { TreeWriter } = require('./core/write.js');
    const dir = process.argv[2];
    for (let round = 0; ; round++) {
      const writer = new TreeWriter({ outdir: dir });
      for (const env of round % 3 === 2 ? ['dev'] : ['dev', 'prod']) {
        writer.beginSegment(env);
        for (let n = round % 7; n < 150; n++) {
          writer.put(env + '/app-' + (n % (10 + round % 2)) + '/' + n + '.yaml', 'round: ' + (n % 3 ? round : 0) + 'x'.repeat(500) + '\\n', 'app/' + n);
        }
        writer.endSegment();
      }
      writer.commit();
      if (round === 0) process.stdout.write('running');
    }`;

  function build(): string {
    const dir = tempDir();
    const jsc = { target: 'es2022', parser: { syntax: 'typescript' } } as const;
    for (const room of rooms) {
      const { code } = transformFileSync(resolve(__dirname, `../../src/${room}.ts`), {
        jsc,
        module: { type: 'commonjs' },
      });
      write(dir, `${room}.js`, code);
    }
    write(dir, 'main.js', script);
    return join(dir, 'main.js');
  }

  function started(child: ChildProcess): Promise<void> {
    return new Promise((done, fail) => {
      child.stdout!.once('data', () => done());
      child.once('exit', () => fail(new Error('the child ended by itself: a killed run raised a false alarm')));
    });
  }

  test('at random moments leaves what the next process completes', async () => {
    const main = build();
    const dir = join(dirname(main), 'dist');
    for (let round = 0; round < 10; round++) {
      const child = spawn(process.execPath, [main, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
      await started(child);
      await new Promise((done) => setTimeout(done, Math.random() * 40));
      const ended = new Promise((done) => child.once('close', done));
      child.kill('SIGKILL');
      await ended;
    }
    expectConverges(dir, after);
  }, 60_000);
});
