/** Evaluates pipelines, commands and arguments. Which node is "at" an error follows Go statement by statement. */

import { CallError } from '../error';
import { BUILTINS, callOfValue, reflectText, truth, zeroOf } from './builtins';
import { callSafely, type FunctionMap, type GoFunction, type ParamType, TYPE_TEXT } from './function';
import type {
  ChainNode,
  CommandNode,
  FieldNode,
  IdentifierNode,
  Node,
  NumberNode,
  Operand,
  PipeNode,
  VariableNode,
} from './node';
import { nodeText } from './node';
import { MAX_INT64, MIN_INT64 } from './number';
import { goQuote } from './quote';
import {
  Boxed,
  boxed,
  GoInt,
  GoMap,
  GoStruct,
  type GoValue,
  isDict,
  nilDict,
  plain,
  staticType,
  typeName,
  unboxed,
} from './value';

/** What a missing key of a map is: nothing said, the zero value, or an error. */
export type MissingKey = 'default' | 'invalid' | 'zero' | 'error';

/** No value is piped in. */
const MISSING = Symbol('missing');

type Final = GoValue | typeof MISSING;

export abstract class Evaluator {
  /** The node that errors are reported at. */
  protected node: Node | undefined;
  private readonly names: string[] = ['$'];
  private readonly values: GoValue[];

  constructor(
    private readonly functions: FunctionMap,
    private readonly missingKey: MissingKey,
    data: GoValue,
  ) {
    this.values = [data];
  }

  protected abstract error(reason: string): never;
  protected abstract step(): void;

  protected mark(): number {
    return this.names.length;
  }

  protected release(mark: number): void {
    this.names.length = mark;
    this.values.length = mark;
  }

  protected assign(name: string, value: GoValue): void {
    this.values[this.find(name)] = value;
  }

  protected setTop(fromTop: number, value: GoValue): void {
    this.values[this.values.length - fromTop] = value;
  }

  private find(name: string): number {
    const at = this.names.lastIndexOf(name);
    return at < 0 ? this.error(`undefined variable: ${name}`) : at;
  }

  /** A pipeline's value is never an interface: nil becomes the invalid value. */
  protected pipeline(dot: GoValue, pipe: PipeNode): GoValue {
    this.step();
    this.node = pipe;
    let value: Final = MISSING;
    for (const command of pipe.cmds) value = unboxed(this.command(dot, command, value));
    for (const variable of pipe.decl) {
      if (pipe.isAssign) this.assign(variable.ident[0]!, value as GoValue);
      else {
        this.names.push(variable.ident[0]!);
        this.values.push(value as GoValue);
      }
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

  private literal(dot: GoValue, node: Operand): GoValue {
    switch (node.type) {
      case 'bool':
        return node.value;
      case 'dot':
        return dot;
      case 'string':
        return node.text;
      case 'number':
        return this.constant(node);
      default:
        return this.error(`can't handle assignment of ${nodeText(node)} to empty interface argument`);
    }
  }

  private constant(node: NumberNode): GoValue {
    this.node = node;
    const hex = /^0[xX][^pP]*$/.test(node.text) && node.text.length > 2;
    if (node.float !== undefined && !hex && !node.text.startsWith("'") && /[.eEpP]/.test(node.text)) return node.float;
    if (node.int !== undefined) return new GoInt(node.int);
    return node.uint === undefined ? undefined : this.error(`${node.text} overflows int`);
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
    const value = this.values[this.find(node.ident[0]!)];
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
    if (receiver === undefined) {
      if (this.missingKey === 'error') this.error(`nil data; no entry for key ${goQuote(name)}`);
      return undefined;
    }
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

  private entry(map: GoMap | { [key: string]: GoValue }, name: string): GoValue {
    if (map instanceof GoMap) {
      if (Object.hasOwn(map.entries, name)) return map.entries[name];
    } else if (Object.hasOwn(map, name)) return boxed(map[name]);
    if (this.missingKey === 'error') this.error(`map has no entry for key ${goQuote(name)}`);
    if (this.missingKey !== 'zero') return undefined;
    return map instanceof GoMap ? zeroOf(map.elem) : null;
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

  private checkCount(target: GoFunction, name: string, given: number, final: Final): void {
    const count = given + (final === MISSING ? 0 : 1);
    const want = target.params.length;
    if (target.variadic === undefined) {
      if (count !== want) this.error(`wrong number of args for ${name}: want ${want} got ${count}`);
    } else if (count < want) {
      this.error(`wrong number of args for ${name}: want at least ${want} got ${given}`);
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

  private nil(type: ParamType): GoValue {
    if (type === 'any') return null;
    if (type === 'value') return undefined;
    return type === 'dict' ? nilDict() : this.error(`cannot assign nil to ${TYPE_TEXT[type]}`);
  }

  private literalOf(dot: GoValue, type: ParamType, node: Operand): GoValue {
    switch (type) {
      case 'any':
      case 'value':
        return this.literal(dot, node);
      case 'string':
        return node.type === 'string' ? node.text : this.error(`expected string; found ${nodeText(node)}`);
      case 'bool':
        return node.type === 'bool' ? node.value : this.error(`expected bool; found ${nodeText(node)}`);
      case 'int':
        if (node.type === 'number' && node.int !== undefined) return toNumber(node.int);
        return this.error(`expected integer; found ${nodeText(node)}`);
      case 'float64':
        if (node.type === 'number' && node.float !== undefined) return node.float;
        return this.error(`expected float; found ${nodeText(node)}`);
      default:
        return this.error(`can't handle ${nodeText(node)} for arg of type ${TYPE_TEXT[type]}`);
    }
  }

  /** The value as a parameter of the type takes it. */
  private validated(value: GoValue, type: ParamType | undefined): GoValue {
    if (type === undefined || type === 'value') return value;
    if (type === 'any') return plain(value);
    if (value === undefined)
      return type === 'dict' ? nilDict() : this.error(`invalid value; expected ${TYPE_TEXT[type]}`);
    const bare = unboxed(value);
    if (typeName(bare) !== TYPE_TEXT[type] || bare === undefined) {
      const got = bare === undefined ? 'interface {}' : typeName(bare);
      return this.error(`wrong type for value; expected ${TYPE_TEXT[type]}; got ${got}`);
    }
    return bare instanceof GoInt ? toNumber(bare.value) : bare;
  }
}

const NO_ARGS: readonly Operand[] = [];

/** Sizes and places: what is beyond 2^53 is as good as infinite. */
function toNumber(value: bigint): number {
  return value >= MAX_INT64 ? 2 ** 63 : value <= MIN_INT64 ? -(2 ** 63) : Number(value);
}
