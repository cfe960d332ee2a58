/** text/template's parser: the same trees, and the same words for what it refuses. */
import { TemplateError } from '../error';
import { Lexer, type Token, type TokenType, tokenText } from './lexer';
import {
  type ActionNode,
  type BranchNode,
  type ChainNode,
  type CommandNode,
  isEmptyTree,
  type JumpNode,
  type ListNode,
  type Node,
  nodeText,
  type Operand,
  type PipeNode,
  type TemplateNode,
  type Tree,
} from './node';
import { charNode, numberNode } from './number';
import { goQuote, goUnquote } from './quote';

export interface ParseOptions {
  readonly name: string;
  readonly delimiters: readonly [left: string, right: string];
  readonly hasFunction: (name: string) => boolean;
}

/** Go allows 10,000 parentheses, which this stack does not hold. */
const MAX_PARENS = 500;

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

const OPERANDS: ReadonlySet<TokenType> = new Set<TokenType>([
  'bool',
  'charConstant',
  'complex',
  '.',
  'field',
  'identifier',
  'number',
  'nil',
  'rawString',
  'string',
  'variable',
  'leftParen',
]);

type Control = 'if' | 'range' | 'with';

class Parser {
  private readonly token: Token[] = [];
  private peeked = 0;
  private vars = ['$'];
  private actionLine = 0;
  private rangeDepth = 0;
  private parens = 0;

  constructor(
    private readonly text: string,
    private readonly lexer: Lexer,
    private readonly options: ParseOptions,
    private readonly trees: Map<string, Tree>,
  ) {}

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

  private next(): Token {
    if (this.peeked > 0) this.peeked--;
    else this.token[0] = this.lexer.next();
    return this.token[this.peeked]!;
  }

  private backup(): void {
    this.peeked++;
  }

  /** The lookahead token stays in place; `first` comes before it. */
  private backup2(first: Token): void {
    this.token[1] = first;
    this.peeked = 2;
  }

  private backup3(first: Token, second: Token): void {
    this.token[1] = second;
    this.token[2] = first;
    this.peeked = 3;
  }

  private peek(): Token {
    if (this.peeked === 0) {
      this.token[0] = this.lexer.next();
      this.peeked = 1;
    }
    return this.token[this.peeked - 1]!;
  }

  private nextNonSpace(): Token {
    let token = this.next();
    while (token.type === 'space') token = this.next();
    return token;
  }

  private peekNonSpace(): Token {
    const token = this.nextNonSpace();
    this.backup();
    return token;
  }

  private error(reason: string): never {
    const line = this.token[0]?.line ?? 1;
    throw new TemplateError(`template: ${this.options.name}:${line}: ${reason}`, { line, reason });
  }

  private expect(type: TokenType, context: string): Token {
    const token = this.nextNonSpace();
    return token.type === type ? token : this.unexpected(token, context);
  }

  private unexpected(token: Token, context: string): never {
    if (token.type !== 'error') this.error(`unexpected ${tokenText(token)} in ${context}`);
    let extra = '';
    if (this.actionLine !== 0 && this.actionLine !== token.line) {
      extra = ` in action started at ${this.options.name}:${this.actionLine}`;
      if (token.text.endsWith(' action')) extra = extra.slice(' in action'.length);
    }
    return this.error(tokenText(token) + extra);
  }

  private unquote(token: Token): string {
    return goUnquote(token.text) ?? this.error('invalid syntax');
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

  private pipeline(context: string, end: TokenType): PipeNode {
    const pipe: PipeNode = { type: 'pipe', pos: this.peekNonSpace().pos, isAssign: false, decl: [], cmds: [] };
    this.declarations(pipe, context);
    for (;;) {
      const token = this.nextNonSpace();
      if (token.type === end) break;
      if (!OPERANDS.has(token.type)) this.unexpected(token, context);
      this.backup();
      pipe.cmds.push(this.command());
    }
    this.checkPipeline(pipe, context);
    return pipe;
  }

  private declarations(pipe: PipeNode, context: string): void {
    for (;;) {
      const variable = this.peekNonSpace();
      if (variable.type !== 'variable') return;
      this.next();
      const after = this.peek();
      const next = this.peekNonSpace();
      if (next.type === 'assign' || next.type === 'declare') {
        pipe.isAssign = next.type === 'assign';
        this.nextNonSpace();
        this.declare(pipe, variable);
        return;
      }
      if (next.type !== 'char' || next.text !== ',') {
        if (after.type === 'space') this.backup3(variable, after);
        else this.backup2(variable);
        return;
      }
      this.nextNonSpace();
      this.declare(pipe, variable);
      if (context !== 'range' || pipe.decl.length >= 2) this.error(`too many declarations in ${context}`);
      const { type } = this.peekNonSpace();
      if (type !== 'variable' && type !== 'rightDelim' && type !== 'rightParen') {
        this.error('range can only initialize variables');
      }
    }
  }

  private declare(pipe: PipeNode, token: Token): void {
    pipe.decl.push({ type: 'variable', pos: token.pos, ident: token.text.split('.') });
    this.vars.push(token.text);
  }

  private checkPipeline(pipe: PipeNode, context: string): void {
    if (pipe.cmds.length === 0) this.error(`missing value for ${context}`);
    pipe.cmds.forEach((command, index) => {
      const { type } = command.args[0]!;
      if (index > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(type)) {
        this.error(`non executable command in pipeline stage ${index + 1}`);
      }
    });
  }

  private command(): CommandNode {
    const command: CommandNode = { type: 'command', pos: this.peekNonSpace().pos, args: [] };
    for (;;) {
      this.peekNonSpace();
      const operand = this.operand();
      if (operand !== undefined) command.args.push(operand);
      const token = this.next();
      if (token.type === 'space') continue;
      if (token.type === 'rightDelim' || token.type === 'rightParen') this.backup();
      else if (token.type !== 'pipe') this.unexpected(token, 'operand');
      break;
    }
    if (command.args.length === 0) this.error('empty command');
    return command;
  }

  private operand(): Operand | undefined {
    const node = this.term();
    if (node === undefined || this.peek().type !== 'field') return node;
    const chain: ChainNode = { type: 'chain', pos: this.peek().pos, node, field: [] };
    while (this.peek().type === 'field') chain.field.push(this.next().text.slice(1));
    switch (node.type) {
      case 'field':
      case 'variable':
        return { type: node.type, pos: chain.pos, ident: [...node.ident, ...chain.field] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        return this.error(`unexpected . after term ${goQuote(nodeText(node))}`);
      default:
        return chain;
    }
  }

  private term(): Operand | undefined {
    const token = this.nextNonSpace();
    const { pos, text } = token;
    switch (token.type) {
      case 'identifier':
        if (!this.options.hasFunction(text)) this.error(`function ${goQuote(text)} not defined`);
        return { type: 'identifier', pos, ident: text };
      case '.':
        return { type: 'dot', pos };
      case 'nil':
        return { type: 'nil', pos };
      case 'variable':
        return this.useVariable(pos, text);
      case 'field':
        return { type: 'field', pos, ident: [text.slice(1)] };
      case 'bool':
        return { type: 'bool', pos, value: text === 'true' };
      case 'charConstant':
      case 'complex':
      case 'number':
        return this.number(token);
      case 'leftParen':
        return this.parenthesized();
      case 'string':
      case 'rawString':
        return { type: 'string', pos, quoted: text, text: this.unquote(token) };
    }
    this.backup();
    return undefined;
  }

  private parenthesized(): PipeNode {
    if (this.parens >= MAX_PARENS) this.error('max expression depth exceeded');
    this.parens++;
    const pipe = this.pipeline('parenthesized pipeline', 'rightParen');
    this.parens--;
    return pipe;
  }

  private number({ type, text, pos }: Token): Operand {
    if (type === 'complex' || (type === 'number' && text.endsWith('i'))) {
      this.error(`complex numbers are not supported offline: ${goQuote(text)}`);
    }
    const node = type === 'charConstant' ? charNode(text, pos) : numberNode(text, pos);
    return 'problem' in node ? this.error(node.problem) : node;
  }

  private useVariable(pos: number, text: string): Operand {
    const ident = text.split('.');
    if (!this.vars.includes(ident[0]!)) this.error(`undefined variable ${goQuote(ident[0]!)}`);
    return { type: 'variable', pos, ident };
  }
}
