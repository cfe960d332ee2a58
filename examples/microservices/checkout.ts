/** The service that may not fail: a canary that Prometheus judges, behind two Services that the rollout switches. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { ExternalSecret } from 'cdk8s-gitops/external-secrets';
import { AnalysisTemplate, analysis, canary, pause, prometheus, Rollout, setWeight } from 'cdk8s-gitops/rollouts';
import { k8s } from 'cdk8s-plus-28';
import { image, NAMESPACE, type Shop, STORE } from './shop';

export class Checkout extends EnvironmentStack<Shop> {
  constructor(env: Environment<Shop>) {
    super(env, 'checkout', { namespace: NAMESPACE });

    const credentials = new ExternalSecret(this, 'credentials', {
      metadata: { name: 'checkout-credentials' },
      secretStoreRef: STORE,
      refreshInterval: '1h',
      data: { DATABASE_PASSWORD: { key: `${env.config.secrets}/checkout`, property: 'password' } },
    });

    const success = new AnalysisTemplate(this, 'success-rate', {
      args: ['service'],
      metrics: (args) => [
        {
          name: 'success-rate',
          interval: '30s',
          count: 5,
          failureLimit: 3,
          successCondition: 'len(result) > 0 && result[0] >= 0.95',
          provider: prometheus({
            address: env.config.prometheus,
            query: [
              `sum(rate(http_requests_total{service="${args.service}",code!~"5.."}[2m]))`,
              `/ sum(rate(http_requests_total{service="${args.service}"}[2m]))`,
            ].join('\n'),
          }),
        },
      ],
    });

    const stable = this.service('checkout');
    const preview = this.service('checkout-canary');
    new Rollout(this, 'checkout', {
      replicas: env.config.replicas,
      containers: [
        {
          image: image('checkout'),
          port: 8080,
          env: [{ name: 'DOMAIN', value: env.config.domain }],
          envFrom: [{ secretRef: { name: credentials.name } }],
        },
      ],
      strategy: canary({
        stableService: stable,
        canaryService: preview,
        steps: env.production
          ? [setWeight(5), pause('2m'), analysis(success, { service: 'checkout' }), setWeight(50), pause('5m')]
          : [setWeight(50), pause('30s')],
      }),
    });
  }

  private service(name: string): k8s.KubeService {
    return new k8s.KubeService(this, `${name}-service`, {
      metadata: { name },
      spec: {
        selector: { 'app.kubernetes.io/name': 'checkout' },
        ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromNumber(8080) }],
      },
    });
  }
}
