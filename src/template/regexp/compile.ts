/** A tree of a regular expression as a program for the matcher. Its size is bounded, so its run time is linear. */
import { fail } from '../error';
import type { Test } from './chars';
import type { Assertion, Regexp } from './parse';

export type Instruction =
  | { readonly op: 'char'; readonly test: Test }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly kind: Assertion }
  | { readonly op: 'jump'; to: number }
  /** Tries `first` before `second`. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'match' };

const MAX_PROGRAM = 100_000;

export function compileProgram(root: Regexp): readonly Instruction[] {
  const program: Instruction[] = [];
  emit(root, program);
  program.push({ op: 'match' });
  return program;
}

function emit(node: Regexp, program: Instruction[]): void {
  if (program.length > MAX_PROGRAM) fail('not supported offline: the regular expression is too large');
  switch (node.op) {
    case 'empty':
      return;
    case 'char':
      program.push({ op: 'char', test: node.test });
      return;
    case 'assert':
      program.push({ op: 'assert', kind: node.kind });
      return;
    case 'concat':
      for (const part of node.parts) emit(part, program);
      return;
    case 'alternate':
      emitAlternate(node.parts, program);
      return;
    case 'group':
      program.push({ op: 'save', slot: node.index * 2 });
      emit(node.part, program);
      program.push({ op: 'save', slot: node.index * 2 + 1 });
      return;
    case 'repeat':
      emitRepeat(node, program);
  }
}

function emitAlternate(parts: readonly Regexp[], program: Instruction[]): void {
  const exits: { to: number }[] = [];
  parts.forEach((part, index) => {
    if (index === parts.length - 1) {
      emit(part, program);
      return;
    }
    const split = { op: 'split' as const, first: program.length + 1, second: 0 };
    program.push(split);
    emit(part, program);
    const jump = { op: 'jump' as const, to: 0 };
    program.push(jump);
    exits.push(jump);
    split.second = program.length;
  });
  for (const exit of exits) exit.to = program.length;
}

type Repeat = Extract<Regexp, { op: 'repeat' }>;

function emitRepeat(node: Repeat, program: Instruction[]): void {
  const { min, max, part, greedy } = node;
  if (max !== Infinity) {
    for (let count = 0; count < min; count++) emit(part, program);
    emitOptional(node, max - min, program);
    return;
  }
  for (let count = 0; count < min - 1; count++) emit(part, program);
  if (min > 0) emitPlus(part, greedy, program);
  else if (nullable(part)) maybe(greedy, program, () => emitPlus(part, greedy, program));
  else emitStar(part, greedy, program);
}

/** `(x(x(x)?)?)?` */
function emitOptional(node: Repeat, count: number, program: Instruction[]): void {
  const splits: { first: number; second: number }[] = [];
  for (let left = count; left > 0; left--) {
    const split = { op: 'split' as const, first: 0, second: 0 };
    program.push(split);
    aim(split, node.greedy, program.length);
    splits.push(split);
    emit(node.part, program);
  }
  for (const split of splits) leave(split, node.greedy, program.length);
}

function maybe(greedy: boolean, program: Instruction[], body: () => void): void {
  const split = { op: 'split' as const, first: 0, second: 0 };
  program.push(split);
  aim(split, greedy, program.length);
  body();
  leave(split, greedy, program.length);
}

function emitPlus(part: Regexp, greedy: boolean, program: Instruction[]): void {
  const start = program.length;
  emit(part, program);
  const split = { op: 'split' as const, first: 0, second: 0 };
  program.push(split);
  aim(split, greedy, start);
  leave(split, greedy, program.length);
}

function emitStar(part: Regexp, greedy: boolean, program: Instruction[]): void {
  const start = program.length;
  maybe(greedy, program, () => {
    emit(part, program);
    program.push({ op: 'jump', to: start });
  });
}

function aim(split: { first: number; second: number }, greedy: boolean, to: number): void {
  if (greedy) split.first = to;
  else split.second = to;
}

function leave(split: { first: number; second: number }, greedy: boolean, to: number): void {
  aim(split, !greedy, to);
}

function nullable(node: Regexp): boolean {
  switch (node.op) {
    case 'char':
      return false;
    case 'concat':
      return node.parts.every(nullable);
    case 'alternate':
      return node.parts.some(nullable);
    case 'group':
      return nullable(node.part);
    case 'repeat':
      return node.min === 0 || nullable(node.part);
    default:
      return true;
  }
}
