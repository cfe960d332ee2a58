/** A manifest for each gate that uses what it gates and nothing else that a version brought or took, by the gate's name. */
import {
  sampleApplication,
  sampleApplicationSet,
  sampleProject,
  sampleTemplate,
} from '../../../src/argocd/rule-support';

const REPO = 'repoURL: https://github.com/acme/deploy.git';
const SYNC_SOURCE = '{ targetBranch: hydrated, path: prod/checkout }';

const syncPolicy = (text: string) => sampleApplication({ syncPolicy: text });
const syncOption = (option: string) => syncPolicy(`{ syncOptions: ['${option}'] }`);
const source = (text: string) => sampleApplication({ source: `{ ${REPO}, path: checkout, ${text} }` });
const hydrated = (dry: string, sync = SYNC_SOURCE) =>
  sampleApplication({
    source: undefined,
    sourceHydrator: `{ drySource: { ${REPO}, targetRevision: main, path: checkout${dry} }, syncSource: ${sync} }`,
  });
const annotated = (name: string, value: string) =>
  sampleApplication({}, `annotations: { argocd.argoproj.io/${name}: '${value}' }`);
const window = (text: string) =>
  sampleProject({
    syncWindows: `[{ kind: allow, schedule: '0 8 * * *', duration: 1h, applications: ['*'], ${text} }]`,
  });
const generator = (text: string) =>
  sampleApplicationSet({
    generators: `[${text}]`,
    template: sampleTemplate('checkout'),
  });
const pulls = (text: string) =>
  generator(`{ pullRequest: { github: { owner: acme, repo: shop, tokenRef: { secretName: t, key: k } }, ${text} } }`);

export const SAMPLES: Readonly<Record<string, string>> = {
  'automated.enabled': syncPolicy('{ automated: { enabled: false, prune: true } }'),
  'sync option ClientSideApplyMigration=false': syncOption('ClientSideApplyMigration=false'),
  'sync option SkipDryRunOnMissingResource=true of an Application': syncOption('SkipDryRunOnMissingResource=true'),
  'annotation client-side-apply-migration-manager': annotated('client-side-apply-migration-manager', 'kubectl'),
  'git.files[].exclude': generator(
    `{ git: { ${REPO}, revision: main, files: [{ path: 'apps/*.yaml' }, { path: apps/old.yaml, exclude: true }] } }`,
  ),
  'pullRequest.gitea.labels': generator(
    '{ pullRequest: { gitea: { owner: acme, repo: shop, api: https://git.acme.io, labels: [preview] } } }',
  ),
  'syncWindows[].description': window('description: change freeze'),
  'retry.refresh': syncPolicy('{ retry: { limit: 3, refresh: true } }'),
  'strategy.deletionOrder': sampleApplicationSet({
    strategy:
      '{ type: RollingSync, deletionOrder: Reverse, rollingSync: { steps: [{ matchExpressions: [{ key: stage, operator: In, values: [dev] }] }] } }',
    template: `
    metadata: { name: 'checkout-{{ .cluster }}', labels: { stage: dev } }
    spec:
      project: shop
      source: { ${REPO}, path: checkout, targetRevision: main }
      destination: { server: https://kubernetes.default.svc, namespace: shop }`,
  }),
  'pullRequest.filters[].titleMatch': pulls("filters: [{ titleMatch: '^feat' }]"),
  'pullRequest.continueOnRepoNotFoundError': pulls('continueOnRepoNotFoundError: true'),
  'sourceHydrator.drySource.helm': hydrated(', helm: { releaseName: checkout }'),
  'sourceHydrator.drySource.kustomize': hydrated(', kustomize: { namePrefix: eu- }'),
  'sourceHydrator.drySource.directory': hydrated(', directory: { recurse: true }'),
  'sourceHydrator.drySource.plugin': hydrated(', plugin: { name: cue }'),
  'hook PreDelete': annotated('hook', 'PostSync, PreDelete'),
  'finalizer pre-delete-finalizer': sampleApplication({}, 'finalizers: [pre-delete-finalizer.argocd.argoproj.io]'),
  'clusterResourceWhitelist[].name': sampleProject({
    clusterResourceWhitelist: "[{ group: '', kind: Namespace, name: shop }]",
  }),
  'clusterResourceBlacklist[].name': sampleProject({
    clusterResourceBlacklist: "[{ group: '', kind: Namespace, name: kube-system }]",
  }),
  'annotation managed-by-url': annotated('managed-by-url', 'https://argocd.acme.io'),
  'annotation ignore-default-links': annotated('ignore-default-links', 'true'),
  'sync option Prune= of an Application': syncOption('Prune=confirm'),
  'sync option Delete= of an Application': syncOption('Delete=false'),
  tagPrefix: source("targetRevision: '1.x', tagPrefix: checkout/"),
  'sourceHydrator.syncSource.repoURL': hydrated(
    '',
    '{ repoURL: https://github.com/acme/hydrated.git, targetBranch: hydrated, path: prod/checkout }',
  ),
  'helm.version v4': source('targetRevision: main, helm: { version: v4 }'),
  sourceIntegrity: sampleProject({
    sourceIntegrity:
      "{ git: { policies: [{ repos: [{ url: '*' }], gpg: { mode: head, keys: [4AEE18F83AFDEB23] } }] } }",
  }),
  'syncWindows[].syncOverrun': window('syncOverrun: true'),
  'scmProvider.github.excludeArchivedRepos': generator(
    '{ scmProvider: { github: { organization: acme, excludeArchivedRepos: true } } }',
  ),
  'scmProvider.gitea.excludeArchivedRepos': generator(
    '{ scmProvider: { gitea: { owner: acme, api: https://git.acme.io, excludeArchivedRepos: true } } }',
  ),
  'scmProvider.gitlab.includeArchivedRepos': generator(
    "{ scmProvider: { gitlab: { group: '8', includeArchivedRepos: true } } }",
  ),
  'helm.version v3': source('targetRevision: main, helm: { version: v3 }'),
};
