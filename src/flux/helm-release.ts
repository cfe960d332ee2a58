/**
 * Flux HelmRelease: a Helm chart, installed and kept at its values. Its laws: the chart comes from `chart` or from
 * `chartRef`, and where the release goes is said by `targetNamespace`, else it is the HelmRelease's own namespace.
 *
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { type DurationInput, goDuration } from '../kernel/duration';
import { isPlainObject } from '../kernel/json';
import type { HelmReleaseSpec } from '../schema/generated/flux';
import type { GitRepository } from './git-repository';
import { helmReleaseRules } from './helm-release-rules';
import type { HelmRepository } from './helm-repository';
import { type KubeConfig, type NamedObject, shapeKubeConfig } from './kustomization';
import type { OCIRepository } from './oci-repository';
import { each, kindRef, type LocalName, localKindRef, nameRef, namespaceIn, withLocalRef } from './refs';

type Convenient =
  | 'chart'
  | 'chartRef'
  | 'dependsOn'
  | 'install'
  | 'interval'
  | 'kubeConfig'
  | 'rollback'
  | 'test'
  | 'timeout'
  | 'uninstall'
  | 'upgrade'
  | 'values'
  | 'valuesFrom';
type Spec<K extends keyof HelmReleaseSpec> = NonNullable<HelmReleaseSpec[K]>;
type Dependency = Spec<'dependsOn'>[number];
type UpstreamChart = Spec<'chart'>;
type UpstreamChartSpec = UpstreamChart['spec'];
type ValuesFrom = Spec<'valuesFrom'>[number];

type DurationField = 'interval' | 'retryInterval' | 'timeout';

/** A part of the API whose durations may be cdk8s Durations. */
type WithDurations<T> = { readonly [K in keyof T]: K extends DurationField ? DurationInput : T[K] };
type WithStrategy<T extends { readonly strategy?: unknown }> = WithDurations<Omit<T, 'strategy'>> & {
  /** What to do after a failure: `RemediateOnFailure`, or `RetryOnFailure` with its retryInterval. */
  readonly strategy?: WithDurations<NonNullable<T['strategy']>>;
};

/** Which chart of a source to install. */
export interface HelmReleaseChart extends Omit<UpstreamChartSpec, 'interval' | 'sourceRef' | 'verify'> {
  /** The chart's name in a HelmRepository; its path in a GitRepository or Bucket. */
  readonly chart: string;
  /** A version or range; for charts in Git the chart's own version counts. @default '*' */
  readonly version?: string;
  readonly sourceRef: GitRepository | HelmRepository | UpstreamChartSpec['sourceRef'];
  /** How often to look for a new version. @default - the HelmRelease's interval */
  readonly interval?: DurationInput;
  /** Whose signature the chart must have; for charts of an OCI HelmRepository. @default - not looked at */
  readonly verify?: Omit<NonNullable<UpstreamChartSpec['verify']>, 'secretRef'> & { readonly secretRef?: LocalName };
}

export interface HelmReleaseProps extends ResourceProps, Omit<HelmReleaseSpec, Convenient> {
  /** The chart of a HelmRepository, GitRepository or Bucket; or `chartRef`. */
  readonly chart?: HelmReleaseChart | (Omit<UpstreamChart, 'spec'> & { readonly spec: HelmReleaseChart });
  /** The OCIRepository that is the chart; or a HelmChart by name. Or `chart`. */
  readonly chartRef?: OCIRepository | Spec<'chartRef'>;
  /** How often to compare release and values: ms, s, m or h. */
  readonly interval: DurationInput;
  /** How long each Kubernetes operation of a Helm action may take. @default '5m' */
  readonly timeout?: DurationInput;
  /** The namespace to install into; `install.createNamespace` makes it. @default - the HelmRelease's own */
  readonly targetNamespace?: string;
  /** The release's name in Helm, 53 characters at most. Changing it uninstalls. @default - `[targetNamespace-]name` */
  readonly releaseName?: string;
  /**
   * The chart's values. A null removes a default of the chart, as in Helm, so nulls are written.
   *
   * @default - none
   */
  readonly values?: object;
  /**
   * ConfigMaps and Secrets with values, in the HelmRelease's namespace. Merged in order, then `values` over them;
   * entries with a targetPath over everything. A missing object or key fails, unless `optional`.
   *
   * @default - none
   */
  readonly valuesFrom?: readonly (NamedObject | ValuesFrom)[];
  /** The HelmReleases that must be ready first. A Kustomization cannot be waited for here. @default - none */
  readonly dependsOn?: readonly (HelmRelease | (Dependency & { readonly kind?: never }))[];
  /** How to install: namespace, CRDs, retries. @default - CRDs are created, failures are not retried */
  readonly install?: WithStrategy<Spec<'install'>>;
  /** How to upgrade: CRDs, retries, what to do after a failure. @default - CRDs are left alone, failures are not retried */
  readonly upgrade?: WithStrategy<Spec<'upgrade'>>;
  /** How to roll back after a failed upgrade. @default - Helm's defaults */
  readonly rollback?: WithDurations<Spec<'rollback'>>;
  /** Whether to run the chart's tests after install and upgrade. @default - they are not run */
  readonly test?: WithDurations<Spec<'test'>>;
  /** How to uninstall when the HelmRelease is deleted. @default - Helm's defaults */
  readonly uninstall?: WithDurations<Spec<'uninstall'>>;
  /** Whether changes made by hand are seen (`warn`) or undone (`enabled`). @default - mode 'disabled' */
  readonly driftDetection?: HelmReleaseSpec['driftDetection'];
  /** The cluster to install into, when it is not Flux's own. @default - the cluster Flux runs in */
  readonly kubeConfig?: KubeConfig;
  /** Stops everything; what is installed stays. @default false */
  readonly suspend?: boolean;
}

export const helmReleaseKind = defineKind({
  apiVersion: 'helm.toolkit.fluxcd.io/v2',
  kind: 'HelmRelease',
  rules: helmReleaseRules,
});

export class HelmRelease extends Resource {
  declare readonly kind: 'HelmRelease';

  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    const [common, spec] = splitProps(props);
    super(scope, id, helmReleaseKind, common, { spec: shape(spec, namespaceIn(scope, common.metadata)) });
  }
}

function shape(props: Omit<HelmReleaseProps, keyof ResourceProps>, namespace: string | undefined): HelmReleaseSpec {
  const { chart, chartRef, dependsOn, valuesFrom, values, install, upgrade, ...spec } = props;
  return {
    ...spec,
    interval: goDuration(props.interval),
    timeout: goDuration(props.timeout),
    chart: shapeChart(chart, namespace),
    chartRef: chartRef && kindRef(chartRef, namespace),
    dependsOn: each(dependsOn, (item) => nameRef<Dependency>(item, namespace)),
    valuesFrom: each(valuesFrom, (item) => localKindRef(item as ValuesFrom)),
    values: values as HelmReleaseSpec['values'],
    install: withStrategy(install),
    upgrade: withStrategy(upgrade),
    rollback: withDurations(props.rollback),
    test: withDurations(props.test),
    uninstall: withDurations(props.uninstall),
    kubeConfig: shapeKubeConfig(props.kubeConfig),
  };
}

function shapeChart(chart: HelmReleaseProps['chart'], namespace: string | undefined): UpstreamChart | undefined {
  if (!isPlainObject(chart)) return chart as UpstreamChart | undefined;
  const whole = 'spec' in chart ? chart : { spec: chart };
  if (!isPlainObject(whole.spec)) return whole as UpstreamChart;
  const { sourceRef, verify, ...spec } = withDurations(whole.spec as HelmReleaseChart);
  return {
    ...whole,
    spec: { ...spec, sourceRef: kindRef(sourceRef, namespace), verify: withLocalRef(verify, 'secretRef') },
  } as UpstreamChart;
}

function withStrategy<T extends { readonly strategy?: unknown }>(action: WithStrategy<T> | undefined): T | undefined {
  if (!isPlainObject(action) || !isPlainObject(action['strategy'])) return withDurations(action) as T | undefined;
  return { ...withDurations(action), strategy: withDurations(action['strategy']) } as unknown as T;
}

/** Renders the durations of a struct; what is not a struct passes for the schema to judge. */
function withDurations<T extends object>(
  struct: T,
): { readonly [K in keyof T]: K extends DurationField ? string : T[K] };
function withDurations<T extends object>(
  struct: T | undefined,
): { readonly [K in keyof T]: K extends DurationField ? string : T[K] } | undefined;
function withDurations(struct: object | undefined): object | undefined {
  if (!isPlainObject(struct)) return struct;
  const result = { ...struct };
  for (const field of ['interval', 'retryInterval', 'timeout'] as const) {
    if (field in result) result[field] = goDuration(result[field] as DurationInput);
  }
  return result;
}
