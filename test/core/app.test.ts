import { EnvironmentStack, GitOpsApp, RawResource, waive } from '../../src';
import { synthTree } from '../../src/testing';
import { codesOf, issuesOf } from '../support/issues';

const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };

test.each(['', 'Prod', 'a/b', '..', '.', '../x', 'a_b', '-a', 'a-', 'a'.repeat(64), '__proto__', 'a b', 'ä'])(
  'an environment named %j is refused',
  (name) => {
    expect(codesOf(() => new GitOpsApp().environment(name))).toEqual(['environment-name']);
  },
);

test.each(['', 'Web', 'a/b', '..', 'a_b', 'x'.repeat(64), '__proto__'])('a stack with the id %j is refused', (id) => {
  const env = new GitOpsApp().environment('dev');
  expect(codesOf(() => new EnvironmentStack(env, id))).toEqual(['stack-id']);
});

test('two environments, or two stacks, of one name are refused', () => {
  const app = new GitOpsApp();
  const dev = app.environment('dev');
  expect(codesOf(() => app.environment('dev'))).toEqual(['environment-duplicate']);
  new EnvironmentStack(dev, 'web');
  expect(codesOf(() => new EnvironmentStack(dev, 'web'))).toEqual(['stack-duplicate']);
});

test('an environment comes after environments of its own app, never after itself or a name', () => {
  const app = new GitOpsApp();
  const dev = app.environment('dev');
  expect(app.environment('prod', { after: dev }).after).toEqual([dev]);
  expect(codesOf(() => app.environment('x', { after: 'x' as never }))).toEqual(['environment-after']);
  expect(codesOf(() => new GitOpsApp().environment('y', { after: dev }))).toEqual(['environment-after']);
});

test('a cluster has a server or a name, not both', () => {
  expect(codesOf(() => new GitOpsApp().environment('dev', { cluster: { server: 'https://a', name: 'a' } }))).toEqual([
    'environment-cluster',
  ]);
});

test('everything wrong with an environment is said at once', () => {
  const cluster = { server: 'https://a', name: 'a' };
  expect(codesOf(() => new GitOpsApp().environment('A/B', { cluster, after: 1 as never }))).toEqual([
    'environment-name',
    'environment-cluster',
    'environment-after',
  ]);
});

test("a refusal names the user's own line", () => {
  const [issue] = issuesOf(() => new GitOpsApp().environment('A'));
  expect(issue!.at.source).toMatch(/test\/core\/app\.test\.ts:\d+:\d+$/);
});

test('a configuration is typed: a missing value does not compile', () => {
  const app = new GitOpsApp<{ readonly replicas: number }>();
  const dev = app.environment('dev', { config: { replicas: 1 } });
  expect(dev.config.replicas).toBe(1);
  // @ts-expect-error replicas is missing
  app.environment('a', { config: {} });
  // @ts-expect-error config is missing
  app.environment('b', {});
  // @ts-expect-error everything is missing
  app.environment('c');
  class Typed extends EnvironmentStack<{ readonly replicas: number }> {}
  new Typed(dev, 'web');
  // @ts-expect-error another configuration
  new Typed(new GitOpsApp<{ readonly size: string }>().environment('dev', { config: { size: 'm' } }), 'web');
});

test('a stack depends on stacks of its own environment only', () => {
  const app = new GitOpsApp();
  const web = new EnvironmentStack(app.environment('dev'), 'web');
  const other = new EnvironmentStack(app.environment('prod'), 'web');
  expect(codesOf(() => web.dependsOn(other))).toEqual(['stack-depends-on']);
  expect(codesOf(() => web.dependsOn(web))).toEqual(['stack-depends-on']);
});

test('instanceof tells our classes from any chart and any object', () => {
  const web = new EnvironmentStack(new GitOpsApp().environment('dev'), 'web');
  const resource = new RawResource(web, 'a', configMap);
  expect(web).toBeInstanceOf(EnvironmentStack);
  class Special extends RawResource {}
  expect(resource).not.toBeInstanceOf(Special);
  expect(resource).toBeInstanceOf(RawResource);
});

test('a waiver needs a reason', () => {
  expect(codesOf(() => waive(new GitOpsApp(), 'secret-plaintext', ' '))).toEqual(['waiver-reason-missing']);
});

test('an unknown environment is refused, naming the known ones', () => {
  const app = new GitOpsApp();
  app.environment('dev');
  const [issue] = issuesOf(() => synthTree(app, { only: ['prd'] }));
  expect(issue).toMatchObject({ code: 'environment-unknown', fix: 'use one of dev' });
});
