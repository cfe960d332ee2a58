/**
 * Differences that other controllers make on purpose, to spread into an Application's props. Ignoring a difference alone
 * lets the next sync write the field back; so each preset also asks to respect it.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/
 */
import type { ApplicationSpec } from '../../schema/generated/argo-cd';

type IgnoreDifference = NonNullable<ApplicationSpec['ignoreDifferences']>[number];

/** Props of an Application: `new Application(this, 'web', { …, ...ignoreHpaReplicas() })`. */
export interface IgnoredDifferences {
  readonly ignoreDifferences: readonly IgnoreDifference[];
  readonly syncOptions: { readonly respectIgnoreDifferences: true };
}

/** A workload that an autoscaler scales. */
export type ScaledKind = 'Deployment' | 'StatefulSet' | 'ReplicaSet' | 'Rollout';

export interface IgnoreHpaReplicasOptions {
  /** @default ['Deployment', 'StatefulSet', 'Rollout'] */
  readonly kinds?: readonly ScaledKind[];
  /** Only the workload of this name. @default - all of these kinds */
  readonly name?: string;
}

/** Leaves the number of replicas to an autoscaler. */
export function ignoreHpaReplicas({ kinds = DEFAULT_KINDS, name }: IgnoreHpaReplicasOptions = {}): IgnoredDifferences {
  const ignored = kinds.map((kind) => ({
    group: kind === 'Rollout' ? 'argoproj.io' : 'apps',
    kind,
    ...(name !== undefined && { name }),
    jsonPointers: ['/spec/replicas'],
  }));
  return respected(ignored);
}

const DEFAULT_KINDS: readonly ScaledKind[] = ['Deployment', 'StatefulSet', 'Rollout'];

/** What splits the traffic of a Rollout. */
export type TrafficRouter = keyof typeof ROUTES;

const ROUTES = {
  istio: [
    {
      group: 'networking.istio.io',
      kind: 'VirtualService',
      jqPathExpressions: [
        '.spec.http[]?.route[]?.weight',
        '.spec.tls[]?.route[]?.weight',
        '.spec.tcp[]?.route[]?.weight',
      ],
    },
    {
      group: 'networking.istio.io',
      kind: 'DestinationRule',
      jqPathExpressions: ['.spec.subsets[]?.labels["rollouts-pod-template-hash"]'],
    },
  ],
  'gateway-api': [
    {
      group: 'gateway.networking.k8s.io',
      kind: 'HTTPRoute',
      jqPathExpressions: ['.spec.rules[]?.backendRefs[]?.weight'],
    },
  ],
  smi: [{ group: 'split.smi-spec.io', kind: 'TrafficSplit', jqPathExpressions: ['.spec.backends[]?.weight'] }],
  traefik: [{ group: 'traefik.io', kind: 'TraefikService', jqPathExpressions: ['.spec.weighted.services[]?.weight'] }],
} as const satisfies Readonly<Record<string, readonly IgnoreDifference[]>>;

export interface IgnoreRolloutRouteWeightsOptions {
  /** @default ['istio', 'gateway-api'] */
  readonly routers?: readonly TrafficRouter[];
  /** Only the route of this name. @default - all of its kind */
  readonly name?: string;
}

/** Leaves the weights of routes to the Rollouts that shift traffic. */
export function ignoreRolloutRouteWeights({
  routers = ['istio', 'gateway-api'],
  name,
}: IgnoreRolloutRouteWeightsOptions = {}): IgnoredDifferences {
  const routes = routers.flatMap((router): readonly IgnoreDifference[] => ROUTES[router]);
  return respected(routes.map((route) => ({ ...route, ...(name !== undefined && { name }) })));
}

/** Several at once: `...ignoring(ignoreHpaReplicas(), ignoreRolloutRouteWeights())`. */
export function ignoring(...presets: readonly IgnoredDifferences[]): IgnoredDifferences {
  return respected(presets.flatMap(({ ignoreDifferences }) => ignoreDifferences));
}

function respected(ignoreDifferences: readonly IgnoreDifference[]): IgnoredDifferences {
  return { ignoreDifferences, syncOptions: { respectIgnoreDifferences: true } };
}
