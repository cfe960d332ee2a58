import fc from 'fast-check';
import { knownKinds } from '../../src/schema';
import { readProduct } from '../../src/schema/load';
import { parsePattern } from '../../src/schema/pattern';

const products = new Map(knownKinds().map(({ product, release }) => [product, release]));
const patterns = [...products].flatMap(([product, release]) =>
  readProduct(product, release).nodes.map(({ pattern }) => pattern),
);
const distinct = [...new Set(patterns.filter((pattern) => pattern !== undefined))].sort();

/** JavaScript reads these patterns as Go does, but for the inline flag and what a dot and white space are. */
const javaScript = (pattern: string): RegExp =>
  new RegExp(pattern.replace('(?i)', ''), pattern.includes('(?i)') ? 'i' : '');

test('there are patterns', () => expect(distinct.length).toBeGreaterThan(50));

test.each(distinct)('gives the verdict of a backtracking matcher on short ASCII text: %s', (pattern) => {
  const letters = [...new Set(`${pattern.replace(/[\\^$()[\]{}?+*|]/g, '')}aZ0-./:@ \n`)].join('');
  const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 });
  fc.assert(
    fc.property(text, (value) => parsePattern(pattern).test(value) === javaScript(pattern).test(value)),
    { numRuns: 200 },
  );
});

test.each(distinct)('admits what is made to match: %s', (pattern) => {
  let samples: string[] = [];
  try {
    samples = fc.sample(fc.stringMatching(javaScript(pattern), { size: '-1' }), 20);
  } catch {
    return; // fast-check cannot make texts for every pattern
  }
  for (const value of samples) expect([value, parsePattern(pattern).test(value)]).toEqual([value, true]);
});

test('takes time in proportion to the text, where backtracking would not end', () => {
  const started = performance.now();
  for (const pattern of distinct) {
    for (const unit of ['a', '0', '!', '-', 'a.', '0.0m', '/', '\\'])
      parsePattern(pattern).test(`${unit.repeat(20_000)}\n`);
  }
  expect(performance.now() - started).toBeLessThan(15_000);
});

test.each([
  ['a|b', 'xbx', true],
  ['^(?:ab){2,3}$', 'abab', true],
  ['^(?:ab){2,3}$', 'ab', false],
  ['^(?:ab){2,3}$', 'abababab', false],
  ['^a{2,}$', 'aaaa', true],
  ['^a{2}$', 'aaa', false],
  ['^(a*)*$', 'aaab', false],
  ['^(|a)+$', '', true],
  ['^[^\\s]+$', 'a\u00a0b', true],
  ['^.$', '\u{1F600}', true],
  ['^.$', '\n', false],
  ['^[\\d-]+$', '1-2', true],
  ['^\\x41$', 'A', true],
  ['(?i)^abc$', 'aBC', true],
  ['^(?i)(abort|warn)?$', 'WARN', true],
  ['^[]a]$', ']', true],
])('%s on %j: %s', (pattern, text, verdict) => expect(parsePattern(pattern).test(text)).toBe(verdict));

test.each(['(?=a)', '(?P<x>a)', '\\bword', '\\pL', '(a', 'a)', '[a', 'a\\'])(
  'refuses what it cannot read: %s',
  (pattern) => {
    expect(() => parsePattern(pattern)).toThrow(/not supported/);
  },
);
