/** That the page is the rows, and the rows are the source documents. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Row } from './row';
import { rows } from './rows';
import { TABLE, table } from './table';

const FOLDER = join(__dirname, '../../../shared/seeds');
const here = existsSync(FOLDER);
if (!here) console.warn('skipped: ../shared/seeds is missing');
const testWithDocuments = here ? test : test.skip;

test('the page is the rows', () => {
  expect(readFileSync(TABLE, 'utf8')).toBe(table());
});

test('no row stands twice', () => {
  const titles = rows.map(({ document, lines, kind, name }) => [document, lines, kind, name].join(' '));
  expect(new Set(titles).size).toBe(rows.length);
});

function linesOf(document: string): string[] {
  const name = readdirSync(FOLDER).find((file) => file.startsWith(document))!;
  return readFileSync(join(FOLDER, name), 'utf8').split('\n');
}

/** First and last line, counted from 1. */
function range({ lines }: Row): readonly [number, number] {
  const [first, last = first] = lines.split('–').map(Number) as [number, number?];
  return [first, last];
}

function textOf(row: Row): string {
  const [first, last] = range(row);
  return linesOf(row.document)
    .slice(first - 1, last)
    .join('\n');
}

function rowsOf(document: string): Row[] {
  return rows.filter((row) => row.document === document);
}

function rowsAt(document: string, line: number): Row[] {
  return rowsOf(document).filter((row) => range(row)[0] <= line && line <= range(row)[1]);
}

testWithDocuments.each(['000', '001'])('%s: every object is in the rows, as it is', (document) => {
  const starts = linesOf(document).flatMap((text, index) => (text.startsWith('apiVersion:') ? [index + 1] : []));
  const objects = rowsOf(document).filter((row) => row.seed !== undefined);
  expect(objects.map((row) => range(row)[0])).toEqual(starts);
  for (const row of objects) expect(row.seed).toEqual(parse(textOf(row)));
});

testWithDocuments('001: every block of YAML is in the rows', () => {
  const lines = linesOf('001');
  const blocks = lines.flatMap((text, index) => (text === '```yaml' ? [index + 1] : []));
  const covered = blocks.filter((fence) => {
    const end = lines.indexOf('```', fence);
    return rowsOf('001').some((row) => range(row)[0] > fence && range(row)[1] <= end);
  });
  expect(covered).toEqual(blocks);
});

testWithDocuments('003: every line of YAML is in one row', () => {
  const bare = linesOf('003').flatMap((text, index) =>
    /^(- )?[A-Za-z][\w./-]*:( |$)/.test(text) && rowsAt('003', index + 1).length !== 1 ? [`${index + 1}: ${text}`] : [],
  );
  expect(bare).toEqual([]);
});

testWithDocuments('004: every object and part of an object is in the rows, by kind and name', () => {
  for (const [index, text] of linesOf('004').entries()) {
    const here = rowsAt('004', index + 1);
    const objects = [...text.matchAll(/apiVersion: \S+ kind: (\S+) metadata: name: (\S+)/g)];
    const named = here.filter(
      ({ seed, name, part }) => seed !== undefined && (part?.['kind'] ?? !name.startsWith('(')),
    );
    expect(named.map(({ kind, name }) => `${kind} ${name}`)).toEqual(
      objects.map(([, kind, name]) => `${kind} ${name}`),
    );
    if (/\b(spec|metadata|syncPolicy|connectorRef|conflictResolution): /.test(text))
      expect([text, here]).not.toEqual([text, []]);
  }
});

testWithDocuments.each(['003', '004'])(
  '%s: what the rows hold are the words of the document, in its order',
  (document) => {
    for (const place of new Set(rowsOf(document).map(({ lines }) => lines))) {
      const group = rowsOf(document).filter(({ lines }) => lines === place);
      const parts = textOf(group[0]!)
        .split(/(?:^|\s)---\s/)
        .filter((text) => text.trim() !== '');
      expect(parts).toHaveLength(group.length);
      for (const [index, { seed, part = seed }] of group.entries()) {
        if (part === undefined) continue;
        const words = wordsIn(part).map(squashed);
        expect([words, isWords(squashed(parts[index]!), words)]).toEqual([words, true]);
      }
    }
  },
);

/** Keys and values, in order. */
function wordsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...wordsIn(inner)]);
}

/** Whether the text is the words from the given one on, with nothing but comments between them. A comment may hold words. */
function isWords(text: string, words: readonly string[], at = 0, word = 0): boolean {
  const open = text[at] === '#';
  if (word === words.length) return at === text.length || open;
  const wanted = words[word]!;
  for (let next = text.indexOf(wanted, at); next >= 0; next = text.indexOf(wanted, next + 1)) {
    if (next > at && !open) return false;
    if (isWords(text, words, next + wanted.length, word + 1)) return true;
  }
  return false;
}

/** Without what YAML's styles differ in. */
function squashed(text: string): string {
  return text.replace(/[\s"'\-:|>{}[\],]/g, '');
}
