/**
 * `npm run schemas -- <folder with CRD files>`: rewrites `schemas/` and everything that is generated from it.
 * Run twice, it writes the same bytes.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCrds } from './crds';
import { digestFiles } from './digests';
import { generatedFiles } from './generate';

const root = join(__dirname, '../..');

function main(folder: string | undefined): void {
  if (folder === undefined) throw new Error('which folder? npm run schemas -- <folder with CRD files>');
  const digests = digestFiles(readCrds(folder, console.log));
  for (const old of ['schemas', 'src/schema/generated']) rmSync(join(root, old), { recursive: true, force: true });
  writeAll('schemas', new Map([...digests].map(([path, text]) => [`schemas/${path}`, text])));
  writeAll('generated code', generatedFiles());
}

function writeAll(what: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  console.log(`${what}: ${files.size} files, ${[...files.values()].reduce((sum, text) => sum + text.length, 0)} bytes`);
}

main(process.argv[2]);
