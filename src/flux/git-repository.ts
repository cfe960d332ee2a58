/**
 * Flux GitRepository: where source-controller fetches a Git repository from. Its law: the reference is always said,
 * because Flux would take `master` where none is.
 *
 * @see https://fluxcd.io/flux/components/source/gitrepositories/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { type DurationInput, goDuration, goDurationWithoutHours } from '../kernel/duration';
import type { GitRepositorySpec } from '../schema/generated/flux';
import { gitRepositoryRules } from './git-repository-rules';
import { each, type LocalName, localRef, withLocalRef } from './refs';

type Convenient = 'include' | 'interval' | 'proxySecretRef' | 'ref' | 'secretRef' | 'timeout' | 'verify';
type Include = NonNullable<GitRepositorySpec['include']>[number];
type Verify = NonNullable<GitRepositorySpec['verify']>;

export interface GitRepositoryProps extends ResourceProps, Omit<GitRepositorySpec, Convenient> {
  /** `https://…` or `ssh://git@host/org/repo`; Flux refuses the form `git@host:org/repo`. */
  readonly url: string;
  /** What to check out. Commit wins over name, name over semver, semver over tag, tag over branch. */
  readonly ref: NonNullable<GitRepositorySpec['ref']>;
  /** How often to look for changes: ms, s, m or h. */
  readonly interval: DurationInput;
  /** How long Git operations may take: ms, s or m, no hours. @default '60s' */
  readonly timeout?: DurationInput;
  /**
   * The Secret with the credentials, in the GitRepository's namespace. For https: `username` and `password`, or
   * `bearerToken`. For ssh: `identity` and `known_hosts`. @default - none, which only public https repositories allow
   */
  readonly secretRef?: LocalName;
  /** How credentials are obtained. `github` needs a secretRef with a GitHub App's data. @default 'generic' */
  readonly provider?: GitRepositorySpec['provider'];
  /** The Secret with the proxy's address. @default - no proxy */
  readonly proxySecretRef?: LocalName;
  /** Which signatures must be good. `Tag` and `TagAndHEAD` need a reference that is a tag. @default - none */
  readonly verify?: Omit<Verify, 'secretRef'> & { readonly secretRef: LocalName };
  /** Directories to fetch; the rest is left out of the artifact. @default - everything */
  readonly sparseCheckout?: readonly string[];
  /** Patterns to leave out, as in .gitignore. Replaces Flux's own list. @default - Flux's list: CI folders, archives, … */
  readonly ignore?: string;
  /** Other GitRepositories of this namespace to merge into the artifact. @default - none */
  readonly include?: readonly (Omit<Include, 'repository'> & { readonly repository: LocalName })[];
  /** Stops fetching; what was fetched stays in use. @default false */
  readonly suspend?: boolean;
}

export const gitRepositoryKind = defineKind({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  rules: gitRepositoryRules,
});

export class GitRepository extends Resource {
  declare readonly kind: 'GitRepository';

  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    const [common, spec] = splitProps(props);
    super(scope, id, gitRepositoryKind, common, { spec: shape(spec) });
  }
}

function shape(props: Omit<GitRepositoryProps, keyof ResourceProps>): GitRepositorySpec {
  const { interval, timeout, secretRef, proxySecretRef, verify, include, ...spec } = props;
  return {
    ...spec,
    interval: goDuration(interval),
    timeout: goDurationWithoutHours(timeout),
    secretRef: localRef(secretRef),
    proxySecretRef: localRef(proxySecretRef),
    verify: withLocalRef(verify, 'secretRef'),
    include: each(include, (item) => withLocalRef(item, 'repository')),
  };
}
