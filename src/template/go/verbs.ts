/** One operand of Printf under one verb. */
import { notOffline } from '../error';
import { toBytes } from './bytes';
import { formatFloat } from './float';
import { goQuote, isPrint } from './quote';
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
  sortedKeys,
  typeName,
} from './value';

export interface Flags {
  width: number | undefined;
  precision: number | undefined;
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  plusV: boolean;
  sharpV: boolean;
}

export function noFlags(): Flags {
  return {
    width: undefined,
    precision: undefined,
    minus: false,
    plus: false,
    sharp: false,
    space: false,
    zero: false,
    plusV: false,
    sharpV: false,
  };
}

/** An operand at the top of the format. */
export function formatArg(value: GoValue, verb: string, flags: Flags): string {
  if (value === null || value === undefined) {
    return verb === 'T' || verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`;
  }
  if (verb === 'T') return formatString(typeName(value), 's', flags) as string;
  if (verb === 'w') return badVerb(value, verb, flags);
  if (verb === 'p') {
    return isList(value) || isDict(value) || value instanceof GoMap || value instanceof GoStruct
      ? notOffline('%p prints an address')
      : badVerb(value, verb, flags);
  }
  return formatValue(value, verb, flags);
}

function formatValue(value: GoValue, verb: string, flags: Flags): string {
  if (typeof value === 'string') return formatString(value, verb, flags) ?? badVerb(value, verb, flags);
  if (typeof value === 'number') return formatNumber(value, verb, flags) ?? badVerb(value, verb, flags);
  if (value instanceof GoInt) return formatInt(value, verb, flags) ?? badVerb(value, verb, flags);
  if (typeof value === 'boolean') {
    return verb === 't' || verb === 'v' ? pad(String(value), flags) : badVerb(value, verb, flags);
  }
  if (value instanceof GoStruct) return formatStruct(value, verb, flags);
  if (isList(value)) return formatList(value, verb, flags);
  return formatMap(value as never, verb, flags);
}

/** An element: a nil interface prints the same under every verb. */
function formatElement(value: GoValue, verb: string, flags: Flags): string {
  const bare = plain(value);
  if (bare === null || bare === undefined) return flags.sharpV ? 'interface {}(nil)' : '<nil>';
  return formatValue(bare, verb, flags);
}

function formatList(value: readonly GoValue[] | GoSlice, verb: string, flags: Flags): string {
  const parts = () => items(value).map((item) => formatElement(item, verb, flags));
  if (!flags.sharpV) return `[${parts().join(' ')}]`;
  const isNil = value instanceof GoSlice && value.options.nil === true;
  return `${typeName(value)}${isNil ? '(nil)' : `{${parts().join(', ')}}`}`;
}

function formatMap(value: { [key: string]: GoValue } | GoMap, verb: string, flags: Flags): string {
  const entries = entriesOf(value);
  const parts = () =>
    sortedKeys(entries).map((key) => `${formatElement(key, verb, flags)}:${formatElement(entries[key], verb, flags)}`);
  if (!flags.sharpV) return `map[${parts().join(' ')}]`;
  const isNil = value instanceof GoMap ? value.options.nil === true : isNilDict(value);
  return `${typeName(value)}${isNil ? '(nil)' : `{${parts().join(', ')}}`}`;
}

function formatStruct(value: GoStruct, verb: string, flags: Flags): string {
  if (!flags.sharpV && 'vsxXq'.includes(verb)) return formatString(value.text(), verb, flags)!;
  return notOffline(`%${verb} of a ${value.type}`);
}

function badVerb(value: GoValue, verb: string, flags: Flags): string {
  return `%!${verb}(${typeName(value)}=${formatValue(value, 'v', { ...flags })})`;
}

/** Pads to the width, counted in characters; zeros only on the left. */
export function pad(text: string, flags: Flags, zero = flags.zero): string {
  const missing = (flags.width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (flags.minus) return text + ' '.repeat(missing);
  return (zero ? '0' : ' ').repeat(missing) + text;
}

function formatString(value: string, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 'v':
      return flags.sharpV ? quoted(value, flags) : pad(truncated(value, flags), flags);
    case 's':
      return pad(truncated(value, flags), flags);
    case 'q':
      return quoted(value, flags);
    case 'x':
    case 'X':
      return hexText(value, verb, flags);
    default:
      return undefined;
  }
}

function truncated(value: string, flags: Flags): string {
  if (flags.precision === undefined) return value;
  const chars = [...value];
  return chars.length > flags.precision ? chars.slice(0, flags.precision).join('') : value;
}

function quoted(value: string, flags: Flags): string {
  const text = truncated(value, flags);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a raw literal cannot hold.
  const raw = flags.sharp && !/[`\x00-\x08\x0a-\x1f\x7f\ufeff\udc80-\udcff]/.test(text);
  return pad(raw ? `\`${text}\`` : goQuote(text, '"', flags.plus), flags);
}

function hexText(value: string, verb: string, flags: Flags): string {
  const bytes = toBytes(value);
  const count = Math.min(flags.precision ?? bytes.length, bytes.length);
  if (count === 0) return (flags.zero && !flags.minus ? '0' : ' ').repeat(flags.width ?? 0);
  const digits = [...bytes.subarray(0, count)].map((byte) => {
    const hex = byte.toString(16).padStart(2, '0');
    return verb === 'X' ? hex.toUpperCase() : hex;
  });
  const prefix = flags.sharp ? `0${verb}` : '';
  return pad(flags.space ? digits.map((hex) => prefix + hex).join(' ') : prefix + digits.join(''), flags);
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formatInt(int: GoInt, verb: string, flags: Flags): string | undefined {
  const base = BASES[verb];
  const signed = !int.type.startsWith('u');
  if (base !== undefined) {
    const hex = verb === 'v' && flags.sharpV && !signed;
    return digitsOf(int.value, hex ? 16 : base, verb, hex ? { ...flags, sharp: true } : flags);
  }
  const code = int.value < 0n || int.value > 0x10ffffn ? 0xfffd : Number(int.value);
  const char = code >= 0xd800 && code < 0xe000 ? '\ufffd' : String.fromCodePoint(code);
  if (verb === 'c') return pad(char, flags);
  if (verb === 'q') return pad(goQuote(char, "'", flags.plus), flags);
  return verb === 'U' ? unicodeText(int.value, flags) : undefined;
}

function unicodeText(value: bigint, flags: Flags): string {
  const code = BigInt.asUintN(64, value);
  const hex = code
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, flags.precision ?? 0), '0');
  const char = code <= 0x10ffffn && (code < 0xd800n || code > 0xdfffn) ? String.fromCodePoint(Number(code)) : '';
  return pad(`U+${hex}${flags.sharp && isPrint(char) ? ` '${char}'` : ''}`, flags, false);
}

function digitsOf(value: bigint, base: number, verb: string, flags: Flags): string {
  const negative = value < 0n;
  const signed = negative || flags.plus || flags.space;
  let least = flags.precision ?? 0;
  if (flags.precision === 0 && value === 0n) return ' '.repeat(flags.width ?? 0);
  if (flags.precision === undefined && flags.zero && !flags.minus && flags.width !== undefined) {
    least = flags.width - (signed ? 1 : 0);
  }
  let digits = (negative ? -value : value).toString(base).padStart(least, '0');
  if (verb === 'X') digits = digits.toUpperCase();
  if (flags.sharp) {
    if (base === 2) digits = `0b${digits}`;
    else if (base === 8 && !digits.startsWith('0')) digits = `0${digits}`;
    else if (base === 16) digits = `0${verb === 'X' ? 'X' : 'x'}${digits}`;
  }
  if (verb === 'O') digits = `0o${digits}`;
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  return pad(sign + digits, flags, false);
}

const FLOAT_VERBS: Readonly<Record<string, readonly [verb: string, precision: number]>> = {
  v: ['g', -1],
  g: ['g', -1],
  G: ['G', -1],
  x: ['x', -1],
  X: ['X', -1],
  f: ['f', 6],
  F: ['f', 6],
  e: ['e', 6],
  E: ['E', 6],
};

function formatNumber(value: number, verb: string, flags: Flags): string | undefined {
  if (verb === 'b') return notOffline('%b of a float');
  const rule = FLOAT_VERBS[verb];
  if (rule === undefined) return undefined;
  const precision = flags.precision ?? rule[1];
  const text = formatFloat(value, rule[0], precision);
  let sign = text[0] === '-' || text[0] === '+' ? text[0] : '+';
  let digits = text[0] === '-' || text[0] === '+' ? text.slice(1) : text;
  if (flags.space && sign === '+' && !flags.plus) sign = ' ';
  if (!Number.isFinite(value)) {
    const bare = Number.isNaN(value) && !flags.space && !flags.plus;
    const shown = sign !== '+' || flags.plus || Number.isFinite(value);
    return pad(bare ? digits : shown || !Number.isNaN(value) ? sign + digits : digits, flags, false);
  }
  if (flags.sharp) digits = withPoint(digits, verb, precision);
  if (!flags.plus && sign === '+') return pad(digits, flags);
  const missing = (flags.width ?? 0) - digits.length - 1;
  if (flags.zero && !flags.minus && missing > 0) return sign + '0'.repeat(missing) + digits;
  return pad(sign + digits, flags);
}

/** `#`: always a decimal point, and for %g no zeros removed. */
function withPoint(text: string, verb: string, precision: number): string {
  const [, mantissa = '', tail = ''] = /^(0[xX][^pP]*|[^eE]*)(.*)$/.exec(text)!;
  const keeps = 'vgGx'.includes(verb);
  let missing = keeps ? (precision === -1 ? 6 : precision) : 0;
  let seen = false;
  for (const char of mantissa) {
    if (char === '.') continue;
    if (char !== '0') seen = true;
    if (seen) missing--;
  }
  let out = mantissa;
  if (!mantissa.includes('.')) {
    if (mantissa === '0') missing--;
    out += '.';
  }
  return out + '0'.repeat(Math.max(missing, 0)) + tail;
}
