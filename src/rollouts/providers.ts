/** What an analysis measures, one function a provider. Each takes upstream's fields. */
import type { Json, JsonObject } from '../kernel/manifest';
import type { AnalysisRunSpecMetricsProvider } from '../schema/generated/argo-rollouts';

/** Upstream's `provider`: exactly one field of it is to be set. */
export type MetricProvider = AnalysisRunSpecMetricsProvider;

type Provider<K extends keyof MetricProvider> = { readonly [P in K]-?: NonNullable<MetricProvider[P]> };
type Props<K extends keyof MetricProvider> = NonNullable<MetricProvider[K]>;

/** Oauth2 takes all of the first three, or is not used. */
export interface OAuth2 {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** An argument that comes from a Secret: `args.secret`. */
  readonly clientSecret: string;
  /** @default - none */
  readonly scopes?: readonly string[];
}

export interface Authentication extends Omit<NonNullable<Props<'prometheus'>['authentication']>, 'oauth2'> {
  readonly oauth2?: OAuth2;
}

export interface PrometheusProps extends Omit<Props<'prometheus'>, 'authentication'> {
  /** With scheme: `http://prometheus.monitoring:9090`. @default - what the controller's environment says */
  readonly address?: string;
  /**
   * PromQL. The result of an ordinary query is a list, even of one sample: compare `result[0]`, or ask for
   * `scalar(…)` and compare `result`.
   */
  readonly query: string;
  /** Seconds. @default 30 */
  readonly timeout?: number;
  /** Asks for a range of time instead of an instant. @default - an instant */
  readonly rangeQuery?: Props<'prometheus'>['rangeQuery'];
  readonly authentication?: Authentication;
}

/** A PromQL query. */
export function prometheus(props: PrometheusProps): Provider<'prometheus'> {
  return { prometheus: props };
}

export interface WebProps extends Omit<Props<'web'>, 'method' | 'authentication' | 'jsonBody'> {
  readonly url: string;
  /** Only with POST and PUT may a body be sent. @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'PUT';
  /** What `result` is: a JSONPath in braces, `{$.data.ok}`. @default - the whole answer */
  readonly jsonPath?: string;
  /** The body as JSON; not with `body`. @default - none */
  readonly jsonBody?: JsonObject;
  /** Seconds. @default 10 */
  readonly timeoutSeconds?: number;
  readonly authentication?: Authentication;
}

/** An HTTP request; an answer other than 2xx is an error. */
export function web(props: WebProps): Provider<'web'> {
  return { web: props };
}

/** A Job: success or failure of its pods is the measurement, conditions are not looked at. */
export function job(props: Props<'job'>): Provider<'job'> {
  return { job: props };
}

/** A Datadog query: `query`, or with API version v2 `queries` and a `formula`. */
export function datadog(props: Props<'datadog'>): Provider<'datadog'> {
  return { datadog: props };
}

/** A New Relic NRQL query. */
export function newRelic(props: Props<'newRelic'>): Provider<'newRelic'> {
  return { newRelic: props };
}

/** A Wavefront query. */
export function wavefront(props: Props<'wavefront'>): Provider<'wavefront'> {
  return { wavefront: props };
}

/** A Kayenta judgement: its thresholds decide. */
export function kayenta(props: Props<'kayenta'>): Provider<'kayenta'> {
  return { kayenta: props };
}

/** CloudWatch metric data queries. */
export function cloudWatch(props: Props<'cloudWatch'>): Provider<'cloudWatch'> {
  return { cloudWatch: props };
}

/** A Graphite query. */
export function graphite(props: Props<'graphite'>): Provider<'graphite'> {
  return { graphite: props };
}

/** An InfluxDB Flux query. */
export function influxdb(props: Props<'influxdb'>): Provider<'influxdb'> {
  return { influxdb: props };
}

/** A SkyWalking GraphQL query. */
export function skywalking(props: Props<'skywalking'>): Provider<'skywalking'> {
  return { skywalking: props };
}

/** A metric plugin that the controller has installed: `argoproj-labs/sample-prometheus`. */
export function pluginProvider(name: string, config: Json): Provider<'plugin'> {
  return { plugin: { [name]: config } };
}
