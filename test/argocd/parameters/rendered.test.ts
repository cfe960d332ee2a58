/**
 * What a template with typed parameters becomes. `rendered.json` holds the Applications that Argo CD's own code makes of
 * the sets: written by the program in ../render/vectors, from the specs that `WRITE_CASES=<file> npx jest rendered`
 * writes. Here they are rendered offline, and compared.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { isPlainObject } from '../../../src/kernel/json';
import { files, sets, world } from './sets';

const RENDERED: Readonly<Record<string, readonly unknown[]>> = JSON.parse(
  readFileSync(join(__dirname, 'rendered.json'), 'utf8'),
);

/** Go leaves out what is empty or false. */
function lean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lean);
  if (!isPlainObject(value)) return value;
  const fields = Object.entries(value).map(([key, inner]) => [key, lean(inner)] as const);
  return Object.fromEntries(fields.filter(([, inner]) => !isEmpty(inner)));
}

function isEmpty(value: unknown): boolean {
  const none = value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0);
  return none || (isPlainObject(value) && Object.keys(value).length === 0);
}

test.each(Object.entries(sets))('%s becomes what Argo CD makes of it', (name, make) => {
  const { applications, problems } = make().render({
    clusters: world,
    repositories: { 'https://git.example.com/r.git': files },
  });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const byName = (all: readonly unknown[]) =>
    Object.fromEntries(all.map((one) => [(one as { metadata: { name: string } }).metadata.name, lean(one)]));
  expect(byName(applications)).toEqual(byName(RENDERED[name]!));
});

const writeTo = process.env['WRITE_CASES'];
(writeTo === undefined ? test.skip : test)('the cases are written for Argo CD', () => {
  const cases = Object.entries(sets).map(([name, make]) => ({ name, spec: make().manifest()['spec'] }));
  const clusters = world.map(({ name, server, project, labels, annotations }, index) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `c${index}`,
      namespace: 'argocd',
      labels: { 'argocd.argoproj.io/secret-type': 'cluster', ...labels },
      annotations,
    },
    stringData: { name, server, ...(project !== undefined && { project }) },
  }));
  writeFileSync(writeTo!, stringify({ clusters, files, cases }));
});
