import fc from 'fast-check';
import { Lines } from '../../src/checks/lines';
import { readDocuments } from '../../src/checks/source';
import { formatPath } from '../../src/kernel/issue';

function read(text: string) {
  const lines = new Lines(text);
  return [...readDocuments(text)].map(({ index, value, faults }) => ({
    index,
    value,
    faults: faults.map(({ code, offset, path }) => {
      const { line, column } = lines.at(offset);
      return `${code} ${line}:${column} ${formatPath(path)}`.trim();
    }),
  }));
}

function values(text: string): unknown[] {
  return read(text).map(({ value }) => value);
}

function faults(text: string): string[] {
  return read(text).flatMap((document) => document.faults);
}

describe('documents', () => {
  test.each<[string, string, unknown[]]>([
    ['an empty file has none', '', []],
    ['comments alone are none', '# a\n  # b\n', []],
    ['a first separator starts the first', '# a\n---\na: 1\n', [{ a: 1 }]],
    ['an empty one counts', 'a: 1\n---\n---\nb: 2\n', [{ a: 1 }, null, { b: 2 }]],
    ['a separator may have a comment or content', '--- # x\na: 1\n--- {b: 2}\n', [{ a: 1 }, { b: 2 }]],
    ['three dots end one', 'a: 1\n...\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['a directive belongs to the next one', '%YAML 1.2\n---\na: 1\n---\nb: yes\n', [{ a: 1 }, { b: true }]],
    ['dashes inside a block are text', 'a: |\n  ---\n  b\n', [{ a: '---\nb\n' }]],
    ['Windows line ends', 'a: 1\r\n---\r\nb: 2\r\n', [{ a: 1 }, { b: 2 }]],
    ['JSON', '{"a":\n\t[1, "\\/", null]}', [{ a: [1, '/', null] }]],
  ])('%s', (_, text, expected) => {
    expect(values(text)).toEqual(expected);
  });
});

describe('values', () => {
  test.each<[string, string, unknown]>([
    [
      'a key is the text of its value',
      '{yes: 1, 0x10: 2, ~x: 3, 1.50: 4, 2020-01-01: 5}',
      { true: 1, 16: 2, '~x': 3, 1.5: 4, '2020-01-01': 5 },
    ],
    ['quoted scalars stay text', '{"yes": "1", \'on\': \'0x1\'}', { yes: '1', on: '0x1' }],
    ['a merge does not override what follows', '{<<: {a: 1, b: 1}, a: 2}', { a: 2, b: 1 }],
    ['a merge overrides what stands before it, as in go-yaml', '{a: 2, <<: {a: 1}}', { a: 1 }],
    ['of several merged mappings the first wins', '{<<: [{a: 1}, {a: 2, b: 2}]}', { a: 1, b: 2 }],
    ['a quoted << is a key', '{"<<": {a: 1}}', { '<<': { a: 1 } }],
    ['an alias is a copy', '{base: &b {p: 1}, copy: *b}', { base: { p: 1 }, copy: { p: 1 } }],
    ['an alias means the anchor before it', '[&a 1, *a, &a 2, *a]', [1, 1, 2, 2]],
    [
      'tags',
      '[!!str 5, !!int "5", !!binary aGk=, !!set {a}, !mine x, !!timestamp 2020-01-01]',
      ['5', 5, 'hi', { a: null }, 'x', '2020-01-01'],
    ],
  ])('%s', (_, text, expected) => {
    expect(values(text)).toEqual([expected]);
  });

  test('a key named __proto__ is data', () => {
    const [value] = values('{__proto__: {polluted: 1}, constructor: 2}') as [object];
    expect(Object.entries(value)).toEqual([
      ['__proto__', { polluted: 1 }],
      ['constructor', 2],
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('faults have a line, a column and the field', () => {
  test.each<[string, string, string[]]>([
    ['a missing quote', 'spec:\n  a: "x\n', ['yaml-syntax 2:3 .spec.a']],
    ['an unquoted template expression', 'spec:\n  name: {{ .x }}-app\n', ['yaml-syntax 2:17 .spec.name']],
    ['a template expression by itself', 'spec:\n  name: {{ x }}\n', ['yaml-not-json 2:10 .spec.name']],
    ['a tab as indent', 'a:\n\tb: 1\n', ['yaml-syntax 2:1 .a']],
    ['a colon too many', 'list:\n  - ok\n  - a: b: c\n', ['yaml-syntax 3:8 .list[1].a.b']],
    [
      'a duplicate key',
      'a: 1\nb:\n  c: 1\n  c: 2\na: 3\n',
      ['yaml-duplicate-key 4:3 .b.c', 'yaml-duplicate-key 5:1 .a'],
    ],
    ['a duplicate by value', '{1: a, "1": b}', ['yaml-duplicate-key 1:8 ["1"]']],
    ['an unknown anchor', 'a:\n  - *nope\n', ['yaml-syntax 2:5 .a[0]']],
    ['an anchor inside itself', 'a: &a\n  b: *a\n', ['yaml-syntax 2:6 .a.b']],
    ['a merge of no mapping', 'a: 1\n<<: 3\n', ['yaml-syntax 2:1']],
    ['a list as a key', 'a: 1\n? [b]\n: 2\n', ['yaml-not-json 2:3']],
    ['null as a key', 'a:\n  ~: 1\n', ['yaml-not-json 2:3 .a']],
    ['an infinite number', 'a: [1, .inf]', ['yaml-not-json 1:8 .a[1]']],
    ['a wrong tag', 'a: !!int foo', ['yaml-syntax 1:10 .a']],
    ['depth', `${'{a: '.repeat(1500)}1${'}'.repeat(1500)}`, ['yaml-too-deep']],
  ])('%s', (_, text, expected) => {
    expect(faults(text).map((fault, at) => fault.slice(0, expected[at]?.length))).toEqual(expected);
  });

  test('a document after a broken one is read', () => {
    expect(read('a: 1\n---\nb: [\n---\nc: 3\n')).toEqual([
      { index: 0, value: { a: 1 }, faults: [] },
      { index: 1, value: undefined, faults: [expect.stringMatching(/^yaml-syntax [34]:\d+ \.b$/)] },
      { index: 2, value: { c: 3 }, faults: [] },
    ]);
  });

  test('a duplicate key leaves the value readable, the last one winning', () => {
    expect(values('a: 1\na: 2')).toEqual([{ a: 2 }]);
  });
});

describe('hostile text', () => {
  test('an alias bomb is stopped at the alias that sets it off', () => {
    const levels = Array.from(
      { length: 12 },
      (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`,
    );
    expect(faults(['a0: &a0 [x, x, x, x]', ...levels].join('\n'))).toEqual([
      expect.stringMatching(/^yaml-alias-bomb 4:\d+ \.a3\[\d\]$/),
    ]);
  });

  test('a merge bomb is stopped', () => {
    const levels = Array.from({ length: 40 }, (_, at) => `a${at + 1}: &a${at + 1} {<<: [*a${at}, *a${at}], k${at}: 1}`);
    expect(faults(['a0: &a0 {x: 1}', ...levels].join('\n'))).toEqual([expect.stringMatching(/^yaml-alias-bomb /)]);
  });

  test('many aliases of a small anchor are no bomb', () => {
    const text = `a: &a {x: 1}\nlist:\n${'- {n: 1, m: 2, v: *a}\n'.repeat(2000)}`;
    expect(faults(text)).toEqual([]);
  });

  test.each(['[', '{a: ', '- ', '? ', 'a: [', '&a [', '!t ['])('%j without end is refused, not a crash', (piece) => {
    expect(faults(piece.repeat(20_000))).toEqual([expect.stringMatching(/^yaml-(too-deep|syntax) /)]);
  });

  test('a document too large for any cluster is not parsed', () => {
    expect(faults(`a: ${'x'.repeat(6 * 2 ** 20)}\n---\nb: [`)).toEqual([
      'yaml-too-large 1:1',
      expect.stringMatching(/^yaml-syntax 3:/),
    ]);
  });

  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...'\n,:\t -?[]{}#&*!|>\'"%@`~<=\r\ufeff\0'),
    fc.constantFrom(
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '<<: *a\n',
      '&a ',
      '*a',
      '{{ x }}',
      'a: ',
      '  b: ',
      '- ',
      '!!int ',
      '__proto__: 1\n',
    ),
  );

  test('whatever the text, it is read or said to be broken', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        let index = 0;
        for (const document of readDocuments(text)) {
          expect(document.index).toBe(index++);
          expect(document.value !== undefined || document.faults.length > 0).toBe(true);
          for (const { offset } of document.faults) expect(offset >= 0 && offset <= text.length).toBe(true);
          JSON.stringify(document.value);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('JSON is read as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'medium' }), (value) => {
        const expected = JSON.parse(JSON.stringify(value), (_, part) => (Object.is(part, -0) ? 0 : part));
        expect(values(JSON.stringify(value, null, 1))).toEqual([expected]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('places', () => {
  const text = `# head
kind: A
base: &base
  interval: 5x
spec:
  <<: *base
  list:
    - name: one
      value: 1
    -   name: two
  inline: {deep: [1, {x: 2}]}
  'quoted key': 1
  again: *base
`;
  test.each<[string, (string | number)[], [number, number]]>([
    ['the root', [], [2, 1]],
    ['a field is at its key', ['spec', 'list'], [7, 3]],
    ['a list item', ['spec', 'list', 1], [10, 9]],
    ['a field of a list item', ['spec', 'list', 0, 'value'], [9, 7]],
    ['inside a flow', ['spec', 'inline', 'deep', 1, 'x'], [11, 23]],
    ['a quoted key', ['spec', 'quoted key'], [12, 3]],
    ['a merged field is where it is written', ['spec', 'interval'], [4, 3]],
    ['a field of an alias is where it is written', ['spec', 'again', 'interval'], [4, 3]],
    ['a missing field is at its parent', ['spec', 'inline', 'nope'], [11, 3]],
    ['a missing field of a list item is at the item', ['spec', 'list', 1, 'value'], [10, 9]],
    ['a missing field of the root is at the start', ['metadata', 'name'], [2, 1]],
    ['a step into a scalar stays at it', ['kind', 'x', 0], [2, 1]],
  ])('%s', (_, path, [line, column]) => {
    const [document] = readDocuments(text);
    expect(new Lines(text).at(document!.placeOf(path))).toEqual({ line, column });
  });

  test('lines count every kind of line end', () => {
    const lines = new Lines('a\nb\r\nc\rd');
    expect([0, 2, 5, 7].map((offset) => lines.at(offset).line)).toEqual([1, 2, 3, 4]);
  });
});
