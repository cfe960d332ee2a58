/**
 * Go's regular expressions, as far as CRDs use them. Law: matching takes time proportional to the text, whatever the
 * pattern and whoever wrote the text; JavaScript's backtracking needs exponential time for patterns that CRDs do have,
 * such as `^[!-~]+([\t ]?[!-~]+)*$`. So a pattern becomes an automaton whose states are made when first reached.
 */
import { type CharSet, type Instruction, programOf } from './pattern-program';

export interface Pattern {
  readonly source: string;
  /** Whether any part of `text` matches, as Go's MatchString. */
  test(text: string): boolean;
}

const cache = new Map<string, Automaton>();

/** The pattern for a Go regular expression; throws for syntax that no CRD uses. */
export function parsePattern(source: string): Pattern {
  let pattern = cache.get(source);
  if (pattern === undefined) {
    pattern = new Automaton(source, programOf(source));
    cache.set(source, pattern);
  }
  return pattern;
}

/** States are forgotten beyond this, so that no text can fill the memory. */
const stateLimit = 1000;

/** What the automaton can be in the middle of: a set of instructions. */
interface State {
  readonly waiting: readonly number[];
  /** A match is complete, whatever follows. */
  readonly matched: boolean;
  /** A match is complete if the text ends here. */
  readonly matchedAtEnd: boolean;
  readonly next: (State | undefined)[];
}

class Automaton implements Pattern {
  readonly source: string;
  private readonly program: readonly Instruction[];
  /** The first character of each class of characters that the pattern does not tell apart, ascending. */
  private readonly classStarts: readonly number[];
  private readonly asciiClass: Uint8Array;
  private readonly states = new Map<string, State>();
  private initial: State | undefined;

  constructor(source: string, program: readonly Instruction[]) {
    this.source = source;
    this.program = program;
    this.classStarts = classStartsOf(program);
    this.asciiClass = Uint8Array.from({ length: 128 }, (_, code) => this.searchClass(code));
  }

  test(text: string): boolean {
    this.initial ??= this.stateOf([0], true);
    let state = this.initial;
    for (let at = 0; at < text.length; at++) {
      if (state.matched) return true;
      const code = text.charCodeAt(at);
      let charClass: number;
      if (code < 128) charClass = this.asciiClass[code]!;
      else {
        const point = text.codePointAt(at)!;
        if (point > 0xffff) at++;
        charClass = this.searchClass(point);
      }
      state = state.next[charClass] ?? this.step(state, charClass);
    }
    return state.matched || state.matchedAtEnd;
  }

  private searchClass(code: number): number {
    let found = 0;
    while (found + 1 < this.classStarts.length && this.classStarts[found + 1]! <= code) found++;
    return found;
  }

  private step(state: State, charClass: number): State {
    const code = this.classStarts[charClass]!;
    const starts = [0];
    for (const at of state.waiting) {
      const instruction = this.program[at]!;
      if (instruction.op === 'char' && contains(instruction.set, code)) starts.push(at + 1);
    }
    const next = this.stateOf(starts, false);
    state.next[charClass] = next;
    return next;
  }

  private stateOf(starts: readonly number[], atStart: boolean): State {
    const reached = this.reach(starts, atStart, false);
    const waiting = [...reached]
      .filter((at) => this.program[at]!.op === 'char' || this.program[at]!.op === 'end')
      .sort();
    const key = `${atStart}:${waiting.join()}:${this.hasMatch(reached)}`;
    const known = this.states.get(key);
    if (known) return known;
    if (this.states.size >= stateLimit) this.forget();
    const state = {
      waiting,
      matched: this.hasMatch(reached),
      matchedAtEnd: this.hasMatch(this.reach(starts, atStart, true)),
      next: new Array<State | undefined>(this.classStarts.length).fill(undefined),
    };
    this.states.set(key, state);
    return state;
  }

  private forget(): void {
    for (const state of this.states.values()) state.next.fill(undefined);
    this.states.clear();
    this.initial = undefined;
  }

  private hasMatch(reached: ReadonlySet<number>): boolean {
    return reached.has(this.program.length - 1);
  }

  /** Every instruction that can be reached without consuming a character. */
  private reach(starts: readonly number[], atStart: boolean, atEnd: boolean): Set<number> {
    const reached = new Set<number>();
    const open = [...starts];
    while (open.length > 0) {
      const at = open.pop()!;
      if (reached.has(at)) continue;
      reached.add(at);
      const instruction = this.program[at]!;
      if (instruction.op === 'split') open.push(...instruction.to);
      else if ((instruction.op === 'start' && atStart) || (instruction.op === 'end' && atEnd)) open.push(at + 1);
    }
    return reached;
  }
}

function contains(set: CharSet, code: number): boolean {
  return set.some(([first, last]) => first <= code && code <= last);
}

function classStartsOf(program: readonly Instruction[]): number[] {
  const starts = new Set([0]);
  for (const instruction of program) {
    if (instruction.op !== 'char') continue;
    for (const [first, last] of instruction.set) starts.add(first).add(last + 1);
  }
  return [...starts].sort((a, b) => a - b);
}
