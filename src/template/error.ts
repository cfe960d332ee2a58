/** What stops a template: at parsing, or while it runs. Its law: nothing else is ever thrown out of this room. */

import { wellFormed } from './go/bytes';

/** Why a template cannot be rendered, in the words of Go's text/template, and where. */
export class TemplateError extends Error {
  /** From 1. */
  readonly line: number;
  /** From 0, in bytes, as Go counts it; undefined for parse errors, for which Go knows the line only. */
  readonly column: number | undefined;
  /** The fault without the place: `map has no entry for key "x"`. */
  readonly reason: string;
  /** The node that was being executed, as Go prints it: `.x`. */
  readonly at: string | undefined;

  constructor(message: string, place: { line: number; column?: number; reason: string; at?: string }) {
    super(wellFormed(message));
    this.name = 'TemplateError';
    this.line = place.line;
    this.column = place.column;
    this.reason = wellFormed(place.reason);
    this.at = place.at;
  }
}

/** The fault of a function; the evaluator adds `error calling NAME:` and the place. */
export class CallError extends Error {}

/** Throws what Go's run time would, which text/template turns into an error of the call. */
export function fail(message: string): never {
  throw new CallError(message);
}

/** Throws the error of something that is right in the controller and cannot be foretold here. */
export function notOffline(why: string): never {
  throw new CallError(`not supported offline: ${why}`);
}

/** Above this many UTF-16 units a text is refused: templates multiply what they are given. */
export const MAX_TEXT = 16 * 1024 * 1024;

/** Above this many elements a list that a function makes is refused. */
export const MAX_ITEMS = 1_000_000;

/** The text, unless it is longer than {@link MAX_TEXT}. */
export function bounded(text: string): string {
  return text.length > MAX_TEXT ? tooLong() : text;
}

/** Refuses before the memory is taken. */
export function boundLength(length: number, max: number = MAX_TEXT): void {
  if (length > max) tooLong();
}

function tooLong(): never {
  return notOffline('the result is larger than 16 MiB of text, or a million elements');
}
