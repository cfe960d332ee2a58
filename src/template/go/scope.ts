/** Variables, and what needs no pipeline to be evaluated: literals, map entries, the types of arguments. */
import { zeroOf } from './builtins';
import { type GoFunction, type ParamType, TYPE_TEXT } from './function';
import { type Node, type NumberNode, nodeText, type Operand } from './node';
import { MAX_INT64, MIN_INT64 } from './number';
import { goQuote } from './quote';
import { boxed, GoInt, GoMap, type GoValue, nilDict, plain, typeName, unboxed } from './value';

/** What a missing key of a map is: nothing said, the zero value, or an error. */
export type MissingKey = 'default' | 'invalid' | 'zero' | 'error';

/** No value is piped in. */
export const MISSING = Symbol('missing');

export type Final = GoValue | typeof MISSING;

export abstract class Scope {
  /** The node that errors are reported at. */
  protected node: Node | undefined;
  private readonly names: string[] = ['$'];
  private readonly values: GoValue[];

  constructor(
    private readonly missingKey: MissingKey,
    data: GoValue,
  ) {
    this.values = [data];
  }

  protected abstract error(reason: string): never;

  /** Counts one step of the rendering. */
  protected abstract step(): void;

  /** Looks up a field of nothing: a missing key, if those are errors. */
  protected ofNothing(name: string): undefined {
    if (this.missingKey === 'error') this.error(`nil data; no entry for key ${goQuote(name)}`);
    return undefined;
  }

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

  protected read(name: string): GoValue {
    return this.values[this.find(name)];
  }

  protected declare(name: string, value: GoValue): void {
    this.names.push(name);
    this.values.push(value);
  }

  private find(name: string): number {
    const at = this.names.lastIndexOf(name);
    return at < 0 ? this.error(`undefined variable: ${name}`) : at;
  }

  protected literal(dot: GoValue, node: Operand): GoValue {
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

  protected entry(map: GoMap | { [key: string]: GoValue }, name: string): GoValue {
    if (map instanceof GoMap) {
      if (Object.hasOwn(map.entries, name)) return map.entries[name];
    } else if (Object.hasOwn(map, name)) return boxed(map[name]);
    if (this.missingKey === 'error') this.error(`map has no entry for key ${goQuote(name)}`);
    if (this.missingKey !== 'zero') return undefined;
    return map instanceof GoMap ? zeroOf(map.elem) : null;
  }

  protected checkCount(target: GoFunction, name: string, given: number, final: Final): void {
    const count = given + (final === MISSING ? 0 : 1);
    const want = target.params.length;
    if (target.variadic === undefined) {
      if (count !== want) this.error(`wrong number of args for ${name}: want ${want} got ${count}`);
    } else if (count < want) {
      this.error(`wrong number of args for ${name}: want at least ${want} got ${given}`);
    }
  }

  protected nil(type: ParamType): GoValue {
    if (type === 'any') return null;
    if (type === 'value') return undefined;
    return type === 'dict' ? nilDict() : this.error(`cannot assign nil to ${TYPE_TEXT[type]}`);
  }

  protected literalOf(dot: GoValue, type: ParamType, node: Operand): GoValue {
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
  protected validated(value: GoValue, type: ParamType | undefined): GoValue {
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

/** Sizes and places: what is beyond 2^53 is as good as infinite. */
function toNumber(value: bigint): number {
  return value >= MAX_INT64 ? 2 ** 63 : value <= MIN_INT64 ? -(2 ** 63) : Number(value);
}
