/** `matrix`: every set of its first generator with every set that the second makes of it. */
import type { FieldPath } from '../../kernel/issue';
import { type Context, childrenOf } from './context';
import type { GeneratorFields } from './inputs';
import { prepareChild } from './interpolate';
import { combined, isEmpty, overlaid, type Params, stringified, TypeClash } from './params';
import { Refusal, refuseGenerator, wrapping } from './refusal';

export function generateMatrix(body: GeneratorFields, path: FieldPath, context: Context, depth: number): Params[] {
  const children = childrenOf(body, path);
  if (children.length < 2) {
    refuseGenerator('found less than two generators, Matrix support only two', path, 'give two generators');
  }
  if (children.length > 2) {
    refuseGenerator('found more than two generators, Matrix support only two', path, 'put a matrix into the matrix');
  }
  const [first, second] = children as [(typeof children)[0], (typeof children)[0]];
  const outer = wrapping('error failed to get params for first generator in matrix generator', () =>
    context.childParams(first.entry, first.path, context, depth),
  );
  const interpolate = prepareChild(second.entry, second.path, context.engine);
  let shared: readonly Params[] | undefined;
  const inner = (params: Params): readonly Params[] => {
    // What holds no template yields the same for every set.
    if (shared !== undefined) return shared;
    const { entry, fixed } = interpolate(params);
    const sets = context.childParams(entry, second.path, context, depth);
    if (fixed) shared = sets;
    return sets;
  };
  return outer.flatMap((a) => {
    const sets = wrapping('failed to get params for second generator in the matrix generator', () => inner(a));
    const merge = context.engine.goTemplate ? goMerge(path) : plainMerge(a, path);
    return sets.map((b) => merge(a, b));
  });
}

type Merge = (a: Params, b: Params) => Params;

/** Where both have a key the first generator's value counts. */
function goMerge(path: FieldPath): Merge {
  return (a, b) => {
    try {
      return overlaid(b, a);
    } catch (error) {
      throw clashRefusal(error, path);
    }
  };
}

/** What a clash of types is to the controller: a panic. Any other error stays. */
export function clashRefusal(error: unknown, path: FieldPath): unknown {
  return error instanceof TypeClash
    ? new Refusal('argocd-render-generator', error.message, path, CLASH_FIX, true)
    : error;
}

const CLASH_FIX =
  'both generators have a map of one name, such as `values`, and one of the maps holds texts only: rename one of them';

function plainMerge(first: Params, path: FieldPath): Merge {
  const a = isEmpty(first) ? first : stringified(first);
  return (_, b) => {
    const texts = stringified(b);
    const result = combined(a, texts);
    if ('params' in result) return result.params;
    const { clash } = result;
    return refuseGenerator(
      `failed to combine string maps with merging params for the matrix generator: found duplicate key ${clash} with different value, a: ${a[clash]} ,b: ${texts[clash]}`,
      path,
      'rename the parameter in one of the generators, or set pathParamPrefix where it is `path`',
    );
  };
}
