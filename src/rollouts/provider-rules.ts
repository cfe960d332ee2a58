/** Rules over the providers of metrics: what each of them demands beyond the schema. */
import type { Report, Rule } from '../kernel/rule';
import {
  type AnalysisManifest,
  isOpen,
  isPresent,
  metricRule,
  type ProviderView,
  providerRule,
  SAMPLE_CONDITION,
  sampleMetric,
} from './rule-support';
import { reportDuration } from './step-rules';

const QUERY = 'query: "sum(rate(errors_total[5m]))"';
const WEB = 'successCondition: result == true';

const prometheusAddress = providerRule('prometheus', {
  code: 'rollouts-prometheus-address',
  summary: 'The address of Prometheus is no URL.',
  why: 'the provider says "prometheus address is not is url format" (RO-39, metricproviders/prometheus/prometheus.go).',
  fix: 'write scheme and host: http://prometheus.monitoring:9090',
  wrong: sampleMetric(SAMPLE_CONDITION, `provider: { prometheus: { address: "prometheus:9090", ${QUERY} } }`),
  right: sampleMetric(SAMPLE_CONDITION, `provider: { prometheus: { address: "http://prometheus:9090", ${QUERY} } }`),
  check({ address }, report) {
    if (!address || isOpen(address) || /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#\s]/.test(address)) return;
    report(['address'], `'${address}' is no URL`);
  },
});

const prometheusRange = providerRule('prometheus', {
  code: 'rollouts-prometheus-range',
  summary: 'The step of a range query is no duration.',
  why: 'the provider refuses the metric (RO-39, metricproviders/prometheus/prometheus.go).',
  fix: 'write a duration in h, m, s and ms: 30s, 5m',
  wrong: sampleMetric(
    SAMPLE_CONDITION,
    `provider: { prometheus: { address: "http://prometheus:9090", ${QUERY}, rangeQuery: { start: 'now() - duration("1h")', end: now(), step: 5 min } } }`,
  ),
  right: sampleMetric(
    SAMPLE_CONDITION,
    `provider: { prometheus: { address: "http://prometheus:9090", ${QUERY}, rangeQuery: { start: 'now() - duration("1h")', end: now(), step: 5m } } }`,
  ),
  check({ rangeQuery }, report) {
    if (!isOpen(rangeQuery?.step)) reportDuration(rangeQuery?.step, ['rangeQuery', 'step'], report);
  },
});

const timeouts = metricRule({
  code: 'rollouts-provider-timeout',
  summary: 'The timeout of a provider is no time.',
  why: 'Prometheus refuses one below zero, New Relic also zero (RO-39, metricproviders/prometheus/prometheus.go, metricproviders/newrelic/newrelic.go).',
  fix: 'use a number of seconds above 0, or leave it out',
  wrong: sampleMetric(
    SAMPLE_CONDITION,
    `provider: { prometheus: { address: "http://prometheus:9090", ${QUERY}, timeout: -1 } }`,
  ),
  right: sampleMetric(
    SAMPLE_CONDITION,
    `provider: { prometheus: { address: "http://prometheus:9090", ${QUERY}, timeout: 40 } }`,
  ),
  check({ provider }, report) {
    for (const [name, least] of [
      ['prometheus', 0],
      ['newRelic', 1],
    ] as const) {
      const timeout = provider?.[name]?.timeout;
      if (!isPresent(timeout) || timeout >= least) continue;
      report(['provider', name, 'timeout'], `${timeout} must be at least ${least}`);
    }
  },
});

const oauth2 = metricRule({
  code: 'rollouts-oauth2',
  summary: 'OAuth2 without all that it takes.',
  why: 'the provider says "missing mandatory parameter in metric for OAuth2 setup", or sends no token at all (RO-39, metricproviders/prometheus/prometheus.go, metricproviders/webmetric/webmetric.go).',
  fix: 'set tokenUrl, clientId and clientSecret, the last from an argument with a secretKeyRef',
  wrong: sampleMetric(
    SAMPLE_CONDITION,
    `provider: { prometheus: { address: "http://prometheus:9090", ${QUERY}, authentication: { oauth2: { tokenUrl: "https://id.acme.io/token" } } } }`,
  ),
  right: sampleMetric(
    SAMPLE_CONDITION,
    `provider: { prometheus: { address: "http://prometheus:9090", ${QUERY}, authentication: { oauth2: { tokenUrl: "https://id.acme.io/token", clientId: rollouts, clientSecret: hush } } } }`,
  ),
  check({ provider }, report) {
    for (const name of ['prometheus', 'web'] as const) {
      const own = provider?.[name]?.authentication?.oauth2;
      if (!isPresent(own)) continue;
      const missing = (['tokenUrl', 'clientId', 'clientSecret'] as const).filter((field) => !own[field]);
      if (missing.length === 0 || (missing.length === 3 && (own.scopes ?? []).length === 0)) continue;
      report(['provider', name, 'authentication', 'oauth2'], `missing ${missing.join(', ')}`);
    }
  },
});

const webMethod = providerRule('web', {
  code: 'rollouts-web-request',
  summary: 'A web request with an unknown method, two bodies, or a body that GET cannot carry.',
  why: 'the provider knows GET, POST and PUT, and takes one body, for POST and PUT only; GET is the default (RO-39, metricproviders/webmetric/webmetric.go).',
  fix: 'set method: POST for a request with a body, and one of body and jsonBody',
  wrong: sampleMetric(WEB, 'provider: { web: { url: "https://acme.io/ok", jsonBody: { stage: canary } } }'),
  right: sampleMetric(
    WEB,
    'provider: { web: { url: "https://acme.io/ok", method: POST, jsonBody: { stage: canary } } }',
  ),
  check({ method, body, jsonBody }, report) {
    const known = ['GET', 'POST', 'PUT'];
    if (method && !isOpen(method) && !known.includes(method)) {
      report(['method'], `'${method}' is none of ${known.join(', ')}`);
    }
    if (body && isPresent(jsonBody)) {
      report(['jsonBody'], 'use either Body or JSONBody; both cannot exists for WebMetric payload');
    }
    if ((!method || method === 'GET') && (body || isPresent(jsonBody))) {
      report(
        [body ? 'body' : 'jsonBody'],
        'Body/JSONBody can only be used with POST or PUT WebMetric Method types: got GET',
      );
    }
  },
});

type DatadogView = NonNullable<ProviderView['datadog']>;

const datadogQuery = providerRule('datadog', {
  code: 'rollouts-datadog-query',
  summary: 'A Datadog metric has no query, both kinds, or more than its API version can do.',
  why: 'v1, the default, takes one query and nothing else; v2 takes a query, or queries with a formula over more than one (RO-39, metricproviders/datadog/datadog.go).',
  fix: 'use query; or apiVersion: v2 with queries and a formula',
  wrong: sampleMetric(
    'successCondition: result <= 0.01',
    'provider: { datadog: { apiVersion: v2, queries: { a: "sum:errors{*}", b: "sum:requests{*}" } } }',
  ),
  right: sampleMetric(
    'successCondition: result <= 0.01',
    'provider: { datadog: { apiVersion: v2, queries: { a: "sum:errors{*}", b: "sum:requests{*}" }, formula: a / b } }',
  ),
  check(datadog, report) {
    const queries = Object.keys(datadog.queries ?? {}).length;
    if (!datadog.query && queries === 0) report([], 'must have either a query or queries');
    else if (datadog.query && queries > 0) report(['queries'], 'cannot have both a query and queries');
    reportFormula(datadog, queries, report);
    if (datadog.apiVersion === 'v2') return;
    if (queries > 0) report(['queries'], 'needs apiVersion: v2', 'set apiVersion: v2, or use query');
    if (datadog.aggregator) report(['aggregator'], 'needs apiVersion: v2', 'set apiVersion: v2, or drop aggregator');
  },
});

function reportFormula({ formula }: DatadogView, queries: number, report: Report): void {
  if (formula && queries === 0) report(['formula'], 'a formula needs queries');
  else if (!formula && queries > 1) report(['formula'], `${queries} queries need a formula`);
}

const datadogSecret = providerRule('datadog', {
  code: 'rollouts-datadog-secret',
  summary: 'A Secret is to be found in the namespace, by no name.',
  why: 'only the Secret of the controller has a default name (RO-39, metricproviders/datadog/datadog.go).',
  fix: 'set secretRef.name',
  wrong: sampleMetric(
    'successCondition: result <= 0.01',
    'provider: { datadog: { query: "sum:errors{*}", secretRef: { namespaced: true } } }',
  ),
  right: sampleMetric(
    'successCondition: result <= 0.01',
    'provider: { datadog: { query: "sum:errors{*}", secretRef: { namespaced: true, name: datadog } } }',
  ),
  check({ secretRef }, report) {
    if (secretRef?.namespaced !== true || secretRef.name) return;
    report(['secretRef', 'name'], 'secretRef.namespaced is true, yet the Secret has no name');
  },
});

const KAYENTA =
  'address: "https://kayenta.acme.io", application: checkout, canaryConfigName: checkout, configurationAccountName: acme, metricsAccountName: acme, storageAccountName: acme, threshold: { pass: 90, marginal: 75 }';

const kayentaScope = providerRule('kayenta', {
  code: 'rollouts-kayenta-scope',
  summary: 'A scope of Kayenta has a start without an end, or an end without a start.',
  why: 'the provider takes both, or computes both (RO-39, metricproviders/kayenta/kayenta.go).',
  fix: 'set start and end, or neither',
  wrong: sampleMetric(
    `provider: { kayenta: { ${KAYENTA}, scopes: [{ name: default, controlScope: { scope: stable, region: eu, step: 60, start: "2026-01-01T00:00:00Z" }, experimentScope: { scope: canary, region: eu, step: 60 } }] } }`,
  ),
  right: sampleMetric(
    `provider: { kayenta: { ${KAYENTA}, scopes: [{ name: default, controlScope: { scope: stable, region: eu, step: 60 }, experimentScope: { scope: canary, region: eu, step: 60 } }] } }`,
  ),
  check({ scopes = [] }, report) {
    for (const [index, scope] of scopes.entries()) {
      for (const side of ['controlScope', 'experimentScope'] as const) {
        const { start, end } = scope?.[side] ?? {};
        if (Boolean(start) === Boolean(end)) continue;
        report(['scopes', index, side], `has a ${start ? 'start' : 'end'} and no ${start ? 'end' : 'start'}`);
      }
    }
  },
});

export const providerRules: readonly Rule<AnalysisManifest>[] = [
  prometheusAddress,
  prometheusRange,
  timeouts,
  oauth2,
  webMethod,
  datadogQuery,
  datadogSecret,
  kayentaScope,
];
