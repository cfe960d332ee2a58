/** Over files: positions, and which files are those of one cluster. */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { checks } from '../../../src/checks/cross/judge';
import { checkPaths, checkTexts } from '../../../src/checks/run';
import type { Manifest } from '../../../src/kernel/manifest';
import { application, applicationSet, notifications, project, secret, together } from './support';

const yaml = (...manifests: Manifest[]) => manifests.map((manifest) => stringify(manifest)).join('---\n');
const elsewhere = { destination: { server: 'https://kubernetes.default.svc', namespace: 'payments' } };
const forbidden = (place: string) => `argocd-project-forbids ${place}`;

test('an issue has file, line, column, document, object and field of the object to blame', () => {
  const files = {
    'projects/shop.yaml': yaml(project()),
    'apps/all.yaml': yaml(project({}, { name: 'b' }), application(elsewhere)),
  };
  const [issue, ...others] = checkTexts(files).issues;
  expect(others).toEqual([]);
  expect(issue).toMatchObject({
    code: 'argocd-project-forbids',
    message: expect.stringContaining('AppProject/argocd/shop (projects/shop.yaml)'),
    at: {
      file: 'apps/all.yaml',
      line: 24,
      column: 3,
      document: 1,
      object: 'Application/argocd/checkout',
      path: '.spec.destination',
    },
  });
});

test('an item of a List is at its own place', () => {
  const list: Manifest = { apiVersion: 'v1', kind: 'List', items: [project(), application(elsewhere)] };
  const [issue] = checkTexts({ 'all.yaml': yaml(list) }).issues;
  expect(issue!.at).toMatchObject({ path: '.items[1].spec.destination', document: 0 });
});

test('the order of files and documents changes neither what is found nor where', () => {
  const [one, other] = [yaml(project()), yaml(application(elsewhere))];
  const places = [
    { a: one, b: other },
    { b: other, a: one },
  ].map((files) => together(files));
  expect(places[0]).toEqual(places[1]);
  expect(places[0]).toEqual([forbidden('b:12 Application/argocd/checkout .spec.destination')]);
});

describe('directories that hold one object each are clusters of their own', () => {
  const permitting = { destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'payments' }] };

  test('an Application is judged by the project beside it', () => {
    const files = { 'dev/project.yaml': yaml(project()), 'prod/project.yaml': yaml(project(permitting)) };
    expect(together({ ...files, 'prod/apps/a.yaml': yaml(application(elsewhere)) })).toEqual([]);
    expect(together({ ...files, 'dev/apps/a.yaml': yaml(application(elsewhere)) })).toHaveLength(1);
  });

  test('what may be either is judged by both', () => {
    const files = { 'dev/project.yaml': yaml(project()), 'prod/project.yaml': yaml(project(permitting)) };
    expect(together({ ...files, 'all.yaml': yaml(application(elsewhere)) })).toEqual([]);
  });

  test('two of them may have one server, repository or name', () => {
    const cluster = (name: string) => yaml(project(), secret('cluster', { name, server: 'https://x.acme.io' }, name));
    expect(together({ 'dev/a.yaml': cluster('a'), 'prod/a.yaml': cluster('b') })).toEqual([]);
    expect(together({ 'hub/a.yaml': cluster('a'), 'hub/b/b.yaml': cluster('b').split('---\n')[1]! })).toHaveLength(1);
  });

  test('a base and its copy are one object', () => {
    const one = yaml(secret('cluster', { name: 'a', server: 'https://x.acme.io' }));
    expect(together({ 'base/a.yaml': one, 'overlays/prod/a.yaml': one, 'copy.yaml': one })).toEqual([]);
  });
});

test('one that a kustomization patches is not judged: what it is in the end is not in the file', () => {
  const root = join(__dirname, 'patched');
  expect(checkPaths(['.'], root).issues).toEqual([]);
  expect(checkPaths(['base'], root).issues.map(({ code }) => code)).toEqual(['argocd-project-forbids']);
});

test('whatever types the fields have, nothing crashes', () => {
  const whole = [
    project(),
    application(elsewhere),
    applicationSet(),
    secret('cluster', { server: 'x' }),
    secret('repository', { url: 'x' }),
    notifications({ 'service.slack': 'x' }),
  ];
  const value = fc.constantFrom(null, 1, 'x', true, [], {}, [null], [1], { a: null }, '${x}', '{{ .x }}');
  const paths = [
    ['metadata'],
    ['metadata', 'name'],
    ['metadata', 'annotations'],
    ['metadata', 'labels'],
    ['spec'],
    ['data'],
    ['stringData'],
    ['spec', 'sourceHydrator'],
    ['spec', 'destination'],
    ['spec', 'destinations'],
    ['spec', 'generators'],
    ['spec', 'template'],
    ['spec', 'source'],
    ['spec', 'sources'],
  ];
  const change = fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(...paths), value);
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
      const copy = structuredClone(whole) as Record<string, unknown>[];
      for (const [index, path, to] of changes) set(copy[index]!, path, to);
      const { issues } = checkTexts({ 'a.yaml': yaml(...(copy as unknown as Manifest[])) });
      expect(issues.filter(({ code }) => code === 'object-check-failed')).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function set(target: Record<string, unknown>, path: readonly string[], to: unknown): void {
  const [first, ...rest] = path as [string, ...string[]];
  const next = target[first];
  if (rest.length === 0 || typeof next !== 'object' || next === null) target[first] = to;
  else set(next as Record<string, unknown>, rest, to);
}

const CORPUS = join(__dirname, '../../../../shared/corpus');
const testCorpus = existsSync(CORPUS) ? test : test.skip;
if (!existsSync(CORPUS)) console.warn('skipped: ../shared/corpus is missing');
const codes = new Set(checks.map(({ code }) => code));

testCorpus('real files and real repositories give no alarm', () => {
  const alarms: string[] = [];
  const look = (path: string) => {
    for (const { code, at } of checkPaths([path], CORPUS).issues)
      if (codes.has(code)) alarms.push(`${code} ${at.file}`);
  };
  const files = readdirSync(join(CORPUS, 'valid'), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  for (const { parentPath, name } of files) look(relative(CORPUS, join(parentPath, name)));
  for (const tree of readdirSync(join(CORPUS, 'trees'))) look(`trees/${tree}`);
  expect(files.length).toBeGreaterThan(300);
  expect(alarms).toEqual([]);
});

test('what lies in one directory is an error, what lies apart may belong to another Argo CD and is a warning', () => {
  const secret = (name: string) => `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: argocd, labels: { argocd.argoproj.io/secret-type: cluster } }
stringData: { server: https://prod.example.com, name: ${name}, config: '{}' }
`;
  const severities = (one: string, other: string) =>
    checkTexts({ [one]: secret('a'), [other]: secret('b') })
      .issues.filter(({ code }) => code === 'argocd-cluster-duplicate')
      .map(({ severity }) => severity);
  expect(severities('clusters/a.yaml', 'clusters/b.yaml')).toEqual(['error']);
  expect(severities('eu/clusters/a.yaml', 'us/clusters/b.yaml')).toEqual(['warning']);
});
