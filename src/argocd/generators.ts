/**
 * What an ApplicationSet makes Applications of. Each function gives a value with the upstream generator in `spec` and
 * the parameters that it yields in its type, so that generators compose: `matrix(gitDirectories(…), clusters(…))`, and a
 * template's callback knows every name.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators/
 */
import type { DurationLike } from '../kernel/duration';
import { isPlainObject } from '../kernel/json';
import type { Json } from '../kernel/manifest';
import type { ApplicationSetSpec } from '../schema/generated/argo-cd';
import { shapeOverride, type TemplateOverride } from './application-template';
import { type Common, ListParam, Param, type Refs, type Text, type TextIn } from './parameters/param';
import { refsOf } from './parameters/refs';
import { refusal } from './parameters/refusal';
import { type ParameterSchema, type SchemaInput, shapeOfSchema } from './parameters/schema';
import {
  both,
  eitherOf,
  fieldsShape,
  listShape,
  mergedOver,
  NOTHING,
  type Shape,
  shapeOf,
  TEXT,
  textFields,
} from './parameters/shape';

/** One entry of `generators`, in upstream's shape. */
export type UpstreamGenerator = ApplicationSetSpec['generators'][number];

type Upstream<K extends keyof UpstreamGenerator> = NonNullable<UpstreamGenerator[K]>;
type Selector = Upstream<'selector'>;

declare const PARAMETERS: unique symbol;
declare const DEPTH: unique symbol;

/** How many levels of matrix and merge are in a generator. The controller reads two. */
export type Depth = 0 | 1 | 2;

/** Made by `list()`, `clusters()`, `gitDirectories()` and the like, for parameter sets like `P`. */
export interface Generator<out P = unknown, out D extends Depth = Depth> {
  readonly spec: UpstreamGenerator;
  /** What is known of the parameters at run time. */
  readonly parameters?: Shape;
  /** Whether it holds tags of another generator's parameters, which are Go templates. */
  readonly hasTags?: boolean;
  readonly [PARAMETERS]?: P;
  readonly [DEPTH]?: D;
}

/** A generator, or upstream's shape of one. */
export type GeneratorInput = Generator | UpstreamGenerator;

/** What may stand below a matrix or merge: at most one more level of them. */
export type NestedInput = Generator<unknown, 0 | 1> | UpstreamGenerator;

/** The parameter sets of a generator. Nothing is known of upstream's shape. */
export type ParametersOf<G> = G extends { readonly spec: UpstreamGenerator }
  ? G extends Generator<infer P, Depth>
    ? unknown extends P
      ? object
      : P
    : object
  : object;

type DepthOf<G> = G extends Generator<unknown, infer D> ? D : 0;

/** A matrix or merge of generators. */
type Deeper<D> = [D] extends [0] ? 1 : 2;

/** More parameters of a generator, as `values.<key>`. Tags in them are of the generator's own parameters. */
export type Values = Readonly<Record<string, Text>>;
type NoValues = Readonly<Record<never, string>>;
type ValuesOf<V> = { readonly values: { readonly [K in keyof V]: string } };

export interface GeneratorOptions<P = unknown> {
  /** Laid over the ApplicationSet's template; ignored below matrix and merge. @default - none */
  readonly template?: TemplateOverride<P>;
  /** Keeps the parameter sets that match; keys are flattened parameters: `values.tier`. @default - all */
  readonly selector?: TextIn<Selector>;
}

export interface RequeueOptions<P = unknown> extends GeneratorOptions<P> {
  /** How often to look again; whole seconds. @default - 3 minutes for Git and clusterDecisionResource, else 30 */
  readonly requeueAfter?: DurationLike;
}

/** The keys that every element has. */
type Element<E> = { readonly [K in keyof Common<E> as undefined extends Common<E>[K] ? never : K]: Common<E>[K] };

/** A key that another element has is undefined, says the compiler, in those that lack it. */
type Elements = Readonly<Record<string, Json | undefined>>;

/**
 * Elements as they are: `list([{ cluster: 'dev', prune: true }, …])`. Below `matrix`, also a list that the first
 * generator yields: `matrix(gitFiles(…), (p) => list(p.services))`. Without `goTemplate` every value is text.
 */
export function list<E>(elements: ListParam<E>, options?: GeneratorOptions<E>): Generator<E, 0>;
export function list<const E extends Elements>(
  elements: readonly E[],
  options?: GeneratorOptions<Element<E>>,
): Generator<Element<E>, 0>;
export function list(elements: readonly Elements[] | ListParam, options: SomeOptions = {}): Generator<never, 0> {
  if (!(elements instanceof ListParam))
    return generator('list', { elements }, options, eitherOf(elements.map(shapeOf)));
  const item = elements.itemShape;
  return generator('list', { elementsYaml: elements.toJson() }, options, item);
}

/**
 * Elements as YAML text: below `matrix`, it may hold a tag of the first generator: `'{{ .services | toJson }}'`. With a
 * schema of an element its parameters are known.
 */
export function listYaml<S extends ParameterSchema = ParameterSchema<object>>(
  elementsYaml: Text,
  { schema, ...options }: GeneratorOptions<SchemaInput<S>> & { readonly schema?: S } = {},
): Generator<SchemaInput<S>, 0> {
  return generator('list', { elementsYaml }, options, schema === undefined ? NOTHING : shapeOfSchema(schema));
}

/** Keys of a cluster Secret's metadata that every selected cluster has. */
export interface DeclaredMetadata {
  readonly labels?: readonly string[];
  readonly annotations?: readonly string[];
}

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly Text[];
}

export interface ClustersOptions<
  L = Readonly<Record<string, Text>>,
  X = readonly Expression[],
  V = Values,
  M = DeclaredMetadata | ParameterSchema,
  F = boolean,
> extends GeneratorOptions<F extends true ? FlatClusters<L, X, V, M> : ClusterParameters<L, X, V, M>> {
  /** Labels that a cluster's Secret must have. Any label here leaves out the local cluster without a Secret. @default - all clusters */
  readonly labels?: L;
  /** What labels alone cannot say. @default - none */
  readonly matchExpressions?: X;
  /**
   * Labels and annotations that the template uses beyond those selected by: `{ labels: ['region'] }`, or a zod schema of
   * `{ labels, annotations }` whose optional keys need an `orElse()`. @default - none
   */
  readonly metadata?: M;
  /** More parameters, as `values.<key>`. @default - none */
  readonly values?: V;
  /** One parameter set with the list `clusters`, instead of a set each. @default false */
  readonly flatList?: F;
}

type Keys<L> = L extends readonly (infer K extends string)[] ? K : never;
type SelectedBy<L, X> =
  | (string extends keyof L ? never : Extract<keyof L, string>)
  | (X extends readonly (infer E)[]
      ? E extends { readonly key: infer K extends string; readonly operator: 'In' | 'Exists' }
        ? K
        : never
      : never);
type Declared<M, Field extends string> = M extends { readonly [F in Field]?: infer K } ? Keys<K> : never;
type TextsOf<K extends string> = { readonly [Key in K]: string };

/** Labels and annotations: those selected by, and those declared. */
type ClusterMetadata<L, X, M> = M extends ParameterSchema
  ? SchemaInput<M> & { readonly labels: TextsOf<SelectedBy<L, X>> }
  : {
      readonly labels: TextsOf<SelectedBy<L, X> | Declared<M, 'labels'>>;
      readonly annotations: TextsOf<Declared<M, 'annotations'>>;
    };

/** What `clusters()` yields. */
export interface ClusterParameters<L = object, X = readonly [], V = NoValues, M = object> extends ValuesOf<V> {
  /** As Argo CD shows it; `in-cluster` for the local one. */
  readonly name: string;
  /** Fit for names of objects. */
  readonly nameNormalized: string;
  readonly server: string;
  /** Of a cluster that belongs to one; else empty. */
  readonly project: string;
  readonly metadata: ClusterMetadata<L, X, M>;
}

/** What `clusters({ flatList: true })` yields. */
interface FlatClusters<L, X, V, M> {
  readonly clusters: readonly ClusterParameters<L, X, V, M>[];
}

/** A parameter set for each cluster that Argo CD knows. */
export function clusters<
  const L extends Readonly<Record<string, Text>> = NoValues,
  const X extends readonly Expression[] = readonly [],
  const V extends Values = NoValues,
  const M extends DeclaredMetadata | ParameterSchema = NoValues,
  const F extends boolean = false,
>(
  options: ClustersOptions<L, X, V, M, F> = {},
): Generator<F extends true ? FlatClusters<L, X, V, M> : ClusterParameters<L, X, V, M>, 0> {
  const { labels, matchExpressions, metadata, values, flatList, ...rest } = options;
  const selector =
    labels === undefined && matchExpressions === undefined ? undefined : { matchLabels: labels, matchExpressions };
  const selected = (matchExpressions ?? []).filter(({ operator }) => operator === 'In' || operator === 'Exists');
  const names = [...Object.keys(labels ?? {}), ...selected.map(({ key }) => key)];
  const cluster = fieldsShape({
    ...textFields(['name', 'nameNormalized', 'server', 'project']).fields,
    metadata: clusterMetadata(names, metadata),
    values: textFields(Object.keys(values ?? {})),
  });
  const shape = flatList === true ? fieldsShape({ clusters: listShape(cluster) }) : cluster;
  return generator('clusters', { selector, values, flatList }, rest, shape);
}

interface GitOptions<P, V, Prefix> extends RequeueOptions<P> {
  readonly repoURL: Text;
  /** Branch, tag or commit. */
  readonly revision: Text;
  /** More parameters, as `values.<key>`. @default - none */
  readonly values?: V;
  /** Puts the path parameters below this name, so that two Git generators can meet. @default - `path` */
  readonly pathParamPrefix?: Prefix;
  /** Globs whose matches are left out. @default - none */
  readonly exclude?: readonly Text[];
}

/** Where a match is. */
export interface PathParameters {
  /** The directory, from the root of the repository. */
  readonly path: string;
  /** Its last part. */
  readonly basename: string;
  /** Fit for names of objects. */
  readonly basenameNormalized: string;
  /** Its parts: `p.path.segments[1]`. */
  readonly segments: readonly string[];
}

/** Where a file is; `path` is its directory. */
export interface FileParameters extends PathParameters {
  readonly filename: string;
  readonly filenameNormalized: string;
}

type Prefixed<Prefix extends string, P> = string extends Prefix
  ? { readonly path: P }
  : Prefix extends ''
    ? { readonly path: P }
    : { readonly [K in Prefix]: { readonly path: P } };

export interface GitDirectoriesOptions<V = Values, Prefix extends string = string>
  extends GitOptions<Prefixed<Prefix, PathParameters> & ValuesOf<V>, V, Prefix> {
  /** Globs; `*` stops at a `/`, and there is no `**`: `['apps/*']`. */
  readonly directories: readonly Text[];
}

/** A parameter set for each directory of a repository that matches. */
export function gitDirectories<const V extends Values = NoValues, const Prefix extends string = ''>({
  directories,
  exclude,
  ...options
}: GitDirectoriesOptions<V, Prefix>): Generator<Prefixed<Prefix, PathParameters> & ValuesOf<V>, 0> {
  const names = ['path', 'basename', 'basenameNormalized'];
  return git({ directories: paths(directories, exclude) }, options, names, NOTHING);
}

type FileContent<S, Prefix extends string> = string extends Prefix
  ? Omit<SchemaInput<S>, 'path'>
  : Prefix extends ''
    ? Omit<SchemaInput<S>, 'path'>
    : Omit<SchemaInput<S>, Prefix>;

type GitFileParameters<S, V, Prefix extends string> = FileContent<S, Prefix> &
  Prefixed<Prefix, FileParameters> &
  ValuesOf<V>;

export interface GitFilesOptions<V = Values, Prefix extends string = string, S = ParameterSchema<object>>
  extends GitOptions<GitFileParameters<S, V, Prefix>, V, Prefix> {
  /** Globs; unless the controller runs with new globbing, `*` crosses a `/`: `['clusters/*.json']`. */
  readonly files: readonly Text[];
  /** What a file holds, in zod: `z.object({ region: z.string() })`. @default - nothing that the template uses */
  readonly schema?: S;
}

/** A parameter set for each YAML or JSON file of a repository that matches, with the file's content. */
export function gitFiles<
  const V extends Values = NoValues,
  const Prefix extends string = '',
  S extends ParameterSchema = ParameterSchema<object>,
>({
  files,
  exclude,
  schema,
  ...options
}: GitFilesOptions<V, Prefix, S>): Generator<GitFileParameters<S, V, Prefix>, 0> {
  const names = ['path', 'basename', 'basenameNormalized', 'filename', 'filenameNormalized'];
  const content = schema === undefined ? NOTHING : shapeOfSchema(schema);
  return git({ files: paths(files, exclude) }, options, names, content);
}

type Both<A, B> = A & Omit<B, Extract<keyof A, keyof B> & ScalarKeys<A>>;
type ScalarKeys<A> = { [K in keyof A]: A[K] extends object ? never : K }[keyof A];

/**
 * Every pair of parameter sets. The second may use the first's parameters in its own fields, not the other way round:
 * `matrix(list([…]), (p) => clusters({ labels: { region: p.region } }))`. Where both yield a name, the first's counts.
 */
export function matrix<const A extends NestedInput, const B extends NestedInput>(
  first: A,
  second: B | ((parameters: Refs<ParametersOf<A>>) => B),
  options: GeneratorOptions<Both<ParametersOf<A>, ParametersOf<B>>> = {},
): Generator<Both<ParametersOf<A>, ParametersOf<B>>, Deeper<DepthOf<A> | DepthOf<B>>> {
  const outer = shapeOfGenerator(first);
  const inner = typeof second === 'function' ? second(refsOf(outer) as Refs<ParametersOf<A>>) : second;
  const shape = both(outer, shapeOfGenerator(inner));
  const children = [first, inner];
  return generator('matrix', { generators: children.map(specOf) }, options, shape, children) as never;
}

type ParametersOfEach<G> = G extends readonly unknown[] ? ParametersOf<G[number]> : never;
/** Keys of text that every generator yields: what Go looks up flat. */
type MergeKey<G> =
  object extends ParametersOfEach<G>
    ? string
    : {
        [K in keyof ParametersOfEach<G>]: ParametersOfEach<G>[K] extends object ? never : K;
      }[keyof ParametersOfEach<G>] &
        string;
type Intersection<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;
type DeepPartialOf<T> = T extends object ? { readonly [K in keyof T]?: DeepPartialOf<T[K]> } : T;

/** The base's parameters, and what others may add. */
type Merged<G> = G extends readonly [infer Base, ...infer Others]
  ? ParametersOf<Base> & DeepPartialOf<Intersection<ParametersOf<Others[number]>>>
  : object;

/**
 * The first generator's parameter sets, each with what later ones say for the same `mergeKeys`. What only later ones
 * yield may be missing, so the template needs an `orElse()` for it.
 */
export function merge<const G extends readonly NestedInput[]>(
  mergeKeys: readonly NoInfer<MergeKey<G>>[],
  generators: G,
  options: GeneratorOptions<Merged<G>> = {},
): Generator<Merged<G>, Deeper<DepthOf<G[number]>>> {
  const [base = NOTHING, ...others] = generators.map(shapeOfGenerator);
  const body = { mergeKeys, generators: generators.map(specOf) };
  return generator('merge', body, options, mergedOver(base, others), generators) as never;
}

type Plain<K extends keyof UpstreamGenerator> = TextIn<
  Omit<Upstream<K>, 'template' | 'requeueAfterSeconds' | 'values'>
>;

/** What `scmProvider()` yields. */
export interface RepositoryParameters {
  readonly organization: string;
  readonly repository: string;
  readonly repository_id: string;
  readonly url: string;
  readonly branch: string;
  /** Fit for names of objects. */
  readonly branchNormalized: string;
  readonly sha: string;
  /** 8 characters. */
  readonly short_sha: string;
  readonly short_sha_7: string;
  /** Separated by commas. */
  readonly labels: string;
}

const REPOSITORY = [
  ...['organization', 'repository', 'repository_id', 'url', 'branch', 'branchNormalized', 'sha', 'short_sha'],
  ...['short_sha_7', 'labels'],
];

/** A parameter set for each repository of an organisation. */
export function scmProvider<const V extends Values = NoValues>(
  spec: Plain<'scmProvider'> & { readonly values?: V },
  options: RequeueOptions<RepositoryParameters & ValuesOf<V>> = {},
): Generator<RepositoryParameters & ValuesOf<V>, 0> {
  return generator('scmProvider', spec, options, both(withValues(spec.values), textFields(REPOSITORY)));
}

/** What `pullRequest()` yields. */
export interface PullRequestParameters {
  /** Text, as all of them. */
  readonly number: string;
  readonly title: string;
  readonly branch: string;
  /** Fit for names of objects, at most 50 characters. */
  readonly branch_slug: string;
  readonly target_branch: string;
  readonly target_branch_slug: string;
  readonly head_sha: string;
  /** 8 characters. */
  readonly head_short_sha: string;
  readonly head_short_sha_7: string;
  readonly author: string;
  readonly labels: readonly string[];
}

const PULL_REQUEST = [
  ...['number', 'title', 'branch', 'branch_slug', 'target_branch', 'target_branch_slug', 'head_sha', 'head_short_sha'],
  ...['head_short_sha_7', 'author'],
];

/** A parameter set for each open pull request. */
export function pullRequest<const V extends Values = NoValues>(
  spec: Plain<'pullRequest'> & { readonly values?: V },
  options: RequeueOptions<PullRequestParameters & ValuesOf<V>> = {},
): Generator<PullRequestParameters & ValuesOf<V>, 0> {
  const request = fieldsShape({ ...textFields(PULL_REQUEST).fields, labels: listShape(TEXT) });
  return generator('pullRequest', spec, options, both(withValues(spec.values), request));
}

/** What `clusterDecisionResource()` yields: a cluster, and the declared keys of the decision. */
export type DecisionParameters<K extends string> = { readonly [Key in 'name' | 'server' | K]: string };

/** A parameter set for each cluster in the status of some other object. `keys`: what else the decisions hold. */
export function clusterDecisionResource<const V extends Values = NoValues, const K extends string = never>(
  spec: Plain<'clusterDecisionResource'> & { readonly values?: V },
  {
    keys = [],
    ...options
  }: RequeueOptions<DecisionParameters<K> & ValuesOf<V>> & { readonly keys?: readonly K[] } = {},
): Generator<DecisionParameters<K> & ValuesOf<V>, 0> {
  const shape = both(withValues(spec.values), textFields(['name', 'server', ...keys]));
  return generator('clusterDecisionResource', spec, options, shape);
}

/** What `plugin()` yields: the service's answer, and what it was asked. */
export type PluginParameters<S, I> = SchemaInput<S> & {
  readonly generator: { readonly input: { readonly parameters: I } };
};

/** Parameter sets that a service of your own answers with. `schema`: one set of its answer, in zod. */
export function plugin<
  const V extends Values = NoValues,
  S extends ParameterSchema = ParameterSchema<object>,
  const I extends Readonly<Record<string, Json>> = NoValues,
>(
  spec: Omit<Plain<'plugin'>, 'input'> & { readonly values?: V; readonly input?: { readonly parameters?: I } },
  { schema, ...options }: RequeueOptions<PluginParameters<S, I> & ValuesOf<V>> & { readonly schema?: S } = {},
): Generator<PluginParameters<S, I> & ValuesOf<V>, 0> {
  const asked = fieldsShape({ input: fieldsShape({ parameters: shapeOf(spec.input?.parameters ?? {}) }) });
  const fixed = both(withValues(spec.values), fieldsShape({ generator: asked }));
  const shape = schema === undefined ? fixed : both(fixed, shapeOfSchema(schema));
  return generator('plugin', spec, options, shape);
}

/** Upstream's shape of a generator; whatever is in that shape already passes unchanged. */
export function specOf(input: GeneratorInput): UpstreamGenerator {
  return isGenerator(input) ? input.spec : input;
}

/** What a generator yields, as far as its function knows. */
export function shapeOfGenerator(input: GeneratorInput): Shape {
  return (isGenerator(input) ? input.parameters : undefined) ?? NOTHING;
}

function isGenerator(input: GeneratorInput): input is Generator {
  return typeof input === 'object' && input !== null && 'spec' in input;
}

interface GitFields extends SomeOptions {
  readonly values?: Values;
  readonly pathParamPrefix?: string;
}

function git(where: object, options: GitFields, names: readonly string[], content: Shape): Generator<never, 0> {
  const { template, selector, requeueAfter, ...rest } = options;
  const path = fieldsShape({ path: fieldsShape({ ...textFields(names).fields, segments: listShape(TEXT) }) });
  const { pathParamPrefix = '' } = rest;
  const place = pathParamPrefix === '' ? path : fieldsShape({ [pathParamPrefix]: path });
  const shape = both(both(withValues(rest.values), place), content);
  return generator('git', { ...rest, ...where }, { template, selector, requeueAfter }, shape);
}

function withValues(values: Values = {}): Shape {
  return fieldsShape({ values: textFields(Object.keys(values)) });
}

function clusterMetadata(selected: readonly string[], declared: DeclaredMetadata | ParameterSchema = {}): Shape {
  const texts = (names: readonly string[] = []) => textFields(names, { textMap: true });
  if (!('_zod' in declared)) {
    const { labels = [], annotations } = declared;
    return fieldsShape({ labels: texts([...selected, ...labels]), annotations: texts(annotations) });
  }
  const { fields = {} } = shapeOfSchema(declared);
  const entries = Object.entries(fields).map(([name, shape]) => [name, { ...shape, textMap: true }]);
  return both(fieldsShape({ labels: texts(selected) }), fieldsShape(Object.fromEntries(entries)));
}

function paths(included: readonly Text[], excluded: readonly Text[] = []): object[] {
  return [...included.map((path) => ({ path })), ...excluded.map((path) => ({ path, exclude: true }))];
}

/** The options of any generator: what its template's callback takes has been checked by then. */
interface SomeOptions {
  readonly template?: unknown;
  readonly selector?: unknown;
  readonly requeueAfter?: DurationLike;
}

function generator(
  kind: keyof UpstreamGenerator,
  body: object,
  options: SomeOptions,
  parameters: Shape,
  children: readonly GeneratorInput[] = [],
): Generator<never, 0> {
  const { template, selector, requeueAfter } = options;
  const filled = {
    ...body,
    requeueAfterSeconds: requeueAfter === undefined ? undefined : requeueAfter.toMilliseconds() / 1000,
    template: template === undefined ? undefined : shapeOverride(template as never, parameters),
  };
  const entry = withoutUndefined({ [kind]: withoutUndefined(filled), selector });
  const spec = withTags(entry);
  const hasTags = spec !== entry || children.some((child) => isGenerator(child) && child.hasTags);
  return { spec: spec as UpstreamGenerator, parameters, ...(hasTags && { hasTags }) };
}

/** Parameters of another generator as tags. Only text can be a tag: a generator is no part of `templatePatch`. */
function withTags(value: unknown): unknown {
  if (value instanceof Param) return String(value);
  if (value instanceof ListParam) {
    throw refusal('argocd-appset-parameter-use', 'a list of parameters is no text', 'write list(p.items)');
  }
  if (Array.isArray(value)) {
    const items = value.map(withTags);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isPlainObject(value)) return value;
  // Most generators hold no parameters, and what the user gave is then passed on as it is.
  let changed: Record<string, unknown> | undefined;
  for (const [key, inner] of Object.entries(value)) {
    const text = withTags(inner);
    if (text === inner) continue;
    changed ??= { ...value };
    changed[key] = text;
  }
  return changed ?? value;
}

function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
}
