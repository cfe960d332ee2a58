/** The two ways to roll out: `canary({ … })` and `blueGreen({ … })`. Both give upstream's own `strategy` object. */
import type { RolloutSpecStrategyBlueGreen, RolloutSpecStrategyCanary } from '../schema/generated/argo-rollouts';
import { type BackgroundAnalysis, bareAnalysis, type InlineAnalysis } from './analysis';
import { type NameRef, nameOf } from './reference';
import type { StepFor } from './steps';
import type { TrafficRouting } from './traffic';

/** A count of pods, or a share of the replicas: `1`, `'25%'`. */
export type PodCount = number | `${number}%`;

export interface CanaryProps<T extends TrafficRouting | undefined = TrafficRouting | undefined>
  extends Omit<
    RolloutSpecStrategyCanary,
    | 'analysis'
    | 'canaryService'
    | 'maxSurge'
    | 'maxUnavailable'
    | 'pingPong'
    | 'stableService'
    | 'steps'
    | 'trafficRouting'
  > {
  /**
   * What happens, in this order. The last step is followed by everything else: no `setWeight(100)` is needed.
   * @default - a rolling update, within `maxSurge` and `maxUnavailable`
   */
  readonly steps?: readonly StepFor<NoInfer<T>>[];
  /** Who splits the traffic: `istio(…)`, `nginx(…)`, …. @default - nobody: weights are approximated by pod counts */
  readonly trafficRouting?: T;
  /** The Service that is pointed at the new pods; never created for you. Most routers need both. @default - none */
  readonly canaryService?: NameRef;
  /** The Service that is pointed at the old pods; never created for you. @default - none */
  readonly stableService?: NameRef;
  /** Two Services that take turns, in place of the two above. For alb and istio. @default - none */
  readonly pingPong?: { readonly pingService: NameRef; readonly pongService: NameRef };
  /** Analysis beside the steps, which may run without end and is stopped with the rollout. @default - none */
  readonly analysis?: BackgroundAnalysis;
  /** Pods above `replicas` during an update. @default '25%' */
  readonly maxSurge?: PodCount;
  /** Pods below `replicas` during an update. @default '25%' */
  readonly maxUnavailable?: PodCount;
}

/** Step by step, at a growing share of the traffic. */
export function canary<const T extends TrafficRouting | undefined = undefined>(
  props: CanaryProps<T> = {},
): { readonly canary: RolloutSpecStrategyCanary } {
  const { analysis, canaryService, stableService, pingPong, ...rest } = props;
  return {
    canary: {
      ...rest,
      ...(analysis !== undefined && { analysis: bareAnalysis(analysis) }),
      ...(canaryService !== undefined && { canaryService: nameOf(canaryService) }),
      ...(stableService !== undefined && { stableService: nameOf(stableService) }),
      ...(pingPong !== undefined && {
        pingPong: { pingService: nameOf(pingPong.pingService), pongService: nameOf(pingPong.pongService) },
      }),
    },
  };
}

/** Seconds until promotion make sense only where promotion is automatic. */
export type AutoPromotion =
  | {
      /** Whether the new version takes over by itself. @default true */
      readonly autoPromotionEnabled?: true;
      /** Seconds it stays a preview first. @default - none, it takes over when ready */
      readonly autoPromotionSeconds?: number;
    }
  | { readonly autoPromotionEnabled: boolean; readonly autoPromotionSeconds?: never };

export interface BlueGreenBaseProps
  extends Omit<
    RolloutSpecStrategyBlueGreen,
    | 'activeService'
    | 'autoPromotionEnabled'
    | 'autoPromotionSeconds'
    | 'maxUnavailable'
    | 'postPromotionAnalysis'
    | 'previewService'
    | 'prePromotionAnalysis'
  > {
  /** The Service that clients call; never created for you. */
  readonly activeService: NameRef;
  /** A second Service that shows the new version before it takes over. @default - none */
  readonly previewService?: NameRef;
  /** Must succeed before the new version takes over. Must end by itself. @default - none */
  readonly prePromotionAnalysis?: InlineAnalysis;
  /** Must succeed after it took over, else it goes back. Must end by itself. @default - none */
  readonly postPromotionAnalysis?: InlineAnalysis;
  /** Pods that may be missing while a restart goes on. @default '25%' */
  readonly maxUnavailable?: PodCount;
}

export type BlueGreenProps = BlueGreenBaseProps & AutoPromotion;

/** The new version is built up beside the old one and takes over at once. */
export function blueGreen(props: BlueGreenProps): { readonly blueGreen: RolloutSpecStrategyBlueGreen } {
  const { activeService, previewService, prePromotionAnalysis, postPromotionAnalysis, ...rest } = props;
  return {
    blueGreen: {
      ...rest,
      activeService: nameOf(activeService),
      ...(previewService !== undefined && { previewService: nameOf(previewService) }),
      ...(prePromotionAnalysis !== undefined && { prePromotionAnalysis: bareAnalysis(prePromotionAnalysis) }),
      ...(postPromotionAnalysis !== undefined && { postPromotionAnalysis: bareAnalysis(postPromotionAnalysis) }),
    },
  };
}
