/** What AnalysisTemplate and ClusterAnalysisTemplate have in common: everything but the scope. */
import type { Construct } from 'constructs';
import type { Kind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { type DurationInput, goDuration } from '../kernel/duration';
import type {
  AnalysisRunSpecMetrics,
  AnalysisTemplateSpec,
  AnalysisTemplateSpecTemplates,
} from '../schema/generated/argo-rollouts';
import { type ArgInput, type ArgRefs, type ArgText, argRefs, argSpecs } from './analysis-args';
import { type TemplateConstruct, type TemplateRef, templateReference } from './template-ref';

export interface MetricProps extends Omit<AnalysisRunSpecMetrics, 'interval' | 'initialDelay'> {
  /** Unique among all metrics of an analysis. */
  readonly name: string;
  /** Time between measurements; needed for more than one. @default - one measurement */
  readonly interval?: DurationInput | ArgText;
  /** Time before the first measurement. @default - none */
  readonly initialDelay?: DurationInput | ArgText;
  /**
   * How many measurements to take. With `interval` alone they go on until the rollout ends, which only analysis in the
   * background may do.
   * @default - one, or without end where `interval` is given
   */
  readonly count?: number | string;
  /** Failed measurements that are put up with; -1 is any number. @default 0 */
  readonly failureLimit?: number | string;
  /** Inconclusive measurements that are put up with. @default 0 */
  readonly inconclusiveLimit?: number | string;
  /** Errors in a row, such as a provider that does not answer, that are put up with. @default 4 */
  readonly consecutiveErrorLimit?: number | string;
  /** Successes in a row that end the metric as successful. @default 0 - not looked at */
  readonly consecutiveSuccessLimit?: number | string;
  /** An expression over `result` that is true for a good measurement: `result[0] >= 0.95`. @default - what is no failure */
  readonly successCondition?: string;
  /** An expression over `result` that is true for a bad measurement. @default - what is no success */
  readonly failureCondition?: string;
}

export interface AnalysisTemplateProps<
  A extends readonly ArgInput[] = readonly ArgInput[],
  T extends readonly TemplateRef[] = readonly TemplateRef[],
> extends ResourceProps,
    Omit<AnalysisTemplateSpec, 'args' | 'metrics' | 'templates'> {
  /** What callers give: `'service'`, or with a default `{ name: 'percentile', value: '95' }`. @default - nothing */
  readonly args?: A;
  /**
   * What is measured. As a function it gets the arguments' placeholders: `args.service` is `{{args.service}}`.
   * @default - only what `templates` measure
   */
  readonly metrics?: readonly MetricProps[] | ((args: ArgRefs<A>) => readonly MetricProps[]);
  /** Templates whose metrics and arguments become part of this one. @default - none */
  readonly templates?: T;
}

export abstract class TemplateBase<A extends readonly ArgInput[], T extends readonly TemplateRef[]>
  extends Resource
  implements TemplateConstruct
{
  /** The arguments, as they were declared. */
  readonly args: A;
  /** The templates that are part of this one. */
  readonly templates: T;

  protected constructor(scope: Construct, id: string, kind: Kind, props: AnalysisTemplateProps<A, T>) {
    const [common, spec] = splitProps(props);
    super(scope, id, kind, common, { spec: shape(spec) });
    this.args = props.args ?? ([] as readonly ArgInput[] as A);
    this.templates = props.templates ?? ([] as readonly TemplateRef[] as T);
  }

  /** The spec as it is written. */
  get analysisSpec(): AnalysisTemplateSpec {
    return this.manifest()['spec'] as AnalysisTemplateSpec;
  }
}

function shape<A extends readonly ArgInput[]>(
  props: Omit<AnalysisTemplateProps<A>, keyof ResourceProps>,
): AnalysisTemplateSpec {
  const { args, metrics, templates, ...rest } = props;
  const given = typeof metrics === 'function' ? metrics(argRefs(args ?? ([] as readonly ArgInput[] as A))) : metrics;
  return {
    ...rest,
    ...(args !== undefined && { args: argSpecs(args) }),
    ...(given !== undefined && { metrics: given.map(shapeMetric) }),
    ...(templates !== undefined && { templates: templates.map(templateReference) as AnalysisTemplateSpecTemplates[] }),
  };
}

function shapeMetric({ interval, initialDelay, ...metric }: MetricProps): AnalysisRunSpecMetrics {
  return {
    ...metric,
    ...(interval !== undefined && { interval: goDuration(interval as DurationInput) }),
    ...(initialDelay !== undefined && { initialDelay: goDuration(initialDelay as DurationInput) }),
  };
}
