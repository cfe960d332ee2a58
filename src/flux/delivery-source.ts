/** Where a FluxDelivery reads the tree from: the app's Git repository, an OCI artifact of it, or a source that is there. */
import type { DeliveryContext } from '../core/delivery';
import type { EnvironmentStack } from '../core/stack';
import { GitRepository, type GitRepositoryProps } from './git-repository';
import type { KustomizationProps } from './kustomization';
import { OCIRepository, type OCIRepositoryProps } from './oci-repository';

interface WithRoot {
  /**
   * Where the output directory's content is in the source: `''` when CI pushes the content of `dist` as an artifact.
   *
   * @default - the app's `repository.path`
   */
  readonly root?: string;
}

export type DeliverySource = WithRoot &
  (
    | {
        /**
         * Credentials, signatures, another reference. With a tag or commit the stacks stay there, and the root follows
         * the app's revision in a GitRepository of its own, so that a commit can move them.
         *
         * @default - `interval: '1m'`, url and revision of the app's repository
         */
        readonly git: Partial<Omit<GitRepositoryProps, 'metadata'>>;
      }
    | {
        /** The artifact that CI pushes. @default - `interval: '1m'` */
        readonly oci: Partial<Omit<OCIRepositoryProps, 'metadata'>> & Pick<OCIRepositoryProps, 'ref' | 'url'>;
      }
    | {
        /** A source that something else makes. */
        readonly existing: KustomizationProps['sourceRef'];
      }
  );

/** A source, and how paths of the repository look in it. */
export interface MadeSource {
  /** What the stacks are applied from. */
  readonly sourceRef: KustomizationProps['sourceRef'];
  /** What the root is applied from: never pinned, or no later commit would reach it. */
  readonly rootSourceRef: KustomizationProps['sourceRef'];
  pathOf(pathInRepository: string): string;
}

/** Makes the source of an environment; its name holds the environment's, so that environments can share a cluster. */
export function makeSource(
  scope: EnvironmentStack,
  context: DeliveryContext,
  source: DeliverySource = { git: {} },
): MadeSource {
  const { environment, repository } = context;
  const root = withoutOuterSlashes(source.root ?? repository.path);
  const pathOf = (path: string) => {
    const inTree = repository.path === '' ? path : path.slice(repository.path.length + 1);
    return root === '' ? `./${inTree}` : `./${root}/${inTree}`;
  };
  if ('git' in source) return { ...makeGitSources(scope, context, source.git), pathOf };
  const sourceRef =
    'existing' in source
      ? source.existing
      : new OCIRepository(scope, `${lastSegment(source.oci.url)}-${environment.name}`, {
          interval: '1m',
          ...source.oci,
        });
  return { sourceRef, rootSourceRef: sourceRef, pathOf };
}

function makeGitSources(
  scope: EnvironmentStack,
  { environment, repository }: DeliveryContext,
  git: Partial<GitRepositoryProps>,
): Pick<MadeSource, 'rootSourceRef' | 'sourceRef'> {
  const url = git.url ?? fluxUrl(repository.url);
  const id = `${lastSegment(url)}-${environment.name}`;
  const followed = refOf(repository.revision);
  const props = { interval: '1m', ref: followed, ...git, url } as const;
  const sourceRef = new GitRepository(scope, id, props);
  if (git.ref === undefined || !isPinned(git.ref)) return { sourceRef, rootSourceRef: sourceRef };
  const verify = git.verify && ({ ...git.verify, mode: 'HEAD' } as const);
  return { sourceRef, rootSourceRef: new GitRepository(scope, `${id}-root`, { ...props, ref: followed, verify }) };
}

/** Whether a reference stays where it is until somebody writes another. */
function isPinned({ commit, name, semver, tag }: GitRepositoryProps['ref']): boolean {
  if (commit) return true;
  return name ? name.startsWith('refs/tags/') : !semver && Boolean(tag);
}

/** A revision, as Argo CD takes it in one field, as the field of Flux that means it. */
function refOf(revision: string): GitRepositoryProps['ref'] {
  if (/^[0-9a-f]{40}$/.test(revision)) return { commit: revision };
  return revision === 'HEAD' || revision.startsWith('refs/') ? { name: revision } : { branch: revision };
}

/** Argo CD and Git take `git@host:org/repo`, which is no URL; Flux does not. */
function fluxUrl(url: string): string {
  const scp = /^([\w.-]+@[\w.-]+):(?!\/\/)\/?(.+)$/.exec(url);
  return scp === null ? url : `ssh://${scp[1]}/${scp[2]}`;
}

/** `https://github.com/acme/deploy.git` gives `deploy`. */
function lastSegment(url: string): string {
  const segment = withoutOuterSlashes(url).split(/[/:]/).at(-1)!;
  const name = segment
    .replace(/\.git$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return name.replace(/^-|-$/g, '') || 'source';
}

function withoutOuterSlashes(path: string): string {
  return path
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/');
}
