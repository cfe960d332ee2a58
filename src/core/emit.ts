/**
 * JSON to YAML. Its law: the text is read back as the same value by YAML 1.1 and 1.2 readers in JavaScript, Go and
 * Python; the same value gives the same bytes, whatever the order of its keys; and they are the bytes of cdk8s where
 * those are safe. No line is folded, no anchor written.
 */
import {
  hasLoneSurrogate,
  isPlainObject,
  type JsonProblem,
  jsonProblems,
  MAX_DEPTH,
  MAX_KEY_LENGTH,
  NotJsonError,
  problemsMessage,
} from '../kernel/json';
import { COMMON, keyText, numberText, UNPRINTABLE, UnwritableText, valueText } from './scalar';

export interface EmitOptions {
  /**
   * Trailing comments on scalars, by JSON pointer (RFC 6901): `'/spec/image'` to `'{"$imagepolicy": "flux-system:app"}'`.
   * The scalar must take one line, and so must the comment.
   * @default - no comments
   */
  readonly comments?: ReadonlyMap<string, string>;
  /**
   * Whether mappings are written in the order of their sorted keys, else in the order of insertion. The top level
   * starts with `apiVersion`, `kind`, `metadata` either way, as cdk8s does.
   * @default true
   */
  readonly sortKeys?: boolean;
}

/** Thrown when a comment cannot be written: its pointer leads to no scalar of one line, or it is not one line itself. */
export class CommentError extends Error {
  readonly problems: readonly JsonProblem[];

  constructor(problems: readonly JsonProblem[]) {
    super(problemsMessage('comments that cannot be written', problems));
    this.name = 'CommentError';
    this.problems = problems;
  }
}

/**
 * One YAML document; ends with a newline, has no `---` before it. An undefined member is absent, null is kept.
 * Throws a {@link NotJsonError} with every place where the value is not JSON, else a {@link CommentError}.
 */
export function emit(value: unknown, options: EmitOptions = {}): string {
  const marks = options.comments?.size ? markTree(options.comments) : undefined;
  const run: Run = { root: value, sortKeys: options.sortKeys ?? true, deepChecked: false };
  const text = written(value, marks, run);
  if (marks && options.comments) {
    const problems = unusedMarks(marks, [], value);
    if (problems.length > 0) throw new CommentError(problems);
  }
  return text;
}

/** Several documents with `---` between them. Problems of all are thrown at once; their paths start with the document's index. */
export function emitAll(documents: Iterable<unknown>, options: Pick<EmitOptions, 'sortKeys'> = {}): string {
  let text = '';
  let index = 0;
  const problems: JsonProblem[] = [];
  for (const document of documents) {
    try {
      text += (index === 0 ? '' : '---\n') + emit(document, options);
    } catch (error) {
      if (!(error instanceof NotJsonError)) throw error;
      for (const problem of error.problems) problems.push({ ...problem, path: [index, ...problem.path] });
    }
    index++;
  }
  if (problems.length > 0) throw new NotJsonError(problems);
  return text;
}

/** The comments as a tree of steps, so that a walk without comments pays nothing and one with them no path. */
interface Mark {
  comment?: string;
  used: boolean;
  readonly steps: Map<string, Mark>;
}

interface Run {
  readonly root: unknown;
  readonly sortKeys: boolean;
  /** Whether a deep value was looked through for cycles already. */
  deepChecked: boolean;
}

/** Two blanks a level: past 64 levels a cycle is likelier than a manifest. */
const DEEP_INDENT = 2 * 64;
const MAX_INDENT = 2 * MAX_DEPTH;

/** What the one pass throws when it meets what is not JSON; the paths are found by a second, slower one. */
class Odd extends Error {}
const ODD = new Odd();

function written(value: unknown, marks: Mark | undefined, run: Run): string {
  try {
    const text = after(value, '', '', marks, run);
    return text.charCodeAt(0) === 32 ? text.slice(1) : text;
  } catch (error) {
    if (error instanceof Odd || error instanceof UnwritableText) throw notJson(value);
    throw error;
  }
}

function notJson(value: unknown): NotJsonError {
  return new NotJsonError(jsonProblems(value, keyIsTooLong));
}

/** By its length as written, escapes and quotes included: that is what readers count. */
function keyIsTooLong(key: string): boolean {
  if (key.length > MAX_KEY_LENGTH) return true;
  try {
    return keyText(key).length > MAX_KEY_LENGTH;
  } catch {
    return false;
  }
}

/**
 * What follows `key:` or `-`, to the end of its last line. `indent` is that of the lines below; `inline` is what a
 * collection's first line starts with: a newline and the indent after a key, one blank after a dash.
 */
function after(value: unknown, indent: string, inline: string, marks: Mark | undefined, run: Run): string {
  switch (typeof value) {
    case 'string': {
      const text = COMMON.test(value) ? value : valueText(value, indent);
      return marks === undefined ? ` ${text}\n` : ` ${text}${comment(marks, text)}\n`;
    }
    case 'number': {
      if (!Number.isFinite(value)) throw ODD;
      const text = numberText(value);
      return marks === undefined ? ` ${text}\n` : ` ${text}${comment(marks, text)}\n`;
    }
    case 'boolean':
      return marks === undefined ? (value ? ' true\n' : ' false\n') : ` ${value}${comment(marks, '')}\n`;
    case 'object':
      if (value === null) return marks === undefined ? ' null\n' : ` null${comment(marks, '')}\n`;
      if (indent.length > DEEP_INDENT) checkDeep(indent, run);
      if (Array.isArray(value)) return value.length === 0 ? ' []\n' : items(value, indent, inline, marks, run);
      if (!isPlainObject(value)) throw ODD;
      return members(value, indent, inline, marks, run) || ' {}\n';
    default:
      throw ODD;
  }
}

function members(map: Record<string, unknown>, indent: string, inline: string, marks: Mark | undefined, run: Run) {
  const keys = indent === '' ? rootKeys(map, run.sortKeys) : keysOf(map, run.sortKeys);
  const below = indent;
  const inner = `${below}  `;
  const innerInline = `\n${inner}`;
  let text = '';
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    const value = map[key];
    if (value === undefined) continue;
    const name = COMMON.test(key) ? key : keyText(key);
    if (name.length > MAX_KEY_LENGTH) throw ODD;
    text += `${text === '' ? inline : below}${name}:`;
    text += after(value, inner, innerInline, marks?.steps.get(key), run);
  }
  return text;
}

function items(list: readonly unknown[], indent: string, inline: string, marks: Mark | undefined, run: Run): string {
  const inner = `${indent}  `;
  let text = '';
  for (let index = 0; index < list.length; index++) {
    text += `${index === 0 ? inline : indent}-`;
    text += after(list[index], inner, ' ', marks?.steps.get(String(index)), run);
  }
  return text;
}

/** Sorted by UTF-16 code unit, as `Array.sort` does on any machine; a list that is in order is left alone. */
function keysOf(map: Record<string, unknown>, sorted: boolean): string[] {
  const keys = Object.keys(map);
  if (sorted) {
    for (let index = 1; index < keys.length; index++) {
      if (keys[index - 1]! > keys[index]!) return keys.sort();
    }
  }
  return keys;
}

const FIRST = ['apiVersion', 'kind', 'metadata'];

function rootKeys(map: Record<string, unknown>, sorted: boolean): string[] {
  const keys = keysOf(map, sorted);
  return [...FIRST.filter((key) => Object.hasOwn(map, key)), ...keys.filter((key) => !FIRST.includes(key))];
}

/** One look for cycles when a value gets deep; a set of ancestors on every object would cost more than the writing. */
function checkDeep(indent: string, run: Run): void {
  if (indent.length > MAX_INDENT) throw ODD;
  if (run.deepChecked) return;
  run.deepChecked = true;
  if (jsonProblems(run.root, keyIsTooLong).length > 0) throw ODD;
}

function comment(mark: Mark, text: string): string {
  if (mark.comment === undefined || text.includes('\n')) return '';
  mark.used = true;
  return ` # ${mark.comment}`;
}

function markTree(comments: ReadonlyMap<string, string>): Mark {
  const root: Mark = { used: false, steps: new Map() };
  const problems: JsonProblem[] = [];
  for (const [pointer, text] of comments) {
    const steps = pointerSteps(pointer);
    if (!steps) {
      problems.push({
        path: [],
        got: `the pointer ${JSON.stringify(pointer)}`,
        fix: "start it with '/': '/spec/image'",
      });
    } else if (text === '' || text.includes('\n') || UNPRINTABLE.test(text) || hasLoneSurrogate(text)) {
      problems.push({
        path: steps,
        got: `the comment ${JSON.stringify(text)}`,
        fix: 'write one line of printable text',
      });
    } else {
      let mark = root;
      for (const step of steps) {
        const next: Mark = mark.steps.get(step) ?? { used: false, steps: new Map() };
        mark.steps.set(step, next);
        mark = next;
      }
      mark.comment = text;
    }
  }
  if (problems.length > 0) throw new CommentError(problems);
  return root;
}

function pointerSteps(pointer: string): string[] | undefined {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The comments that no scalar took, with what stands there instead. */
function unusedMarks(mark: Mark, path: string[], value: unknown): JsonProblem[] {
  const problems: JsonProblem[] = [];
  if (mark.comment !== undefined && !mark.used) {
    const got =
      value === undefined ? 'no such field' : typeof value === 'string' ? 'text of several lines' : 'not a scalar';
    problems.push({ path, got, fix: 'point the comment at a scalar of one line' });
  }
  for (const [step, next] of mark.steps) {
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    const child = inside ? (value as Record<string, unknown>)[step] : undefined;
    problems.push(...unusedMarks(next, [...path, step], child));
  }
  return problems;
}
