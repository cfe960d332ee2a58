/** What must compile and what must not: checked by tsc, never run. */
import type { Construct } from 'constructs';
import {
  AnalysisTemplate,
  alb,
  analysis,
  blueGreen,
  canary,
  experiment,
  experimentAnalysis,
  istio,
  nginx,
  pause,
  pluginProvider,
  prometheus,
  Rollout,
  setCanaryScale,
  setHeaderRoute,
  setMirrorRoute,
  setWeight,
  smi,
  web,
} from '../../src/rollouts';

const address = 'http://prometheus.monitoring:9090';
const containers = [{ image: 'ghcr.io/acme/checkout:v1.4.2' }];
const strategy = canary({ steps: [setWeight(20), pause('5m')] });
const metric = { name: 'errors', successCondition: 'result[0] < 0.05', provider: prometheus({ address, query: 'up' }) };

function successRate(scope: Construct) {
  return new AnalysisTemplate(scope, 'success-rate', {
    args: ['service', { name: 'percentile', value: '95' }],
    metrics: (args) => [{ ...metric, name: args.service, failureCondition: args.percentile }],
  });
}

export function rolloutRefuses(scope: Construct): void {
  // @ts-expect-error a weight is not negative
  setWeight(-5);
  // @ts-expect-error a weight is whole
  setWeight(12.5);
  // @ts-expect-error days are no unit
  pause('5d');
  // @ts-expect-error exactly one measure
  setCanaryScale({ weight: 5, replicas: 2 });
  // @ts-expect-error one way to compare
  setHeaderRoute('a', { 'X-A': { exact: '1', prefix: '1' } });
  // @ts-expect-error no router, no header route
  canary({ steps: [setHeaderRoute('a')] });
  // @ts-expect-error no router, no scale
  canary({ steps: [setCanaryScale({ weight: 5 })] });
  // @ts-expect-error nginx has no header routes
  canary({ trafficRouting: nginx({ stableIngress: 'a' }), steps: [setHeaderRoute('a')] });
  // @ts-expect-error alb mirrors nothing
  canary({ trafficRouting: alb({ ingress: 'a', servicePort: 80 }), steps: [setMirrorRoute('a')] });
  // @ts-expect-error one virtual service or several
  istio({ virtualService: 'a', virtualServices: ['b'] });
  // @ts-expect-error only nginx and plugins know a total
  smi({ maxTrafficWeight: 1000 });
  // @ts-expect-error blue-green only
  canary({ autoPromotionEnabled: false });
  // @ts-expect-error text without a percent sign would be a percentage
  canary({ maxSurge: '5' });
  // @ts-expect-error seconds until a promotion that is switched off
  blueGreen({ activeService: 'a', autoPromotionEnabled: false, autoPromotionSeconds: 300 });
  // @ts-expect-error a step does one thing
  canary({ steps: [{ setWeight: 5, pause: {} }] });
  // @ts-expect-error canary or stable
  experiment({ templates: [{ name: 'a', specRef: 'baseline' }] });
  // @ts-expect-error containers or a template
  new Rollout(scope, 'a', { containers, template: {}, strategy });
  // @ts-expect-error no pods at all
  new Rollout(scope, 'a', { strategy });
  // @ts-expect-error a strategy of a Deployment
  new Rollout(scope, 'a', { containers, strategy: { type: 'RollingUpdate' } });
}

export function rolloutAccepts(weight: number, manual: boolean): void {
  setWeight(weight);
  blueGreen({ activeService: 'a', autoPromotionEnabled: manual });
  canary({ trafficRouting: istio({ virtualServices: ['a', 'b'] }), steps: [setMirrorRoute('m'), setHeaderRoute('h')] });
  canary({ trafficRouting: { istio: { virtualService: { name: 'a' } } }, steps: [setHeaderRoute('h')] });
  canary({ trafficRouting: { ...nginx({ stableIngress: 'a' }), ...smi() }, steps: [setCanaryScale({ replicas: 1 })] });
  canary({ steps: [{ setWeight: 5 }, { pause: { duration: 30 } }] });
}
export function analysisRefuses(scope: Construct): void {
  const template = successRate(scope);
  const all = new AnalysisTemplate(scope, 'all', { args: ['region'], templates: [template] });
  const none = new AnalysisTemplate(scope, 'none', { metrics: [metric] });
  // @ts-expect-error the service is missing
  analysis(template);
  // @ts-expect-error the service is missing
  analysis(template, {});
  // @ts-expect-error a typo
  analysis(template, { service: 'a', percentil: '95' });
  // @ts-expect-error a value is text
  analysis(template, { service: 5 });
  // @ts-expect-error the region is missing
  analysis(all, { service: 'a' });
  // @ts-expect-error the service of the nested template is missing
  analysis(all, { region: 'eu' });
  // @ts-expect-error the service is missing for one of two
  analysis([template, none]);
  // @ts-expect-error the service is missing
  experimentAnalysis('a', template);
  new AnalysisTemplate(scope, 'a', {
    args: ['service'],
    // @ts-expect-error a typo
    metrics: (args) => [{ ...metric, failureCondition: args.servce }],
  });
  // @ts-expect-error a query is asked for
  prometheus({ address });
  // @ts-expect-error GET, POST or PUT
  web({ url: 'https://acme.io', method: 'DELETE' });
  // @ts-expect-error a secret is asked for
  web({ url: 'https://acme.io', authentication: { oauth2: { tokenUrl: 'https://id', clientId: 'a' } } });
}

export function analysisAccepts(scope: Construct, names: readonly string[], which: boolean): void {
  const template = successRate(scope);
  const all = new AnalysisTemplate(scope, 'all', { args: ['region'], templates: [template] });
  analysis(all, { region: 'eu', service: 'a', percentile: '99' });
  analysis([template, 'by-name'], { service: 'a', whatever: 'b' });
  analysis({ templateName: 'x', clusterScope: which }, { a: 'b' });
  analysis(new AnalysisTemplate(scope, 'computed', { args: names, metrics: [metric] }), { a: 'b' });
  analysis(which ? 'a' : 'b');
  const annotated: AnalysisTemplate = template;
  analysis(annotated, { service: 'a' });
  const exact: AnalysisTemplate<readonly ['region'], readonly [typeof template]> = all;
  analysis(exact, { region: 'eu', service: 'a' });
  pluginProvider('acme/metric', { address });
  const two = [successRate(scope), successRate(scope)];
  const steps: readonly ReturnType<typeof analysis>[] = [analysis(two, { service: 'a' }), analysis(two, [])];
  canary({ steps });
  const deep = new AnalysisTemplate(scope, 'deep', { args: ['zone'], templates: [all, 'by-name'] });
  analysis(deep, { zone: 'a', region: 'eu', service: 'a' });
  // @ts-expect-error the service of the template two levels down is missing
  analysis(deep, { zone: 'a', region: 'eu' });
}
