import fc from 'fast-check';
import {
  type Bytes,
  contentHash,
  contentHashOf,
  formatEntry,
  formatState,
  isSafePath,
  OwnershipState,
  UnreadableState,
} from '../../src/core/ownership';

function bytesOf(text: string | Buffer): Bytes {
  const buffer = Buffer.from(text as string);
  return { size: buffer.length, read: (position, length) => buffer.subarray(position, position + length) };
}

function fileOf(segments: Readonly<Record<string, string>>): string {
  return Buffer.concat([...formatState(Object.keys(segments), (name) => Buffer.from(segments[name]!))]).toString();
}

const entry = (path: string, text = 'x', construct = 'c'): string => formatEntry(path, contentHash(text), construct);
const sample = { prod: entry('prod/a'), dev: entry('dev/a') + entry('dev/b/c') };

test('a state file is JSON with one entry a line, sorted, and every entry line ends alike', () => {
  const text = fileOf({ ...sample, 'dev-2': entry('dev-2/a') });
  const lines = text.split('\n').filter((line) => line.includes('/'));
  expect(lines.map((line) => line.split('"')[1])).toEqual(['dev-2/a', 'dev/a', 'dev/b/c', 'prod/a']);
  expect(lines.every((line) => line.endsWith('],'))).toBe(true);
  expect(JSON.parse(text)).toMatchObject({ 'dev/a': [contentHash('x'), 'c'], version: 1 });
});

test('an empty state file reads', () => {
  expect(new OwnershipState(bytesOf(fileOf({}))).segments()).toEqual([]);
});

test('whatever paths and constructs are written are read back', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((part) => !part.includes('/') && isSafePath(part));
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const file = fc.tuple(path, fc.string({ unit: 'binary' }));
  const tree = fc.dictionary(name, fc.array(file, { minLength: 1, maxLength: 4 }), { maxKeys: 4 });
  fc.assert(
    fc.property(tree, (segments) => {
      const lines = Object.fromEntries(
        Object.entries(segments).map(([segment, files]) => [
          segment,
          files.map(([path, construct]) => entry(`${segment}/${path}`, path, construct)).join(''),
        ]),
      );
      const text = fileOf(lines);
      expect(() => JSON.parse(text)).not.toThrow();
      const state = new OwnershipState(bytesOf(text));
      expect(state.sorted).toBe(true);
      for (const [segment, files] of Object.entries(segments)) {
        const wanted = new Map(files.map(([path]) => [`${segment}/${path}`, contentHash(path)]));
        expect(state.load(segment)).toEqual(wanted);
        expect(state.linesOf(segment).toString()).toBe(lines[segment]);
      }
    }),
  );
});

test('lines that a merge left out of order are read, and known to be so', () => {
  const text = fileOf({ dev: entry('dev/a') + entry('prod/a') + entry('dev/b') });
  const state = new OwnershipState(bytesOf(text));
  expect(state.sorted).toBe(false);
  expect([...state.load('dev').keys()]).toEqual(['dev/a', 'dev/b']);
  expect([...state.load('prod').keys()]).toEqual(['prod/a']);
});

test('a state file larger than a read is found whole, whatever a read cuts through', () => {
  const paths = Array.from({ length: 20_000 }, (_, index) => `dev/app-${index % 97}/é-${index}.yaml`).sort();
  const text = fileOf({ dev: paths.map((path) => entry(path)).join(''), prod: entry('prod/a') });
  const state = new OwnershipState(bytesOf(text));
  expect([...state.load('dev').keys()]).toEqual(paths);
  expect(state.load('prod').size).toBe(1);
  expect(contentHashOf(bytesOf(text))).toBe(contentHash(text));
});

test('any truncation, and any line that is no entry, is refused and never read as less', () => {
  const text = fileOf(sample);
  for (let length = 0; length < text.length; length++) {
    expect(() => new OwnershipState(bytesOf(text.slice(0, length)))).toThrow(UnreadableState);
  }
  for (const line of [
    '<<<<<<< HEAD',
    '',
    'null,',
    '"dev":["0123456789abcdef","c"],',
    '"../a":["0123456789abcdef","c"],',
  ]) {
    expect(() => new OwnershipState(bytesOf(text.replace('"dev/a"', `${line}\n"dev/a"`)))).toThrow(UnreadableState);
  }
});

test('random damage is refused or read, and never leads to an unsafe path or another error', () => {
  const text = Buffer.from(fileOf(sample));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(text.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (edits) => {
      const damaged = Buffer.from(text);
      for (const [at, byte] of edits) damaged[at] = byte;
      try {
        const state = new OwnershipState(bytesOf(damaged));
        for (const segment of state.segments()) {
          for (const path of state.load(segment).keys()) expect(isSafePath(path)).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof UnreadableState)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['dev/a', true],
  ['dev/.gitignore', true],
  ['dev/..a/a..', true],
  ['dev/./a', false],
  ['dev/../a', false],
  ['..', false],
  ['/dev/a', false],
  ['dev//a', false],
  ['dev/', false],
  ['dev\\a', false],
  ['dev/\0', false],
  ['dev/.GIT/config', false],
  ['dev/\uD800', false],
  ['.cdk8s-gitops.json', false],
  ['.cdk8s-gitops.staging/record', false],
  ['', false],
])('isSafePath(%j) is %s', (path, safe) => {
  expect(isSafePath(path)).toBe(safe);
});
