/** `cdk8s-gitops/argocd`: Argo CD's kinds, and the delivery of stacks by Argo CD. */
export { AppProject, type AppProjectProps } from './app-project';
export { Application, type ApplicationProps, type CascadeDelete } from './application';
export { applicationHealthCheck } from './application-health';
export { ApplicationSet, type ApplicationSetProps } from './application-set';
export type {
  ApplicationSource,
  HelmSource,
  KustomizeImage,
  KustomizeSource,
  PluginSource,
  SourceHydrator,
} from './application-source';
export type { ApplicationSpecProps, Destination } from './application-spec';
export type { ApplicationTemplate, ApplicationTemplateOverride } from './application-template';
export { ArgoCdDelivery, type ArgoCdDeliveryProps, type DeliveredSpec, type PerStack } from './delivery';
export {
  type ClustersOptions,
  clusterDecisionResource,
  clusters,
  type Generator,
  type GeneratorInput,
  type GeneratorOptions,
  type GitDirectoriesOptions,
  type GitFilesOptions,
  gitDirectories,
  gitFiles,
  list,
  listYaml,
  matrix,
  merge,
  plugin,
  pullRequest,
  type RequeueOptions,
  scmProvider,
  type UpstreamGenerator,
} from './generators';
export {
  type AutomatedOptions,
  automated,
  manual,
  type Retry,
  type SyncMode,
  type SyncOptions,
  type SyncPolicy,
  type SyncProps,
} from './sync';
