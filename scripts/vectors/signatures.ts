/** The functions that random templates call: all but those that are refused offline. */

import type { FunctionMap } from '../../src/template';
import { argoCdFunctions, refusedFunctions } from '../../src/template';
import { BUILTINS } from '../../src/template/go/builtins';
import type { Signature } from './random';

function signatures(functions: FunctionMap): Signature[] {
  return Object.entries(functions)
    .filter(([name]) => !Object.hasOwn(refusedFunctions, name))
    .map(([name, { params, variadic }]) => ({ name, params, variadic }));
}

export const BUILTIN_SIGNATURES: readonly Signature[] = signatures(BUILTINS);
export const ALL_SIGNATURES: readonly Signature[] = signatures({ ...BUILTINS, ...argoCdFunctions });
