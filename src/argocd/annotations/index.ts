/** Argo CD's annotations, for any object, and what Applications may spread into their props. */
export {
  type Annotated,
  compareOptions,
  type HookDeletePolicy,
  type HookOptions,
  type HookPhase,
  hook,
  ignoreHealthCheck,
  protectFromDeletion,
  protectFromPrune,
  type ResourceCompareOptions,
  type ResourceSyncOptions,
  syncOptions,
  syncWave,
} from './annotate';
export { link, managedByUrl, manifestGeneratePaths, type Subscription, skipReconcile, subscribe } from './application';
export {
  type IgnoredDifferences,
  type IgnoreHpaReplicasOptions,
  type IgnoreRolloutRouteWeightsOptions,
  ignoreHpaReplicas,
  ignoreRolloutRouteWeights,
  ignoring,
  type ScaledKind,
  type TrafficRouter,
} from './presets';
