/** Source document 003, whose indentation is lost. */
import {
  Application,
  ApplicationSet,
  AppProject,
  automated,
  clusters,
  gitDirectories,
  manual,
} from 'cdk8s-gitops/argocd';
import { awsSecretsManager, ClusterSecretStore, ExternalSecret } from 'cdk8s-gitops/external-secrets';
import { Alert, GitRepository, HelmRelease, Kustomization } from 'cdk8s-gitops/flux';
import { updateImages } from 'cdk8s-gitops/image-updater';
import type { Construct } from 'constructs';
import { framedApplication, framedManifest } from '../framed';
import { type Row, replaced } from '../row';
import { documents003 as documents } from '../seeds/documents-003';

const REPOSITORY = 'https://github.com/myorg/config-repo';
const IN_CLUSTER = 'https://kubernetes.default.svc';
const fluxSystem = { metadata: { namespace: 'flux-system' } };
const goTemplate = [
  { op: 'add', path: '/spec/goTemplate', value: true, because: 'S-81' },
  { op: 'add', path: '/spec/goTemplateOptions', value: ['missingkey=error'], because: 'S-81' },
] as const;

export const rows003: readonly Row[] = [
  {
    document: '003',
    lines: '16–38',
    kind: 'Application',
    name: 'my-app',
    verdict: 'built',
    ids: ['S-90'],
    seed: documents['Application/my-app'],
    build: (scope) =>
      new Application(scope, 'my-app', {
        project: 'my-team',
        source: { repoURL: REPOSITORY, targetRevision: 'main', path: 'apps/my-app/overlays/production' },
        destination: { server: IN_CLUSTER, namespace: 'my-app-prod' },
        sync: automated({ prune: true, selfHeal: true }),
        syncOptions: { createNamespace: true, prunePropagationPolicy: 'foreground' },
        revisionHistoryLimit: 10,
      }),
  },
  {
    document: '003',
    lines: '39–40',
    kind: 'Application',
    name: '(manual sync)',
    verdict: 'built',
    ids: ['S-85'],
    note: '`manual()` says nothing, which is how Argo CD says it',
    seed: framedManifest('manual', documents['fragment/manual-sync']),
    part: documents['fragment/manual-sync'],
    corrections: [{ op: 'remove', path: '/spec/syncPolicy', because: 'S-85' }],
    build: (scope) => framedApplication(scope, 'manual', { sync: manual() }),
  },
  {
    document: '003',
    lines: '41–45',
    kind: 'Application',
    name: '(automated sync)',
    verdict: 'built',
    ids: ['S-89'],
    seed: framedManifest('automated', documents['fragment/automated-sync']),
    part: documents['fragment/automated-sync'],
    build: (scope) => framedApplication(scope, 'automated', { sync: automated({ prune: true, selfHeal: true }) }),
  },
  {
    document: '003',
    lines: '46–49',
    kind: 'Application',
    name: '(sync with hooks)',
    verdict: 'built',
    ids: ['S-38'],
    note: 'though the option has nothing to do with hooks: those are annotations of the hooked object',
    seed: framedManifest('hooks', documents['fragment/hooks']),
    part: documents['fragment/hooks'],
    build: (scope) => framedApplication(scope, 'hooks', { syncOptions: { respectIgnoreDifferences: true } }),
  },
  {
    document: '003',
    lines: '51–63',
    kind: 'Application',
    name: 'root',
    verdict: 'refused',
    ids: ['S-07', 'S-84'],
    note: 'instead: a project, a repository and a destination; `ArgoCdDelivery` writes such a root by itself',
    seed: documents['Application/root'],
    reports: ['schema-required'],
    instead: {
      corrections: [
        { op: 'add', path: '/spec/project', value: 'default', because: 'S-07' },
        { op: 'add', path: '/spec/source/repoURL', value: REPOSITORY, because: 'S-07' },
        { op: 'add', path: '/spec/destination', value: { server: IN_CLUSTER }, because: 'S-07' },
      ],
      build: (scope) =>
        new Application(scope, 'root', {
          project: 'default',
          source: { repoURL: REPOSITORY, path: 'clusters/production/apps' },
          destination: { server: IN_CLUSTER },
          sync: automated({ prune: true, selfHeal: true }),
        }),
    },
  },
  {
    document: '003',
    lines: '64–92',
    kind: 'ApplicationSet',
    name: 'apps',
    verdict: 'refused',
    ids: ['S-09', 'S-81'],
    note: 'instead: the second segment of the path, which is the application',
    seed: documents['ApplicationSet/apps'],
    reports: ['argocd-appset-basename-collision'],
    instead: {
      corrections: [
        ...goTemplate,
        ...replaced('S-09, S-81', {
          '/spec/template/metadata/name': '{{index .path.segments 1}}',
          '/spec/template/spec/source/path': '{{.path.path}}',
          '/spec/template/spec/destination/namespace': '{{index .path.segments 1}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'apps', {
          generators: [
            gitDirectories({ repoURL: REPOSITORY, revision: 'main', directories: ['apps/*/overlays/production'] }),
          ],
          template: {
            metadata: { name: '{{index .path.segments 1}}' },
            spec: {
              project: 'default',
              source: { repoURL: REPOSITORY, targetRevision: 'main', path: '{{.path.path}}' },
              destination: { server: IN_CLUSTER, namespace: '{{index .path.segments 1}}' },
              sync: automated({ prune: true, selfHeal: true }),
            },
          },
        }),
    },
  },
  {
    document: '003',
    lines: '111–133',
    kind: 'AppProject',
    name: 'my-team',
    verdict: 'built',
    seed: documents['AppProject/my-team'],
    build: (scope) =>
      new AppProject(scope, 'my-team', {
        description: 'My Team applications',
        sourceRepos: ['https://github.com/myorg/*'],
        destinations: [{ namespace: 'my-team-*', server: IN_CLUSTER }],
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
        roles: [
          {
            name: 'developer',
            description: 'Can sync apps but not delete',
            policies: ['get', 'sync'].map(
              (action) => `p, proj:my-team:developer, applications, ${action}, my-team/*, allow`,
            ),
            groups: ['my-team-developers'],
          },
        ],
      }),
  },
  {
    document: '003',
    lines: '135–142',
    kind: 'Application',
    name: '(Image Updater annotations)',
    verdict: 'built',
    ids: ['S-47'],
    note: 'with a warning: since Image Updater 1.0 nothing happens without an `ImageUpdater` object',
    seed: framedManifest('updated', {}, documents['fragment/image-updater'].metadata),
    part: documents['fragment/image-updater'],
    reports: ['image-updater-annotations-alone'],
    build: (scope) => {
      const application = framedApplication(scope, 'updated', {});
      updateImages(scope, 'images', application, {
        target: '0.x',
        images: {
          'my-app': {
            image: 'myorg/my-app',
            strategy: 'semver',
            allowTags: 'regexp:^v[0-9]+\\.[0-9]+\\.[0-9]+$',
          },
        },
        writeBackConfig: { method: 'git', gitConfig: { branch: 'main' } },
      });
      return application;
    },
  },
  {
    document: '003',
    lines: '144–155',
    kind: 'GitRepository',
    name: 'config-repo',
    verdict: 'built',
    ids: ['#20a', '#20b'],
    seed: documents['GitRepository/config-repo'],
    build: (scope) => configRepo(scope),
  },
  {
    document: '003',
    lines: '158–178',
    kind: 'Kustomization',
    name: 'my-app',
    verdict: 'built',
    ids: ['#11', '#12', '#14'],
    seed: documents['Kustomization/my-app'],
    build: (scope) =>
      new Kustomization(scope, 'my-app', {
        ...fluxSystem,
        interval: '10m',
        path: './apps/my-app/overlays/production',
        prune: true,
        sourceRef: configRepo(scope),
        healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'my-app', namespace: 'my-app-prod' }],
        postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-vars' }] },
      }),
  },
  {
    document: '003',
    lines: '179–198',
    kind: 'HelmRelease',
    name: 'cert-manager',
    verdict: 'built',
    ids: ['#15', '#16', '#17', '#18'],
    note: 'the warning says that the release would land in flux-system; the chart’s own values are not ours to judge',
    seed: documents['HelmRelease/cert-manager'],
    reports: ['flux-helm-release-own-namespace'],
    corrections: [
      { op: 'add', path: '/spec/targetNamespace', value: 'cert-manager', because: '#15' },
      { op: 'add', path: '/spec/install', value: { createNamespace: true }, because: '#15' },
    ],
    build: (scope) =>
      new HelmRelease(scope, 'cert-manager', {
        ...fluxSystem,
        interval: '1h',
        targetNamespace: 'cert-manager',
        install: { createNamespace: true },
        chart: {
          chart: 'cert-manager',
          version: '>=1.14.0 <2.0.0',
          sourceRef: { kind: 'HelmRepository', name: 'jetstack' },
        },
        values: { installCRDs: true, replicaCount: 2 },
        valuesFrom: [{ kind: 'ConfigMap', name: 'cert-manager-values' }],
      }),
  },
  {
    document: '003',
    lines: '200–214',
    kind: 'Alert',
    name: 'slack-alert',
    verdict: 'built',
    ids: ['#5', '#20'],
    note: 'as ever, only objects in the Alert’s own namespace are meant',
    seed: documents['Alert/slack-alert'],
    corrections: [
      { op: 'remove', path: '/spec/summary', because: '#5' },
      {
        op: 'add',
        path: '/spec/eventMetadata',
        value: { summary: 'Flux sync failure in production cluster' },
        because: '#5',
      },
    ],
    build: (scope) =>
      new Alert(scope, 'slack-alert', {
        ...fluxSystem,
        spec: {
          providerRef: { name: 'slack' },
          eventSeverity: 'error',
          eventSources: [
            { kind: 'Kustomization', name: '*' },
            { kind: 'HelmRelease', name: '*' },
          ],
          eventMetadata: { summary: 'Flux sync failure in production cluster' },
        },
      }),
  },
  {
    document: '003',
    lines: '239–256',
    kind: 'Kustomization',
    name: 'overlays/production (kustomization.yaml)',
    verdict: 'waits',
    ids: ['S-69', '#3', '#6', '#22', '#37'],
    waitsFor: 'the Kustomize room',
    seed: documents['kustomization.yaml/production'],
  },
  {
    document: '003',
    lines: '267–283',
    kind: 'ExternalSecret',
    name: 'my-app-secrets',
    verdict: 'built',
    ids: ['S-19', '#2', '#28'],
    note: 'in the namespace of its stack',
    seed: documents['ExternalSecret/my-app-secrets'],
    reports: ['external-secrets-namespace-missing', 'schema-version-removed'],
    corrections: [
      ...replaced('S-19, #2', { '/apiVersion': 'external-secrets.io/v1' }),
      { op: 'add', path: '/metadata/namespace', value: 'my-app-prod', because: '#28' },
    ],
    build: (scope) =>
      new ExternalSecret(scope, 'my-app-secrets', {
        metadata: { namespace: 'my-app-prod' },
        refreshInterval: '5m',
        secretStoreRef: awsStore(scope),
        target: { name: 'my-app-secrets', creationPolicy: 'Owner' },
        data: { API_KEY: { key: 'prod/my-app', property: 'api_key' } },
      }),
  },
  {
    document: '003',
    lines: '285–298',
    kind: 'ClusterSecretStore',
    name: 'aws-secrets-manager',
    verdict: 'built',
    ids: ['S-19', '#2', '#29'],
    seed: documents['ClusterSecretStore/aws-secrets-manager'],
    reports: ['schema-version-removed'],
    corrections: replaced('S-19, #2', { '/apiVersion': 'external-secrets.io/v1' }),
    build: (scope) => awsStore(scope),
  },
  {
    document: '003',
    lines: '304–323',
    kind: 'ApplicationSet',
    name: 'my-app-all-clusters',
    verdict: 'refused',
    ids: ['S-08', 'S-81', 'S-83'],
    note: 'instead: with the repository, in Argo CD’s namespace',
    seed: documents['ApplicationSet/my-app-all-clusters'],
    reports: ['schema-required'],
    instead: {
      corrections: [
        { op: 'add', path: '/metadata/namespace', value: 'argocd', because: 'S-83' },
        { op: 'add', path: '/spec/template/spec/source/repoURL', value: REPOSITORY, because: 'S-08' },
        ...goTemplate,
        ...replaced('S-81', {
          '/spec/template/metadata/name': 'my-app-{{.name}}',
          '/spec/template/spec/destination/server': '{{.server}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'my-app-all-clusters', {
          generators: [clusters({ labels: { environment: 'production' } })],
          template: {
            metadata: { name: 'my-app-{{.name}}' },
            spec: {
              project: 'default',
              source: { repoURL: REPOSITORY, path: 'apps/my-app/overlays/production' },
              destination: { server: '{{.server}}', namespace: 'my-app' },
            },
          },
        }),
    },
  },
  {
    document: '003',
    lines: '341–352',
    kind: 'workflow',
    name: '(a step)',
    verdict: 'waits',
    waitsFor: 'nothing: a CI workflow is no Kubernetes object',
  },
];

function configRepo(scope: Construct): GitRepository {
  return new GitRepository(scope, 'config-repo', {
    ...fluxSystem,
    interval: '1m',
    url: REPOSITORY,
    ref: { branch: 'main' },
    secretRef: { name: 'flux-system' },
  });
}

function awsStore(scope: Construct): ClusterSecretStore {
  return new ClusterSecretStore(scope, 'aws-secrets-manager', {
    provider: awsSecretsManager({
      region: 'eu-west-1',
      auth: { jwt: { serviceAccountRef: { name: 'external-secrets-sa', namespace: 'external-secrets' } } },
    }),
  });
}
