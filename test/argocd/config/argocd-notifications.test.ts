import { EnvironmentStack, GitOpsApp } from '../../../src';
import { ArgoCdNotifications } from '../../../src/argocd/config/argocd-notifications';
import { codesOf } from '../../support/issues';

const stack = () => new EnvironmentStack(new GitOpsApp().environment('prod'), 'argocd');
const raw = (data: Record<string, string>) => new ArgoCdNotifications(stack(), 'notifications', { data });

const deployed = { message: 'Deployed {{ .app.metadata.name }}: {{ .context.argocdUrl }}' };
const whole = {
  services: { slack: { token: '$slack-token' }, 'webhook.ci': { url: 'https://ci.acme.io' } },
  templates: { deployed },
  triggers: { 'on-deployed': [{ when: "app.status.sync.status == 'Synced'", send: ['deployed'] }] },
  context: { argocdUrl: 'https://cd.acme.io' },
} as const;

test('services, templates, triggers and subscriptions become the ConfigMap that the engine reads', () => {
  const notifications = new ArgoCdNotifications(stack(), 'notifications', {
    ...whole,
    defaultTriggers: ['on-deployed'],
    serviceDefaultTriggers: { ci: ['on-deployed'] },
    subscriptions: [{ recipients: ['slack:ops', 'ci'], selector: 'team=shop' }],
  });
  expect(notifications.toJson()).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-notifications-cm',
      namespace: 'argocd',
      labels: { 'app.kubernetes.io/part-of': 'argocd', 'app.kubernetes.io/name': 'argocd-notifications-cm' },
    },
    data: {
      'service.slack': 'token: $slack-token\n',
      'service.webhook.ci': 'url: https://ci.acme.io\n',
      'template.deployed': 'message: "Deployed {{ .app.metadata.name }}: {{ .context.argocdUrl }}"\n',
      'trigger.on-deployed': "- when: app.status.sync.status == 'Synced'\n  send:\n    - deployed\n",
      'defaultTriggers.ci': '- on-deployed\n',
      defaultTriggers: '- on-deployed\n',
      subscriptions: '- recipients:\n    - slack:ops\n    - ci\n  selector: team=shop\n',
      context: 'argocdUrl: https://cd.acme.io\n',
    },
  });
});

test('a name that is not defined does not compile, and is refused', () => {
  expect(
    codesOf(
      () =>
        new ArgoCdNotifications(stack(), 'a', {
          ...whole,
          // @ts-expect-error: no such template
          triggers: { 'on-deployed': [{ when: 'true', send: ['deploid'] }] },
        }),
    ),
  ).toEqual(['argocd-notifications-template-unknown']);
  expect(
    codesOf(
      () =>
        new ArgoCdNotifications(stack(), 'b', {
          ...whole,
          // @ts-expect-error: no such trigger
          defaultTriggers: ['on-deploy'],
        }),
    ),
  ).toEqual(['argocd-notifications-trigger-unknown']);
  expect(
    codesOf(
      () =>
        new ArgoCdNotifications(stack(), 'c', {
          ...whole,
          // @ts-expect-error: no such service
          subscriptions: [{ recipients: ['slak:ops'], triggers: ['on-deployed'] }],
        }),
    ),
  ).toEqual(['argocd-notifications-service-unknown']);
  // @ts-expect-error: a token is a reference
  expect(codesOf(() => new ArgoCdNotifications(stack(), 'd', { services: { slack: { token: 'xoxb' } } }))).toEqual([
    'argocd-notifications-secret-plaintext',
  ]);
});

test('a template without its value of the context is refused', () => {
  expect(codesOf(() => new ArgoCdNotifications(stack(), 'n', { templates: { deployed } }))).toEqual([
    'argocd-notifications-context',
  ]);
});

test.each<[string, Record<string, string>]>([
  ['argocd-notifications-key', { 'service.webhook.a.b': 'url: https://a' }],
  ['argocd-notifications-yaml', { 'template.a': 'message: [' }],
  ['argocd-notifications-yaml', { 'trigger.a': 'when: "true"' }],
  ['argocd-notifications-yaml', { 'service.webhook.a': 'retryWaitMin: 5s' }],
  ['argocd-notifications-yaml', { subscriptions: 'recipients: [a]' }],
  ['argocd-notifications-expression', { 'template.a': '', 'trigger.a': '- { when: "app.x in [\'a\'", send: [a] }' }],
  ['argocd-notifications-expression', { 'template.a': '', 'trigger.a': '- { when: "a & b", send: [a] }' }],
  ['argocd-notifications-template-syntax', { 'template.a': 'message: "{{ if .app }}"' }],
  ['argocd-notifications-template-syntax', { 'template.a': 'slack: { blocks: "{{ toYaml .app }}" }' }],
  ['argocd-notifications-recipient', { subscriptions: '- { recipients: [] }', defaultTriggers: '[]' }],
])('%s refuses %j', (code, data) => {
  expect(codesOf(() => raw(data))).toEqual([code]);
});
