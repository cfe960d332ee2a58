/** What every generator needs at hand. */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Engine } from './engine';
import type { GeneratorFields } from './inputs';
import type { Params } from './params';
import type { World } from './world';

export interface Context {
  readonly engine: Engine;
  readonly world: World;
  /** The sets of a child of a matrix or merge. */
  readonly childParams: (entry: GeneratorFields, path: FieldPath, context: Context, depth: number) => readonly Params[];
}

/** Yields the parameter sets of a generator's body. */
export type Generate = (body: GeneratorFields, path: FieldPath, context: Context) => readonly Params[];

/** The entries of a matrix or merge. */
export function childrenOf(body: GeneratorFields, path: FieldPath): { entry: GeneratorFields; path: FieldPath }[] {
  const list = Array.isArray(body['generators']) ? body['generators'] : [];
  return list.map((entry: unknown, index) => ({
    entry: isPlainObject(entry) ? entry : {},
    path: [...path, 'generators', index],
  }));
}
