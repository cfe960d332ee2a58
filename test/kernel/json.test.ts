import { createContext, runInContext } from 'node:vm';
import {
  describe as describeValue,
  hasLoneSurrogate,
  isPlainObject,
  jsonProblems,
  NotJsonError,
} from '../../src/kernel/json';

test.each<[unknown, string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  [Number.NaN, 'NaN'],
  [-Infinity, '-Infinity'],
  [12n, 'the bigint 12n'],
  [true, 'true'],
  ['a"b', '"a\\"b"'],
  [Symbol('x'), 'Symbol(x)'],
  [() => 1, 'a function'],
  [function named() {}, 'the function "named"'],
  [[], 'a list'],
  [{}, 'a mapping'],
  [new Map(), 'a Map'],
  [new Error('x'), 'an Error'],
  [new (class {})(), 'an object of a class'],
])('describes a value: %#', (value, words) => {
  expect(describeValue(value)).toBe(words);
});

test('describes hostile values on one short line', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = Object.create({
    get constructor() {
      throw new Error('no');
    },
  });
  for (const value of [proxy, throwing, 'x'.repeat(1e7), 10n ** 1000n, Symbol('\n'.repeat(500)), Object.create({})]) {
    expect(describeValue(value).length).toBeLessThan(100);
  }
});

test('a mapping of another realm is a mapping; an instance of a class is not', () => {
  const foreign = runInContext('({ mapping: {}, map: new Map() })', createContext({})) as Record<string, unknown>;
  expect(isPlainObject(foreign['mapping'])).toBe(true);
  expect(isPlainObject(foreign['map'])).toBe(false);
  expect(isPlainObject(Object.create(null))).toBe(true);
  expect(isPlainObject(Object.create({}))).toBe(false);
  expect(isPlainObject([])).toBe(false);
  expect(isPlainObject(null)).toBe(false);
});

test('tells half a surrogate pair from a whole one', () => {
  expect(['😀', 'a', '\ufffd'].some(hasLoneSurrogate)).toBe(false);
  expect(['\ud83d', '\ude00', '\ude00\ud83d', '😀\ud83d'].every(hasLoneSurrogate)).toBe(true);
});

test('finds nothing wrong with JSON, nor with absent members and one object in two places', () => {
  const shared = { a: [1] };
  expect(jsonProblems({ a: shared, b: [shared, 'x', 1.5, true, null], c: undefined })).toEqual([]);
});

test('names every place of a bad value that is shared, and each fix', () => {
  const shared = { when: new Date(0) };
  expect(jsonProblems({ a: shared, b: [shared] })).toEqual([
    { path: ['a', 'when'], got: 'a Date', fix: 'use .toISOString()' },
    { path: ['b', 0, 'when'], got: 'a Date', fix: 'use .toISOString()' },
  ]);
});

test('looks once at an object that is in many places', () => {
  let value: unknown = [1];
  for (let level = 0; level < 60; level++) value = [value, value];
  expect(jsonProblems(value)).toEqual([]);
});

test('ends after a thousand problems, so that one in a shared part does not multiply', () => {
  let value: unknown = [Number.NaN];
  for (let level = 0; level < 60; level++) value = [value, value];
  expect(jsonProblems(value)).toHaveLength(1000);
});

test('an object that is fine near the root may still be too deep elsewhere', () => {
  let shared: unknown = 1;
  for (let level = 0; level < 500; level++) shared = [shared];
  let deep = shared;
  for (let level = 0; level < 501; level++) deep = { deep };
  expect(jsonProblems([shared, deep]).map(({ got }) => got)).toEqual(['nesting deeper than 1000 levels']);
});

test('names the ancestor that a cycle goes back to', () => {
  const inner: Record<string, unknown> = {};
  const root = { spec: { inner } };
  inner['back'] = root.spec;
  inner['top'] = root;
  expect(jsonProblems(root).map(({ path, got }) => [path, got])).toEqual([
    [['spec', 'inner', 'back'], 'a cycle: the same object as .spec'],
    [['spec', 'inner', 'top'], 'a cycle: the same object as the root'],
  ]);
});

test('stops at a thousand levels', () => {
  let value: unknown = 1;
  for (let level = 0; level < 100_000; level++) value = [value];
  expect(jsonProblems(value)).toHaveLength(1);
});

test('the message shows ten problems and counts the rest', () => {
  const { message } = new NotJsonError(jsonProblems(Array(25).fill(Number.NaN)));
  expect(message.split('\n')).toHaveLength(12);
  expect(message).toMatch(/^not JSON:\n {2}\[0\]: NaN; use a finite number/);
  expect(message).toMatch(/and 15 more$/);
});
