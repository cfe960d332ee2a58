/** Source document 004, flattened: Rollouts, what they measure, and the traffic they move. */
import type { ResourceProps } from 'cdk8s-gitops';
import { VirtualService } from 'cdk8s-gitops/istio';
import {
  AnalysisTemplate,
  analysis,
  type BasicStep,
  blueGreen,
  type CanaryProps,
  canary,
  istio,
  job,
  pause,
  prometheus,
  Rollout,
  setCanaryScale,
  setHeaderRoute,
  setWeight,
  web,
} from 'cdk8s-gitops/rollouts';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../../src/kernel/manifest';
import { type Correction, type Row, replaced } from '../row';
import { documents004 as documents } from '../seeds/documents-004';

const production = { metadata: { namespace: 'production' } };
const PROMETHEUS = 'http://prometheus.monitoring:9090';

export const rolloutRows004: readonly Row[] = [
  {
    document: '004',
    lines: '86',
    kind: 'Rollout',
    name: 'app-canary',
    verdict: 'refused',
    ids: ['S-11', 'S-12', 'S-14'],
    note: 'the first code by itself, the others where the steps take the AnalysisTemplates of line 88 as constructs. Instead: without the field, every analysis says `service-name`, every metric ends',
    seed: documents['Rollout/app-canary'],
    reports: ['schema-field-unknown'],
    constructs: {
      codes: ['rollouts-analysis-args', 'rollouts-analysis-endless'],
      build: (scope) => {
        const two = [endless(scope, 'success-rate'), endless(scope, 'latency-p95')];
        const all = [...two, endless(scope, 'error-spike')];
        return appCanary(scope, analysis(two, { 'service-name': 'app-canary' }), analysis(all, []));
      },
    },
    instead: {
      corrections: [
        { op: 'remove', path: '/spec/strategy/canary/autoPromotionEnabled', because: 'S-11' },
        {
          op: 'add',
          path: '/spec/strategy/canary/steps/7/analysis/args',
          value: [{ name: 'service-name', value: 'app-canary' }],
          because: 'S-14',
        },
      ],
      build: (scope) => {
        const given = { 'service-name': 'app-canary' };
        const two = ['success-rate', 'latency-p95'];
        return appCanary(scope, analysis(two, given), analysis([...two, 'error-spike'], given));
      },
    },
  },
  measured('success-rate', 'result >= 0.95', 'result[0] >= 0.95', (scope, query) =>
    counted(scope, 'success-rate', 'success-rate', 'result[0] >= 0.95', 3, query),
  ),
  measured('latency-p95', 'result < 500', 'result[0] < 500', (scope, query) =>
    counted(scope, 'latency-p95', 'p95-latency', 'result[0] < 500', 3, query),
  ),
  measured('error-spike', 'result < 1.2', 'result[0] < 1.2', (scope, query) =>
    counted(scope, 'error-spike', 'error-rate-increase', 'result[0] < 1.2', 2, query),
  ),
  {
    document: '004',
    lines: '90',
    kind: 'VirtualService',
    name: 'app-vsvc',
    verdict: 'built',
    ids: ['S-68', 'S-86', '#4', '#38', '#39'],
    note: 'v1beta1 is still served. That a host outside the mesh needs `gateways`, and that Argo CD and Rollouts would fight over the weights, waits',
    seed: documents['VirtualService/app-vsvc'],
    corrections: replaced('S-68, #4', { '/apiVersion': 'networking.istio.io/v1' }),
    build: (scope) =>
      new VirtualService(scope, 'app-vsvc', {
        ...production,
        spec: {
          hosts: ['app.example.com'],
          http: [
            {
              name: 'primary',
              match: [{ uri: { prefix: '/' } }],
              route: [
                { destination: { host: 'app-stable', port: { number: 80 } }, weight: 90 },
                { destination: { host: 'app-canary', port: { number: 80 } }, weight: 10 },
              ],
            },
          ],
        },
      }),
  },
  {
    document: '004',
    lines: '100',
    kind: 'Rollout',
    name: 'app-bluegreen',
    verdict: 'refused',
    ids: ['S-12', 'S-43'],
    note: 'the first code by itself, where the two fields are a compile error in a program; the other where the analysis takes the AnalysisTemplates of line 88 as constructs. Instead: somebody promotes, every metric ends',
    seed: documents['Rollout/app-bluegreen'],
    reports: ['rollouts-auto-promotion-seconds'],
    constructs: {
      codes: ['rollouts-analysis-endless'],
      build: (scope) => {
        const templates = (['success-rate', 'latency-p95'] as const).map((name) => endless(scope, name));
        return appBlueGreen(scope, analysis(templates, { 'service-name': 'app-active' }));
      },
    },
    instead: {
      corrections: [{ op: 'remove', path: '/spec/strategy/blueGreen/autoPromotionSeconds', because: 'S-43' }],
      build: (scope) =>
        appBlueGreen(scope, analysis(['success-rate', 'latency-p95'], { 'service-name': 'app-active' })),
    },
  },
  {
    document: '004',
    lines: '102',
    kind: 'AnalysisTemplate',
    name: 'smoke-tests',
    verdict: 'built',
    seed: documents['AnalysisTemplate/smoke-tests'],
    build: (scope) =>
      new AnalysisTemplate(scope, 'smoke-tests', {
        args: ['service-url'],
        metrics: (args) => [
          {
            name: 'health-check',
            count: 3,
            interval: '30s',
            successCondition: 'result == "200"',
            failureLimit: 1,
            provider: web({ url: `${args['service-url']}/health`, jsonPath: '{$.status}' }),
          },
          {
            name: 'readiness-check',
            count: 3,
            interval: '30s',
            successCondition: 'result == "ready"',
            provider: web({ url: `${args['service-url']}/ready`, jsonPath: '{$.state}' }),
          },
          {
            name: 'version-check',
            count: 1,
            successCondition: 'result != ""',
            provider: web({ url: `${args['service-url']}/version`, jsonPath: '{$.version}' }),
          },
        ],
      }),
  },
  {
    document: '004',
    lines: '116',
    kind: 'Rollout',
    name: 'app-ab-test',
    verdict: 'refused',
    ids: ['S-12', 'S-16', 'S-50', '#40'],
    note: 'seen where the step takes the AnalysisTemplate of line 120 as a construct. That its route lacks a destination waits for the checks over several objects. Instead: a header route, which is what sends a segment of users to a version',
    seed: documents['Rollout/app-ab-test'],
    constructs: {
      codes: ['rollouts-analysis-endless'],
      build: (scope) => appAbTest(scope, [setWeight(50), analysis(abTestAnalysis(scope, production, {}), abArgs)]),
    },
    instead: {
      corrections: [
        {
          op: 'add',
          path: '/spec/strategy/canary/trafficRouting/managedRoutes',
          value: [{ name: 'premium' }],
          because: 'S-16',
        },
        {
          op: 'replace',
          path: '/spec/strategy/canary/steps/0',
          value: { setCanaryScale: { weight: 50 } },
          because: 'S-50',
        },
        {
          op: 'add',
          path: '/spec/strategy/canary/steps/1',
          value: {
            setHeaderRoute: {
              name: 'premium',
              match: [{ headerName: 'x-user-segment', headerValue: { exact: 'premium' } }],
            },
          },
          because: 'S-16, S-50',
        },
      ],
      build: (scope) =>
        appAbTest(
          scope,
          [
            setCanaryScale({ weight: 50 }),
            setHeaderRoute('premium', { 'x-user-segment': 'premium' }),
            analysis('ab-test-analysis', abArgs),
          ],
          ['premium'],
        ),
    },
  },
  {
    document: '004',
    lines: '118',
    kind: 'VirtualService',
    name: 'app-ab-vsvc',
    verdict: 'waits',
    ids: ['S-16', 'S-68', '#4', '#38', '#40'],
    waitsFor: 'the checks over several objects: a Rollout against the VirtualService whose weights it sets',
    note: 'instead, today: one route with both destinations, whose weights and header routes the Rollout sets',
    seed: documents['VirtualService/app-ab-vsvc'],
    instead: {
      corrections: [
        ...replaced('S-68, #4', { '/apiVersion': 'networking.istio.io/v1' }),
        ...replaced('S-16, #40', { '/spec/http': [bothDestinations()] }),
      ],
      build: (scope) =>
        new VirtualService(scope, 'app-ab-vsvc', {
          ...production,
          spec: { hosts: ['app.example.com'], http: [bothDestinations()] },
        }),
    },
  },
  {
    document: '004',
    lines: '120',
    kind: 'AnalysisTemplate',
    name: 'ab-test-analysis',
    verdict: 'refused',
    ids: ['S-12', 'S-13', 'S-41', 'S-42'],
    note: 'instead: every metric ends, the query’s list is indexed, and the Job’s exit decides; two metrics only inform, a warning',
    seed: documents['AnalysisTemplate/ab-test-analysis'],
    reports: ['rollouts-condition-missing', 'rollouts-condition-on-job', 'rollouts-condition-vector'],
    instead: {
      corrections: [
        { op: 'add', path: '/spec/metrics/2/count', value: 12, because: 'S-12' },
        ...replaced('S-13', { '/spec/metrics/2/successCondition': 'result[0] >= {{args.minimum-sample-size}}' }),
        { op: 'add', path: '/spec/metrics/3/count', value: 1, because: 'S-12' },
        { op: 'remove', path: '/spec/metrics/3/successCondition', because: 'S-41' },
        { op: 'remove', path: '/spec/metrics/3/failureCondition', because: 'S-41' },
      ],
      build: (scope) => abTestAnalysis(scope),
    },
  },
  {
    document: '004',
    lines: '182',
    kind: 'Rollout',
    name: 'auto-rollback-app',
    verdict: 'built',
    ids: ['S-44'],
    note: 'the document leaves out the pods; the warning says that the delay is not looked at',
    seed: withPods(documents['Rollout/auto-rollback-app']),
    part: documents['Rollout/auto-rollback-app'],
    reports: ['rollouts-abort-delay-ignored'],
    build: (scope) =>
      new Rollout(scope, 'auto-rollback-app', {
        ...pods(),
        revisionHistoryLimit: 5,
        progressDeadlineSeconds: 600,
        progressDeadlineAbort: true,
        strategy: canary({
          steps: [setWeight(20), pause('5m'), analysis('health-check')],
          abortScaleDownDelaySeconds: 30,
          maxUnavailable: 1,
        }),
      }),
  },
];

type AnalysisStep = Extract<BasicStep, { readonly analysis: object }>;
type TemplateName = 'success-rate' | 'latency-p95' | 'error-spike';

function queryOf(name: TemplateName): string {
  return documents[`AnalysisTemplate/${name}`].spec.metrics[0].provider.prometheus.query;
}

function measured(
  name: TemplateName,
  bare: string,
  indexed: string,
  build: (scope: Construct, query: string) => AnalysisTemplate<readonly ['service-name']>,
): Row {
  const corrections: readonly Correction[] = [
    ...replaced('S-13', { '/spec/metrics/0/successCondition': indexed }),
    { op: 'add', path: '/spec/metrics/0/count', value: 5, because: 'S-12' },
  ];
  return {
    document: '004',
    lines: '88',
    kind: 'AnalysisTemplate',
    name,
    verdict: 'refused',
    ids: ['S-12', 'S-13'],
    note: `instead: \`${indexed}\` for \`${bare}\`, and a count, without which a step refuses the template`,
    seed: documents[`AnalysisTemplate/${name}`],
    reports: ['rollouts-condition-vector'],
    instead: { corrections, build: (scope) => build(scope, queryOf(name)) },
  };
}

function counted(
  scope: Construct,
  id: string,
  name: string,
  successCondition: string,
  failureLimit: number,
  query: string,
) {
  return new AnalysisTemplate(scope, id, {
    args: ['service-name'],
    metrics: [
      {
        name,
        interval: '1m',
        count: 5,
        successCondition,
        failureLimit,
        provider: prometheus({ address: PROMETHEUS, query }),
      },
    ],
  });
}

/** As the document has it, without a count, in the namespace of its Rollouts; with a condition that works. */
function endless(scope: Construct, name: TemplateName) {
  return new AnalysisTemplate(scope, name, {
    ...production,
    args: ['service-name'],
    metrics: [
      {
        name,
        interval: '1m',
        successCondition: 'result[0] > 0',
        provider: prometheus({ address: PROMETHEUS, query: queryOf(name) }),
      },
    ],
  });
}

function pods() {
  return {
    selector: { matchLabels: { app: 'myapp' } },
    template: {
      metadata: { labels: { app: 'myapp' } },
      spec: { containers: [{ name: 'app', image: 'myapp:v2.0.0', ports: [{ containerPort: 8080 }] }] },
    },
  };
}

function withPods(manifest: JsonObject & { readonly spec: JsonObject }): JsonObject {
  return { ...manifest, spec: { ...pods(), ...manifest.spec } };
}

function appCanary(scope: Construct, first: AnalysisStep, last: AnalysisStep): Rollout {
  return new Rollout(scope, 'app-canary', {
    ...production,
    replicas: 10,
    revisionHistoryLimit: 3,
    selector: { matchLabels: { app: 'myapp' } },
    template: {
      metadata: { labels: { app: 'myapp' } },
      spec: {
        containers: [
          {
            name: 'app',
            image: 'myapp:v2.0.0',
            ports: [{ containerPort: 8080 }],
            resources: { limits: { memory: '512Mi', cpu: '500m' } },
          },
        ],
      },
    },
    strategy: canary({
      canaryService: 'app-canary',
      stableService: 'app-stable',
      trafficRouting: istio({ virtualService: { name: 'app-vsvc', routes: ['primary'] } }),
      steps: [
        setWeight(10),
        pause('5m'),
        setWeight(25),
        pause('10m'),
        first,
        setWeight(50),
        pause('15m'),
        last,
        setWeight(100),
      ],
      abortScaleDownDelaySeconds: 30,
    }),
  });
}

function appBlueGreen(scope: Construct, postPromotionAnalysis: AnalysisStep): Rollout {
  return new Rollout(scope, 'app-bluegreen', {
    ...production,
    ...pods(),
    replicas: 5,
    revisionHistoryLimit: 2,
    strategy: blueGreen({
      activeService: 'app-active',
      previewService: 'app-preview',
      autoPromotionEnabled: false,
      scaleDownDelaySeconds: 30,
      scaleDownDelayRevisionLimit: 1,
      prePromotionAnalysis: analysis(['smoke-tests', 'integration-tests'], {
        'service-url': 'http://app-preview.production.svc.cluster.local',
      }),
      postPromotionAnalysis,
    }),
  });
}

const abArgs = {
  'variant-a-service': 'app-variant-a',
  'variant-b-service': 'app-variant-b',
  metric: 'conversion_rate',
  'significance-level': '0.05',
  'minimum-sample-size': '1000',
};

function appAbTest(
  scope: Construct,
  steps: CanaryProps<ReturnType<typeof istio>>['steps'],
  managedRoutes?: readonly string[],
): Rollout {
  return new Rollout(scope, 'app-ab-test', {
    ...production,
    ...pods(),
    replicas: 10,
    strategy: canary({
      canaryService: 'app-variant-b',
      stableService: 'app-variant-a',
      trafficRouting: istio({
        virtualService: { name: 'app-ab-vsvc', routes: ['primary'] },
        managedRoutes,
      }),
      steps,
    }),
  });
}

function bothDestinations() {
  return {
    name: 'primary',
    route: [
      { destination: { host: 'app-variant-a', port: { number: 80 } }, weight: 100 },
      { destination: { host: 'app-variant-b', port: { number: 80 } }, weight: 0 },
    ],
  };
}

function abTestAnalysis(
  scope: Construct,
  props: ResourceProps = {},
  count: { readonly count?: number } = { count: 12 },
) {
  const { metrics } = documents['AnalysisTemplate/ab-test-analysis'].spec;
  const query = (index: 0 | 1 | 2) =>
    prometheus({ address: PROMETHEUS, query: metrics[index].provider.prometheus.query });
  return new AnalysisTemplate(scope, 'ab-test-analysis', {
    ...props,
    args: [
      'variant-a-service',
      'variant-b-service',
      'metric',
      { name: 'significance-level', value: '0.05' },
      { name: 'minimum-sample-size', value: '1000' },
    ],
    metrics: (args) => [
      { name: 'variant-a-metric', interval: '5m', count: 12, provider: query(0) },
      { name: 'variant-b-metric', interval: '5m', count: 12, provider: query(1) },
      {
        name: 'sample-size-check',
        interval: '5m',
        ...count,
        successCondition: `result[0] >= ${args['minimum-sample-size']}`,
        provider: query(2),
      },
      { name: 'ab-test-winner', interval: '5m', count: 1, provider: winner(args) },
    ],
  });
}

function winner(
  args: Readonly<Record<'variant-a-service' | 'variant-b-service' | 'metric' | 'significance-level', string>>,
) {
  return job({
    spec: {
      template: {
        spec: {
          containers: [
            {
              name: 'ab-test-calculator',
              image: 'ab-test-calculator:latest',
              env: [
                { name: 'VARIANT_A_SERVICE', value: args['variant-a-service'] },
                { name: 'VARIANT_B_SERVICE', value: args['variant-b-service'] },
                { name: 'METRIC_NAME', value: args.metric },
                { name: 'SIGNIFICANCE_LEVEL', value: args['significance-level'] },
              ],
            },
          ],
          restartPolicy: 'Never',
        },
      },
    },
  });
}
