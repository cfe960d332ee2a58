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
  MAX_KEY_LENGTH,
  NotJsonError,
  problemsMessage,
} from '../kernel/json';
import { keyText, numberText, UNPRINTABLE, UnwritableText, valueText } from './scalar';

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
  const run: Run = { out: '', root: value, sortKeys: options.sortKeys ?? true, deepChecked: false };
  try {
    put('', value, '', '', marks, run);
  } catch (error) {
    if (error instanceof Odd || error instanceof UnwritableText) throw notJson(value);
    throw error;
  }
  const unused = marks ? unusedMarks(marks, [], value) : [];
  if (unused.length > 0) throw new CommentError(unused);
  // What follows a head is set off by a blank; at the root there is no head.
  return run.out.startsWith(' ') ? run.out.slice(1) : run.out;
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
  /** The document so far, whole lines: one append a line is what V8 joins cheapest. */
  out: string;
  readonly root: unknown;
  readonly sortKeys: boolean;
  /** Whether a deep value was looked through for cycles already. */
  deepChecked: boolean;
}

/** Two blanks a level: past 64 levels, a cycle is likelier than a manifest. */
const DEEP_INDENT = 2 * 64;

const LONG = 1000;

/**
 * A string that is plain at sight: words joined by single blanks or colons, starting with a letter, and no word or
 * number of any YAML. Every repetition starts on a character that the one before cannot take, so a match is linear;
 * but each takes from V8's backtracking stack, so it is only for text that is not {@link LONG}.
 */
const COMMON =
  /^(?!(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|[tT]rue|TRUE|[fF]alse|FALSE|[nN]ull|NULL|[eE][-+]?\d+)$)[A-Za-z_/][\w./@+=,;$()-]*(?:[ :][\w./@+=,;$()-]+)*$/;

/** What the one pass throws when it meets what is not JSON; the paths are found by a second, slower one. */
class Odd extends Error {}
const ODD = new Odd();

function notJson(value: unknown): NotJsonError {
  return new NotJsonError(jsonProblems(value, keyIsTooLong));
}

/** By its length as written, escapes and quotes included: that is what readers count. */
function keyIsTooLong(key: string): boolean {
  return key.length > MAX_KEY_LENGTH || (!hasLoneSurrogate(key) && keyText(key).length > MAX_KEY_LENGTH);
}

/**
 * Appends `head` and the value to its last line's end. `head` ends in `key:` or `-`; `indent` is that of the value's
 * further lines; `inline` is what stands between head and a collection's first line: a newline and the indent after a
 * key, one blank after a dash.
 */
function put(head: string, value: unknown, indent: string, inline: string, mark: Mark | undefined, run: Run): void {
  switch (typeof value) {
    case 'string':
      putScalar(head, value.length < LONG && COMMON.test(value) ? value : valueText(value, indent), mark, run);
      return;
    case 'number':
      if (!Number.isFinite(value)) throw ODD;
      putScalar(head, numberText(value), mark, run);
      return;
    case 'boolean':
      putScalar(head, value ? 'true' : 'false', mark, run);
      return;
    case 'object':
      if (value === null) putScalar(head, 'null', mark, run);
      else putCollection(head, value, indent, inline, mark, run);
      return;
    default:
      throw ODD;
  }
}

function putScalar(head: string, text: string, mark: Mark | undefined, run: Run): void {
  if (mark?.comment === undefined || text.includes('\n')) run.out += `${head} ${text}\n`;
  else {
    mark.used = true;
    run.out += `${head} ${text} # ${mark.comment}\n`;
  }
}

function putCollection(head: string, value: object, indent: string, inline: string, mark: Mark | undefined, run: Run) {
  if (indent.length > DEEP_INDENT) checkDeep(run);
  const inner = `${indent}  `;
  let lead = head + inline;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      put(`${lead}-`, value[index], inner, ' ', mark?.steps.get(String(index)), run);
      lead = indent;
    }
    if (value.length === 0) run.out += `${head} []\n`;
    return;
  }
  if (!isPlainObject(value)) throw ODD;
  const keys = indent === '' ? rootKeys(value, run.sortKeys) : keysOf(value, run.sortKeys);
  const innerInline = `\n${inner}`;
  let empty = true;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    const member = value[key];
    if (member === undefined) continue;
    const label = LABELS.get(key) ?? labelOf(key);
    // What most members are, without the calls and the half-made line that the others need.
    if (mark === undefined && typeof member === 'string' && member.length < LONG && COMMON.test(member)) {
      run.out += `${lead}${label} ${member}\n`;
    } else {
      put(lead + label, member, inner, innerInline, mark?.steps.get(key), run);
    }
    lead = indent;
    empty = false;
  }
  if (empty) run.out += `${head} {}\n`;
}

/** Keys as written, with their colon. A fleet has few, each a hundred thousand times. */
const LABELS = new Map<string, string>();
const MAX_LABELS = 4096;

function labelOf(key: string): string {
  const name = key.length < LONG && COMMON.test(key) ? key : keyText(key);
  if (name.length > MAX_KEY_LENGTH) throw ODD;
  const label = `${name}:`;
  if (LABELS.size < MAX_LABELS) LABELS.set(key, label);
  return label;
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
  const first = FIRST.filter((key) => Object.hasOwn(map, key));
  return first.every((key, index) => keys[index] === key) ? keys : [...new Set([...first, ...keys])];
}

/** One look for cycles and endless depth when a value gets deep: a set of ancestors for every object would cost more. */
function checkDeep(run: Run): void {
  if (run.deepChecked) return;
  run.deepChecked = true;
  if (jsonProblems(run.root, keyIsTooLong).length > 0) throw ODD;
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
function unusedMarks(mark: Mark, path: string[], value: unknown, problems: JsonProblem[] = []): JsonProblem[] {
  if (mark.comment !== undefined && !mark.used) {
    const got =
      value === undefined ? 'no such field' : typeof value === 'string' ? 'text of several lines' : 'not a scalar';
    problems.push({ path, got, fix: 'point the comment at a scalar of one line' });
  }
  for (const [step, next] of mark.steps) {
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    const child = inside ? (value as Record<string, unknown>)[step] : undefined;
    unusedMarks(next, [...path, step], child, problems);
  }
  return problems;
}
