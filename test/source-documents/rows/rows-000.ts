/** Source document 000. */

import { Application, ApplicationSet, automated } from 'cdk8s-gitops/argocd';
import { ExternalSecret } from 'cdk8s-gitops/external-secrets';
import { GitRepository, ImagePolicy, Kustomization } from 'cdk8s-gitops/flux';
import {
  AnalysisTemplate,
  analysis,
  canary,
  istio,
  pause,
  prometheus,
  Rollout,
  setWeight,
} from 'cdk8s-gitops/rollouts';
import type { Construct } from 'constructs';
import { type Row, replaced } from '../row';
import { documents000 as documents } from '../seeds/documents-000';

const REPOSITORY = 'https://github.com/myorg/gitops-deploy.git';
const fluxSystem = { metadata: { namespace: 'flux-system' } };

export const rows000: readonly Row[] = [
  {
    document: '000',
    lines: '82–124',
    kind: 'Application',
    name: 'backend-prod',
    verdict: 'built',
    ids: ['S-36', 'S-88', 'S-90'],
    note: 'the warning says that the next sync overwrites the replicas all the same',
    seed: documents['Application/backend-prod'],
    reports: ['argocd-ignore-differences-not-respected'],
    build: (scope) =>
      new Application(scope, 'backend-prod', {
        cascadeDelete: 'foreground',
        project: 'production',
        source: {
          repoURL: REPOSITORY,
          targetRevision: 'main',
          path: 'apps/backend/overlays/prod',
          kustomize: { images: [{ replaces: 'backend', name: 'ghcr.io/myorg/backend', tag: 'v1.2.3' }] },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'backend' },
        sync: automated({ prune: true, selfHeal: true, allowEmpty: false }),
        syncPolicy: { syncOptions: ['CreateNamespace=true', 'PrunePropagationPolicy=foreground', 'PruneLast=true'] },
        retry: { limit: 3, backoff: { duration: '5s', factor: 2, maxDuration: '3m' } },
        ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
      }),
  },
  {
    document: '000',
    lines: '128–161',
    kind: 'ApplicationSet',
    name: 'backend',
    verdict: 'refused',
    ids: ['S-01', 'S-02', 'S-30', 'S-81', 'S-87'],
    note: 'instead: a Go template, whose `templatePatch` adds `automated` for the elements that want it; production has none, which is what manual sync is',
    seed: documents['ApplicationSet/backend'],
    reports: ['argocd-appset-list-value-not-text', 'argocd-appset-project-templated', 'schema-type'],
    instead: {
      corrections: [
        { op: 'add', path: '/spec/goTemplate', value: true, because: 'S-02' },
        { op: 'add', path: '/spec/goTemplateOptions', value: ['missingkey=error'], because: 'S-81' },
        { op: 'remove', path: '/spec/template/spec/syncPolicy', because: 'S-01' },
        { op: 'add', path: '/spec/templatePatch', value: automatedWhereWanted(), because: 'S-01, S-30' },
        ...replaced('S-81', {
          '/spec/template/metadata/name': 'backend-{{.env}}',
          '/spec/template/spec/project': '{{.env}}',
          '/spec/template/spec/source/path': 'apps/backend/overlays/{{.env}}',
          '/spec/template/spec/destination/server': '{{.cluster}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'backend', {
          goTemplate: true,
          goTemplateOptions: ['missingkey=error'],
          generators: [
            {
              list: {
                elements: [
                  { env: 'dev', cluster: 'https://dev-cluster.example.com', autoSync: true },
                  { env: 'staging', cluster: 'https://staging-cluster.example.com', autoSync: true },
                  { env: 'prod', cluster: 'https://prod-cluster.example.com', autoSync: false },
                ],
              },
            },
          ],
          template: {
            metadata: { name: 'backend-{{.env}}' },
            spec: {
              project: '{{.env}}',
              source: { repoURL: REPOSITORY, targetRevision: 'main', path: 'apps/backend/overlays/{{.env}}' },
              destination: { server: '{{.cluster}}', namespace: 'backend' },
            },
          },
          templatePatch: automatedWhereWanted(),
        }),
    },
  },
  {
    document: '000',
    lines: '168–179',
    kind: 'GitRepository',
    name: 'gitops-deploy',
    verdict: 'built',
    ids: ['#20a', '#20b'],
    seed: documents['GitRepository/gitops-deploy'],
    build: (scope) => gitopsDeploy(scope),
  },
  {
    document: '000',
    lines: '183–208',
    kind: 'Kustomization',
    name: 'backend-prod',
    verdict: 'built',
    ids: ['#10', '#11', '#12', '#13', '#14'],
    note: 'that `infrastructure` and `cluster-config` are nowhere defined is for the checks over several objects',
    seed: documents['Kustomization/backend-prod'],
    build: (scope) =>
      new Kustomization(scope, 'backend-prod', {
        ...fluxSystem,
        interval: '5m',
        retryInterval: '2m',
        timeout: '5m',
        sourceRef: gitopsDeploy(scope),
        path: './apps/backend/overlays/prod',
        prune: true,
        targetNamespace: 'backend',
        healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'backend', namespace: 'backend' }],
        dependsOn: [{ name: 'infrastructure' }],
        postBuild: { substituteFrom: [{ kind: 'ConfigMap', name: 'cluster-config' }] },
      }),
  },
  {
    document: '000',
    lines: '212–222',
    kind: 'ImagePolicy',
    name: 'backend',
    verdict: 'built',
    ids: ['S-20', '#1', '#8', '#9'],
    note: 'a policy only selects a tag: the ImageRepository and the ImageUpdateAutomation it takes to update Git are constructs of the same room',
    seed: documents['ImagePolicy/backend'],
    reports: ['schema-version-removed'],
    corrections: replaced('S-20, #1', { '/apiVersion': 'image.toolkit.fluxcd.io/v1' }),
    build: (scope) =>
      new ImagePolicy(scope, 'backend', {
        ...fluxSystem,
        spec: { imageRepositoryRef: { name: 'backend' }, policy: { semver: { range: '>=1.0.0' } } },
      }),
  },
  {
    document: '000',
    lines: '228–273',
    kind: 'Rollout',
    name: 'backend',
    verdict: 'refused',
    ids: ['S-14'],
    note: 'seen where the step takes the AnalysisTemplate construct; in plain YAML it takes both objects. Instead: every step says `service-name`',
    seed: documents['Rollout/backend'],
    constructs: { codes: ['rollouts-analysis-args'], build: (scope) => backend(scope, []) },
    instead: {
      corrections: [5, 2].map((step) => ({
        op: 'add',
        path: `/spec/strategy/canary/steps/${step}/analysis/args`,
        value: [{ name: 'service-name', value: 'backend-canary' }],
        because: 'S-14',
      })),
      build: (scope) => backend(scope, { 'service-name': 'backend-canary' }),
    },
  },
  {
    document: '000',
    lines: '277–308',
    kind: 'AnalysisTemplate',
    name: 'success-rate',
    verdict: 'built',
    seed: documents['AnalysisTemplate/success-rate'],
    build: (scope) => successRate(scope),
  },
  {
    document: '000',
    lines: '365–398',
    kind: 'workflow',
    name: 'Promote',
    verdict: 'waits',
    waitsFor: 'nothing: a CI workflow is no Kubernetes object',
  },
  {
    document: '000',
    lines: '424–445',
    kind: 'ExternalSecret',
    name: 'db-credentials',
    verdict: 'built',
    ids: ['S-19', '#2', '#27'],
    seed: documents['ExternalSecret/db-credentials'],
    reports: ['schema-version-removed'],
    corrections: replaced('S-19, #2', { '/apiVersion': 'external-secrets.io/v1' }),
    build: (scope) =>
      new ExternalSecret(scope, 'db-credentials', {
        metadata: { namespace: 'backend' },
        refreshInterval: '1h',
        secretStoreRef: { name: 'aws-secrets-manager', kind: 'ClusterSecretStore' },
        target: { name: 'db-credentials', creationPolicy: 'Owner' },
        data: {
          username: { key: 'prod/backend/db', property: 'username' },
          password: { key: 'prod/backend/db', property: 'password' },
        },
      }),
  },
  {
    document: '000',
    lines: '450–465',
    kind: 'Kustomization',
    name: 'backend-prod (SOPS)',
    verdict: 'built',
    ids: ['#10', '#31', '#32'],
    note: 'by itself; beside the Kustomization of lines 183–208 a synth refuses it: `object-duplicate`',
    seed: documents['Kustomization/backend-prod (SOPS)'],
    build: (scope) =>
      new Kustomization(scope, 'backend-prod', {
        ...fluxSystem,
        interval: '5m',
        sourceRef: gitopsDeploy(scope),
        path: './apps/backend/overlays/prod',
        prune: true,
        decryption: { provider: 'sops', secretRef: { name: 'sops-age-key' } },
      }),
  },
];

function automatedWhereWanted(): string {
  return [
    '{{- if .autoSync }}',
    'spec:',
    '  syncPolicy:',
    '    automated:',
    '      prune: true',
    '      selfHeal: true',
    '{{- end }}',
    '',
  ].join('\n');
}

function gitopsDeploy(scope: Construct): GitRepository {
  return new GitRepository(scope, 'gitops-deploy', {
    ...fluxSystem,
    interval: '1m',
    url: REPOSITORY,
    ref: { branch: 'main' },
    secretRef: { name: 'gitops-deploy-auth' },
  });
}

function successRate(scope: Construct) {
  return new AnalysisTemplate(scope, 'success-rate', {
    args: ['service-name'],
    metrics: (args) => [
      {
        name: 'success-rate',
        interval: '30s',
        count: 5,
        successCondition: 'result[0] >= 0.95',
        failureLimit: 3,
        provider: prometheus({
          address: 'http://prometheus.monitoring:9090',
          query: [
            `sum(rate(http_requests_total{service="${args['service-name']}",status=~"2.."}[2m]))`,
            '/',
            `sum(rate(http_requests_total{service="${args['service-name']}"}[2m]))`,
            '',
          ].join('\n'),
        }),
      },
      {
        name: 'p99-latency',
        interval: '30s',
        count: 5,
        successCondition: 'result[0] <= 500',
        failureLimit: 3,
        provider: prometheus({
          address: 'http://prometheus.monitoring:9090',
          query: [
            'histogram_quantile(0.99,',
            `  sum(rate(http_request_duration_ms_bucket{service="${args['service-name']}"}[2m])) by (le)`,
            ')',
            '',
          ].join('\n'),
        }),
      },
    ],
  });
}

/** As a map the arguments are a compile error where one is missing; as upstream's list the constructor sees it. */
function backend(scope: Construct, args: readonly [] | { readonly 'service-name': string }): Rollout {
  const template = successRate(scope);
  return new Rollout(scope, 'backend', {
    replicas: 10,
    selector: { matchLabels: { app: 'backend' } },
    template: {
      metadata: { labels: { app: 'backend' } },
      spec: {
        containers: [
          {
            name: 'backend',
            image: 'ghcr.io/myorg/backend:v1.2.3',
            ports: [{ containerPort: 8080 }],
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
          },
        ],
      },
    },
    strategy: canary({
      canaryService: 'backend-canary',
      stableService: 'backend-stable',
      trafficRouting: istio({ virtualServices: [{ name: 'backend-vsvc', routes: ['primary'] }] }),
      steps: [
        setWeight(5),
        pause('2m'),
        analysis(template, args),
        setWeight(25),
        pause('5m'),
        analysis(template, args),
        setWeight(50),
        pause('5m'),
        setWeight(100),
      ],
    }),
  });
}
