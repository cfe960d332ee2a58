/** `merge`: the sets of its first generator, each with what the others say of the same keys. */
import type { FieldPath } from '../../kernel/issue';
import { type Context, childrenOf } from './context';
import { clashRefusal } from './generator-matrix';
import type { GeneratorFields } from './inputs';
import { goJson, isEmpty, NIL, overlaid, type Params, paramsOf } from './params';
import { Refusal, refuseGenerator, wrapping } from './refusal';

export function generateMerge(body: GeneratorFields, path: FieldPath, context: Context, depth: number): Params[] {
  const children = childrenOf(body, path);
  if (children.length < 2) {
    const message = 'found less than two generators, Merge requires two or more';
    refuseGenerator(message, path, 'give two generators or more');
  }
  const sets = children.map(({ entry, path: at }, index) =>
    wrapping(
      `error getting param sets from generators: error getting params from generator ${index + 1} of ${children.length}`,
      () => context.childParams(entry, at, context, depth),
    ),
  );
  const keys = [...new Set((Array.isArray(body['mergeKeys']) ? body['mergeKeys'] : []).map(String))];
  const byKey = (index: number) => setsByKey(keys, sets[index]!, path, children[index]!.path);
  const merged = byKey(0);
  for (let index = 1; index < sets.length; index++) {
    const over = byKey(index);
    for (const [key, base] of merged) {
      const override = over.get(key);
      if (override !== undefined) merged.set(key, laid(base, override, context.engine.goTemplate, path));
    }
  }
  return [...merged.values()];
}

/** Without Go templates sets are flat: a later generator's texts replace what is there. */
function laid(base: Params, override: Params, goTemplate: boolean, path: FieldPath): Params {
  if (!goTemplate) {
    if (base === NIL && !isEmpty(override)) throw nilRefusal(path);
    return paramsOf({ ...base, ...override });
  }
  try {
    return overlaid(base, override);
  } catch (error) {
    throw clashRefusal(error, path);
  }
}

function nilRefusal(path: FieldPath): Refusal {
  const fix = 'take the empty element out of the first generator, or give it the merge keys';
  return new Refusal('argocd-render-generator', 'assignment to entry in nil map', path, fix, true);
}

function setsByKey(
  keys: readonly string[],
  sets: readonly Params[],
  merge: FieldPath,
  at: FieldPath,
): Map<string, Params> {
  const prefix = 'error getting param sets by merge key';
  if (keys.length === 0) {
    const message = `${prefix}: no merge keys were specified, Merge requires at least one`;
    refuseGenerator(message, [...merge, 'mergeKeys'], 'name the parameters that tell the sets apart');
  }
  const byKey = new Map<string, Params>();
  for (const set of sets) {
    const key = goJson(paramsOf(Object.fromEntries(keys.map((name) => [name, set[name] ?? null]))));
    if (byKey.has(key)) {
      const message = `${prefix}: the parameters from a generator were not unique by the given mergeKeys, Merge requires all param sets to be unique. Duplicate key was ${key}`;
      refuseGenerator(message, at, 'add merge keys that tell the sets apart, or take the duplicate out');
    }
    byKey.set(key, set);
  }
  return byKey;
}
