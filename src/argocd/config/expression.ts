/** Conditions of triggers, in expr-lang, read far enough to see what does not compile. */

const TOKENS =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|[\p{L}_$][\p{L}\p{Nd}_$]*|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?|0[xXbBoO][\da-fA-F]+|&&|\|\||==|!=|<=|>=|\*\*|\?\.|\?\?|\.\.|[-+*/%^<>!=?:.,;|#()[\]{}]/uy;

const PAIRS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const BINARY = new Set([
  '&&',
  '||',
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '+',
  '*',
  '/',
  '%',
  '**',
  '^',
  '??',
  '.',
  '?.',
  'and',
  'or',
  'in',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
]);

/** Why an expression does not compile, or undefined. */
export function expressionProblem(expression: string): string | undefined {
  const open: string[] = [];
  const words: string[] = [];
  for (let at = 0; at < expression.length; ) {
    TOKENS.lastIndex = at;
    const [token] = TOKENS.exec(expression) ?? [];
    if (token === undefined) return `unexpected '${expression[at]}' at ${at + 1}${hint(expression[at]!)}`;
    at += token.length;
    if (/^(?:\s|\/[/*])/.test(token)) continue;
    if ('([{'.includes(token)) open.push(token);
    else if (Object.hasOwn(PAIRS, token) && open.pop() !== PAIRS[token]) return `unexpected '${token}' at ${at}`;
    else if (token === '=' && !words.includes('let')) return `a lone = at ${at}: to compare, write ==`;
    words.push(token);
  }
  if (open.length > 0) return `'${open.at(-1)}' is not closed`;
  const last = words.at(-1);
  return last !== undefined && BINARY.has(last) ? `nothing follows '${last}'` : undefined;
}

function hint(character: string): string {
  if (character === '&') return ': to join, write && or and';
  return `"'\``.includes(character) ? ': the text does not end' : '';
}
