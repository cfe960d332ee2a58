/** Every case of the shared corpus, compared as its README says: as sets, without nulls and empty values. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type RenderInputs, renderApplicationSet } from '../../../src/argocd/render';
import { folderTree } from '../../../src/checks/folder';
import type { Manifest } from '../../../src/kernel/manifest';
import { asSet } from './as-set';

const CORPUS = join(__dirname, '../../../../shared/corpus/appset-render');
const cases = existsSync(CORPUS) ? readdirSync(CORPUS).sort() : [];
if (cases.length === 0) console.warn('skipped: ../shared/corpus/appset-render is not there');

const documents = (file: string) => parseAllDocuments(readFileSync(file, 'utf8')).map((one) => one.toJS());

function inputsOf(folder: string, fileGlobbing: 'greedy' | 'doublestar'): RenderInputs {
  const [inputs] = documents(join(folder, 'inputs.yaml'));
  return {
    clusters: inputs?.clusters === undefined ? [] : documents(join(folder, inputs.clusters)),
    repositories: (inputs?.repos ?? []).map(({ repoURL, path }: Record<string, string>) => ({
      repoURL,
      files: folderTree(join(folder, path!)),
    })),
    fileGlobbing,
  };
}

const run = cases.length === 0 ? test.skip : test;
const eachWay = cases.flatMap((name) => [[name, 'greedy'] as const, [name, 'doublestar'] as const]);

run.each(eachWay)('%s (%s)', (name, fileGlobbing) => {
  const folder = join(CORPUS, name);
  const [applicationSet] = documents(join(folder, 'appset.yaml')) as Manifest[];
  const { applications, problems, refused } = renderApplicationSet(applicationSet!, inputsOf(folder, fileGlobbing));
  const errorFile = join(folder, 'expected-error.txt');
  if (existsSync(errorFile)) {
    const expected = readFileSync(errorFile, 'utf8').trim();
    expect({ refused, messages: problems.map(({ message }) => message).join('\n') }).toEqual({
      refused: true,
      messages: expect.stringContaining(expected),
    });
    return;
  }
  const expected = documents(join(folder, 'expected.yaml'));
  const wanted = expected.flatMap((one) => (Array.isArray(one) ? one : [one])).filter((one) => one !== null);
  expect(refused ? problems.map(({ message }) => message) : asSet(applications)).toEqual(asSet(wanted));
});
