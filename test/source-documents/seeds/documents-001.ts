/** The objects of source document 001, as data. */
import type { JsonObject } from '../../../src/kernel/manifest';

export const documents001 = {
  'Application/order-service': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'order-service',
      namespace: 'argocd',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: 'default',
      source: {
        repoURL: 'https://github.com/my-org/k8s-manifests.git',
        targetRevision: 'main',
        path: 'apps/order-service/overlays/production',
      },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: 'order-service',
      },
      syncPolicy: {
        automated: {
          prune: true,
          selfHeal: true,
          allowEmpty: false,
        },
        syncOptions: ['CreateNamespace=true', 'PrunePropagationPolicy=foreground'],
        retry: {
          limit: 3,
          backoff: {
            duration: '5s',
            factor: 2,
            maxDuration: '3m',
          },
        },
      },
    },
  },
  'AppProject/team-orders': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: 'team-orders',
      namespace: 'argocd',
    },
    spec: {
      description: 'Order team applications',
      sourceRepos: ['https://github.com/my-org/k8s-manifests.git', 'https://charts.example.com'],
      destinations: [
        {
          namespace: 'order-*',
          server: 'https://kubernetes.default.svc',
        },
      ],
      clusterResourceWhitelist: [
        {
          group: '',
          kind: 'Namespace',
        },
      ],
      namespaceResourceWhitelist: [
        {
          group: 'apps',
          kind: 'Deployment',
        },
        {
          group: '',
          kind: 'Service',
        },
        {
          group: 'networking.k8s.io',
          kind: 'Ingress',
        },
      ],
      roles: [
        {
          name: 'developer',
          policies: [
            'p, proj:team-orders:developer, applications, sync, team-orders/*, allow',
            'p, proj:team-orders:developer, applications, get, team-orders/*, allow',
          ],
        },
      ],
    },
  },
  'GitRepository/app-manifests': {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: {
      name: 'app-manifests',
      namespace: 'flux-system',
    },
    spec: {
      interval: '1m',
      url: 'https://github.com/my-org/k8s-manifests.git',
      ref: {
        branch: 'main',
      },
      secretRef: {
        name: 'git-credentials',
      },
    },
  },
  'Kustomization/order-service': {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: {
      name: 'order-service',
      namespace: 'flux-system',
    },
    spec: {
      interval: '5m',
      sourceRef: {
        kind: 'GitRepository',
        name: 'app-manifests',
      },
      path: './apps/order-service/overlays/production',
      prune: true,
      healthChecks: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'order-service',
          namespace: 'order-service',
        },
      ],
      timeout: '3m',
    },
  },
  'HelmRelease/redis': {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: {
      name: 'redis',
      namespace: 'redis',
    },
    spec: {
      interval: '10m',
      chart: {
        spec: {
          chart: 'redis',
          version: '18.x',
          sourceRef: {
            kind: 'HelmRepository',
            name: 'bitnami',
            namespace: 'flux-system',
          },
        },
      },
      values: {
        architecture: 'replication',
        replica: {
          replicaCount: 3,
        },
        auth: {
          existingSecret: 'redis-credentials',
        },
      },
    },
  },
  'kustomization.yaml/base': {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['deployment.yaml', 'service.yaml', 'hpa.yaml'],
    commonLabels: {
      'app.kubernetes.io/name': 'order-service',
      'app.kubernetes.io/managed-by': 'kustomize',
    },
  },
  'kustomization.yaml/production': {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: 'order-service',
    resources: ['../../base'],
    patches: [
      {
        path: 'replicas-patch.yaml',
      },
      {
        path: 'resources-patch.yaml',
      },
    ],
    images: [
      {
        name: 'order-service',
        newName: 'us-docker.pkg.dev/my-project/repo/order-service',
        newTag: 'v1.5.0',
      },
    ],
    configMapGenerator: [
      {
        name: 'app-config',
        literals: ['LOG_LEVEL=info', 'ENVIRONMENT=production'],
      },
    ],
  },
  'Rollout/order-service': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'order-service',
    },
    spec: {
      replicas: 10,
      selector: {
        matchLabels: {
          app: 'order-service',
        },
      },
      template: {
        metadata: {
          labels: {
            app: 'order-service',
          },
        },
        spec: {
          containers: [
            {
              name: 'order-service',
              image: 'order-service:v2.0.0',
            },
          ],
        },
      },
      strategy: {
        canary: {
          steps: [
            {
              setWeight: 10,
            },
            {
              pause: {
                duration: '5m',
              },
            },
            {
              analysis: {
                templates: [
                  {
                    templateName: 'success-rate',
                  },
                ],
                args: [
                  {
                    name: 'service-name',
                    value: 'order-service',
                  },
                ],
              },
            },
            {
              setWeight: 50,
            },
            {
              pause: {
                duration: '10m',
              },
            },
            {
              analysis: {
                templates: [
                  {
                    templateName: 'success-rate',
                  },
                ],
              },
            },
          ],
          canaryService: 'order-service-canary',
          stableService: 'order-service-stable',
        },
      },
    },
  },
  'AnalysisTemplate/success-rate': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: {
      name: 'success-rate',
    },
    spec: {
      args: [
        {
          name: 'service-name',
        },
      ],
      metrics: [
        {
          name: 'success-rate',
          interval: '1m',
          count: 5,
          successCondition: 'result[0] >= 0.95',
          provider: {
            prometheus: {
              address: 'http://prometheus:9090',
              query:
                'sum(rate(http_requests_total{service="{{args.service-name}}",status=~"2.."}[5m]))\n/\nsum(rate(http_requests_total{service="{{args.service-name}}"}[5m]))\n',
            },
          },
        },
      ],
    },
  },
  'SealedSecret/db-credentials': {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: {
      name: 'db-credentials',
      namespace: 'order-service',
    },
    spec: {
      encryptedData: {
        DB_PASSWORD: 'AgBy3i4OJSWK+...encrypted...',
        DB_USERNAME: 'AgBy8iKQ2KSFK+...encrypted...',
      },
    },
  },
  'ExternalSecret/db-credentials': {
    apiVersion: 'external-secrets.io/v1beta1',
    kind: 'ExternalSecret',
    metadata: {
      name: 'db-credentials',
      namespace: 'order-service',
    },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: {
        kind: 'ClusterSecretStore',
        name: 'gcp-secret-manager',
      },
      target: {
        name: 'db-credentials',
      },
      data: [
        {
          secretKey: 'DB_PASSWORD',
          remoteRef: {
            key: 'projects/my-project/secrets/db-password/versions/latest',
          },
        },
        {
          secretKey: 'DB_USERNAME',
          remoteRef: {
            key: 'projects/my-project/secrets/db-username/versions/latest',
          },
        },
      ],
    },
  },
  'ApplicationSet/order-service': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'order-service',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          clusters: {
            selector: {
              matchLabels: {
                environment: 'production',
              },
            },
          },
        },
      ],
      template: {
        metadata: {
          name: 'order-service-{{name}}',
        },
        spec: {
          project: 'default',
          source: {
            repoURL: 'https://github.com/my-org/k8s-manifests.git',
            targetRevision: 'main',
            path: 'apps/order-service/overlays/{{metadata.labels.region}}',
          },
          destination: {
            server: '{{server}}',
            namespace: 'order-service',
          },
          syncPolicy: {
            automated: {
              prune: true,
              selfHeal: true,
            },
          },
        },
      },
    },
  },
} as const satisfies Readonly<Record<string, JsonObject>>;
