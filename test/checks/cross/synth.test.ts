/** At synth: an environment at a time, a cluster at a time, with waivers. */
import { ApiObject, type ApiObjectProps, Chart } from 'cdk8s';
import type { Environment } from '../../../src';
import { EnvironmentStack, GitOpsApp, RawResource, waive } from '../../../src';
import { Application, type ApplicationProps, AppProject } from '../../../src/argocd';
import { setChecks } from '../../../src/checks/cross';
import { checks } from '../../../src/checks/cross/judge';
import { WANTED } from '../../../src/checks/cross/wanted';
import type { Issue } from '../../../src/kernel/issue';
import { synthTree } from '../../../src/testing';
import { issuesOf } from '../../support/issues';
import { application, project } from './support';

const LOCAL = 'https://kubernetes.default.svc';

const props = (namespace: string): ApplicationProps => ({
  project: 'shop',
  source: { repoURL: 'https://github.com/acme/deploy.git', path: 'checkout', targetRevision: 'main' },
  destination: { server: LOCAL, namespace },
});

function addProject(environment: Environment, cluster?: { readonly server: string }): void {
  const stack = new EnvironmentStack(environment, 'projects', { namespace: 'argocd', ...(cluster && { cluster }) });
  new AppProject(stack, 'shop', {
    sourceRepos: ['https://github.com/acme/*'],
    destinations: [{ server: LOCAL, namespace: 'shop' }],
  });
}

function addApplication(environment: Environment, namespace = 'payments'): EnvironmentStack {
  const stack = new EnvironmentStack(environment, 'apps', { namespace: 'argocd' });
  new Application(stack, 'checkout', props(namespace));
  return stack;
}

const synthIssues = (app: GitOpsApp): readonly Issue[] => issuesOf(() => synthTree(app));

test('an Application that its project forbids is refused, naming both constructs', () => {
  const app = new GitOpsApp({ sourceLines: true });
  const hub = app.environment('hub');
  addProject(hub);
  addApplication(hub);
  expect(synthIssues(app)).toEqual([
    {
      code: 'argocd-project-forbids',
      severity: 'error',
      at: {
        object: 'Application/argocd/checkout',
        path: '.spec.destination',
        construct: 'hub/apps/checkout',
        source: expect.stringContaining('synth.test.ts'),
      },
      message: expect.stringContaining('(hub/projects/shop)'),
      fix: expect.any(String),
    },
  ]);
});

test('objects that no construct of ours made are judged too, in plain charts as well', () => {
  const app = new GitOpsApp();
  const chart = new Chart(app, 'plain');
  new ApiObject(chart, 'a', project() as ApiObjectProps);
  new ApiObject(chart, 'b', application(props('payments')) as ApiObjectProps);
  expect(synthIssues(app).map(({ code, at }) => [code, at.construct])).toEqual([['argocd-project-forbids', 'plain/b']]);
});

test('environments and clusters are judged each by itself', () => {
  const app = new GitOpsApp();
  addProject(app.environment('dev'));
  const prod = app.environment('prod', { cluster: { server: 'https://prod.acme.io' } });
  addProject(prod, { server: 'https://other.acme.io' });
  addApplication(prod);
  expect(Object.keys(synthTree(app))).toContain('prod/apps/application-checkout.yaml');
});

test('environments that are built inside synth are judged as well', () => {
  const app = new GitOpsApp();
  app.environment('dev');
  app.environment('prod');
  app.forEachEnvironment((environment) => {
    addProject(environment);
    addApplication(environment, environment.name === 'prod' ? 'payments' : 'shop');
  });
  expect(synthIssues(app).map(({ at }) => at.construct)).toEqual(['prod/apps/checkout']);
});

test('a waiver accepts a finding', () => {
  const app = new GitOpsApp();
  const hub = app.environment('hub');
  addProject(hub);
  waive(addApplication(hub), 'argocd-project-forbids', 'a global project permits it');
  expect(() => synthTree(app)).not.toThrow();
});

test('only the few objects that a check asks for are kept', () => {
  const object = (apiVersion: string, kind: string, metadata: object = {}) => ({ apiVersion, kind, metadata });
  expect(setChecks.wants('apps', 'Deployment', object('apps/v1', 'Deployment'))).toBe(false);
  expect(setChecks.wants('app.k8s.io', 'Application', object('app.k8s.io/v1', 'Application'))).toBe(false);
  expect(setChecks.wants('', 'ConfigMap', object('v1', 'ConfigMap', { name: 'x' }))).toBe(false);
  expect(setChecks.wants('', 'Secret', object('v1', 'Secret'))).toBe(false);
  expect(setChecks.wants('', 'ConfigMap', object('v1', 'ConfigMap', { name: 'argocd-cm' }))).toBe(true);
  const kinds = new Set(checks.flatMap((check) => check.kinds));
  expect([...kinds].sort()).toEqual(WANTED.map(({ kind }) => kind).sort());
});

test('an object of another kind is passed over', () => {
  const app = new GitOpsApp();
  const stack = new EnvironmentStack(app.environment('dev'), 'apps', { namespace: 'shop' });
  new RawResource(stack, 'x', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x' },
    body: { data: { a: 'b' } },
  });
  expect(Object.keys(synthTree(app))).toContain('dev/apps/configmap-x.yaml');
});
