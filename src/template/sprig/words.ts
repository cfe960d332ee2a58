/** snakecase, kebabcase and camelcase, as xstrings cuts words. */
import { isLower, isSpace, isUpper, lower, upper } from './case';

type WordType = 'invalid' | 'number' | 'upper' | 'alphabet' | 'connector' | 'punct' | 'other';

interface Word {
  readonly type: WordType;
  readonly text: readonly string[];
}

function isConnector(char: string): boolean {
  return char === '-' || char === '_' || isSpace(char);
}

const isPunct = (char: string) => /^\p{P}/u.test(char);
const isNumber = (char: string) => /^\p{N}/u.test(char);
const isAlphabet = (char: string) => isLower(char) || isUpper(char);
const isSmall = (char: string) => isAlphabet(char) && !isUpper(char);

const NO_WORD: Word = { type: 'invalid', text: [] };

/** Cuts words off the front of a text, one a call. */
class Words {
  private at = 0;

  constructor(private readonly chars: readonly string[]) {}

  get done(): boolean {
    return this.at >= this.chars.length;
  }

  next(): Word {
    const char = this.chars[this.at];
    if (char === undefined) return NO_WORD;
    if (isConnector(char)) return this.while('connector', isConnector);
    if (isPunct(char)) return this.while('punct', isPunct);
    if (isUpper(char)) return this.upper();
    if (isAlphabet(char)) return this.while('alphabet', isSmall);
    if (isNumber(char)) return this.while('number', isNumber);
    return this.while('other', (c) => !(isConnector(c) || isAlphabet(c) || isNumber(c) || isPunct(c)));
  }

  private while(type: WordType, belongs: (char: string) => boolean, from = this.at + 1): Word {
    let end = from;
    while (end < this.chars.length && belongs(this.chars[end]!)) end++;
    const text = this.chars.slice(this.at, end);
    this.at = end;
    return { type, text };
  }

  /** `HTTPStatus` is `HTTP` and `Status`. */
  private upper(): Word {
    const second = this.chars[this.at + 1];
    if (second === undefined || !isUpper(second)) {
      return second !== undefined && isAlphabet(second)
        ? this.while('upper', isSmall)
        : this.while('upper', () => false);
    }
    let end = this.at + 2;
    while (end < this.chars.length && isUpper(this.chars[end]!)) end++;
    if (end < this.chars.length && isAlphabet(this.chars[end]!)) end--;
    const text = this.chars.slice(this.at, end);
    this.at = end;
    return { type: 'upper', text };
  }
}

class Joiner {
  private out = '';
  private readonly words: Words;
  private word: Word;

  constructor(
    text: string,
    private readonly connector: string,
  ) {
    this.words = new Words([...text]);
    this.word = this.words.next();
  }

  join(): string {
    while (!this.words.done) {
      const last = this.word;
      if (last.type !== 'connector') this.write(last);
      this.word = this.words.next();
      this.between(last);
    }
    this.write(this.word);
    return this.out;
  }

  private write({ type, text }: Word): void {
    for (const char of text) this.out += type === 'connector' ? this.connector : isUpper(char) ? lower(char) : char;
  }

  private between(last: Word): void {
    if (last.type === 'number') {
      this.run();
      if (!['invalid', 'punct', 'connector'].includes(this.word.type)) this.out += this.connector;
    } else if (last.type === 'connector') this.write(last);
    else if (last.type !== 'punct') this.afterLetters();
  }

  /** Letters and digits behind a number belong to it. */
  private run(): void {
    while (this.word.type === 'alphabet' || this.word.type === 'number') {
      this.write(this.word);
      this.word = this.words.next();
    }
  }

  private afterLetters(): void {
    if (this.word.type !== 'number') {
      if (this.word.type !== 'connector' && this.word.type !== 'punct') this.out += this.connector;
      return;
    }
    if (this.words.done) return;
    const number = this.word;
    this.word = this.words.next();
    if (this.word.type !== 'alphabet') {
      this.write(number);
      if (this.word.type !== 'connector' && this.word.type !== 'punct') this.out += this.connector;
      return;
    }
    this.out += this.connector;
    this.write(number);
    this.run();
    if (!['invalid', 'connector', 'punct'].includes(this.word.type)) this.out += this.connector;
  }
}

/** Words in lower case with the connector between them. */
export function connected(text: string, connector: string): string {
  return text === '' ? '' : new Joiner(text, connector).join();
}

/** xstrings.ToPascalCase. */
export function pascalCase(text: string): string {
  const chars = [...text];
  let at = 0;
  while (at < chars.length && isConnector(chars[at]!)) at++;
  let out = chars.slice(0, at).join('');
  if (at === chars.length) return at === 0 ? '' : out + chars[at - 1]!;
  let current = upper(chars[at]!);
  let firstUpper = isUpper(chars[at]!);
  for (const char of chars.slice(at + 1)) {
    const before = current;
    current = char;
    if (isConnector(current) && isConnector(before)) {
      out += before;
      continue;
    }
    if (isConnector(before)) {
      firstUpper = isUpper(current);
      current = upper(current);
      continue;
    }
    if (firstUpper) {
      if (isUpper(current)) current = lower(current);
      else firstUpper = false;
    }
    out += before;
  }
  return out + current;
}
