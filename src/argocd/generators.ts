/**
 * What an ApplicationSet makes Applications of. Each function gives a value with the upstream generator in `spec`, so
 * that generators compose: `matrix(gitDirectories(…), clusters(…))`.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
import type { DurationLike } from '../kernel/duration';
import type { Json } from '../kernel/manifest';
import type { ApplicationSetSpec } from '../schema/generated/argo-cd';
import { type ApplicationTemplateOverride, shapeTemplate } from './application-template';

/** One entry of `generators`, in upstream's shape. */
export type UpstreamGenerator = ApplicationSetSpec['generators'][number];

type Upstream<K extends keyof UpstreamGenerator> = NonNullable<UpstreamGenerator[K]>;
type Selector = Upstream<'selector'>;

/** Made by `list()`, `clusters()`, `gitDirectories()` and the like. */
export interface Generator {
  readonly spec: UpstreamGenerator;
}

/** A generator, or upstream's shape of one. */
export type GeneratorInput = Generator | UpstreamGenerator;

export interface GeneratorOptions {
  /** Laid over the ApplicationSet's template; ignored below matrix and merge. @default - none */
  readonly template?: ApplicationTemplateOverride;
  /** Keeps the parameter sets that match; keys are flattened parameters: `values.tier`. @default - all */
  readonly selector?: Selector;
}

export interface RequeueOptions extends GeneratorOptions {
  /** How often to look again; whole seconds. @default - 3 minutes for Git and clusterDecisionResource, else 30 */
  readonly requeueAfter?: DurationLike;
}

/** Elements as they are: `list([{ cluster: 'dev', url: 'https://…' }])`. Without `goTemplate` every value is text. */
export function list(elements: readonly Readonly<Record<string, Json>>[], options: GeneratorOptions = {}): Generator {
  return generator('list', { elements }, options);
}

/** Elements as YAML text: below `matrix`, it may hold a tag of the first generator: `'{{ .services | toJson }}'`. */
export function listYaml(elementsYaml: string, options: GeneratorOptions = {}): Generator {
  return generator('list', { elementsYaml }, options);
}

export interface ClustersOptions extends GeneratorOptions {
  /** Labels that a cluster's Secret must have. Any label here leaves out the local cluster without a Secret. @default - all clusters */
  readonly labels?: Readonly<Record<string, string>>;
  /** What labels alone cannot say. @default - none */
  readonly matchExpressions?: Selector['matchExpressions'];
  /** More parameters, as `values.<key>`. @default - none */
  readonly values?: Readonly<Record<string, string>>;
  /** One parameter set with the list `clusters`, instead of a set each. @default false */
  readonly flatList?: boolean;
}

/** A parameter set for each cluster that Argo CD knows. */
export function clusters(options: ClustersOptions = {}): Generator {
  const { labels, matchExpressions, values, flatList, ...rest } = options;
  const selector =
    labels === undefined && matchExpressions === undefined ? undefined : { matchLabels: labels, matchExpressions };
  return generator('clusters', { selector, values, flatList }, rest);
}

interface GitOptions extends RequeueOptions {
  readonly repoURL: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** More parameters, as `values.<key>`. @default - none */
  readonly values?: Readonly<Record<string, string>>;
  /** Puts the path parameters below this name, so that two Git generators can meet. @default - `path` */
  readonly pathParamPrefix?: string;
  /** Globs whose matches are left out. @default - none */
  readonly exclude?: readonly string[];
}

export interface GitDirectoriesOptions extends GitOptions {
  /** Globs; `*` stops at a `/`, and there is no `**`: `['apps/*']`. */
  readonly directories: readonly string[];
}

/** A parameter set for each directory of a repository that matches. */
export function gitDirectories({ directories, exclude, ...options }: GitDirectoriesOptions): Generator {
  return git({ directories: paths(directories, exclude) }, options);
}

export interface GitFilesOptions extends GitOptions {
  /** Globs; unless the controller runs with new globbing, `*` crosses a `/`: `['clusters/*.json']`. */
  readonly files: readonly string[];
}

/** A parameter set for each YAML or JSON file of a repository that matches, with the file's content. */
export function gitFiles({ files, exclude, ...options }: GitFilesOptions): Generator {
  return git({ files: paths(files, exclude) }, options);
}

/** Every pair of parameter sets. The second may use the first's parameters in its own fields, not the other way round. */
export function matrix(first: GeneratorInput, second: GeneratorInput, options: GeneratorOptions = {}): Generator {
  return generator('matrix', { generators: [specOf(first), specOf(second)] }, options);
}

/** The first generator's parameter sets, each with what later ones say for the same `mergeKeys`. */
export function merge(
  mergeKeys: readonly string[],
  generators: readonly GeneratorInput[],
  options: GeneratorOptions = {},
): Generator {
  return generator('merge', { mergeKeys, generators: generators.map(specOf) }, options);
}

type Plain<K extends keyof UpstreamGenerator> = Omit<Upstream<K>, 'template' | 'requeueAfterSeconds'>;

/** A parameter set for each repository of an organisation. */
export function scmProvider(spec: Plain<'scmProvider'>, options: RequeueOptions = {}): Generator {
  return generator('scmProvider', spec, options);
}

/** A parameter set for each open pull request. */
export function pullRequest(spec: Plain<'pullRequest'>, options: RequeueOptions = {}): Generator {
  return generator('pullRequest', spec, options);
}

/** A parameter set for each cluster in the status of some other object. */
export function clusterDecisionResource(
  spec: Plain<'clusterDecisionResource'>,
  options: RequeueOptions = {},
): Generator {
  return generator('clusterDecisionResource', spec, options);
}

/** Parameter sets that a service of your own answers with. */
export function plugin(spec: Plain<'plugin'>, options: RequeueOptions = {}): Generator {
  return generator('plugin', spec, options);
}

/** Upstream's shape of a generator; whatever is in that shape already passes unchanged. */
export function specOf(input: GeneratorInput): UpstreamGenerator {
  return typeof input === 'object' && input !== null && 'spec' in input ? input.spec : input;
}

function git(where: object, { template, selector, requeueAfter, ...rest }: Omit<GitOptions, 'exclude'>): Generator {
  return generator('git', { ...rest, ...where }, { template, selector, requeueAfter });
}

function paths(included: readonly string[], excluded: readonly string[] = []): object[] {
  return [...included.map((path) => ({ path })), ...excluded.map((path) => ({ path, exclude: true }))];
}

function generator(kind: keyof UpstreamGenerator, body: object, options: RequeueOptions): Generator {
  const { template, selector, requeueAfter } = options;
  const spec = {
    ...body,
    requeueAfterSeconds: requeueAfter === undefined ? undefined : requeueAfter.toMilliseconds() / 1000,
    template: template === undefined ? undefined : shapeTemplate(template, true),
  };
  return { spec: withoutUndefined({ [kind]: withoutUndefined(spec), selector }) as UpstreamGenerator };
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
