/** What the source documents say that does not compile; the compiler checks the marks, the tests what is refused at run time. */
import { EnvironmentStack, GitOpsApp } from 'cdk8s-gitops';
import { Application, type ApplicationProps, ApplicationSet, type SyncOptions } from 'cdk8s-gitops/argocd';
import { AnalysisTemplate, analysis, blueGreen, canary, prometheus, Rollout, setWeight } from 'cdk8s-gitops/rollouts';
import { codesOf } from '../support/issues';

const source = { repoURL: 'https://github.com/org/app', targetRevision: 'main', path: 'deploy' };
const destination = { server: 'https://kubernetes.default.svc', namespace: 'app' };
const pods = {
  selector: { matchLabels: { app: 'app' } },
  template: {
    metadata: { labels: { app: 'app' } },
    spec: { containers: [{ name: 'app', image: 'ghcr.io/acme/app:v1' }] },
  },
};

let stack: EnvironmentStack;

beforeEach(() => {
  stack = new EnvironmentStack(new GitOpsApp().environment('prod', {}), 'stack');
});

test('S-01: text where Argo CD wants a boolean', () => {
  const spec = {
    project: 'default',
    source,
    destination,
    syncPolicy: { automated: { prune: '{{.autoSync}}' } },
  };
  const template = { metadata: { name: '{{.name}}' }, spec };
  expect(
    codesOf(
      () =>
        new ApplicationSet(stack, 'apps', {
          generators: [{ clusters: {} }],
          // @ts-expect-error prune is boolean
          template,
        }),
    ),
  ).toEqual(['schema-type']);
});

test('S-05: a generator that does not exist', () => {
  const template = { metadata: { name: '{{.name}}' }, spec: { project: 'default', source, destination } };
  expect(
    codesOf(
      () =>
        new ApplicationSet(stack, 'apps', {
          // @ts-expect-error clusters
          generators: [{ cluster: {} }],
          template,
        }),
    ),
  ).toContain('schema-field-unknown');
});

test('S-07: an Application without a project', () => {
  // @ts-expect-error project is required
  const props: ApplicationProps = { source, destination };
  expect(codesOf(() => new Application(stack, 'app', props))).toEqual(['schema-required']);
});

test('S-11: promotion by hand in a canary', () => {
  // @ts-expect-error autoPromotionEnabled is for blueGreen
  const strategy = canary({ steps: [setWeight(10)], autoPromotionEnabled: false });
  expect(codesOf(() => new Rollout(stack, 'app', { ...pods, strategy }))).toEqual(['schema-field-unknown']);
});

test('S-14: an analysis that leaves out an argument', () => {
  const template = new AnalysisTemplate(stack, 'success-rate', {
    args: ['service-name'],
    metrics: (args) => [
      {
        name: 'success-rate',
        successCondition: 'result[0] >= 0.95',
        provider: prometheus({
          address: 'http://prometheus:9090',
          query: `rate(ok{service="${args['service-name']}"}[5m])`,
        }),
      },
    ],
  });
  // @ts-expect-error service-name is required
  const step = analysis(template);
  expect(codesOf(() => new Rollout(stack, 'app', { ...pods, strategy: canary({ steps: [step] }) }))).toEqual([
    'rollouts-analysis-args',
  ]);
});

test('S-31: a sync option that does not exist', () => {
  // @ts-expect-error no such option
  const syncOptions: SyncOptions = { SelfHealGracePeriod: 300 };
  const props = { project: 'default', source, destination, syncOptions };
  expect(codesOf(() => new Application(stack, 'app', props))).toEqual(['argocd-sync-option-unknown']);
});

test('S-33: fields that an Application does not have', () => {
  // @ts-expect-error no such field
  const props: ApplicationProps = { project: 'default', source, destination, healthCheckTimeout: 300 };
  expect(codesOf(() => new Application(stack, 'app', props))).toEqual(['schema-field-unknown']);
});

test('S-43: seconds until a promotion that is by hand', () => {
  const props = { activeService: 'active', autoPromotionEnabled: false, autoPromotionSeconds: 300 } as const;
  // @ts-expect-error autoPromotionEnabled is false
  const strategy = blueGreen(props);
  expect(codesOf(() => new Rollout(stack, 'app', { ...pods, strategy }))).toEqual(['rollouts-auto-promotion-seconds']);
});
