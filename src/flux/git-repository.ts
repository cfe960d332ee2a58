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
import { defineRule } from '../kernel/rule';
import type { GitRepository as GitRepositoryManifest, GitRepositorySpec } from '../schema/generated/flux';

export interface GitRepositoryProps extends ResourceProps, Omit<GitRepositorySpec, 'interval' | 'timeout' | 'ref'> {
  /** `https://…` or `ssh://git@host/org/repo`; the scp form `git@host:org/repo` is refused by Flux. */
  readonly url: string;
  /** What to check out. Commit wins over name, name over semver, semver over tag, tag over branch. */
  readonly ref: NonNullable<GitRepositorySpec['ref']>;
  /** How often to look for changes: ms, s, m or h. */
  readonly interval: DurationInput;
  /** How long Git operations may take: ms, s or m, no hours. @default '60s' */
  readonly timeout?: DurationInput;
}

const refMissing = defineRule<GitRepositoryManifest>({
  code: 'flux-git-ref-missing',
  severity: 'error',
  summary: 'A GitRepository without a reference follows master.',
  why: 'source-controller falls back to the branch master, which most repositories do not have (internal/controller/gitrepository_controller.go).',
  fix: 'set spec.ref, for example { branch: main }',
  wrong: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: deploy, namespace: flux-system }
spec: { interval: 1m, url: https://github.com/acme/deploy.git }
`,
  right: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: deploy, namespace: flux-system }
spec: { interval: 1m, url: https://github.com/acme/deploy.git, ref: { branch: main } }
`,
  check({ spec }, report) {
    if (spec !== undefined && Object.keys(spec.ref ?? {}).length === 0) {
      report(['spec', 'ref'], 'names no branch, tag, semver, name or commit: Flux would follow master');
    }
  },
});

export const gitRepositoryKind = defineKind<GitRepositoryManifest>({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'GitRepository',
  rules: [refMissing],
});

export class GitRepository extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: GitRepositoryProps) {
    const [common, { interval, timeout, ...spec }] = splitProps(props);
    super(scope, id, gitRepositoryKind, common, {
      spec: { ...spec, interval: goDuration(interval), timeout: goDurationWithoutHours(timeout) },
    });
  }
}
