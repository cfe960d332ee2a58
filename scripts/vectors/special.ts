/** Values that trip printers and parsers: YAML, versions, regular expressions, formats, dates, numbers. */
import type { VectorCase } from './cases';
import { Dice } from './random';

const PIECES = [
  'a',
  'b',
  'key',
  ' ',
  '  ',
  '\n',
  '\t',
  ':',
  ': ',
  '#',
  ' #',
  '-',
  '- ',
  '?',
  '? ',
  ',',
  '[',
  ']',
  '{',
  '}',
  '&',
  '*',
  '!',
  '|',
  '>',
  "'",
  '"',
  '%',
  '@',
  '`',
  '\\',
  '~',
  'null',
  'true',
  'yes',
  'y',
  'on',
  '1',
  '0',
  '12',
  '1.5',
  '1e3',
  '0x1f',
  '010',
  '0b1',
  '_',
  '.',
  '.inf',
  '2001-01-01',
  '12:30',
  '<<',
  '=',
  '---',
  '...',
  'é',
  '世',
  '😀',
  '\u00a0',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\r',
  'word word word word word word word word',
  'looooooooooooooooooooooooooooong',
] as const;

export function randomText(dice: Dice, most = 6): string {
  return Array.from({ length: dice.below(most) }, () => dice.pick(PIECES)).join('');
}

function randomValue(dice: Dice, depth: number): unknown {
  switch (dice.below(depth > 3 ? 5 : 9)) {
    case 0:
      return dice.pick([0, 1, -1, 1.5, 1e6, 1e21, 1e-7, 123456789012, 0.1, 1e20, -0.000001, 4294967296]);
    case 1:
      return dice.pick([true, false, null]);
    case 5:
    case 6:
      return Array.from({ length: dice.below(4) }, () => randomValue(dice, depth + 1));
    case 7:
    case 8:
      return Object.fromEntries(
        Array.from({ length: dice.below(4) }, () => [randomText(dice, 4), randomValue(dice, depth + 1)]),
      );
    default:
      return randomText(dice);
  }
}

/** Values written as YAML and read back. */
export function yamlCases(seed: number, count: number): VectorCase[] {
  const dice = new Dice(seed);
  return Array.from({ length: count }, () => ({
    t: '{{toYaml .v}}|{{toJson .v}}',
    d: { v: randomValue(dice, 0) },
    f: 'argo' as const,
  }));
}

/** Every text alone: as a value, as a key, and read as YAML. */
export function yamlTexts(seed: number, count: number): VectorCase[] {
  const dice = new Dice(seed);
  const t =
    '{{toYaml .v}}|{{toYaml (dict .v 1 "l" (list .v))}}|{{.v | quote}}|{{printf "%q %+q %#q %x" .v .v .v .v}}|{{js .v}}|{{urlquery .v}}|{{toJson .v}}';
  return Array.from({ length: count }, () => ({ t, d: { v: randomText(dice, 5) }, f: 'argo' as const }));
}

const SCALARS =
  '1 01 1_000 0x1F 0o17 0b11 1.5 1e3 .5 5. +1 -1 -.5 1e400 .inf -.INF .nan ~ null Null yes No on OFF y N true TRUE 2001-01-01 2001-01-01T00:00:00Z 12:30:45 1:2 0777 09 +0x1 -0b1 0x 1__0 "a" \'b\' abc a:b a#b <<'.split(
    ' ',
  );

export function yamlReads(): VectorCase[] {
  const one = SCALARS.map((scalar) => `a: ${scalar}\nl: [${scalar}]\n`);
  const documents = [
    ...one,
    'a:\n  b:\n  - 1\n  - c: d\n',
    'a: |\n  x\n   y\n\nb: >-\n  p\n  q\n\n  r\n',
    '{a: [1, {b: c}], "d": \'e\'}',
    '# c\na: 1 # d\n',
    'a: "x\\ty\\u00e9"\n',
    'a: &x [1]\nb: *x\n',
    'a: 1\n---\nb: 2\n',
    '---\na: 1\n...\n',
    'a: !!str 1\nb: !!int "2"\nc: !!float 3\n',
    'a: 1\na: 2\n',
    'a: [1,\n 2]\n',
    'a:\n',
    '? a\n: b\n',
    'a: x\n  y\n',
    "a: 'it''s'\n",
    'a: b: c\n',
    'a: [1\n',
    '\ta: 1\n',
    'a: *x\n',
    '~: 1\n',
    'on: 1\n1.0: x\n',
  ];
  return documents.map((v) => ({ t: '{{fromYaml .v | toJson}}', d: { v }, f: 'argo' as const }));
}

const VERSIONS =
  '1.2.3 v1.2.3 1.2 1 0.0.1 0.1.0 0.0.0 2.0.0 1.2.3-beta 1.2.3-beta.2 1.2.3-beta.11 1.2.3+m 1.4.9 1.10.0 2.1.0-rc.1 1.2.4-a 0.2.3 10.0.0'.split(
    ' ',
  );
const CONSTRAINTS =
  '1.2.3|=1.2.3|!=1.2.3|>1.2.3|<1.2.3|>=1.2.3|<=1.2.3|=>1.2|=<1.2|~1.2.3|~1.2|~1|~>1.2|^1.2.3|^1.2|^1|^0.2|^0.0.1|^0.0|^0|*|x|1.x|1.2.x|1.2.*|>1|>1.2|<=1|<=1.2|!=1|!=1.2|!=1.x|>=1.2.3-beta|^1.2.3-beta|~1.2.3-beta.2|>1.0, <2.0|>1.0 <2.0|>=1.0,<1.3|1.2 - 1.4.5|1.2.3-a - 2|^1 || ^2|<1 || >=2.0.0-0|>= 1.2 , < 1.4|v1.2|=v1|1.2.3 || |>=1.2.3+m| 1.2|^x|!=*|~0|~0.0|>*|1.2.3.4|a|>>1|1,2|1 2|~1.2.x-a'.split(
    '|',
  );

export function versionCases(): VectorCase[] {
  return CONSTRAINTS.map((v) => ({
    t: `{{range .w}}{{semverCompare $.v .}} {{end}}`,
    d: { v, w: VERSIONS },
    f: 'argo' as const,
  }));
}

const REGEX_PIECES = [
  'a',
  'b',
  'ab',
  '.',
  '[ab]',
  '[^a]',
  '\\w',
  '\\d',
  '\\s',
  '\\b',
  '^',
  '$',
  '(a|b)',
  '(a|ab)(c|bcd)?',
  '(?:ab)',
  '(?P<n>a)',
  '(?i)',
  'x',
  '[[:alpha:]]',
  '\\pL',
  'é',
  '(a*)',
  '(|a)',
  '\\B',
  '(?m)',
  '(?s:.)',
  '\\.',
  '[a-c]',
];
const REPEATS = ['', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,1}?', '{2,}'];
const SUBJECTS = ['', 'a', 'ab', 'aab b', 'abcabc', 'xAbBa', 'é a1 b', 'aaa\nbbb\n', 'foo bar', 'ABC abc 123', 'bcdab'];

export function regexCases(seed: number, count: number): VectorCase[] {
  const dice = new Dice(seed);
  const t =
    '{{$p := .p}}{{range .s}}{{regexFindAll $p . -1 | toJson}} {{regexReplaceAll $p . "<$0|$1|${n}>"}} {{regexSplit $p . -1 | toJson}};{{end}}';
  return Array.from({ length: count }, () => {
    let p = Array.from({ length: 1 + dice.below(4) }, () => dice.pick(REGEX_PIECES) + dice.pick(REPEATS)).join('');
    if (dice.below(4) === 0) p += `|${dice.pick(REGEX_PIECES)}`;
    return { t, d: { p, s: SUBJECTS }, f: 'argo' as const };
  });
}

const FLAGS = ['', '', '+', '-', ' ', '0', '#', '+0', '-0', '# '];
const WIDTHS = ['', '', '1', '5', '8', '.2', '5.1', '.0', '8.3', '20', '.10'];
const VERBS = [...'vdsqxXtfgeEGcUboTF'];
const OPERANDS = [
  '1',
  '0',
  '-5',
  '65',
  '255',
  '1.5',
  '0.0',
  '-2.25',
  '1e6',
  '1e21',
  '123456.789',
  '1e-7',
  '"abc"',
  '"é世"',
  '""',
  'true',
  'nil',
  '.l',
  '.m',
  '.nums',
  '.mixed',
  '.u',
  '(list 1 nil "a")',
  '(dict "k" 1)',
  '(add 1 2)',
  '100000.0',
  '0.5',
  '2.5',
  '9.995',
  '1e100',
];

export function formatCases(seed: number, count: number): VectorCase[] {
  const dice = new Dice(seed);
  return Array.from({ length: count }, () => {
    const verbs = Array.from(
      { length: 1 + dice.below(3) },
      () => `%${dice.pick(FLAGS)}${dice.pick(WIDTHS)}${dice.pick(VERBS)}`,
    );
    const operands = verbs.map(() => dice.pick(OPERANDS));
    return { t: `{{printf ${JSON.stringify(verbs.join('|'))} ${operands.join(' ')}}}`, f: 'argo' as const };
  });
}

const NUMBERS = [
  '1',
  '0',
  '-3',
  '2.5',
  '-0.1',
  '"7"',
  '"1.5"',
  '"x"',
  '1e10',
  '0.30000000000000004',
  '123456789.123',
  'true',
  '.n',
  '"0x10"',
  '1e-9',
  '99999999999',
  '"1e3"',
  '3',
  '10',
];
const NUMERIC =
  'add sub mul div mod add1 addf subf mulf divf add1f max min maxf minf ceil floor int int64 float64 toDecimal toString'.split(
    ' ',
  );

export function numberCases(seed: number, count: number): VectorCase[] {
  const dice = new Dice(seed);
  return Array.from({ length: count }, () => {
    const name = dice.pick(NUMERIC);
    const single = /^(add1|add1f|ceil|floor|int|int64|float64|toDecimal|toString)$/.test(name);
    const operands = Array.from({ length: single ? 1 : 2 + (/^(sub|div|mod)$/.test(name) ? 0 : dice.below(2)) }, () =>
      dice.pick(NUMBERS),
    );
    return {
      t: `{{${name} ${operands.join(' ')}}} {{round ${operands[0]} ${dice.below(4)}}}`,
      f: 'argo' as const,
      d: { n: null },
    };
  });
}

const LAYOUTS = [
  '2006-01-02',
  '2006-01-02T15:04:05Z07:00',
  'Jan _2 2006',
  'January 2, 2006',
  '3:04PM',
  '15:04:05.000',
  '02/01/06',
  'Mon 2',
  '20060102150405',
  '2006-01-02 15:04:05 -0700',
  '2006-1-2 3:4:5 pm',
  '06-__2 002',
  'MST 15h',
  'Janet 2',
  '_2006',
];

export function dateCases(): VectorCase[] {
  const moments = [0, 1, 1e9, 1583280000, 951782400, 4102444799, -1, -86400 * 366];
  return LAYOUTS.flatMap((layout) => [
    ...moments.map((at) => ({
      t: `{{$f := ${JSON.stringify(layout)}}}{{$s := date $f ${at}}}{{$s}} {{toDate $f $s}} {{dateInZone "15:04 -0700" ${at} "Asia/Kolkata"}} {{dateInZone "2006-01-02" ${at} "America/Los_Angeles"}}`,
      f: 'argo' as const,
    })),
    ...['2020-02-29', 'Feb 29 2019', '', '12:61PM', '2020-02-29T25:00:00Z', '2020-02-29T01:02:03+01:30', 'Mon 32'].map(
      (text) => ({ t: `{{mustToDate ${JSON.stringify(layout)} ${JSON.stringify(text)}}}`, f: 'argo' as const }),
    ),
  ]);
}

export function wordCases(seed: number, count: number): VectorCase[] {
  const dice = new Dice(seed);
  const pieces = [
    'a',
    'B',
    'Foo',
    'HTTP',
    'x1',
    '2',
    '12',
    '_',
    '-',
    ' ',
    '.',
    '!',
    'é',
    'É',
    '世',
    'ß',
    '__',
    '😀',
    '\t',
    'ǆ',
    "'",
  ];
  const t =
    '{{snakecase .}}|{{kebabcase .}}|{{camelcase .}}|{{title .}}|{{untitle .}}|{{swapcase .}}|{{upper .}}|{{lower .}}|{{initials .}}|{{nospace .}}|{{wrap 4 .}}|{{wrapWith 3 "/" .}}|{{abbrev 6 .}}|{{abbrevboth 5 8 .}}|{{trunc 4 .}}|{{trunc -4 .}}|{{substr 1 3 .}}|{{normalize .}}|{{slugify 6 true .}}|{{slugify 6 false .}}|{{slugify .}}|{{b32enc .}}|{{adler32sum .}}|{{trim .}}|{{splitList "" . | toJson}}|{{b64enc . | trunc 5 | b64dec}}|{{b32enc . | trunc 7 | b32dec}}|{{len .}}';
  return Array.from({ length: count }, () => ({
    t,
    d: Array.from({ length: 3 + dice.below(7) }, () => dice.pick(pieces)).join(''),
    f: 'argo' as const,
  }));
}

const FAST = [
  '{{s}}',
  '{{ s }}',
  '{{missing}}',
  '{{',
  '}}',
  '{{i}}',
  '{{}}',
  '{{ }}',
  'x',
  '{{a.b}}',
  '{{{s}}}',
  '{{s | upper}}',
  '\n',
  '{{s}',
  '{{\ns}}',
  '{{n}}',
  '{{"a"}}',
  'é',
  '{{empty}}',
  '{{a b}}',
];

export function fastCases(seed: number, count: number): VectorCase[] {
  const dice = new Dice(seed);
  const d = { s: 'text', i: 1, 'a.b': 'dotted', n: null, empty: '', 'a b': '{{s}}' };
  return Array.from({ length: count }, () => ({
    t: Array.from({ length: 1 + dice.below(5) }, () => dice.pick(FAST)).join(''),
    d,
    f: 'fast' as const,
  }));
}
