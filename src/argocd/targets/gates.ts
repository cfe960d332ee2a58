/**
 * The differences between Argo CD's minor versions that a manifest can show. Fields were compared in the CRDs of each
 * minor's first and last patch (manifests/crds), behaviour in the controllers' sources.
 */
import type { FieldPattern, Gate } from './gate';

const HOOK = annotation('hook');
const OPTIONS: FieldPattern = ['spec', 'syncPolicy', 'syncOptions', '*'];
const SOURCES: readonly FieldPattern[] = [
  ['spec', 'source'],
  ['spec', 'sources', '*'],
  ['operation', 'sync', 'source'],
  ['operation', 'sync', 'sources', '*'],
];
const DRY_SOURCE: FieldPattern = ['spec', 'sourceHydrator', 'drySource'];
const RENDERED: readonly FieldPattern[] = [...SOURCES, DRY_SOURCE];

/** What a version brought; refused below it. */
export const GATES: readonly Gate[] = [
  {
    name: 'automated.enabled',
    subject: 'Application',
    paths: [['spec', 'syncPolicy', 'automated', 'enabled']],
    since: '3.1',
    effect: 'it is dropped, and the automated that is left turns auto-sync on',
    instead: 'for manual sync remove automated; for auto-sync set prune or selfHeal, or leave automated: {}',
  },
  {
    name: 'sync option ClientSideApplyMigration=false',
    subject: 'Application',
    paths: [OPTIONS],
    when: (value) => value === 'ClientSideApplyMigration=false',
    since: '3.1',
    effect: 'it is no sync option, and nothing is migrated anyway',
    instead: 'remove the option',
  },
  {
    name: 'sync option SkipDryRunOnMissingResource=true of an Application',
    subject: 'Application',
    paths: [OPTIONS],
    when: (value) => value === 'SkipDryRunOnMissingResource=true',
    since: '3.1',
    effect: 'only the annotation of a resource is read',
    instead: "annotate each such resource: argocd.argoproj.io/sync-options: 'SkipDryRunOnMissingResource=true'",
  },
  {
    name: 'annotation client-side-apply-migration-manager',
    subject: 'any object',
    paths: [annotation('client-side-apply-migration-manager')],
    since: '3.1',
    effect: 'it is not read, and nothing is migrated',
    instead: 'remove the annotation',
  },
  {
    name: 'git.files[].exclude',
    subject: 'generator',
    paths: [['git', 'files', '*', 'exclude']],
    since: '3.1',
    effect: 'it is dropped, and the files it should leave out are taken',
    instead: 'narrow the other paths until they leave those files out',
  },
  {
    name: 'pullRequest.gitea.labels',
    subject: 'generator',
    paths: [['pullRequest', 'gitea', 'labels']],
    since: '3.1',
    effect: 'it is dropped, and pull requests with other labels are taken too',
    instead: 'filter by filters[].branchMatch',
  },
  {
    name: 'syncWindows[].description',
    subject: 'AppProject',
    paths: [['spec', 'syncWindows', '*', 'description']],
    since: '3.1',
    effect: 'it is dropped',
    instead: 'remove it; say it in a comment',
  },
  {
    name: 'retry.refresh',
    subject: 'Application',
    paths: [
      ['spec', 'syncPolicy', 'retry', 'refresh'],
      ['operation', 'retry', 'refresh'],
    ],
    since: '3.2',
    effect: 'it is dropped, and retries stay with the revision that failed',
    instead: 'remove it, and keep retry.limit low, so that a new revision soon has its turn',
  },
  {
    name: 'strategy.deletionOrder',
    subject: 'ApplicationSet',
    paths: [['spec', 'strategy', 'deletionOrder']],
    since: '3.2',
    effect: 'it is dropped, and all Applications are deleted at once',
    instead:
      'remove it; where the order matters delete by steps: take Applications out of the generators one group a time',
  },
  {
    name: 'pullRequest.filters[].titleMatch',
    subject: 'generator',
    paths: [['pullRequest', 'filters', '*', 'titleMatch']],
    since: '3.2',
    effect: 'it is dropped, and pull requests with any title are taken',
    instead: 'filter by branchMatch or targetBranchMatch',
  },
  {
    name: 'pullRequest.continueOnRepoNotFoundError',
    subject: 'generator',
    paths: [['pullRequest', 'continueOnRepoNotFoundError']],
    since: '3.2',
    effect: 'it is dropped, and a repository that is gone fails the generator',
    instead: 'remove it, and remove the generator along with its repository',
  },
  ...['helm', 'kustomize', 'directory', 'plugin'].map(
    (tool): Gate => ({
      name: `sourceHydrator.drySource.${tool}`,
      subject: 'Application',
      paths: [[...DRY_SOURCE, tool]],
      since: '3.3',
      effect: 'it is dropped, and the dry source is rendered without these settings',
      instead: 'commit the settings beside the dry manifests, in .argocd-source.yaml',
    }),
  ),
  {
    name: 'hook PreDelete',
    subject: 'any object',
    paths: [HOOK],
    when: (value) => typeof value === 'string' && value.split(',').some((phase) => phase.trim() === 'PreDelete'),
    since: '3.3',
    effect: 'it is no phase, and a hook with no other phase is never applied',
    instead: 'use PostDelete, or run the job before you delete the Application',
  },
  {
    name: 'finalizer pre-delete-finalizer',
    subject: 'Application',
    paths: [['metadata', 'finalizers', '*']],
    when: (value) => typeof value === 'string' && /^pre-delete-finalizer\.argocd\.argoproj\.io(\/|$)/.test(value),
    since: '3.3',
    effect: 'nobody removes it, and the Application can never be deleted',
    instead: 'remove the finalizer',
  },
  {
    name: 'clusterResourceWhitelist[].name',
    subject: 'AppProject',
    paths: [['spec', 'clusterResourceWhitelist', '*', 'name']],
    since: '3.3',
    effect: 'it is dropped, and every object of the kind is permitted',
    instead: 'remove the entry; or its name alone, if every object of the kind may be permitted',
  },
  {
    name: 'clusterResourceBlacklist[].name',
    subject: 'AppProject',
    paths: [['spec', 'clusterResourceBlacklist', '*', 'name']],
    since: '3.3',
    effect: 'it is dropped, and every object of the kind is denied',
    instead: 'remove the entry; or its name alone, if every object of the kind may be denied',
  },
  {
    name: 'annotation managed-by-url',
    subject: 'Application',
    paths: [annotation('managed-by-url')],
    since: '3.3',
    effect: 'it is not read, and links lead to the Argo CD that shows them',
    instead: "give the other Argo CD's address as an annotation link.argocd.argoproj.io/<name>",
  },
  {
    name: 'annotation ignore-default-links',
    subject: 'any object',
    paths: [annotation('ignore-default-links')],
    since: '3.3',
    effect: 'it is not read, and the links of its hosts are shown',
    instead: 'remove the annotation',
  },
  ...(['Prune', 'Delete'] as const).map(
    (option): Gate => ({
      name: `sync option ${option}= of an Application`,
      subject: 'Application',
      paths: [OPTIONS],
      when: (value) => value === `${option}=false` || value === `${option}=confirm`,
      since: '3.4',
      effect: 'only the annotation of a resource is read',
      instead: `annotate each such resource: argocd.argoproj.io/sync-options: '${option}=false' or '${option}=confirm'`,
    }),
  ),
  {
    name: 'tagPrefix',
    subject: 'Application',
    paths: SOURCES.map((source) => [...source, 'tagPrefix']),
    since: '3.5',
    effect: 'it is dropped, and targetRevision is matched with whole tag names',
    instead: 'give the whole tag as targetRevision',
  },
  {
    name: 'sourceHydrator.syncSource.repoURL',
    subject: 'Application',
    paths: [['spec', 'sourceHydrator', 'syncSource', 'repoURL']],
    since: '3.5',
    effect: 'it is dropped, and manifests are pushed to the repository of the dry source',
    instead: 'remove it, and hydrate into a branch of the dry repository',
  },
  {
    name: 'helm.version v4',
    subject: 'Application',
    paths: RENDERED.map((source) => [...source, 'helm', 'version']),
    when: (value) => value === 'v4',
    since: '3.5',
    effect: 'it is refused, and nothing is rendered',
    instead: 'remove helm.version: Helm 3 renders',
  },
  {
    name: 'sourceIntegrity',
    subject: 'AppProject',
    paths: [['spec', 'sourceIntegrity']],
    since: '3.5',
    effect: 'it is dropped, and no signature is verified',
    instead: 'use signatureKeys',
  },
  {
    name: 'syncWindows[].syncOverrun',
    subject: 'AppProject',
    paths: [['spec', 'syncWindows', '*', 'syncOverrun']],
    since: '3.5',
    effect: 'it is dropped, and a sync under way is blocked where its window ends',
    instead: 'remove it, and make the window long enough for the longest sync',
  },
  ...['github', 'gitea'].map(
    (provider): Gate => ({
      name: `scmProvider.${provider}.excludeArchivedRepos`,
      subject: 'generator',
      paths: [['scmProvider', provider, 'excludeArchivedRepos']],
      since: '3.5',
      effect: 'it is dropped, and archived repositories are taken',
      instead: 'leave them out by filters[].repositoryMatch',
    }),
  ),
  {
    name: 'scmProvider.gitlab.includeArchivedRepos',
    subject: 'generator',
    paths: [['scmProvider', 'gitlab', 'includeArchivedRepos']],
    since: '3.5',
    effect: 'it is dropped',
    instead: 'remove it',
  },
];

/** What no longer does from a version on what it says; warned of from there. */
export const SUPERSEDED: readonly Gate[] = [
  {
    name: 'helm.version v3',
    subject: 'Application',
    paths: RENDERED.map((source) => [...source, 'helm', 'version']),
    when: (value) => value === 'v3',
    since: '3.5',
    effect: 'it is not read: Helm 4 renders',
    instead: 'remove helm.version, and compare what Helm 4 renders before you upgrade',
  },
];

function annotation(name: string): FieldPattern {
  return ['metadata', 'annotations', `argocd.argoproj.io/${name}`];
}
