/** Source document 001. */
import { Application, ApplicationSet, AppProject, automated, clusters } from 'cdk8s-gitops/argocd';
import { ExternalSecret } from 'cdk8s-gitops/external-secrets';
import { GitRepository, HelmRelease, Kustomization } from 'cdk8s-gitops/flux';
import { AnalysisTemplate, analysis, canary, pause, prometheus, Rollout, setWeight } from 'cdk8s-gitops/rollouts';
import { SealedSecret } from 'cdk8s-gitops/sealed-secrets';
import type { Construct } from 'constructs';
import { ciphertext, type Row, replaced } from '../row';
import { documents001 as documents } from '../seeds/documents-001';

const REPOSITORY = 'https://github.com/my-org/k8s-manifests.git';
const IN_CLUSTER = 'https://kubernetes.default.svc';

export const rows001: readonly Row[] = [
  {
    document: '001',
    lines: '1–4',
    kind: 'front matter',
    name: 'gitops-patterns',
    verdict: 'waits',
    waitsFor: 'nothing: the title of the document is no Kubernetes object',
  },
  {
    document: '001',
    lines: '32–61',
    kind: 'Application',
    name: 'order-service',
    verdict: 'built',
    ids: ['S-90'],
    seed: documents['Application/order-service'],
    build: (scope) =>
      new Application(scope, 'order-service', {
        cascadeDelete: 'foreground',
        project: 'default',
        source: { repoURL: REPOSITORY, targetRevision: 'main', path: 'apps/order-service/overlays/production' },
        destination: { server: IN_CLUSTER, namespace: 'order-service' },
        sync: automated({ prune: true, selfHeal: true, allowEmpty: false }),
        syncOptions: { createNamespace: true, prunePropagationPolicy: 'foreground' },
        retry: { limit: 3, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
      }),
  },
  {
    document: '001',
    lines: '67–94',
    kind: 'AppProject',
    name: 'team-orders',
    verdict: 'built',
    ids: ['S-49'],
    note: 'that the overlay of lines 206–222 makes kinds which this project does not permit is for the checks over several objects',
    seed: documents['AppProject/team-orders'],
    build: (scope) =>
      new AppProject(scope, 'team-orders', {
        description: 'Order team applications',
        sourceRepos: [REPOSITORY, 'https://charts.example.com'],
        destinations: [{ namespace: 'order-*', server: IN_CLUSTER }],
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
        namespaceResourceWhitelist: [
          { group: 'apps', kind: 'Deployment' },
          { group: '', kind: 'Service' },
          { group: 'networking.k8s.io', kind: 'Ingress' },
        ],
        roles: [
          {
            name: 'developer',
            policies: ['sync', 'get'].map(
              (action) => `p, proj:team-orders:developer, applications, ${action}, team-orders/*, allow`,
            ),
          },
        ],
      }),
  },
  {
    document: '001',
    lines: '103–114',
    kind: 'GitRepository',
    name: 'app-manifests',
    verdict: 'built',
    ids: ['#20b'],
    seed: documents['GitRepository/app-manifests'],
    build: (scope) => appManifests(scope),
  },
  {
    document: '001',
    lines: '118–135',
    kind: 'Kustomization',
    name: 'order-service',
    verdict: 'built',
    ids: ['#12'],
    seed: documents['Kustomization/order-service'],
    build: (scope) =>
      new Kustomization(scope, 'order-service', {
        metadata: { namespace: 'flux-system' },
        interval: '5m',
        sourceRef: appManifests(scope),
        path: './apps/order-service/overlays/production',
        prune: true,
        healthChecks: [
          { apiVersion: 'apps/v1', kind: 'Deployment', name: 'order-service', namespace: 'order-service' },
        ],
        timeout: '3m',
      }),
  },
  {
    document: '001',
    lines: '141–161',
    kind: 'HelmRelease',
    name: 'redis',
    verdict: 'built',
    ids: ['#18', '#19'],
    note: 'that the HelmRepository is nowhere defined is for the checks over several objects',
    seed: documents['HelmRelease/redis'],
    build: (scope) =>
      new HelmRelease(scope, 'redis', {
        metadata: { namespace: 'redis' },
        interval: '10m',
        chart: {
          chart: 'redis',
          version: '18.x',
          sourceRef: { kind: 'HelmRepository', name: 'bitnami', namespace: 'flux-system' },
        },
        values: {
          architecture: 'replication',
          replica: { replicaCount: 3 },
          auth: { existingSecret: 'redis-credentials' },
        },
      }),
  },
  {
    document: '001',
    lines: '191–199',
    kind: 'Kustomization',
    name: 'base (kustomization.yaml)',
    verdict: 'waits',
    ids: ['S-69', '#3', '#36'],
    waitsFor: 'the Kustomize room, which writes `labels` for the deprecated `commonLabels`',
    seed: documents['kustomization.yaml/base'],
  },
  {
    document: '001',
    lines: '206–222',
    kind: 'Kustomization',
    name: 'overlays/production (kustomization.yaml)',
    verdict: 'waits',
    ids: ['#35'],
    waitsFor: 'the Kustomize room',
    seed: documents['kustomization.yaml/production'],
  },
  {
    document: '001',
    lines: '230–264',
    kind: 'Rollout',
    name: 'order-service',
    verdict: 'refused',
    ids: ['S-15'],
    note: 'seen where the step takes the AnalysisTemplate construct; in plain YAML it takes both objects. Instead: the second step says `service-name`, too',
    seed: documents['Rollout/order-service'],
    constructs: { codes: ['rollouts-analysis-args'], build: (scope) => orderService(scope, []) },
    instead: {
      corrections: [
        {
          op: 'add',
          path: '/spec/strategy/canary/steps/5/analysis/args',
          value: [{ name: 'service-name', value: 'order-service' }],
          because: 'S-15',
        },
      ],
      build: (scope) => orderService(scope, { 'service-name': 'order-service' }),
    },
  },
  {
    document: '001',
    lines: '270–288',
    kind: 'AnalysisTemplate',
    name: 'success-rate',
    verdict: 'built',
    seed: documents['AnalysisTemplate/success-rate'],
    build: (scope) => successRate(scope),
  },
  {
    document: '001',
    lines: '304–312',
    kind: 'SealedSecret',
    name: 'db-credentials',
    verdict: 'refused',
    ids: ['#24', '#25'],
    note: 'instead: values that were sealed. Sealing itself waits',
    seed: documents['SealedSecret/db-credentials'],
    reports: ['sealed-secrets-ciphertext'],
    instead: {
      corrections: replaced('#24', {
        '/spec/encryptedData/DB_PASSWORD': ciphertext(1),
        '/spec/encryptedData/DB_USERNAME': ciphertext(2),
      }),
      build: (scope) => dbCredentials(scope, { DB_PASSWORD: ciphertext(1), DB_USERNAME: ciphertext(2) }),
    },
  },
  {
    document: '001',
    lines: '318–336',
    kind: 'ExternalSecret',
    name: 'db-credentials',
    verdict: 'refused',
    ids: ['S-19', 'S-70', '#2', '#26', '#27'],
    note: 'instead: the bare id as key; its version is the latest anyway',
    seed: documents['ExternalSecret/db-credentials'],
    reports: ['external-secrets-gcp-key', 'schema-version-removed'],
    instead: {
      corrections: [
        ...replaced('S-19, #2', { '/apiVersion': 'external-secrets.io/v1' }),
        ...replaced('S-70, #26', {
          '/spec/data/0/remoteRef/key': 'db-password',
          '/spec/data/1/remoteRef/key': 'db-username',
        }),
      ],
      build: (scope) =>
        new ExternalSecret(scope, 'db-credentials', {
          metadata: { namespace: 'order-service' },
          refreshInterval: '1h',
          secretStoreRef: { kind: 'ClusterSecretStore', name: 'gcp-secret-manager' },
          target: { name: 'db-credentials' },
          data: { DB_PASSWORD: 'db-password', DB_USERNAME: 'db-username' },
        }),
    },
  },
  {
    document: '001',
    lines: '344–370',
    kind: 'ApplicationSet',
    name: 'order-service',
    verdict: 'built',
    ids: ['S-81', 'S-82'],
    note: 'as a Go template, which reports unknown names',
    seed: documents['ApplicationSet/order-service'],
    reports: ['argocd-appset-label-unselected'],
    corrections: [
      { op: 'add', path: '/spec/goTemplate', value: true, because: 'S-81' },
      { op: 'add', path: '/spec/goTemplateOptions', value: ['missingkey=error'], because: 'S-81' },
      ...replaced('S-81', {
        '/spec/template/metadata/name': 'order-service-{{.name}}',
        '/spec/template/spec/source/path': 'apps/order-service/overlays/{{.metadata.labels.region}}',
        '/spec/template/spec/destination/server': '{{.server}}',
      }),
    ],
    build: (scope) =>
      new ApplicationSet(scope, 'order-service', {
        generators: [clusters({ labels: { environment: 'production' } })],
        template: {
          metadata: { name: 'order-service-{{.name}}' },
          spec: {
            project: 'default',
            source: {
              repoURL: REPOSITORY,
              targetRevision: 'main',
              path: 'apps/order-service/overlays/{{.metadata.labels.region}}',
            },
            destination: { server: '{{.server}}', namespace: 'order-service' },
            sync: automated({ prune: true, selfHeal: true }),
          },
        },
      }),
  },
  {
    document: '001',
    lines: '378–396',
    kind: 'workflow',
    name: 'build-and-push',
    verdict: 'waits',
    ids: ['#34'],
    waitsFor: 'nothing: a CI workflow is no Kubernetes object',
  },
];

function appManifests(scope: Construct): GitRepository {
  return new GitRepository(scope, 'app-manifests', {
    metadata: { namespace: 'flux-system' },
    interval: '1m',
    url: REPOSITORY,
    ref: { branch: 'main' },
    secretRef: { name: 'git-credentials' },
  });
}

function dbCredentials(scope: Construct, encryptedData: Readonly<Record<string, string>>): SealedSecret {
  return new SealedSecret(scope, 'db-credentials', { metadata: { namespace: 'order-service' }, encryptedData });
}

function successRate(scope: Construct) {
  return new AnalysisTemplate(scope, 'success-rate', {
    args: ['service-name'],
    metrics: (args) => [
      {
        name: 'success-rate',
        interval: '1m',
        count: 5,
        successCondition: 'result[0] >= 0.95',
        provider: prometheus({
          address: 'http://prometheus:9090',
          query: [
            `sum(rate(http_requests_total{service="${args['service-name']}",status=~"2.."}[5m]))`,
            '/',
            `sum(rate(http_requests_total{service="${args['service-name']}"}[5m]))`,
            '',
          ].join('\n'),
        }),
      },
    ],
  });
}

/** The arguments of the second step; a map that lacks one is a compile error, a list is looked at by the constructor. */
function orderService(scope: Construct, args: readonly [] | { readonly 'service-name': string }): Rollout {
  const template = successRate(scope);
  return new Rollout(scope, 'order-service', {
    replicas: 10,
    selector: { matchLabels: { app: 'order-service' } },
    template: {
      metadata: { labels: { app: 'order-service' } },
      spec: { containers: [{ name: 'order-service', image: 'order-service:v2.0.0' }] },
    },
    strategy: canary({
      steps: [
        setWeight(10),
        pause('5m'),
        analysis(template, { 'service-name': 'order-service' }),
        setWeight(50),
        pause('10m'),
        analysis(template, args),
      ],
      canaryService: 'order-service-canary',
      stableService: 'order-service-stable',
    }),
  });
}
