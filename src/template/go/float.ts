/** strconv.FormatFloat and ParseFloat for float64. */

/** Formats as Go's verbs e, E, f, g, G, x and X do; a negative precision is the shortest text that reads back the same. */
export function formatFloat(value: number, verb: string, precision: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const size = Math.abs(value);
  switch (verb) {
    case 'e':
    case 'E':
      return sign + caseOf(verb, exponent(precision < 0 ? size.toExponential() : fixedDigits(size, precision)));
    case 'f':
      return sign + (precision < 0 ? shortestFixed(size) : toFixed(size, precision));
    case 'x':
    case 'X':
      return sign + caseOf(verb, hexFloat(size, precision));
    default:
      return sign + caseOf(verb, general(size, precision));
  }
}

function caseOf(verb: string, text: string): string {
  return verb === verb.toUpperCase() ? text.toUpperCase() : text;
}

/** JavaScript writes `1e+6`, Go `1e+06`. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** JavaScript's toFixed and toExponential are exact up to 100 digits, and a float64 has no more than 1075. */
function fixedDigits(size: number, precision: number): string {
  if (precision <= 100) return roundExponential(size, precision);
  const padded = size.toExponential(100);
  return padded.replace('e', `${'0'.repeat(precision - 100)}e`);
}

/** toExponential rounds halves up; Go rounds the exact value to even. */
function roundExponential(size: number, precision: number): string {
  if (size === 0) return size.toExponential(precision);
  const { digits, point } = exactDecimal(size);
  const rounded = roundDigits(digits, precision + 1);
  const text = rounded.digits.padEnd(precision + 1, '0');
  const power = point - 1 + rounded.carry;
  const mantissa = precision > 0 ? `${text[0]}.${text.slice(1, precision + 1)}` : text[0]!;
  return `${mantissa}e${power < 0 ? '-' : '+'}${Math.abs(power)}`;
}

/** The value's exact decimal digits, and where the point stands: 0.digits * 10^point. */
export function exactDecimal(size: number): { digits: string; point: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const raw = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = raw === 0 ? fraction : fraction | 0x10000000000000n;
  const power = Math.max(raw, 1) - 1075;
  const scaled = power >= 0 ? mantissa << BigInt(power) : mantissa * 5n ** BigInt(-power);
  const text = scaled.toString();
  return { digits: text.replace(/0+$/, ''), point: text.length + Math.min(power, 0) };
}

/** Rounds digits to a number of them, half to even; `carry` is 1 when 9.99 became 10. */
function roundDigits(digits: string, keep: number): { digits: string; carry: number } {
  if (keep < 0) return { digits: '', carry: 0 };
  if (digits.length <= keep) return { digits, carry: 0 };
  const head = digits.slice(0, keep);
  const rest = digits.slice(keep);
  const odd = keep > 0 && Number(head[keep - 1]) % 2 === 1;
  const up = rest[0]! > '5' || (rest[0] === '5' && (rest.length > 1 || odd));
  if (!up) return { digits: head, carry: 0 };
  const next = (BigInt(head || '0') + 1n).toString().padStart(keep, '0');
  return next.length > keep ? { digits: next, carry: 1 } : { digits: next, carry: 0 };
}

function toFixed(size: number, precision: number): string {
  if (size === 0) return precision > 0 ? `0.${'0'.repeat(precision)}` : '0';
  const { digits, point } = exactDecimal(size);
  const keep = point + precision;
  const rounded = keep < 0 ? { digits: '', carry: 0 } : roundDigits(digits, keep);
  const whole = rounded.digits.padEnd(keep + rounded.carry, '0').slice(0, Math.max(keep + rounded.carry, 0));
  const all = whole.padStart(precision + 1, '0');
  return precision > 0 ? `${all.slice(0, -precision)}.${all.slice(-precision)}` : all;
}

function shortestFixed(size: number): string {
  const [mantissa = '0', power = '0'] = size.toExponential().split('e');
  return pointed(mantissa.replace('.', ''), Number(power) + 1);
}

/** `digits` with the point behind the first `point` of them. */
function pointed(digits: string, point: number): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  return digits.length <= point ? digits.padEnd(point, '0') : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function general(size: number, precision: number): string {
  const shortest = precision < 0;
  const wanted = precision === 0 ? 1 : precision;
  const text = shortest ? size.toExponential() : roundExponential(size, wanted - 1);
  const [mantissa = '0', power = '0'] = text.split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '') || '0';
  const exp = Number(power);
  let threshold = wanted;
  if (threshold > digits.length && digits.length >= exp + 1) threshold = digits.length;
  if (shortest) threshold = 6;
  if (exp < -4 || exp >= threshold) {
    return exponent(
      `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${exp < 0 ? '-' : '+'}${Math.abs(exp)}`,
    );
  }
  return pointed(digits, exp + 1);
}

function hexFloat(size: number, precision: number): string {
  if (size === 0) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  let power = Number((bits >> 52n) & 0x7ffn) - 1023;
  let mantissa = bits & 0xfffffffffffffn;
  if (power === -1023) {
    power = -1022;
    while (mantissa < 0x10000000000000n) {
      mantissa <<= 1n;
      power--;
    }
  } else mantissa |= 0x10000000000000n;
  if (precision >= 0 && precision < 13) {
    const drop = BigInt(52 - precision * 4);
    const half = 1n << (drop - 1n);
    const rest = mantissa & ((1n << drop) - 1n);
    mantissa >>= drop;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa++;
    mantissa <<= drop;
    if (mantissa >= 0x20000000000000n) {
      mantissa >>= 1n;
      power++;
    }
  }
  const hex = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0');
  const fraction = precision < 0 ? hex.replace(/0+$/, '') : hex.padEnd(precision, '0').slice(0, precision);
  const exp = Math.abs(power).toString().padStart(2, '0');
  return `0x1${fraction === '' ? '' : `.${fraction}`}p${power < 0 ? '-' : '+'}${exp}`;
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/;

/** strconv.ParseFloat: undefined for bad syntax and for what overflows. */
export function parseFloat64(text: string): number | undefined {
  if (/^[+-]?(?:inf|infinity)$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;
  const hex = HEXADECIMAL.exec(underscoresRemoved(text) ?? '');
  if (hex !== null) {
    const [, sign, whole = '', fraction = '', power] = hex;
    if (whole + fraction === '') return undefined;
    const value = Number(BigInt(`0x${whole}${fraction}`)) * 2 ** (Number(power) - 4 * fraction.length);
    return Number.isFinite(value) ? (sign === '-' ? -value : value) : undefined;
  }
  const clean = underscoresRemoved(text);
  if (clean === undefined || !DECIMAL.test(clean)) return undefined;
  const value = Number(clean);
  return Number.isFinite(value) ? value : undefined;
}

/** Underscores may stand between digits, or a base's prefix and a digit; undefined when they stand elsewhere. */
export function underscoresRemoved(text: string): string | undefined {
  if (!text.includes('_')) return text;
  const prefixed = text.replace(/^([+-]?)(0[xXoObB]|0)/, (_, sign, prefix) => sign + prefix.toLowerCase());
  const digits = prefixed.replace(/^[+-]?(0[xob]|0)?/, (all) => (all.endsWith('0') || /[xob]$/.test(all) ? '0' : ''));
  return /^_|__|_$|_[^\da-fA-F]|[^\da-fA-F]_/.test(digits) ? undefined : text.replaceAll('_', '');
}
