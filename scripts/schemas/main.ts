/**
 * `npm run schemas -- <folder with CRD files>`: rewrites `schemas/` and everything that is generated from it.
 * Run twice, it writes the same bytes.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readCrds } from './crds';
import { digestFiles } from './digests';

const root = join(__dirname, '../..');

function main(folder: string | undefined): void {
  if (folder === undefined) throw new Error('which folder? npm run schemas -- <folder with CRD files>');
  writeAll(join(root, 'schemas'), digestFiles(readCrds(folder, console.log)));
}

/** Replaces what `folder` holds by `files`. */
function writeAll(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  console.log(
    `${folder}: ${files.size} files, ${[...files.values()].reduce((sum, text) => sum + text.length, 0)} bytes`,
  );
}

main(process.argv[2]);
