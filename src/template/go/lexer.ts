/** Cuts a template into tokens, one at a time, as text/template does; a fault is a token of type error. */
import { codePointText, goQuote } from './quote';
import { IS_KEYWORD, type Keyword, type Token, type TokenType } from './token';

const WORD = /[\p{L}\p{Nd}_]*/uy;
const SPACE = ' \t\r\n';

export interface LexerOptions {
  readonly left: string;
  readonly right: string;
  /** Functions named break or continue hide the keywords. */
  readonly hidden: (keyword: string) => boolean;
}

export class Lexer {
  private pos = 0;
  private start = 0;
  private line = 1;
  private startLine = 1;
  private parens = 0;
  private inside = false;
  private failed = false;

  constructor(
    private readonly input: string,
    private readonly options: LexerOptions,
  ) {}

  next(): Token {
    if (this.failed) return { type: 'eof', pos: 0, text: 'EOF', line: this.startLine };
    return this.inside ? this.insideAction() : this.text();
  }

  private emit(type: TokenType): Token {
    const text = this.input.slice(this.start, this.pos);
    const token = { type, pos: this.start, text, line: this.startLine };
    this.line += newlines(text);
    this.start = this.pos;
    this.startLine = this.line;
    return token;
  }

  private ignore(): void {
    this.line += newlines(this.input.slice(this.start, this.pos));
    this.start = this.pos;
    this.startLine = this.line;
  }

  private error(text: string): Token {
    this.failed = true;
    return { type: 'error', pos: this.start, text, line: this.startLine };
  }

  private text(): Token {
    for (;;) {
      const found = this.input.indexOf(this.options.left, this.pos);
      if (found < 0) return this.rest();
      if (found > this.pos) {
        const token = this.textBefore(found);
        if (token.text !== '') return token;
      }
      const token = this.leftDelim();
      if (token !== undefined) return token;
    }
  }

  private rest(): Token {
    this.pos = this.input.length;
    return this.pos > this.start
      ? this.emit('text')
      : { type: 'eof', pos: this.pos, text: 'EOF', line: this.startLine };
  }

  private textBefore(found: number): Token {
    const trims = this.leftTrim(found + this.options.left.length);
    let end = found;
    while (trims && end > this.start && SPACE.includes(this.input[end - 1]!)) end--;
    this.pos = end;
    const token = this.emit('text');
    this.pos = found;
    this.ignore();
    return token;
  }

  private leftTrim(at: number): boolean {
    return this.input[at] === '-' && at + 1 < this.input.length && SPACE.includes(this.input[at + 1]!);
  }

  private rightTrim(at: number): boolean {
    const space = this.input[at];
    return space !== undefined && SPACE.includes(space) && this.input[at + 1] === '-';
  }

  /** Undefined when a comment was skipped. */
  private leftDelim(): Token | undefined {
    const { left } = this.options;
    const marker = this.leftTrim(this.pos + left.length) ? 2 : 0;
    this.pos += left.length;
    if (this.input.startsWith('/*', this.pos + marker)) {
      this.pos += marker;
      this.ignore();
      return this.comment();
    }
    const token = this.emit('leftDelim');
    this.inside = true;
    this.pos += marker;
    this.ignore();
    this.parens = 0;
    return token;
  }

  private comment(): Token | undefined {
    const end = this.input.indexOf('*/', this.pos + 2);
    if (end < 0) return this.error('unclosed comment');
    this.pos = end + 2;
    const delim = this.atRightDelim();
    if (delim === undefined) return this.error('comment ends before closing delimiter');
    this.pos += delim + this.options.right.length;
    if (delim > 0) this.skipSpace();
    this.ignore();
    return undefined;
  }

  /** Length of the trim marker before a right delimiter; undefined when there is none. */
  private atRightDelim(): number | undefined {
    if (this.rightTrim(this.pos) && this.input.startsWith(this.options.right, this.pos + 2)) return 2;
    return this.input.startsWith(this.options.right, this.pos) ? 0 : undefined;
  }

  private skipSpace(): void {
    while (this.pos < this.input.length && SPACE.includes(this.input[this.pos]!)) this.pos++;
  }

  private rightDelim(marker: number): Token {
    this.pos += marker;
    if (marker > 0) this.ignore();
    this.pos += this.options.right.length;
    const token = this.emit('rightDelim');
    if (marker > 0) {
      this.skipSpace();
      this.ignore();
    }
    this.inside = false;
    return token;
  }

  private insideAction(): Token {
    const delim = this.atRightDelim();
    if (delim !== undefined) return this.parens === 0 ? this.rightDelim(delim) : this.error('unclosed left paren');
    const code = this.input.codePointAt(this.pos);
    if (code === undefined) return this.error('unclosed action');
    const char = String.fromCodePoint(code);
    if (SPACE.includes(char)) return this.space();
    const simple = SIMPLE[char];
    if (simple !== undefined) return this.take(1, simple);
    if (char === '.' && this.pos + 1 < this.input.length && !/[0-9]/.test(this.input[this.pos + 1]!)) {
      return this.word('field');
    }
    if (/[.+\-0-9]/.test(char)) return this.number();
    if (/[\p{L}\p{Nd}_]/u.test(char)) return this.identifier();
    return this.punctuation(char, code);
  }

  private punctuation(char: string, code: number): Token {
    switch (char) {
      case ':':
        return this.input[this.pos + 1] === '=' ? this.take(2, 'declare') : this.error('expected :=');
      case '"':
        return this.quoted('"', 'string', 'unterminated quoted string');
      case "'":
        return this.quoted("'", 'charConstant', 'unterminated character constant');
      case '`':
        return this.rawString();
      case '$':
        return this.word('variable');
      case '(':
        this.parens++;
        return this.take(1, 'leftParen');
      case ')':
        this.parens--;
        return this.parens < 0 ? this.error('unexpected right paren') : this.take(1, 'rightParen');
      default:
        if (code > 0x20 && code < 0x7f) return this.take(1, 'char');
        return this.error(`unrecognized character in action: ${codePointText(code)}`);
    }
  }

  private take(length: number, type: TokenType): Token {
    this.pos += length;
    return this.emit(type);
  }

  private space(): Token {
    this.skipSpace();
    const last = this.pos - 1;
    if (this.rightTrim(last) && this.input.startsWith(this.options.right, last + 2)) {
      const single = last === this.start;
      this.pos = last;
      if (single) return this.rightDelim(2);
    }
    return this.emit('space');
  }

  /** A field or variable: its first character, `.` or `$`, is taken already known. */
  private word(type: 'field' | 'variable'): Token {
    this.pos++;
    if (this.atTerminator()) return this.emit(type === 'variable' ? 'variable' : '.');
    this.run();
    return this.atTerminator() ? this.emit(type) : this.badCharacter();
  }

  private identifier(): Token {
    this.run();
    if (!this.atTerminator()) return this.badCharacter();
    const word = this.input.slice(this.start, this.pos);
    if (IS_KEYWORD.has(word) && !this.options.hidden(word)) return this.emit(word as Keyword);
    return this.emit(word === 'true' || word === 'false' ? 'bool' : 'identifier');
  }

  private run(): void {
    WORD.lastIndex = this.pos;
    this.pos += WORD.exec(this.input)?.[0].length ?? 0;
  }

  private badCharacter(): Token {
    return this.error(`bad character ${codePointText(this.input.codePointAt(this.pos)!)}`);
  }

  private atTerminator(): boolean {
    const char = this.input[this.pos];
    return char === undefined || ' \t\r\n.,|:)('.includes(char) || this.input.startsWith(this.options.right, this.pos);
  }

  private quoted(quote: string, type: TokenType, problem: string): Token {
    for (let at = this.pos + 1; at < this.input.length; at++) {
      const char = this.input[at];
      if (char === quote) return this.take(at + 1 - this.pos, type);
      if (char === '\n' || (char === '\\' && (++at >= this.input.length || this.input[at] === '\n'))) break;
    }
    return this.error(problem);
  }

  private rawString(): Token {
    const end = this.input.indexOf('`', this.pos + 1);
    return end < 0 ? this.error('unterminated raw quoted string') : this.take(end + 1 - this.pos, 'rawString');
  }

  private number(): Token {
    if (!this.scanNumber()) return this.badNumber();
    const sign = this.input[this.pos];
    if (sign !== '+' && sign !== '-') return this.emit('number');
    return this.scanNumber() && this.input[this.pos - 1] === 'i' ? this.emit('complex') : this.badNumber();
  }

  private badNumber(): Token {
    return this.error(`bad number syntax: ${goQuote(this.input.slice(this.start, this.pos))}`);
  }

  private scanNumber(): boolean {
    NUMBER.lastIndex = this.pos;
    this.pos += NUMBER.exec(this.input)?.[0].length ?? 0;
    const after = this.input.codePointAt(this.pos);
    if (after === undefined || !/[\p{L}\p{Nd}_]/u.test(String.fromCodePoint(after))) return true;
    this.pos += after > 0xffff ? 2 : 1;
    return false;
  }
}

const SIMPLE: Readonly<Record<string, TokenType>> = { '=': 'assign', '|': 'pipe' };

/** As far as Go scans a number; whether it is one is decided later. */
const NUMBER =
  /[+-]?(?:0[xX][\da-fA-F_]*\.?[\da-fA-F_]*(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*\.?[0-7_]*|0[bB][01_]*\.?[01_]*|[\d_]*\.?[\d_]*(?:[eE][+-]?[\d_]*)?)i?/y;

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
