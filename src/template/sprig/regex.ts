/** The functions of Go's regexp package. */
import { CallError, fail } from '../error';
import { type FunctionMap, fn } from '../go/function';
import { goQuote } from '../go/quote';
import { GoSlice, type GoValue } from '../go/value';
import { compileGoRegexp, type GoRegexp } from '../regexp';

/** MustCompile: the panic names the pattern twice. */
function mustCompile(pattern: string): GoRegexp {
  try {
    return compileGoRegexp(pattern);
  } catch (error) {
    if (!(error instanceof CallError) || !error.message.startsWith('error parsing regexp')) throw error;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a raw literal cannot hold.
    const shown = /[`\x00-\x08\x0a-\x1f\x7f\ufeff]/.test(pattern) ? goQuote(pattern) : `\`${pattern}\``;
    return fail(`regexp: Compile(${shown}): ${error.message}`);
  }
}

function matches(pattern: string, text: string): boolean {
  return compileGoRegexp(pattern).match(text) !== undefined;
}

/** regexMatch swallows the error of a bad pattern. */
function quietMatch(pattern: string, text: string): boolean {
  try {
    return matches(pattern, text);
  } catch (error) {
    if (error instanceof CallError && error.message.startsWith('error parsing regexp')) return false;
    throw error;
  }
}

const NIL_STRINGS = new GoSlice([], 'string', { nil: true });

function findAll(regexp: GoRegexp, text: string, limit: number): GoValue {
  const found = regexp.matches(text, limit).map(([start, end]) => text.slice(start, end));
  return found.length === 0 ? NIL_STRINGS : new GoSlice(found, 'string');
}

function find(regexp: GoRegexp, text: string): string {
  const found = regexp.match(text);
  return found === undefined ? '' : text.slice(found[0], found[1]);
}

function split(regexp: GoRegexp, text: string, limit: number): GoValue {
  const parts = regexp.split(text, limit);
  return parts === undefined ? NIL_STRINGS : new GoSlice(parts, 'string');
}

type Compile = (pattern: string) => GoRegexp;

function family(compile: Compile): FunctionMap {
  return {
    regexFindAll: fn('string string int', (pattern, text, limit) => findAll(compile(pattern), text, limit)),
    regexFind: fn('string string', (pattern, text) => find(compile(pattern), text)),
    regexReplaceAll: fn('string string string', (pattern, text, by) => compile(pattern).replace(text, by, false)),
    regexReplaceAllLiteral: fn('string string string', (pattern, text, by) => compile(pattern).replace(text, by, true)),
    regexSplit: fn('string string int', (pattern, text, limit) => split(compile(pattern), text, limit)),
  };
}

function named(functions: FunctionMap): FunctionMap {
  return Object.fromEntries(
    Object.entries(functions).map(([name, target]) => [`must${name[0]!.toUpperCase()}${name.slice(1)}`, target]),
  );
}

export const REGEX: FunctionMap = {
  regexMatch: fn('string string', quietMatch),
  mustRegexMatch: fn('string string', matches),
  ...family(mustCompile),
  ...named(family(compileGoRegexp)),
  regexQuoteMeta: fn('string', (text) => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')),
};
