import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, type Terminal } from './terminal';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cli-check-'));
  mkdirSync(join(cwd, 'chart/templates'), { recursive: true });
  const files: Readonly<Record<string, string>> = {
    'good.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
    'warn.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { p: "${PASSWORD}" }\n',
    'bad.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: b }\nstringData: { p: hunter2 }\n---\na: [\n',
    'chart/Chart.yaml': 'name: x\n',
    'chart/templates/x.yaml': 'a: {{ x }}\n',
    'escape.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: "\\e[31mred\\a" }\nstringData: { p: x }\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
});
afterAll(() => rmSync(cwd, { recursive: true }));

const check = (args: string, terminal: Terminal = {}) =>
  runCli(['check', ...args.split(' ').filter(Boolean)], { cwd, ...terminal });

test('a right file: exit 0 and a count', async () => {
  expect(await check('good.yaml')).toEqual({
    code: 0,
    stdout: 'no issues in 1 file, 1 document, 1 Kubernetes object\n',
    stderr: '',
  });
});

test('errors: exit 1, each with place, message and fix', async () => {
  const { code, stdout, stderr } = await check('bad.yaml good.yaml');
  expect(code).toBe(1);
  expect(stderr).toBe('');
  expect(stdout).toBe(`error secret-plaintext  bad.yaml:4:15 Secret/b/a .stringData.p
  stringData.p is plaintext: it would be readable in Git
  fix: use ExternalSecret, SealedSecret or SOPS; if it is no secret, say so: waive(scope, 'secret-plaintext', reason)
error yaml-syntax  bad.yaml:7:1 .a
  not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]
  fix: mend the line, or quote the value
2 errors in 2 files, 3 documents, 2 Kubernetes objects
`);
});

test('warnings alone: exit 0', async () => {
  const { code, stdout } = await check('warn.yaml');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^warning secret-plaintext {2}warn\.yaml:4:15 /);
  expect(stdout).toMatch(/\n1 warning in 1 file/);
});

test('JSON: one object, as promised', async () => {
  const { code, stdout, stderr } = await check('bad.yaml --format json');
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout.endsWith('}\n') && !stdout.slice(0, -1).includes('\n')).toBe(true);
  expect(JSON.parse(stdout)).toEqual({
    issues: [
      {
        code: 'secret-plaintext',
        severity: 'error',
        file: 'bad.yaml',
        line: 4,
        column: 15,
        document: 0,
        object: 'Secret/b/a',
        path: '.stringData.p',
        message: expect.any(String),
        fix: expect.any(String),
      },
      expect.objectContaining({ code: 'yaml-syntax', file: 'bad.yaml', line: 7, document: 1, path: '.a' }),
    ],
    files: 1,
    documents: 2,
  });
});

test('without a path the working directory is checked', async () => {
  const { code, stdout } = await check('');
  expect(code).toBe(1);
  expect(stdout).toMatch(/not checked: 1 Helm template; pipe what Helm renders into check -\n$/);
});

test('a path that does not exist is a finding, and the others are checked', async () => {
  const { code, stdout } = await check('nope good.yaml');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^error file-unreadable {2}nope:1:1\n {2}cannot be read: it does not exist\n/);
  expect(stdout).toMatch(/1 error in 1 file, 1 document/);
});

test('standard input', async () => {
  const { code, stdout } = await check('-', { stdin: 'a: "b' });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^error yaml-syntax {2}stdin:1:1 \.a\n/);
});

// biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for
const ESCAPE = /\x1b\[/;

test.each<[string, Terminal, boolean]>([
  ['no terminal', {}, false],
  ['a terminal', { isTTY: true }, true],
  ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, false],
  ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }, false],
  ['FORCE_COLOR', { env: { FORCE_COLOR: '1' } }, true],
  ['FORCE_COLOR=0', { isTTY: true, env: { FORCE_COLOR: '0' } }, false],
])('%s', async (_, terminal, colored) => {
  const { stdout } = await check('bad.yaml', terminal);
  expect(ESCAPE.test(stdout)).toBe(colored);
  const plain = stdout.replace(new RegExp(`${ESCAPE.source}\\d+m`, 'g'), '');
  expect(plain).toBe((await check('bad.yaml')).stdout);
});

test('what a file holds cannot steer the terminal', async () => {
  const { stdout } = await check('escape.yaml');
  expect(stdout).toContain('Secret/\\u001b[31mred\\u0007');
  expect(ESCAPE.test(stdout)).toBe(false);
});
