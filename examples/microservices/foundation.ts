/** What must be there before any service: the namespace, and the limits that hold in it. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { k8s } from 'cdk8s-plus-28';
import { NAMESPACE, type Shop } from './shop';

export class Foundation extends EnvironmentStack<Shop> {
  constructor(env: Environment<Shop>) {
    super(env, 'foundation', { namespace: NAMESPACE });

    new k8s.KubeNamespace(this, 'namespace', {
      metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });

    new k8s.KubeLimitRange(this, 'defaults', {
      spec: {
        limits: [
          {
            type: 'Container',
            defaultRequest: { cpu: k8s.Quantity.fromString('50m'), memory: k8s.Quantity.fromString('64Mi') },
            default: { memory: k8s.Quantity.fromString('256Mi') },
          },
        ],
      },
    });
  }
}
