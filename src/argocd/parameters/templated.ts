/** The types of a template whose values may depend on parameters. */
import type { Param } from './param';
import type { When } from './when';

/** `T`, where any value may be a parameter of its type, or a choice between two values. */
export type Templated<T> = TemplatedValue<T> | Choice<T>;

/** Made by `when()`; a branch may choose again. */
type Choice<T> = When<TemplatedValue<T> | Choice<T>>;

/** `T` itself, with parameters in it. */
export type TemplatedValue<T> = T extends string
  ? T | Param
  : T extends number
    ? T | Param<number>
    : T extends boolean
      ? T | Param<boolean>
      : T extends readonly (infer Item)[]
        ? readonly (Templated<Item> | Choice<Item | undefined>)[]
        : T extends Whole
          ? T
          : T extends object
            ? { readonly [K in keyof T]: Templated<T[K]> }
            : T;

/** Objects that are values as a whole: constructs have a node, Durations methods. */
type Whole =
  | { readonly node: unknown }
  | { toMilliseconds(...options: never[]): number }
  | ((...args: never[]) => unknown);

type Scalars = string | number | boolean | null | undefined;
/** What has no fields of a template's. */
type Leaf = Scalars | Param | When | Whole | readonly unknown[];
type KeyOf<S> = S extends Leaf ? never : keyof S;
type FieldOf<S, K> = S extends Leaf ? never : K extends keyof S ? S[K] : never;
type ItemOf<S> = S extends readonly (infer Item)[] ? Item : never;

/**
 * The fields of `T` that `S` does not have, made impossible: the compiler looks for such fields in an object that is
 * written where it is wanted, but not in one that a callback returns.
 */
export type Known<T, S> = T extends Scalars | Param | When | Whole
  ? unknown
  : T extends readonly (infer Item)[]
    ? readonly Known<Item, ItemOf<S>>[]
    : string extends KeyOf<S>
      ? unknown
      : { readonly [K in keyof T]: K extends KeyOf<S> ? Known<T[K], FieldOf<S, K>> : 'there is no such field' };
