/** The tokens of a template. */
import { goQuote } from './quote';

export type TokenType =
  | 'error'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'eof'
  | 'field'
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | Keyword;

export type Keyword = (typeof KEYWORDS)[number];

const KEYWORDS = [
  '.',
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'range',
  'nil',
  'template',
  'with',
] as const;

/** Words that are no identifiers. */
export const IS_KEYWORD: ReadonlySet<string> = new Set(KEYWORDS);

export interface Token {
  readonly type: TokenType;
  readonly pos: number;
  readonly text: string;
  readonly line: number;
}

/** The token as it stands in messages. */
export function tokenText(token: Token): string {
  if (token.type === 'eof') return 'EOF';
  if (token.type === 'error') return token.text;
  if (IS_KEYWORD.has(token.type)) return `<${token.text}>`;
  const chars = [...token.text];
  return Buffer.byteLength(token.text) > 10 ? `${goQuote(chars.slice(0, 10).join(''))}...` : goQuote(token.text);
}
