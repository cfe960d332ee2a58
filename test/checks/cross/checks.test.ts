/** Each check: what it reports, and what it passes over because it cannot know. */
import { checks } from '../../../src/checks/cross/judge';
import { application, applicationSet, messages, notifications, project, secret, together } from './support';

test.each(checks.map((check) => [check.code, check] as const))('%s reports its wrong sample, alone', (code, check) => {
  expect(together({ 'all.yaml': check.wrong }).map((line) => line.split(' ')[0])).toEqual([code]);
  expect(together({ 'all.yaml': check.right })).toEqual([]);
});

test.each(checks.map((check) => [check.code, check] as const))('%s needs both objects', (_code, check) => {
  for (const document of check.wrong.split('---')) expect(together({ 'all.yaml': document })).toEqual([]);
});

describe('argocd-project-forbids', () => {
  const elsewhere = { source: { repoURL: 'https://github.com/evil/deploy.git', path: 'x', targetRevision: 'main' } };

  test('says every reason, with the project and where it is', () => {
    const destination = { server: 'https://kubernetes.default.svc', namespace: 'payments' };
    expect(messages(project(), application({ ...elsewhere, destination }, { namespace: 'team' }))).toEqual([
      "argocd-project-forbids: application 'checkout' in namespace 'team' is not permitted to use project 'shop'; the project is AppProject/argocd/shop (object 0)",
      "argocd-project-forbids: application repo https://github.com/evil/deploy.git is not permitted in project 'shop'; the project is AppProject/argocd/shop (object 0)",
      "argocd-project-forbids: application destination server 'https://kubernetes.default.svc' and namespace 'payments' do not match any of the allowed destinations in project 'shop'; the project is AppProject/argocd/shop (object 0)",
    ]);
  });

  test('a hydrator has two repositories', () => {
    const sourceHydrator = {
      drySource: { repoURL: 'https://github.com/acme/deploy.git', path: 'checkout', targetRevision: 'main' },
      syncSource: { repoURL: 'https://github.com/evil/deploy.git', targetBranch: 'prod', path: 'checkout' },
    };
    expect(messages(project(), application({ source: undefined, sourceHydrator }))).toEqual([
      expect.stringContaining('sync source repo https://github.com/evil/deploy.git is not permitted'),
    ]);
  });

  test('an Application without a project is in project default', () => {
    const locked = project({ sourceRepos: [], destinations: [] }, { name: 'default' });
    expect(messages(locked, application({ project: '' }))).toHaveLength(2);
  });

  test('the Applications of an ApplicationSet of lists are known', () => {
    const destination = { server: 'https://{{ .cluster }}.acme.io', namespace: 'shop' };
    const found = messages(project(), applicationSet({ destination }));
    expect(found).toEqual([expect.stringContaining("server 'https://dev.acme.io' and namespace 'shop'")]);
    expect(found[0]).toMatch(/, and 1 more Applications of the set$/);
  });

  test('of other sets only what has no tags', () => {
    const generators = [{ clusters: {} }];
    const tagged = { destination: { server: '{{ .server }}', namespace: 'shop' } };
    expect(messages(project(), applicationSet(tagged, { generators }))).toEqual([]);
    expect(messages(project(), applicationSet({ project: '{{ .p }}', ...elsewhere }, { generators }))).toEqual([]);
    expect(messages(project(), applicationSet({ ...tagged, ...elsewhere }, { generators }))).toHaveLength(1);
    const templatePatch = 'spec: { source: {} }';
    expect(messages(project(), applicationSet(elsewhere, { generators, templatePatch }))).toEqual([]);
  });

  test('a cluster of the set gives a destination its other name', () => {
    const destinations = [{ name: 'prod', namespace: 'shop' }];
    const destination = { server: 'https://prod.acme.io', namespace: 'shop' };
    const cluster = (name: string) => secret('cluster', { server: 'https://prod.acme.io', name });
    expect(messages(project({ destinations }), application({ destination }))).toEqual([]);
    expect(messages(project({ destinations }), application({ destination }), cluster('prod'))).toEqual([]);
    expect(messages(project({ destinations }), application({ destination }), cluster('prd'))).toHaveLength(1);
  });

  test('what is not in the set may permit it: another project, a global one, a variable of Flux', () => {
    const globals = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm', namespace: 'argocd' },
      data: { globalProjects: '- projectName: base' },
    };
    expect(messages(project({}, { name: 'other' }), application(elsewhere))).toEqual([]);
    expect(messages(project(), application(elsewhere), globals)).toEqual([]);
    expect(messages(project({ sourceRepos: ['${repository}'] }), application())).toEqual([]);
    const destination = { server: '${server}', namespace: 'shop' };
    expect(messages(project(), application({ destination }))).toEqual([]);
  });
});

describe('argocd-hydrator-same-destination', () => {
  const hydrator = (dry: object = {}, sync: object = {}, more: object = {}) => ({
    source: undefined,
    sourceHydrator: {
      drySource: { repoURL: 'https://github.com/acme/deploy.git', path: 'a', targetRevision: 'main', ...dry },
      syncSource: { targetBranch: 'prod', path: 'checkout', ...sync },
      ...more,
    },
  });
  const two = (other: object) => messages(application(hydrator()), application(other, { name: 'other' }));

  test('one branch and path, however they are spelt', () => {
    expect(two(hydrator({ repoURL: 'https://github.com/Acme/deploy' }, { path: './checkout/' }))).toEqual([
      'argocd-hydrator-same-destination: app Application/argocd/checkout (object 0) hydrator use the same destination: ./checkout/ of branch prod',
    ]);
    expect(two(hydrator({ targetRevision: 'next' }))).toHaveLength(1);
    expect(two(hydrator({}, { targetBranch: 'x' }, { hydrateTo: { targetBranch: 'prod' } }))).toHaveLength(1);
  });

  test('other branches, paths and repositories are other places', () => {
    expect(two(hydrator({}, { path: 'other' }))).toEqual([]);
    expect(two(hydrator({}, { targetBranch: 'dev' }))).toEqual([]);
    expect(two(hydrator({ repoURL: 'https://github.com/acme/other.git' }))).toEqual([]);
    expect(two(hydrator({}, {}, { hydrateTo: { targetBranch: 'prod-next' } }))).toEqual([]);
  });

  test('Applications of one set may have one place, too', () => {
    expect(messages(applicationSet(hydrator()))).toHaveLength(1);
    expect(messages(applicationSet(hydrator({}, { path: '{{ .cluster }}' })))).toEqual([]);
  });
});

describe('argocd-repository-duplicate', () => {
  const repository = (name: string, more: object = {}, type = 'repository') =>
    secret(type, { url: 'https://github.com/acme/deploy.git', ...more }, name);

  test('urls are compared as Argo CD compares them, projects as they are', () => {
    expect(messages(repository('a'), repository('b', { url: 'https://github.com/Acme/deploy' }))).toHaveLength(1);
    expect(messages(repository('a'), repository('b', { project: 'shop' }))).toEqual([]);
    expect(messages(repository('a'), repository('b', {}, 'repository-write'))).toEqual([]);
    expect(messages(repository('a'), repository('b', {}, 'repo-creds'))).toEqual([]);
  });

  test('what a Secret is made from counts as the Secret', () => {
    const external = (name: string, data: object) => ({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'deploy', namespace: 'argocd' },
      spec: {
        target: {
          name,
          template: { metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repository' } }, data },
        },
      },
    });
    const url = { url: 'https://github.com/acme/deploy.git' };
    expect(messages(repository('a'), external('b', url))).toEqual([
      'argocd-repository-duplicate: Secret/argocd/a (object 0) is a repository Secret for https://github.com/acme/deploy.git without a project already',
    ]);
    expect(messages(repository('a'), external('a', url))).toEqual([]);
    expect(messages(repository('a'), external('b', { url: '{{ .url }}' }))).toEqual([]);
    expect(messages(repository('a'), external('b', { ...url, project: '{{ .project }}' }))).toEqual([]);
  });

  test('ciphertext is nothing to compare', () => {
    const sealed = { url: 'ENC[AES256_GCM,data:x,type:str]' };
    expect(messages(repository('a', sealed), repository('b', sealed))).toEqual([]);
  });
});

test('argocd-cluster-duplicate: a slash at the end makes no other server', () => {
  const cluster = (name: string, server: string) => secret('cluster', { name, server }, name);
  const found = messages(cluster('a', 'https://prod.acme.io'), cluster('b', 'https://prod.acme.io/'));
  expect(found).toEqual([
    'argocd-cluster-duplicate: Secret/argocd/a (object 0) is a cluster Secret for https://prod.acme.io already',
  ]);
  expect(messages(cluster('a', 'https://prod.acme.io'), cluster('b', 'https://prod.acme.io:6443'))).toEqual([]);
});

describe('argocd-appset-application-clash', () => {
  const named = (name: string, more: object = { project: 'other' }, metadata: object = {}) =>
    application(more, { name, ...metadata });

  test('an Application or another set has the name already', () => {
    expect(messages(applicationSet(), named('checkout-dev'))).toEqual([
      "argocd-appset-application-clash: Application 'checkout-dev' of namespace 'argocd' is also that of Application/argocd/checkout-dev (object 1)",
    ]);
    expect(messages(applicationSet(), applicationSet({}, {}, { name: 'other' }))).toEqual([
      "argocd-appset-application-clash: Application 'checkout-dev' and 1 more of namespace 'argocd' is also that of ApplicationSet/argocd/checkout (object 0)",
    ]);
  });

  test('another namespace is another Application', () => {
    expect(messages(applicationSet(), named('checkout-dev', {}, { namespace: 'team' }))).toEqual([]);
    expect(messages(applicationSet(), applicationSet({}, {}, { name: 'other', namespace: 'team' }))).toEqual([]);
  });

  test('what the set itself once made is no other', () => {
    expect(messages(applicationSet(), named('checkout-dev', {}))).toEqual([]);
    const ownerReferences = [
      { apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', name: 'checkout', uid: '1' },
    ];
    expect(messages(applicationSet(), named('checkout-dev', { project: 'other' }, { ownerReferences }))).toEqual([]);
  });

  test('a set that asks for clusters is not guessed at', () => {
    const generators = [{ matrix: { generators: [{ list: { elements: [{ cluster: 'dev' }] } }, { clusters: {} }] } }];
    expect(messages(applicationSet({}, { generators }), named('checkout-dev'))).toEqual([]);
  });
});

describe('argocd-subscription-unresolved', () => {
  const configured = notifications({ 'service.slack': '', 'service.webhook.ci': '', 'trigger.on-deployed': '[]' });
  const subscribed = (name: string, value = 'ops', metadata: object = {}) =>
    application({}, { annotations: { [`notifications.argoproj.io/${name}`]: value }, ...metadata });

  test('trigger and service are looked up each by itself', () => {
    expect(messages(configured, subscribed('subscribe.on-deployed.slack'))).toEqual([]);
    expect(messages(configured, subscribed('subscribe.on-deployed.ci'))).toEqual([]);
    expect(messages(configured, subscribed('subscribe.on-deploy.slak'))).toEqual([
      "argocd-subscription-unresolved: trigger 'on-deploy' is not configured in ConfigMap/argocd/argocd-notifications-cm (object 0)",
      "argocd-subscription-unresolved: notification service 'slak' is not supported by ConfigMap/argocd/argocd-notifications-cm (object 0)",
    ]);
  });

  test('a service alone needs default triggers', () => {
    expect(messages(configured, subscribed('subscribe.slack'))).toEqual([
      expect.stringContaining("has no default triggers for 'slack'"),
    ]);
    const all = notifications({ 'service.slack': '', 'trigger.a': '[]', defaultTriggers: '[a]' });
    expect(messages(all, subscribed('subscribe.slack'))).toEqual([]);
    const own = notifications({ 'service.slack': '', 'trigger.a': '[]', 'defaultTriggers.slack': '[a]' });
    expect(messages(own, subscribed('subscribe.slack'))).toEqual([]);
  });

  test('the list form, projects and templates', () => {
    const list = '[{ trigger: [on-deploy], destinations: [{ service: slak, recipients: [ops] }] }]';
    expect(messages(configured, subscribed('subscriptions', list))).toHaveLength(2);
    expect(messages(configured, subscribed('subscriptions', '[{ trigger: 1, destinations: [{}] }, 2]'))).toEqual([]);
    const annotations = { 'notifications.argoproj.io/subscribe.on-deploy.slack': 'ops' };
    expect(messages(configured, project({}, { annotations }))).toHaveLength(1);
    const metadata = { name: 'checkout-{{ .cluster }}', annotations };
    const set = applicationSet();
    const { template } = set['spec'] as { template: object };
    expect(messages(configured, applicationSet({}, { template: { ...template, metadata } }))).toHaveLength(1);
  });

  test('a ConfigMap that defines nothing is to be filled, and another namespace may have its own', () => {
    expect(messages(notifications({}), subscribed('subscribe.a.b'))).toEqual([]);
    expect(messages(configured, subscribed('subscribe.a.b', 'ops', { namespace: 'team' }))).toEqual([]);
  });
});
