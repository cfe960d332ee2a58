/** Reads JSON as encoding/json does, with its words for what is none. */

import { goQuote } from '../go/quote';
import { type GoDict, type GoValue, newDict, setKey } from '../go/value';

export type JsonRead = { readonly value: GoValue } | { readonly problem: string };

class Problem extends Error {}

const MAX_DEPTH = 1000;

export function parseJson(text: string): JsonRead {
  const reader = new Reader(text);
  try {
    return { value: reader.document() };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.message };
    throw error;
  }
}

class Reader {
  private at = 0;
  private overflow: string | undefined;

  constructor(private readonly text: string) {}

  document(): GoValue {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) this.invalid('after top-level value');
    if (this.overflow !== undefined) {
      throw new Problem(`json: cannot unmarshal number ${this.overflow} into Go value of type float64`);
    }
    return value;
  }

  private space(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text[this.at]!)) this.at++;
  }

  private invalid(context: string): never {
    const end = this.at >= this.text.length;
    if (end && !/literal [tfn]|numeric|escape/.test(context)) throw new Problem('unexpected end of JSON input');
    // Go tries to end the value with a blank.
    const code = end ? 0x20 : this.text.codePointAt(this.at)!;
    const byte = Buffer.from(String.fromCodePoint(code))[0]!;
    const char = String.fromCharCode(byte);
    const shown = char === "'" ? "'\\''" : char === '"' ? `'"'` : goQuote(char, "'");
    throw new Problem(`invalid character ${shown} ${context}`);
  }

  private value(depth: number): GoValue {
    if (depth > MAX_DEPTH) throw new Problem('exceeded max depth');
    this.space();
    const char = this.text[this.at];
    if (char === '{') return this.object(depth);
    if (char === '[') return this.array(depth);
    if (char === '"') return this.string();
    if (char === 't') return this.word('true', true);
    if (char === 'f') return this.word('false', false);
    if (char === 'n') return this.word('null', null);
    if (char !== undefined && /[-0-9]/.test(char)) return this.number();
    return this.invalid('looking for beginning of value');
  }

  private word<T>(word: string, value: T): T {
    for (let index = 0; index < word.length; index++, this.at++) {
      if (this.text[this.at] !== word[index]) {
        this.invalid(`in literal ${word} (expecting ${goQuote(word[index]!, "'")})`);
      }
    }
    return value;
  }

  private number(): number {
    const start = this.at;
    if (this.text[this.at] === '-') this.at++;
    if (this.text[this.at] === '0') this.at++;
    else if (!this.digits()) this.invalid('in numeric literal');
    if (this.text[this.at] === '.') {
      this.at++;
      if (!this.digits()) this.invalid('after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.text[this.at] ?? '')) {
      this.at++;
      if (/[+-]/.test(this.text[this.at] ?? '')) this.at++;
      if (!this.digits()) this.invalid('in exponent of numeric literal');
    }
    const literal = this.text.slice(start, this.at);
    const value = Number(literal);
    if (!Number.isFinite(value)) this.overflow ??= literal;
    return value;
  }

  private digits(): boolean {
    const start = this.at;
    while (/[0-9]/.test(this.text[this.at] ?? '')) this.at++;
    return this.at > start;
  }

  private string(): string {
    const start = this.at;
    this.at++;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) this.invalid('in string literal');
      if (char! < ' ') this.invalid('in string literal');
      if (char === '"') break;
      if (char === '\\') this.escape();
      else this.at++;
    }
    this.at++;
    return JSON.parse(this.text.slice(start, this.at)).replace(/\p{Surrogate}/gu, '\ufffd');
  }

  private escape(): void {
    this.at++;
    const char = this.text[this.at];
    if (char !== 'u') {
      if (char === undefined || !'"\\/bfnrt'.includes(char)) this.invalid('in string escape code');
      this.at++;
      return;
    }
    this.at++;
    for (let digit = 0; digit < 4; digit++, this.at++) {
      if (!/[\da-fA-F]/.test(this.text[this.at] ?? '')) this.invalid('in \\u hexadecimal character escape');
    }
  }

  private array(depth: number): GoValue {
    const out: GoValue[] = [];
    this.at++;
    this.space();
    if (this.text[this.at] === ']') {
      this.at++;
      return out;
    }
    for (;;) {
      out.push(this.value(depth + 1));
      this.space();
      if (this.text[this.at] === ']') break;
      if (this.text[this.at] !== ',') this.invalid('after array element');
      this.at++;
    }
    this.at++;
    return out;
  }

  private object(depth: number): GoDict {
    const out = newDict();
    this.at++;
    this.space();
    if (this.text[this.at] === '}') {
      this.at++;
      return out;
    }
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') this.invalid('looking for beginning of object key string');
      const key = this.string();
      this.space();
      if (this.text[this.at] !== ':') this.invalid('after object key');
      this.at++;
      setKey(out, key, this.value(depth + 1));
      this.space();
      if (this.text[this.at] === '}') break;
      if (this.text[this.at] !== ',') this.invalid('after object key:value pair');
      this.at++;
    }
    this.at++;
    return out;
  }
}
