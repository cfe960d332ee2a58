/** The examples are real programs: each is run as a user runs it, and its tree is the committed one. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readCrds } from '../../scripts/schemas/crds';
import { groupOf, type Manifest, versionOf } from '../../src/kernel/manifest';
import { crdValidator } from '../schema/json-schema';
import { sharedPath, testWith } from '../schema/shared';

const ROOT = join(__dirname, '../..');

/** Program to committed tree. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'microservices/main.ts': 'microservices/dist',
  'microservices/flux.ts': 'microservices/dist-flux',
  'fleet/main.ts': 'fleet/dist',
  'argocd-platform/main.ts': 'argocd-platform/dist',
};

const trees = Object.values(EXAMPLES).map((tree) => join(ROOT, 'examples', tree));

test.each(Object.entries(EXAMPLES))('examples/%s writes examples/%s', (program, tree) => {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-gitops-example-'));
  try {
    const args = ['--import', 'tsx', join('examples', program)];
    execFileSync(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, CDK8S_OUTDIR: directory },
      stdio: 'pipe',
    });
    expect(contents(directory)).toEqual(contents(join(ROOT, 'examples', tree)));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('cdk8s.yaml at the root runs the main example', () => {
  const text = readFileSync(join(ROOT, 'cdk8s.yaml'), 'utf8');
  expect(text).toMatch('app: node --import tsx examples/microservices/main.ts');
  expect(text).toMatch('output: examples/microservices/dist');
});

const kustomizable = trees.flatMap((tree) =>
  filesOf(tree)
    .filter((file) => file.endsWith('kustomization.yaml'))
    .map(dirname),
);
const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0 ? test : test.skip;
if (kubectl === test.skip) console.warn('skipped: kubectl is not installed, so kustomize builds nothing here');

kubectl.each(kustomizable.map((directory) => [relative(ROOT, directory)]))(
  'kubectl kustomize builds %s to exactly the objects of its files',
  (directory) => {
    const built = execFileSync('kubectl', ['kustomize', directory], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const files = filesOf(join(ROOT, directory)).filter(
      (file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'),
    );
    expect(sorted(manifestsIn(built))).toEqual(
      sorted(files.flatMap((file) => manifestsIn(readFileSync(file, 'utf8')))),
    );
  },
);

testWith('crds')('every object of a known kind is valid by ajv against the original CRD', () => {
  const crds = readCrds(sharedPath('crds'), () => undefined);
  let checked = 0;
  for (const file of trees.flatMap(filesOf).filter((name) => name.endsWith('.yaml'))) {
    for (const manifest of manifestsIn(readFileSync(file, 'utf8'))) {
      const crd = crds.find(
        ({ spec }) => spec.group === groupOf(manifest.apiVersion) && spec.names.kind === manifest.kind,
      );
      if (crd === undefined) continue;
      const version = crd.spec.versions.find(({ name }) => name === versionOf(manifest.apiVersion))!;
      const validator = crdValidator(version.schema!.openAPIV3Schema!);
      const { apiVersion: _, kind: __, metadata: ___, ...body } = manifest;
      expect([file, validator(body) || validator.errors]).toEqual([file, true]);
      checked++;
    }
  }
  expect(checked).toBeGreaterThan(50);
});

function filesOf(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesOf(path) : [path];
  });
}

/** Path to text. */
function contents(directory: string): Record<string, string> {
  return Object.fromEntries(
    filesOf(directory)
      .sort()
      .map((file) => [relative(directory, file), readFileSync(file, 'utf8')]),
  );
}

function manifestsIn(text: string): Manifest[] {
  return parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as Manifest);
}

function sorted(manifests: readonly Manifest[]): Manifest[] {
  const key = ({ apiVersion, kind, metadata }: Manifest) =>
    `${apiVersion} ${kind} ${metadata?.namespace ?? ''} ${metadata?.name}`;
  return [...manifests].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
