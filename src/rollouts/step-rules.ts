/** Rules over the steps of a canary. */
import { tryParseGoDuration } from '../kernel/duration';
import type { FieldPath } from '../kernel/issue';
import type { Report, Rule } from '../kernel/rule';
import type { Rollout } from '../schema/generated/argo-rollouts';
import { routersOf } from './canary-rules';
import { isPresent, type RoutingView, type StepView, sampleCanary, stepRule } from './rule-support';

const VALIDATION = 'pkg/apis/rollouts/validation/validation.go';

const SERVICES = ['canaryService: checkout-canary', 'stableService: checkout-stable'];
const ISTIO =
  'trafficRouting: { istio: { virtualService: { name: checkout } }, managedRoutes: [{ name: testers }, { name: mirror }] }';
const NGINX = 'trafficRouting: { nginx: { stableIngress: checkout } }';
const NGINX_MANAGED =
  'trafficRouting: { nginx: { stableIngress: checkout }, managedRoutes: [{ name: testers }, { name: mirror }] }';
const ALB = 'trafficRouting: { alb: { ingress: checkout, servicePort: 80 }, managedRoutes: [{ name: testers }] }';
const HEADER = 'setHeaderRoute: { name: testers, match: [{ headerName: X-Tester, headerValue: { exact: "1" } }] }';

const ACTIONS = [
  'setWeight',
  'pause',
  'experiment',
  'analysis',
  'setCanaryScale',
  'setHeaderRoute',
  'setMirrorRoute',
  'plugin',
] as const;

const oneAction = stepRule({
  code: 'rollouts-step',
  summary: 'A step does nothing, or several things.',
  why: `an empty step and most combinations make the controller set InvalidSpec; of the other combinations it does one and drops the rest (RO-12, ${VALIDATION}).`,
  fix: 'write one step for each action, in the order they are to happen',
  wrong: sampleCanary('steps: [{ setWeight: 20, pause: { duration: 5m } }]'),
  right: sampleCanary('steps: [{ setWeight: 20 }, { pause: { duration: 5m } }]'),
  check(step, report) {
    const set = ACTIONS.filter((action) => isPresent(step[action]));
    if (set.length === 0) report([], `Step must have one of the following set: ${ACTIONS.join(', ')}`);
    else if (set.length > 1) report([], `a step has one action: got ${set.join(' and ')}`);
  },
});

const weightRange = stepRule({
  code: 'rollouts-set-weight',
  summary: 'A weight is below zero, or more than all the traffic.',
  why: `the controller sets InvalidSpec; all the traffic is 100, or maxTrafficWeight (RO-13, ${VALIDATION}).`,
  fix: 'use a weight from 0 to 100, or to maxTrafficWeight where the router has one',
  wrong: sampleCanary('steps: [{ setWeight: 120 }]'),
  right: sampleCanary('steps: [{ setWeight: 100 }]'),
  check({ setWeight: weight }, report, { trafficRouting }) {
    const most = trafficRouting?.maxTrafficWeight ?? 100;
    if (!isPresent(weight) || (weight >= 0 && weight <= most)) return;
    report(['setWeight'], `SetWeight needs to be between 0 and ${most}: got ${weight}`);
  },
});

const MOST_SECONDS = 2 ** 31 - 1;

/** Seconds as the controller reads them; undefined where it cannot. */
function pauseSeconds(duration: string | number): number | undefined {
  if (typeof duration === 'number') return duration;
  if (/^[+-]?\d+$/.test(duration)) return Number(duration);
  return tryParseGoDuration(duration);
}

const pauseDuration = stepRule({
  code: 'rollouts-pause-duration',
  summary: 'A pause has no readable length, or a negative one.',
  why: `seconds as a number or digits, or a Go duration; days and blanks are not read, and what is not read counts as -1, which the controller refuses (RO-13, ${VALIDATION}).`,
  fix: 'write seconds, or a duration in h, m, s and ms: 30, 90s, 1h30m; a day is 24h; leave it out to wait for promotion',
  wrong: sampleCanary('steps: [{ pause: { duration: 5d } }]'),
  right: sampleCanary('steps: [{ pause: { duration: 120h } }]'),
  check({ pause }, report) {
    const duration = pause?.duration;
    if (!isPresent(duration)) return;
    const seconds = pauseSeconds(duration);
    if (seconds === undefined) {
      report(['pause', 'duration'], `${JSON.stringify(duration)} is no duration`);
    } else if (Math.trunc(seconds) < 0) {
      report(['pause', 'duration'], `Duration needs to be greater than 0: got ${duration}`);
    } else if (seconds > MOST_SECONDS) {
      report(['pause', 'duration'], `${duration} is more than ${MOST_SECONDS} seconds, the most a pause can last`);
    }
  },
});

const canaryScale = stepRule({
  code: 'rollouts-set-canary-scale',
  summary: 'A canary is scaled without traffic routing, or by none or several measures.',
  why: `without a router the number of pods is the weight, so the controller sets InvalidSpec; of several measures it takes one (RO-14, ${VALIDATION}).`,
  fix: 'set exactly one of weight, replicas and matchTrafficWeight: true, with trafficRouting',
  wrong: sampleCanary('steps: [{ setCanaryScale: { weight: 50 } }]'),
  right: sampleCanary(...SERVICES, NGINX, 'steps: [{ setCanaryScale: { weight: 50 } }]'),
  check({ setCanaryScale: scale }, report, { trafficRouting }) {
    if (!isPresent(scale)) return;
    if (!isPresent(trafficRouting)) report(['setCanaryScale'], 'SetCanaryScale requires TrafficRouting to be set');
    const set = [
      isPresent(scale.weight) && 'weight',
      isPresent(scale.replicas) && 'replicas',
      scale.matchTrafficWeight === true && 'matchTrafficWeight',
    ].filter((name) => name !== false);
    if (set.length === 1) return;
    const got = set.length === 0 ? 'none' : set.join(' and ');
    report(['setCanaryScale'], `exactly one of weight, replicas and matchTrafficWeight: true is needed, got ${got}`);
  },
});

function routesByHeader(router: RoutingView): boolean {
  return [router.istio, router.alb, router.apisix].some(isPresent) || Object.keys(router.plugins ?? {}).length > 0;
}

const headerRouter = stepRule({
  code: 'rollouts-header-route-router',
  summary: 'A header route without a router that can make one.',
  why: `only istio, alb, apisix and plugins route by header; the controller sets InvalidSpec (RO-15, ${VALIDATION}).`,
  fix: 'use istio, alb, apisix or a plugin for trafficRouting, or drop the step',
  wrong: sampleCanary(...SERVICES, NGINX_MANAGED, `steps: [{ ${HEADER} }]`),
  right: sampleCanary(...SERVICES, ISTIO, `steps: [{ ${HEADER} }]`),
  check({ setHeaderRoute }, report, { trafficRouting: router }) {
    if (!isPresent(setHeaderRoute) || (isPresent(router) && routesByHeader(router))) return;
    report(
      ['setHeaderRoute'],
      `SetHeaderRoute requires TrafficRouting, supports Istio and ALB and Apisix: got ${routersOf(router ?? {})}`,
    );
  },
});

const mirrorRouter = stepRule({
  code: 'rollouts-mirror-route-router',
  summary: 'A mirror route without istio.',
  why: `the controller sets InvalidSpec (RO-15, ${VALIDATION}).`,
  fix: 'use istio for trafficRouting, or drop the step',
  wrong: sampleCanary(...SERVICES, NGINX_MANAGED, 'steps: [{ setMirrorRoute: { name: mirror, percentage: 50 } }]'),
  right: sampleCanary(...SERVICES, ISTIO, 'steps: [{ setMirrorRoute: { name: mirror, percentage: 50 } }]'),
  check({ setMirrorRoute }, report, { trafficRouting: router }) {
    if (!isPresent(setMirrorRoute) || isPresent(router?.istio)) return;
    report(
      ['setMirrorRoute'],
      `SetMirrorRoute requires TrafficRouting, supports Istio only: got ${routersOf(router ?? {})}`,
    );
  },
});

const managedRoute = stepRule({
  code: 'rollouts-managed-route',
  summary: 'A step sets a route that the traffic routing does not list.',
  why: `managedRoutes gives the order of the routes; the controller sets InvalidSpec for one that is not in it (RO-15, ${VALIDATION} ValidateStepRouteFoundInManagedRoute).`,
  fix: 'add the name to trafficRouting.managedRoutes',
  wrong: sampleCanary(
    ...SERVICES,
    'trafficRouting: { istio: { virtualService: { name: checkout } }, managedRoutes: [{ name: mirror }] }',
    `steps: [{ ${HEADER} }]`,
  ),
  right: sampleCanary(...SERVICES, ISTIO, `steps: [{ ${HEADER} }]`),
  check(step, report, { trafficRouting: router }) {
    if (!isPresent(router)) return;
    const known = (router.managedRoutes ?? []).map((route) => route?.name);
    for (const action of ['setHeaderRoute', 'setMirrorRoute'] as const) {
      const route = step[action];
      if (!isPresent(route) || known.includes(route.name ?? '')) continue;
      const list = known.length === 0 ? 'which is empty' : `which has ${known.join(', ')}`;
      report(
        [action, 'name'],
        `Steps define a route that does not exist in spec.strategy.canary.trafficRouting.managedRoutes, ${list}: got '${route.name ?? ''}'`,
      );
    }
  },
});

interface Match {
  readonly exact?: string | undefined;
  readonly prefix?: string | undefined;
  readonly regex?: string | undefined;
}

/** Every text comparison of a step, with its path. */
function matchesOf({ setHeaderRoute, setMirrorRoute }: StepView): [Match, FieldPath][] {
  const found: [Match | undefined, FieldPath][] = [];
  for (const [index, match] of (setHeaderRoute?.match ?? []).entries()) {
    found.push([match?.headerValue, ['setHeaderRoute', 'match', index, 'headerValue']]);
  }
  for (const [index, match] of (setMirrorRoute?.match ?? []).entries()) {
    const at = ['setMirrorRoute', 'match', index];
    found.push([match?.method, [...at, 'method']], [match?.path, [...at, 'path']]);
    for (const [name, value] of Object.entries(match?.headers ?? {})) found.push([value, [...at, 'headers', name]]);
  }
  return found.filter((entry): entry is [Match, FieldPath] => isPresent(entry[0]));
}

const stringMatch = stepRule({
  code: 'rollouts-string-match',
  summary: 'A text is compared in no way, or in several.',
  why: `the controller sets InvalidSpec (RO-15, ${VALIDATION} hasMultipleMatchValues).`,
  fix: 'set exactly one of exact, prefix and regex',
  wrong: sampleCanary(
    ...SERVICES,
    ISTIO,
    'steps: [{ setHeaderRoute: { name: testers, match: [{ headerName: X-Tester, headerValue: { exact: "1", prefix: "1" } }] } }]',
  ),
  right: sampleCanary(...SERVICES, ISTIO, `steps: [{ ${HEADER} }]`),
  check(step, report) {
    for (const [match, path] of matchesOf(step)) {
      const set = (['exact', 'prefix', 'regex'] as const).filter((way) => match[way]);
      if (set.length === 1) continue;
      report(
        path,
        set.length === 0
          ? 'StringMatch value missed, match value must have one of the following: exact, regex, prefix'
          : `StringMatch match value must have exactly one of the following: exact, regex, prefix: got ${set.join(' and ')}`,
      );
    }
  },
});

const albMatch = stepRule({
  code: 'rollouts-header-route-alb',
  summary: 'A load balancer of AWS is to compare a header other than exactly.',
  why: `the controller sets InvalidSpec (RO-15, ${VALIDATION} hasALBInvalidValues).`,
  fix: 'use exact, with one match for each value',
  wrong: sampleCanary(
    ...SERVICES,
    ALB,
    'steps: [{ setHeaderRoute: { name: testers, match: [{ headerName: X-Tester, headerValue: { prefix: "1" } }] } }]',
  ),
  right: sampleCanary(...SERVICES, ALB, `steps: [{ ${HEADER} }]`),
  check({ setHeaderRoute }, report, { trafficRouting: router }) {
    if (!isPresent(router?.alb)) return;
    for (const [index, match] of (setHeaderRoute?.match ?? []).entries()) {
      const { prefix, regex } = match?.headerValue ?? {};
      if (!prefix && !regex) continue;
      report(
        ['setHeaderRoute', 'match', index, 'headerValue'],
        `SetHeaderRoute match value invalid. ALB supports 'exact' value only: got ${prefix ? 'prefix' : 'regex'}`,
      );
    }
  },
});

function forEachExperimentTemplate(
  step: StepView,
  visit: (template: NonNullable<NonNullable<StepView['experiment']>['templates']>[number], at: FieldPath) => void,
): void {
  for (const [index, template] of (step.experiment?.templates ?? []).entries()) {
    visit(template ?? {}, ['experiment', 'templates', index]);
  }
}

const experimentWeight = stepRule({
  code: 'rollouts-experiment-weight-router',
  summary: 'An experiment is to get traffic that nothing can send it.',
  why: `only alb, smi, istio and plugins split traffic three ways; the controller sets InvalidSpec (RO-16, ${VALIDATION}).`,
  fix: 'drop the weight, or use alb, smi, istio or a plugin for trafficRouting',
  wrong: sampleCanary('steps: [{ experiment: { templates: [{ name: baseline, specRef: stable, weight: 5 }] } }]'),
  right: sampleCanary(
    ...SERVICES,
    ISTIO,
    'steps: [{ experiment: { templates: [{ name: baseline, specRef: stable, weight: 5 }] } }]',
  ),
  check(step, report, { trafficRouting: router }) {
    const able =
      isPresent(router) &&
      ([router.alb, router.smi, router.istio].some(isPresent) || Object.keys(router.plugins ?? {}).length > 0);
    if (able) return;
    forEachExperimentTemplate(step, ({ weight }, at) => {
      if (!isPresent(weight)) return;
      report(
        [...at, 'weight'],
        isPresent(router)
          ? `Experiment template weight is only available for TrafficRouting with SMI, ALB, Istio and Plugins: got ${routersOf(router)}`
          : 'Experiment template weight cannot be set unless TrafficRouting is enabled',
      );
    });
  },
});

const experimentSpecRef = stepRule({
  code: 'rollouts-experiment-spec-ref',
  summary: 'An experiment runs the pods of an unknown version.',
  why: 'there are two versions during a rollout; for any other word the controller creates no experiment (rollout/experiment.go GetExperimentFromTemplate).',
  fix: "use 'canary' for the new version, 'stable' for the old one",
  wrong: sampleCanary('steps: [{ experiment: { templates: [{ name: baseline, specRef: baseline }] } }]'),
  right: sampleCanary('steps: [{ experiment: { templates: [{ name: baseline, specRef: stable }] } }]'),
  check(step, report) {
    forEachExperimentTemplate(step, ({ specRef }, at) => {
      if (specRef === undefined || specRef === 'canary' || specRef === 'stable') return;
      report([...at, 'specRef'], `'${specRef}' is neither 'canary' nor 'stable'`);
    });
  },
});

/** Reports what `time.ParseDuration` does not read. */
export function reportDuration(value: string | null | undefined, path: FieldPath, report: Report): void {
  if (!isPresent(value) || value === '') return;
  const seconds = tryParseGoDuration(value);
  if (seconds === undefined) report(path, `time: invalid duration ${JSON.stringify(value)}`);
  else if (seconds < 0) report(path, `${value} is negative`);
}

const experimentDuration = stepRule({
  code: 'rollouts-experiment-duration',
  summary: 'An experiment has no readable length.',
  why: 'the length is a Go duration; one that is not read makes the experiment fail (experiments/experiment.go, Go time.ParseDuration).',
  fix: 'write a duration in h, m, s and ms: 90s, 1h30m; a day is 24h',
  wrong: sampleCanary('steps: [{ experiment: { duration: 1d, templates: [{ name: baseline, specRef: stable }] } }]'),
  right: sampleCanary('steps: [{ experiment: { duration: 24h, templates: [{ name: baseline, specRef: stable }] } }]'),
  check({ experiment }, report) {
    reportDuration(experiment?.duration, ['experiment', 'duration'], report);
  },
});

export const stepRules: readonly Rule<Rollout>[] = [
  oneAction,
  weightRange,
  pauseDuration,
  canaryScale,
  headerRouter,
  mirrorRouter,
  managedRoute,
  stringMatch,
  albMatch,
  experimentWeight,
  experimentSpecRef,
  experimentDuration,
];
