/** The objects of source document 004, as data. */
import type { JsonObject } from '../../../src/kernel/manifest';

export const documents004 = {
  'ApplicationSet/multi-environment-app': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'multi-environment-app',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          list: {
            elements: [
              {
                environment: 'dev',
                cluster: 'https://dev-cluster.example.com',
                namespace: 'app-dev',
                replicas: 1,
                domain: 'dev.example.com',
              },
              {
                environment: 'staging',
                cluster: 'https://staging-cluster.example.com',
                namespace: 'app-staging',
                replicas: 2,
                domain: 'staging.example.com',
              },
              {
                environment: 'prod',
                cluster: 'https://prod-cluster.example.com',
                namespace: 'app-prod',
                replicas: 5,
                domain: 'example.com',
              },
            ],
          },
        },
      ],
      template: {
        metadata: {
          name: '{{environment}}-app',
        },
        spec: {
          project: 'default',
          source: {
            repoURL: 'https://github.com/org/app-manifests',
            targetRevision: 'HEAD',
            path: 'overlays/{{environment}}',
            helm: {
              parameters: [
                {
                  name: 'replicaCount',
                  value: '{{replicas}}',
                },
                {
                  name: 'ingress.host',
                  value: '{{domain}}',
                },
              ],
            },
          },
          destination: {
            server: '{{cluster}}',
            namespace: '{{namespace}}',
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
  'ApplicationSet/git-directory-discovery': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'git-directory-discovery',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          git: {
            repoURL: 'https://github.com/org/kubernetes-manifests',
            revision: 'HEAD',
            directories: [
              {
                path: 'apps/*',
              },
              {
                path: 'infrastructure/*',
              },
            ],
          },
        },
      ],
      template: {
        metadata: {
          name: '{{path.basename}}',
          labels: {
            'app-type': '{{path[0]}}',
          },
        },
        spec: {
          project: 'default',
          source: {
            repoURL: 'https://github.com/org/kubernetes-manifests',
            targetRevision: 'HEAD',
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
            syncOptions: ['CreateNamespace=true'],
          },
        },
      },
    },
  },
  'ApplicationSet/git-file-discovery': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'git-file-discovery',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          git: {
            repoURL: 'https://github.com/org/app-registry',
            revision: 'HEAD',
            files: [
              {
                path: 'apps/**/app.json',
              },
            ],
          },
        },
      ],
      template: {
        metadata: {
          name: '{{app.name}}-{{environment}}',
          labels: {
            team: '{{app.team}}',
            tier: '{{app.tier}}',
          },
        },
        spec: {
          project: '{{app.project}}',
          source: {
            repoURL: '{{app.repoUrl}}',
            targetRevision: '{{app.branch}}',
            path: '{{app.path}}',
            helm: {
              valueFiles: ['values-{{environment}}.yaml'],
            },
          },
          destination: {
            server: '{{cluster.url}}',
            namespace: '{{app.namespace}}',
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
  'ApplicationSet/cluster-addons': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'cluster-addons',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          cluster: {
            selector: {
              matchLabels: {
                addon: 'monitoring',
              },
            },
            values: {
              revision: 'v1.2.3',
            },
          },
        },
      ],
      template: {
        metadata: {
          name: '{{name}}-prometheus',
        },
        spec: {
          project: 'infrastructure',
          source: {
            repoURL: 'https://prometheus-community.github.io/helm-charts',
            chart: 'kube-prometheus-stack',
            targetRevision: '{{values.revision}}',
            helm: {
              parameters: [
                {
                  name: 'prometheus.prometheusSpec.retention',
                  value: '{{metadata.labels.retention}}',
                },
                {
                  name: 'prometheus.prometheusSpec.storageClassName',
                  value: '{{metadata.labels.storageClass}}',
                },
              ],
            },
          },
          destination: {
            server: '{{server}}',
            namespace: 'monitoring',
          },
          syncPolicy: {
            automated: {
              prune: true,
              selfHeal: true,
            },
            syncOptions: ['CreateNamespace=true'],
          },
        },
      },
    },
  },
  'Secret/prod-cluster-east': {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'prod-cluster-east',
      namespace: 'argocd',
      labels: {
        'argocd.argoproj.io/secret-type': 'cluster',
        addon: 'monitoring',
        environment: 'production',
        region: 'us-east-1',
        retention: '30d',
        storageClass: 'fast-ssd',
      },
    },
    type: 'Opaque',
    stringData: {
      name: 'prod-east',
      server: 'https://prod-east.example.com',
      config:
        '{\n  "tlsClientConfig": {\n    "insecure": false,\n    "caData": "...",\n    "certData": "...",\n    "keyData": "..."\n  }\n}\n',
    },
  },
  'ApplicationSet/matrix-environments-clusters': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'matrix-environments-clusters',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          matrix: {
            generators: [
              {
                git: {
                  repoURL: 'https://github.com/org/environments',
                  revision: 'HEAD',
                  files: [
                    {
                      path: 'environments/*.yaml',
                    },
                  ],
                },
              },
              {
                cluster: {
                  selector: {
                    matchLabels: {
                      environment: '{{environment}}',
                    },
                  },
                },
              },
            ],
          },
        },
      ],
      template: {
        metadata: {
          name: 'app-{{environment}}-{{name}}',
          labels: {
            environment: '{{environment}}',
            cluster: '{{name}}',
            region: '{{metadata.labels.region}}',
          },
        },
        spec: {
          project: 'default',
          source: {
            repoURL: 'https://github.com/org/app',
            targetRevision: 'HEAD',
            path: 'deploy/overlays/{{environment}}',
            helm: {
              parameters: [
                {
                  name: 'cluster.name',
                  value: '{{name}}',
                },
                {
                  name: 'cluster.region',
                  value: '{{metadata.labels.region}}',
                },
              ],
            },
          },
          destination: {
            server: '{{server}}',
            namespace: 'app-{{environment}}',
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
  'ApplicationSet/merge-configuration': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'merge-configuration',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          merge: {
            mergeKeys: ['name'],
            generators: [
              {
                list: {
                  elements: [
                    {
                      name: 'dev',
                      cluster: 'https://dev.example.com',
                    },
                    {
                      name: 'staging',
                      cluster: 'https://staging.example.com',
                    },
                    {
                      name: 'prod',
                      cluster: 'https://prod.example.com',
                    },
                  ],
                },
              },
              {
                list: {
                  elements: [
                    {
                      name: 'prod',
                      replicaCount: 5,
                      resources: {
                        limits: {
                          memory: '4Gi',
                          cpu: '2000m',
                        },
                      },
                    },
                  ],
                },
              },
              {
                list: {
                  elements: [
                    {
                      name: 'dev',
                      replicaCount: 1,
                      debug: 'true',
                    },
                  ],
                },
              },
            ],
          },
        },
      ],
      template: {
        metadata: {
          name: 'app-{{name}}',
        },
        spec: {
          project: 'default',
          source: {
            repoURL: 'https://github.com/org/app',
            targetRevision: 'HEAD',
            path: 'deploy',
            helm: {
              parameters: [
                {
                  name: 'replicaCount',
                  value: '{{replicaCount | default "2"}}',
                },
                {
                  name: 'debug',
                  value: '{{debug | default "false"}}',
                },
                {
                  name: 'resources.limits.memory',
                  value: '{{resources.limits.memory | default "1Gi"}}',
                },
              ],
            },
          },
          destination: {
            server: '{{cluster}}',
            namespace: 'app',
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
  'Rollout/app-canary': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'app-canary',
      namespace: 'production',
    },
    spec: {
      replicas: 10,
      revisionHistoryLimit: 3,
      selector: {
        matchLabels: {
          app: 'myapp',
        },
      },
      template: {
        metadata: {
          labels: {
            app: 'myapp',
          },
        },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'myapp:v2.0.0',
              ports: [
                {
                  containerPort: 8080,
                },
              ],
              resources: {
                limits: {
                  memory: '512Mi',
                  cpu: '500m',
                },
              },
            },
          ],
        },
      },
      strategy: {
        canary: {
          canaryService: 'app-canary',
          stableService: 'app-stable',
          trafficRouting: {
            istio: {
              virtualService: {
                name: 'app-vsvc',
                routes: ['primary'],
              },
            },
          },
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
              setWeight: 25,
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
                  {
                    templateName: 'latency-p95',
                  },
                ],
                args: [
                  {
                    name: 'service-name',
                    value: 'app-canary',
                  },
                ],
              },
            },
            {
              setWeight: 50,
            },
            {
              pause: {
                duration: '15m',
              },
            },
            {
              analysis: {
                templates: [
                  {
                    templateName: 'success-rate',
                  },
                  {
                    templateName: 'latency-p95',
                  },
                  {
                    templateName: 'error-spike',
                  },
                ],
              },
            },
            {
              setWeight: 100,
            },
          ],
          autoPromotionEnabled: false,
          abortScaleDownDelaySeconds: 30,
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
          successCondition: 'result >= 0.95',
          failureLimit: 3,
          provider: {
            prometheus: {
              address: 'http://prometheus.monitoring:9090',
              query:
                'sum(rate(\n  http_requests_total{\n    service="{{args.service-name}}",\n    status=~"2.."\n  }[5m]\n))\n/\nsum(rate(\n  http_requests_total{\n    service="{{args.service-name}}"\n  }[5m]\n))\n',
            },
          },
        },
      ],
    },
  },
  'AnalysisTemplate/latency-p95': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: {
      name: 'latency-p95',
    },
    spec: {
      args: [
        {
          name: 'service-name',
        },
      ],
      metrics: [
        {
          name: 'p95-latency',
          interval: '1m',
          successCondition: 'result < 500',
          failureLimit: 3,
          provider: {
            prometheus: {
              address: 'http://prometheus.monitoring:9090',
              query:
                'histogram_quantile(0.95,\n  sum(rate(\n    http_request_duration_seconds_bucket{\n      service="{{args.service-name}}"\n    }[5m]\n  )) by (le)\n) * 1000\n',
            },
          },
        },
      ],
    },
  },
  'AnalysisTemplate/error-spike': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: {
      name: 'error-spike',
    },
    spec: {
      args: [
        {
          name: 'service-name',
        },
      ],
      metrics: [
        {
          name: 'error-rate-increase',
          interval: '1m',
          successCondition: 'result < 1.2',
          failureLimit: 2,
          provider: {
            prometheus: {
              address: 'http://prometheus.monitoring:9090',
              query:
                '# Current error rate\n(\n  sum(rate(\n    http_requests_total{\n      service="{{args.service-name}}",\n      status=~"5.."\n    }[5m]\n  ))\n)\n/\n# Baseline error rate (24h ago)\n(\n  sum(rate(\n    http_requests_total{\n      service="{{args.service-name}}",\n      status=~"5.."\n    }[5m] offset 24h\n  ))\n)\n',
            },
          },
        },
      ],
    },
  },
  'VirtualService/app-vsvc': {
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'VirtualService',
    metadata: {
      name: 'app-vsvc',
      namespace: 'production',
    },
    spec: {
      hosts: ['app.example.com'],
      http: [
        {
          name: 'primary',
          match: [
            {
              uri: {
                prefix: '/',
              },
            },
          ],
          route: [
            {
              destination: {
                host: 'app-stable',
                port: {
                  number: 80,
                },
              },
              weight: 90,
            },
            {
              destination: {
                host: 'app-canary',
                port: {
                  number: 80,
                },
              },
              weight: 10,
            },
          ],
        },
      ],
    },
  },
  'Rollout/app-bluegreen': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'app-bluegreen',
      namespace: 'production',
    },
    spec: {
      replicas: 5,
      revisionHistoryLimit: 2,
      selector: {
        matchLabels: {
          app: 'myapp',
        },
      },
      template: {
        metadata: {
          labels: {
            app: 'myapp',
          },
        },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'myapp:v2.0.0',
              ports: [
                {
                  containerPort: 8080,
                },
              ],
            },
          ],
        },
      },
      strategy: {
        blueGreen: {
          activeService: 'app-active',
          previewService: 'app-preview',
          autoPromotionEnabled: false,
          autoPromotionSeconds: 300,
          scaleDownDelaySeconds: 30,
          scaleDownDelayRevisionLimit: 1,
          prePromotionAnalysis: {
            templates: [
              {
                templateName: 'smoke-tests',
              },
              {
                templateName: 'integration-tests',
              },
            ],
            args: [
              {
                name: 'service-url',
                value: 'http://app-preview.production.svc.cluster.local',
              },
            ],
          },
          postPromotionAnalysis: {
            templates: [
              {
                templateName: 'success-rate',
              },
              {
                templateName: 'latency-p95',
              },
            ],
            args: [
              {
                name: 'service-name',
                value: 'app-active',
              },
            ],
          },
        },
      },
    },
  },
  'AnalysisTemplate/smoke-tests': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: {
      name: 'smoke-tests',
    },
    spec: {
      args: [
        {
          name: 'service-url',
        },
      ],
      metrics: [
        {
          name: 'health-check',
          count: 3,
          interval: '30s',
          successCondition: 'result == "200"',
          failureLimit: 1,
          provider: {
            web: {
              url: '{{args.service-url}}/health',
              jsonPath: '{$.status}',
            },
          },
        },
        {
          name: 'readiness-check',
          count: 3,
          interval: '30s',
          successCondition: 'result == "ready"',
          provider: {
            web: {
              url: '{{args.service-url}}/ready',
              jsonPath: '{$.state}',
            },
          },
        },
        {
          name: 'version-check',
          count: 1,
          successCondition: 'result != ""',
          provider: {
            web: {
              url: '{{args.service-url}}/version',
              jsonPath: '{$.version}',
            },
          },
        },
      ],
    },
  },
  'Service/app-active': {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'app-active',
      namespace: 'production',
    },
    spec: {
      selector: {
        app: 'myapp',
      },
      ports: [
        {
          protocol: 'TCP',
          port: 80,
          targetPort: 8080,
        },
      ],
    },
  },
  'Service/app-preview': {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'app-preview',
      namespace: 'production',
    },
    spec: {
      selector: {
        app: 'myapp',
      },
      ports: [
        {
          protocol: 'TCP',
          port: 80,
          targetPort: 8080,
        },
      ],
    },
  },
  'Ingress/app-ingress': {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'app-ingress',
      namespace: 'production',
    },
    spec: {
      rules: [
        {
          host: 'app.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: {
                    name: 'app-active',
                    port: {
                      number: 80,
                    },
                  },
                },
              },
            ],
          },
        },
        {
          host: 'preview.app.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: {
                    name: 'app-preview',
                    port: {
                      number: 80,
                    },
                  },
                },
              },
            ],
          },
        },
      ],
    },
  },
  'Rollout/app-ab-test': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'app-ab-test',
      namespace: 'production',
    },
    spec: {
      replicas: 10,
      selector: {
        matchLabels: {
          app: 'myapp',
        },
      },
      template: {
        metadata: {
          labels: {
            app: 'myapp',
          },
        },
        spec: {
          containers: [
            {
              name: 'app',
              image: 'myapp:v2.0.0',
              ports: [
                {
                  containerPort: 8080,
                },
              ],
            },
          ],
        },
      },
      strategy: {
        canary: {
          canaryService: 'app-variant-b',
          stableService: 'app-variant-a',
          trafficRouting: {
            istio: {
              virtualService: {
                name: 'app-ab-vsvc',
                routes: ['primary'],
              },
            },
          },
          steps: [
            {
              setWeight: 50,
            },
            {
              analysis: {
                templates: [
                  {
                    templateName: 'ab-test-analysis',
                  },
                ],
                args: [
                  {
                    name: 'variant-a-service',
                    value: 'app-variant-a',
                  },
                  {
                    name: 'variant-b-service',
                    value: 'app-variant-b',
                  },
                  {
                    name: 'metric',
                    value: 'conversion_rate',
                  },
                  {
                    name: 'significance-level',
                    value: '0.05',
                  },
                  {
                    name: 'minimum-sample-size',
                    value: '1000',
                  },
                ],
              },
            },
          ],
        },
      },
    },
  },
  'VirtualService/app-ab-vsvc': {
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'VirtualService',
    metadata: {
      name: 'app-ab-vsvc',
      namespace: 'production',
    },
    spec: {
      hosts: ['app.example.com'],
      http: [
        {
          name: 'primary',
          match: [
            {
              headers: {
                'x-user-segment': {
                  exact: 'premium',
                },
              },
            },
          ],
          route: [
            {
              destination: {
                host: 'app-variant-b',
                port: {
                  number: 80,
                },
              },
            },
          ],
        },
        {
          name: 'beta-users',
          match: [
            {
              headers: {
                'x-user-id': {
                  regex: '.*[02468]$',
                },
              },
            },
          ],
          route: [
            {
              destination: {
                host: 'app-variant-b',
                port: {
                  number: 80,
                },
              },
            },
          ],
        },
        {
          name: 'default',
          route: [
            {
              destination: {
                host: 'app-variant-a',
                port: {
                  number: 80,
                },
              },
            },
          ],
        },
      ],
    },
  },
  'AnalysisTemplate/ab-test-analysis': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: {
      name: 'ab-test-analysis',
    },
    spec: {
      args: [
        {
          name: 'variant-a-service',
        },
        {
          name: 'variant-b-service',
        },
        {
          name: 'metric',
        },
        {
          name: 'significance-level',
          value: '0.05',
        },
        {
          name: 'minimum-sample-size',
          value: '1000',
        },
      ],
      metrics: [
        {
          name: 'variant-a-metric',
          interval: '5m',
          count: 12,
          provider: {
            prometheus: {
              address: 'http://prometheus.monitoring:9090',
              query:
                'sum(rate(\n  {{args.metric}}{\n    service="{{args.variant-a-service}}"\n  }[5m]\n))\n/\nsum(rate(\n  http_requests_total{\n    service="{{args.variant-a-service}}"\n  }[5m]\n))\n',
            },
          },
        },
        {
          name: 'variant-b-metric',
          interval: '5m',
          count: 12,
          provider: {
            prometheus: {
              address: 'http://prometheus.monitoring:9090',
              query:
                'sum(rate(\n  {{args.metric}}{\n    service="{{args.variant-b-service}}"\n  }[5m]\n))\n/\nsum(rate(\n  http_requests_total{\n    service="{{args.variant-b-service}}"\n  }[5m]\n))\n',
            },
          },
        },
        {
          name: 'sample-size-check',
          interval: '5m',
          successCondition: 'result >= {{args.minimum-sample-size}}',
          provider: {
            prometheus: {
              address: 'http://prometheus.monitoring:9090',
              query:
                'min(\n  sum(rate(http_requests_total{service="{{args.variant-a-service}}"}[1h])),\n  sum(rate(http_requests_total{service="{{args.variant-b-service}}"}[1h]))\n)\n',
            },
          },
        },
        {
          name: 'ab-test-winner',
          interval: '5m',
          successCondition: 'result == "B" || result == "inconclusive"',
          failureCondition: 'result == "A"',
          provider: {
            job: {
              spec: {
                template: {
                  spec: {
                    containers: [
                      {
                        name: 'ab-test-calculator',
                        image: 'ab-test-calculator:latest',
                        env: [
                          {
                            name: 'VARIANT_A_SERVICE',
                            value: '{{args.variant-a-service}}',
                          },
                          {
                            name: 'VARIANT_B_SERVICE',
                            value: '{{args.variant-b-service}}',
                          },
                          {
                            name: 'METRIC_NAME',
                            value: '{{args.metric}}',
                          },
                          {
                            name: 'SIGNIFICANCE_LEVEL',
                            value: '{{args.significance-level}}',
                          },
                        ],
                      },
                    ],
                    restartPolicy: 'Never',
                  },
                },
              },
            },
          },
        },
      ],
    },
  },
  'Application/auto-sync-app': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'auto-sync-app',
      namespace: 'argocd',
    },
    spec: {
      syncPolicy: {
        automated: {
          prune: true,
          selfHeal: true,
          allowEmpty: false,
        },
        syncOptions: ['CreateNamespace=true', 'Validate=true', 'ServerSideApply=true', 'Replace=false'],
        retry: {
          limit: 5,
          backoff: {
            duration: '5s',
            factor: 2,
            maxDuration: '3m',
          },
        },
      },
    },
  },
  'Application/manual-sync-app': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'manual-sync-app',
      namespace: 'argocd',
      annotations: {
        'notifications.argoproj.io/subscribe.on-sync-running.slack': 'gitops-channel',
        'notifications.argoproj.io/subscribe.on-sync-succeeded.slack': 'gitops-channel',
        'notifications.argoproj.io/subscribe.on-sync-failed.slack': 'gitops-channel',
      },
    },
    spec: {
      syncPolicy: {
        syncOptions: ['CreateNamespace=true', 'Validate=true'],
      },
    },
  },
  'fragment/self-heal-grace': {
    syncPolicy: {
      automated: {
        selfHeal: true,
      },
      syncOptions: ['SelfHealGracePeriod=300'],
    },
  },
  'fragment/self-heal-annotation': {
    metadata: {
      annotations: {
        'argocd.argoproj.io/sync-options': 'SelfHeal=false',
      },
    },
  },
  'fragment/self-heal-by-kind': {
    spec: {
      ignoreDifferences: [
        {
          group: 'apps',
          kind: 'Deployment',
          jsonPointers: ['/spec/replicas'],
        },
        {
          group: '',
          kind: 'Service',
          jsonPointers: ['/spec/ports'],
        },
      ],
    },
  },
  'fragment/safe-pruning': {
    syncPolicy: {
      automated: {
        prune: true,
      },
      syncOptions: ['PrunePropagationPolicy=foreground', 'PruneLast=true'],
    },
  },
  'fragment/prune-annotation': {
    metadata: {
      annotations: {
        'argocd.argoproj.io/sync-options': 'Prune=false',
      },
    },
  },
  'fragment/prune-by-kind': {
    spec: {
      syncPolicy: {
        automated: {
          prune: true,
        },
      },
      ignoreDifferences: [
        {
          group: '',
          kind: 'PersistentVolumeClaim',
          jsonPointers: ['/spec'],
        },
      ],
    },
  },
  'Namespace/app': {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'app',
      annotations: {
        'argocd.argoproj.io/sync-wave': '0',
      },
    },
  },
  'ConfigMap/app-config': {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'app-config',
      annotations: {
        'argocd.argoproj.io/sync-wave': '1',
      },
    },
  },
  'Deployment/app': {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'app',
      annotations: {
        'argocd.argoproj.io/sync-wave': '2',
      },
    },
  },
  'Ingress/app-ingress (wave)': {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: 'app-ingress',
      annotations: {
        'argocd.argoproj.io/sync-wave': '3',
      },
    },
  },
  'Job/db-migration': {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'db-migration',
      annotations: {
        'argocd.argoproj.io/hook': 'PreSync',
        'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded',
      },
    },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'migrate',
              image: 'migrate-tool:latest',
              command: ['migrate', 'up'],
            },
          ],
          restartPolicy: 'Never',
        },
      },
    },
  },
  'Job/smoke-tests': {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'smoke-tests',
      annotations: {
        'argocd.argoproj.io/hook': 'PostSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      },
    },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'test',
              image: 'test-runner:latest',
              command: ['run-tests', '--smoke'],
            },
          ],
          restartPolicy: 'Never',
        },
      },
    },
  },
  'Job/sync-failure-notification': {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: 'sync-failure-notification',
      annotations: {
        'argocd.argoproj.io/hook': 'SyncFail',
        'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded',
      },
    },
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'notify',
              image: 'notification-service:latest',
              env: [
                {
                  name: 'MESSAGE',
                  value: 'Application sync failed: {{.metadata.name}}',
                },
              ],
            },
          ],
          restartPolicy: 'Never',
        },
      },
    },
  },
  'ConfigMap/argocd-cm': {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cm',
      namespace: 'argocd',
    },
    data: {
      'resource.customizations.health.argoproj.io_Rollout':
        'health_status = {}\nif obj.status ~= nil then\n  if obj.status.conditions ~= nil then\n    for i, condition in ipairs(obj.status.conditions) do\n      if condition.type == "Progressing" and condition.reason == "ProgressDeadlineExceeded" then\n        health_status.status = "Degraded"\n        health_status.message = "Rollout exceeded progress deadline"\n        return health_status\n      end\n    end\n  end\nend\nhealth_status.status = "Healthy"\nreturn health_status\n',
    },
  },
  'fragment/health-check-timeout': {
    spec: {
      syncPolicy: {
        automated: {
          selfHeal: true,
        },
      },
      healthCheckTimeout: 300,
      healthCheckMaxRetries: 5,
    },
  },
  'ConfigMap/argocd-notifications-cm': {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-notifications-cm',
      namespace: 'argocd',
    },
    data: {
      'trigger.on-health-degraded': "- when: app.status.health.status == 'Degraded'\n  send: [app-degraded]\n",
      'template.app-degraded':
        'message: |\n  Application {{.app.metadata.name}} is degraded.\n  Health status: {{.app.status.health.status}}\n  Message: {{.app.status.health.message}}\n  View in ArgoCD: {{.context.argocdUrl}}/applications/{{.app.metadata.name}}\nslack:\n  attachments: |\n    [{\n      "title": "Application Degraded",\n      "title_link": "{{.context.argocdUrl}}/applications/{{.app.metadata.name}}",\n      "color": "warning",\n      "fields": [\n        {\n          "title": "Application",\n          "value": "{{.app.metadata.name}}",\n          "short": true\n        },\n        {\n          "title": "Health Status",\n          "value": "{{.app.status.health.status}}",\n          "short": true\n        },\n        {\n          "title": "Message",\n          "value": "{{.app.status.health.message}}",\n          "short": false\n        }\n      ]\n    }]\n',
    },
  },
  'Rollout/auto-rollback-app': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'auto-rollback-app',
    },
    spec: {
      strategy: {
        canary: {
          steps: [
            {
              setWeight: 20,
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
                    templateName: 'health-check',
                  },
                ],
              },
            },
          ],
          abortScaleDownDelaySeconds: 30,
          maxUnavailable: 1,
        },
      },
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      progressDeadlineAbort: true,
    },
  },
  'ApplicationSet/hub-spoke-deployment': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'hub-spoke-deployment',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          cluster: {
            selector: {
              matchLabels: {
                'cluster-type': 'spoke',
              },
            },
          },
        },
      ],
      template: {
        metadata: {
          name: '{{name}}-app',
          labels: {
            cluster: '{{name}}',
            region: '{{metadata.labels.region}}',
          },
        },
        spec: {
          project: 'multi-cluster',
          source: {
            repoURL: 'https://github.com/org/app',
            targetRevision: 'HEAD',
            path: 'deploy',
            helm: {
              parameters: [
                {
                  name: 'cluster.name',
                  value: '{{name}}',
                },
                {
                  name: 'cluster.region',
                  value: '{{metadata.labels.region}}',
                },
                {
                  name: 'cluster.environment',
                  value: '{{metadata.labels.environment}}',
                },
              ],
            },
          },
          destination: {
            server: '{{server}}',
            namespace: 'applications',
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
  'Secret/spoke-cluster-east': {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'spoke-cluster-east',
      namespace: 'argocd',
      labels: {
        'argocd.argoproj.io/secret-type': 'cluster',
        'cluster-type': 'spoke',
        region: 'us-east-1',
        environment: 'production',
      },
    },
    type: 'Opaque',
    stringData: {
      name: 'prod-east',
      server: 'https://spoke-east.example.com',
      config:
        '{\n  "tlsClientConfig": {\n    "insecure": false,\n    "caData": "...",\n    "certData": "...",\n    "keyData": "..."\n  }\n}\n',
    },
  },
  'ApplicationSet/fleet-platform-services': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: {
      name: 'fleet-platform-services',
      namespace: 'argocd',
    },
    spec: {
      generators: [
        {
          cluster: {
            selector: {
              matchExpressions: [
                {
                  key: 'fleet',
                  operator: 'In',
                  values: ['production', 'staging'],
                },
              ],
            },
          },
        },
      ],
      template: {
        metadata: {
          name: '{{name}}-platform',
        },
        spec: {
          project: 'platform',
          source: {
            repoURL: 'https://github.com/org/platform',
            targetRevision: 'HEAD',
            path: 'services/{{metadata.labels.fleet}}',
          },
          destination: {
            server: '{{server}}',
            namespace: 'platform',
          },
          syncPolicy: {
            automated: {
              prune: true,
              selfHeal: true,
            },
            syncOptions: ['CreateNamespace=true'],
          },
        },
      },
    },
  },
  'fragment/cluster-selection': {
    spec: {
      generators: [
        {
          cluster: {
            selector: {
              matchExpressions: [
                {
                  key: 'environment',
                  operator: 'In',
                  values: ['production'],
                },
                {
                  key: 'region',
                  operator: 'In',
                  values: ['us-east-1', 'us-west-2'],
                },
                {
                  key: 'addon',
                  operator: 'In',
                  values: ['monitoring'],
                },
                {
                  key: 'maintenance',
                  operator: 'NotIn',
                  values: ['true'],
                },
              ],
            },
          },
        },
      ],
    },
  },
  'NetworkPolicy/multi-cluster-policy': {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: 'multi-cluster-policy',
      namespace: 'applications',
    },
    spec: {
      podSelector: {
        matchLabels: {
          app: 'myapp',
        },
      },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchLabels: {
                  cluster: 'hub',
                },
              },
            },
            {
              podSelector: {
                matchLabels: {
                  component: 'controller',
                },
              },
            },
          ],
        },
      ],
      egress: [
        {
          to: [
            {
              namespaceSelector: {
                matchLabels: {
                  'cluster-type': 'spoke',
                },
              },
            },
          ],
          ports: [
            {
              protocol: 'TCP',
              port: 443,
            },
          ],
        },
      ],
    },
  },
  'SealedSecret/app-secrets': {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: {
      name: 'app-secrets',
      namespace: 'production',
    },
    spec: {
      encryptedData: {
        'database-password': 'AgBh3...encrypted...',
        'api-key': 'AgCx9...encrypted...',
      },
    },
  },
  'ExternalSecret/app-secrets': {
    apiVersion: 'external-secrets.io/v1beta1',
    kind: 'ExternalSecret',
    metadata: {
      name: 'app-secrets',
      namespace: 'production',
    },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: {
        name: 'azure-keyvault',
        kind: 'SecretStore',
      },
      target: {
        name: 'app-secrets',
        creationPolicy: 'Owner',
      },
      data: [
        {
          secretKey: 'database-password',
          remoteRef: {
            key: 'app-database-password',
          },
        },
        {
          secretKey: 'api-key',
          remoteRef: {
            key: 'app-api-key',
          },
        },
      ],
    },
  },
  'ServiceMonitor/argocd-metrics': {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: {
      name: 'argocd-metrics',
      namespace: 'argocd',
    },
    spec: {
      selector: {
        matchLabels: {
          'app.kubernetes.io/name': 'argocd-metrics',
        },
      },
      endpoints: [
        {
          port: 'metrics',
          interval: '30s',
        },
      ],
    },
  },
} as const satisfies Readonly<Record<string, JsonObject>>;
