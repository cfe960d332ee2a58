/** How a template function is declared: its Go parameter types decide which arguments text/template lets through. */
import { CallError, notOffline } from '../error';
import type { GoDict, GoMap, GoSlice, GoStruct, GoValue } from './value';

/** Go's types by the short names used in signatures, and what an argument of each is here. */
interface ParamTypes {
  string: string;
  int: number;
  bool: boolean;
  float64: number;
  /** interface {}: nil is null. */
  any: GoValue;
  /** map[string]interface {} */
  dict: GoDict;
  /** reflect.Value: boxed values stay boxed, the invalid value is undefined. */
  value: GoValue;
  /** time.Time */
  time: GoStruct;
}

export type ParamType = keyof ParamTypes;

export const TYPE_TEXT: Readonly<Record<ParamType, string>> = {
  string: 'string',
  int: 'int',
  bool: 'bool',
  float64: 'float64',
  any: 'interface {}',
  dict: 'map[string]interface {}',
  value: 'reflect.Value',
  time: 'time.Time',
};

export interface GoFunction {
  readonly params: readonly ParamType[];
  /** Type of the arguments beyond {@link params}; undefined when there may be none. */
  readonly variadic?: ParamType;
  readonly builtin?: boolean;
  call(args: readonly GoValue[]): GoValue;
}

export type FunctionMap = Readonly<Record<string, GoFunction>>;

/** `'string int any...'` as a tuple of arguments. */
export type Args<S extends string> = S extends ''
  ? []
  : S extends `${infer Head} ${infer Tail}`
    ? [Arg<Head>, ...Args<Tail>]
    : S extends `${infer Last}...`
      ? Arg<Last>[]
      : [Arg<S>];

type Arg<S extends string> = S extends ParamType ? ParamTypes[S] : never;

export type Result = GoValue | GoMap | GoSlice;

/** Declares a function: `fn('string int', (text, count) => …)`. */
export function fn<const S extends string>(signature: S, call: (...args: Args<S>) => Result): GoFunction {
  const types = signature === '' ? [] : signature.split(' ');
  const last = types[types.length - 1];
  const variadic = last?.endsWith('...') ? (last.slice(0, -3) as ParamType) : undefined;
  const params = (variadic === undefined ? types : types.slice(0, -1)) as ParamType[];
  return { params, variadic, call: (args) => call(...(args as Args<S>)) as GoValue };
}

/** A function that Go has and that cannot be foretold: it takes anything and says why not. */
export function refused(why: string): GoFunction {
  return { params: [], variadic: 'value', call: () => notOffline(why) };
}

/** Runs a function; whatever is thrown becomes the error of the call. */
export function callSafely(target: GoFunction, args: readonly GoValue[]): GoValue {
  try {
    return target.call(args);
  } catch (error) {
    if (error instanceof CallError || error instanceof RangeError) throw error;
    throw new CallError(`not supported offline: ${error instanceof Error ? error.message : String(error)}`);
  }
}
