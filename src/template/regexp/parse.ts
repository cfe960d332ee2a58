/** Go's regular expressions as a tree. The kernel's check has refused what Go refuses, so this reads on trust. */
import { fold, perlClass, posixClass, type Range, type Test, unicodeTest } from './chars';

export type Regexp =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'empty' }
  | { readonly op: 'assert'; readonly kind: Assertion }
  | { readonly op: 'concat' | 'alternate'; readonly parts: readonly Regexp[] }
  | { readonly op: 'group'; readonly index: number; readonly part: Regexp }
  | {
      readonly op: 'repeat';
      readonly min: number;
      readonly max: number;
      readonly greedy: boolean;
      readonly part: Regexp;
    };

export type Assertion = 'lineStart' | 'lineEnd' | 'textStart' | 'textEnd' | 'word' | 'noWord';

export interface Parsed {
  readonly root: Regexp;
  readonly groups: number;
  readonly names: ReadonlyMap<string, readonly number[]>;
}

interface FlagSet {
  i: boolean;
  m: boolean;
  s: boolean;
  U: boolean;
}

export function parseRegexp(pattern: string): Parsed {
  return new RegexpParser([...pattern]).parse();
}

class RegexpParser {
  private at = 0;
  private groups = 0;
  private flags: FlagSet = { i: false, m: false, s: false, U: false };
  private readonly names = new Map<string, number[]>();

  constructor(private readonly chars: readonly string[]) {}

  parse(): Parsed {
    const root = this.alternation();
    return { root, groups: this.groups, names: this.names };
  }

  private alternation(): Regexp {
    const branches = [this.sequence()];
    while (this.chars[this.at] === '|') {
      this.at++;
      branches.push(this.sequence());
    }
    return branches.length === 1 ? branches[0]! : { op: 'alternate', parts: branches };
  }

  private sequence(): Regexp {
    const parts: Regexp[] = [];
    while (this.at < this.chars.length && this.chars[this.at] !== '|' && this.chars[this.at] !== ')') {
      const atom = this.atom();
      if (Array.isArray(atom)) {
        const last = atom.pop();
        parts.push(...atom);
        if (last !== undefined) parts.push(this.repeated(last));
      } else if (atom !== undefined) parts.push(this.repeated(atom));
      // Flags are no operand: what repeats them repeats what stands before.
      else if (parts.length > 0) parts.push(this.repeated(parts.pop()!));
    }
    return { op: 'concat', parts };
  }

  private repeated(part: Regexp): Regexp {
    const count = this.count();
    if (count === undefined) return part;
    let greedy = !this.flags.U;
    if (this.chars[this.at] === '?') {
      this.at++;
      greedy = !greedy;
    }
    return { op: 'repeat', ...count, greedy, part };
  }

  private count(): { min: number; max: number } | undefined {
    const simple = { '*': [0, Infinity], '+': [1, Infinity], '?': [0, 1] }[this.chars[this.at] ?? ''];
    if (simple !== undefined) {
      this.at++;
      return { min: simple[0]!, max: simple[1]! };
    }
    const found = /^\{(\d+)(,(\d*))?\}/.exec(this.rest(24));
    if (found === null) return undefined;
    this.at += found[0].length;
    const min = Number(found[1]);
    return { min, max: found[2] === undefined ? min : found[3] === '' ? Infinity : Number(found[3]) };
  }

  private rest(length: number): string {
    return this.chars.slice(this.at, this.at + length).join('');
  }

  /** Undefined for flags; a list for `\Q…\E`. */
  private atom(): Regexp | Regexp[] | undefined {
    const char = this.chars[this.at]!;
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return { op: 'char', test: this.bracket() };
      case '.':
        this.at++;
        return { op: 'char', test: this.flags.s ? () => true : (code) => code !== 10 };
      case '^':
        this.at++;
        return { op: 'assert', kind: this.flags.m ? 'lineStart' : 'textStart' };
      case '$':
        this.at++;
        return { op: 'assert', kind: this.flags.m ? 'lineEnd' : 'textEnd' };
      case '\\':
        return this.escape();
      default:
        this.at++;
        return this.literal(char.codePointAt(0)!);
    }
  }

  private literal(code: number): Regexp {
    return { op: 'char', test: fold((other) => other === code, this.flags.i) };
  }

  private group(): Regexp | undefined {
    const outer = { ...this.flags };
    this.at++;
    let index = -1;
    if (this.chars[this.at] === '?') {
      const head = /^\?(?:P?<([^>]*)>|([imsU]*)(?:-([imsU]+))?([:)]))/.exec(this.rest(200))!;
      this.at += [...head[0]].length;
      if (head[1] !== undefined) {
        index = ++this.groups;
        this.names.set(head[1], [...(this.names.get(head[1]) ?? []), index]);
      } else {
        for (const flag of head[2] ?? '') this.flags[flag as keyof FlagSet] = true;
        for (const flag of head[3] ?? '') this.flags[flag as keyof FlagSet] = false;
        if (head[4] === ')') return undefined;
      }
    } else index = ++this.groups;
    const part = this.alternation();
    this.at++;
    this.flags = outer;
    return index < 0 ? part : { op: 'group', index, part };
  }

  private escape(): Regexp | Regexp[] {
    const next = this.chars[this.at + 1]!;
    if (next === 'Q') return this.quoted();
    const kind = ({ A: 'textStart', z: 'textEnd', b: 'word', B: 'noWord' } as const)[next];
    if (kind !== undefined) {
      this.at += 2;
      return { op: 'assert', kind };
    }
    const test = this.classEscape();
    return test === undefined ? this.literal(this.escapedCode()) : { op: 'char', test };
  }

  private quoted(): Regexp[] {
    this.at += 2;
    const parts: Regexp[] = [];
    while (this.at < this.chars.length && this.rest(2) !== '\\E') {
      parts.push(this.literal(this.chars[this.at++]!.codePointAt(0)!));
    }
    this.at += 2;
    return parts;
  }

  private classEscape(): Test | undefined {
    const found = /^\\(?:([dswDSW])|([pP])(?:\{(\^?)([^}]*)\}|(.)))/u.exec(this.rest(40));
    if (found === null) return undefined;
    this.at += [...found[0]].length;
    const [, perl, property, negated, long, short] = found;
    const test = perl === undefined ? unicodeTest(long ?? short!) : perlClass(perl);
    const folded = fold(test, this.flags.i);
    const isNegated = (property === 'P') !== (negated === '^');
    return isNegated ? (code) => !folded(code) : folded;
  }

  private escapedCode(): number {
    const found = /^\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|([0-7]{1,3})|(.))/su.exec(this.rest(20))!;
    this.at += [...found[0]].length;
    const [, hex, longHex, octal, char] = found;
    if (octal !== undefined) return Number.parseInt(octal, 8);
    if (char === undefined) return Number.parseInt((hex ?? longHex)!, 16);
    const control = 'afnrtv'.indexOf(char);
    return control >= 0 ? [7, 12, 10, 13, 9, 11][control]! : char.codePointAt(0)!;
  }

  private bracket(): Test {
    this.at++;
    const negated = this.chars[this.at] === '^';
    if (negated) this.at++;
    const tests: Test[] = [];
    const ranges: Range[] = [];
    for (let first = true; first || this.chars[this.at] !== ']'; first = false) {
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.rest(14));
      if (posix !== null) {
        this.at += posix[0].length;
        const test = posixClass(posix[2]!);
        tests.push(posix[1] === '^' ? (code) => !test(code) : test);
        continue;
      }
      const test = this.chars[this.at] === '\\' ? this.classEscape() : undefined;
      if (test === undefined) ranges.push(this.range());
      else tests.push(test);
    }
    this.at++;
    const inside: Test = (code) =>
      ranges.some(([low, high]) => code >= low && code <= high) || tests.some((t) => t(code));
    const folded = fold(inside, this.flags.i);
    return negated ? (code) => !folded(code) : folded;
  }

  private range(): Range {
    const low = this.classCode();
    if (this.chars[this.at] !== '-' || this.chars[this.at + 1] === undefined || this.chars[this.at + 1] === ']') {
      return [low, low];
    }
    this.at++;
    return [low, this.classCode()];
  }

  private classCode(): number {
    return this.chars[this.at] === '\\' ? this.escapedCode() : this.chars[this.at++]!.codePointAt(0)!;
  }
}
