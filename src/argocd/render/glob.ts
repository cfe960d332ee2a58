/**
 * The three pattern languages of the git generator: Go's path.Match for directories, git's pathspec for files, and
 * doublestar for files where the controller has been told so. All are made into regular expressions that cannot
 * backtrack badly on paths.
 */

export type PathTest = (path: string) => boolean;

/** Go's path.Match: `*` and `?` stop at slashes, no `**`. A malformed pattern matches nothing, and is only logged. */
export function directoryPattern(pattern: string): PathTest {
  const source = translate(pattern, { star: '[^/]*', question: '[^/]', stars: undefined, braces: false, bang: false });
  return source === undefined ? () => false : tested(source);
}

/** `git ls-files -- pattern`: `*` crosses slashes, and a plain path stands for everything under it. */
export function pathspec(pattern: string): PathTest {
  const path = normalized(pattern);
  if (path === undefined) return () => false;
  const directory = path.endsWith('/') ? path : `${path}/`;
  const literal: PathTest = (file) => path === '' || file === path || file.startsWith(directory);
  if (!/[*?[\\]/.test(path)) return literal;
  const source = translate(path, { star: '[^]*', question: '[^]', stars: undefined, braces: false, bang: true });
  if (source === undefined) return literal;
  const matches = tested(source);
  return (file) => literal(file) || matches(file);
}

/** doublestar: `**` between slashes stands for any number of directories, `{a,b}` for one of them. */
export function doublestar(pattern: string): PathTest {
  const path = normalized(pattern);
  if (path === undefined) return () => false;
  const source = translate(path, { star: '[^/]*', question: '[^/]', stars: '(?:[^/]+/)*', braces: true, bang: true });
  return source === undefined ? () => false : tested(source);
}

/** Without `.` and `..` and doubled slashes; undefined for what leaves the repository. */
function normalized(pattern: string): string | undefined {
  const parts: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/') + (pattern.endsWith('/') && parts.length > 0 ? '/' : '');
}

interface Dialect {
  readonly star: string;
  readonly question: string;
  /** What `**` is where it stands alone between slashes; undefined: two stars like one. */
  readonly stars: string | undefined;
  readonly braces: boolean;
  /** Whether `!` negates a class, as `^` does. */
  readonly bang: boolean;
}

function tested(source: string): PathTest {
  const expression = new RegExp(`^(?:${source})$`, 'u');
  return (path) => expression.test(path);
}

/** Undefined for a malformed pattern. */
function translate(pattern: string, dialect: Dialect): string | undefined {
  let out = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const stars = dialect.stars === undefined ? undefined : /^\*\*(?:\/|$)/.exec(rest)?.[0];
    if (stars !== undefined && (at === 0 || pattern[at - 1] === '/')) {
      out += stars === '**' ? '[^]*' : dialect.stars;
      at += stars.length;
      continue;
    }
    const piece = pieceAt(rest, dialect, depth);
    if (piece === undefined) return undefined;
    depth += piece.opens ?? 0;
    out += piece.source;
    at += piece.length;
  }
  return depth === 0 ? out : undefined;
}

interface Piece {
  readonly source: string;
  readonly length: number;
  readonly opens?: 1 | -1;
}

function pieceAt(rest: string, { star, question, braces, bang }: Dialect, depth: number): Piece | undefined {
  const char = String.fromCodePoint(rest.codePointAt(0)!);
  if (char === '*') return { source: star, length: /^\*+/.exec(rest)![0].length };
  if (char === '?') return { source: question, length: 1 };
  if (char === '[') return classAt(rest, bang);
  if (char === '\\') {
    const next = rest.codePointAt(1);
    if (next === undefined) return undefined;
    const escaped = String.fromCodePoint(next);
    return { source: literalOf(escaped), length: 1 + escaped.length };
  }
  if (braces && char === '{') return { source: '(?:', length: 1, opens: 1 };
  if (braces && depth > 0 && char === '}') return { source: ')', length: 1, opens: -1 };
  if (braces && depth > 0 && char === ',') return { source: '|', length: 1 };
  return { source: literalOf(char), length: char.length };
}

/** A character class: never a slash. */
function classAt(rest: string, bang: boolean): Piece | undefined {
  const found = (bang ? /^\[([\^!]?)((?:\\.|[^\]\\])+)\]/su : /^\[(\^?)((?:\\.|[^\]\\])+)\]/su).exec(rest);
  if (found === null) return undefined;
  const [whole, negated, body] = found;
  const members = body!.replace(/\\(.)|[[\]^|{}()/.$*+?]/gsu, (char, escaped?: string) => memberOf(escaped ?? char));
  try {
    new RegExp(`[${members}]`, 'u');
  } catch {
    return undefined;
  }
  return { source: `(?!/)[${negated === '' ? '' : '^'}${members}]`, length: whole.length };
}

function literalOf(char: string): string {
  return /[\^$\\.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}

/** A member of a class, which stands for itself. */
function memberOf(char: string): string {
  return /[\^$\\.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
}
