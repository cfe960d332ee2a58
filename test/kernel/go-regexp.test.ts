import { goRegexpProblem } from '../../src/kernel/go-regexp';

const compiles = [
  '',
  '^team-[a-z]+$',
  '(?i)prod',
  '(?P<env>dev|prod)',
  '(?<env>dev|prod)',
  'a{2,5}?',
  'a{,3}',
  '[[:alpha:]_-]+',
  '[]a]',
  '\\pL\\p{Greek}\\P{^Lu}',
  '\\x41\\x{10FFFF}\\012\\/\\_',
  '\\Q(((\\E',
  '^app1/.+$',
  '[^a-zA-Z0-9 -]',
];

const refused: readonly (readonly [string, string])[] = [
  ['(?!prod)', 'invalid or unsupported Perl syntax: `(?!`'],
  ['(?=prod)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(?<!x)a', 'invalid named capture: `(?<!x)a`'],
  ['(a)\\1', 'invalid escape sequence: `\\1`'],
  ['team-[a-z', 'missing closing ]: `[a-z`'],
  ['(team', 'missing closing ): `(team`'],
  ['team)', 'unexpected ): `team)`'],
  ['*', 'missing argument to repetition operator: `*`'],
  ['a**', 'invalid nested repetition operator: `**`'],
  ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['[[:letter:]]', 'invalid character class range'],
  ['\\p{Klingon}', 'invalid character class range'],
  ['\\Z', 'invalid escape sequence: `\\Z`'],
  ['\\', 'trailing backslash at end of expression'],
];

test.each(compiles)('Go compiles %j', (pattern) => {
  expect(goRegexpProblem(pattern)).toBeUndefined();
});

test.each(refused)('Go refuses %j, and the message is Go’s', (pattern, message) => {
  expect(goRegexpProblem(pattern)).toContain(`error parsing regexp: ${message}`);
});
