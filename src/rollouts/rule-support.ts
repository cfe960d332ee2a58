/** What the rules of this room share: views of the parts they judge, and the manifests of their samples. */
import type { FieldPath, Severity } from '../kernel/issue';
import type { DeepPartial } from '../kernel/manifest';
import { defineRule, type Report, type Rule } from '../kernel/rule';
import type {
  AnalysisRun,
  AnalysisTemplate,
  ClusterAnalysisTemplate,
  Rollout,
  RolloutSpec,
  RolloutSpecStrategyBlueGreen,
  RolloutSpecStrategyBlueGreenPostPromotionAnalysis,
  RolloutSpecStrategyCanary,
} from '../schema/generated/argo-rollouts';

export type SpecView = DeepPartial<RolloutSpec>;
export type CanaryView = DeepPartial<RolloutSpecStrategyCanary>;
export type BlueGreenView = DeepPartial<RolloutSpecStrategyBlueGreen>;
export type RoutingView = NonNullable<CanaryView['trafficRouting']>;
export type StepView = NonNullable<CanaryView['steps']>[number];
export type AnalysisView = DeepPartial<RolloutSpecStrategyBlueGreenPostPromotionAnalysis>;

/** A rule without its check; an error unless it says otherwise. */
interface Statement extends Omit<Rule, 'check' | 'severity'> {
  readonly severity?: Severity;
}

/** A rule over the spec of a Rollout; paths start there. */
export function specRule(
  rule: Statement & { readonly check: (spec: SpecView, report: Report) => void },
): Rule<Rollout> {
  return defineRule<Rollout>({
    severity: 'error',
    ...rule,
    check({ spec }, report) {
      if (spec !== undefined && spec !== null) rule.check(spec, below(report, ['spec']));
    },
  });
}

/** A rule over `strategy.canary`; paths start there. */
export function canaryRule(
  rule: Statement & { readonly check: (canary: CanaryView, report: Report) => void },
): Rule<Rollout> {
  return specRule({
    ...rule,
    check({ strategy }, report) {
      if (strategy?.canary) rule.check(strategy.canary, below(report, ['strategy', 'canary']));
    },
  });
}

/** A rule over each step of a canary; paths start at the step. */
export function stepRule(
  rule: Statement & { readonly check: (step: StepView, report: Report, canary: CanaryView) => void },
): Rule<Rollout> {
  return canaryRule({
    ...rule,
    check(canary, report) {
      for (const [index, step] of (canary.steps ?? []).entries()) {
        rule.check(step ?? {}, below(report, ['steps', index]), canary);
      }
    },
  });
}

/** A rule over `strategy.blueGreen`; paths start there. */
export function blueGreenRule(
  rule: Statement & { readonly check: (blueGreen: BlueGreenView, report: Report, spec: SpecView) => void },
): Rule<Rollout> {
  return specRule({
    ...rule,
    check(spec, report) {
      const { strategy } = spec;
      if (strategy?.blueGreen) rule.check(strategy.blueGreen, below(report, ['strategy', 'blueGreen']), spec);
    },
  });
}

/** A report whose paths are those of a part. */
export function below(report: Report, at: FieldPath): Report {
  return (path, message, fix) => report([...at, ...path], message, fix);
}

/** Every analysis of a Rollout, with its path from the spec. */
export function analysesOf({ strategy }: SpecView): readonly [AnalysisView, FieldPath][] {
  const { canary, blueGreen } = strategy ?? {};
  const found: [AnalysisView | undefined, FieldPath][] = [
    [canary?.analysis, ['strategy', 'canary', 'analysis']],
    ...(canary?.steps ?? []).map((step, index): [AnalysisView | undefined, FieldPath] => [
      step?.analysis,
      ['strategy', 'canary', 'steps', index, 'analysis'],
    ]),
    [blueGreen?.prePromotionAnalysis, ['strategy', 'blueGreen', 'prePromotionAnalysis']],
    [blueGreen?.postPromotionAnalysis, ['strategy', 'blueGreen', 'postPromotionAnalysis']],
  ];
  return found.filter((entry): entry is [AnalysisView, FieldPath] => isPresent(entry[0]));
}

/** Whether a field is there; null is not, for the API server either. */
export function isPresent<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

export type MetricsSpec = NonNullable<DeepPartial<AnalysisTemplate>['spec'] & DeepPartial<AnalysisRun>['spec']>;
export type MetricView = NonNullable<MetricsSpec['metrics']>[number];
export type ProviderView = NonNullable<MetricView['provider']>;
export type AnalysisManifest = AnalysisTemplate | ClusterAnalysisTemplate | AnalysisRun;

/** A rule over the spec of an analysis template or run; paths start there. */
export function analysisRule(
  rule: Statement & { readonly check: (spec: MetricsSpec, report: Report) => void },
): Rule<AnalysisManifest> {
  return defineRule<AnalysisManifest>({
    severity: 'error',
    ...rule,
    check({ spec }, report) {
      if (isPresent(spec)) rule.check(spec as MetricsSpec, below(report, ['spec']));
    },
  });
}

/** A rule over each metric of an analysis template or run; paths start at the metric. */
export function metricRule(
  rule: Statement & { readonly check: (metric: MetricView, report: Report, spec: MetricsSpec) => void },
): Rule<AnalysisManifest> {
  return analysisRule({
    ...rule,
    check(spec, report) {
      for (const [index, metric] of (spec.metrics ?? []).entries()) {
        rule.check(metric ?? {}, below(report, ['metrics', index]), spec);
      }
    },
  });
}

/** A rule over one provider of each metric; paths start at the provider. */
export function providerRule<K extends keyof ProviderView>(
  name: K,
  rule: Statement & { readonly check: (provider: NonNullable<ProviderView[K]>, report: Report) => void },
): Rule<AnalysisManifest> {
  return metricRule({
    ...rule,
    check({ provider }, report) {
      const own = provider?.[name];
      if (isPresent(own)) rule.check(own as NonNullable<ProviderView[K]>, below(report, ['provider', name]));
    },
  });
}

/** Whether the controller replaces a part of the text before it is used. */
export function isOpen(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{');
}

/** Positions of the values that were there before. */
export function repeated(values: readonly (string | undefined)[]): readonly number[] {
  const seen = new Set<string>();
  const found: number[] = [];
  for (const [index, value] of values.entries()) {
    if (value === undefined) continue;
    if (seen.has(value)) found.push(index);
    seen.add(value);
  }
  return found;
}

const SAMPLE_POD = `
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout } }
    spec: { containers: [{ name: checkout, image: 'ghcr.io/acme/checkout:v1.4.2' }] }`;

const SAMPLE_STRATEGY = `
  strategy: { canary: { steps: [{ setWeight: 20 }, { pause: { duration: 5m } }] } }`;

/** A sample Rollout; what is not given is as usual. */
export function sampleRollout({ fields = '', pod = SAMPLE_POD, strategy = SAMPLE_STRATEGY }): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: checkout, namespace: shop }
spec:${fields}${pod}${strategy}
`;
}

/** A sample with the fields of a canary, each on a line of its own. */
export function sampleCanary(...fields: readonly string[]): string {
  return sampleRollout({ strategy: `\n  strategy:\n    canary:${lines(fields, 6)}` });
}

/** A sample with the fields of a blue-green strategy. */
export function sampleBlueGreen(...fields: readonly string[]): string {
  return sampleRollout({ strategy: `\n  strategy:\n    blueGreen:${lines(fields, 6)}` });
}

/** A sample template with the fields of its only metric. */
export function sampleMetric(...fields: readonly string[]): string {
  return sampleTemplate('metrics:', '  - name: success-rate', ...fields.map((field) => `    ${field}`));
}

/** A sample template with the lines of its spec. */
export function sampleTemplate(...spec: readonly string[]): string {
  return `
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: success-rate, namespace: shop }
spec:${lines(spec, 2)}
`;
}

/** A provider for samples that are about something else. */
export const SAMPLE_PROVIDER =
  'provider: { prometheus: { address: "http://prometheus:9090", query: "sum(rate(errors_total[5m]))" } }';

/** A condition for samples that are about something else. */
export const SAMPLE_CONDITION = 'successCondition: result[0] < 0.05';

function lines(fields: readonly string[], indent: number): string {
  return fields.map((field) => `\n${' '.repeat(indent)}${field}`).join('');
}
