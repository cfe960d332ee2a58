/** fmt.Sprintf: flags, width, precision, argument indexes, and the texts by which Go reports a bad verb. */
import { bounded } from '../error';
import { GoInt, type GoValue, plain, typeName } from './value';
import { type Flags, formatArg, noFlags } from './verbs';

/** Go refuses widths and precisions beyond this. */
const TOO_LARGE = 1_000_000;

export function sprintf(format: string, args: readonly GoValue[]): string {
  return format.includes('%') || args.length > 0 ? new Formatter(format, args.map(plain)).run() : format;
}

class Formatter {
  private out = '';
  private at = 0;
  private argument = 0;
  private afterIndex = false;
  private reordered = false;
  private goodIndex = true;

  constructor(
    private readonly format: string,
    private readonly args: readonly GoValue[],
  ) {}

  run(): string {
    for (;;) {
      const percent = this.format.indexOf('%', this.at);
      if (percent < 0) break;
      this.out += this.format.slice(this.at, percent);
      this.at = percent + 1;
      this.goodIndex = true;
      this.verb(this.flags());
      bounded(this.out);
    }
    this.out += this.format.slice(this.at);
    if (!this.reordered && this.argument < this.args.length) this.extra();
    return bounded(this.out);
  }

  private flags(): Flags {
    const flags = noFlags();
    for (; ; this.at++) {
      switch (this.format[this.at]) {
        case '#':
          flags.sharp = true;
          break;
        case '0':
          flags.zero = true;
          break;
        case '+':
          flags.plus = true;
          break;
        case '-':
          flags.minus = true;
          break;
        case ' ':
          flags.space = true;
          break;
        default:
          return flags;
      }
    }
  }

  private verb(flags: Flags): void {
    const char = this.format[this.at];
    const simple = char !== undefined && char >= 'a' && char <= 'z' && this.argument < this.args.length;
    if (!simple) {
      this.afterIndex = this.argumentIndex();
      this.width(flags);
      this.precision(flags);
      if (!this.afterIndex) this.afterIndex = this.argumentIndex();
    }
    const code = this.format.codePointAt(this.at);
    if (code === undefined) {
      this.out += '%!(NOVERB)';
      return;
    }
    const verb = String.fromCodePoint(code);
    this.at += verb.length;
    if (verb === '%') this.out += '%';
    else if (!this.goodIndex) this.out += `%!${verb}(BADINDEX)`;
    else if (this.argument >= this.args.length) this.out += `%!${verb}(MISSING)`;
    else this.out += formatArg(this.args[this.argument++], verb, adapted(flags, verb));
  }

  private width(flags: Flags): void {
    if (this.format[this.at] === '*') {
      this.at++;
      const width = this.intArgument();
      if (width === undefined) this.out += '%!(BADWIDTH)';
      else if (width < 0) Object.assign(flags, { width: -width, minus: true, zero: false });
      else flags.width = width;
      this.afterIndex = false;
      return;
    }
    flags.width = this.number();
    if (this.afterIndex && flags.width !== undefined) this.goodIndex = false;
  }

  private precision(flags: Flags): void {
    if (this.format[this.at] !== '.' || this.at + 1 >= this.format.length) return;
    this.at++;
    if (this.afterIndex) this.goodIndex = false;
    this.afterIndex = this.argumentIndex();
    if (this.format[this.at] !== '*') {
      flags.precision = this.number() ?? 0;
      return;
    }
    this.at++;
    const precision = this.intArgument();
    if (precision !== undefined && precision >= 0) flags.precision = precision;
    else this.out += '%!(BADPREC)';
    this.afterIndex = false;
  }

  private number(): number | undefined {
    const digits = /^\d*/.exec(this.format.slice(this.at, this.at + 400))![0];
    const value = Number(digits);
    if (digits !== '' && (digits.length > 8 || value > TOO_LARGE)) return this.crazyNumber(digits);
    this.at += digits.length;
    return digits === '' ? undefined : value;
  }

  /** Go gives up on the whole format when a number is too large before its last digit. */
  private crazyNumber(digits: string): number | undefined {
    let value = 0;
    for (const digit of digits) {
      if (value > TOO_LARGE) {
        this.at = this.format.length;
        return undefined;
      }
      value = value * 10 + Number(digit);
    }
    this.at += digits.length;
    return value;
  }

  private intArgument(): number | undefined {
    const arg = this.args[this.argument];
    if (this.argument < this.args.length) this.argument++;
    if (!(arg instanceof GoInt)) return undefined;
    const value = Number(arg.value);
    return Math.abs(value) > TOO_LARGE ? undefined : value;
  }

  /** `[n]`: whether one stood here. */
  private argumentIndex(): boolean {
    if (this.format[this.at] !== '[') return false;
    this.reordered = true;
    const end = this.format.indexOf(']', this.at + 1);
    if (this.format.length - this.at < 3 || end < 0) {
      this.at++;
      this.goodIndex = false;
      return false;
    }
    const digits = this.format.slice(this.at + 1, end);
    const index = /^\d{1,7}$/.test(digits) ? Number(digits) - 1 : undefined;
    this.at = end + 1;
    if (index !== undefined && index >= 0 && index < this.args.length) {
      this.argument = index;
      return true;
    }
    this.goodIndex = false;
    return index !== undefined;
  }

  private extra(): void {
    const rest = this.args.slice(this.argument).map((arg) => {
      return arg === null || arg === undefined ? '<nil>' : `${typeName(arg)}=${formatArg(arg, 'v', noFlags())}`;
    });
    this.out += `%!(EXTRA ${rest.join(', ')})`;
  }
}

/** For %v, `#` and `+` mean Go syntax and field names. */
function adapted(flags: Flags, verb: string): Flags {
  if (verb !== 'v' && verb !== 'w') return flags;
  return { ...flags, sharpV: flags.sharp, sharp: false, plusV: flags.plus, plus: false };
}
