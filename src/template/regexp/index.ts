/**
 * Go's regexp package: leftmost-first matching in linear time, whatever the pattern. JavaScript's own engine reads
 * patterns otherwise and can be made to run forever.
 */

import { goRegexpProblem } from '../../kernel/go-regexp';
import { fail } from '../error';
import { isWord } from './chars';
import { compileProgram, type Instruction } from './compile';
import { parseRegexp } from './parse';

/** Where a match and its groups start and end, in UTF-16 units; -1 for a group that took no part. */
export type Match = readonly number[];

const cache = new Map<string, GoRegexp>();

/** Compiles a pattern, or throws what regexp.Compile says of it. */
export function compileGoRegexp(pattern: string): GoRegexp {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  const problem = goRegexpProblem(pattern);
  if (problem !== undefined) fail(problem);
  const compiled = new GoRegexp(pattern);
  if (cache.size >= 500) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

interface Thread {
  readonly pc: number;
  readonly slots: readonly number[];
}

export class GoRegexp {
  private readonly program: readonly Instruction[];
  private readonly slots: number;
  private readonly names: ReadonlyMap<string, readonly number[]>;

  constructor(readonly pattern: string) {
    const { root, groups, names } = parseRegexp(pattern);
    this.program = compileProgram(root);
    this.slots = (groups + 1) * 2;
    this.names = names;
  }

  /** The leftmost match from a place on; what stands before it still counts for `^` and `\b`. */
  match(text: string, from = 0): Match | undefined {
    let current: Thread[] = [];
    let best: number[] | undefined;
    for (let at = from; ; ) {
      const code = text.codePointAt(at);
      const width = code === undefined ? 0 : code > 0xffff ? 2 : 1;
      if (best === undefined) this.add(current, new Set(current.map(({ pc }) => pc)), 0, this.fresh(at), text, at);
      const next: Thread[] = [];
      const seen = new Set<number>();
      for (const { pc, slots } of current) {
        const instruction = this.program[pc]!;
        if (instruction.op === 'match') {
          best = [slots[0]!, at, ...slots.slice(2)];
          break;
        }
        if (instruction.op === 'char' && code !== undefined && instruction.test(code)) {
          this.add(next, seen, pc + 1, slots, text, at + width);
        }
      }
      if (code === undefined || (next.length === 0 && best !== undefined)) return best;
      current = next;
      at += width;
    }
  }

  private fresh(at: number): number[] {
    const slots = new Array<number>(this.slots).fill(-1);
    slots[0] = at;
    return slots;
  }

  /** Adds a thread and all that it reaches without reading, the preferred first. */
  private add(
    list: Thread[],
    seen: Set<number>,
    start: number,
    from: readonly number[],
    text: string,
    at: number,
  ): void {
    const stack: Thread[] = [{ pc: start, slots: from }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { pc, slots } = top;
      if (seen.has(pc)) continue;
      seen.add(pc);
      const instruction = this.program[pc]!;
      switch (instruction.op) {
        case 'jump':
          stack.push({ pc: instruction.to, slots });
          break;
        case 'split':
          stack.push({ pc: instruction.second, slots }, { pc: instruction.first, slots });
          break;
        case 'save':
          stack.push({ pc: pc + 1, slots: withSlot(slots, instruction.slot, at) });
          break;
        case 'assert':
          if (holds(instruction.kind, text, at)) stack.push({ pc: pc + 1, slots });
          break;
        default:
          list.push({ pc, slots });
      }
    }
  }

  /** FindAllStringIndex with groups: at most `limit` matches, all when it is negative. */
  matches(text: string, limit: number): Match[] {
    const found: Match[] = [];
    let end = -1;
    for (let at = 0; at <= text.length && (limit < 0 || found.length < limit); ) {
      const match = this.match(text, at);
      if (match === undefined) break;
      const [start = 0, stop = 0] = match;
      const accepted = stop !== at || start !== end;
      at = stop === at ? at + widthAt(text, at) : stop;
      end = stop;
      if (accepted) found.push(match);
    }
    return found;
  }

  /** ReplaceAllString; `literal` takes the replacement as it is. */
  replace(text: string, replacement: string, literal: boolean): string {
    let out = '';
    let last = 0;
    for (let at = 0; at <= text.length; ) {
      const match = this.match(text, at);
      if (match === undefined) break;
      const [start = 0, stop = 0] = match;
      out += text.slice(last, start);
      if (stop > last || start === 0) out += literal ? replacement : this.expand(replacement, text, match);
      last = stop;
      const width = at < text.length ? widthAt(text, at) : 0;
      at = Math.max(at + width, stop > at ? stop : at + 1);
    }
    return out + text.slice(last);
  }

  private expand(template: string, text: string, match: Match): string {
    return template.replace(/\$(?:\$|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu, (all, short, braced) => {
      if (all === '$$') return '$';
      const name: string = short ?? braced;
      const numbered = /^\d+$/.test(name) && !/^0\d/.test(name);
      // Of groups with one name, the first that took part.
      const groups = numbered ? [Number(name)] : (this.names.get(name) ?? []);
      const group = groups.find((one) => (match[one * 2] ?? -1) >= 0) ?? -1;
      const start = group < 0 ? -1 : (match[group * 2] ?? -1);
      return start < 0 ? '' : text.slice(start, match[group * 2 + 1]);
    });
  }

  /** Split. */
  split(text: string, limit: number): string[] | undefined {
    if (limit === 0) return undefined;
    if (this.pattern !== '' && text === '') return [''];
    const parts: string[] = [];
    let begin = 0;
    let end = 0;
    for (const [start = 0, stop = 0] of this.matches(text, limit)) {
      if (limit > 0 && parts.length === limit - 1) break;
      end = start;
      if (stop !== 0) parts.push(text.slice(begin, end));
      begin = stop;
    }
    if (end !== text.length) parts.push(text.slice(begin));
    return parts;
  }
}

function withSlot(slots: readonly number[], slot: number, at: number): number[] {
  const copy = slots.slice();
  copy[slot] = at;
  return copy;
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function holds(kind: string, text: string, at: number): boolean {
  switch (kind) {
    case 'textStart':
      return at === 0;
    case 'textEnd':
      return at === text.length;
    case 'lineStart':
      return at === 0 || text[at - 1] === '\n';
    case 'lineEnd':
      return at === text.length || text[at] === '\n';
    default: {
      const before = at > 0 && isWord(text.charCodeAt(at - 1));
      const after = at < text.length && isWord(text.charCodeAt(at));
      return (before !== after) === (kind === 'word');
    }
  }
}
