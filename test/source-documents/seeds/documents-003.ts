/** The objects of source document 003, as data. */
import type { JsonObject } from '../../../src/kernel/manifest';

export const documents003 = {
  'Application/my-app': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'my-app',
      namespace: 'argocd',
    },
    spec: {
      project: 'my-team',
      source: {
        repoURL: 'https://github.com/myorg/config-repo',
        targetRevision: 'main',
        path: 'apps/my-app/overlays/production',
      },
      destination: {
        server: 'https://kubernetes.default.svc',
        namespace: 'my-app-prod',
      },
      syncPolicy: {
        automated: {
          prune: true,
          selfHeal: true,
        },
        syncOptions: ['CreateNamespace=true', 'PrunePropagationPolicy=foreground'],
      },
      revisionHistoryLimit: 10,
    },
  },
  'fragment/manual-sync': {
    syncPolicy: {},
  },
  'fragment/automated-sync': {
    syncPolicy: {
      automated: {
        prune: true,
        selfHeal: true,
      },
    },
  },
  'fragment/hooks': {
    syncPolicy: {
      syncOptions: ['RespectIgnoreDifferences=true'],
    },
  },
  'Application/root': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'root',
      namespace: 'argocd',
    },
    spec: {
      source: {
        path: 'clusters/production/apps',
      },
      syncPolicy: {
        automated: {
          prune: true,
          selfHeal: true,
        },
      },
    },
  },
  'ApplicationSet/apps': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'apps',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          git: {
            repoURL: 'https://github.com/myorg/config-repo',
            revision: 'main',
            directories: [
              {
                path: 'apps/*/overlays/production',
              },
            ],
          },
        },
      ],
      template: {
        metadata: {
          name: '{{path.basename}}',
        },
        spec: {
          project: 'default',
          source: {
            repoURL: 'https://github.com/myorg/config-repo',
            targetRevision: 'main',
            path: '{{path}}',
          },
          destination: {
            server: 'https://kubernetes.default.svc',
            namespace: '{{path.basename}}',
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
  'AppProject/my-team': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: {
      name: 'my-team',
      namespace: 'argocd',
    },
    spec: {
      description: 'My Team applications',
      sourceRepos: ['https://github.com/myorg/*'],
      destinations: [
        {
          namespace: 'my-team-*',
          server: 'https://kubernetes.default.svc',
        },
      ],
      clusterResourceWhitelist: [
        {
          group: '',
          kind: 'Namespace',
        },
      ],
      roles: [
        {
          name: 'developer',
          description: 'Can sync apps but not delete',
          policies: [
            'p, proj:my-team:developer, applications, get, my-team/*, allow',
            'p, proj:my-team:developer, applications, sync, my-team/*, allow',
          ],
          groups: ['my-team-developers'],
        },
      ],
    },
  },
  'fragment/image-updater': {
    metadata: {
      annotations: {
        'argocd-image-updater.argoproj.io/image-list': 'my-app=myorg/my-app',
        'argocd-image-updater.argoproj.io/my-app.update-strategy': 'semver',
        'argocd-image-updater.argoproj.io/my-app.allow-tags': 'regexp:^v[0-9]+\\.[0-9]+\\.[0-9]+$',
        'argocd-image-updater.argoproj.io/write-back-method': 'git',
        'argocd-image-updater.argoproj.io/git-branch': 'main',
      },
    },
  },
  'GitRepository/config-repo': {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: {
      name: 'config-repo',
      namespace: 'flux-system',
    },
    spec: {
      interval: '1m',
      url: 'https://github.com/myorg/config-repo',
      ref: {
        branch: 'main',
      },
      secretRef: {
        name: 'flux-system',
      },
    },
  },
  'Kustomization/my-app': {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: {
      name: 'my-app',
      namespace: 'flux-system',
    },
    spec: {
      interval: '10m',
      path: './apps/my-app/overlays/production',
      prune: true,
      sourceRef: {
        kind: 'GitRepository',
        name: 'config-repo',
      },
      healthChecks: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'my-app',
          namespace: 'my-app-prod',
        },
      ],
      postBuild: {
        substituteFrom: [
          {
            kind: 'ConfigMap',
            name: 'cluster-vars',
          },
        ],
      },
    },
  },
  'HelmRelease/cert-manager': {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: {
      name: 'cert-manager',
      namespace: 'flux-system',
    },
    spec: {
      interval: '1h',
      chart: {
        spec: {
          chart: 'cert-manager',
          version: '>=1.14.0 <2.0.0',
          sourceRef: {
            kind: 'HelmRepository',
            name: 'jetstack',
          },
        },
      },
      values: {
        installCRDs: true,
        replicaCount: 2,
      },
      valuesFrom: [
        {
          kind: 'ConfigMap',
          name: 'cert-manager-values',
        },
      ],
    },
  },
  'Alert/slack-alert': {
    apiVersion: 'notification.toolkit.fluxcd.io/v1beta3',
    kind: 'Alert',
    metadata: {
      name: 'slack-alert',
      namespace: 'flux-system',
    },
    spec: {
      providerRef: {
        name: 'slack',
      },
      eventSeverity: 'error',
      eventSources: [
        {
          kind: 'Kustomization',
          name: '*',
        },
        {
          kind: 'HelmRelease',
          name: '*',
        },
      ],
      summary: 'Flux sync failure in production cluster',
    },
  },
  'kustomization.yaml/production': {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: ['../../base/my-app'],
    namePrefix: 'prod-',
    nameSuffix: '',
    commonLabels: {
      environment: 'production',
    },
    patches: [
      {
        path: 'hpa-patch.yaml',
      },
    ],
    images: [
      {
        name: 'myorg/my-app',
        newTag: 'v1.2.3',
      },
    ],
    configMapGenerator: [
      {
        name: 'app-config',
        literals: ['LOG_LEVEL=warn', 'REPLICA_COUNT=5'],
      },
    ],
  },
  'ExternalSecret/my-app-secrets': {
    apiVersion: 'external-secrets.io/v1beta1',
    kind: 'ExternalSecret',
    metadata: {
      name: 'my-app-secrets',
    },
    spec: {
      refreshInterval: '5m',
      secretStoreRef: {
        name: 'aws-secrets-manager',
        kind: 'ClusterSecretStore',
      },
      target: {
        name: 'my-app-secrets',
        creationPolicy: 'Owner',
      },
      data: [
        {
          secretKey: 'API_KEY',
          remoteRef: {
            key: 'prod/my-app',
            property: 'api_key',
          },
        },
      ],
    },
  },
  'ClusterSecretStore/aws-secrets-manager': {
    apiVersion: 'external-secrets.io/v1beta1',
    kind: 'ClusterSecretStore',
    metadata: {
      name: 'aws-secrets-manager',
    },
    spec: {
      provider: {
        aws: {
          service: 'SecretsManager',
          region: 'eu-west-1',
          auth: {
            jwt: {
              serviceAccountRef: {
                name: 'external-secrets-sa',
                namespace: 'external-secrets',
              },
            },
          },
        },
      },
    },
  },
  'ApplicationSet/my-app-all-clusters': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'my-app-all-clusters',
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
          name: 'my-app-{{name}}',
        },
        spec: {
          project: 'default',
          source: {
            path: 'apps/my-app/overlays/production',
          },
          destination: {
            server: '{{server}}',
            namespace: 'my-app',
          },
        },
      },
    },
  },
} as const satisfies Readonly<Record<string, JsonObject>>;
