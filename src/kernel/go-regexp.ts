/**
 * Go's regular expressions, as `regexp.Compile` reads them: no lookaround, no backreference, no stacked repetition.
 * Its law: a pattern without a problem here compiles there; JavaScript's own parser takes more and other patterns.
 *
 * @see https://pkg.go.dev/regexp/syntax
 */

/** Why Go would refuse the pattern, in Go's words; undefined when it compiles. */
export function goRegexpProblem(pattern: string): string | undefined {
  try {
    new Scanner(pattern).scan();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

class Refusal extends Error {}

const POSIX_CLASS = /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/;

class Scanner {
  private at = 0;
  private depth = 0;
  /** Whether something stands before the cursor that a repetition can repeat. */
  private operand = false;
  private repeated = false;
  /** Where the repetition that was read last starts. */
  private lastRepeat = 0;

  constructor(private readonly pattern: string) {}

  scan(): void {
    while (this.at < this.pattern.length) {
      const wasRepeated = this.repeated;
      this.repeated = false;
      this.step(this.pattern[this.at]!, wasRepeated);
    }
    if (this.depth > 0) this.refuse('missing closing )', this.pattern);
  }

  private step(char: string, wasRepeated: boolean): void {
    if (char === '(') this.open();
    else if (char === ')') this.close();
    else if (char === '|') this.alternative();
    else if (char === '*' || char === '+' || char === '?') this.repeat(char, wasRepeated);
    else if (char === '{') this.repeatCount(wasRepeated);
    else if (char === '[') this.bracket();
    else if (char === '\\') this.escapeOutside();
    else this.literal();
  }

  private literal(): void {
    this.at++;
    this.operand = true;
  }

  private alternative(): void {
    this.at++;
    this.operand = false;
  }

  private open(): void {
    const rest = this.pattern.slice(this.at);
    this.operand = rest.startsWith('(?') ? this.perlGroup(rest) : this.enter(1);
  }

  /** Named captures, flags and the groups that Go does not have. */
  private perlGroup(rest: string): boolean {
    if (/^\(\?P?</.test(rest)) {
      const named = /^\(\?P?<(\w+)>/.exec(rest);
      if (named === null) return this.refuse('invalid named capture', rest.split('>')[0]!);
      return this.enter(named[0].length);
    }
    const flags = /^\(\?[imsU]*(?:-[imsU]+)?([:)])/.exec(rest);
    if (flags === null) return this.refuse('invalid or unsupported Perl syntax', rest.slice(0, 3));
    if (flags[1] === ':') return this.enter(flags[0].length);
    this.at += flags[0].length;
    return this.operand;
  }

  private enter(length: number): boolean {
    this.at += length;
    this.depth++;
    return false;
  }

  private close(): void {
    if (this.depth-- === 0) this.refuse('unexpected )', this.pattern);
    this.at++;
    this.operand = true;
  }

  private repeat(operator: string, wasRepeated: boolean): void {
    const start = this.at;
    this.at += operator.length;
    if (this.pattern[this.at] === '?') this.at++;
    const before = this.lastRepeat;
    if (wasRepeated) this.refuse('invalid nested repetition operator', this.pattern.slice(before, this.at));
    if (!this.operand) this.refuse('missing argument to repetition operator', this.pattern.slice(start, this.at));
    this.lastRepeat = start;
    this.repeated = true;
  }

  private repeatCount(wasRepeated: boolean): void {
    const count = /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/.exec(this.pattern.slice(this.at, this.at + 40));
    if (count === null) {
      this.literal();
      return;
    }
    const [operator, min, comma, max] = count;
    const upper = comma === undefined ? Number(min) : max === undefined ? 0 : Number(max);
    if (Number(min) > 1000 || upper > 1000 || (max !== undefined && upper < Number(min))) {
      this.refuse('invalid repeat count', operator);
    }
    this.repeat(operator, wasRepeated);
  }

  private escapeOutside(): void {
    const next = this.pattern[this.at + 1];
    if (next === 'Q') {
      this.quoted();
      return;
    }
    if (next !== undefined && 'AzbB'.includes(next)) this.at += 2;
    else if (!this.classEscape()) this.escape();
    this.operand = true;
  }

  private quoted(): void {
    const end = this.pattern.indexOf('\\E', this.at + 2);
    if ((end < 0 ? this.pattern.length : end) > this.at + 2) this.operand = true;
    this.at = end < 0 ? this.pattern.length : end + 2;
  }

  /** `\d`, `\pL`, `\p{Greek}`: whether one stood here. */
  private classEscape(): boolean {
    const rest = this.pattern.slice(this.at);
    if (/^\\[dswDSW]/.test(rest)) {
      this.at += 2;
      return true;
    }
    if (!/^\\[pP]/.test(rest)) return false;
    const unicode = /^\\[pP](?:\{\^?(\w+)\}|([A-Z]))/.exec(rest);
    if (unicode === null || !isUnicodeClass(unicode[1] ?? unicode[2]!)) {
      return this.refuse('invalid character class range', rest.slice(0, 3));
    }
    this.at += unicode[0].length;
    return true;
  }

  /** One escaped character; its code point. */
  private escape(): number {
    const rest = this.pattern.slice(this.at, this.at + 20);
    if (rest === '\\') this.refuse('trailing backslash at end of expression', '');
    const found =
      /^\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|(0[0-7]{0,2}|[1-7][0-7]{1,2})|([afnrtv])|([^0-9A-Za-z\x80-\uffff]))/.exec(
        rest,
      );
    const code = found === null ? Number.NaN : escapedCode(found);
    if (found === null || !(code <= 0x10ffff)) return this.refuse('invalid escape sequence', rest.slice(0, 2));
    this.at += found[0].length;
    return code;
  }

  private bracket(): void {
    const start = this.at;
    this.at++;
    if (this.pattern[this.at] === '^') this.at++;
    for (let first = true; first || this.pattern[this.at] !== ']'; first = false) {
      const posix = POSIX_CLASS.exec(this.pattern.slice(this.at, this.at + 12));
      if (posix !== null) this.at += posix[0].length;
      else if (/^\[:\^?\w*:\]/.test(this.pattern.slice(this.at))) {
        this.refuse('invalid character class range', this.pattern.slice(this.at));
      } else if (!this.classEscape()) this.range(start);
    }
    this.at++;
    this.operand = true;
  }

  private range(start: number): void {
    const from = this.at;
    const low = this.classChar(start);
    const [dash, after] = this.pattern.slice(this.at, this.at + 2);
    if (dash !== '-' || after === undefined || after === ']') return;
    this.at++;
    if (this.classChar(start) < low) this.refuse('invalid character class range', this.pattern.slice(from, this.at));
  }

  private classChar(start: number): number {
    if (this.at >= this.pattern.length) this.refuse('missing closing ]', this.pattern.slice(start));
    if (this.pattern[this.at] === '\\') return this.escape();
    const code = this.pattern.codePointAt(this.at)!;
    this.at += code > 0xffff ? 2 : 1;
    return code;
  }

  private refuse(what: string, part: string): never {
    throw new Refusal(`error parsing regexp: ${what}: \`${part}\``);
  }
}

function escapedCode([, hex, longHex, octal, control, punctuation]: RegExpExecArray): number {
  if (hex !== undefined || longHex !== undefined) return Number.parseInt((hex ?? longHex)!, 16);
  if (octal !== undefined) return Number.parseInt(octal, 8);
  if (control !== undefined) return [7, 12, 10, 13, 9, 11]['afnrtv'.indexOf(control)]!;
  return punctuation!.charCodeAt(0);
}

function isUnicodeClass(name: string): boolean {
  for (const expression of [`\\p{${name}}`, `\\p{Script=${name}}`]) {
    try {
      new RegExp(expression, 'u');
      return true;
    } catch {
      // Not a general category; perhaps a script.
    }
  }
  return false;
}
