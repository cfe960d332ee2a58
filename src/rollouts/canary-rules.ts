/** Rules over a canary strategy outside its steps: pods, services, traffic routing. */
import type { Rule } from '../kernel/rule';
import type { Rollout } from '../schema/generated/argo-rollouts';
import { type CanaryView, canaryRule, isPresent, type RoutingView, sampleCanary } from './rule-support';

const VALIDATION = 'pkg/apis/rollouts/validation/validation.go';

const SERVICES = ['canaryService: checkout-canary', 'stableService: checkout-stable'];
const NGINX = 'trafficRouting: { nginx: { stableIngress: checkout } }';
const ALB = 'trafficRouting: { alb: { ingress: checkout, servicePort: 80, rootService: checkout } }';
const PING_PONG = 'pingPong: { pingService: checkout-ping, pongService: checkout-pong }';

/** A count as the controller reads it, percent sign or not; undefined where the default of 25% holds. */
function podCount(value: string | number | null | undefined): number | undefined {
  if (!isPresent(value)) return undefined;
  return typeof value === 'number' ? value : Number.parseInt(value, 10);
}

const surgeZero = canaryRule({
  code: 'rollouts-surge-and-unavailable-zero',
  summary: 'No pod may be added and none may be missing, so none can be replaced.',
  why: `the controller sets InvalidSpec; each is 25% unless set (RO-07, ${VALIDATION}).`,
  fix: 'set maxSurge or maxUnavailable to 1 or more',
  wrong: sampleCanary('maxSurge: 0', 'maxUnavailable: 0%'),
  right: sampleCanary('maxSurge: 1', 'maxUnavailable: 0'),
  check({ maxSurge, maxUnavailable }, report) {
    if (podCount(maxSurge) !== 0 || podCount(maxUnavailable) !== 0) return;
    report(['maxSurge'], 'MaxSurge and MaxUnavailable both can not be zero');
  },
});

const surgeUnreadable = canaryRule({
  code: 'rollouts-pod-count',
  summary: 'A count of pods is neither a number nor a percentage.',
  why: `maxSurge and maxUnavailable are whole numbers from 0, or a percentage such as 25% (RO-07, utils/replicaset/replicaset.go).`,
  fix: "write a whole number, or a percentage such as '25%'",
  wrong: sampleCanary('maxSurge: a quarter'),
  right: sampleCanary('maxSurge: 25%'),
  check(canary, report) {
    for (const field of ['maxSurge', 'maxUnavailable'] as const) {
      const value = canary[field];
      if (!isPresent(value) || (typeof value === 'number' ? value >= 0 : /^\d+%?$/.test(value))) continue;
      report([field], `${JSON.stringify(value)} is no count of pods`);
    }
  },
});

const surgePercent = canaryRule({
  code: 'rollouts-pod-count-percent-implied',
  severity: 'warning',
  summary: 'A count of pods in quotes is taken for a percentage.',
  why: 'text without a percent sign is still read as percent, so "5" is not five pods (RO-07, utils/replicaset/replicaset.go GetValueFromIntOrPercent).',
  fix: 'write the number without quotes for pods, or with a percent sign',
  wrong: sampleCanary("maxSurge: '5'"),
  right: sampleCanary('maxSurge: 5'),
  check(canary, report) {
    for (const field of ['maxSurge', 'maxUnavailable'] as const) {
      const value = canary[field];
      if (typeof value === 'string' && /^\d+$/.test(value)) report([field], `'${value}' is read as ${value}%`);
    }
  },
});

const servicesSame = canaryRule({
  code: 'rollouts-canary-services-same',
  summary: 'The canary Service is the stable Service.',
  why: `the controller sets InvalidSpec (RO-08, ${VALIDATION} ValidateRolloutStrategyCanary).`,
  fix: 'use two Services',
  wrong: sampleCanary('canaryService: checkout', 'stableService: checkout'),
  right: sampleCanary(...SERVICES),
  check({ canaryService, stableService }, report) {
    if (!canaryService || canaryService !== stableService) return;
    report(
      ['stableService'],
      `This rollout uses the same service for the stable and canary services ('${stableService}'), but two different services are required.`,
    );
  },
});

const servicesMissing = canaryRule({
  code: 'rollouts-canary-services-missing',
  summary: 'The traffic router has no two Services to split between.',
  why: `alb without ping-pong, istio without a DestinationRule, smi, apisix, ambassador, nginx, appMesh and traefik need both; the controller sets InvalidSpec (RO-08, ${VALIDATION} requireCanaryStableServices).`,
  fix: 'set canaryService and stableService; the Rollout does not create them',
  wrong: sampleCanary('stableService: checkout-stable', NGINX),
  right: sampleCanary(...SERVICES, NGINX),
  check(canary, report) {
    if (!needsServices(canary)) return;
    for (const field of ['stableService', 'canaryService'] as const) {
      if (!canary[field]) report([field], 'Canary service and Stable service must to be set to use Traffic Routing');
    }
  },
});

function needsServices({ trafficRouting: router, pingPong }: CanaryView): boolean {
  if (!isPresent(router)) return false;
  return (
    (isPresent(router.alb) && !isPresent(pingPong)) ||
    (isPresent(router.istio) && !isPresent(router.istio.destinationRule) && !isPresent(pingPong)) ||
    [router.smi, router.apisix, router.ambassador, router.nginx, router.appMesh, router.traefik].some(isPresent)
  );
}

const delayWithoutRouter = canaryRule({
  code: 'rollouts-scale-down-delay-router',
  summary: 'A delay before scaling down, without traffic routing.',
  why: `without a router the pods share the traffic, so old ones cannot stay idle; the controller sets InvalidSpec (RO-09, ${VALIDATION}).`,
  fix: 'drop scaleDownDelaySeconds, or add trafficRouting',
  wrong: sampleCanary('scaleDownDelaySeconds: 30'),
  right: sampleCanary('scaleDownDelaySeconds: 30', ...SERVICES, NGINX),
  check({ trafficRouting, scaleDownDelaySeconds: delay }, report) {
    if (isPresent(trafficRouting) || !isPresent(delay)) return;
    report(
      ['scaleDownDelaySeconds'],
      `Canary scaleDownDelaySeconds can only be used with traffic routing: got ${delay}`,
    );
  },
});

const dynamicScale = canaryRule({
  code: 'rollouts-dynamic-stable-scale',
  summary: 'dynamicStableScale without traffic routing, or with a delay before scaling down.',
  why: `the controller sets InvalidSpec (RO-09, ${VALIDATION}).`,
  fix: 'add trafficRouting, and drop scaleDownDelaySeconds; or drop dynamicStableScale',
  wrong: sampleCanary('dynamicStableScale: true'),
  right: sampleCanary('dynamicStableScale: true', ...SERVICES, NGINX),
  check({ trafficRouting, dynamicStableScale, scaleDownDelaySeconds }, report) {
    if (dynamicStableScale !== true) return;
    if (!isPresent(trafficRouting)) {
      report(['dynamicStableScale'], 'Canary dynamicStableScale can only be used with traffic routing');
    } else if (isPresent(scaleDownDelaySeconds)) {
      report(['dynamicStableScale'], 'Canary dynamicStableScale cannot be used with scaleDownDelaySeconds');
    }
  },
});

const abortDelay = canaryRule({
  code: 'rollouts-abort-delay-ignored',
  severity: 'warning',
  summary: 'A delay after an abort, without traffic routing.',
  why: 'a canary without a router scales down at once after an abort, whatever the field says; nor does it undo anything in Git (RO-09, S-44, utils/defaults/defaults.go).',
  fix: 'drop abortScaleDownDelaySeconds, or add trafficRouting',
  wrong: sampleCanary('abortScaleDownDelaySeconds: 30'),
  right: sampleCanary('abortScaleDownDelaySeconds: 30', ...SERVICES, NGINX),
  check({ trafficRouting, abortScaleDownDelaySeconds: delay }, report) {
    if (isPresent(trafficRouting) || !isPresent(delay)) return;
    report(['abortScaleDownDelaySeconds'], `${delay} is ignored without trafficRouting`);
  },
});

const pingPong = canaryRule({
  code: 'rollouts-ping-pong',
  summary: 'Ping-pong Services that are one, or a router that cannot use them.',
  why: `ping-pong works with alb, which then needs a root Service, and with istio; the controller sets InvalidSpec (RO-10, ${VALIDATION}).`,
  fix: 'use two Services, with alb and its rootService, or with istio',
  wrong: sampleCanary('pingPong: { pingService: checkout, pongService: checkout }', ALB),
  right: sampleCanary(PING_PONG, ALB),
  check({ pingPong: pair, trafficRouting: router }, report) {
    if (!isPresent(pair)) return;
    const { pingService: ping, pongService: pong } = pair;
    for (const field of ['pingService', 'pongService'] as const) {
      if (pair[field] !== '') continue;
      report(['pingPong', field], 'Ping service and Pong service must to be set to use Ping-Pong feature');
    }
    if (ping && ping === pong) {
      report(
        ['pingPong', 'pingService'],
        `This rollout uses the same service for the ping and pong services ('${ping}'), but two different services are required.`,
      );
    }
    if (!isPresent(router)) return;
    if (!isPresent(router.alb) && !isPresent(router.istio)) {
      report(
        ['trafficRouting'],
        `Ping-pong feature works with the ALB and Istio traffic routing only: got ${routersOf(router)}`,
      );
    } else if (isPresent(router.alb) && !router.alb.rootService) {
      report(
        ['trafficRouting', 'alb', 'rootService'],
        'Root service field is required for the configuration with ALB and ping-pong feature enabled',
      );
    }
  },
});

/** The names of the routers, for messages. */
export function routersOf(router: RoutingView): string {
  const names = Object.keys(router).filter((key) => key !== 'managedRoutes' && key !== 'maxTrafficWeight');
  return names.length === 0 ? 'none' : names.join(', ');
}

const maxTrafficWeight = canaryRule({
  code: 'rollouts-max-traffic-weight-router',
  summary: 'maxTrafficWeight with a router whose weights always add up to 100.',
  why: `the controller sets InvalidSpec (RO-11, ${VALIDATION}).`,
  fix: 'drop maxTrafficWeight; only nginx and plugins know it',
  wrong: sampleCanary(...SERVICES, 'trafficRouting: { maxTrafficWeight: 1000, smi: {} }'),
  right: sampleCanary(...SERVICES, 'trafficRouting: { maxTrafficWeight: 1000, nginx: { stableIngress: checkout } }'),
  check({ trafficRouting: router }, report) {
    if (!isPresent(router?.maxTrafficWeight)) return;
    if (isPresent(router.nginx) || Object.keys(router.plugins ?? {}).length > 0) return;
    report(
      ['trafficRouting', 'maxTrafficWeight'],
      `Canary maxTrafficWeight in traffic routing only support in Nginx and Plugins: got ${routersOf(router)}`,
    );
  },
});

/** The fields of which one is for a single object and the other for several. */
const OBJECTS = [
  ['istio', 'virtualService', 'virtualServices'],
  ['alb', 'ingress', 'ingresses'],
  ['nginx', 'stableIngress', 'stableIngresses'],
] as const;

const routerObjects = canaryRule({
  code: 'rollouts-router-objects',
  summary: 'The router names no object to write its weights to, or names them twice.',
  why: 'one object or a list, never both: istio virtualService or virtualServices, alb ingress or ingresses, nginx stableIngress or stableIngresses (RO-19, pkg/apis/rollouts/validation/validation_references.go).',
  fix: 'set exactly one of the two fields',
  wrong: sampleCanary(...SERVICES, 'trafficRouting: { istio: {} }'),
  right: sampleCanary(...SERVICES, 'trafficRouting: { istio: { virtualService: { name: checkout } } }'),
  check({ trafficRouting: router }, report) {
    for (const [name, one, several] of OBJECTS) {
      const own = router?.[name] as Readonly<Record<string, unknown>> | null | undefined;
      if (!isPresent(own)) continue;
      const single = isPresent(own[one]) && own[one] !== '';
      const list = Array.isArray(own[several]) && own[several].length > 0;
      if (single !== list) continue;
      report(
        ['trafficRouting', name],
        `either ${one} or ${several} must be configured: ${single ? 'both are' : 'neither is'}`,
      );
    }
  },
});

export const canaryRules: readonly Rule<Rollout>[] = [
  surgeZero,
  surgeUnreadable,
  surgePercent,
  servicesSame,
  servicesMissing,
  delayWithoutRouter,
  dynamicScale,
  abortDelay,
  pingPong,
  maxTrafficWeight,
  routerObjects,
];
