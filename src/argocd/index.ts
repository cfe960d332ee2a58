/** `cdk8s-gitops/argocd`: Argo CD's kinds, and the delivery of stacks by Argo CD. */
export * from './annotations';
export { AppProject, type AppProjectProps } from './app-project';
export { Application, type ApplicationProps, type CascadeDelete } from './application';
export { applicationHealthCheck } from './application-health';
export { ApplicationSet, type ApplicationSetProps, type ParametersOfAll } from './application-set';
export type {
  ApplicationSource,
  HelmSource,
  KustomizeImage,
  KustomizeSource,
  PluginSource,
  SourceHydrator,
} from './application-source';
export type { ApplicationSpecProps, Destination } from './application-spec';
export type {
  ApplicationTemplate,
  ApplicationTemplateOverride,
  TemplatedApplication,
  TemplatedOverride,
  TemplateOverride,
} from './application-template';
export * from './bootstrap';
export * from './config';
export { ArgoCdDelivery, type ArgoCdDeliveryProps, type DeliveredSpec, type PerStack } from './delivery';
export {
  type ClusterParameters,
  type ClustersOptions,
  clusterDecisionResource,
  clusters,
  type DecisionParameters,
  type DeclaredMetadata,
  type Depth,
  type FileParameters,
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
  type NestedInput,
  type ParametersOf,
  type PathParameters,
  type PluginParameters,
  type PullRequestParameters,
  plugin,
  pullRequest,
  type RepositoryParameters,
  type RequeueOptions,
  scmProvider,
  type UpstreamGenerator,
  type Values,
} from './generators';
export {
  ListParam,
  type ListRef,
  literal,
  not,
  OptionalParam,
  Param,
  type Ref,
  type Refs,
  raw,
  type Scalar,
  type Text,
  type TextIn,
} from './parameters/param';
export type { ParameterSchema, SchemaInput } from './parameters/schema';
export type { Templated } from './parameters/templated';
export { When, when } from './parameters/when';
export * from './project';
export {
  type Answer,
  type ApplicationChange,
  type ChangeKind,
  type ClusterDecisions,
  type ClusterEntry,
  changeIssues,
  compareApplications,
  type Fate,
  type FileTree,
  type GeneratorFields,
  type PullRequestEntry,
  type RecordedAnswers,
  type RenderedApplicationSet,
  type RenderInputs,
  type RepositoryTree,
  renderApplicationSet,
  type ScmRepository,
} from './render';
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
