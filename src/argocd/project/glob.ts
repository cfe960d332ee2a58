/**
 * Globs as Argo CD matches projects with them: gobwas/glob v0.2.3, whose syntax is its own. `*` and `?` stop at a
 * separator, `**` does not; `{a,b}` is either; `[abc]` is one of the characters, `[a-z]` one range and nothing else;
 * `[!…]` is none of them. A brace that is never closed closes at the end, a bracket that is never closed is an error.
 *
 * Two habits of that library matter in practice and are kept: `prod-*-eu` also matches `prod-eu`, since prefix and suffix
 * may overlap, and a lone `?` matches the empty text. Where it misjudges rarer patterns (alternatives that hold wildcards
 * and are followed by more, `***`, `?` beside letters outside ASCII) the meaning wins here: those it fails to match.
 */

/** Something that a text matches or does not. */
export interface Glob {
  matches(text: string): boolean;
}

/** A pattern that does not compile matches nothing, in Argo CD as here. */
export interface BrokenGlob {
  /** The library's own words. */
  readonly error: string;
}

/** @param separators characters that `*` and `?` do not match; `'/'` for repositories, none for everything else */
export function compileGlob(pattern: string, separators = ''): Glob | BrokenGlob {
  const key = `${separators}\0${pattern}`;
  let compiled = compiledGlobs.get(key);
  if (compiled === undefined) {
    compiled = compile(pattern, separators);
    if (compiledGlobs.size >= CACHED_GLOBS) compiledGlobs.clear();
    compiledGlobs.set(key, compiled);
  }
  return compiled;
}

/** Whether a text matches; false for a pattern that does not compile. */
export function globMatches(pattern: string, text: string, separators = ''): boolean {
  const glob = compileGlob(pattern, separators);
  return 'matches' in glob && glob.matches(text);
}

/** Why a pattern does not compile, in the library's words. */
export function globProblem(pattern: string): string | undefined {
  const glob = compileGlob(pattern);
  return 'error' in glob ? glob.error : undefined;
}

const CACHED_GLOBS = 10_000;
const compiledGlobs = new Map<string, Glob | BrokenGlob>();

class Refusal extends Error {}

function compile(pattern: string, separators: string): Glob | BrokenGlob {
  try {
    const states = new Reader([...pattern], separators).read();
    const [, prefix, stars, suffix] = PREFIX_AND_SUFFIX.exec(pattern) ?? [];
    if (prefix !== undefined && (separators === '' || stars!.length % 2 === 0)) {
      const [start, end] = [unescaped(prefix), unescaped(suffix!)];
      return { matches: (text) => text.startsWith(start) && text.endsWith(end) };
    }
    if (states.length === 2 && states[0]!.accepts?.(NO_CHARACTER)) {
      return { matches: (text) => text === '' || matchesAll(states, text) };
    }
    return { matches: (text) => matchesAll(states, text) };
  } catch (error) {
    if (error instanceof Refusal) return { error: error.message };
    throw error;
  }
}

const PREFIX_AND_SUFFIX = /^((?:[^*?[{\\]|\\.)+)(\*+)((?:[^*?[{\\]|\\.)+)$/su;

/** What Go reads from an empty text. */
const NO_CHARACTER = '\uFFFD';

function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}

/** One state of the matcher: it consumes a character and goes on, or goes on without one. */
interface State {
  readonly accepts?: (char: string) => boolean;
  readonly next: number[];
}

/** Reads a pattern into states. The last state is the end. */
class Reader {
  private at = 0;
  private depth = 0;
  private readonly states: State[] = [];

  constructor(
    private readonly chars: readonly string[],
    private readonly separators: string,
  ) {}

  read(): readonly State[] {
    this.sequence();
    this.states.push({ next: [] });
    return this.states;
  }

  /** Pieces up to the end, or inside braces up to `,` or `}`. */
  private sequence(): void {
    while (this.at < this.chars.length) {
      const char = this.chars[this.at]!;
      if (this.depth > 0 && (char === ',' || char === '}')) return;
      this.at++;
      if (char === '*') this.star();
      else if (char === '?') this.one((got) => !this.separators.includes(got));
      else if (char === '[') this.bracket();
      else if (char === '{') this.alternatives();
      else if (char !== '\\') this.one((got) => got === char);
      else this.escaped();
    }
  }

  private escaped(): void {
    if (this.at === this.chars.length) return;
    const char = this.chars[this.at++]!;
    this.one((got) => got === char);
  }

  private one(accepts: (char: string) => boolean): void {
    this.states.push({ accepts, next: [this.states.length + 1] });
  }

  private star(): void {
    const far = this.chars[this.at] === '*';
    if (far) this.at++;
    const start = this.states.length;
    this.states.push({ next: [start + 1, start + 2] });
    const accepts = far ? () => true : (got: string) => !this.separators.includes(got);
    this.states.push({ accepts, next: [start] });
  }

  private alternatives(): void {
    const fork: number[] = [];
    const ends: State[] = [];
    this.states.push({ next: fork });
    this.depth++;
    for (;;) {
      fork.push(this.states.length);
      this.sequence();
      const end: State = { next: [] };
      this.states.push(end);
      ends.push(end);
      const char = this.chars[this.at++];
      if (char !== ',') break;
    }
    this.depth--;
    for (const end of ends) end.next.push(this.states.length);
  }

  private bracket(): void {
    const not = this.peek() === '!';
    if (not) this.at++;
    const low = this.need();
    if (this.peek() === '-') {
      this.at++;
      const high = this.need();
      if (this.need() !== ']') throw new Refusal('expected close range character');
      if (codeOf(high) < codeOf(low)) {
        throw new Refusal(`hi character '${high}' should be greater than lo '${low}'`);
      }
      this.one((got) => (codeOf(got) >= codeOf(low) && codeOf(got) <= codeOf(high)) !== not);
      return;
    }
    this.at--;
    const listed = this.listed();
    if (listed === '') throw new Refusal('could not parse range');
    this.one((got) => listed.includes(got) !== not);
  }

  private listed(): string {
    let listed = '';
    for (let char = this.need(); char !== ']'; char = this.need()) {
      listed += char === '\\' ? this.need() : char;
    }
    return listed;
  }

  private peek(): string | undefined {
    return this.chars[this.at];
  }

  private need(): string {
    const char = this.chars[this.at++];
    if (char === undefined) throw new Refusal('unexpected end of input');
    return char;
  }
}

function codeOf(char: string): number {
  return char.codePointAt(0)!;
}

/** Follows every possible state at once, so that no pattern takes long. */
function matchesAll(states: readonly State[], text: string): boolean {
  let current = new Set<number>();
  enter(states, 0, current);
  for (const char of text) {
    const next = new Set<number>();
    for (const index of current) {
      const { accepts, next: targets } = states[index]!;
      if (accepts?.(char)) for (const target of targets) enter(states, target, next);
    }
    if (next.size === 0) return false;
    current = next;
  }
  return current.has(states.length - 1);
}

function enter(states: readonly State[], index: number, into: Set<number>): void {
  if (into.has(index)) return;
  into.add(index);
  const { accepts, next } = states[index]!;
  if (accepts === undefined) for (const target of next) enter(states, target, into);
}
