/** ApplicationSets evaluated offline: the Applications that their controller would create, and what changes between two. */
import type { Manifest } from '../../kernel/manifest';
import type { RenderInputs } from './inputs';
import type { RenderedApplicationSet } from './render';

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
export type { RenderedApplicationSet } from './render';

/**
 * Evaluates an ApplicationSet as its controller would: every generator, either engine, patches and finalizers.
 *
 * @param inputs what the generators ask for: clusters, repositories, recorded answers
 * @returns the Applications that the controller creates, and everything that is wrong, also what it does in silence
 */
export function renderApplicationSet(applicationSet: Manifest, inputs: RenderInputs = {}): RenderedApplicationSet {
  // Template engines are of no use to programs that only synthesise.
  const { render } = require('./render') as typeof import('./render');
  return render(applicationSet, inputs);
}
