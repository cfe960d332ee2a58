/** eq, ne, lt, le, gt, ge with the type rules of text/template: an int is never a float. */
import { CallError, fail } from '../error';
import { compareText } from './bytes';
import { goText } from './print';
import { GoInt, GoMap, GoSlice, GoStruct, type GoValue, isDict, isList, isNilDict, typeName, unboxed } from './value';
import { formatArg, noFlags } from './verbs';

type BasicKind = 'bool' | 'int' | 'uint' | 'float' | 'string' | undefined;

function basicKind(value: GoValue): BasicKind {
  if (value instanceof GoInt) return value.type.startsWith('u') ? 'uint' : 'int';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : undefined;
}

function isWhole(kind: BasicKind): boolean {
  return kind === 'int' || kind === 'uint';
}

function incompatible(a: GoValue, b: GoValue): never {
  return fail(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
}

/** Whether the first equals any of the others. */
export function equalsAny(first: GoValue, others: readonly GoValue[]): boolean {
  if (others.length === 0) fail('missing argument for comparison');
  const one = unboxed(first);
  return others.some((other) => equal(one, unboxed(other)));
}

function equal(a: GoValue, b: GoValue): boolean {
  const kind = basicKind(a);
  const other = basicKind(b);
  if (isWhole(kind) && isWhole(other)) return (a as GoInt).value === (b as GoInt).value;
  if (kind !== other) return a !== undefined && b !== undefined ? incompatible(a, b) : false;
  return kind === undefined ? equalOther(a, b) : a === b;
}

function equalOther(a: GoValue, b: GoValue): boolean {
  if (a !== undefined && b !== undefined && family(a) !== family(b)) {
    return fail(`non-comparable types ${shown(a)}: ${typeName(a)}, ${typeName(b)}: ${goText(b)}`);
  }
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  if (a instanceof GoStruct && b instanceof GoStruct) return a.kind === 'ptr' ? a === b : a.equals(b);
  return fail(`non-comparable type ${shown(b)}: ${typeName(b)}`);
}

/** `%s`. */
function shown(value: GoValue): string {
  return formatArg(value, 's', noFlags());
}

function family(value: GoValue): string {
  return value instanceof GoStruct ? value.kind : isList(value) ? 'slice' : 'map';
}

function isNil(value: GoValue): boolean {
  if (value === undefined) return true;
  if (value instanceof GoSlice || value instanceof GoMap) return value.options.nil === true;
  return isDict(value) && isNilDict(value);
}

export function less(first: GoValue, second: GoValue): boolean {
  const a = unboxed(first);
  const b = unboxed(second);
  const kind = basicKind(a);
  const other = basicKind(b);
  if (kind === undefined || other === undefined) throw new CallError('invalid type for comparison');
  if (isWhole(kind) && isWhole(other)) return (a as GoInt).value < (b as GoInt).value;
  if (kind !== other) return incompatible(a, b);
  if (kind === 'bool') throw new CallError('invalid type for comparison');
  return kind === 'string' ? compareText(a as string, b as string) < 0 : (a as number) < (b as number);
}

export function lessOrEqual(a: GoValue, b: GoValue): boolean {
  return less(a, b) || equalsAny(a, [b]);
}
