import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCli } from './terminal';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cdk8s-gitops-render-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
}

const set = (generators: string, project = 'default', name = '{{.name}}') => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: web, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators: ${generators}
  template:
    metadata: {name: '${name}'}
    spec:
      project: ${project}
      source: {repoURL: https://git.example.com/r.git, path: web}
      destination: {server: https://kubernetes.default.svc, namespace: web}
`;
const list = (...names: readonly string[]) => `[{list: {elements: [${names.map((name) => `{name: ${name}}`)}]}}]`;
const CLUSTERS = `apiVersion: v1
kind: Secret
metadata: {name: c1, labels: {argocd.argoproj.io/secret-type: cluster}}
stringData: {name: c1, server: 'https://c1'}
`;

const render = (line: string) => runCli(['render', ...line.split(' ')], { cwd });

test('prints the Applications as YAML', async () => {
  write({ 'set.yaml': set(list('a')) });
  expect(await render('set.yaml')).toEqual({
    code: 0,
    stderr: '1 Application of 1 ApplicationSet\n',
    stdout: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  finalizers:
    - resources-finalizer.argocd.argoproj.io
  name: a
  namespace: argocd
spec:
  destination:
    namespace: web
    server: https://kubernetes.default.svc
  project: default
  source:
    path: web
    repoURL: https://git.example.com/r.git
`,
  });
});

test('clusters, repositories and answers come from files', async () => {
  write({
    'clusters.yaml': CLUSTERS,
    'repo/apps/x/a.yaml': '',
    'repo/.git/HEAD': '',
    'answers.yaml': 'plugin: [{name: p}]',
    'sets/one.yaml': set('[{clusters: {}}]'),
    'sets/two.yaml': set(
      "[{git: {repoURL: 'https://r', revision: x, directories: [{path: '*/*'}]}}]",
      'default',
      '{{.path.basename}}',
    ),
    'sets/three.yaml': set('[{plugin: {configMapRef: {name: p}}}]'),
  });
  const { stdout, code } = await render(
    'sets --clusters clusters.yaml --repo https://r=repo --answers answers.yaml --format json',
  );
  const { applications, issues } = JSON.parse(stdout);
  expect(applications.map(({ metadata }: { metadata: { name: string } }) => metadata.name)).toEqual([
    'c1',
    'in-cluster',
    'p',
    'x',
  ]);
  expect([issues, code]).toEqual([[], 0]);
});

test('a mistake is shown at its line', async () => {
  write({ 'set.yaml': set(list('a'), 'default', '{{.nme}}') });
  const { code, stdout, stderr } = await render('set.yaml');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(
    /^error argocd-render-template {2}set\.yaml:9:16 ApplicationSet\/argocd\/web \.spec\.template\.metadata\.name\n.*map has no entry for key "nme"/,
  );
});

test('YAML that cannot be read is an issue, and the rest is rendered', async () => {
  write({ 'bad.yaml': 'a: [', 'set.yaml': set(list('a')) });
  const { code, stdout, stderr } = await render('bad.yaml set.yaml');
  expect(code).toBe(1);
  expect(stdout).toContain('name: a');
  expect(stderr).toContain('error yaml-syntax  bad.yaml:1');
});

describe('--against', () => {
  test('says what goes, and exits 1', async () => {
    write({ 'old/set.yaml': set(list('a', 'b')), 'new/set.yaml': set(list('a')) });
    const { code, stdout, stderr } = await render('new --against old');
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(
      /^error argocd-render-application-gone {2}new\/set\.yaml:1:1 ApplicationSet\/argocd\/web\n {2}Application b is deleted: /,
    );
    expect(stdout).toMatch(/\n1 error\n$/);
  });

  test('an ApplicationSet that is gone is shown where it was', async () => {
    write({ 'old/set.yaml': set(list('a')), 'new/other.yaml': set(list('z')).replace('name: web,', 'name: other,') });
    expect((await render('new --against old')).stdout).toMatch(
      /old\/set\.yaml:1:1 .*\n {2}Application a is deleted: the ApplicationSet is gone/,
    );
  });

  test('the same is no change', async () => {
    write({ 'old/set.yaml': set(list('a')), 'new/set.yaml': set(list('a')) });
    expect(await render('new --against old')).toEqual({
      code: 0,
      stderr: '',
      stdout: 'no Application goes or moves\n',
    });
  });

  test('another project alone is a warning; as JSON', async () => {
    write({ 'old/set.yaml': set(list('a')), 'new/set.yaml': set(list('a'), 'other') });
    const { code, stdout } = await render('new --against old --format json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).changes).toMatchObject([
      { code: 'argocd-render-application-moved', severity: 'warning' },
    ]);
  });
});

test.each([
  ['none.yaml', /there is no ApplicationSet in none\.yaml/],
  ['set.yaml --clusters nowhere.yaml', /nowhere\.yaml cannot be read/],
  ['set.yaml --repo x', /--repo x: write URL=DIR/],
  ['set.yaml --repo x=nowhere', /--repo x=nowhere: the folder cannot be read/],
  ['set.yaml --answers nowhere', /nowhere cannot be read/],
  ['set.yaml --format xml', /Allowed choices are yaml, json/],
])('render %s is wrong usage', async (line, message) => {
  write({ 'none.yaml': 'a: b', 'set.yaml': set(list('a')) });
  const { code, stderr } = await render(line);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
});
