/** Rules over analysis templates and runs: metrics, limits, conditions, arguments. Providers have rules of their own. */
import type { FieldPath } from '../kernel/issue';
import type { Rule } from '../kernel/rule';
import { nearest } from '../kernel/suggest';
import { bareComparison, conditionFault, maybeScalar } from './condition';
import { providerRules } from './provider-rules';
import {
  type AnalysisManifest,
  analysisRule,
  isOpen,
  isPresent,
  type MetricView,
  metricRule,
  repeated,
  SAMPLE_CONDITION,
  SAMPLE_PROVIDER,
  sampleMetric,
  sampleTemplate,
} from './rule-support';
import { reportDuration } from './step-rules';

const FACTORY = 'utils/analysis/factory.go';

const metricsMissing = analysisRule({
  code: 'rollouts-metrics-missing',
  summary: 'An analysis measures nothing.',
  why: `an analysis without metrics fails with "no metrics specified" when it starts (RO-30, ${FACTORY} ValidateMetrics).`,
  fix: 'add a metric, or name templates that have some',
  wrong: sampleTemplate('args: [{ name: service }]'),
  right: sampleTemplate('metrics:', '  - name: success-rate', `    ${SAMPLE_CONDITION}`, `    ${SAMPLE_PROVIDER}`),
  check({ metrics = [], templates = [] }, report) {
    if (metrics.length + templates.length === 0) report(['metrics'], 'no metrics specified');
  },
});

const metricNames = analysisRule({
  code: 'rollouts-metric-duplicate',
  summary: 'Two metrics have one name.',
  why: `the analysis fails when it starts (RO-30, ${FACTORY} ValidateMetrics).`,
  fix: 'give each metric a name of its own',
  wrong: sampleTemplate(
    'metrics:',
    ...['success-rate', 'success-rate'].flatMap((name) => [
      `  - name: ${name}`,
      `    ${SAMPLE_CONDITION}`,
      `    ${SAMPLE_PROVIDER}`,
    ]),
  ),
  right: sampleTemplate(
    'metrics:',
    ...['success-rate', 'error-rate'].flatMap((name) => [
      `  - name: ${name}`,
      `    ${SAMPLE_CONDITION}`,
      `    ${SAMPLE_PROVIDER}`,
    ]),
  ),
  check({ metrics = [] }, report) {
    for (const index of repeated(metrics.map((metric) => metric?.name))) {
      report(['metrics', index, 'name'], `metrics[${index}]: duplicate name '${metrics[index]!.name}'`);
    }
  },
});

const oneProvider = metricRule({
  code: 'rollouts-metric-provider',
  summary: 'A metric has no provider, or several.',
  why: `the analysis fails when it starts with "no provider specified" or "multiple providers specified" (RO-30, ${FACTORY} ValidateMetric).`,
  fix: 'set exactly one provider for each metric',
  wrong: sampleMetric(SAMPLE_CONDITION, 'provider: {}'),
  right: sampleMetric(SAMPLE_CONDITION, SAMPLE_PROVIDER),
  check({ provider }, report) {
    if (!isPresent(provider)) return;
    const names = Object.entries(provider).flatMap(([name, value]) => {
      if (!isPresent(value)) return [];
      return name === 'plugin' ? Object.keys(value) : [name];
    });
    if (names.length === 0) report(['provider'], 'no provider specified');
    else if (names.length > 1) report(['provider'], `multiple providers specified: ${names.join(', ')}`);
  },
});

const LIMITS = {
  count: 0,
  failureLimit: -1,
  inconclusiveLimit: 0,
  consecutiveErrorLimit: 0,
  consecutiveSuccessLimit: 0,
} as const;

/** The number that a field holds; undefined for a placeholder, a missing field, and what is no number. */
function numberOf(value: string | number | null | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : undefined;
}

const limits = metricRule({
  code: 'rollouts-metric-limit',
  summary: 'A count or a limit of a metric is no number, or too small.',
  why: `a failureLimit of -1 puts up with every failure, all others are from 0; text that is no number counts as 0 (RO-31, ${FACTORY} ValidateMetric).`,
  fix: 'use a whole number from 0, or a placeholder such as {{args.count}}',
  wrong: sampleMetric(SAMPLE_CONDITION, 'inconclusiveLimit: -1', SAMPLE_PROVIDER),
  right: sampleMetric(SAMPLE_CONDITION, 'inconclusiveLimit: 0', SAMPLE_PROVIDER),
  check(metric, report) {
    for (const [field, least] of Object.entries(LIMITS) as [keyof typeof LIMITS, number][]) {
      const value = metric[field];
      if (!isPresent(value) || isOpen(value)) continue;
      const number = numberOf(value);
      if (number === undefined) report([field], `${JSON.stringify(value)} is no number`);
      else if (number < least) report([field], `${field} must be >= ${least}: got ${number}`);
    }
  },
});

const noEnd = metricRule({
  code: 'rollouts-metric-undecided',
  summary: 'A metric can neither succeed nor fail.',
  why: `failureLimit -1 switches failing off, and consecutiveSuccessLimit 0 switches succeeding early off (RO-31, ${FACTORY} ValidateMetric).`,
  fix: 'set a failureLimit from 0, or a consecutiveSuccessLimit from 1',
  wrong: sampleMetric(SAMPLE_CONDITION, 'failureLimit: -1', SAMPLE_PROVIDER),
  right: sampleMetric(SAMPLE_CONDITION, 'failureLimit: -1', 'consecutiveSuccessLimit: 1', SAMPLE_PROVIDER),
  check({ failureLimit, consecutiveSuccessLimit }, report) {
    if (numberOf(failureLimit) !== -1 || isOpen(consecutiveSuccessLimit)) return;
    if ((numberOf(consecutiveSuccessLimit) ?? 0) !== 0) return;
    report(['failureLimit'], 'consecutiveSuccessLimit and failureLimit cannot both be disabled: failureLimit is -1');
  },
});

const countTooSmall = metricRule({
  code: 'rollouts-metric-count',
  summary: 'A metric takes fewer measurements than its limits speak of.',
  why: `the analysis fails when it starts: failureLimit and consecutiveSuccessLimit together, and inconclusiveLimit, must fit in count (RO-32, ${FACTORY} ValidateMetric).`,
  fix: 'raise count, or lower the limits',
  wrong: sampleMetric(SAMPLE_CONDITION, 'interval: 1m', 'count: 2', 'failureLimit: 3', SAMPLE_PROVIDER),
  right: sampleMetric(SAMPLE_CONDITION, 'interval: 1m', 'count: 5', 'failureLimit: 3', SAMPLE_PROVIDER),
  check(metric, report) {
    const count = numberOf(metric.count);
    if (count === undefined || count <= 0) return;
    const failures = Math.max(0, numberOf(metric.failureLimit) ?? 0);
    const successes = Math.max(0, numberOf(metric.consecutiveSuccessLimit) ?? 0);
    if (count < failures + successes) {
      const parts =
        successes === 0
          ? `failureLimit, ${failures}`
          : `failureLimit + consecutiveSuccessLimit, ${failures} + ${successes}`;
      report(['count'], `count must be >= ${parts}: got ${count}`);
    }
    const inconclusive = numberOf(metric.inconclusiveLimit) ?? 0;
    if (count < inconclusive) report(['count'], `count must be >= inconclusiveLimit, ${inconclusive}: got ${count}`);
  },
});

const intervalMissing = metricRule({
  code: 'rollouts-metric-interval-missing',
  summary: 'A metric takes several measurements, at no interval.',
  why: `the analysis fails when it starts (RO-32, ${FACTORY} ValidateMetric).`,
  fix: 'set interval, for example 1m',
  wrong: sampleMetric(SAMPLE_CONDITION, 'count: 5', SAMPLE_PROVIDER),
  right: sampleMetric(SAMPLE_CONDITION, 'count: 5', 'interval: 1m', SAMPLE_PROVIDER),
  check({ count, interval }, report) {
    const number = numberOf(count);
    if (number === undefined || number <= 1 || interval) return;
    report(['interval'], `interval must be specified when count > 1: count is ${number}`);
  },
});

const durations = metricRule({
  code: 'rollouts-metric-duration',
  summary: 'An interval or a delay of a metric is no duration.',
  why: `both are Go durations; the analysis fails when it starts (RO-33, ${FACTORY} ValidateMetric).`,
  fix: 'write a duration in h, m, s and ms: 30s, 5m, 1h30m; a day is 24h',
  wrong: sampleMetric(SAMPLE_CONDITION, 'count: 5', 'interval: 5 minutes', SAMPLE_PROVIDER),
  right: sampleMetric(SAMPLE_CONDITION, 'count: 5', 'interval: 5m', SAMPLE_PROVIDER),
  check(metric, report) {
    for (const field of ['interval', 'initialDelay'] as const) {
      if (!isOpen(metric[field])) reportDuration(metric[field], [field], report);
    }
  },
});

const CONDITIONS = ['successCondition', 'failureCondition'] as const;

const conditionSyntax = metricRule({
  code: 'rollouts-condition-syntax',
  summary: 'A condition is no expression.',
  why: 'conditions are expressions of expr-lang; one that does not parse makes every measurement an error (RO-35, utils/evaluate/evaluate.go).',
  fix: 'write an expression over result: result[0] >= 0.95, len(result) > 0 && result[0] < 0.05, result.ok == true',
  wrong: sampleMetric('successCondition: result[0 >= 0.95', SAMPLE_PROVIDER),
  right: sampleMetric('successCondition: result[0] >= 0.95', SAMPLE_PROVIDER),
  check(metric, report) {
    for (const field of CONDITIONS) {
      const condition = metric[field];
      if (!condition) continue;
      const fault = conditionFault(condition);
      if (fault !== undefined) report([field], `${JSON.stringify(condition)} is no expression: ${fault}`);
    }
  },
});

const conditionVector = metricRule({
  code: 'rollouts-condition-vector',
  summary: 'A condition compares the list that Prometheus answers with as if it were a number.',
  why: 'an instant query gives a list of samples; comparing it is a type error on every measurement, and after five of them the analysis has failed (RO-36, S-13, metricproviders/prometheus/prometheus.go).',
  fix: 'compare result[0], or wrap the query in scalar(…)',
  wrong: sampleMetric('successCondition: result >= 0.95', SAMPLE_PROVIDER),
  right: sampleMetric('successCondition: result[0] >= 0.95', SAMPLE_PROVIDER),
  check(metric, report) {
    const query = metric.provider?.prometheus?.query;
    if (typeof query !== 'string' || maybeScalar(query)) return;
    for (const field of CONDITIONS) {
      const condition = metric[field];
      if (!condition || conditionFault(condition) !== undefined) continue;
      const compared = bareComparison(condition);
      if (compared === undefined) continue;
      report(
        [field],
        `${JSON.stringify(condition)} compares all of result ('${compared}'), which is a list of samples`,
      );
    }
  },
});

const JUDGED_BY_CONDITION = [
  'cloudWatch',
  'datadog',
  'graphite',
  'influxdb',
  'newRelic',
  'prometheus',
  'skywalking',
  'wavefront',
  'web',
] as const;

const conditionMissing = metricRule({
  code: 'rollouts-condition-missing',
  severity: 'warning',
  summary: 'A metric has no condition, so every measurement is a success.',
  why: 'without success and failure condition whatever is measured counts as good (RO-35, S-42, utils/evaluate/evaluate.go).',
  fix: 'set successCondition or failureCondition',
  wrong: sampleMetric(SAMPLE_PROVIDER),
  right: sampleMetric(SAMPLE_CONDITION, SAMPLE_PROVIDER),
  check({ provider, successCondition, failureCondition, name = '' }, report) {
    if (successCondition || failureCondition) return;
    const judged = JUDGED_BY_CONDITION.find((key) => isPresent(provider?.[key]));
    if (judged !== undefined) report([], `metric '${name}' has no condition: whatever ${judged} answers is a success`);
  },
});

const conditionOnJob = metricRule({
  code: 'rollouts-condition-on-job',
  summary: 'A condition on a metric whose Job decides by itself.',
  why: 'a Job that completes is a success, one that fails is a failure; conditions are not looked at (RO-39, S-41, metricproviders/job/job.go).',
  fix: 'drop the condition, and let the Job exit with an error for a bad measurement',
  wrong: sampleMetric(
    'successCondition: result == "B"',
    'provider: { job: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: ab, image: "ghcr.io/acme/ab:v1" }] } } } } }',
  ),
  right: sampleMetric(
    'provider: { job: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: ab, image: "ghcr.io/acme/ab:v1" }] } } } } }',
  ),
  check(metric, report) {
    if (!isPresent(metric.provider?.job)) return;
    for (const field of CONDITIONS) {
      if (metric[field]) report([field], `${JSON.stringify(metric[field])} is ignored: the exit of the Job decides`);
    }
  },
});

/** Every text of a metric, with its path. */
function textsOf(value: unknown, path: FieldPath, visit: (text: string, path: FieldPath) => void): void {
  if (typeof value === 'string') {
    if (value.includes('{{')) visit(value, path);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) textsOf(item, [...path, index], visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) textsOf(item, [...path, key], visit);
  }
}

/** What stands between each pair of double braces; a last pair that is not closed gives null. */
function tagsOf(text: string): (string | null)[] {
  const tags: (string | null)[] = [];
  for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
    const end = text.indexOf('}}', at + 2);
    tags.push(end < 0 ? null : text.slice(at + 2, end).trim());
    if (end < 0) break;
    at = end + 2;
  }
  return tags;
}

const placeholder = metricRule({
  code: 'rollouts-placeholder',
  summary: 'A metric has a placeholder that nothing fills in.',
  why: 'the whole metric is a template in which only {{args.<name>}} has a meaning; for anything else the controller says "failed to resolve" (RO-37, utils/template/template.go).',
  fix: 'write {{args.<name>}} for an argument that the template declares',
  wrong: sampleMetric(
    SAMPLE_CONDITION,
    `provider: { prometheus: { address: "http://prometheus:9090", query: 'sum(errors_total{service="{{inputs.service}}"})' } }`,
  ),
  right: sampleTemplate(
    'args: [{ name: service }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    provider: { prometheus: { address: "http://prometheus:9090", query: 'sum(errors_total{service="{{args.service}}"})' } }`,
  ),
  check(metric, report) {
    textsOf(metric, [], (text, path) => {
      for (const tag of tagsOf(text)) {
        if (tag === null) report(path, "'{{' is not closed");
        else if (!/^args\.[^{}]+$/.test(tag)) report(path, `failed to resolve {{${tag}}}`);
      }
    });
  },
});

const argUndeclared = metricRule({
  code: 'rollouts-arg-undeclared',
  summary: 'A metric uses an argument that is not declared.',
  why: 'what callers give for an argument that is not declared is dropped, and the controller says "failed to resolve {{args.…}}" (RO-26, RO-37, utils/analysis/helpers.go).',
  fix: 'declare the argument in args, or correct its name',
  wrong: sampleTemplate(
    'args: [{ name: service-name }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    provider: { prometheus: { address: "http://prometheus:9090", query: 'sum(errors_total{service="{{args.service}}"})' } }`,
  ),
  right: sampleTemplate(
    'args: [{ name: service-name }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    provider: { prometheus: { address: "http://prometheus:9090", query: 'sum(errors_total{service="{{args.service-name}}"})' } }`,
  ),
  check(metric, report, { args = [], templates = [] }) {
    // The other templates may declare it.
    if (templates.length > 0) return;
    const declared = args.map((arg) => arg?.name ?? '');
    textsOf(metric, [], (text, path) => {
      for (const tag of tagsOf(text)) {
        const name = tag === null ? undefined : /^args\.(.+)$/.exec(tag)?.[1];
        if (name === undefined || declared.includes(name)) continue;
        const near = nearest(name, declared);
        report(
          path,
          `failed to resolve {{args.${name}}}: no argument '${name}' is declared`,
          near && `write {{args.${near}}}`,
        );
      }
    });
  },
});

const argSource = analysisRule({
  code: 'rollouts-arg-source',
  summary: 'An argument has two values.',
  why: 'the controller says that the argument "has both Value and ValueFrom fields" (RO-37, RO-40, pkg/apis/rollouts/validation/validation_references.go).',
  fix: 'keep one: value, valueFrom.secretKeyRef or valueFrom.fieldRef; or none, for callers to give',
  wrong: sampleTemplate(
    'args: [{ name: token, value: none, valueFrom: { secretKeyRef: { name: prometheus, key: token } } }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    ${SAMPLE_PROVIDER}`,
  ),
  right: sampleTemplate(
    'args: [{ name: token, valueFrom: { secretKeyRef: { name: prometheus, key: token } } }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    ${SAMPLE_PROVIDER}`,
  ),
  check({ args = [] }, report) {
    for (const [index, arg] of args.entries()) {
      const { name = '', value, valueFrom } = arg ?? {};
      if (isPresent(valueFrom) && isPresent(value)) {
        report(['args', index], `arg '${name}' has both Value and ValueFrom fields`);
      } else if (isPresent(valueFrom) && isPresent(valueFrom.secretKeyRef) === isPresent(valueFrom.fieldRef)) {
        const got = isPresent(valueFrom.secretKeyRef)
          ? 'both secretKeyRef and fieldRef'
          : 'neither secretKeyRef nor fieldRef';
        report(['args', index, 'valueFrom'], `arg '${name}' names ${got}`);
      }
    }
  },
});

const argDuplicate = analysisRule({
  code: 'rollouts-arg-duplicate',
  summary: 'An argument is declared twice.',
  why: 'the later value wins, or the two conflict when the analysis starts (RO-25, utils/analysis/helpers.go).',
  fix: 'declare each argument once',
  wrong: sampleTemplate(
    'args: [{ name: service }, { name: service }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    ${SAMPLE_PROVIDER}`,
  ),
  right: sampleTemplate(
    'args: [{ name: service }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    ${SAMPLE_PROVIDER}`,
  ),
  check({ args = [] }, report) {
    for (const index of repeated(args.map((arg) => arg?.name))) {
      report(['args', index, 'name'], `argument '${args[index]!.name}' is declared twice`);
    }
  },
});

const metricPattern = analysisRule({
  code: 'rollouts-metric-pattern',
  summary: 'A dry run or a retention of measurements is for no metric, or said twice.',
  why: `the names are regular expressions, each must be found in the name of a metric, and none may be repeated; else the analysis fails when it starts (RO-38, ${FACTORY}).`,
  fix: 'name a metric of the template, or an expression such as test.* that matches one',
  wrong: sampleTemplate(
    'dryRun: [{ metricName: latency }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    ${SAMPLE_PROVIDER}`,
  ),
  right: sampleTemplate(
    'dryRun: [{ metricName: success-.* }]',
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    ${SAMPLE_PROVIDER}`,
  ),
  check(spec, report) {
    const { metrics = [], templates = [] } = spec;
    for (const field of ['dryRun', 'measurementRetention'] as const) {
      const patterns = (spec[field] ?? []).map((entry) => entry?.metricName);
      for (const index of repeated(patterns)) {
        report([field, index, 'metricName'], `'${patterns[index]}' is there twice`);
      }
      if (templates.length > 0) continue;
      for (const [index, pattern] of patterns.entries()) {
        if (pattern === undefined || metrics.some(({ name = '' }) => found(pattern, name))) continue;
        report([field, index, 'metricName'], `'${pattern}' matches no metric`);
      }
    }
  },
});

/** Go's expressions differ in details: what JavaScript cannot read is taken to match. */
function found(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return true;
  }
}

/** Whether a metric goes on until it is stopped: an interval, and no count. @see EffectiveCount upstream */
export function isEndless({ count, interval }: MetricView): boolean {
  if (!interval) return false;
  return !isPresent(count) || (!isOpen(count) && (numberOf(count) ?? 0) === 0);
}

/** Rules for AnalysisTemplate and ClusterAnalysisTemplate. */
export const templateRules: readonly Rule<AnalysisManifest>[] = [
  metricsMissing,
  metricNames,
  oneProvider,
  limits,
  noEnd,
  countTooSmall,
  intervalMissing,
  durations,
  conditionSyntax,
  conditionVector,
  conditionMissing,
  conditionOnJob,
  placeholder,
  argUndeclared,
  argSource,
  argDuplicate,
  metricPattern,
  ...providerRules,
];

const argUnresolved = analysisRule({
  code: 'rollouts-run-arg-unresolved',
  summary: 'An AnalysisRun has an argument without a value.',
  why: 'nobody fills it in later: the run fails with "args.… was not resolved" (RO-26, utils/analysis/helpers.go).',
  fix: 'set value, or valueFrom',
  wrong: sampleRun('args: [{ name: service }]'),
  right: sampleRun('args: [{ name: service, value: checkout }]'),
  check({ args = [] }, report) {
    for (const [index, arg] of args.entries()) {
      if (isPresent(arg?.value) || isPresent(arg?.valueFrom)) continue;
      report(['args', index], `args.${arg?.name ?? ''} was not resolved`);
    }
  },
});

function sampleRun(args: string): string {
  return sampleTemplate(
    args,
    'metrics:',
    '  - name: success-rate',
    `    ${SAMPLE_CONDITION}`,
    `    ${SAMPLE_PROVIDER}`,
  ).replace('kind: AnalysisTemplate', 'kind: AnalysisRun');
}

/** Rules for AnalysisRun. */
export const runRulesOfAnalysis: readonly Rule<AnalysisManifest>[] = [...templateRules, argUnresolved];
