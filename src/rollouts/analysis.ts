/**
 * Analysis inside a rollout: which templates, with which arguments. Its law: arguments are typed by the templates they
 * go to, so a forgotten or misspelt one does not compile where the template is a construct.
 */
import type {
  RolloutSpecStrategyBlueGreenPostPromotionAnalysis,
  RolloutSpecStrategyBlueGreenPostPromotionAnalysisArgs,
  RolloutSpecStrategyCanaryAnalysis,
  RolloutSpecStrategyCanaryStepsExperimentAnalyses,
} from '../schema/generated/argo-rollouts';
import type { AnyTemplate, ArgInput, OptionalNames, RequiredNames } from './analysis-args';
import type { AnalysisStep } from './steps';
import { bindTemplates, isTemplate, type TemplateRef, templateReference } from './template-ref';

type AnalysisSpec = RolloutSpecStrategyBlueGreenPostPromotionAnalysis;
type ArgSpec = RolloutSpecStrategyBlueGreenPostPromotionAnalysisArgs;

/** What an argument is given: text, or where the controller finds it. */
export type ArgValue = string | Pick<ArgSpec, 'valueFrom'>;

/** The hash that the pods of one version carry as a label: what tells them apart in a query. */
export function podTemplateHash(version: 'Latest' | 'Stable'): ArgValue {
  return { valueFrom: { podTemplateHashValue: version } };
}

/** A field of the Rollout: `metadata.name`, `metadata.labels['region']`, `status.canary.weights.canary.weight`. */
export function fieldRef(fieldPath: string): ArgValue {
  return { valueFrom: { fieldRef: { fieldPath } } };
}

type Required<T> = T extends AnyTemplate ? RequiredNames<T> : never;
/** What must be given: what has a value in another of the templates need not be. */
type Missing<T> = string extends Optional<T> ? Required<T> : Exclude<Required<T>, Optional<T>>;
type Optional<T> = T extends AnyTemplate ? OptionalNames<T> : never;
/** Templates by name can declare anything. */
type Undeclared<T> = [T] extends [AnyTemplate] ? never : string;

type ByName<R extends string, O extends string> = [R | O] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [N in R]: ArgValue } & { readonly [N in Exclude<O, R>]?: ArgValue };

/** Arguments by name; upstream's list is accepted too, and then only looked at when the rollout is constructed. */
export type AnalysisArgs<T> = ByName<Missing<T>, Optional<T> | Undeclared<T>> | readonly ArgSpec[];

export interface AnalysisOptions extends Omit<RolloutSpecStrategyCanaryAnalysis, 'args' | 'templates'> {
  /** The index of the step at which a background analysis starts; inline analysis has none. @default 0 */
  readonly startingStep?: number;
}

type Rest<T> = [Missing<T>] extends [never]
  ? [args?: AnalysisArgs<T>, options?: AnalysisOptions]
  : [args: AnalysisArgs<T>, options?: AnalysisOptions];

type Item<T> = T extends readonly (infer E)[] ? E : T;

/** A step of analysis, or upstream's analysis by itself. It must end by itself. */
export type InlineAnalysis = AnalysisStep | AnalysisSpec;
/** The same, for analysis in the background, which may go on and on. */
export type BackgroundAnalysis = AnalysisStep | RolloutSpecStrategyCanaryAnalysis;

/**
 * Runs analysis templates; as a step, in the background, before or after promotion.
 *
 * @param templates one or several: constructs, names in the Rollout's namespace, or upstream's references
 * @param args what the templates ask for, by name
 */
export function analysis<const T extends TemplateRef | readonly TemplateRef[]>(
  templates: T,
  ...[args, options]: Rest<Item<T>>
): AnalysisStep {
  const refs = (Array.isArray(templates) ? templates : [templates]) as readonly TemplateRef[];
  const spec: AnalysisSpec = {
    ...options,
    templates: refs.map((ref) => templateReference(ref)),
    ...(args !== undefined && { args: argList(args as ArgsInput) }),
  };
  bindTemplates(spec, refs);
  return { analysis: spec };
}

/** The analysis inside a step; upstream's own passes as it is. */
export function bareAnalysis<A extends AnalysisSpec>(given: A | AnalysisStep): A {
  return ('analysis' in given ? given.analysis : given) as A;
}

/** Upstream's own object, or what {@link experimentAnalysis} made. */
export type ExperimentAnalysis = RolloutSpecStrategyCanaryStepsExperimentAnalyses;

type ExperimentAnalysisOptions = Pick<ExperimentAnalysis, 'requiredForCompletion'>;
type ExperimentRest<T> = [Missing<T>] extends [never]
  ? [args?: AnalysisArgs<T>, options?: ExperimentAnalysisOptions]
  : [args: AnalysisArgs<T>, options?: ExperimentAnalysisOptions];

/** An analysis of an experiment step: one template, with arguments typed by it. */
export function experimentAnalysis<const T extends TemplateRef>(
  name: string,
  template: T,
  ...[args, options]: ExperimentRest<T>
): ExperimentAnalysis {
  const { templateName = '', clusterScope } = templateReference(template);
  const spec: ExperimentAnalysis = {
    ...options,
    name,
    templateName,
    ...(clusterScope === true && { clusterScope }),
    ...(args !== undefined && { args: argList(args as ArgsInput) }),
  };
  if (isTemplate(template)) bindTemplates(spec, [template]);
  return spec;
}

type ArgsInput = readonly ArgSpec[] | Readonly<Record<string, ArgValue>>;

function argList(args: ArgsInput): readonly ArgSpec[] {
  if (Array.isArray(args)) return args;
  return Object.entries(args as Readonly<Record<string, ArgValue>>).map(([name, value]) =>
    typeof value === 'object' && value !== null ? { name, ...value } : { name, value },
  );
}

export type { ArgInput };
