/** Defaults, choices, types, and failing on purpose. */

import { fail } from '../error';
import { truth } from '../go/builtins';
import { type FunctionMap, fn } from '../go/function';
import { type GoValue, kindName, typeName } from '../go/value';
import { deepCopy, deepEqual } from './deep';

function isEmpty(value: GoValue): boolean {
  return !truth(value);
}

function copy(value: GoValue): GoValue {
  return value === null ? fail('reflect: call of reflect.Value.Type on zero Value') : deepCopy(value);
}

export const FLOW: FunctionMap = {
  hello: fn('', () => 'Hello!'),
  default: fn('any any...', (otherwise, ...given) => (given.length === 0 || isEmpty(given[0]) ? otherwise : given[0])),
  empty: fn('any', isEmpty),
  coalesce: fn('any...', (...values) => values.find((value) => !isEmpty(value)) ?? null),
  all: fn('any...', (...values) => values.every((value) => !isEmpty(value))),
  any: fn('any...', (...values) => values.some((value) => !isEmpty(value))),
  ternary: fn('any any bool', (yes, no, condition) => (condition ? yes : no)),
  fail: fn('string', (message) => fail(message)),
  typeOf: fn('any', typeName),
  typeIs: fn('string any', (type, value) => type === typeName(value)),
  typeIsLike: fn('string any', (type, value) => type === typeName(value) || `*${type}` === typeName(value)),
  kindOf: fn('any', kindName),
  kindIs: fn('string any', (kind, value) => kind === kindName(value)),
  deepEqual: fn('any any', deepEqual),
  deepCopy: fn('any', copy),
  mustDeepCopy: fn('any', copy),
};
