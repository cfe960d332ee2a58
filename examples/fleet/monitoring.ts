/** What runs on every production cluster: the namespace, who scrapes what, and when to wake somebody. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { PrometheusRule, ServiceMonitor } from 'cdk8s-gitops/prometheus-operator';
import { k8s } from 'cdk8s-plus-28';

export interface Region {
  readonly region: string;
  /** The share of failing requests that wakes somebody: 0 to 1. */
  readonly errorBudget: number;
}

export class Monitoring extends EnvironmentStack<Region> {
  constructor(env: Environment<Region>) {
    super(env, 'monitoring', { namespace: 'monitoring' });

    new k8s.KubeNamespace(this, 'namespace', {
      metadata: { name: 'monitoring', labels: { region: env.config.region } },
    });

    new ServiceMonitor(this, 'ingress', {
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/name': 'ingress' } },
        namespaceSelector: { matchNames: ['ingress'] },
        endpoints: [{ port: 'metrics', interval: '30s' }],
      },
    });

    new PrometheusRule(this, 'errors', {
      spec: {
        groups: [
          {
            name: 'errors',
            rules: [
              {
                alert: 'TooManyErrors',
                expr: `sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > ${env.config.errorBudget}`,
                for: '10m',
                labels: { severity: 'page', region: env.config.region },
                annotations: { summary: 'More requests fail than the error budget allows.' },
              },
            ],
          },
        ],
      },
    });
  }
}
