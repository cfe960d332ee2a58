/** Random templates and calls: the same from the same seed, for ever. */
import type { VectorCase } from './cases';

/** Mulberry32. */
export class Dice {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(options: readonly T[]): T {
    return options[this.below(options.length)]!;
  }
}

const FIELDS =
  `.s .e .i .f .big .neg .zero .t .no .n .l .nums .mixed .empty .m .em .u .multi .name .version .a .a.b .a.b.c
.a.n .a.list .apps .m.a .missing .missing.x .s.x .labels .labels.env .labels.zz .segments $ . $.s $.m .html .small`.split(
    /\s+/,
  );
const LITERALS =
  `"x" "" "a,b" "é" "%v" "%d-%s" 0 1 2 -1 3 1.5 1e3 0x10 true false nil 'c' \`raw\` "[a-z]+" "A b_c-D" "1.2.3"`.split(
    ' ',
  );

/** Arguments that fit each parameter type, mostly. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  string: [
    '"x"',
    '"a,b,c"',
    '""',
    '"Hello World"',
    '.s',
    '.u',
    '.e',
    '.name',
    '.html',
    '.multi',
    '"[a-z]+"',
    '"aé1 b"',
    '"%5v|"',
    '"a"',
  ],
  int: ['0', '1', '2', '5', '-1', '-3', '10', '(int .i)', '(len .l)'],
  bool: ['true', 'false', '.t', '.no', '(eq 1 1)'],
  float64: ['1.5', '0.4', '2', '.f', '.neg'],
  dict: ['.m', '.em', '.a', '(dict "a" 1 "q" "z")', '(dict)', '$', '(dict "b" (dict "c" 1))', '(index .apps 0)'],
  /** For functions that change their argument: a map that held itself would kill Go. */
  fresh: [
    '(dict "a" 1 "q" "z")',
    '(dict)',
    '(dict "b" (dict "c" 1) "l" (list 1))',
    '(dict "a" nil "b" (dict "c" "" "d" 0))',
    '(dict "a" (list) "b" "s")',
  ],
  time: ['(toDate "2006-01-02" "2020-03-04")', '(toDate "15:04" "12:30")'],
};

export interface Signature {
  readonly name: string;
  readonly params: readonly string[];
  readonly variadic?: string;
}

export class Generator {
  private depth = 0;
  private readonly vars: string[] = [];

  constructor(
    private readonly dice: Dice,
    private readonly functions: readonly Signature[],
  ) {}

  template(): string {
    this.vars.length = 0;
    let out = '';
    const parts = 1 + this.dice.below(4);
    for (let part = 0; part < parts; part++) out += this.node();
    return out;
  }

  /** One call, its arguments fitting more often than not. */
  call(signature: Signature): string {
    return `{{${this.invocation(signature)}}}`;
  }

  private list(): string {
    const count = this.dice.below(3);
    let out = '';
    for (let at = 0; at < count; at++) out += this.node();
    return out;
  }

  private open(): string {
    return this.dice.below(12) === 0 ? '{{- ' : '{{';
  }

  private close(): string {
    return this.dice.below(12) === 0 ? ' -}}' : '}}';
  }

  private node(): string {
    if (++this.depth > 4) {
      this.depth--;
      return 'x';
    }
    const mark = this.vars.length;
    const out = this.anyNode();
    this.depth--;
    if (!out.startsWith('{{$')) this.vars.length = mark;
    return out;
  }

  private anyNode(): string {
    const [open, close] = [this.open(), this.close()];
    switch (this.dice.below(16)) {
      case 0:
        return this.dice.pick(['text', ' ', '\n', ' a ', '}', '{', 'é']);
      case 1:
        return `${open}if ${this.pipe()}${close}${this.list()}{{end}}`;
      case 2:
        return `${open}if ${this.pipe()}${close}${this.list()}{{else}}${this.list()}{{end}}`;
      case 3:
        return `{{with ${this.pipe()}${close}${this.list()}{{.}}{{else}}n{{end}}`;
      case 4:
        return `{{range ${this.pipe()}}}${this.list()}{{.}},{{end}}`;
      case 5:
        return this.rangeVars();
      case 6: {
        const name = this.dice.pick(['$x', '$y']);
        const pipe = this.pipe();
        this.vars.push(name);
        return `{{${name} := ${pipe}}}`;
      }
      case 7:
        return this.vars.length === 0 ? 'v' : `{{${this.dice.pick(this.vars)} = ${this.pipe()}}}`;
      case 8:
        return this.dice.below(6) === 0 ? this.broken() : `${open}/* c */${close}`;
      default:
        return `${open}${this.pipe()}${close}`;
    }
  }

  private rangeVars(): string {
    const pipe = this.pipe();
    this.vars.push('$k', '$v');
    const jump = this.dice.pick(['', '{{break}}', '{{if $k}}{{continue}}{{end}}', '']);
    return `{{range $k, $v := ${pipe}}}{{$k}}:${jump}${this.list()}{{$v}};{{else}}e{{end}}`;
  }

  private broken(): string {
    return this.dice.pick([
      '{{',
      '{{end}}',
      '{{.}',
      '{{1 2}}',
      '{{nope 1}}',
      '{{"a}}',
      '{{.a..b}}',
      '{{if}}',
      '{{$q}}',
      '{{(1}}',
      '{{@}}',
    ]);
  }

  private pipe(): string {
    let out = this.operand(true);
    while (this.dice.below(4) === 0) out += ` | ${this.piped()}`;
    return out;
  }

  private piped(): string {
    let signature = this.dice.pick(this.functions);
    while (/^(set|merge|mustMerge)/.test(signature.name)) signature = this.dice.pick(this.functions);
    const given = Math.max(signature.params.length - 1, 0);
    return [signature.name, ...signature.params.slice(0, given).map((type) => this.argument(type))].join(' ');
  }

  private invocation(signature: Signature): string {
    const extra =
      signature.variadic === undefined ? [] : Array.from({ length: this.dice.below(3) }, () => signature.variadic!);
    const types = [...signature.params, ...extra];
    if (this.dice.below(40) === 0) types.pop();
    if (this.dice.below(60) === 0) types.push('any');
    const changes = /^(set|merge|mustMerge)/.test(signature.name);
    return [signature.name, ...types.map((type) => this.argument(changes && type === 'dict' ? 'fresh' : type))].join(
      ' ',
    );
  }

  private argument(type: string): string {
    const fitting = FITTING[type];
    if (fitting !== undefined && (type === 'fresh' || this.dice.below(10) !== 0)) return this.dice.pick(fitting);
    return this.operand(false);
  }

  private operand(first: boolean): string {
    const roll = this.dice.below(10);
    if (roll < 4) return this.dice.pick(FIELDS);
    if (roll < 6) {
      const literal = this.dice.pick(LITERALS);
      return first && literal === 'nil' ? '"nil"' : literal;
    }
    if (roll === 6 && this.vars.length > 0) return this.dice.pick(this.vars);
    if (++this.depth > 4) {
      this.depth--;
      return '.s';
    }
    const call = this.invocation(this.dice.pick(this.functions));
    this.depth--;
    if (first) return call;
    return this.dice.below(12) === 0 ? `(${call}).a` : `(${call})`;
  }
}

export function randomCases(
  seed: number,
  count: number,
  functions: readonly Signature[],
  rest: Omit<VectorCase, 't'>,
): VectorCase[] {
  const generator = new Generator(new Dice(seed), functions);
  return Array.from({ length: count }, () => ({ ...rest, t: generator.template() }));
}

/** Every function, `each` times. */
export function randomCalls(
  seed: number,
  each: number,
  functions: readonly Signature[],
  rest: Omit<VectorCase, 't'>,
): VectorCase[] {
  const generator = new Generator(new Dice(seed), functions);
  return functions.flatMap((signature) =>
    Array.from({ length: each }, () => ({ ...rest, t: generator.call(signature) })),
  );
}
