/** Which namespace this room's objects are in. */
import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ResourceProps } from '../core/resource';

/** Argo CD's objects live in its own namespace, unless the stack or the object says another. */
export function inArgoCd<P extends ResourceProps>(scope: Construct, props: P): P {
  if (props.metadata?.namespace !== undefined || Chart.of(scope).namespace !== undefined) return props;
  return { ...props, metadata: { ...props.metadata, namespace: 'argocd' } };
}
