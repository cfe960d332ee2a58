/** `cdk8s-gitops/rollouts`: progressive delivery with Argo Rollouts. */
export {
  type AnalysisArgs,
  type AnalysisOptions,
  type ArgValue,
  analysis,
  type BackgroundAnalysis,
  type ExperimentAnalysis,
  experimentAnalysis,
  fieldRef,
  type InlineAnalysis,
  podTemplateHash,
} from './analysis';
export type { AnyTemplate, ArgInput, ArgRefs, ArgText } from './analysis-args';
export { AnalysisTemplate } from './analysis-template';
export { ClusterAnalysisTemplate } from './cluster-analysis-template';
export { AnalysisRun, type AnalysisRunProps, Experiment, type ExperimentProps } from './generated/kinds';
export {
  type Authentication,
  cloudWatch,
  datadog,
  graphite,
  influxdb,
  job,
  kayenta,
  type MetricProvider,
  newRelic,
  type OAuth2,
  type PrometheusProps,
  pluginProvider,
  prometheus,
  skywalking,
  type WebProps,
  wavefront,
  web,
} from './providers';
export type { Named, NameRef } from './reference';
export {
  type ContainerProps,
  Rollout,
  type RolloutBaseProps,
  type RolloutFromContainers,
  type RolloutFromTemplate,
  type RolloutFromWorkload,
  type RolloutProps,
  type WorkloadConstruct,
  type WorkloadRef,
} from './rollout';
export {
  type BasicStep,
  type CanaryScale,
  type CanaryStep,
  type ExperimentStepProps,
  type ExperimentTemplate,
  experiment,
  type HeaderMatch,
  type PauseDuration,
  pause,
  plugin,
  type StepFor,
  type StringMatch,
  setCanaryScale,
  setHeaderRoute,
  setMirrorRoute,
  setWeight,
  type Weight,
} from './steps';
export {
  type AutoPromotion,
  type BlueGreenBaseProps,
  type BlueGreenProps,
  blueGreen,
  type CanaryProps,
  canary,
  type PodCount,
} from './strategy';
export type { AnalysisTemplateProps, MetricProps } from './template-base';
export type { TemplateConstruct, TemplateRef } from './template-ref';
export {
  type AlbProps,
  alb,
  ambassador,
  apisix,
  appMesh,
  type IstioProps,
  istio,
  type ManagedRoutes,
  type MaxTrafficWeight,
  type NginxProps,
  nginx,
  pluginRouter,
  type SmiProps,
  smi,
  type TrafficRouting,
  traefik,
  type VirtualServiceRef,
} from './traffic';
