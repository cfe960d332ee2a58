/** Walks a template's tree over data, as text/template does: the same text, or the same error at the same place. */
import { CallError, MAX_TEXT, TemplateError } from '../error';
import { truth } from './builtins';
import { wellFormed } from './bytes';
import { Evaluator } from './eval';
import type { FunctionMap } from './function';
import { type BranchNode, type ListNode, type Node, nodeText, type TemplateNode, type Tree } from './node';
import { goText, printedText } from './print';
import { goQuote } from './quote';
import type { MissingKey } from './scope';
import { boxed, element, entriesOf, GoInt, GoMap, type GoValue, int, isDict, isList, items, sortedKeys } from './value';

/** Templates may call themselves; Go stops at a depth of 100,000, which this stack does not hold. */
const MAX_DEPTH = 500;

/** Nodes that one rendering may walk: a bound for loops in loops. */
const MAX_STEPS = 5_000_000;

export interface ExecOptions {
  readonly missingKey: MissingKey;
  readonly functions: FunctionMap;
}

export function execute(trees: ReadonlyMap<string, Tree>, name: string, data: GoValue, options: ExecOptions): string {
  const run: Run = { trees, options, out: [], length: 0, steps: 0 };
  new State(run, trees.get(name)!, data, 0).render();
  return wellFormed(run.out.length === 1 ? run.out[0]! : run.out.join(''));
}

/** What all templates of one rendering share. */
interface Run {
  readonly trees: ReadonlyMap<string, Tree>;
  readonly options: ExecOptions;
  readonly out: string[];
  length: number;
  steps: number;
}

type Jump = 'break' | 'continue' | undefined;

class State extends Evaluator {
  constructor(
    private readonly run: Run,
    private readonly tree: Tree,
    private readonly data: GoValue,
    private readonly depth: number,
  ) {
    super(run.options.functions, run.options.missingKey, data);
  }

  render(): void {
    this.walkList(this.data, this.tree.root);
  }

  protected override error(reason: string): never {
    const { parseName, text, name } = this.tree;
    const node = this.node;
    const head = text.slice(0, node?.pos ?? 0);
    const line = head.split('\n').length;
    const column = Buffer.byteLength(head.slice(head.lastIndexOf('\n') + 1));
    const at = node === undefined ? undefined : nodeText(node);
    const message = `template: ${parseName}:${line}:${column}: executing ${goQuote(name)} at <${at}>: ${reason}`;
    throw new TemplateError(message, { line, column, reason, at });
  }

  protected override step(): void {
    if (++this.run.steps > MAX_STEPS) this.error('not supported offline: the template takes too many steps');
  }

  private write(text: string): void {
    this.run.length += text.length;
    if (this.run.length > MAX_TEXT) this.error('not supported offline: the output is larger than 16 MiB');
    if (text !== '') this.run.out.push(text);
  }

  private walkList(dot: GoValue, list: ListNode): Jump {
    for (const node of list.nodes) {
      const jump = this.walk(dot, node);
      if (jump !== undefined) return jump;
    }
    return undefined;
  }

  private walk(dot: GoValue, node: Node): Jump {
    this.step();
    this.node = node;
    switch (node.type) {
      case 'text':
        this.write(node.text);
        return undefined;
      case 'action': {
        const value = this.pipeline(dot, node.pipe);
        if (node.pipe.decl.length === 0) this.print(node, value);
        return undefined;
      }
      case 'if':
      case 'with':
        return this.walkBranch(dot, node);
      case 'range':
        return this.walkRange(dot, node);
      case 'template':
        this.walkTemplate(dot, node);
        return undefined;
      case 'break':
      case 'continue':
        return node.type;
      default:
        return this.error(`unknown node: ${nodeText(node)}`);
    }
  }

  private print(node: Node, value: GoValue): void {
    this.node = node;
    if (typeof value === 'string') this.write(value);
    else this.write(this.offline(() => printedText(value)));
  }

  /** Printing can be refused too: the order of a map's keys, a huge list. */
  private offline<T>(make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (error instanceof CallError) return this.error(error.message);
      throw error;
    }
  }

  private walkBranch(dot: GoValue, node: BranchNode): Jump {
    const mark = this.mark();
    const value = this.pipeline(dot, node.pipe);
    let jump: Jump;
    if (truth(value)) jump = this.walkList(node.type === 'with' ? value : dot, node.list);
    else if (node.elseList !== undefined) jump = this.walkList(dot, node.elseList);
    this.release(mark);
    return jump;
  }

  private walkRange(dot: GoValue, node: BranchNode): Jump {
    const mark = this.mark();
    const value = this.pipeline(dot, node.pipe);
    let jump: Jump;
    if (!this.iterate(value, node) && node.elseList !== undefined) jump = this.walkList(dot, node.elseList);
    this.release(mark);
    return jump === 'break' ? undefined : jump;
  }

  /** Whether there was anything to iterate over. */
  private iterate(value: GoValue, node: BranchNode): boolean {
    if (value === undefined) return false;
    if (value instanceof GoInt) return this.iterateInt(value, node);
    if (isList(value)) {
      const list = this.offline(() => items(value));
      for (let at = 0; at < list.length; at++) {
        if (this.once(node, int(at), element(value, list[at])) === 'break') break;
      }
      return list.length > 0;
    }
    if (!(value instanceof GoMap) && !isDict(value)) {
      return this.error(`range can't iterate over ${this.offline(() => goText(value))}`);
    }
    const entries = entriesOf(value);
    const keys = sortedKeys(entries);
    for (const key of keys) {
      const item = value instanceof GoMap ? entries[key] : boxed(entries[key]);
      if (this.once(node, key, item) === 'break') break;
    }
    return keys.length > 0;
  }

  private iterateInt(count: GoInt, node: BranchNode): boolean {
    if (node.pipe.decl.length > 1) {
      this.error(`can't use ${count.value} to iterate over more than one variable`);
    }
    for (let at = 0n; at < count.value; at++) {
      if (this.once(node, undefined, new GoInt(at, count.type)) === 'break') break;
    }
    return count.value > 0n;
  }

  private once(node: BranchNode, index: GoValue, item: GoValue): Jump {
    this.step();
    const { decl, isAssign } = node.pipe;
    const mark = this.mark();
    if (isAssign) {
      if (decl.length > 1) {
        this.assign(decl[0]!.ident[0]!, index);
        this.assign(decl[1]!.ident[0]!, item);
      } else if (decl.length === 1) this.assign(decl[0]!.ident[0]!, item);
    } else {
      if (decl.length > 0) this.setTop(1, item);
      if (decl.length > 1) this.setTop(2, index);
    }
    const jump = this.walkList(item, node.list);
    this.release(mark);
    return jump;
  }

  private walkTemplate(dot: GoValue, node: TemplateNode): void {
    const tree = this.run.trees.get(node.name) ?? this.error(`template ${goQuote(node.name)} not defined`);
    if (this.depth >= MAX_DEPTH) this.error('exceeded maximum template depth (100000)');
    const value = node.pipe === undefined ? undefined : this.pipeline(dot, node.pipe);
    new State(this.run, tree, value, this.depth + 1).render();
  }
}
