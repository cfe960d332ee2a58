/** Parses pipelines, commands and operands. */
import type { ChainNode, CommandNode, Operand, PipeNode } from './node';
import { nodeText } from './node';
import { charNode, numberNode } from './number';
import { goQuote } from './quote';
import type { Token, TokenType } from './token';
import { TokenStream } from './token-stream';

/** Go allows 10,000 parentheses, which this stack does not hold. */
const MAX_PARENS = 500;

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

export abstract class Expressions extends TokenStream {
  /** Names of the variables in scope. */
  protected readonly vars = ['$'];
  private parens = 0;

  protected pipeline(context: string, end: TokenType): PipeNode {
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
