import fs from 'node:fs';
import { join } from 'node:path';
import { TreeWriter } from '../../src/core/write';
import { GitOpsError } from '../../src/kernel/issue';
import {
  filesOf,
  removeTempDirs,
  segmentsOf,
  snapshot,
  synth,
  type Tree,
  tempDir,
  withFault,
  write,
} from './write-helpers';

afterEach(removeTempDirs);

const STATE = '.cdk8s-gitops.json';
const STAGING = '.cdk8s-gitops.staging';
const tree: Tree = { 'dev/web/a.yaml': 'a', 'dev/web/b.yaml': 'b', 'dev/c.yaml': 'c', 'prod/web/a.yaml': 'a' };

function stamps(dir: string): Record<string, bigint> {
  const paths = ['', ...Object.keys(snapshot(dir))];
  return Object.fromEntries(paths.map((path) => [path, fs.lstatSync(join(dir, path), { bigint: true }).ctimeNs]));
}

/** Asserts that a synth is refused with these issues and leaves the disk as it was. */
function expectRefused(dir: string, wanted: Tree, issues: string[], options = {}): void {
  const before = snapshot(dir);
  expect(synth(dir, wanted, options).issues).toEqual(issues);
  expect(snapshot(dir)).toEqual(before);
}

describe('what is put is what is there', () => {
  test('the first synth writes every file and says so', () => {
    const dir = join(tempDir(), 'deep', 'dist');
    const { report, issues } = synth(dir, tree);
    expect(issues).toEqual([]);
    expect(filesOf(dir)).toEqual(tree);
    expect(report).toMatchObject({ written: 4, unchanged: 0, removed: 0 });
    expect(report!.changes.map(({ path, change }) => `${change} ${path}`)).toEqual([
      `added ${STATE}`,
      ...Object.keys(tree)
        .sort()
        .map((path) => `added ${path}`),
    ]);
  });

  test('what does not differ is not touched: no file, no directory, no time stamp', () => {
    const dir = tempDir();
    synth(dir, tree);
    const before = stamps(dir);
    expect(synth(dir, tree).report).toEqual({ written: 0, unchanged: 4, removed: 0, changes: [] });
    expect(stamps(dir)).toEqual(before);
  });

  test('only what differs is written', () => {
    const dir = tempDir();
    synth(dir, tree);
    const before = stamps(dir);
    synth(dir, { ...tree, 'dev/c.yaml': 'C' });
    const after = stamps(dir);
    const touched = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(touched.sort()).toEqual(['', STATE, 'dev/', 'dev/c.yaml']);
  });

  test('a file that someone deleted is written again, and the state file is left alone', () => {
    const dir = tempDir();
    synth(dir, tree);
    const before = stamps(dir);
    fs.unlinkSync(join(dir, 'dev/c.yaml'));
    expect(synth(dir, tree)).toMatchObject({ issues: [], report: { written: 1, unchanged: 3 } });
    expect(filesOf(dir)).toEqual(tree);
    expect(stamps(dir)[STATE]).toBe(before[STATE]);
  });

  test('nothing put and nothing there makes nothing, not even the output directory', () => {
    const dir = join(tempDir(), 'dist');
    expect(synth(dir, {}).issues).toEqual([]);
    expect(fs.existsSync(dir)).toBe(false);
  });

  test('a file may become a directory, and a directory a file', () => {
    const dir = tempDir();
    synth(dir, { 'dev/a': '1', 'dev/b/c/d': '2' });
    const trees: Tree[] = [
      { 'dev/a/x/y': '3', 'dev/b': '4' },
      { 'dev/a': '1', 'dev/b/c/d': '2' },
    ];
    for (const next of trees) {
      expect(synth(dir, next).issues).toEqual([]);
      expect(filesOf(dir)).toEqual(next);
    }
  });

  test('text that is not representable in UTF-8 is found unchanged all the same', () => {
    const dir = tempDir();
    const odd = { 'dev/a': '\uD800', 'dev/b': '\uFFFD', 'dev/c': '\uFEFFx', 'dev/d': '' };
    synth(dir, odd);
    expect(synth(dir, odd).report).toMatchObject({ written: 0, unchanged: 4 });
  });

  test('bytes that are no UTF-8 differ from the replacement characters they decode to', () => {
    const dir = tempDir();
    fs.mkdirSync(join(dir, 'dev'));
    fs.writeFileSync(join(dir, 'dev/a'), Buffer.from([0xff]));
    expectRefused(dir, { 'dev/a': '\uFFFD' }, ['tree-file-foreign dev/a']);
  });

  test('an output directory given as a symbolic link is followed', () => {
    const dir = tempDir();
    fs.mkdirSync(join(dir, 'real'));
    fs.symlinkSync('real', join(dir, 'dist'));
    expect(synth(join(dir, 'dist'), tree).issues).toEqual([]);
    expect(filesOf(join(dir, 'real'))).toEqual(tree);
  });

  test('a spelling that changes in case only leaves the new one', () => {
    const dir = tempDir();
    synth(dir, { 'dev/Web.yaml': 'a' });
    expect(synth(dir, { 'dev/web.yaml': 'a' }).issues).toEqual([]);
    expect(filesOf(dir)).toEqual({ 'dev/web.yaml': 'a' });
  });
});

describe('what is yours is yours', () => {
  test('a file edited by hand is refused and kept; --force overwrites it', () => {
    const dir = tempDir();
    synth(dir, tree);
    write(dir, 'dev/c.yaml', 'mine');
    const next = { ...tree, 'dev/c.yaml': 'C', 'dev/new.yaml': 'n' };
    expectRefused(dir, next, ['tree-file-edited dev/c.yaml']);
    expect(synth(dir, next, { force: true }).issues).toEqual([]);
    expect(filesOf(dir)).toEqual(next);
  });

  test('a file edited by hand is refused even when the program did not change', () => {
    const dir = tempDir();
    synth(dir, tree);
    write(dir, 'dev/c.yaml', 'mine');
    expectRefused(dir, tree, ['tree-file-edited dev/c.yaml']);
  });

  test('a foreign file is refused and kept; --force overwrites it', () => {
    const dir = tempDir();
    write(dir, 'dev/c.yaml', 'mine');
    expectRefused(dir, tree, ['tree-file-foreign dev/c.yaml']);
    expect(synth(dir, tree, { force: true }).issues).toEqual([]);
    expect(filesOf(dir)).toEqual(tree);
  });

  test('a foreign file with the wanted text is adopted', () => {
    const dir = tempDir();
    write(dir, 'dev/c.yaml', 'c');
    expect(synth(dir, tree).issues).toEqual([]);
    expect(synth(dir, { ...tree, 'dev/c.yaml': 'C' }).issues).toEqual([]);
  });

  test('an edit that the program has caught up with raises no alarm, then or later', () => {
    const dir = tempDir();
    synth(dir, tree);
    write(dir, 'dev/c.yaml', 'C');
    expect(synth(dir, { ...tree, 'dev/c.yaml': 'C' }).issues).toEqual([]);
    expect(synth(dir, tree).issues).toEqual([]);
  });

  test('an issue names the construct that wants the file', () => {
    const dir = tempDir();
    write(dir, 'dev/c.yaml', 'mine');
    const [issue] = synth(dir, tree).full;
    expect(issue).toMatchObject({ severity: 'error', at: { construct: 'app/dev/c.yaml' } });
    expect(issue!.fix).toContain('--force');
  });

  test('a hundred issues of a kind are listed, the rest counted', () => {
    const dir = tempDir();
    const many: Record<string, string> = {};
    for (let index = 0; index < 130; index++) many[`dev/${index}`] = 'x';
    for (const path of Object.keys(many)) write(dir, path, 'mine');
    const { full } = synth(dir, many);
    expect(full).toHaveLength(101);
    expect(full.at(-1)!.message).toContain('30 more');
  });
});

describe('stale files', () => {
  test('what is no longer emitted is removed, with the directories that it leaves empty', () => {
    const dir = tempDir();
    synth(dir, tree);
    const { report } = synth(dir, { 'dev/c.yaml': 'c' });
    expect(report).toMatchObject({ written: 0, unchanged: 1, removed: 3 });
    expect(Object.keys(snapshot(dir)).sort()).toEqual([STATE, 'dev/', 'dev/c.yaml']);
  });

  test('a stale file edited by hand is refused and kept; --force removes it', () => {
    const dir = tempDir();
    synth(dir, tree);
    write(dir, 'prod/web/a.yaml', 'mine');
    const next = { 'dev/c.yaml': 'c' };
    expectRefused(dir, next, ['tree-file-edited prod/web/a.yaml']);
    expect(synth(dir, next, { force: true }).issues).toEqual([]);
    expect(filesOf(dir)).toEqual(next);
  });

  test('a stale file already gone is fine', () => {
    const dir = tempDir();
    synth(dir, tree);
    fs.rmSync(join(dir, 'prod'), { recursive: true });
    expect(synth(dir, { 'dev/c.yaml': 'c' }).issues).toEqual([]);
  });

  test('a directory with a foreign file stays, with that file', () => {
    const dir = tempDir();
    synth(dir, tree);
    write(dir, 'dev/web/README.md', 'mine');
    expect(synth(dir, {}).issues).toEqual([]);
    expect(filesOf(dir)).toEqual({ 'dev/web/README.md': 'mine' });
  });

  test('a path that this tool never wrote is not stale', () => {
    const dir = tempDir();
    write(dir, 'staging/a.yaml', 'mine');
    synth(dir, tree);
    synth(dir, {});
    expect(filesOf(dir)).toEqual({ 'staging/a.yaml': 'mine' });
  });

  test('with `only`, other segments are left alone and stay owned', () => {
    const dir = tempDir();
    synth(dir, tree);
    const { report } = synth(dir, { 'dev/c.yaml': 'C' }, { only: ['dev'] });
    expect(report).toMatchObject({ written: 1, removed: 2 });
    expect(filesOf(dir)).toEqual({ 'dev/c.yaml': 'C', 'prod/web/a.yaml': 'a' });
    expect(synth(dir, {}).report).toMatchObject({ removed: 2 });
  });

  test('with `only`, a segment that is not begun is stale', () => {
    const dir = tempDir();
    synth(dir, tree);
    expect(synth(dir, {}, { only: ['prod'] }).report).toMatchObject({ removed: 1 });
  });
});

describe('what is no regular file is neither followed, replaced nor removed', () => {
  const target = (dir: string): string => join(dir, 'elsewhere');

  function outdirBeside(dir: string): string {
    write(dir, 'elsewhere/a.yaml', 'precious');
    const dist = join(dir, 'dist');
    fs.mkdirSync(join(dist, 'dev'), { recursive: true });
    return dist;
  }

  test.each([false, true])('a symbolic link where a file goes (force: %s)', (force) => {
    const dir = tempDir();
    const dist = outdirBeside(dir);
    fs.symlinkSync(join(target(dir), 'a.yaml'), join(dist, 'dev/c.yaml'));
    expectRefused(dist, tree, ['tree-path-blocked dev/c.yaml'], { force });
    expect(filesOf(target(dir))).toEqual({ 'a.yaml': 'precious' });
  });

  test.each([false, true])('a symbolic link where a directory goes (force: %s)', (force) => {
    const dir = tempDir();
    const dist = outdirBeside(dir);
    fs.symlinkSync(target(dir), join(dist, 'dev/web'));
    expectRefused(dist, tree, ['tree-path-blocked dev/web/a.yaml', 'tree-path-blocked dev/web/b.yaml'], { force });
    expect(filesOf(target(dir))).toEqual({ 'a.yaml': 'precious' });
  });

  test('a symbolic link where a segment goes', () => {
    const dir = tempDir();
    const dist = outdirBeside(dir);
    fs.symlinkSync(target(dir), join(dist, 'prod'));
    expectRefused(dist, tree, ['tree-path-blocked prod/web/a.yaml'], { force: true });
  });

  test('a link that took the place of a directory of ours hides stale files from removal', () => {
    const dir = tempDir();
    const dist = outdirBeside(dir);
    synth(dist, { 'dev/web/a.yaml': 'precious' });
    fs.rmSync(join(dist, 'dev/web'), { recursive: true });
    fs.symlinkSync(target(dir), join(dist, 'dev/web'));
    expect(synth(dist, {}, { force: true }).issues).toEqual([]);
    expect(filesOf(target(dir))).toEqual({ 'a.yaml': 'precious' });
    expect(fs.readlinkSync(join(dist, 'dev/web'))).toBe(target(dir));
  });

  test('a directory with foreign files, or an empty one, where a file goes', () => {
    const dir = tempDir();
    write(dir, 'dev/c.yaml/x', 'mine');
    fs.mkdirSync(join(dir, 'prod/web/a.yaml'), { recursive: true });
    const issues = ['tree-path-blocked dev/c.yaml', 'tree-path-blocked prod/web/a.yaml'];
    expectRefused(dir, tree, issues);
    expectRefused(dir, tree, issues, { force: true });
  });

  test('a foreign file where a directory goes', () => {
    const dir = tempDir();
    write(dir, 'prod', 'mine');
    expectRefused(dir, tree, ['tree-path-blocked prod/web/a.yaml'], { force: true });
  });

  test.each([STATE, '.cdk8s-gitops.staging'])('a symbolic link in the place of %s', (name) => {
    const dir = tempDir();
    const dist = outdirBeside(dir);
    fs.symlinkSync(target(dir), join(dist, name));
    expectRefused(dist, tree, [`tree-path-blocked ${name}`], { force: true });
    expect(filesOf(target(dir))).toEqual({ 'a.yaml': 'precious' });
  });
});

describe('a state file that does not read counts as absent', () => {
  const conflict = '<<<<<<< HEAD\n"dev/x":["0123456789abcdef","x"],\n=======\n>>>>>>> theirs\n';
  const broken: [string, (text: string) => string][] = [
    ['empty', () => ''],
    ['truncated', (text) => text.slice(0, text.length >> 1)],
    ['in the middle of a merge', (text) => text.replace('"dev/c.yaml"', `${conflict}"dev/c.yaml"`)],
    ['of another version', (text) => text.replace('"version":1', '"version":2')],
    ['of another tool', () => '{"hello":"world"}\n'],
    ['reformatted', (text) => JSON.stringify(JSON.parse(text), null, 2)],
    ['with a broken entry', (text) => text.replace(/"c?dev\/c.yaml":.*/, '"dev/c.yaml":["x"],')],
    ['not text', () => '\u0000\u0001'.repeat(100)],
  ];

  test.each(broken)('%s: a warning, equal files are adopted, and it is written anew', (_, damage) => {
    const dir = tempDir();
    synth(dir, tree);
    const good = snapshot(dir)[STATE]!;
    fs.writeFileSync(join(dir, STATE), damage(good));
    const { full, report } = synth(dir, tree);
    expect(full.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['warning tree-state-unreadable']);
    expect(report).toMatchObject({ written: 0, unchanged: 4 });
    expect(snapshot(dir)[STATE]).toBe(good);
  });

  test.each(broken)('%s: differing files are foreign, stale ones stay', (_, damage) => {
    const dir = tempDir();
    synth(dir, tree);
    fs.writeFileSync(join(dir, STATE), damage(snapshot(dir)[STATE]!));
    expectRefused(dir, { ...tree, 'dev/c.yaml': 'C' }, [
      'tree-file-foreign dev/c.yaml',
      `tree-state-unreadable ${STATE}`,
    ]);
  });

  test.each(['dev/../../precious', '../precious', 'dev//x', '/etc/passwd', '.git/config', 'dev/.git/x', 'precious'])(
    'a hostile entry %s removes nothing',
    (path) => {
      const dir = tempDir();
      const dist = join(dir, 'dist');
      synth(dist, tree);
      write(dir, 'precious', 'a');
      const entry = snapshot(dist)
        [STATE]!.split('\n')
        .find((line) => line.startsWith('"dev/web/a.yaml"'))!;
      const hostile = entry.replace('dev/web/a.yaml', path);
      fs.writeFileSync(join(dist, STATE), snapshot(dist)[STATE]!.replace(entry, `${entry}\n${hostile}`));
      synth(dist, {}, { force: true });
      expect(fs.readFileSync(join(dir, 'precious'), 'utf8')).toBe('a');
    },
  );
});

describe('check touches nothing', () => {
  test('and reports what a synth would do', () => {
    const dir = tempDir();
    synth(dir, tree);
    write(dir, 'dev/web/b.yaml', 'mine');
    const before = stamps(dir);
    const { report, issues } = synth(
      dir,
      { 'dev/web/b.yaml': 'b', 'dev/new.yaml': 'n', 'dev/c.yaml': 'C' },
      { check: true },
    );
    expect(stamps(dir)).toEqual(before);
    expect(issues).toEqual(['tree-file-edited dev/web/b.yaml']);
    expect(report!.changes.map(({ path, change }) => `${change} ${path}`)).toEqual([
      `changed ${STATE}`,
      'changed dev/c.yaml',
      'added dev/new.yaml',
      'removed dev/web/a.yaml',
      'changed dev/web/b.yaml',
      'removed prod/web/a.yaml',
    ]);
  });

  test('and does not make the output directory', () => {
    const dir = join(tempDir(), 'dist');
    expect(synth(dir, tree, { check: true }).report).toMatchObject({ written: 4 });
    expect(fs.existsSync(dir)).toBe(false);
  });
});

describe("a caller's mistake throws at once", () => {
  const bad = [
    '/dev/x',
    'dev/../x',
    'dev/./x',
    'dev//x',
    'dev/x/',
    'dev',
    'prod/x',
    'dev\\x',
    'dev/a\\b',
    'dev/a\0b',
    '../dev/x',
    '',
  ];

  test.each([...bad, '.cdk8s-gitops.json', 'dev/.git/config', 'dev/a\nb'])('path %j', (path) => {
    const writer = new TreeWriter({ outdir: join(tempDir(), 'dist') });
    writer.beginSegment('dev');
    expect(() => writer.put(path, 'x', 'c')).toThrow('is not a path inside segment');
  });

  test.each(['', '.', '..', 'a/b', '.git', '.cdk8s-gitops.staging', '.CDK8S-gitops.json', 'a\\b'])(
    'segment %j',
    (name) => {
      expect(() => new TreeWriter({ outdir: tempDir() }).beginSegment(name)).toThrow('cannot be a segment');
    },
  );

  test.each([
    ['a', 'a'],
    ['a', 'A'],
    ['a', 'a/b'],
    ['a/b', 'a'],
    ['a/b', 'A'],
    ['a/b', 'A/c'],
  ])('%j, then %j: they are one on some disk', (first, second) => {
    const writer = new TreeWriter({ outdir: join(tempDir(), 'dist') });
    writer.beginSegment('dev');
    writer.put(`dev/${first}`, 'x', 'c');
    expect(() => writer.put(`dev/${second}`, 'x', 'c')).toThrow('put after');
  });

  test('segments equal but for case, begun twice, inside another, or outside `only`', () => {
    const writer = new TreeWriter({ outdir: join(tempDir(), 'dist'), only: ['dev', 'Dev'] });
    expect(() => writer.put('dev/a', 'x', 'c')).toThrow('outside a segment');
    writer.beginSegment('dev');
    expect(() => writer.beginSegment('Dev')).toThrow('before');
    expect(() => writer.commit()).toThrow('not ended');
    writer.endSegment();
    expect(() => writer.endSegment()).toThrow('no segment');
    expect(() => writer.beginSegment('Dev')).toThrow("after 'dev'");
    expect(() => writer.beginSegment('prod')).toThrow('not among');
    writer.commit();
    expect(() => writer.commit()).toThrow('already');
  });
});

describe('discard leaves the disk as it was found', () => {
  test.each([true, false])('when the output directory exists: %s', (exists) => {
    const base = tempDir();
    const dir = join(base, 'deep/dist');
    if (exists) synth(dir, tree);
    const before = snapshot(base);
    const writer = new TreeWriter({ outdir: dir });
    writer.beginSegment('dev');
    writer.put('dev/z.yaml', 'z', 'c');
    writer.endSegment();
    expect(snapshot(base)).not.toEqual(before);
    writer.discard();
    expect(snapshot(base)).toEqual(before);
  });
});

describe('when the system refuses', () => {
  const next: Tree = { 'dev/web/a.yaml': 'A', 'dev/web/z/n.yaml': 'n', 'dev/c.yaml': 'c', 'test/a.yaml': 't' };

  /** Every call from the `nth` on fails, as on a full disk; removing still works. */
  function withFullDisk(nth: number, action: () => void): boolean {
    return withFault(nth, action, (name, _, call) => {
      if (call > nth && (name === 'rmSync' || name === 'rmdirSync' || name === 'unlinkSync')) return;
      throw Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), { code: 'ENOSPC', syscall: name });
    });
  }

  test('at any call, the disk is as it was, or the next run completes it', () => {
    let refused = 0;
    let interrupted = 0;
    for (let nth = 1; ; nth++) {
      const dir = tempDir();
      synth(dir, tree);
      const before = filesOf(dir);
      let issues: readonly string[] = [];
      const met = withFullDisk(nth, () => {
        issues = synth(dir, next).issues;
      });
      if (!met) break;
      if (fs.existsSync(join(dir, STAGING, 'record'))) interrupted++;
      else if (issues.length > 0 && !fs.existsSync(join(dir, STAGING))) {
        refused++;
        expect(filesOf(dir)).toEqual(before);
      }
      for (const issue of issues) expect(issue).toMatch(/^tree-write-failed/);
      expect(synth(dir, next).issues).toEqual([]);
      expect(filesOf(dir)).toEqual(next);
    }
    expect(refused).toBeGreaterThan(5);
    expect(interrupted).toBeGreaterThan(3);
  });

  test('an output directory that is a file is an issue, not a crash', () => {
    const dir = tempDir();
    write(dir, 'dist', 'mine');
    expect(synth(join(dir, 'dist'), tree).issues).toEqual(['tree-write-failed dev/web/a.yaml']);
    expect(fs.readFileSync(join(dir, 'dist'), 'utf8')).toBe('mine');
  });

  test('a second synth in the same directory is refused, and the first is not disturbed in silence', () => {
    const dir = tempDir();
    const first = new TreeWriter({ outdir: dir });
    const second = new TreeWriter({ outdir: dir });
    first.beginSegment('dev');
    first.put('dev/a', '1', 'c');
    first.endSegment();
    second.beginSegment('dev');
    second.put('dev/a', '2', 'c');
    second.endSegment();
    expect(() => second.commit()).toThrow(GitOpsError);
    expect(second.issues[0]!.message).toContain('another synth');
    first.commit();
    expect(filesOf(dir)).toEqual({ 'dev/a': '1' });
  });

  test('a synth whose staging was taken by another one is refused', () => {
    const dir = tempDir();
    const first = new TreeWriter({ outdir: dir });
    first.beginSegment('dev');
    first.put('dev/a', '1', 'c');
    first.endSegment();
    const second = new TreeWriter({ outdir: dir });
    second.beginSegment('dev');
    second.put('dev/a', '2', 'c');
    second.endSegment();
    expect(() => first.commit()).toThrow('another synth');
    second.commit();
    expect(filesOf(dir)).toEqual({ 'dev/a': '2' });
  });
});

describe('the state file', () => {
  test('is the same whatever the order of segments and files', () => {
    const [one, two] = [tempDir(), tempDir()];
    const more = { ...tree, 'dev-2/a': 'x', 'dev/web/a-b.yaml': 'y' };
    const reversed = Object.fromEntries(Object.entries(more).reverse());
    synth(one, more);
    synth(two, reversed, { segments: segmentsOf(reversed) });
    expect(snapshot(two)).toEqual(snapshot(one));
    expect(synth(two, more).report!.changes).toEqual([]);
  });

  test('follows a construct that was renamed', () => {
    const dir = tempDir();
    const run = (construct: string): void => {
      const writer = new TreeWriter({ outdir: dir });
      writer.beginSegment('dev');
      writer.put('dev/a', 'x', construct);
      writer.endSegment();
      writer.commit();
    };
    run('dev/"old"\n');
    run('dev/new');
    expect(JSON.parse(snapshot(dir)[STATE]!)).toMatchObject({ 'dev/a': [expect.any(String), 'dev/new'] });
    expect(fs.existsSync(join(dir, STAGING))).toBe(false);
  });
});
