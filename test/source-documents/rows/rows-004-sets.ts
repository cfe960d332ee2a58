/** Source document 004, flattened: ApplicationSets and what belongs to them. */
import {
  ApplicationSet,
  automated,
  clusters,
  gitDirectories,
  gitFiles,
  list,
  listYaml,
  matrix,
  merge,
} from 'cdk8s-gitops/argocd';
import type { JsonObject } from '../../../src/kernel/manifest';
import { type Correction, type Row, replaced } from '../row';
import { documents004 as documents } from '../seeds/documents-004';

const sync = automated({ prune: true, selfHeal: true });
const createNamespace = { createNamespace: true };
const goTemplate: readonly Correction[] = [
  { op: 'add', path: '/spec/goTemplate', value: true, because: 'S-81' },
  { op: 'add', path: '/spec/goTemplateOptions', value: ['missingkey=error'], because: 'S-81' },
];
const APP = 'https://github.com/org/app';

export const applicationSetRows004: readonly Row[] = [
  {
    document: '004',
    lines: '22',
    kind: 'ApplicationSet',
    name: 'multi-environment-app',
    verdict: 'refused',
    ids: ['S-03', 'S-81'],
    note: 'instead: a Go template, which takes numbers',
    seed: documents['ApplicationSet/multi-environment-app'],
    reports: ['argocd-appset-list-value-not-text'],
    instead: {
      corrections: [
        ...goTemplate,
        ...replaced('S-81', {
          '/spec/template/metadata/name': '{{.environment}}-app',
          '/spec/template/spec/source/path': 'overlays/{{.environment}}',
          '/spec/template/spec/source/helm/parameters/0/value': '{{.replicas}}',
          '/spec/template/spec/source/helm/parameters/1/value': '{{.domain}}',
          '/spec/template/spec/destination/server': '{{.cluster}}',
          '/spec/template/spec/destination/namespace': '{{.namespace}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'multi-environment-app', {
          generators: [
            list(
              [
                { environment: 'dev', replicas: 1, domain: 'dev.example.com' },
                { environment: 'staging', replicas: 2, domain: 'staging.example.com' },
                { environment: 'prod', replicas: 5, domain: 'example.com' },
              ].map((element) => ({
                ...element,
                cluster: `https://${element.environment}-cluster.example.com`,
                namespace: `app-${element.environment}`,
              })),
            ),
          ],
          template: {
            metadata: { name: '{{.environment}}-app' },
            spec: {
              project: 'default',
              source: {
                repoURL: 'https://github.com/org/app-manifests',
                targetRevision: 'HEAD',
                path: 'overlays/{{.environment}}',
                helm: {
                  parameters: [
                    { name: 'replicaCount', value: '{{.replicas}}' },
                    { name: 'ingress.host', value: '{{.domain}}' },
                  ],
                },
              },
              destination: { server: '{{.cluster}}', namespace: '{{.namespace}}' },
              sync,
            },
          },
        }),
    },
  },
  {
    document: '004',
    lines: '31',
    kind: 'ApplicationSet',
    name: 'git-directory-discovery',
    verdict: 'built',
    ids: ['S-80', 'S-81'],
    note: 'as a Go template, which reports unknown names',
    seed: documents['ApplicationSet/git-directory-discovery'],
    reports: ['argocd-appset-basename-ambiguous'],
    corrections: [
      ...goTemplate,
      ...replaced('S-81', {
        '/spec/template/metadata/name': '{{.path.basename}}',
        '/spec/template/metadata/labels/app-type': '{{index .path.segments 0}}',
        '/spec/template/spec/source/path': '{{.path.path}}',
        '/spec/template/spec/destination/namespace': '{{.path.basename}}',
      }),
    ],
    build: (scope) =>
      new ApplicationSet(scope, 'git-directory-discovery', {
        generators: [
          gitDirectories({
            repoURL: 'https://github.com/org/kubernetes-manifests',
            revision: 'HEAD',
            directories: ['apps/*', 'infrastructure/*'],
          }),
        ],
        template: {
          metadata: { name: '{{.path.basename}}', labels: { 'app-type': '{{index .path.segments 0}}' } },
          spec: {
            project: 'default',
            source: {
              repoURL: 'https://github.com/org/kubernetes-manifests',
              targetRevision: 'HEAD',
              path: '{{.path.path}}',
            },
            destination: { server: 'https://kubernetes.default.svc', namespace: '{{.path.basename}}' },
            sync,
            syncOptions: createNamespace,
          },
        },
      }),
  },
  {
    document: '004',
    lines: '42',
    kind: 'ApplicationSet',
    name: 'git-file-discovery',
    verdict: 'waits',
    ids: ['S-10', 'S-81'],
    waitsFor: 'nothing: what the files hold is in no manifest; rendered with them, it is `argocd-render-tag`',
    note: 'instead: a matrix of the files and the list in each',
    seed: documents['ApplicationSet/git-file-discovery'],
    reports: ['argocd-appset-project-templated'],
    instead: {
      corrections: [
        ...goTemplate,
        ...replaced('S-10', {
          '/spec/generators/0': {
            matrix: {
              generators: [
                documents['ApplicationSet/git-file-discovery'].spec.generators[0],
                { list: { elementsYaml: '{{ .environments | toJson }}' } },
              ],
            },
          },
          '/spec/template/metadata/name': '{{.app.name}}-{{.name}}',
          '/spec/template/spec/source/helm/valueFiles/0': 'values-{{.name}}.yaml',
        }),
        ...replaced('S-81', {
          '/spec/template/metadata/labels/team': '{{.app.team}}',
          '/spec/template/metadata/labels/tier': '{{.app.tier}}',
          '/spec/template/spec/project': '{{.app.project}}',
          '/spec/template/spec/source/repoURL': '{{.app.repoUrl}}',
          '/spec/template/spec/source/targetRevision': '{{.app.branch}}',
          '/spec/template/spec/source/path': '{{.app.path}}',
          '/spec/template/spec/destination/server': '{{.cluster.url}}',
          '/spec/template/spec/destination/namespace': '{{.app.namespace}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'git-file-discovery', {
          generators: [
            matrix(
              gitFiles({
                repoURL: 'https://github.com/org/app-registry',
                revision: 'HEAD',
                files: ['apps/**/app.json'],
              }),
              listYaml('{{ .environments | toJson }}'),
            ),
          ],
          template: {
            metadata: {
              name: '{{.app.name}}-{{.name}}',
              labels: { team: '{{.app.team}}', tier: '{{.app.tier}}' },
            },
            spec: {
              project: '{{.app.project}}',
              source: {
                repoURL: '{{.app.repoUrl}}',
                targetRevision: '{{.app.branch}}',
                path: '{{.app.path}}',
                helm: { valueFiles: ['values-{{.name}}.yaml'] },
              },
              destination: { server: '{{.cluster.url}}', namespace: '{{.app.namespace}}' },
              sync,
            },
          },
        }),
    },
  },
  {
    document: '004',
    lines: '44',
    kind: 'parameter file',
    name: 'apps/frontend/app.json',
    verdict: 'waits',
    ids: ['S-10'],
    waitsFor: 'nothing: a file that a generator reads is no Kubernetes object; `gitFiles` takes a schema for it',
  },
  {
    document: '004',
    lines: '53',
    kind: 'ApplicationSet',
    name: 'cluster-addons',
    verdict: 'refused',
    ids: ['S-05', 'S-81', 'S-82'],
    note: 'instead: `clusters`',
    seed: documents['ApplicationSet/cluster-addons'],
    reports: ['argocd-appset-generator-empty', 'schema-field-unknown'],
    instead: {
      corrections: [
        clustersFor('/spec/generators/0', documents['ApplicationSet/cluster-addons'].spec.generators[0].cluster),
        ...goTemplate,
        ...replaced('S-81', {
          '/spec/template/metadata/name': '{{.name}}-prometheus',
          '/spec/template/spec/source/targetRevision': '{{.values.revision}}',
          '/spec/template/spec/source/helm/parameters/0/value': '{{.metadata.labels.retention}}',
          '/spec/template/spec/source/helm/parameters/1/value': '{{.metadata.labels.storageClass}}',
          '/spec/template/spec/destination/server': '{{.server}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'cluster-addons', {
          generators: [clusters({ labels: { addon: 'monitoring' }, values: { revision: 'v1.2.3' } })],
          template: {
            metadata: { name: '{{.name}}-prometheus' },
            spec: {
              project: 'infrastructure',
              source: {
                repoURL: 'https://prometheus-community.github.io/helm-charts',
                chart: 'kube-prometheus-stack',
                targetRevision: '{{.values.revision}}',
                helm: {
                  parameters: [
                    { name: 'prometheus.prometheusSpec.retention', value: '{{.metadata.labels.retention}}' },
                    { name: 'prometheus.prometheusSpec.storageClassName', value: '{{.metadata.labels.storageClass}}' },
                  ],
                },
              },
              destination: { server: '{{.server}}', namespace: 'monitoring' },
              sync,
              syncOptions: createNamespace,
            },
          },
        }),
    },
  },
  {
    document: '004',
    lines: '55',
    kind: 'Secret',
    name: 'prod-cluster-east',
    verdict: 'refused',
    ids: ['S-18'],
    note: 'instead: `ArgoCdCluster`, with its credentials by reference',
    seed: documents['Secret/prod-cluster-east'],
    reports: ['argocd-cluster-config-bytes', 'secret-plaintext'],
  },
  {
    document: '004',
    lines: '64',
    kind: 'ApplicationSet',
    name: 'matrix-environments-clusters',
    verdict: 'refused',
    ids: ['S-06', 'S-81', 'S-82'],
    note: 'instead: `clusters`',
    seed: documents['ApplicationSet/matrix-environments-clusters'],
    reports: ['argocd-appset-child-generator-empty', 'schema-field-unknown'],
    instead: {
      corrections: [
        clustersFor('/spec/generators/0/matrix/generators/1', {
          selector: { matchLabels: { environment: '{{.environment}}' } },
        }),
        ...goTemplate,
        ...replaced('S-81', {
          '/spec/template/metadata/name': 'app-{{.environment}}-{{.name}}',
          '/spec/template/metadata/labels': {
            environment: '{{.environment}}',
            cluster: '{{.name}}',
            region: '{{.metadata.labels.region}}',
          },
          '/spec/template/spec/source/path': 'deploy/overlays/{{.environment}}',
          '/spec/template/spec/source/helm/parameters/0/value': '{{.name}}',
          '/spec/template/spec/source/helm/parameters/1/value': '{{.metadata.labels.region}}',
          '/spec/template/spec/destination/server': '{{.server}}',
          '/spec/template/spec/destination/namespace': 'app-{{.environment}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'matrix-environments-clusters', {
          generators: [
            matrix(
              gitFiles({
                repoURL: 'https://github.com/org/environments',
                revision: 'HEAD',
                files: ['environments/*.yaml'],
              }),
              clusters({ labels: { environment: '{{.environment}}' } }),
            ),
          ],
          template: {
            metadata: {
              name: 'app-{{.environment}}-{{.name}}',
              labels: {
                environment: '{{.environment}}',
                cluster: '{{.name}}',
                region: '{{.metadata.labels.region}}',
              },
            },
            spec: {
              project: 'default',
              source: {
                repoURL: APP,
                targetRevision: 'HEAD',
                path: 'deploy/overlays/{{.environment}}',
                helm: {
                  parameters: [
                    { name: 'cluster.name', value: '{{.name}}' },
                    { name: 'cluster.region', value: '{{.metadata.labels.region}}' },
                  ],
                },
              },
              destination: { server: '{{.server}}', namespace: 'app-{{.environment}}' },
              sync,
            },
          },
        }),
    },
  },
  {
    document: '004',
    lines: '66',
    kind: 'parameter file',
    name: 'environments/prod.yaml',
    verdict: 'waits',
    waitsFor: 'nothing: a file that a generator reads is no Kubernetes object; `gitFiles` takes a schema for it',
  },
  {
    document: '004',
    lines: '75',
    kind: 'ApplicationSet',
    name: 'merge-configuration',
    verdict: 'refused',
    ids: ['S-04', 'S-40', 'S-81'],
    note: 'instead: Go templates, with `dig` for what an environment may lack',
    seed: documents['ApplicationSet/merge-configuration'],
    reports: ['argocd-appset-list-value-not-text', 'argocd-appset-tag-pipe'],
    instead: {
      corrections: [
        ...goTemplate,
        ...replaced('S-40', {
          '/spec/template/spec/source/helm/parameters/0/value': '{{ dig "replicaCount" "2" . }}',
          '/spec/template/spec/source/helm/parameters/1/value': '{{ dig "debug" "false" . }}',
          '/spec/template/spec/source/helm/parameters/2/value': '{{ dig "resources" "limits" "memory" "1Gi" . }}',
        }),
        ...replaced('S-81', {
          '/spec/template/metadata/name': 'app-{{.name}}',
          '/spec/template/spec/destination/server': '{{.cluster}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'merge-configuration', {
          generators: [
            merge(
              ['name'],
              [
                list(['dev', 'staging', 'prod'].map((name) => ({ name, cluster: `https://${name}.example.com` }))),
                list([{ name: 'prod', replicaCount: 5, resources: { limits: { memory: '4Gi', cpu: '2000m' } } }]),
                list([{ name: 'dev', replicaCount: 1, debug: 'true' }]),
              ],
            ),
          ],
          template: {
            metadata: { name: 'app-{{.name}}' },
            spec: {
              project: 'default',
              source: {
                repoURL: APP,
                targetRevision: 'HEAD',
                path: 'deploy',
                helm: {
                  parameters: [
                    { name: 'replicaCount', value: '{{ dig "replicaCount" "2" . }}' },
                    { name: 'debug', value: '{{ dig "debug" "false" . }}' },
                    { name: 'resources.limits.memory', value: '{{ dig "resources" "limits" "memory" "1Gi" . }}' },
                  ],
                },
              },
              destination: { server: '{{.cluster}}', namespace: 'app' },
              sync,
            },
          },
        }),
    },
  },
  {
    document: '004',
    lines: '188',
    kind: 'ApplicationSet',
    name: 'hub-spoke-deployment',
    verdict: 'refused',
    ids: ['S-05', 'S-81', 'S-82'],
    note: 'instead: `clusters`',
    seed: documents['ApplicationSet/hub-spoke-deployment'],
    reports: ['argocd-appset-generator-empty', 'schema-field-unknown'],
    instead: {
      corrections: [
        clustersFor('/spec/generators/0', documents['ApplicationSet/hub-spoke-deployment'].spec.generators[0].cluster),
        ...goTemplate,
        ...replaced('S-81', {
          '/spec/template/metadata/name': '{{.name}}-app',
          '/spec/template/metadata/labels': { cluster: '{{.name}}', region: '{{.metadata.labels.region}}' },
          '/spec/template/spec/source/helm/parameters/0/value': '{{.name}}',
          '/spec/template/spec/source/helm/parameters/1/value': '{{.metadata.labels.region}}',
          '/spec/template/spec/source/helm/parameters/2/value': '{{.metadata.labels.environment}}',
          '/spec/template/spec/destination/server': '{{.server}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'hub-spoke-deployment', {
          generators: [clusters({ labels: { 'cluster-type': 'spoke' } })],
          template: {
            metadata: {
              name: '{{.name}}-app',
              labels: { cluster: '{{.name}}', region: '{{.metadata.labels.region}}' },
            },
            spec: {
              project: 'multi-cluster',
              source: {
                repoURL: APP,
                targetRevision: 'HEAD',
                path: 'deploy',
                helm: {
                  parameters: [
                    { name: 'cluster.name', value: '{{.name}}' },
                    { name: 'cluster.region', value: '{{.metadata.labels.region}}' },
                    { name: 'cluster.environment', value: '{{.metadata.labels.environment}}' },
                  ],
                },
              },
              destination: { server: '{{.server}}', namespace: 'applications' },
              sync,
            },
          },
        }),
    },
  },
  {
    document: '004',
    lines: '190',
    kind: 'Secret',
    name: 'spoke-cluster-east',
    verdict: 'refused',
    ids: ['S-18'],
    note: 'instead: `ArgoCdCluster`, with its credentials by reference',
    seed: documents['Secret/spoke-cluster-east'],
    reports: ['argocd-cluster-config-bytes', 'secret-plaintext'],
  },
  {
    document: '004',
    lines: '193',
    kind: 'ApplicationSet',
    name: 'fleet-platform-services',
    verdict: 'refused',
    ids: ['S-05', 'S-81', 'S-82'],
    note: 'instead: `clusters`',
    seed: documents['ApplicationSet/fleet-platform-services'],
    reports: ['argocd-appset-generator-empty', 'schema-field-unknown'],
    instead: {
      corrections: [
        clustersFor(
          '/spec/generators/0',
          documents['ApplicationSet/fleet-platform-services'].spec.generators[0].cluster,
        ),
        ...goTemplate,
        ...replaced('S-81', {
          '/spec/template/metadata/name': '{{.name}}-platform',
          '/spec/template/spec/source/path': 'services/{{.metadata.labels.fleet}}',
          '/spec/template/spec/destination/server': '{{.server}}',
        }),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'fleet-platform-services', {
          generators: [
            clusters({ matchExpressions: [{ key: 'fleet', operator: 'In', values: ['production', 'staging'] }] }),
          ],
          template: {
            metadata: { name: '{{.name}}-platform' },
            spec: {
              project: 'platform',
              source: {
                repoURL: 'https://github.com/org/platform',
                targetRevision: 'HEAD',
                path: 'services/{{.metadata.labels.fleet}}',
              },
              destination: { server: '{{.server}}', namespace: 'platform' },
              sync,
              syncOptions: createNamespace,
            },
          },
        }),
    },
  },
  {
    document: '004',
    lines: '196',
    kind: 'ApplicationSet',
    name: '(cluster selection)',
    verdict: 'refused',
    ids: ['S-05'],
    note: 'instead: `clusters`',
    seed: selection(documents['fragment/cluster-selection'].spec.generators),
    part: documents['fragment/cluster-selection'],
    reports: ['argocd-appset-generator-empty', 'schema-field-unknown'],
    instead: {
      corrections: [
        clustersFor('/spec/generators/0', documents['fragment/cluster-selection'].spec.generators[0].cluster),
      ],
      build: (scope) =>
        new ApplicationSet(scope, 'selection', {
          generators: [
            clusters({
              matchExpressions: [
                { key: 'environment', operator: 'In', values: ['production'] },
                { key: 'region', operator: 'In', values: ['us-east-1', 'us-west-2'] },
                { key: 'addon', operator: 'In', values: ['monitoring'] },
                { key: 'maintenance', operator: 'NotIn', values: ['true'] },
              ],
            }),
          ],
          template: {
            metadata: { name: '{{.name}}-app' },
            spec: {
              project: 'default',
              source: { repoURL: APP, targetRevision: 'main', path: 'deploy' },
              destination: { server: '{{.server}}', namespace: 'app' },
            },
          },
        }),
    },
  },
];

function clustersFor(path: string, cluster: JsonObject): Correction {
  return { op: 'replace', path, value: { clusters: cluster }, because: 'S-05' };
}

/** The least ApplicationSet around generators. */
function selection(generators: readonly JsonObject[]): JsonObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'selection', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators,
      template: {
        metadata: { name: '{{.name}}-app' },
        spec: {
          project: 'default',
          source: { repoURL: APP, targetRevision: 'main', path: 'deploy' },
          destination: { server: '{{.server}}', namespace: 'app' },
        },
      },
    },
  };
}
