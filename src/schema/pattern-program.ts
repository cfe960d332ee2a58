/** Parses a Go regular expression into a program for an automaton. The last instruction is the match. */

/** Inclusive ranges of code points. */
export type CharSet = readonly (readonly [number, number])[];

export type Instruction =
  | { readonly op: 'char'; readonly set: CharSet }
  | { readonly op: 'split'; readonly to: readonly number[] }
  | { readonly op: 'start' | 'end' | 'match' };

type Node =
  | { readonly is: 'char'; readonly set: CharSet }
  | { readonly is: 'start' }
  | { readonly is: 'end' }
  | { readonly is: 'sequence'; readonly parts: readonly Node[] }
  | { readonly is: 'choice'; readonly parts: readonly Node[] }
  | { readonly is: 'repeat'; readonly body: Node; readonly min: number; readonly max: number };

const lastCode = 0x10ffff;
const digits: CharSet = [[48, 57]];
const wordChars: CharSet = [[48, 57], [65, 90], [95, 95], [97, 122]]; // biome-ignore format: ranges of code points
const spaces: CharSet = [[9, 10], [12, 13], [32, 32]]; // biome-ignore format: ranges of code points
const classes: Readonly<Record<string, CharSet>> = { d: digits, w: wordChars, s: spaces };
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7 };

export function programOf(source: string): Instruction[] {
  const program: Instruction[] = [];
  emit(new Parser(source).parse(), program);
  program.push({ op: 'match' });
  return program;
}

class Parser {
  private at = 0;
  private foldCase = false;

  constructor(private readonly source: string) {}

  parse(): Node {
    const node = this.choice();
    if (this.at < this.source.length) this.refuse('unbalanced )');
    return node;
  }

  private choice(): Node {
    const foldCase = this.foldCase;
    const parts = [this.sequence()];
    while (this.take('|')) parts.push(this.sequence());
    this.foldCase = foldCase;
    return parts.length === 1 ? parts[0]! : { is: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      if (this.take('(?i)')) this.foldCase = true;
      else parts.push(this.repeated(this.atom()));
    }
    return { is: 'sequence', parts };
  }

  private repeated(body: Node): Node {
    let node = body;
    for (;;) {
      const bounds = this.bounds();
      if (!bounds) return node;
      // A lazy quantifier matches the same texts.
      this.take('?');
      node = { is: 'repeat', body: node, min: bounds[0], max: bounds[1] };
    }
  }

  private bounds(): readonly [number, number] | undefined {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.take('?')) return [0, 1];
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.source.slice(this.at, this.at + 12));
    if (!counted) return undefined;
    this.at += counted[0].length;
    const min = Number(counted[1]);
    return [min, counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : Number.POSITIVE_INFINITY];
  }

  private atom(): Node {
    if (this.take('(?:') || this.take('(')) return this.group();
    if (this.take('^')) return { is: 'start' };
    if (this.take('$')) return { is: 'end' };
    if (this.take('.')) return { is: 'char', set: complement([[10, 10]]) };
    if (this.take('[')) return this.charClass();
    return { is: 'char', set: this.folded(this.escapedOrPlain()) };
  }

  private group(): Node {
    if (this.source[this.at] === '?') this.refuse('this kind of group');
    const node = this.choice();
    if (!this.take(')')) this.refuse('a group without )');
    return node;
  }

  private charClass(): Node {
    const negated = this.take('^');
    const ranges: (readonly [number, number])[] = [];
    for (let first = true; first || this.source[this.at] !== ']'; first = false) {
      if (this.at >= this.source.length) this.refuse('a class without ]');
      const item = this.escapedOrPlain();
      const next = this.source[this.at + 1];
      if (item.length === 1 && this.source[this.at] === '-' && next !== ']' && next !== undefined) {
        this.at++;
        ranges.push([item[0]![0], this.escapedOrPlain()[0]![1]]);
      } else ranges.push(...item);
    }
    this.at++;
    const set = this.folded(ranges);
    return { is: 'char', set: negated ? complement(set) : set };
  }

  /** One character, or a class such as `\w`. */
  private escapedOrPlain(): CharSet {
    const code = this.source.codePointAt(this.at)!;
    this.at += code > 0xffff ? 2 : 1;
    if (code !== 92) return [[code, code]];
    const letter = this.source[this.at++] ?? this.refuse('a trailing \\');
    const hex = letter === 'x' ? /^[0-9a-fA-F]{2}/.exec(this.source.slice(this.at)) : null;
    if (hex) {
      this.at += 2;
      return single(Number.parseInt(hex[0], 16));
    }
    if (controls[letter] !== undefined) return single(controls[letter]);
    const known = classes[letter.toLowerCase()];
    if (known) return letter === letter.toLowerCase() ? known : complement(known);
    if (/[A-Za-z0-9]/.test(letter)) this.refuse(`\\${letter}`);
    return single(letter.codePointAt(0)!);
  }

  private folded(set: CharSet): CharSet {
    if (!this.foldCase) return set;
    return set.flatMap((range) => [range, ...shifted(range, 65, 90, 32), ...shifted(range, 97, 122, -32)]);
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private refuse(what: string): never {
    throw new Error(`the pattern ${this.source} uses ${what}, which is not supported`);
  }
}

function single(code: number): CharSet {
  return [[code, code]];
}

/** The part of a range within [first, last], moved: the other case of its ASCII letters. */
function shifted(range: readonly [number, number], first: number, last: number, by: number): CharSet {
  const from = Math.max(range[0], first);
  const to = Math.min(range[1], last);
  return from <= to ? [[from + by, to + by]] : [];
}

function complement(set: CharSet): CharSet {
  const ranges: (readonly [number, number])[] = [];
  let from = 0;
  for (const [first, last] of [...set].sort((a, b) => a[0] - b[0])) {
    if (first > from) ranges.push([from, first - 1]);
    from = Math.max(from, last + 1);
  }
  if (from <= lastCode) ranges.push([from, lastCode]);
  return ranges;
}

function emit(node: Node, program: Instruction[]): void {
  if (node.is === 'char') program.push({ op: 'char', set: node.set });
  else if (node.is === 'start' || node.is === 'end') program.push({ op: node.is });
  else if (node.is === 'sequence') for (const part of node.parts) emit(part, program);
  else if (node.is === 'choice') emitChoice(node.parts, program);
  else emitRepeat(node.body, node.min, node.max, program);
}

function emitChoice(parts: readonly Node[], program: Instruction[]): void {
  const fork: number[] = [];
  program.push({ op: 'split', to: fork });
  const exits = parts.map((part) => {
    fork.push(program.length);
    emit(part, program);
    const exit: number[] = [];
    program.push({ op: 'split', to: exit });
    return exit;
  });
  for (const exit of exits) exit.push(program.length);
}

function emitRepeat(body: Node, min: number, max: number, program: Instruction[]): void {
  for (let count = 0; count < min; count++) emit(body, program);
  const forks: number[][] = [];
  const optional = max === Number.POSITIVE_INFINITY ? 1 : max - min;
  for (let count = 0; count < optional; count++) {
    const fork = [program.length + 1];
    program.push({ op: 'split', to: fork });
    forks.push(fork);
    emit(body, program);
  }
  if (max === Number.POSITIVE_INFINITY) program.push({ op: 'split', to: [forks[0]![0]! - 1] });
  for (const fork of forks) fork.push(program.length);
}
