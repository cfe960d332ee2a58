/** The parser's look ahead: three tokens, as in Go, since errors name the line of the one that was read last. */
import { TemplateError } from '../error';
import type { Lexer } from './lexer';
import { goUnquote } from './quote';
import { type Token, type TokenType, tokenText } from './token';

export interface ParseOptions {
  readonly name: string;
  readonly delimiters: readonly [left: string, right: string];
  readonly hasFunction: (name: string) => boolean;
}

export abstract class TokenStream {
  private readonly token: Token[] = [];
  private peeked = 0;
  /** Line of the action that is being read; 0 outside of one. */
  protected actionLine = 0;

  constructor(
    protected readonly lexer: Lexer,
    protected readonly options: ParseOptions,
  ) {}

  protected next(): Token {
    if (this.peeked > 0) this.peeked--;
    else this.token[0] = this.lexer.next();
    return this.token[this.peeked]!;
  }

  protected backup(): void {
    this.peeked++;
  }

  /** The lookahead token stays in place; `first` comes before it. */
  protected backup2(first: Token): void {
    this.token[1] = first;
    this.peeked = 2;
  }

  protected backup3(first: Token, second: Token): void {
    this.token[1] = second;
    this.token[2] = first;
    this.peeked = 3;
  }

  protected peek(): Token {
    if (this.peeked === 0) {
      this.token[0] = this.lexer.next();
      this.peeked = 1;
    }
    return this.token[this.peeked - 1]!;
  }

  protected nextNonSpace(): Token {
    let token = this.next();
    while (token.type === 'space') token = this.next();
    return token;
  }

  protected peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.backup();
    return token;
  }

  protected error(reason: string): never {
    const line = this.token[0]?.line ?? 1;
    throw new TemplateError(`template: ${this.options.name}:${line}: ${reason}`, { line, reason });
  }

  protected expect(type: TokenType, context: string): Token {
    const token = this.nextNonSpace();
    return token.type === type ? token : this.unexpected(token, context);
  }

  protected unexpected(token: Token, context: string): never {
    if (token.type !== 'error') this.error(`unexpected ${tokenText(token)} in ${context}`);
    let extra = '';
    if (this.actionLine !== 0 && this.actionLine !== token.line) {
      extra = ` in action started at ${this.options.name}:${this.actionLine}`;
      if (token.text.endsWith(' action')) extra = extra.slice(' in action'.length);
    }
    return this.error(tokenText(token) + extra);
  }

  protected unquote(token: Token): string {
    return goUnquote(token.text) ?? this.error('invalid syntax');
  }
}
