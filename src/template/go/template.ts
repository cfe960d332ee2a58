/** Parsed templates and how they are rendered; what was parsed once is kept. */
import { TemplateError } from '../error';
import { BUILTINS } from './builtins';
import { wellFormed } from './bytes';
import { execute } from './exec';
import type { FunctionMap } from './function';
import type { Tree } from './node';
import { parseTemplates } from './parser';
import type { MissingKey } from './scope';
import type { GoValue } from './value';

export interface ParseTemplateOptions {
  /** How errors name the template. @default base, as Argo CD names it */
  readonly name?: string;
  /** Functions beside Go's own. @default - none */
  readonly functions?: FunctionMap;
  /** What actions are put in. @default ['{{', '}}'] */
  readonly delimiters?: readonly [left: string, right: string];
}

export interface RenderTemplateOptions {
  /** What a missing key of a map is. @default default: it prints `<no value>` */
  readonly missingKey?: MissingKey;
}

/** A template that Go would accept. */
export class GoTemplate {
  constructor(
    readonly name: string,
    /** The text, when it holds no action: it renders as itself. */
    readonly literal: string | undefined,
    readonly trees: ReadonlyMap<string, Tree>,
    readonly functions: FunctionMap,
  ) {}
}

const NO_FUNCTIONS: FunctionMap = {};
const NO_TREES: ReadonlyMap<string, Tree> = new Map();
const MAX_CACHED = 5000;
const DEFAULT_DELIMITERS = ['{{', '}}'] as const;

/** Templates by functions, then by name and delimiters, then by text. */
const cache = new WeakMap<FunctionMap, Map<string, Map<string, GoTemplate>>>();

/** Parses a template, or throws the {@link TemplateError} that Go gives. */
export function parseGoTemplate(text: string, options: ParseTemplateOptions = {}): GoTemplate {
  const { name = 'base', functions = NO_FUNCTIONS, delimiters = DEFAULT_DELIMITERS } = options;
  if (!text.includes(delimiters[0] || '{{')) return new GoTemplate(name, text, NO_TREES, functions);
  const known = knownTemplates(functions, delimiters === DEFAULT_DELIMITERS ? name : [name, ...delimiters].join('\0'));
  let template = known.get(text);
  if (template === undefined) {
    template = parseNew(text, name, functions, delimiters);
    if (known.size >= MAX_CACHED) known.clear();
    known.set(text, template);
  }
  return template;
}

function knownTemplates(functions: FunctionMap, settings: string): Map<string, GoTemplate> {
  let all = cache.get(functions);
  if (all === undefined) {
    all = new Map();
    cache.set(functions, all);
  }
  let known = all.get(settings);
  if (known === undefined) {
    known = new Map();
    all.set(settings, known);
  }
  return known;
}

function parseNew(
  text: string,
  name: string,
  functions: FunctionMap,
  delimiters: readonly [string, string],
): GoTemplate {
  const hasFunction = (word: string) => Object.hasOwn(functions, word) || Object.hasOwn(BUILTINS, word);
  const trees = guarded(name, () => parseTemplates(wellFormed(text), { name, delimiters, hasFunction }));
  return new GoTemplate(name, undefined, trees, functions);
}

/**
 * Renders over data as json.Unmarshal gives it, or throws the {@link TemplateError} that Go gives. The functions `set`,
 * `unset` and `merge` change the data, as they do in Go: clone what must not change.
 */
export function renderGoTemplate(template: GoTemplate, data: unknown, options: RenderTemplateOptions = {}): string {
  if (template.literal !== undefined) return wellFormed(template.literal);
  const { missingKey = 'default' } = options;
  const { name, trees, functions } = template;
  return guarded(name, () => execute(trees, name, (data ?? undefined) as GoValue, { missingKey, functions }));
}

/** A stack or a string too large for JavaScript becomes an error of the template. */
function guarded<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const reason = 'not supported offline: the template or its data is nested too deeply, or its result is too large';
    throw new TemplateError(`template: ${name}: ${reason}`, { line: 1, reason });
  }
}

/** The `missingkey` that options such as Argo CD's `goTemplateOptions` set. Go panics over any other option. */
export function missingKeyOf(options: readonly string[]): MissingKey {
  let result: MissingKey = 'default';
  for (const option of options) {
    const found = /^missingkey=(default|invalid|zero|error)$/.exec(option);
    if (found === null) {
      const reason = option === '' ? 'empty option string' : `unrecognized option: ${option}`;
      throw new TemplateError(reason, { line: 1, reason });
    }
    result = found[1] as MissingKey;
  }
  return result;
}
