/** Sets of characters of Go's regular expressions, as tests of a code point. */

export type Test = (code: number) => boolean;
export type Range = readonly [low: number, high: number];

const isDigit: Test = (c) => c >= 48 && c <= 57;
const isUpper: Test = (c) => c >= 65 && c <= 90;
const isLower: Test = (c) => c >= 97 && c <= 122;
const isAlpha: Test = (c) => isUpper(c) || isLower(c);
export const isWord: Test = (c) => isAlpha(c) || isDigit(c) || c === 95;
const isBlank: Test = (c) => c === 9 || c === 32;
const isGraph: Test = (c) => c > 32 && c < 127;

/** `\s` is five characters in Go. */
const isSpace: Test = (c) => c === 9 || c === 10 || c === 12 || c === 13 || c === 32;

export function perlClass(letter: string): Test {
  const test = { d: isDigit, s: isSpace, w: isWord }[letter.toLowerCase()]!;
  return letter === letter.toLowerCase() ? test : (code) => !test(code);
}

const POSIX: Readonly<Record<string, Test>> = {
  alnum: (c) => isAlpha(c) || isDigit(c),
  alpha: isAlpha,
  ascii: (c) => c < 128,
  blank: isBlank,
  cntrl: (c) => c < 32 || c === 127,
  digit: isDigit,
  graph: isGraph,
  lower: isLower,
  print: (c) => isGraph(c) || c === 32,
  punct: (c) => isGraph(c) && !isAlpha(c) && !isDigit(c),
  space: (c) => (c >= 9 && c <= 13) || c === 32,
  upper: isUpper,
  word: isWord,
  xdigit: (c) => isDigit(c) || (c >= 65 && c <= 70) || (c >= 97 && c <= 102),
};

export function posixClass(name: string): Test {
  return POSIX[name]!;
}

/** A Unicode category or script. */
export function unicodeTest(name: string): Test {
  if (name === 'Any') return () => true;
  const expression = unicodeExpression(name);
  return (code) => expression.test(String.fromCodePoint(code));
}

function unicodeExpression(name: string): RegExp {
  try {
    return new RegExp(`^\\p{${name}}$`, 'u');
  } catch {
    return new RegExp(`^\\p{Script=${name}}$`, 'u');
  }
}

/** Letters that fold with others than their upper and lower case. */
const ORBITS: readonly (readonly number[])[] = [
  [0x4b, 0x6b, 0x212a],
  [0x53, 0x73, 0x17f],
  [0xc5, 0xe5, 0x212b],
  [0xb5, 0x39c, 0x3bc],
  [0x398, 0x3b8, 0x3d1, 0x3f4],
];

/** The test with case ignored, if it is. */
export function fold(test: Test, ignoreCase: boolean): Test {
  if (!ignoreCase) return test;
  return (code) => test(code) || variants(code).some(test);
}

function variants(code: number): readonly number[] {
  const orbit = ORBITS.find((set) => set.includes(code));
  if (orbit !== undefined) return orbit;
  const char = String.fromCodePoint(code);
  return [char.toLowerCase(), char.toUpperCase()]
    .filter((other) => [...other].length === 1)
    .map((other) => other.codePointAt(0)!);
}
