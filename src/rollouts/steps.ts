/**
 * The steps of a canary: plain objects, made by one function each, in an ordered array. Which of them a traffic router
 * can carry out is in their types, see `StepFor`.
 */
import { type DurationInput, goDuration } from '../kernel/duration';
import type { JsonObject } from '../kernel/manifest';
import type {
  RolloutSpecStrategyCanarySteps,
  RolloutSpecStrategyCanaryStepsExperiment,
  RolloutSpecStrategyCanaryStepsSetHeaderRouteMatch,
  RolloutSpecStrategyCanaryStepsSetHeaderRouteMatchHeaderValue,
  RolloutSpecStrategyCanaryStepsSetMirrorRoute,
} from '../schema/generated/argo-rollouts';
import type { ExperimentAnalysis } from './analysis';
import type { TrafficRouting } from './traffic';

/** A step as upstream writes it; any of its fields, of which exactly one is to be set. */
export type CanaryStepSpec = RolloutSpecStrategyCanarySteps;

type Step<K extends keyof CanaryStepSpec> = { readonly [P in K]-?: NonNullable<CanaryStepSpec[P]> } & {
  readonly [P in Exclude<keyof CanaryStepSpec, K>]?: never;
};

export type SetWeightStep = Step<'setWeight'>;
export type PauseStep = Step<'pause'>;
export type AnalysisStep = Step<'analysis'>;
export type ExperimentStep = Step<'experiment'>;
export type PluginStep = Step<'plugin'>;
export type SetCanaryScaleStep = Step<'setCanaryScale'>;
export type SetHeaderRouteStep = Step<'setHeaderRoute'>;
export type SetMirrorRouteStep = Step<'setMirrorRoute'>;

/** The steps that work with any router and with none. */
export type BasicStep = SetWeightStep | PauseStep | AnalysisStep | ExperimentStep | PluginStep;

/** Every step there is. */
export type CanaryStep = BasicStep | SetCanaryScaleStep | SetHeaderRouteStep | SetMirrorRouteStep;

type RoutesByHeader =
  | { readonly istio: object }
  | { readonly alb: object }
  | { readonly apisix: object }
  | { readonly plugins: object };

/** The steps that a canary with this traffic routing can carry out; `undefined` stands for no traffic routing. */
export type StepFor<T> = TrafficRouting extends T
  ? CanaryStep
  :
      | BasicStep
      | (T extends object ? SetCanaryScaleStep : never)
      | (T extends RoutesByHeader ? SetHeaderRouteStep : never)
      | (T extends { readonly istio: object } ? SetMirrorRouteStep : never);

/** A literal that can be no weight, a negative or broken one, is refused while typing; computed numbers at construction. */
export type Weight<N extends number> = `${N}` extends `-${string}` | `${string}.${string}` ? never : N;

/**
 * Sends this share of the traffic, or of the pods where there is no router, to the new version.
 *
 * @param weight whole percent, 0 to 100; of `maxTrafficWeight` where a router has one
 */
export function setWeight<const N extends number>(weight: Weight<N>): SetWeightStep {
  return { setWeight: weight };
}

/** Seconds as a number or as digits, `'5m'`, or a cdk8s `Duration`. */
export type PauseDuration = DurationInput | number | `${bigint}`;

/** Waits. Without a duration it waits until somebody promotes the rollout. */
export function pause(duration?: PauseDuration): PauseStep {
  if (duration === undefined) return { pause: {} };
  const plain = typeof duration === 'number' ? duration : goDuration(duration as DurationInput);
  return { pause: { duration: plain } };
}

/** Exactly one of them. */
export type CanaryScale =
  | { readonly weight: number; readonly replicas?: never; readonly matchTrafficWeight?: never }
  | { readonly replicas: number; readonly weight?: never; readonly matchTrafficWeight?: never }
  | { readonly matchTrafficWeight: true; readonly weight?: never; readonly replicas?: never };

/** Scales the new version without moving traffic. Needs traffic routing. */
export function setCanaryScale(scale: CanaryScale): SetCanaryScaleStep {
  return { setCanaryScale: scale };
}

/** Exactly one way to compare. */
export type StringMatch =
  | { readonly exact: string; readonly prefix?: never; readonly regex?: never }
  | { readonly prefix: string; readonly exact?: never; readonly regex?: never }
  | { readonly regex: string; readonly exact?: never; readonly prefix?: never };

/** Headers by name; text is compared exactly. Upstream's list is accepted too. */
export type HeaderMatch =
  | Readonly<Record<string, string | StringMatch>>
  | readonly RolloutSpecStrategyCanaryStepsSetHeaderRouteMatch[];

/**
 * Sends requests with certain headers to the new version. Needs istio, alb (exact values only), apisix or a plugin.
 *
 * @param name one of the router's `managedRoutes`
 * @param match without it, the route is removed again
 */
export function setHeaderRoute(name: string, match?: HeaderMatch): SetHeaderRouteStep {
  return { setHeaderRoute: match === undefined ? { name } : { name, match: headerMatches(match) } };
}

function headerMatches(match: HeaderMatch): readonly RolloutSpecStrategyCanaryStepsSetHeaderRouteMatch[] {
  if (Array.isArray(match)) return match;
  return Object.entries(match as Readonly<Record<string, string | StringMatch>>).map(([headerName, value]) => ({
    headerName,
    headerValue: (typeof value === 'string'
      ? { exact: value }
      : value) as RolloutSpecStrategyCanaryStepsSetHeaderRouteMatchHeaderValue,
  }));
}

/**
 * Copies matching requests to the new version and drops its answers. Needs istio.
 *
 * @param name one of the router's `managedRoutes`
 * @param mirror without `match`, the route is removed again
 */
export function setMirrorRoute(
  name: string,
  mirror: Omit<RolloutSpecStrategyCanaryStepsSetMirrorRoute, 'name'> = {},
): SetMirrorRouteStep {
  return { setMirrorRoute: { name, ...mirror } };
}

/** Hands the step to a step plugin that the controller has installed. */
export function plugin(name: string, config?: JsonObject): PluginStep {
  return { plugin: config === undefined ? { name } : { name, config } };
}

type ExperimentSpec = RolloutSpecStrategyCanaryStepsExperiment;
type ExperimentTemplateSpec = ExperimentSpec['templates'][number];

export interface ExperimentTemplate extends ExperimentTemplateSpec {
  /** Which pods it runs: those of the new version or those of the old one. */
  readonly specRef: 'canary' | 'stable';
  /** Traffic it gets, in percent. Needs alb, istio, smi or a plugin. @default - none */
  readonly weight?: number;
}

export interface ExperimentStepProps extends Omit<ExperimentSpec, 'duration' | 'analyses' | 'templates'> {
  readonly templates: readonly ExperimentTemplate[];
  /** How long it runs. @default - until its analyses that are `requiredForCompletion` end */
  readonly duration?: DurationInput;
  /** Made by `experimentAnalysis`, or upstream's own objects. @default - none */
  readonly analyses?: readonly ExperimentAnalysis[];
}

/** Runs both versions side by side for a while and judges them. */
export function experiment(props: ExperimentStepProps): ExperimentStep {
  const { duration, ...rest } = props;
  return { experiment: duration === undefined ? rest : { ...rest, duration: goDuration(duration) } };
}
