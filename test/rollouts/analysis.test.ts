/** Analysis templates, and their use in a Rollout. */
import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  AnalysisTemplate,
  analysis,
  blueGreen,
  ClusterAnalysisTemplate,
  canary,
  experiment,
  experimentAnalysis,
  fieldRef,
  job,
  podTemplateHash,
  prometheus,
  Rollout,
  setWeight,
  web,
} from '../../src/rollouts';
import { codesOf, issuesOf } from '../support/issues';
import { stack } from './support';

const address = 'http://prometheus.monitoring:9090';
const containers = [{ image: 'ghcr.io/acme/checkout:v1.4.2' }];
const provider = prometheus({ address, query: 'sum(rate(errors_total[5m]))' });
const metric = { name: 'errors', successCondition: 'result[0] < 0.05', provider };

function successRate(scope: Construct, id = 'success-rate') {
  return new AnalysisTemplate(scope, id, {
    args: ['service', { name: 'percentile', value: '95' }],
    metrics: (args) => [
      {
        name: id,
        interval: Duration.seconds(30),
        count: 5,
        failureLimit: 3,
        successCondition: 'result[0] >= 0.95',
        provider: prometheus({ address, query: `ok{service="${args.service}", p="${args.percentile}"}` }),
      },
    ],
  });
}

function endless(scope: Construct) {
  return new AnalysisTemplate(scope, 'endless', { metrics: [{ ...metric, interval: '1m' }] });
}

function rollout(scope: Construct, strategy: ConstructorParameters<typeof Rollout>[2]['strategy']) {
  return new Rollout(scope, 'checkout', { containers, strategy });
}

test('the arguments are placeholders in the metrics, and the list of upstream in args', () => {
  expect(successRate(stack()).toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name: 'success-rate', namespace: 'shop' },
    spec: {
      args: [{ name: 'service' }, { name: 'percentile', value: '95' }],
      metrics: [
        {
          name: 'success-rate',
          interval: '30s',
          count: 5,
          failureLimit: 3,
          successCondition: 'result[0] >= 0.95',
          provider: {
            prometheus: { address, query: 'ok{service="{{args.service}}", p="{{args.percentile}}"}' },
          },
        },
      ],
    },
  });
});

test("upstream's own shape passes unchanged", () => {
  const spec = {
    args: [{ name: 'token', valueFrom: { secretKeyRef: { name: 'prometheus', key: 'token' } } }],
    metrics: [{ name: 'errors', count: '{{args.token}}', interval: '1m', failureCondition: 'result[0] > 1', provider }],
    dryRun: [{ metricName: 'err.*' }],
    measurementRetention: [{ metricName: 'errors', limit: 5 }],
    templates: [{ templateName: 'other', clusterScope: true }],
  } as const;
  expect(new AnalysisTemplate(stack(), 'a', spec).toJson()['spec']).toEqual(spec);
  expect(new ClusterAnalysisTemplate(stack(), 'a', spec).toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ClusterAnalysisTemplate',
    metadata: { name: 'a' },
    spec,
  });
});

test('templates are taken over by construct, by name and by reference', () => {
  const scope = stack();
  const nested = successRate(scope);
  const everywhere = new ClusterAnalysisTemplate(scope, 'smoke', { metrics: [metric] });
  const all = new AnalysisTemplate(scope, 'all', { templates: [nested, everywhere, 'latency', { templateName: 'x' }] });
  expect(all.toJson()['spec']).toEqual({
    templates: [
      { templateName: 'success-rate' },
      { templateName: 'smoke', clusterScope: true },
      { templateName: 'latency' },
      { templateName: 'x' },
    ],
  });
});

test('an analysis names templates and gives arguments by name', () => {
  const scope = stack();
  const everywhere = new ClusterAnalysisTemplate(scope, 'smoke', { args: ['hash'], metrics: [metric] });
  const step = analysis(
    [successRate(scope), everywhere],
    { service: 'checkout', hash: podTemplateHash('Latest'), percentile: fieldRef("metadata.labels['percentile']") },
    { dryRun: [{ metricName: 'smoke' }] },
  );
  expect(step).toEqual({
    analysis: {
      templates: [{ templateName: 'success-rate' }, { templateName: 'smoke', clusterScope: true }],
      args: [
        { name: 'service', value: 'checkout' },
        { name: 'hash', valueFrom: { podTemplateHashValue: 'Latest' } },
        { name: 'percentile', valueFrom: { fieldRef: { fieldPath: "metadata.labels['percentile']" } } },
      ],
      dryRun: [{ metricName: 'smoke' }],
    },
  });
  expect(() => rollout(scope, canary({ steps: [setWeight(5), step] }))).not.toThrow();
});

test('the same analysis serves as a step, in the background, around a promotion and in an experiment', () => {
  const scope = stack();
  const template = successRate(scope);
  const judge = analysis(template, { service: 'checkout' });
  const bare = judge.analysis;
  const { canary: byStep } = canary({
    analysis: analysis(template, { service: 'checkout' }, { startingStep: 2 }),
    steps: [
      judge,
      experiment({
        templates: [{ name: 'baseline', specRef: 'stable' }],
        analyses: [
          experimentAnalysis('rate', template, { service: 'baseline' }, { requiredForCompletion: true }),
          { name: 'other', templateName: 'by-name' },
        ],
      }),
    ],
  });
  expect(byStep.analysis).toEqual({ ...bare, startingStep: 2 });
  expect(byStep.steps![0]).toEqual({ analysis: bare });
  expect(byStep.steps![1]!.experiment!.analyses).toEqual([
    {
      name: 'rate',
      templateName: 'success-rate',
      requiredForCompletion: true,
      args: [{ name: 'service', value: 'baseline' }],
    },
    { name: 'other', templateName: 'by-name' },
  ]);
  expect(() => rollout(scope, { canary: byStep })).not.toThrow();
  expect(blueGreen({ activeService: 'a', prePromotionAnalysis: judge }).blueGreen.prePromotionAnalysis).toEqual(bare);
});

describe('a template construct and its use are looked at together', () => {
  test('every analysis gives every argument without a value, each by itself (S-14, S-15)', () => {
    const scope = stack();
    const template = successRate(scope);
    const forgotten = analysis(template, [] as const);
    const issues = issuesOf(() =>
      rollout(scope, canary({ steps: [analysis(template, { service: 'checkout' }), forgotten] })),
    );
    expect(issues).toMatchObject([
      {
        code: 'rollouts-analysis-args',
        at: {
          path: '.spec.strategy.canary.steps[1].analysis.args',
          construct: 'dev/checkout/checkout',
          source: expect.stringMatching(/analysis\.test\.ts/),
        },
        message: expect.stringContaining('args.service was not resolved'),
      },
    ]);
  });

  test('an argument that no template declares is refused', () => {
    const scope = stack();
    const typo = analysis(successRate(scope), [
      { name: 'service', value: 'a' },
      { name: 'percentil', value: '99' },
    ]);
    expect(issuesOf(() => rollout(scope, canary({ steps: [typo] })))).toMatchObject([
      { code: 'rollouts-analysis-args', fix: 'write percentile' },
    ]);
  });

  test('arguments of templates that a template takes over count too', () => {
    const scope = stack();
    const all = new AnalysisTemplate(scope, 'all', { templates: [successRate(scope)] });
    expect(() => rollout(scope, canary({ steps: [analysis(all, { service: 'checkout' })] }))).not.toThrow();
    expect(codesOf(() => rollout(stack(), canary({ steps: [analysis(all, [] as const)] })))).toEqual([
      'rollouts-analysis-args',
    ]);
  });

  test('a metric without end is for the background only (S-12)', () => {
    const scope = stack();
    const template = endless(scope);
    expect(() => rollout(scope, canary({ analysis: analysis(template) }))).not.toThrow();
    for (const strategy of [
      canary({ steps: [analysis(template)] }),
      blueGreen({ activeService: 'a', prePromotionAnalysis: analysis(template) }),
      blueGreen({ activeService: 'a', postPromotionAnalysis: analysis(template) }),
    ]) {
      expect(codesOf(() => rollout(stack(), strategy))).toEqual(['rollouts-analysis-endless']);
    }
  });

  test('a template of another namespace would not be found, a cluster-scoped one is', () => {
    const elsewhere = stack('monitoring');
    const template = successRate(elsewhere);
    expect(codesOf(() => rollout(stack(), canary({ steps: [analysis(template, { service: 'a' })] })))).toEqual([
      'rollouts-analysis-template-namespace',
    ]);
    const everywhere = new ClusterAnalysisTemplate(elsewhere, 'smoke', { metrics: [metric] });
    expect(() => rollout(stack(), canary({ steps: [analysis(everywhere)] }))).not.toThrow();
  });

  test('two templates of one analysis have no metric of one name', () => {
    const scope = stack();
    const one = new AnalysisTemplate(scope, 'one', { metrics: [metric] });
    const two = new AnalysisTemplate(scope, 'two', { metrics: [metric] });
    expect(codesOf(() => rollout(scope, canary({ steps: [analysis([one, two])] })))).toEqual([
      'rollouts-analysis-metric-duplicate',
    ]);
  });

  test('what is known by name only is left alone', () => {
    expect(() => rollout(stack(), canary({ steps: [analysis('anything', { whatever: 'x' })] }))).not.toThrow();
  });
});

describe('what would fail when the analysis starts is refused', () => {
  test.each<[string, object, string]>([
    ['a list compared with a number', { successCondition: 'result >= 0.95' }, 'rollouts-condition-vector'],
    ['the same, turned round', { failureCondition: '0.05 < result' }, 'rollouts-condition-vector'],
    ['the same, with a placeholder', { failureCondition: 'result > {{args.most}}' }, 'rollouts-condition-vector'],
    ['a list in asFloat', { failureCondition: 'asFloat(result) > 1' }, 'rollouts-condition-vector'],
    ['an open bracket', { successCondition: 'len(result > 0' }, 'rollouts-condition-syntax'],
    ['an open string', { successCondition: 'result[0] == "ok' }, 'rollouts-condition-syntax'],
    ['an assignment', { successCondition: 'result[0] = 1' }, 'rollouts-condition-syntax'],
    ['half a comparison', { successCondition: 'result[0] >=' }, 'rollouts-condition-syntax'],
    [
      'conditions on a Job',
      { provider: job({ spec: { template: { spec: { containers: [{ name: 'a', image: 'a:1' }] } } } }) },
      'rollouts-condition-on-job',
    ],
    ['two providers', { provider: { ...provider, ...web({ url: 'https://acme.io' }) } }, 'rollouts-metric-provider'],
    ['a count too small', { count: 1, failureLimit: 2 }, 'rollouts-metric-count'],
    ['several at no interval', { count: 2 }, 'rollouts-metric-interval-missing'],
    ['a day', { interval: '1d', count: 1 }, 'rollouts-metric-duration'],
    ['an argument that is not declared', { successCondition: 'result[0] > {{args.last}}' }, 'rollouts-arg-undeclared'],
    ['a placeholder of another kind', { successCondition: 'result[0] > {{ .Values.x }}' }, 'rollouts-placeholder'],
  ])('%s', (_, part, code) => {
    const metrics = [{ ...metric, ...part }];
    expect(codesOf(() => new AnalysisTemplate(stack(), 'a', { args: ['most'], metrics }))).toEqual([code]);
  });
});

describe('expressions that the controller takes are taken', () => {
  test.each([
    'result[0] >= 0.95',
    'len(result) > 0 && result[0] < 0.05',
    'len(result) == 0 || isNaN(result[0])',
    'all(result, # > 0.9)',
    'all(result, {# > 0.9})',
    'result == []',
    'result != nil and not isInf(result[0])',
    'default(result[0], 0) <= {{args.most}}',
    'result[0] > 1 ? true : false',
    'let x = result[0]; x > 1',
    "result[0] in [1, 2] // a ] comment's '(",
    'any(result, {.ok == true}) /* ( */',
    'result | len() > 0',
  ])('%s', (successCondition) => {
    const build = () =>
      new AnalysisTemplate(stack(), 'a', { args: ['most'], metrics: [{ ...metric, successCondition }] });
    expect(build).not.toThrow();
  });

  test.each(['scalar(sum(errors))', 'scalar( avg(x) ) * 2', 'time() - 5', '1 + 1', '{{args.most}}'])(
    'all of result, where the query %s may give a number',
    (query) => {
      const metrics = [{ ...metric, successCondition: 'result >= 1', provider: prometheus({ address, query }) }];
      expect(() => new AnalysisTemplate(stack(), 'a', { args: ['most'], metrics })).not.toThrow();
    },
  );
});
