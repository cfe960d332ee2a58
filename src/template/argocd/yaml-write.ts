/** toYaml: the bytes that sigs.k8s.io/yaml gives, which sorts keys its own way and folds lines after 80 columns. */
import { bounded, fail, notOffline } from '../error';
import { formatFloat } from '../go/float';
import {
  entriesOf,
  GoInt,
  GoMap,
  GoSlice,
  GoStruct,
  type GoValue,
  isDict,
  isList,
  isNilDict,
  items,
  plain,
} from '../go/value';
import { jsonNumber } from '../sprig/json';
import { naturalOrder } from './yaml-order';
import { isBreak, isPrintable, stringStyle } from './yaml-scalar';

const WIDTH = 80;

/** Two columns a level. */
const MAX_INDENT = 2000;

/** The document with its last newline. */
export function writeYaml(value: GoValue): string {
  const emitter = new Emitter();
  emitter.node(value, -1, 'root');
  return bounded(emitter.end());
}

type Place = 'root' | 'item' | 'value' | 'complexValue';

class Emitter {
  private out = '';
  private column = 0;
  /** Only blanks and indicators stand on the line so far. */
  private indention = true;

  end(): string {
    this.indent(0);
    return this.out;
  }

  private put(text: string): void {
    this.out += text;
    this.column += [...text].length;
  }

  private newline(text = '\n'): void {
    this.out += text;
    this.column = 0;
    this.indention = true;
  }

  private indent(indent: number): void {
    if (!this.indention || this.column > indent) this.newline();
    this.put(' '.repeat(Math.max(indent - this.column, 0)));
    this.indention = true;
  }

  /** `-`, `?` and `:` keep the line open for a collection. */
  private indicator(text: string, keepsIndention: boolean): void {
    if (this.column > 0 && !this.out.endsWith(' ')) this.put(' ');
    this.put(text);
    this.indention = this.indention && keepsIndention;
  }

  node(value: GoValue, indent: number, place: Place): void {
    if (indent > MAX_INDENT) notOffline('the data is nested too deeply');
    const bare = jsonShape(value);
    if (isList(bare)) this.sequence(items(bare), indent, place);
    else if (isDict(bare) || bare instanceof GoMap) this.mapping(entriesOf(bare), indent, place);
    else this.scalar(bare, indent < 0 ? 2 : indent + 2, false);
  }

  private sequence(list: readonly GoValue[], outer: number, place: Place): void {
    if (list.length === 0) {
      this.flow('[]');
      return;
    }
    const indent = place === 'value' ? outer : outer < 0 ? 0 : outer + 2;
    for (const item of list) {
      this.indent(indent);
      this.indicator('-', true);
      this.node(item, indent, 'item');
    }
  }

  private flow(text: string): void {
    this.indicator(text, false);
    this.indention = false;
  }

  private mapping(entries: Readonly<Record<string, GoValue>>, outer: number, _place: Place): void {
    const keys = Object.keys(entries).sort(naturalOrder);
    if (keys.length === 0) {
      this.flow('{}');
      return;
    }
    const indent = outer < 0 ? 0 : outer + 2;
    for (const key of keys) {
      jsonShape(key);
      if ([...key].length > 1000) notOffline('YAML keys longer than 1,000 characters');
      this.indent(indent);
      if (isSimpleKey(key)) {
        this.scalar(key, indent, true);
        this.put(':');
        this.indention = false;
        this.node(entries[key], indent, 'value');
      } else {
        this.indicator('?', true);
        this.scalar(key, indent + 2, false);
        this.indent(indent);
        this.indicator(':', true);
        this.node(entries[key], indent, 'complexValue');
      }
    }
  }

  private scalar(value: GoValue, indent: number, key: boolean): void {
    if (typeof value !== 'string') {
      this.flow(scalarText(value));
      return;
    }
    const style = stringStyle(value, key);
    if (style === 'literal') this.literal(value, indent);
    else if (style === 'double') this.double(value, indent, !key);
    else if (style === 'single') this.single(value, indent, !key);
    else this.plain(value, indent, !key);
    if (style !== 'literal') this.indention = false;
  }

  private space(): void {
    if (this.column > 0 && !this.out.endsWith(' ')) this.put(' ');
  }

  private plain(value: string, indent: number, folds: boolean): void {
    this.space();
    this.folded([...value], indent, folds, 0, Infinity);
  }

  private single(value: string, indent: number, folds: boolean): void {
    this.space();
    this.put("'");
    const chars = [...value];
    this.folded(chars, indent, folds, 1, chars.length - 1, "''");
    this.put("'");
  }

  /** Writes characters, folding at single blanks beyond the width. */
  private folded(
    chars: readonly string[],
    indent: number,
    folds: boolean,
    from: number,
    to: number,
    quote = "'",
  ): void {
    let blanks = false;
    let breaks = false;
    for (const [at, char] of chars.entries()) {
      if (char === ' ') {
        const fold = folds && !blanks && this.column > WIDTH && at >= from && at < to && chars[at + 1] !== ' ';
        if (fold) this.fold(indent);
        else this.put(char);
        blanks = true;
      } else if (isBreak(char)) {
        this.newline(char);
        breaks = true;
      } else {
        if (breaks) this.indent(indent);
        this.put(char === "'" ? quote : char);
        this.indention = false;
        blanks = false;
        breaks = false;
      }
    }
  }

  private fold(indent: number): void {
    this.indention = false;
    this.indent(indent);
  }

  private double(value: string, indent: number, folds: boolean): void {
    this.space();
    this.put('"');
    const chars = [...value];
    const marked = value.startsWith('\ufeff');
    let blanks = false;
    for (const [at, char] of chars.entries()) {
      if (marked || !isPrintable(char) || isBreak(char) || char === '"' || char === '\\') {
        this.put(escaped(char));
        blanks = false;
      } else if (char === ' ') {
        if (folds && !blanks && this.column > WIDTH && at > 0 && at < chars.length - 1) {
          this.fold(indent);
          if (chars[at + 1] === ' ') this.put('\\');
        } else this.put(char);
        blanks = true;
      } else {
        this.put(char);
        blanks = false;
      }
      if (char !== ' ') this.indention = false;
    }
    this.put('"');
  }

  private literal(value: string, indent: number): void {
    this.space();
    const chars = [...value];
    const hint = chars[0] === ' ' || isBreak(chars[0]!) ? '2' : '';
    const ends = isBreak(chars[chars.length - 1]!);
    const keeps = ends && (chars.length === 1 || isBreak(chars[chars.length - 2]!));
    this.put(`|${hint}${keeps ? '+' : ends ? '' : '-'}`);
    this.newline();
    let breaks = true;
    for (const char of chars) {
      if (isBreak(char)) {
        this.newline(char);
        breaks = true;
        continue;
      }
      if (breaks) this.indent(indent);
      this.put(char);
      this.indention = false;
      breaks = false;
    }
  }
}

function isSimpleKey(key: string): boolean {
  return Buffer.byteLength(key) <= 128 && ![...key].some(isBreak);
}

/** The value as JSON would carry it to the YAML writer. */
function jsonShape(value: GoValue): GoValue {
  const bare = plain(value);
  if (bare instanceof GoStruct) return JSON.parse(bare.json());
  if (bare instanceof GoSlice || bare instanceof GoMap) return bare.options.nil ? null : bare;
  if (isDict(bare) && isNilDict(bare)) return null;
  if (typeof bare !== 'string') return bare;
  if (/[\x7f-\x84\x86-\x9f\ufffe\uffff]/.test(bare)) return fail('yaml: control characters are not allowed');
  if (bare.includes('\u0085')) return notOffline('toYaml of the character U+0085, which go-yaml loses');
  return bare.replace(/\p{Surrogate}/gu, '\ufffd');
}

function scalarText(value: GoValue): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof GoInt) return value.value.toString();
  if (typeof value !== 'number') return String(value);
  const text = jsonNumber(value);
  if (text === '-0') return '0';
  const whole = /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  const fits = whole !== undefined && whole >= -(1n << 63n) && whole < 1n << 64n;
  return fits ? text : formatFloat(value, 'g', -1);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(char: string): string {
  const short = ESCAPES[char];
  if (short !== undefined) return `\\${short}`;
  const code = char.codePointAt(0)!;
  const [letter, width] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
  return `\\${letter}${code
    .toString(16)
    .toUpperCase()
    .padStart(width as number, '0')}`;
}
