import fc from 'fast-check';
import { parse } from 'yaml';
import { emit } from '../../src/core/emit';
import { jsonProblems, NotJsonError } from '../../src/kernel/json';
import { trapStrings } from './emit-traps';

const alphabet = [
  ...' \n\t"\'\\:#-?|>%@&*!{}[],.+_=<~`0189exobaTZ\r\0\x85\u2028\xa0\ufeff\uffff\x7fé',
  '😀',
  '---',
  '\n\n',
  ': ',
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 12 }),
  fc
    .tuple(fc.constantFrom(...trapStrings.filter((trap) => trap.length < 100)), fc.constantFrom('', ...alphabet))
    .map((parts) => parts.join('')),
  fc.string({ unit: fc.constantFrom(...'0123456789+-._:eExXoObBabfTZ '), maxLength: 10 }),
);
// `__proto__` is left to a test of its own: as a literal it would set the prototype of the expected value.
const key = text.filter((candidate) => candidate !== '__proto__');
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

const runs = { numRuns: 1500 };

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, member]) => [name, shuffled(member)]));
}

test.each(['1.1', '1.2'] as const)('YAML %s reads any JSON back', (version) => {
  fc.assert(
    fc.property(json, (value) => {
      expect(parse(emit(value), { version })).toEqual(value);
    }),
    runs,
  );
});

test('the same value gives the same bytes, in whatever order its keys were set', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(emit(shuffled(value))).toBe(emit(value));
    }),
    runs,
  );
});

test('unsorted, the same value is read back', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(parse(emit(value, { sortKeys: false }))).toEqual(value);
    }),
    runs,
  );
});

test('a comment changes no value', () => {
  fc.assert(
    fc.property(text, fc.string({ minLength: 1 }), (value, comment) => {
      fc.pre(!value.includes('\n'));
      const document = { a: [value, 1], b: value };
      expect(
        parse(
          emit(document, {
            comments: new Map([
              ['/a/0', comment],
              ['/b', comment],
            ]),
          }),
        ),
      ).toEqual(document);
    }),
    runs,
  );
});

test('anything at all is either written or refused with its paths', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withSparseArray: true,
    withBoxedValues: true,
    withUnicodeString: true,
  } as fc.ObjectConstraints);
  fc.assert(
    fc.property(anything, (value) => {
      const problems = jsonProblems(value);
      try {
        expect(emit(value).endsWith('\n')).toBe(true);
        expect(problems).toEqual([]);
      } catch (error) {
        if (!(error instanceof NotJsonError)) throw error;
        expect(error.problems).toEqual(problems);
        expect(problems).not.toEqual([]);
      }
    }),
    runs,
  );
});
