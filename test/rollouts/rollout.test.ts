/** Rollout: pods, selector, strategies. */
import { ApiObject, App, Chart, Duration } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { waive } from '../../src';
import {
  alb,
  analysis,
  blueGreen,
  canary,
  experiment,
  istio,
  nginx,
  pause,
  plugin,
  Rollout,
  type RolloutProps,
  setCanaryScale,
  setHeaderRoute,
  setMirrorRoute,
  setWeight,
  smi,
} from '../../src/rollouts';
import { codesOf, issuesOf } from '../support/issues';
import { stack } from './support';

const containers = [{ image: 'ghcr.io/acme/checkout:v1.4.2', port: 8080 }];
const strategy = canary({ steps: [setWeight(20), pause('5m')] });
const services = { canaryService: 'checkout-canary', stableService: 'checkout-stable' };

function spec(props: RolloutProps): Record<string, unknown> {
  return new Rollout(stack(), 'checkout', props).toJson()['spec'] as Record<string, unknown>;
}

function refusal(props: object): string[] {
  return codesOf(() => new Rollout(stack(), 'checkout', props as RolloutProps));
}

test('the least props make a whole manifest', () => {
  expect(new Rollout(stack(), 'checkout', { containers, strategy }).toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'checkout', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'checkout' } },
      strategy: { canary: { steps: [{ setWeight: 20 }, { pause: { duration: '5m' } }] } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': 'checkout' } },
        spec: {
          containers: [{ image: 'ghcr.io/acme/checkout:v1.4.2', name: 'checkout', ports: [{ containerPort: 8080 }] }],
        },
      },
    },
  });
});

test('every convenience of the pods shows in the template, and nowhere else', () => {
  expect(
    spec({
      containers: [
        { image: 'ghcr.io/acme/checkout:v1.4.2', port: 8080, ports: [{ name: 'metrics', containerPort: 9090 }] },
        { name: 'proxy', image: 'envoy:v1', env: [{ name: 'MODE', value: 'proxy' }] },
      ],
      podLabels: { team: 'shop' },
      podAnnotations: { 'prometheus.io/scrape': 'true' },
      pod: { serviceAccountName: 'checkout' },
      replicas: 3,
      strategy,
    }),
  ).toMatchObject({
    replicas: 3,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'checkout' } },
    template: {
      metadata: {
        labels: { 'app.kubernetes.io/name': 'checkout', team: 'shop' },
        annotations: { 'prometheus.io/scrape': 'true' },
      },
      spec: {
        serviceAccountName: 'checkout',
        containers: [
          { name: 'checkout', ports: [{ name: 'metrics', containerPort: 9090 }, { containerPort: 8080 }] },
          { name: 'proxy', image: 'envoy:v1', env: [{ name: 'MODE', value: 'proxy' }] },
        ],
      },
    },
  });
});

describe('the selector selects the pods of the template', () => {
  const label = (rollout: Rollout) => {
    const { selector, template } = rollout.toJson()['spec'] as {
      selector: { matchLabels: Record<string, string> };
      template: { metadata: { labels: Record<string, string> } };
    };
    for (const [key, value] of Object.entries(selector.matchLabels)) {
      expect(template.metadata.labels[key]).toBe(value);
    }
    return selector.matchLabels['app.kubernetes.io/name'];
  };

  test('it is the name, given or made of ids', () => {
    expect(label(new Rollout(stack(), 'checkout', { containers, strategy }))).toBe('checkout');
    expect(label(new Rollout(stack(), 'x', { metadata: { name: 'basket' }, containers, strategy }))).toBe('basket');
    const nested = new Construct(stack(), 'api');
    const rollout = new Rollout(nested, 'v2', { containers, strategy });
    expect([label(rollout), rollout.name]).toEqual(['api-v2', 'api-v2']);
  });

  test('it has no hash, also where the name has one', () => {
    const build = () => new Rollout(new Chart(new App(), 'chart'), 'checkout', { containers, strategy });
    expect(build().name).toMatch(/^chart-checkout-c[0-9a-f]+$/);
    expect(label(build())).toBe('checkout');
  });

  test('neighbours and other labels change nothing', () => {
    const scope = stack();
    new Rollout(scope, 'basket', { containers, strategy });
    expect(label(new Rollout(scope, 'checkout', { containers, strategy, podLabels: { team: 'shop' } }))).toBe(
      'checkout',
    );
  });

  test('a label of the same key is followed', () => {
    expect(
      label(new Rollout(stack(), 'x', { containers, strategy, podLabels: { 'app.kubernetes.io/name': 'shop' } })),
    ).toBe('shop');
  });

  test('a selector of a live Rollout can be kept, with the labels it asks for', () => {
    const selector = { matchLabels: { app: 'checkout' } };
    expect(spec({ containers, strategy, selector, podLabels: { app: 'checkout' } })['selector']).toEqual(selector);
    expect(refusal({ containers, strategy, selector })).toEqual(['rollouts-selector-mismatch']);
  });
});

test("upstream's own shape passes unchanged", () => {
  const own = {
    selector: { matchLabels: { app: 'checkout' } },
    template: {
      metadata: { labels: { app: 'checkout' } },
      spec: { containers: [{ name: 'checkout', image: 'ghcr.io/acme/checkout:v1.4.2' }] },
    },
    strategy: { canary: { maxSurge: '25%', steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 50 }] } },
    rollbackWindow: { revisions: 3 },
    analysis: { successfulRunHistoryLimit: 2 },
  };
  expect(spec(own)).toEqual(own);
});

test('a workload is referred to by construct or by reference', () => {
  const scope = stack();
  const deployment = new Deployment(scope, 'web', { replicas: 0 });
  const byConstruct = new Rollout(scope, 'checkout', { workloadRef: deployment, strategy });
  expect(byConstruct.toJson()['spec']).toEqual({
    strategy: strategy,
    workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
  });
  const workloadRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scaleDown: 'onsuccess' } as const;
  expect(spec({ workloadRef, strategy })['workloadRef']).toEqual(workloadRef);
});

test('steps are plain objects in the order of the array', () => {
  const steps = [
    setWeight(5),
    pause(),
    pause(30),
    pause('90'),
    pause('1h30m'),
    pause(Duration.minutes(90)),
    setCanaryScale({ weight: 50 }),
    setCanaryScale({ matchTrafficWeight: true }),
    setHeaderRoute('testers', { 'X-Tester': '1', Cookie: { regex: '.*tester=1.*' } }),
    setHeaderRoute('testers', [{ headerName: 'X-Tester', headerValue: { prefix: '1' } }]),
    setHeaderRoute('testers'),
    setMirrorRoute('mirror', { percentage: 50, match: [{ method: { exact: 'GET' } }] }),
    setMirrorRoute('mirror'),
    plugin('acme/approve', { team: 'shop' }),
    experiment({ duration: Duration.hours(1), templates: [{ name: 'baseline', specRef: 'stable', weight: 5 }] }),
    analysis('success-rate'),
  ];
  const built = spec({
    containers,
    strategy: canary({
      ...services,
      trafficRouting: istio({ virtualService: 'checkout', managedRoutes: ['testers', 'mirror'] }),
      steps,
    }),
  });
  expect(built['strategy']).toEqual({
    canary: {
      ...services,
      trafficRouting: {
        istio: { virtualService: { name: 'checkout' } },
        managedRoutes: [{ name: 'testers' }, { name: 'mirror' }],
      },
      steps: [
        { setWeight: 5 },
        { pause: {} },
        { pause: { duration: 30 } },
        { pause: { duration: '90' } },
        { pause: { duration: '1h30m' } },
        { pause: { duration: '1h30m' } },
        { setCanaryScale: { weight: 50 } },
        { setCanaryScale: { matchTrafficWeight: true } },
        {
          setHeaderRoute: {
            name: 'testers',
            match: [
              { headerName: 'X-Tester', headerValue: { exact: '1' } },
              { headerName: 'Cookie', headerValue: { regex: '.*tester=1.*' } },
            ],
          },
        },
        { setHeaderRoute: { name: 'testers', match: [{ headerName: 'X-Tester', headerValue: { prefix: '1' } }] } },
        { setHeaderRoute: { name: 'testers' } },
        { setMirrorRoute: { name: 'mirror', percentage: 50, match: [{ method: { exact: 'GET' } }] } },
        { setMirrorRoute: { name: 'mirror' } },
        { plugin: { name: 'acme/approve', config: { team: 'shop' } } },
        { experiment: { duration: '1h', templates: [{ name: 'baseline', specRef: 'stable', weight: 5 }] } },
        { analysis: { templates: [{ templateName: 'success-rate' }] } },
      ],
    },
  });
});

test('services and routed objects are constructs or names, and none is created', () => {
  const scope = stack();
  const service = (id: string) => new Service(scope, id, { ports: [{ port: 80 }] });
  const rollout = new Rollout(scope, 'checkout', {
    containers,
    strategy: canary({
      canaryService: service('new'),
      stableService: service('old'),
      trafficRouting: nginx({
        stableIngress: new ApiObject(scope, 'ingress', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' }),
        maxTrafficWeight: 1000,
      }),
      steps: [setWeight(500)],
    }),
  });
  expect((rollout.toJson()['spec'] as { strategy: unknown }).strategy).toEqual({
    canary: {
      canaryService: 'new',
      stableService: 'old',
      trafficRouting: { nginx: { stableIngress: 'ingress' }, maxTrafficWeight: 1000 },
      steps: [{ setWeight: 500 }],
    },
  });
  expect(rollout.node.children).toEqual([]);
  expect(scope.node.children.map(({ node }) => node.id)).toEqual(['new', 'old', 'ingress', 'checkout']);
});

test('blue-green takes services and analyses', () => {
  const strategies = blueGreen({
    activeService: 'checkout',
    previewService: { name: 'checkout-preview' },
    autoPromotionSeconds: 300,
    prePromotionAnalysis: analysis(['smoke', { templateName: 'load', clusterScope: true }], { host: 'preview' }),
    postPromotionAnalysis: { templates: [{ templateName: 'success-rate' }] },
  });
  expect(spec({ containers, strategy: strategies })['strategy']).toEqual({
    blueGreen: {
      activeService: 'checkout',
      previewService: 'checkout-preview',
      autoPromotionSeconds: 300,
      prePromotionAnalysis: {
        templates: [{ templateName: 'smoke' }, { templateName: 'load', clusterScope: true }],
        args: [{ name: 'host', value: 'preview' }],
      },
      postPromotionAnalysis: { templates: [{ templateName: 'success-rate' }] },
    },
  });
});

describe('what the controller would refuse is refused, at the path and with the value', () => {
  test.each<[string, object, string]>([
    ['a weight of 120', { strategy: canary({ steps: [setWeight(5), setWeight(60 + 60)] }) }, 'rollouts-set-weight'],
    [
      'a pause of days',
      { strategy: { canary: { steps: [{ pause: { duration: '5d' } }] } } },
      'rollouts-pause-duration',
    ],
    [
      'pods of a StatefulSet',
      { containers: undefined, workloadRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'a' } },
      'rollouts-workload-ref',
    ],
    ['no strategy', { strategy: {} }, 'rollouts-strategy'],
    ['two strategies', { strategy: { ...strategy, ...blueGreen({ activeService: 'a' }) } }, 'rollouts-strategy'],
    ['a nameless second container', { containers: [...containers, { image: 'envoy:v1' }] }, 'schema-required'],
    ['containers beside a template', { template: {}, selector: { matchLabels: { a: 'b' } } }, 'schema-field-unknown'],
    [
      'a canary with autoPromotionEnabled',
      { strategy: { canary: { autoPromotionEnabled: false } } },
      'schema-field-unknown',
    ],
    [
      'nginx without services',
      { strategy: canary({ trafficRouting: nginx({ stableIngress: 'a' }) }) },
      'rollouts-canary-services-missing',
    ],
    [
      'ping-pong with smi',
      { strategy: canary({ ...services, trafficRouting: smi(), pingPong: { pingService: 'a', pongService: 'b' } }) },
      'rollouts-ping-pong',
    ],
    [
      'a prefix for a load balancer',
      {
        strategy: canary({
          ...services,
          trafficRouting: alb({ ingress: 'a', servicePort: 80, managedRoutes: ['t'] }),
          steps: [setHeaderRoute('t', { 'X-Tester': { prefix: '1' } })],
        }),
      },
      'rollouts-header-route-alb',
    ],
  ])('%s', (_, props, code) => {
    expect(refusal({ containers, strategy, ...props })).toContain(code);
  });

  test('with all issues at once, the path, the construct and the line', () => {
    const issues = issuesOf(
      () =>
        new Rollout(stack(), 'checkout', {
          containers,
          replicas: -1,
          strategy: canary({ steps: [setWeight(20), setWeight(60 + 60)] }),
        }),
    );
    expect(issues.map(({ code, at }) => [code, at.path])).toEqual([
      ['rollouts-negative', '.spec.replicas'],
      ['rollouts-set-weight', '.spec.strategy.canary.steps[1].setWeight'],
    ]);
    expect(issues[1]).toMatchObject({
      message: 'SetWeight needs to be between 0 and 100: got 120',
      at: {
        construct: 'dev/checkout/checkout',
        object: 'Rollout/shop/checkout',
        source: expect.stringMatching(/rollout\.test\.ts/),
      },
    });
  });
});

test('a finding can be waived on the stack, with a reason', () => {
  const scope = stack();
  waive(scope, 'rollouts-step', 'a newer controller does both');
  const both = { canary: { steps: [{ setWeight: 20, pause: {} }] } };
  expect(() => new Rollout(scope, 'checkout', { containers, strategy: both })).not.toThrow();
});
