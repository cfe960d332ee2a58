/** The second generator of a matrix is itself a template over the parameters of the first. */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Engine } from './engine';
import { compileValue, type Fill, rawTexts, type TextCompiler, withoutNulls } from './fill';
import type { GeneratorFields } from './inputs';
import { isEmpty, type Params } from './params';
import { wrapping } from './refusal';

export interface Interpolated {
  readonly entry: GeneratorFields;
  /** Whether it is the same for every parameter set. */
  readonly fixed: boolean;
}

/** Compiles an entry of a matrix. Without parameters it is left as it is. */
export function prepareChild(
  entry: GeneratorFields,
  path: FieldPath,
  engine: Engine,
): (params: Params) => Interpolated {
  const rendered = withoutRawNulls(entry);
  const isNested = isPlainObject(entry['matrix']) || isPlainObject(entry['merge']);
  // What an inner matrix fills in later is no mistake yet.
  const texts: TextCompiler = (text, at) =>
    isValue(at, path) ? engine.compileFirstPass(text, at) : engine.compile(text, at, isNested);
  const fill: Fill | undefined = compileValue(rendered, path, rawTexts(texts));
  return (params) => {
    if (isEmpty(params)) return { entry, fixed: false };
    if (fill === undefined) return { entry: rendered, fixed: true };
    const prefix =
      'child generator returned an error on parameter generation: failed to replace parameters in generator';
    const filled = wrapping(prefix, () => fill(params)) as GeneratorFields;
    // The sets are filtered by the selector as it was written.
    return { entry: { ...filled, selector: entry['selector'] }, fixed: false };
  };
}

/** Whether a text is in the `values` of a generator, of this entry or of one below it: those get a second pass. */
function isValue(at: FieldPath, root: FieldPath): boolean {
  const steps = at.slice(root.length);
  while ((steps[0] === 'matrix' || steps[0] === 'merge') && steps[1] === 'generators') steps.splice(0, 3);
  return steps.length === 3 && steps[1] === 'values' && typeof steps[0] === 'string' && WITH_VALUES.has(steps[0]);
}

const WITH_VALUES: ReadonlySet<string> = new Set([
  'clusters',
  'git',
  'scmProvider',
  'clusterDecisionResource',
  'pullRequest',
  'plugin',
]);

function withoutRawNulls(entry: GeneratorFields): GeneratorFields {
  return withoutNulls(entry) as GeneratorFields;
}
