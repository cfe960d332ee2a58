/** The program of the design card, as far as this room goes: written whole, and stable. */
import { type Environment, EnvironmentStack, GitOpsApp } from 'cdk8s-gitops';
import { ExternalSecret } from 'cdk8s-gitops/external-secrets';
import { AnalysisTemplate, analysis, canary, pause, prometheus, Rollout, setWeight } from 'cdk8s-gitops/rollouts';
import { synthTree } from 'cdk8s-gitops/testing';

interface Shop {
  readonly replicas: number;
  readonly domain: string;
}

class Checkout extends EnvironmentStack<Shop> {
  constructor(env: Environment<Shop>, id: string) {
    super(env, id, { namespace: 'shop' });

    new ExternalSecret(this, 'db', {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' },
      refreshInterval: '1h',
      data: { password: { key: `${env.name}/checkout/db`, property: 'password' } },
    });

    const success = new AnalysisTemplate(this, 'success-rate', {
      args: ['service'],
      metrics: (args) => [
        {
          name: 'success-rate',
          interval: '30s',
          count: 5,
          failureLimit: 3,
          successCondition: 'result[0] >= 0.95',
          provider: prometheus({
            address: 'http://prometheus.monitoring:9090',
            query: `sum(rate(ok{service="${args.service}"}[2m]))`,
          }),
        },
      ],
    });

    new Rollout(this, 'checkout', {
      replicas: env.config.replicas,
      containers: [{ image: 'ghcr.io/acme/checkout:v1.4.2', port: 8080 }],
      strategy: canary({
        steps: [setWeight(5), pause('2m'), analysis(success, { service: 'checkout' }), setWeight(50), pause('5m')],
      }),
    });
  }
}

function program(): GitOpsApp<Shop> {
  const app = new GitOpsApp<Shop>();
  const dev = app.environment('dev', {
    config: { replicas: 1, domain: 'dev.acme.io' },
    cluster: { server: 'https://dev.acme.io' },
  });
  app.environment('prod', {
    config: { replicas: 5, domain: 'acme.io' },
    cluster: { server: 'https://prod.acme.io' },
    after: dev,
    production: true,
  });
  for (const env of app.environments) new Checkout(env, 'checkout');
  return app;
}

test('a file for each object of each environment', () => {
  const tree = synthTree(program());
  expect(Object.keys(tree).filter((path) => path.startsWith('prod/checkout/'))).toEqual([
    'prod/checkout/analysistemplate-success-rate.yaml',
    'prod/checkout/externalsecret-db.yaml',
    'prod/checkout/kustomization.yaml',
    'prod/checkout/rollout-checkout.yaml',
  ]);
  expect(tree['prod/checkout/rollout-checkout.yaml']).toBe(`apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: checkout
  namespace: shop
spec:
  replicas: 5
  selector:
    matchLabels:
      app.kubernetes.io/name: checkout
  strategy:
    canary:
      steps:
        - setWeight: 5
        - pause:
            duration: 2m
        - analysis:
            args:
              - name: service
                value: checkout
            templates:
              - templateName: success-rate
        - setWeight: 50
        - pause:
            duration: 5m
  template:
    metadata:
      labels:
        app.kubernetes.io/name: checkout
    spec:
      containers:
        - image: ghcr.io/acme/checkout:v1.4.2
          name: checkout
          ports:
            - containerPort: 8080
`);
});

test('the same program writes the same bytes', () => {
  expect(synthTree(program())).toEqual(synthTree(program()));
});
