/** Every YAML reader at hand, as a function of several documents. A reader that is not installed is named and skipped. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { parse } from 'yaml';

export interface Reader {
  readonly name: string;
  readonly installed: boolean;
  /** The values of the documents; one that cannot be read gives the reader's words instead. */
  readonly read: (documents: readonly string[]) => unknown[];
}

const PYTHON = `
import json, sys, yaml
def read(text):
    try: return yaml.safe_load(text)
    except Exception as error: return 'unreadable: ' + str(error)
print(json.dumps([read(text) for text in sys.stdin.buffer.read().decode().split('\\0')], default=str))
`;

function each(read: (text: string) => unknown): Reader['read'] {
  return (documents) =>
    documents.map((text) => {
      try {
        return read(text);
      } catch (error) {
        return `unreadable: ${error instanceof Error ? error.message : error}`;
      }
    });
}

function run(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(command, args, { input, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function works(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}

/**
 * kubectl reads any object it can name; each document becomes the `value` of one. One start reads them all, but one
 * unreadable document hides the rest, so its words then stand for every one of them.
 */
function readByKubectl(documents: readonly string[]): unknown[] {
  const folder = mkdtempSync(join(tmpdir(), 'emit-'));
  try {
    const file = join(folder, 'objects.yaml');
    const objects = documents.map((text, index) => {
      const body = text.replace(/^(?=.)/gm, '  ');
      return `apiVersion: trap.example.com/v1\nkind: Trap\nmetadata:\n  name: t${index}\nvalue:\n${body}`;
    });
    writeFileSync(file, objects.join('---\n'));
    const output = run('kubectl', ['label', '--local', '-f', file, '-o', 'json', 'read=yes']);
    // kubectl prints one object after the other, each ending in a brace in the first column.
    return output
      .split(/^(?=\{)/m)
      .filter((text) => text.trim() !== '')
      .map((text) => (JSON.parse(text) as { value: unknown }).value);
  } catch (error) {
    return documents.map(() => `unreadable: ${error}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const readers: readonly Reader[] = [
  { name: 'yaml 1.1', installed: true, read: each((text) => parse(text, { version: '1.1' })) },
  { name: 'yaml 1.2', installed: true, read: each((text) => parse(text, { version: '1.2' })) },
  { name: 'js-yaml', installed: true, read: each((text) => load(text)) },
  {
    name: 'PyYAML (python3)',
    installed: works('python3', ['-c', 'import yaml']),
    read: (documents) => JSON.parse(run('python3', ['-c', PYTHON], documents.join('\0'))) as unknown[],
  },
  { name: 'Go (kubectl)', installed: works('kubectl', ['version', '--client']), read: readByKubectl },
];
