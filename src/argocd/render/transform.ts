/** From an entry of a list of generators to parameter sets, filtered by the entry's own selector. */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Context, Generate } from './context';
import { generateClusters } from './generator-clusters';
import { generateGit } from './generator-git';
import { generateList } from './generator-list';
import { generateMatrix } from './generator-matrix';
import { generateMerge } from './generator-merge';
import {
  generateClusterDecisions,
  generatePlugin,
  generatePullRequest,
  generateScmProvider,
} from './generator-recorded';
import { goText } from './go';
import type { GeneratorFields } from './inputs';
import { flattened, type Params } from './params';
import { refuseGenerator, wrapping } from './refusal';
import { type Matcher, selectorMatcher } from './selector';

/** In the order in which the controller goes through an entry that has several. */
const GENERATORS: Readonly<Record<string, (...args: [...Parameters<Generate>, depth: number]) => readonly Params[]>> = {
  list: generateList,
  clusters: generateClusters,
  git: generateGit,
  scmProvider: generateScmProvider,
  clusterDecisionResource: generateClusterDecisions,
  pullRequest: generatePullRequest,
  matrix: generateMatrix,
  merge: generateMerge,
  plugin: generatePlugin,
};

/** Children of a nested matrix or merge are of these kinds only; others are not read. */
const TERMINAL: ReadonlySet<string> = new Set(Object.keys(GENERATORS).filter((kind) => !/^(matrix|merge)$/.test(kind)));

/** A generator of an entry. */
export interface Transformed {
  readonly kind: string;
  readonly body: GeneratorFields;
  readonly path: FieldPath;
  readonly sets: readonly Params[];
}

/** The kinds that an entry has, in the controller's order. */
export function kindsOf(entry: GeneratorFields, depth: number): string[] {
  return Object.keys(GENERATORS).filter((kind) => isPlainObject(entry[kind]) && (depth < 2 || TERMINAL.has(kind)));
}

/** @param depth 0 for an entry of `spec.generators` */
export function transform(entry: GeneratorFields, path: FieldPath, context: Context, depth = 0): Transformed[] {
  const selector = entry['selector'];
  const matches = isPlainObject(selector)
    ? wrapping('error parsing label selector', () => selectorMatcher(selector, [...path, 'selector'], 'any'))
    : undefined;
  return kindsOf(entry, depth).map((kind) => {
    const at = [...path, kind];
    const body = entry[kind] as GeneratorFields;
    const sets = GENERATORS[kind]!(body, at, context, depth + 1);
    return { kind, body, path: at, sets: matches === undefined ? sets : sets.filter(selecting(matches)) };
  });
}

function selecting(matches: Matcher): (set: Params) => boolean {
  return (set) => {
    const flat = flattened(set, true);
    return matches((key) => (flat.has(key) ? goText(flat.get(key)) : undefined));
  };
}

/** The sets of a child of a matrix or merge: it has one generator. */
export function childParams(
  entry: GeneratorFields,
  path: FieldPath,
  context: Context,
  depth: number,
): readonly Params[] {
  const found = wrapping('child generator returned an error on parameter generation', () =>
    transform(entry, path, context, depth),
  );
  if (found.length > 1) {
    const message = 'found more than one generator in matrix.Generators';
    refuseGenerator(message, path, 'give each generator an entry of its own');
  }
  if (found[0] !== undefined) return found[0].sets;
  const fix =
    depth >= 2
      ? 'matrix and merge nest once: flatten the inner one'
      : `name one of ${Object.keys(GENERATORS).join(', ')}`;
  return refuseGenerator('child generator generated no parameters', path, fix);
}
