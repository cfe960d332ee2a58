/** The objects of source document 000, as data. */
import type { JsonObject } from '../../../src/kernel/manifest';

export const documents000 = {
  'Application/backend-prod': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'backend-prod',
      namespace: 'argocd',
      finalizers: ['resources-finalizer.argocd.argoproj.io'],
    },
    spec: {
      project: 'production',
      source: {
        repoURL: 'https://github.com/myorg/gitops-deploy.git',
        targetRevision: 'main',
        path: 'apps/backend/overlays/prod',
        kustomize: {
          images: ['backend=ghcr.io/myorg/backend:v1.2.3'],
        },
      },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: 'backend',
      },
      syncPolicy: {
        automated: {
          prune: true,
          selfHeal: true,
          allowEmpty: false,
        },
        syncOptions: ['CreateNamespace=true', 'PrunePropagationPolicy=foreground', 'PruneLast=true'],
        retry: {
          limit: 3,
          backoff: {
            duration: '5s',
            factor: 2,
            maxDuration: '3m',
          },
        },
      },
      ignoreDifferences: [
        {
          group: 'apps',
          kind: 'Deployment',
          jsonPointers: ['/spec/replicas'],
        },
      ],
    },
  },
  'ApplicationSet/backend': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'backend',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          list: {
            elements: [
              {
                env: 'dev',
                cluster: 'https://dev-cluster.example.com',
                autoSync: true,
              },
              {
                env: 'staging',
                cluster: 'https://staging-cluster.example.com',
                autoSync: true,
              },
              {
                env: 'prod',
                cluster: 'https://prod-cluster.example.com',
                autoSync: false,
              },
            ],
          },
        },
      ],
      template: {
        metadata: {
          name: 'backend-{{env}}',
        },
        spec: {
          project: '{{env}}',
          source: {
            repoURL: 'https://github.com/myorg/gitops-deploy.git',
            targetRevision: 'main',
            path: 'apps/backend/overlays/{{env}}',
          },
          destination: {
            server: '{{cluster}}',
            namespace: 'backend',
          },
          syncPolicy: {
            automated: {
              prune: '{{autoSync}}',
              selfHeal: '{{autoSync}}',
            },
          },
        },
      },
    },
  },
  'GitRepository/gitops-deploy': {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: {
      name: 'gitops-deploy',
      namespace: 'flux-system',
    },
    spec: {
      interval: '1m',
      url: 'https://github.com/myorg/gitops-deploy.git',
      ref: {
        branch: 'main',
      },
      secretRef: {
        name: 'gitops-deploy-auth',
      },
    },
  },
  'Kustomization/backend-prod': {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: {
      name: 'backend-prod',
      namespace: 'flux-system',
    },
    spec: {
      interval: '5m',
      retryInterval: '2m',
      timeout: '5m',
      sourceRef: {
        kind: 'GitRepository',
        name: 'gitops-deploy',
      },
      path: './apps/backend/overlays/prod',
      prune: true,
      targetNamespace: 'backend',
      healthChecks: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'backend',
          namespace: 'backend',
        },
      ],
      dependsOn: [
        {
          name: 'infrastructure',
        },
      ],
      postBuild: {
        substituteFrom: [
          {
            kind: 'ConfigMap',
            name: 'cluster-config',
          },
        ],
      },
    },
  },
  'ImagePolicy/backend': {
    apiVersion: 'image.toolkit.fluxcd.io/v1beta2',
    kind: 'ImagePolicy',
    metadata: {
      name: 'backend',
      namespace: 'flux-system',
    },
    spec: {
      imageRepositoryRef: {
        name: 'backend',
      },
      policy: {
        semver: {
          range: '>=1.0.0',
        },
      },
    },
  },
  'Rollout/backend': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'backend',
    },
    spec: {
      replicas: 10,
      selector: {
        matchLabels: {
          app: 'backend',
        },
      },
      template: {
        metadata: {
          labels: {
            app: 'backend',
          },
        },
        spec: {
          containers: [
            {
              name: 'backend',
              image: 'ghcr.io/myorg/backend:v1.2.3',
              ports: [
                {
                  containerPort: 8080,
                },
              ],
              resources: {
                requests: {
                  cpu: '100m',
                  memory: '128Mi',
                },
                limits: {
                  cpu: '500m',
                  memory: '512Mi',
                },
              },
            },
          ],
        },
      },
      strategy: {
        canary: {
          canaryService: 'backend-canary',
          stableService: 'backend-stable',
          trafficRouting: {
            istio: {
              virtualServices: [
                {
                  name: 'backend-vsvc',
                  routes: ['primary'],
                },
              ],
            },
          },
          steps: [
            {
              setWeight: 5,
            },
            {
              pause: {
                duration: '2m',
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
            {
              setWeight: 25,
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
              },
            },
            {
              setWeight: 50,
            },
            {
              pause: {
                duration: '5m',
              },
            },
            {
              setWeight: 100,
            },
          ],
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
          interval: '30s',
          count: 5,
          successCondition: 'result[0] >= 0.95',
          failureLimit: 3,
          provider: {
            prometheus: {
              address: 'http://prometheus.monitoring:9090',
              query:
                'sum(rate(http_requests_total{service="{{args.service-name}}",status=~"2.."}[2m]))\n/\nsum(rate(http_requests_total{service="{{args.service-name}}"}[2m]))\n',
            },
          },
        },
        {
          name: 'p99-latency',
          interval: '30s',
          count: 5,
          successCondition: 'result[0] <= 500',
          failureLimit: 3,
          provider: {
            prometheus: {
              address: 'http://prometheus.monitoring:9090',
              query:
                'histogram_quantile(0.99,\n  sum(rate(http_request_duration_ms_bucket{service="{{args.service-name}}"}[2m])) by (le)\n)\n',
            },
          },
        },
      ],
    },
  },
  'ExternalSecret/db-credentials': {
    apiVersion: 'external-secrets.io/v1beta1',
    kind: 'ExternalSecret',
    metadata: {
      name: 'db-credentials',
      namespace: 'backend',
    },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: {
        name: 'aws-secrets-manager',
        kind: 'ClusterSecretStore',
      },
      target: {
        name: 'db-credentials',
        creationPolicy: 'Owner',
      },
      data: [
        {
          secretKey: 'username',
          remoteRef: {
            key: 'prod/backend/db',
            property: 'username',
          },
        },
        {
          secretKey: 'password',
          remoteRef: {
            key: 'prod/backend/db',
            property: 'password',
          },
        },
      ],
    },
  },
  'Kustomization/backend-prod (SOPS)': {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: {
      name: 'backend-prod',
      namespace: 'flux-system',
    },
    spec: {
      interval: '5m',
      sourceRef: {
        kind: 'GitRepository',
        name: 'gitops-deploy',
      },
      path: './apps/backend/overlays/prod',
      prune: true,
      decryption: {
        provider: 'sops',
        secretRef: {
          name: 'sops-age-key',
        },
      },
    },
  },
} as const satisfies Readonly<Record<string, JsonObject>>;
