/**
 * How one string is written in YAML. Its law: YAML 1.1 and 1.2, JavaScript, Go and Python readers all get back the same
 * string. Among the forms that keep it, the one cdk8s writes (`yaml`, version 1.1, no folding) is taken.
 */
import { hasLoneSurrogate } from '../kernel/json';

/** Above this length a string is judged by single characters only: no expression that can backtrack sees it. */
const LONG = 1000;

/** No reader agrees on these unescaped: controls, C1, line separators, byte order mark, non-characters. */
export const UNPRINTABLE = /[^\t\n -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/;

/** What YAML's syntax takes for itself in a plain scalar of block style. */
const SYNTAX = /^[ ,[\]{}#&*!|>'"%@`]|^[?-](?: |$)|: |:$| #| $|\t/;

/** Words that some reader makes null, a boolean, a float, a merge or (PyYAML) a "value" tag of. */
const WORD =
  /^(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|[tT]rue|TRUE|[fF]alse|FALSE|[nN]ull|NULL|~|=|<<|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

const DECIMAL = /^[-+]?(?:\d+(?:\.\d*)?|\.\d*)?(?:[eE][-+]?\d+)?$/;
/** Go reads a second sign after `0b` and `0o`; YAML 1.1 has numbers of underscores alone. */
const BASED = /^[-+]?0(?:[bB][-+]?[01_]+|[oO][-+]?[0-7_]+|[xX][\da-fA-F_]+)$/;
const SEXAGESIMAL = /^[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?$/;
const TIMESTAMP =
  /^\d{4}-\d\d?-\d\d?(?:(?:[tT]|[ \t]+)\d\d?:\d\d?:\d\d?(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?$/;

/** Thrown by the writers below on text that has no UTF-8 form. */
export class UnwritableText extends Error {}

/**
 * A string as a value. `indent` is that of the block's lines if it takes several; at the root (`''`) it never does,
 * and document markers are quoted, since there they would stand in the first column.
 */
export function valueText(text: string, indent: string): string {
  if (isPlain(text)) return indent === '' && /^(?:---|\.\.\.)/.test(text) ? doubleQuoted(text) : text;
  if (hasLoneSurrogate(text)) throw new UnwritableText();
  if (text.includes('\n')) return (indent !== '' && blockText(text, indent)) || doubleQuoted(text);
  return quoted(text);
}

/** A string as a key: always one line. */
export function keyText(key: string): string {
  if (isPlain(key) && !/^(?:---|\.\.\.)/.test(key)) return key;
  if (hasLoneSurrogate(key)) throw new UnwritableText();
  return quoted(key);
}

/** A number that every reader takes for the same double. PyYAML wants a dot in a float; `String` would lose -0. */
export function numberText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const text = String(value);
  const exponent = text.indexOf('e');
  return exponent < 0 || text.includes('.') ? text : `${text.slice(0, exponent)}.0${text.slice(exponent)}`;
}

function isPlain(text: string): boolean {
  if (text === '' || SYNTAX.test(text) || text.includes('\n') || UNPRINTABLE.test(text)) return false;
  return !isTyped(text) && !hasLoneSurrogate(text);
}

/** Whether some reader would make something else than a string of the plain text. */
function isTyped(text: string): boolean {
  const first = text.charCodeAt(0);
  const numeric = first === 43 || first === 45 || first === 46 || (first >= 48 && first <= 57);
  if (text.length > LONG) return (numeric || first === 69 || first === 101) && !/[^-+\w.:]|[g-wyzG-WYZ]/.test(text);
  if (WORD.test(text)) return true;
  if (!numeric) return (first === 69 || first === 101) && DECIMAL.test(text);
  // Go drops every underscore before it looks for a number, wherever it stands.
  const digits = text.includes('_') ? text.replaceAll('_', '') : text;
  if (digits === '+' || digits === '-') return digits !== text;
  return (
    DECIMAL.test(digits) || BASED.test(text) || BASED.test(digits) || SEXAGESIMAL.test(digits) || TIMESTAMP.test(text)
  );
}

/** Single quotes spare the escapes of text that holds double quotes only, as JSON does. */
function quoted(text: string): string {
  if (text.includes('"') && !text.includes("'") && !text.includes('\n') && !UNPRINTABLE.test(text)) return `'${text}'`;
  return doubleQuoted(text);
}

function doubleQuoted(text: string): string {
  if (!UNPRINTABLE.test(text) && !text.includes(' \n')) return JSON.stringify(text);
  return `"${text.replace(/["\\]| (?=\n)|[^ -~\u00a0-\u2027\u202a-\ufefe\uff00-\ufffd]/g, escaped)}"`;
}

const NAMED: Readonly<Record<string, string>> = {
  ' ': '\\ ',
  '"': '\\"',
  '\\': '\\\\',
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
};

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return NAMED[character] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code}`);
}

/**
 * Text of several lines as a literal block, or undefined where a block would be misread: characters to escape, a last
 * line of blanks only, or blanks and line breaks and nothing else.
 */
function blockText(text: string, indent: string): string | undefined {
  if (UNPRINTABLE.test(text)) return undefined;
  let end = text.length;
  let firstTrailingBreak = -1;
  for (; end > 0; end--) {
    const code = text.charCodeAt(end - 1);
    if (code === 10) firstTrailingBreak = end - 1;
    else if (code !== 32 && code !== 9) break;
  }
  const endsLine = text.charCodeAt(text.length - 1) === 10;
  if ((firstTrailingBreak >= 0 && !endsLine) || (end === 0 && /[ \t]/.test(text))) return undefined;
  // Readers find the indent by the first character that is no blank; before it, the text's own blanks would count.
  const indented = /^\n*[ \t]/.test(text) ? '2' : '';
  const chomp = firstTrailingBreak < 0 ? '-' : end > 0 && firstTrailingBreak === text.length - 1 ? '' : '+';
  const body = endsLine ? text.slice(0, -1) : text;
  return `|${indented}${chomp}\n${indent}${body.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
}
