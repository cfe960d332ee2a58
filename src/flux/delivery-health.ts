/** How Flux learns that kinds which it cannot judge are healthy. */
import { groupOf, type Identity } from '../kernel/manifest';
import type { KustomizationProps } from './kustomization';

type HealthCheckExprs = NonNullable<KustomizationProps['healthCheckExprs']>;

/** The text of the generation: Argo Rollouts writes observedGeneration as text, on which Flux's own check fails. */
const OBSERVED = 'status.observedGeneration == string(metadata.generation)';

const EXPRESSIONS: HealthCheckExprs = [
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    failed: `${OBSERVED} && status.phase == 'Degraded'`,
    current: `${OBSERVED} && status.phase == 'Healthy'`,
  },
];

/**
 * The expressions that the objects of a stack need, behind those given. A kind has one expression, so a given one wins.
 */
export function healthCheckExprsFor(
  objects: readonly Identity[],
  given: HealthCheckExprs = [],
): HealthCheckExprs | undefined {
  const needed = EXPRESSIONS.filter((expression) => {
    const isMeant = ({ apiVersion, kind }: { apiVersion: string; kind?: string }) =>
      groupOf(apiVersion) === groupOf(expression.apiVersion) && (kind === undefined || kind === expression.kind);
    const isThere = objects.some(
      ({ group, kind }) => kind === expression.kind && group === groupOf(expression.apiVersion),
    );
    return isThere && !given.some(isMeant);
  });
  const all = [...given, ...needed];
  return all.length === 0 ? undefined : all;
}
