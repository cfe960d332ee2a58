import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SynthAnswer } from '../../src/core/request';
import { runCli } from './terminal';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cli synth-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

/** A stand-in for a program: says what it was asked, answers what it is told to. */
function writeApp(answer?: SynthAnswer, exit = 0): void {
  const text = `
    const request = JSON.parse(process.env.CDK8S_GITOPS_REQUEST);
    console.log(JSON.stringify({ ...request, report: undefined, outdir: process.env.CDK8S_OUTDIR }));
    const answer = ${JSON.stringify(answer) ?? 'undefined'};
    if (answer) require('fs').writeFileSync(request.report, JSON.stringify(answer));
    process.exit(${exit});
  `;
  writeFileSync(join(cwd, 'app.js'), text);
}

const node = 'node';
const synth = (...args: string[]) => runCli(['synth', ...args], { cwd, env: process.env });
const config = (text: string) => writeFileSync(join(cwd, 'cdk8s.yaml'), text);

const done: SynthAnswer = { issues: [], written: { written: 2, unchanged: 3, removed: 1, changes: [] } };
const error = { code: 'x-y', severity: 'error', at: { construct: 'a/b' }, message: 'wrong', fix: 'mend' } as const;
const warning = { ...error, severity: 'warning' } as const;

describe('the program', () => {
  test('is asked for what the options say', async () => {
    writeApp(done);
    config(`language: typescript\napp: ${node} app.js\noutput: deploy\n`);
    const plain = await synth();
    expect(plain).toEqual({ code: 0, stdout: '{"outdir":"deploy"}\nwritten 2, unchanged 3, removed 1\n', stderr: '' });
    const all = await synth('--force', '--env', 'dev', '--env', 'prod', '--output', 'x');
    expect(all.stdout).toMatch(/^\{"force":true,"only":\["dev","prod"\],"outdir":"x"\}\n/);
    expect((await synth('--check')).stdout).toMatch(/^\{"check":true,"outdir":"deploy"\}\n/);
  });

  test('may be given without a cdk8s.yaml; the tree is then in dist', async () => {
    writeApp(done);
    expect((await synth('--app', `${node} app.js`)).stdout).toMatch(/^\{"outdir":"dist"\}\n/);
  });

  test('keeps the NODE_OPTIONS of its user', async () => {
    writeFileSync(join(cwd, 'app.js'), 'console.log(process.env.NODE_OPTIONS)');
    const env = { ...process.env, NODE_OPTIONS: '--max-old-space-size=512' };
    const { stdout } = await runCli(['synth', '--app', `${node} app.js`], { cwd, env });
    expect(stdout).toMatch(/^--max-old-space-size=512/);
  });

  test.each([
    [`app: ${node} app.js # comment`, 'a comment'],
    [`{"app": ${JSON.stringify(`${node} app.js`)}}`, 'JSON'],
    [`app: >-\n  ${node}\n  app.js\n`, 'a folded text'],
    [`app: ${node}\n  app.js\n`, 'several lines'],
  ])('cdk8s.yaml is any YAML: %s (%s)', async (text) => {
    writeApp(done);
    config(text);
    expect((await synth()).stdout).toMatch(/written 2, unchanged 3, removed 1\n$/);
  });

  test.each<[string, string, RegExp]>([
    [
      'no cdk8s.yaml',
      '',
      /^error: there is no cdk8s\.yaml here: write one .*\n\n {2}language: typescript\n {2}app: node main\.js\n/,
    ],
    ['no app in it', 'language: typescript\n', /^error: no app to run: /],
    ['an app that is no text', 'app: 5\n', /^error: cdk8s\.yaml: app must be a text\n$/],
    ['an app that is a list', 'app:\n- x\n', /^error: cdk8s\.yaml: app must be a text\n$/],
    ['broken YAML', 'app: "x\n', /^error: cdk8s\.yaml is not valid YAML: Missing closing/],
  ])('%s is wrong usage', async (_, text, expected) => {
    if (text !== '') config(text);
    const { code, stdout, stderr } = await synth();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
  });
});

describe('the answer', () => {
  const answer = (given: SynthAnswer | undefined, exit: number, ...args: string[]) => {
    writeApp(given, exit);
    return synth('--app', `${node} app.js`, ...args);
  };

  test('a refusal: its issues, and exit 1', async () => {
    const { code, stderr } = await answer({ issues: [error, warning] }, 1);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'error x-y  (a/b)\n  wrong\n  fix: mend\nwarning x-y  (a/b)\n  wrong\n  fix: mend\nrefused: 1 error, 1 warning; nothing was written\n',
    );
  });

  test('a refusal that the program swallowed is one all the same', async () => {
    expect((await answer({ issues: [error] }, 0)).code).toBe(1);
  });

  test('warnings let a synth pass', async () => {
    const { code, stdout, stderr } = await answer({ ...done, issues: [warning] }, 0);
    expect([code, stderr]).toEqual([0, 'warning x-y  (a/b)\n  wrong\n  fix: mend\n']);
    expect(stdout).toMatch(/written 2, unchanged 3, removed 1\n$/);
  });

  test('a program that fails after its synth', async () => {
    const { code, stdout, stderr } = await answer(done, 3);
    expect(code).toBe(1);
    expect(stdout).toMatch(/written 2/);
    expect(stderr).toMatch(/^the app failed: .* app\.js: exit code 3\n$/);
  });

  test('a program that fails before it', async () => {
    const { code, stderr } = await answer(undefined, 3);
    expect([code, stderr]).toEqual([1, `the app failed: ${node} app.js: exit code 3\n`]);
  });

  test('a program that is killed', async () => {
    expect(await synth('--app', 'kill -9 $$')).toMatchObject({
      code: 1,
      stderr: 'the app failed: kill -9 $$: SIGKILL\n',
    });
  });

  test('a program that synthesises no GitOpsApp works, but options for one fail', async () => {
    const plain = await answer(undefined, 0);
    expect(plain.code).toBe(0);
    expect(plain.stderr).toMatch(/^note: the app ran, but synthesised no GitOpsApp/);
    const checked = await answer(undefined, 0, '--check', '--env', 'a');
    expect(checked.code).toBe(1);
    expect(checked.stderr).toMatch(/; --check, --env had no effect\n$/);
  });

  test('--check: the paths that differ, and exit 1', async () => {
    const changes = Array.from({ length: 52 }, (_, at) => ({ path: `dev/${at}.yaml`, change: 'changed' as const }));
    const { code, stdout } = await answer({ issues: [], written: { ...done.written!, changes } }, 0, '--check');
    expect(code).toBe(1);
    const lines = stdout.trim().split('\n').slice(1);
    expect(lines).toHaveLength(52);
    expect(lines[0]).toBe('changed  dist/dev/0.yaml');
    expect(lines.slice(-2)).toEqual(['and 2 more', '52 files would change: run cdk8s-gitops synth and commit']);
  });

  test('--check: no difference, and exit 0', async () => {
    const { code, stdout } = await answer(done, 0, '--check');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nthe tree is up to date\n$/);
  });

  test('JSON: one object on stdout, the program on stderr', async () => {
    const { code, stdout, stderr } = await answer({ ...done, issues: [warning] }, 0, '--format', 'json');
    expect([code, stderr]).toEqual([0, '{"outdir":"dist"}\n']);
    const { at, ...rest } = warning;
    expect(JSON.parse(stdout)).toEqual({
      issues: [{ ...rest, ...at }],
      written: 2,
      unchanged: 3,
      removed: 1,
      changes: [],
    });
  });
});
