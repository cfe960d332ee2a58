/** ApplicationSets evaluated offline: the Applications that their controller would create, and what changes between two. */
export { type ApplicationChange, type ChangeKind, changeIssues, compareApplications, type Fate } from './compare';
export type {
  Answer,
  ClusterDecisions,
  ClusterEntry,
  FileTree,
  GeneratorFields,
  PullRequestEntry,
  RecordedAnswers,
  RenderInputs,
  RepositoryTree,
  ScmRepository,
} from './inputs';
export { type RenderedApplicationSet, renderApplicationSet } from './render';
