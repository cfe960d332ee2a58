/** What generators ask of the world, given as data: clusters, repositories, and recorded answers of the rest. */
import type { Json, Manifest } from '../../kernel/manifest';

/** A cluster as its Argo CD Secret says it. */
export interface ClusterEntry {
  readonly name: string;
  readonly server: string;
  /** The project that the cluster belongs to. @default - none */
  readonly project?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The files of a repository: fake in a test, a folder on the command line. */
export interface FileTree {
  /** Every file, relative to the root, with slashes. */
  readonly paths: readonly string[];
  /** The text of one of them. */
  read(path: string): string;
}

/** A repository at a revision. */
export interface RepositoryTree {
  readonly repoURL: string;
  /** @default - whatever revision is asked for */
  readonly revision?: string;
  /** Path to text, or a tree that reads when asked. */
  readonly files: Readonly<Record<string, string>> | FileTree;
}

/** A repository that an SCM provider lists. */
export interface ScmRepository {
  readonly organization: string;
  readonly repository: string;
  readonly url: string;
  readonly branch: string;
  readonly sha: string;
  readonly repositoryId?: number | string;
  readonly labels?: readonly string[];
}

/** A pull request that a provider lists. */
export interface PullRequestEntry {
  readonly number: number;
  readonly title?: string;
  readonly branch: string;
  readonly targetBranch?: string;
  readonly headSha: string;
  readonly author?: string;
  readonly labels?: readonly string[];
}

/** What the resource of a clusterDecisionResource generator says in its status, and what its ConfigMap calls it. */
export interface ClusterDecisions {
  /** The key of a decision that holds the name of the cluster: `matchKey` of the ConfigMap. */
  readonly matchKey: string;
  readonly decisions: readonly { readonly [key: string]: Json }[];
}

/** What a generator has been asked: its fields, after a matrix has filled them in. */
export type GeneratorFields = Readonly<Record<string, unknown>>;

/** One answer for every generator of a kind, or an answer for each. */
export type Answer<T> = T | ((generator: GeneratorFields) => T | undefined);

/** What the generators answered that ask a service. */
export interface RecordedAnswers {
  readonly scmProvider?: Answer<readonly ScmRepository[]>;
  readonly pullRequest?: Answer<readonly PullRequestEntry[]>;
  readonly clusterDecisionResource?: Answer<ClusterDecisions>;
  /** The plugin's `output.parameters`. */
  readonly plugin?: Answer<readonly { readonly [key: string]: Json }[]>;
}

export interface RenderInputs {
  /** Argo CD's cluster Secrets, as manifests or in short. @default - only the cluster that Argo CD runs in */
  readonly clusters?: readonly (ClusterEntry | Manifest)[];
  /** By URL, or as a list where revisions differ. @default - none: a git generator is an error */
  readonly repositories?: Readonly<Record<string, RepositoryTree['files']>> | readonly RepositoryTree[];
  /** @default - none: a generator that needs one is an error */
  readonly answers?: RecordedAnswers;
  /**
   * How the git generator's file patterns match: `greedy`, where `*` crosses slashes, or `doublestar`, where only `**`
   * does, as with the controller's `--enable-new-git-file-globbing`.
   * @default 'greedy'
   */
  readonly fileGlobbing?: 'greedy' | 'doublestar';
}
