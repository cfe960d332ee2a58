/** The real binary, in processes of its own: compiled as `npm run build` does, but for declarations. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = join(__dirname, '../..');

let folder: string;
let binary: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli "binary" '));
  const home = join(folder, 'node_modules/cdk8s-gitops');
  for (const name of readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.ts')) compile(join(ROOT, 'src', name), join(home, 'lib', name.replace(/ts$/, 'js')));
  }
  cpSync(join(ROOT, 'package.json'), join(home, 'package.json'));
  symlinkSync(join(ROOT, 'schemas'), join(home, 'schemas'));
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  binary = join(home, 'lib/cli/main.js');
  writeFileSync(join(folder, 'main.js'), PROGRAM);
  writeFileSync(join(folder, 'cdk8s.yaml'), 'language: typescript\napp: node main.js\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function compile(from: string, to: string): void {
  const { code } = transformSync(readFileSync(from, 'utf8'), {
    filename: from,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, code);
}

const PROGRAM = `
const { App, Chart } = require('cdk8s');
const { EnvironmentStack, GitOpsApp, RawResource } = require('cdk8s-gitops');
const { GitRepository } = require('cdk8s-gitops/flux');
const refused = (scope) => new GitRepository(scope, 'source', { url: 'ftp://example.com/x', interval: '1m', ref: { branch: 'main' } });
if (process.env.BREAK === 'under a plain App') refused(new Chart(new App(), 'c'));
const app = new GitOpsApp();
for (const name of ['dev', 'prod']) {
  const stack = new EnvironmentStack(app.environment(name), 'web', { namespace: 'shop' });
  new RawResource(stack, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', body: { data: { name } } });
  const secret = { apiVersion: 'v1', kind: 'Secret', body: { stringData: { password: 'hunter2' } } };
  if (process.env.BREAK === 'at synth' && name === 'dev') new RawResource(stack, 'secret', secret);
  if (process.env.BREAK === 'in a constructor') refused(stack);
  if (process.env.BREAK === 'in a promise') Promise.resolve().then(() => refused(stack));
}
if (process.env.BREAK === 'type') undefined.field;
if (process.env.BREAK !== 'in a promise') app.synth();
`;

function run(args: readonly string[], env: Record<string, string> = {}, command = binary) {
  const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', ...env } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], options);
  return { status, stdout, stderr };
}

test('a synth writes the tree, a second one nothing, and --check agrees', () => {
  expect(run(['synth'])).toEqual({ status: 0, stdout: 'written 6, unchanged 0, removed 0\n', stderr: '' });
  expect(run(['synth'])).toEqual({ status: 0, stdout: 'written 0, unchanged 6, removed 0\n', stderr: '' });
  expect(run(['synth', '--check'])).toEqual({ status: 0, stdout: 'the tree is up to date\n', stderr: '' });
  rmSync(join(folder, 'dist/prod'), { recursive: true });
  expect(run(['synth', '--check'])).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^added {4}dist\/prod\//),
  });
  expect(existsSync(join(folder, 'dist/prod'))).toBe(false);
  expect(run(['synth', '--env', 'dev'])).toMatchObject({ status: 0, stdout: 'written 0, unchanged 3, removed 0\n' });
  expect(run(['synth', '--env', 'prod'])).toMatchObject({ status: 0, stdout: 'written 3, unchanged 0, removed 0\n' });
});

test('check finds nothing wrong with it', () => {
  expect(run(['check', 'dist'])).toMatchObject({ status: 0, stderr: '' });
});

/** One issue of three lines. */
const refusal =
  /^error (schema-pattern|secret-plaintext) {2}\S+ \S+ \(\S+(, main\.js:\d+:\d+)?\)\n {2}.*\n {2}fix: .*\n/;

describe.each(['in a constructor', 'under a plain App', 'in a promise', 'at synth'])('a refusal %s', (where) => {
  test('is said once by our synth, without a stack trace', () => {
    const { status, stdout, stderr } = run(['synth'], { BREAK: where });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(refusal);
    expect(stderr.replace(refusal, '')).toBe('refused: 1 error; nothing was written\n');
  });

  // Under a plain App nothing of ours runs before the refusal, and Node prints the error: still no stack trace.
  test('is said once by the bare program', () => {
    const { status, stderr } = run([], { BREAK: where }, 'main.js');
    expect(status).toBe(1);
    expect(stderr).not.toMatch(/\n\s+at /);
    if (where === 'under a plain App') expect(stderr).toMatch(/error schema-pattern {2}/);
    else expect(stderr.replace(refusal, '')).toBe('');
  });
});

test('any other error is printed as Node prints it', () => {
  const bare = run([], { BREAK: 'type' }, 'main.js');
  const ours = run(['synth'], { BREAK: 'type' });
  expect(bare.stderr).toMatch(/TypeError: Cannot read properties of undefined/);
  expect(ours.status).toBe(1);
  expect(ours.stderr).toBe(`${bare.stderr}the app failed: node main.js: exit code 1\n`);
});

test('a program with a handler of its own keeps it', () => {
  writeFileSync(
    join(folder, 'own.js'),
    `process.on('uncaughtException', (e) => { console.log('mine', e.name); process.exit(7); });\n${PROGRAM}`,
  );
  expect(run(['synth', '--app', 'node own.js'], { BREAK: 'in a constructor' })).toMatchObject({
    status: 1,
    stdout: 'mine GitOpsError\n',
    stderr: 'the app failed: node own.js: exit code 7\n',
  });
});

test('output that nobody reads to its end is no failure', () => {
  const files = Array.from(
    { length: 3000 },
    (_, at) => `kind: Secret\napiVersion: v1\nmetadata: {name: a${at}}\nstringData: {a: b}\n`,
  );
  writeFileSync(join(folder, 'many.yaml'), files.join('---\n'));
  const command = `${JSON.stringify(process.execPath)} "$BINARY" check many.yaml | head -1`;
  const output = execFileSync('sh', ['-c', command], {
    cwd: folder,
    env: { ...process.env, BINARY: binary },
    stdio: 'pipe',
  });
  expect(String(output)).toMatch(/^error secret-plaintext/);
  rmSync(join(folder, 'many.yaml'));
});

test('a synth loads neither cdk8s, nor zod, nor a YAML parser', () => {
  const script = `process.on('exit', () => console.error(Object.keys(require.cache).join('\\n'))); require(${JSON.stringify(binary)});`;
  writeFileSync(join(folder, 'loaded.js'), script);
  const { stderr } = run(['synth'], {}, 'loaded.js');
  expect(stderr).toMatch(/cli\/run-app\.js/);
  expect(stderr).not.toMatch(/node_modules\/(cdk8s|constructs|zod|yaml)\/|lib\/(schema|checks)\//);
});
