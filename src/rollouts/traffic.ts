/** Traffic routers of a canary, one function each. Their return types say which steps they can carry out. */
import type { JsonObject } from '../kernel/manifest';
import type {
  RolloutSpecStrategyCanaryTrafficRouting,
  RolloutSpecStrategyCanaryTrafficRoutingIstioVirtualService,
} from '../schema/generated/argo-rollouts';
import { type NameRef, named, nameOf } from './reference';

/** Upstream's `trafficRouting`. */
export type TrafficRouting = RolloutSpecStrategyCanaryTrafficRouting;

type Router<K extends keyof TrafficRouting> = NonNullable<TrafficRouting[K]>;
type Routing<K extends keyof TrafficRouting> = Pick<TrafficRouting, 'managedRoutes' | 'maxTrafficWeight'> & {
  readonly [P in K]-?: Router<P>;
};

export type IstioRouting = Routing<'istio'>;
export type NginxRouting = Routing<'nginx'>;
export type AlbRouting = Routing<'alb'>;
export type SmiRouting = Routing<'smi'>;
export type ApisixRouting = Routing<'apisix'>;
export type AmbassadorRouting = Routing<'ambassador'>;
export type AppMeshRouting = Routing<'appMesh'>;
export type TraefikRouting = Routing<'traefik'>;
export type PluginRouting = Routing<'plugins'>;

/** For routers that can hold routes of header and mirror steps. */
export interface ManagedRoutes {
  /** The routes that steps may set, first one wins. @default - none */
  readonly managedRoutes?: readonly NameRef[];
}

/** For routers whose weights may have another total than 100. */
export interface MaxTrafficWeight {
  /** What all the traffic amounts to in `setWeight`. @default 100 */
  readonly maxTrafficWeight?: number;
}

/** A VirtualService by name or construct, or with the routes that may be changed. */
export type VirtualServiceRef = NameRef | RolloutSpecStrategyCanaryTrafficRoutingIstioVirtualService;

/** Exactly one of `virtualService` and `virtualServices`. */
export type IstioProps = Omit<Router<'istio'>, 'virtualService' | 'virtualServices'> &
  ManagedRoutes &
  (
    | { readonly virtualService: VirtualServiceRef; readonly virtualServices?: never }
    | { readonly virtualServices: readonly VirtualServiceRef[]; readonly virtualService?: never }
  );

/** Istio: by two services, or by the subsets of a DestinationRule. */
export function istio({ managedRoutes, virtualService, virtualServices, ...rest }: IstioProps): IstioRouting {
  return {
    istio: {
      ...rest,
      ...(virtualService !== undefined && { virtualService: named(virtualService) }),
      ...(virtualServices !== undefined && { virtualServices: virtualServices.map((each) => named(each)) }),
    },
    ...routes(managedRoutes),
  };
}

/** Exactly one of `stableIngress` and `stableIngresses`. */
export type NginxProps = Omit<Router<'nginx'>, 'stableIngress' | 'stableIngresses'> &
  MaxTrafficWeight &
  (
    | { readonly stableIngress: NameRef; readonly stableIngresses?: never }
    | { readonly stableIngresses: readonly NameRef[]; readonly stableIngress?: never }
  );

/** ingress-nginx: a canary Ingress beside the stable one. */
export function nginx({ maxTrafficWeight, stableIngress, stableIngresses, ...rest }: NginxProps): NginxRouting {
  return {
    nginx: {
      ...rest,
      ...(stableIngress !== undefined && { stableIngress: nameOf(stableIngress) }),
      ...(stableIngresses !== undefined && { stableIngresses: stableIngresses.map((each) => nameOf(each)) }),
    },
    ...total(maxTrafficWeight),
  };
}

/** Exactly one of `ingress` and `ingresses`. */
export type AlbProps = Omit<Router<'alb'>, 'ingress' | 'ingresses' | 'rootService'> &
  ManagedRoutes & {
    /** The Service that the Ingress names, when it is not the stable one; a must with ping-pong. */
    readonly rootService?: NameRef;
  } & (
    | { readonly ingress: NameRef; readonly ingresses?: never }
    | { readonly ingresses: readonly NameRef[]; readonly ingress?: never }
  );

/** AWS load balancer: weights in an annotation of the Ingress. */
export function alb({ managedRoutes, ingress, ingresses, rootService, ...rest }: AlbProps): AlbRouting {
  return {
    alb: {
      ...rest,
      ...(ingress !== undefined && { ingress: nameOf(ingress) }),
      ...(ingresses !== undefined && { ingresses: ingresses.map((each) => nameOf(each)) }),
      ...(rootService !== undefined && { rootService: nameOf(rootService) }),
    },
    ...routes(managedRoutes),
  };
}

export interface SmiProps extends Omit<Router<'smi'>, 'rootService'> {
  /** The Service that clients call. @default - the stable one */
  readonly rootService?: NameRef;
}

/** A TrafficSplit of the Service Mesh Interface. */
export function smi({ rootService, ...rest }: SmiProps = {}): SmiRouting {
  return { smi: { ...rest, ...(rootService !== undefined && { rootService: nameOf(rootService) }) } };
}

/** An ApisixRoute. */
export function apisix({ managedRoutes, ...rest }: Router<'apisix'> & ManagedRoutes): ApisixRouting {
  return { apisix: rest, ...routes(managedRoutes) };
}

/** Ambassador Mappings, which must set no weight of their own. */
export function ambassador({ mappings }: { readonly mappings: readonly NameRef[] }): AmbassadorRouting {
  return { ambassador: { mappings: mappings.map((each) => nameOf(each)) } };
}

/** An AWS App Mesh VirtualRouter. */
export function appMesh(props: Router<'appMesh'>): AppMeshRouting {
  return { appMesh: props };
}

/** A weighted TraefikService. */
export function traefik(props: { readonly weightedTraefikServiceName: NameRef }): TraefikRouting {
  return { traefik: { weightedTraefikServiceName: nameOf(props.weightedTraefikServiceName) } };
}

/** A traffic router plugin that the controller has installed: `argoproj-labs/gatewayAPI`. */
export function pluginRouter(
  name: string,
  config: JsonObject,
  { managedRoutes, maxTrafficWeight }: ManagedRoutes & MaxTrafficWeight = {},
): PluginRouting {
  return { plugins: { [name]: config }, ...routes(managedRoutes), ...total(maxTrafficWeight) };
}

function routes(managedRoutes: readonly NameRef[] | undefined): Pick<TrafficRouting, 'managedRoutes'> {
  return managedRoutes === undefined ? {} : { managedRoutes: managedRoutes.map((each) => ({ name: nameOf(each) })) };
}

function total(maxTrafficWeight: number | undefined): Pick<TrafficRouting, 'maxTrafficWeight'> {
  return maxTrafficWeight === undefined ? {} : { maxTrafficWeight };
}
