/** text/template's parser: the same trees, and the same words for what it refuses. */

import { Expressions } from './expressions';
import { Lexer } from './lexer';
import {
  type ActionNode,
  type BranchNode,
  isEmptyTree,
  type JumpNode,
  type ListNode,
  type Node,
  nodeText,
  type PipeNode,
  type TemplateNode,
  type Tree,
} from './node';
import { goQuote } from './quote';
import type { Token } from './token';
import type { ParseOptions } from './token-stream';

/** All templates that a text defines, by name; the text itself under its own. */
export function parseTemplates(text: string, options: ParseOptions): ReadonlyMap<string, Tree> {
  const [left, right] = options.delimiters;
  const lexer = new Lexer(text, { left: left || '{{', right: right || '}}', hidden: hides(options.hasFunction) });
  const trees = new Map<string, Tree>();
  const parser = new Parser(text, lexer, options, trees);
  parser.add(options.name, parser.root());
  return trees;
}

function hides(hasFunction: (name: string) => boolean): (keyword: string) => boolean {
  return (keyword) => (keyword === 'break' || keyword === 'continue') && hasFunction(keyword);
}

type Control = 'if' | 'range' | 'with';

class Parser extends Expressions {
  private rangeDepth = 0;

  constructor(
    private readonly text: string,
    lexer: Lexer,
    options: ParseOptions,
    private readonly trees: Map<string, Tree>,
  ) {
    super(lexer, options);
  }

  add(name: string, root: ListNode): void {
    const old = this.trees.get(name);
    if (old === undefined || isEmptyTree(old.root)) {
      this.trees.set(name, { name, parseName: this.options.name, text: this.text, root });
    } else if (!isEmptyTree(root)) {
      this.error(`template: multiple definition of template ${goQuote(name)}`);
    }
  }

  root(): ListNode {
    const list: ListNode = { type: 'list', pos: this.peek().pos, nodes: [] };
    while (this.peek().type !== 'eof') {
      if (this.peek().type === 'leftDelim') {
        const delim = this.next();
        if (this.nextNonSpace().type === 'define') {
          this.definition();
          continue;
        }
        this.backup2(delim);
      }
      const node = this.textOrAction();
      if (node.type === 'end' || node.type === 'else') this.error(`unexpected ${nodeText(node)}`);
      list.nodes.push(node);
    }
    return list;
  }

  private nested(): Parser {
    return new Parser(this.text, this.lexer, this.options, this.trees);
  }

  private definition(): void {
    this.nested().define();
  }

  private define(): void {
    const token = this.nextNonSpace();
    if (token.type !== 'string' && token.type !== 'rawString') this.unexpected(token, 'define clause');
    const name = this.unquote(token);
    this.expect('rightDelim', 'define clause');
    this.body(name, 'define clause');
  }

  private body(name: string, context: string): void {
    const { list, end } = this.itemList();
    if (end.type !== 'end') this.error(`unexpected ${nodeText(end)} in ${context}`);
    this.add(name, list);
  }

  private itemList(): { list: ListNode; end: JumpNode } {
    const list: ListNode = { type: 'list', pos: this.peekNonSpace().pos, nodes: [] };
    while (this.peekNonSpace().type !== 'eof') {
      const node = this.textOrAction();
      if (node.type === 'end' || node.type === 'else') return { list, end: node as JumpNode };
      list.nodes.push(node);
    }
    return this.error('unexpected EOF');
  }

  private textOrAction(): Node {
    const token = this.nextNonSpace();
    if (token.type === 'text') return { type: 'text', pos: token.pos, text: token.text };
    if (token.type !== 'leftDelim') return this.unexpected(token, 'input');
    this.actionLine = token.line;
    const node = this.action();
    this.actionLine = 0;
    return node;
  }

  private action(): Node {
    const token = this.nextNonSpace();
    switch (token.type) {
      case 'block':
        return this.block();
      case 'break':
      case 'continue':
        return this.jump(token.type, token.pos);
      case 'else':
        return this.elseControl();
      case 'end':
        return { type: 'end', pos: this.expect('rightDelim', 'end').pos };
      case 'if':
      case 'range':
      case 'with':
        return this.control(token.type);
      case 'template':
        return this.templateControl();
    }
    this.backup();
    const { pos } = this.peek();
    const action: ActionNode = { type: 'action', pos, pipe: this.pipeline('command', 'rightDelim') };
    return action;
  }

  private jump(type: 'break' | 'continue', pos: number): JumpNode {
    const token = this.nextNonSpace();
    if (token.type !== 'rightDelim') this.unexpected(token, `{{${type}}}`);
    if (this.rangeDepth === 0) this.error(`{{${type}}} outside {{range}}`);
    return { type, pos };
  }

  private elseControl(): JumpNode {
    const next = this.peekNonSpace();
    if (next.type === 'if' || next.type === 'with') return { type: 'else', pos: next.pos };
    return { type: 'else', pos: this.expect('rightDelim', 'else').pos };
  }

  private control(context: Control): BranchNode {
    const depth = this.vars.length;
    const pipe = this.pipeline(context, 'rightDelim');
    if (context === 'range') this.rangeDepth++;
    const { list, end } = this.itemList();
    if (context === 'range') this.rangeDepth--;
    const elseList = end.type === 'else' ? this.elseList(context, end) : undefined;
    this.vars.length = depth;
    return { type: context, pos: pipe.pos, pipe, list, elseList };
  }

  private elseList(context: Control, otherwise: JumpNode): ListNode {
    if (context !== 'range' && this.peek().type === context) {
      this.next();
      return { type: 'list', pos: otherwise.pos, nodes: [this.control(context)] };
    }
    const { list, end } = this.itemList();
    if (end.type !== 'end') this.error(`expected end; found ${nodeText(end)}`);
    return list;
  }

  private block(): TemplateNode {
    const token = this.nextNonSpace();
    const name = this.templateName(token, 'block clause');
    const pipe = this.pipeline('block clause', 'rightDelim');
    this.nested().body(name, 'block clause');
    return { type: 'template', pos: token.pos, name, pipe };
  }

  private templateControl(): TemplateNode {
    const token = this.nextNonSpace();
    const name = this.templateName(token, 'template clause');
    let pipe: PipeNode | undefined;
    if (this.nextNonSpace().type !== 'rightDelim') {
      this.backup();
      pipe = this.pipeline('template clause', 'rightDelim');
    }
    return { type: 'template', pos: token.pos, name, pipe };
  }

  private templateName(token: Token, context: string): string {
    if (token.type !== 'string' && token.type !== 'rawString') return this.unexpected(token, context);
    return this.unquote(token);
  }
}
