/**
 * A first look at metric conditions, which are expressions of expr-lang. Only what no expression can be is refused:
 * quotes and brackets that do not close, an operator without its right side, `=` and `===`. Types and names are not
 * looked at, except for lists compared as if they were numbers.
 */

/** A placeholder is replaced before the expression is read: it may be any operand. */
const PLACEHOLDER = /\{\{[^{}]*\}\}/g;

/** What is wrong with an expression; undefined when nothing obvious is. */
export function conditionFault(text: string): string | undefined {
  const code = blanked(text.replace(PLACEHOLDER, ' 0 '));
  if (typeof code !== 'string') return code.fault;
  const bracket = bracketFault(code);
  if (bracket !== undefined) return bracket;
  if (code.includes('===')) return "'===' is no operator, write '=='";
  if (/(^|[^=!<>])=(?!=)/.test(code) && !/\blet\b/.test(code)) return "'=' assigns, write '==' to compare";
  const dangling = /(?:==|!=|<=?|>=?|&&|\|\||[+\-*/%^]|\b(?:and|or|not|in))\s*$/.exec(code);
  return dangling === null ? undefined : `nothing follows '${dangling[0].trim()}'`;
}

/** The expression without comments, and with strings emptied. */
function blanked(text: string): string | { readonly fault: string } {
  let code = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"' || char === "'" || char === '`') {
      const end = stringEnd(text, at);
      if (end < 0) return { fault: `the string that ${char} opens is not closed` };
      code += `${char}${char}`;
      at = end;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) return { fault: 'the comment that /* opens is not closed' };
      at = end + 1;
    } else if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else code += char;
  }
  return code;
}

function stringEnd(text: string, start: number): number {
  const quote = text[start]!;
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\' && quote !== '`') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function bracketFault(code: string): string | undefined {
  const open: string[] = [];
  for (const char of code) {
    if (CLOSING[char] !== undefined) open.push(char);
    else if (char === ')' || char === ']' || char === '}') {
      const last = open.pop();
      if (last === undefined) return `'${char}' closes nothing`;
      if (CLOSING[last] !== char) return `'${last}' is closed by '${char}'`;
    }
  }
  const unclosed = open.pop();
  return unclosed === undefined ? undefined : `'${unclosed}' is not closed`;
}

const RESULT = String.raw`(?<![\w.$#\])])(?:result|as(?:Int|Float)\(\s*result\s*\))(?![\w.[(?])`;
const NUMBER = String.raw`-?(?:\d|\.\d|\{\{)`;
const RESULT_FIRST = new RegExp(String.raw`${RESULT}\s*(?:[<>]=?|[=!]=\s*(?=${NUMBER}))`);
const RESULT_LAST = new RegExp(
  String.raw`(?:[<>]=?\s*|${NUMBER}[\w.}]*\s*[=!]=\s*)${RESULT}\s*(?:$|[)&|?:]|and\b|or\b)`,
);

/** The part of an expression that compares the whole `result` with a number; undefined when none does. */
export function bareComparison(text: string): string | undefined {
  const code = blanked(text);
  if (typeof code !== 'string') return undefined;
  return (RESULT_FIRST.exec(code) ?? RESULT_LAST.exec(code))?.[0].trim();
}

/** Whether a PromQL query may give a number, not a list. */
export function maybeScalar(query: string): boolean {
  return (
    /^\s*\{\{[^{}]*\}\}\s*$/.test(query) ||
    /\b(?:scalar|time|pi)\s*\(/.test(query) ||
    !/[A-Za-z_:{]/.test(query.replace(/\b(?:\d+(?:e[+-]?\d+)?|0x[\da-f]+|inf|nan)\b/gi, ''))
  );
}
