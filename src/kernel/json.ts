/**
 * What is JSON and what is not. Its law: a value without problems here is written and read back the same by every
 * reader; a value with problems is described, path by path, and never crashes the one who looks at it.
 */
import { type FieldPath, formatPath } from './issue';

/** One place where a value is not JSON. */
export interface JsonProblem {
  readonly path: FieldPath;
  /** What is there, as a noun phrase: `NaN`, `a Map`, `the function "render"`. */
  readonly got: string;
  /** What to write instead. */
  readonly fix: string;
}

/** Thrown once, with every problem of the value. The caller knows the object and makes issues of them. */
export class NotJsonError extends Error {
  readonly problems: readonly JsonProblem[];

  constructor(problems: readonly JsonProblem[]) {
    super(problemsMessage('not JSON', problems));
    this.name = 'NotJsonError';
    this.problems = problems;
  }
}

/** Levels of nesting beyond which a value is taken for a mistake; readers that recurse give up not far above. */
export const MAX_DEPTH = 1000;

/** YAML ends an implicit key after 1,024 characters (YAML 1.2, 7.4.2). */
export const MAX_KEY_LENGTH = 1024;

/** A headline and the first problems; the rest are counted, since a list of a million NaN is one mistake. */
export function problemsMessage(headline: string, problems: readonly JsonProblem[]): string {
  const shown = problems
    .slice(0, 10)
    .map(({ path, got, fix }) => `  ${clip(formatPath(path), 200) || '(root)'}: ${got}; ${fix}`);
  if (problems.length > shown.length) shown.push(`  and ${problems.length - shown.length} more`);
  return [`${headline}:`, ...shown].join('\n');
}

/** What a value is, for a message: `NaN`, `a Date`, `a list`. Never throws, and never runs to more than a line. */
export function describe(value: unknown): string {
  if (typeof value === 'object') return describeObject(value);
  switch (typeof value) {
    case 'bigint':
      return `the bigint ${clip(String(value))}n`;
    case 'symbol':
      return clip(String(value));
    case 'function':
      return describeFunction(value);
    case 'string':
      return clip(JSON.stringify(value.length > 60 ? value.slice(0, 60) : value));
    default:
      return String(value);
  }
}

/** Whether `value` is a mapping of this or another realm: not null, not a list, not a class instance. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Every realm has its own Object.prototype; what they share is that nothing stands above them.
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Whether text has half a surrogate pair: such a string has no UTF-8 form, so no file can hold it. */
export function hasLoneSurrogate(text: string): boolean {
  // The first expression spares text of the basic plane the slower second one.
  return /[\ud800-\udfff]/.test(text) && /\p{Surrogate}/u.test(text);
}

/** Problems after which a look at a value ends: one mistake in a shared part has as many places as the part. */
const MAX_PROBLEMS = 1000;

/**
 * The places where `value` is not JSON, in the order of its keys, up to a thousand. Linear in the distinct objects of
 * the value. An undefined member of a mapping is no problem (it is absent); an undefined list item is (its place is not).
 */
export function jsonProblems(
  value: unknown,
  keyIsTooLong: (key: string) => boolean = (key) => key.length > MAX_KEY_LENGTH,
): JsonProblem[] {
  const problems: JsonProblem[] = [];
  const path: (string | number)[] = [];
  /** The ancestors of the value in hand, by their depth. */
  const open = new Map<object, number>();
  /** Objects without problems, by their height: at another place only their depth can be one. */
  const clean = new Map<object, number>();
  const report = (got: string, fix: string) => {
    problems.push({ path: [...path], got, fix });
    return 0;
  };
  const visitKey = (key: string) => {
    if (keyIsTooLong(key)) {
      report(`a key of ${key.length} characters`, `use a key of at most ${MAX_KEY_LENGTH} characters, escapes counted`);
    }
    if (hasLoneSurrogate(key)) report('a key with half a surrogate pair', 'write the whole character in the key');
  };
  const visitMember = (step: string | number, member: unknown) => {
    path.push(step);
    if (typeof step === 'string') visitKey(step);
    const height = visit(member);
    path.pop();
    return height;
  };
  const visitMembers = (parent: object) => {
    let height = 0;
    const keys = Array.isArray(parent) ? parent.keys() : Object.keys(parent);
    for (const key of keys) {
      if (problems.length >= MAX_PROBLEMS) break;
      const member = (parent as Record<string | number, unknown>)[key];
      if (member !== undefined || typeof key === 'number') height = Math.max(height, visitMember(key, member));
    }
    return height;
  };
  /** Returns the height of the value: 0 for a scalar, one more than its members for a collection. */
  const visit = (node: unknown): number => {
    const problem = ownProblem(node);
    if (problem) return report(...problem);
    if (typeof node !== 'object' || node === null) return 0;
    const seenAt = open.get(node);
    if (seenAt !== undefined) {
      const ancestor = formatPath(path.slice(0, seenAt)) || 'the root';
      return report(`a cycle: the same object as ${ancestor}`, 'write a copy without the reference back');
    }
    if (path.length >= MAX_DEPTH) return report(`nesting deeper than ${MAX_DEPTH} levels`, 'flatten the value');
    const known = clean.get(node);
    if (known !== undefined && path.length + known <= MAX_DEPTH) return known;
    const before = problems.length;
    open.set(node, path.length);
    const height = 1 + visitMembers(node);
    open.delete(node);
    if (problems.length === before) clean.set(node, height);
    return height;
  };
  visit(value);
  return problems;
}

/** The problem of one value by itself, as [got, fix]. */
function ownProblem(value: unknown): [string, string] | undefined {
  switch (typeof value) {
    case 'string':
      if (!hasLoneSurrogate(value)) return undefined;
      return ['a string with half a surrogate pair', 'write the whole character; encode binary data as base64'];
    case 'number':
      if (Number.isFinite(value)) return undefined;
      return [describe(value), 'use a finite number, or leave the field out'];
    case 'boolean':
      return undefined;
    case 'object':
      if (value === null || Array.isArray(value) || isPlainObject(value)) return undefined;
      return [describe(value), fixForObject(value)];
    case 'bigint':
      return [describe(value), 'use Number(…) if it is a safe integer, else a string'];
    case 'undefined':
      return ['undefined', 'leave it out, or write null'];
    case 'function':
      return [describe(value), 'call it and use its result'];
    default:
      return [describe(value), 'use a string'];
  }
}

function fixForObject(value: object): string {
  if (value instanceof Date) return 'use .toISOString()';
  if (value instanceof Map) return 'use Object.fromEntries(…)';
  if (value instanceof Set) return 'use a list: [...set]';
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return 'use a base64 string, or a list: [...bytes]';
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return 'use .valueOf()';
  return 'use a plain object: {…}';
}

function describeObject(value: object | null): string {
  if (value === null) return 'null';
  try {
    if (Array.isArray(value)) return 'a list';
    if (isPlainObject(value)) return 'a mapping';
    const name: unknown = value.constructor?.name;
    if (typeof name === 'string' && name !== '') return `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${clip(name)}`;
  } catch {
    // A revoked proxy or a throwing getter: there is nothing more to learn.
  }
  return 'an object of a class';
}

function describeFunction(value: object): string {
  const name = Object.getOwnPropertyDescriptor(value, 'name')?.value as unknown;
  return typeof name === 'string' && name !== '' ? `the function ${JSON.stringify(clip(name))}` : 'a function';
}

function clip(text: string, length = 60): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
