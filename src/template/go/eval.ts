/** Evaluates pipelines, commands and arguments. Which node is "at" an error follows Go statement by statement. */

import { CallError } from '../error';
import { BUILTINS, callOfValue, reflectText, truth } from './builtins';
import { callSafely, type FunctionMap, type GoFunction, type ParamType } from './function';
import type { ChainNode, CommandNode, FieldNode, IdentifierNode, Node, Operand, PipeNode, VariableNode } from './node';
import { nodeText } from './node';
import { goQuote } from './quote';
import { type Final, MISSING, type MissingKey, Scope } from './scope';
import { Boxed, GoMap, GoStruct, type GoValue, isDict, staticType, unboxed } from './value';

export abstract class Evaluator extends Scope {
  constructor(
    private readonly functions: FunctionMap,
    missingKey: MissingKey,
    data: GoValue,
  ) {
    super(missingKey, data);
  }

  /** A pipeline's value is never an interface: nil becomes the invalid value. */
  protected pipeline(dot: GoValue, pipe: PipeNode): GoValue {
    this.step();
    this.node = pipe;
    let value: Final = MISSING;
    for (const command of pipe.cmds) value = unboxed(this.command(dot, command, value));
    for (const variable of pipe.decl) {
      if (pipe.isAssign) this.assign(variable.ident[0]!, value as GoValue);
      else this.declare(variable.ident[0]!, value as GoValue);
    }
    return value as GoValue;
  }

  private notAFunction(args: readonly Operand[], final: Final): void {
    if (args.length > 1 || final !== MISSING) {
      this.error(`can't give argument to non-function ${nodeText(args[0]!)}`);
    }
  }

  private command(dot: GoValue, command: CommandNode, final: Final): GoValue {
    const { args } = command;
    const first = args[0]!;
    switch (first.type) {
      case 'field':
        return this.field(dot, first, args, final);
      case 'chain':
        return this.chain(dot, first, args, final);
      case 'identifier':
        return this.function(dot, first, command, args, final);
      case 'pipe':
        this.notAFunction(args, final);
        return this.pipeline(dot, first);
      case 'variable':
        return this.variable(dot, first, args, final);
    }
    this.node = first;
    this.notAFunction(args, final);
    return first.type === 'nil' ? this.error('nil is not a command') : this.literal(dot, first);
  }

  private field(dot: GoValue, node: FieldNode, args: readonly Operand[], final: Final): GoValue {
    this.node = node;
    return this.fieldChain(dot, dot, node, node.ident, args, final);
  }

  private chain(dot: GoValue, node: ChainNode, args: readonly Operand[], final: Final): GoValue {
    this.node = node;
    if (node.node.type === 'nil') this.error(`indirection through explicit nil in ${nodeText(node)}`);
    const receiver = this.argument(dot, undefined, node.node);
    return this.fieldChain(dot, receiver, node, node.field, args, final);
  }

  private variable(dot: GoValue, node: VariableNode, args: readonly Operand[], final: Final): GoValue {
    this.node = node;
    const value = this.read(node.ident[0]!);
    if (node.ident.length > 1) return this.fieldChain(dot, value, node, node.ident.slice(1), args, final);
    this.notAFunction(args, final);
    return value;
  }

  private fieldChain(
    dot: GoValue,
    from: GoValue,
    node: Node,
    ident: readonly string[],
    args: readonly Operand[],
    final: Final,
  ): GoValue {
    let receiver = from;
    const last = ident.length - 1;
    for (let at = 0; at < last; at++) receiver = this.member(dot, ident[at]!, node, NO_ARGS, MISSING, receiver);
    return this.member(dot, ident[last]!, node, args, final, receiver);
  }

  private member(
    dot: GoValue,
    name: string,
    node: Node,
    args: readonly Operand[],
    final: Final,
    receiver: GoValue,
  ): GoValue {
    if (receiver === undefined) return this.ofNothing(name);
    if (receiver === null) return this.error(`nil pointer evaluating interface {}.${name}`);
    const bare = receiver instanceof Boxed ? receiver.inner : receiver;
    if (bare instanceof GoStruct) {
      const method = bare.method(name);
      if (method !== undefined) {
        const target = { params: method.params as ParamType[], call: method.call };
        return this.call(dot, target, node, name, args, final);
      }
    }
    if (!(bare instanceof GoMap) && !isDict(bare)) {
      return this.error(`can't evaluate field ${name} in type ${staticType(receiver)}`);
    }
    if (args.length > 1 || final !== MISSING) this.error(`${name} is not a method but has arguments`);
    return this.entry(bare, name);
  }

  private function(dot: GoValue, node: IdentifierNode, command: Node, args: readonly Operand[], final: Final): GoValue {
    this.node = node;
    const { ident } = node;
    const target = Object.hasOwn(this.functions, ident) ? this.functions[ident] : BUILTINS[ident];
    if (target === undefined) return this.error(`${goQuote(ident)} is not a defined function`);
    return this.call(dot, target, command, ident, args, final);
  }

  private call(
    dot: GoValue,
    target: GoFunction,
    node: Node,
    name: string,
    all: readonly Operand[],
    final: Final,
  ): GoValue {
    this.step();
    const args = all.slice(1);
    this.checkCount(target, name, args.length, final);
    if (target.builtin && (name === 'and' || name === 'or')) return this.shortCircuit(dot, name, args, final);
    const values: GoValue[] = [];
    args.forEach((arg, at) => {
      values.push(this.argument(dot, target.params[at] ?? target.variadic!, arg));
    });
    if (final !== MISSING) values.push(this.validated(final, target.params[values.length] ?? target.variadic!));
    try {
      if (target.builtin && name === 'call')
        callOfValue(args.length > 0 ? nodeText(args[0]!) : reflectText(final as GoValue), values[0]);
      return callSafely(target, values);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.node = node;
      return this.error(`error calling ${name}: ${error.message}`);
    }
  }

  private shortCircuit(dot: GoValue, name: string, args: readonly Operand[], final: Final): GoValue {
    let value: GoValue;
    for (const arg of args) {
      value = this.argument(dot, 'value', arg);
      if (truth(value) === (name === 'or')) return value;
    }
    return final === MISSING ? value : final;
  }

  /** Argument of a function; without a type, the receiver of a chain. */
  private argument(dot: GoValue, type: ParamType | undefined, node: Operand): GoValue {
    this.node = node;
    switch (node.type) {
      case 'dot':
        return this.validated(dot, type);
      case 'nil':
        return this.nil(type!);
      case 'field':
        return this.validated(this.field(dot, node, NO_ARGS, MISSING), type);
      case 'variable':
        return this.validated(this.variable(dot, node, NO_ARGS, MISSING), type);
      case 'pipe':
        return this.validated(this.pipeline(dot, node), type);
      case 'identifier':
        return this.validated(this.function(dot, node, node, NO_ARGS, MISSING), type);
      case 'chain':
        return this.validated(this.chain(dot, node, NO_ARGS, MISSING), type);
      default:
        return this.literalOf(dot, type!, node);
    }
  }
}

const NO_ARGS: readonly Operand[] = [];
