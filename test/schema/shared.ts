/** Test data that lies beside a checkout, not in it. Where it is missing, its tests are skipped aloud. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../../src/kernel/manifest';

const folder = join(__dirname, '../../../shared');

export function sharedPath(path: string): string {
  return join(folder, path);
}

/** `test`, or `test.skip` where `path` is missing. */
export function testWith(path: string): jest.It {
  if (existsSync(sharedPath(path))) return test;
  console.warn(`skipped: ../shared/${path} is missing`);
  return test.skip;
}

export interface SharedFile {
  readonly name: string;
  readonly text: string;
  readonly manifests: readonly Manifest[];
}

/** The YAML files below a shared folder; none where it is missing. */
export function sharedFiles(path: string): SharedFile[] {
  if (!existsSync(sharedPath(path))) return [];
  const names = readdirSync(sharedPath(path), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.ya?ml$/.test(name),
  );
  return names.sort().map((name) => {
    const text = readFileSync(join(sharedPath(path), name), 'utf8');
    return { name, text, manifests: parse(text) };
  });
}

function parse(text: string): Manifest[] {
  const documents = parseAllDocuments(text);
  return documents
    .flatMap((document) => (document.errors.length > 0 ? [] : [document.toJS() as Manifest | null]))
    .filter((value) => value !== null);
}
