import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkPaths } from '../../src/checks/run';

const configMap = (name = 'a') => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
const broken = 'a: [\n';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'check-files-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function check(paths: readonly string[] = ['.'], cwd = root) {
  const { issues, ...counts } = checkPaths(paths, cwd);
  const found = issues.map(({ code, at }) => `${code} ${at.file}:${at.line}:${at.column}`);
  return { found, ...counts };
}

describe('what is read', () => {
  test('YAML and JSON at any depth, in the order of names', () => {
    write({
      'b.yaml': broken,
      'a/z.yml': broken,
      'a/b/c.YAML': broken,
      'c.txt': broken,
      'd.json': '{"apiVersion": "kind": ',
    });
    expect(check().found).toEqual([
      expect.stringMatching(/^yaml-syntax a\/b\/c\.YAML:/),
      expect.stringMatching(/^yaml-syntax a\/z\.yml:/),
      expect.stringMatching(/^yaml-syntax b\.yaml:/),
      'yaml-syntax d.json:1:16',
    ]);
  });

  test('a file of any name that is named itself', () => {
    write({ 'c.txt': broken });
    expect(check(['c.txt']).found).toEqual([expect.stringMatching(/^yaml-syntax c\.txt:/)]);
  });

  test('neither .git nor node_modules', () => {
    write({ '.git/a.yaml': broken, 'x/node_modules/m/a.yaml': broken, '.github/a.yaml': broken });
    expect(check().found).toEqual([expect.stringMatching(/^yaml-syntax \.github\/a\.yaml:/)]);
  });

  test('every file once, however often it is named', () => {
    write({ 'a/b.yaml': configMap() });
    expect(check(['.', 'a', 'a/b.yaml', 'a/../a/b.yaml'])).toMatchObject({ found: [], files: 1, objects: 1 });
  });

  test('files outside the working directory, named as seen from it', () => {
    write({ 'a/x.yaml': broken, 'b/y.yaml': configMap() });
    expect(check(['../a'], join(root, 'b')).found).toEqual([expect.stringMatching(/^yaml-syntax \.\.\/a\/x\.yaml:/)]);
  });

  test('counts tell objects from other documents', () => {
    write({
      'values.yaml': 'replicas: 2\n',
      'two.yaml': `${configMap()}---\n---\n${configMap('b')}`,
      'list.yaml':
        'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap}\n- {apiVersion: v1, kind: Service}\n- 3\n',
      'package.json': '{"name": "x"}',
      'tsconfig.json': '{ // comment\n}',
    });
    expect(check()).toEqual({ found: [], files: 5, documents: 4, objects: 4, templates: 0 });
  });
});

describe('a file that is no text is an issue, and the others are still checked', () => {
  const rest = (found: readonly string[]) => {
    expect(found.at(-1)).toMatch(/^yaml-syntax z\.yaml:/);
    return found.slice(0, -1);
  };

  test.each<[string, string | Buffer, string]>([
    ['binary', Buffer.from('a: 1\nb: \0\x01'), 'file-binary x.yaml:2:4'],
    ['Latin-1', Buffer.from('a: 1\nbé: \xe9', 'latin1'), 'file-encoding x.yaml:2:2'],
    [
      'an odd byte after a real U+FFFD',
      Buffer.concat([Buffer.from('a: \ufffd\nb: '), Buffer.from([0xff])]),
      'file-encoding x.yaml:2:4',
    ],
    ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le'), 'file-encoding x.yaml:1:1'],
    ['huge', Buffer.alloc(50 * 2 ** 20 + 1, 0x20), 'file-too-large x.yaml:1:1'],
    ['a cut character', Buffer.from('a: é').subarray(0, 4), 'file-encoding x.yaml:1:4'],
  ])('%s', (_, content, issue) => {
    write({ 'x.yaml': content, 'z.yaml': broken });
    expect(rest(check().found)).toEqual([issue]);
  });

  test('a byte order mark is none of the text', () => {
    write({ 'x.yaml': `\ufeff${configMap()}` });
    expect(check()).toMatchObject({ found: [], objects: 1 });
  });

  test('a missing path', () => {
    write({ 'z.yaml': broken });
    expect(rest(check(['nope', 'z.yaml']).found)).toEqual(['file-unreadable nope:1:1']);
  });

  test('a named pipe is not waited for', () => {
    write({ 'z.yaml': broken });
    execFileSync('mkfifo', [join(root, 'x.yaml')]);
    expect(rest(check().found)).toEqual(['file-unreadable x.yaml:1:1']);
    expect(check(['x.yaml']).found).toEqual(['file-unreadable x.yaml:1:1']);
  });
});

describe('links', () => {
  const link = (path: string, target: string) => symlinkSync(target, join(root, path));

  test('one to itself is unreadable', () => {
    link('x.yaml', 'x.yaml');
    link('loop', 'loop');
    expect(check().found).toEqual(['file-unreadable loop:1:1', 'file-unreadable x.yaml:1:1']);
    expect(check(['x.yaml']).found).toEqual(['file-unreadable x.yaml:1:1']);
  });

  test('one to a directory above is not followed', () => {
    write({ 'a/b/x.yaml': configMap() });
    link('a/b/up', '../..');
    expect(check()).toMatchObject({ found: ['file-link-loop a/b/up:1:1'], objects: 1 });
  });

  test('one that dangles matters if it is named like YAML', () => {
    link('x.yaml', 'gone.yaml');
    link('y', 'gone');
    expect(check().found).toEqual(['file-unreadable x.yaml:1:1']);
  });

  test('one out of the checked paths is not followed', () => {
    write({ 'in/z.txt': '', 'out/x.yaml': broken });
    link('in/dir', '../out');
    link('in/x.yaml', '../out/x.yaml');
    expect(check(['in']).found).toEqual(['file-link-outside in/dir:1:1', 'file-link-outside in/x.yaml:1:1']);
  });

  test('inside, everything is visited once, by its own name', () => {
    write({ 'z/x.yaml': broken, 'text.tpl': broken });
    link('a', 'z');
    link('b.yaml', 'z/x.yaml');
    link('c.yaml', 'text.tpl');
    expect(check().found.map((issue) => issue.split(':')[0])).toEqual(['yaml-syntax c.yaml', 'yaml-syntax z/x.yaml']);
  });

  test('a path given as a link is followed', () => {
    write({ 'z/x.yaml': broken });
    link('a', 'z');
    expect(check(['a']).found).toEqual([expect.stringMatching(/^yaml-syntax a\/x\.yaml:/)]);
  });
});

describe('what becomes YAML later', () => {
  test('templates of a Helm chart are counted, its other files checked', () => {
    write({
      'chart/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n',
      'chart/templates/web.yaml': 'a: {{ .Values.x }}\n{{- if }}\n',
      'chart/templates/sub/x.yaml': '{{ x }}',
      'chart/templates/plain.yaml': broken,
      'templates/x.yaml': 'a: {{ x }}-y\n',
    });
    const { found, templates } = check();
    expect(found.map((issue) => issue.split(':')[0])).toEqual([
      'yaml-syntax chart/templates/plain.yaml',
      'yaml-syntax templates/x.yaml',
    ]);
    expect(templates).toBe(2);
    expect(check(['chart/templates/sub'])).toMatchObject({ found: [], templates: 1 });
    expect(check(['chart/templates/web.yaml'])).toMatchObject({ found: [], templates: 1 });
  });

  test('a patch of a kustomization needs not be whole, but what it says must be right', () => {
    const patch = (spec: string) =>
      `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a, namespace: b }\nspec: ${spec}\n`;
    write({
      'k/kustomization.yaml':
        'resources: [whole.yaml]\npatches: [{ path: sub/good.yaml }, { path: bad.yaml }]\npatchesStrategicMerge:\n- old.yaml\n',
      'k/sub/good.yaml': patch('{ $patch: replace, prune: true }'),
      'k/bad.yaml': patch('{ prun: true, interval: 5 }'),
      'k/old.yaml': patch('{ prune: true }'),
      'k/whole.yaml': patch('{ prune: true }'),
    });
    const expected = ['schema-field-unknown k/bad.yaml:4:9', 'schema-type k/bad.yaml:4:21'];
    expect(check().found.filter((issue) => !issue.includes('whole'))).toEqual(expected);
    expect(check().found).toContain('schema-required k/whole.yaml:4:1');
    expect(check(['k/sub/good.yaml', 'k/bad.yaml']).found).toEqual(expected);
  });

  test('a Secret in a patch is still a secret', () => {
    write({
      'kustomization.yaml': 'patches: [{ path: p.yaml }]\n',
      'p.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { p: hunter2 }\n',
    });
    expect(check().found).toEqual(['secret-plaintext p.yaml:4:15']);
  });
});
