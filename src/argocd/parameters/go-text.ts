/** Writing and reading Go templates: expressions from paths, and a text's literal parts and actions. */

/** The steps from a parameter set to a value: names, and indexes into lists. */
export type Steps = readonly (string | number)[];

const IDENTIFIER = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;

/** `.a.b`; `index .a "odd-key" 0` from the first step that is no identifier on. */
export function pathExpression(steps: Steps): string {
  const odd = steps.findIndex((step) => typeof step === 'number' || !IDENTIFIER.test(step));
  const plain = odd < 0 ? steps : steps.slice(0, odd);
  const field = plain.length === 0 ? '.' : plain.map((step) => `.${step}`).join('');
  return odd < 0 ? field : ['index', field, ...steps.slice(odd).map((step) => JSON.stringify(step))].join(' ');
}

/** As an operand of a function: in parentheses unless it is one word. */
export function operand(expression: string): string {
  return /^[\w.$]+$/.test(expression) ? expression : `(${expression})`;
}

/** A constant. A number has a point, since JSON's numbers are floats and Go compares like with like. */
export function constant(value: string | number | boolean): string {
  if (typeof value !== 'number') return JSON.stringify(value);
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

export type Segment = { readonly text: string } | { readonly action: string };

/** A text's literal parts and its actions, without braces; undefined when an action does not end. */
export function segmentsOf(template: string): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  let at = 0;
  for (;;) {
    const start = template.indexOf('{{', at);
    if (start < 0) break;
    if (start > at) segments.push({ text: template.slice(at, start) });
    const end = endOfAction(template, start + 2);
    if (end === undefined) return undefined;
    segments.push({ action: template.slice(start + 2, end) });
    at = end + 2;
  }
  if (at < template.length) segments.push({ text: template.slice(at) });
  return segments;
}

/** Where the `}}` of an action is, past the quotes in it. */
function endOfAction(template: string, start: number): number | undefined {
  const comment = /^(?:- )?\s*\/\*[\s\S]*?\*\/\s*-?(?=\}\})/.exec(template.slice(start));
  if (comment !== null) return start + comment[0].length;
  const token = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|\}\}/g;
  token.lastIndex = start;
  for (let match = token.exec(template); match !== null; match = token.exec(template)) {
    if (match[0] === '}}') return match.index;
  }
  return undefined;
}

/** The pipeline of an action that does nothing but print; undefined for blocks, assignments, comments and trims. */
export function pipelineOf(action: string): string | undefined {
  const pipeline = action.trim();
  const other = /^-|\s-$|^\/\*|^(if|range|with|else|end|define|block|template|break|continue)\b|:=|^\$\w*\s*=/;
  return other.test(action) || other.test(pipeline) || pipeline === '' ? undefined : pipeline;
}

/** The pipeline of a text that is one action and nothing else. */
export function solePipeline(text: string): string | undefined {
  const segments = segmentsOf(text);
  const [first] = segments ?? [];
  return segments?.length === 1 && first !== undefined && 'action' in first ? pipelineOf(first.action) : undefined;
}

/**
 * A text as an action that prints it as JSON, so that it is one scalar of YAML whatever the parameters hold; undefined
 * when it has blocks.
 */
export function jsonAction(text: string): string | undefined {
  if (!text.includes('{{')) return JSON.stringify(text);
  const segments = segmentsOf(text);
  if (segments === undefined) return undefined;
  const operands: string[] = [];
  let format = '';
  for (const segment of segments) {
    if ('text' in segment) {
      format += segment.text.replaceAll('%', '%%');
      continue;
    }
    const pipeline = pipelineOf(segment.action);
    if (pipeline === undefined) return undefined;
    format += '%v';
    operands.push(operand(pipeline));
  }
  return format === '%v'
    ? `{{ toString ${operands[0]} | toJson }}`
    : `{{ printf ${JSON.stringify(format)} ${operands.join(' ')} | toJson }}`;
}
