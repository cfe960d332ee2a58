/** Rules about a notifications ConfigMap: one entry that cannot be read takes all notifications with it. */

import { isObject } from '../../kernel/manifest';
import type { Report, Rule } from '../../kernel/rule';
import { nearest } from '../../kernel/suggest';
import { goTemplateProblem } from '../go-template';
import { type ConfigMapManifest, configRule, keysUnder, sampleConfigMap, type Texts, yamlAt } from './configuration';
import { expressionProblem } from './expression';
import { SERVICES, SUBSCRIPTIONS, TEMPLATE, TRIGGER } from './notification-shapes';
import { type Shape, shapeProblems } from './yaml-text';

const CONFIG = 'notifications-engine pkg/api/config.go, ParseConfig';
const sample = (data: string) => sampleConfigMap('argocd-notifications-cm', data);

const TEMPLATE_SAMPLE = 'template.deployed: "message: Deployed {{ .app.metadata.name }}"';
const TRIGGER_SAMPLE = `trigger.on-deployed: "[{ when: app.status.sync.status == 'Synced', send: [deployed] }]"`;
const SLACK_SAMPLE = 'service.slack: "token: $slack-token"';

const PREFIXES = ['service.', 'template.', 'trigger.', 'defaultTriggers.'];
const KEYS = ['defaultTriggers', 'subscriptions', 'context'];
const LEGACY = ['config.yaml'];

const key = configRule('notifications', {
  code: 'argocd-notifications-key',
  severity: 'error',
  summary: 'A notifications ConfigMap has a key that is not read, or that fails all others.',
  why: `Keys are service.<type>[.<name>], template.<name>, trigger.<name>, defaultTriggers[.<service>], subscriptions and context; others are ignored, and a service with more dots is "invalid service key" for the whole configuration (NO-01; ${CONFIG}).`,
  fix: 'use one of these keys',
  wrong: sample('triggers.on-deployed: "[]"'),
  right: sample('trigger.on-deployed: "[]"'),
  check(texts, report) {
    for (const [name, rest] of keysUnder(texts, 'service.')) {
      if (rest.split('.').length <= 2) continue;
      report(
        ['data', name],
        `invalid service key; expected 'service.<type>(.<name>)' but got '${name}'`,
        'use a name without dots',
      );
    }
    for (const name of texts.keys()) {
      if (KEYS.includes(name) || LEGACY.includes(name) || PREFIXES.some((prefix) => name.startsWith(prefix))) continue;
      const head = name.split('.')[0]!;
      const near = nearest(head, [...KEYS, ...PREFIXES.map((prefix) => prefix.slice(0, -1))]);
      report(['data', name], `the key '${name}' is not read`, near && `use '${near}${name.slice(head.length)}'`);
    }
  },
});

/** Every key with what Go reads it into. */
function* shaped(texts: Texts): Iterable<readonly [key: string, shape: Shape]> {
  for (const [name] of keysUnder(texts, 'template.')) yield [name, TEMPLATE];
  for (const [name] of keysUnder(texts, 'trigger.')) yield [name, TRIGGER];
  for (const [name] of keysUnder(texts, 'defaultTriggers.')) yield [name, { list: 'text' }];
  for (const [name, rest] of keysUnder(texts, 'service.')) {
    const type = rest.split('.')[0]!;
    if (Object.hasOwn(SERVICES, type)) yield [name, SERVICES[type as keyof typeof SERVICES]];
  }
  if (texts.has('defaultTriggers')) yield ['defaultTriggers', { list: 'text' }];
  if (texts.has('subscriptions')) yield ['subscriptions', SUBSCRIPTIONS];
  if (texts.has('context')) yield ['context', { map: 'text' }];
}

const yaml = configRule('notifications', {
  code: 'argocd-notifications-yaml',
  severity: 'error',
  summary: 'An entry of a notifications ConfigMap does not parse or fit.',
  why: `A trigger is a list of conditions, subscriptions and defaultTriggers are lists, the rest are mappings; one entry that does not fit makes the whole configuration fail to load (NO-01, NO-03; ${CONFIG}).`,
  fix: 'write YAML of the shape that is read: a trigger is a list, - when: …',
  wrong: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE.replace('[{', '{').replace('}]', '}')}`),
  right: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}`),
  check(texts, report) {
    for (const [name, shape] of shaped(texts)) {
      const read = yamlAt(texts, name)!;
      if ('problem' in read) report(['data', name], `it is no YAML: ${read.problem}`);
      else sayShape(name, read.value, shape, false, report);
    }
  },
});

const field = configRule('notifications', {
  code: 'argocd-notifications-field',
  severity: 'error',
  summary: 'An entry of a notifications ConfigMap has a field that is not read.',
  why: 'Templates, triggers and services are read without strictness: a misspelt field is dropped without a word (NO-03, NO-05; notifications-engine pkg/services).',
  fix: 'use a field that is read',
  wrong: sample(TEMPLATE_SAMPLE.replace('message', 'mesage')),
  right: sample(TEMPLATE_SAMPLE),
  check(texts, report) {
    for (const [name, shape] of shaped(texts)) {
      const read = yamlAt(texts, name)!;
      if ('value' in read) sayShape(name, read.value, shape, true, report);
    }
  },
});

function sayShape(name: string, value: unknown, shape: Shape, ignored: boolean, report: Report): void {
  for (const { path, message, ignored: dropped, known } of shapeProblems(value, shape)) {
    if (dropped !== ignored) continue;
    const near = known && nearest(path.split('.').at(-1)!, known);
    report(['data', name], `${path && `${path}: `}${message}`, near && `use '${near}'`);
  }
}

const serviceType = configRule('notifications', {
  code: 'argocd-notifications-service-type',
  severity: 'error',
  summary: 'A notification service has a type that there is not.',
  why: 'A service of an unknown type is "service type is not supported" when the engine starts, for the whole configuration (NO-02; notifications-engine pkg/services/services.go, NewService).',
  fix: `use one of ${Object.keys(SERVICES).join(', ')}`,
  wrong: sample(SLACK_SAMPLE.replace('.slack', '.slak')),
  right: sample(SLACK_SAMPLE),
  check(texts, report) {
    for (const [name, rest] of keysUnder(texts, 'service.')) {
      const type = rest.split('.')[0]!;
      if (Object.hasOwn(SERVICES, type)) continue;
      const near = nearest(type, Object.keys(SERVICES));
      report(['data', name], `service type '${type}' is not supported`, near && `use '${near}'`);
    }
  },
});

const secret = configRule('notifications', {
  code: 'argocd-notifications-secret-plaintext',
  severity: 'error',
  summary: 'A credential of a notification service stands in the ConfigMap as plaintext.',
  why: `$key in a service's value is replaced by that key of argocd-notifications-secret; anything else is readable in Git and in the cluster (NO-02; ${CONFIG}, replaceServiceConfigSecrets).`,
  fix: 'write $key, and keep the value under that key of argocd-notifications-secret',
  wrong: sample('service.slack: "token: xoxb-1234"'),
  right: sample(SLACK_SAMPLE),
  check(texts, report) {
    for (const [name] of keysUnder(texts, 'service.')) {
      const read = yamlAt(texts, name)!;
      if (!('value' in read)) continue;
      for (const [path, value] of leaves(read.value, '')) {
        if (SECRET.test(path) && value !== '' && !/\$[\w-]+/.test(value))
          report(['data', name], `${path} is plaintext`);
      }
    }
  },
});

const SECRET =
  /(?:^|\.)(?:token|password|apiKey|signingSecret|privateKey|secret|bearerToken|nkey|apiKeys\.[^.]+|serviceKeys\.[^.]+)$/i;

/** The texts in a value, each with its path. */
function* leaves(node: unknown, path: string): Iterable<readonly [path: string, text: string]> {
  if (typeof node === 'string') yield [path, node];
  else if (Array.isArray(node)) for (const [index, item] of node.entries()) yield* leaves(item, `${path}[${index}]`);
  else if (isObject(node)) {
    for (const [name, member] of Object.entries(node)) yield* leaves(member, path === '' ? name : `${path}.${name}`);
  }
}

const triggerName = configRule('notifications', {
  code: 'argocd-notifications-trigger-name',
  severity: 'error',
  summary: 'The name of a trigger has a dot.',
  why: 'Subscriptions are annotations, subscribe.<trigger>.<service>, split at the dots: nobody can subscribe to such a trigger (NO-04; notifications-engine pkg/subscriptions/annotations.go).',
  fix: 'use dashes',
  wrong: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE.replace('on-deployed', 'on.deployed')}`),
  right: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}`),
  check(texts, report) {
    for (const [name, rest] of keysUnder(texts, 'trigger.')) {
      if (rest.includes('.'))
        report(['data', name], `'${rest}' cannot be subscribed to`, `use 'trigger.${rest.replaceAll('.', '-')}'`);
    }
  },
});

interface Condition {
  readonly key: string;
  readonly index: number;
  readonly condition: Readonly<Record<string, unknown>>;
}

function* conditions(texts: Texts): Iterable<Condition> {
  for (const [name] of keysUnder(texts, 'trigger.')) {
    const read = yamlAt(texts, name)!;
    if (!('value' in read) || !Array.isArray(read.value)) continue;
    for (const [index, condition] of (read.value as unknown[]).entries()) {
      if (isObject(condition)) yield { key: name, index, condition };
    }
  }
}

const expression = configRule('notifications', {
  code: 'argocd-notifications-expression',
  severity: 'error',
  summary: "A trigger's condition does not compile.",
  why: 'when and oncePer are expr-lang; one that does not compile stops the engine for the whole configuration (NO-03; notifications-engine pkg/triggers/service.go, NewService).',
  fix: "write an expression: app.status.operationState.phase in ['Succeeded']",
  wrong: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE.replace('==', '=')}`),
  right: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}`),
  check(texts, report) {
    for (const { key: name, index, condition } of conditions(texts)) {
      for (const part of ['when', 'oncePer']) {
        const source = condition[part];
        const problem = typeof source === 'string' ? expressionProblem(source) : undefined;
        if (problem !== undefined) report(['data', name], `[${index}].${part}: ${problem}`);
      }
    }
  },
});

const never = configRule('notifications', {
  code: 'argocd-notifications-trigger-idle',
  severity: 'error',
  summary: 'A condition of a trigger is never met, or sends nothing.',
  why: 'An empty when is false, and a condition without send sends nothing (NO-03; notifications-engine pkg/triggers/service.go).',
  fix: 'say when and send',
  wrong: sample(`${TEMPLATE_SAMPLE}\ntrigger.on-deployed: "[{ send: [deployed] }]"`),
  right: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}`),
  check(texts, report) {
    for (const { key: name, index, condition } of conditions(texts)) {
      const { when, send } = condition;
      if (when === undefined || when === null || when === '')
        report(['data', name], `[${index}] has no when: it is never met`);
      if (send === undefined || send === null || (Array.isArray(send) && send.length === 0))
        report(['data', name], `[${index}] has no send: it sends nothing`);
    }
  },
});

const templateUnknown = configRule('notifications', {
  code: 'argocd-notifications-template-unknown',
  severity: 'error',
  summary: 'A trigger sends a template that there is not.',
  why: 'Nothing looks before the trigger fires; then it is "template is not supported", and nothing is sent (NO-07, NO-09; notifications-engine pkg/templates/service.go).',
  fix: 'add template.<name>, from the catalog for one, or correct the name',
  wrong: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE.replace('[deployed]', '[app-deployed]')}`),
  right: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}`),
  check(texts, report) {
    const known = new Set(keysUnder(texts, 'template.').map(([, rest]) => rest));
    for (const { key: name, index, condition } of conditions(texts)) {
      for (const template of listOf(condition['send'])) {
        if (known.has(template)) continue;
        const near = nearest(template, known);
        report(
          ['data', name],
          `[${index}] sends '${template}': template '${template}' is not supported`,
          near && `use '${near}'`,
        );
      }
    }
  },
});

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The subscriptions that can be read. */
function* subscriptions(
  texts: Texts,
): Iterable<readonly [index: number, subscription: Readonly<Record<string, unknown>>]> {
  const read = yamlAt(texts, 'subscriptions');
  if (read === undefined || !('value' in read) || !Array.isArray(read.value)) return;
  for (const [index, subscription] of (read.value as unknown[]).entries()) {
    if (isObject(subscription)) yield [index, subscription];
  }
}

const triggerUnknown = configRule('notifications', {
  code: 'argocd-notifications-trigger-unknown',
  severity: 'error',
  summary: 'A subscription or a default names a trigger that there is not.',
  why: 'It is found missing when an Application changes, in the log alone: "trigger is not configured" (NO-07, NO-09; notifications-engine pkg/triggers/service.go, Run).',
  fix: 'add trigger.<name>, from the catalog for one, or correct the name',
  wrong: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}\ndefaultTriggers: "[on-deploy]"`),
  right: sample(`${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}\ndefaultTriggers: "[on-deployed]"`),
  check(texts, report) {
    const known = new Set(keysUnder(texts, 'trigger.').map(([, rest]) => rest));
    const judge = (name: string, triggers: unknown) => {
      for (const trigger of listOf(triggers)) {
        if (known.has(trigger)) continue;
        const near = nearest(trigger, known);
        report(['data', name], `trigger '${trigger}' is not configured`, near && `use '${near}'`);
      }
    };
    for (const name of ['defaultTriggers', ...keysUnder(texts, 'defaultTriggers.').map(([full]) => full)]) {
      const read = yamlAt(texts, name);
      if (read !== undefined && 'value' in read) judge(name, read.value);
    }
    for (const [, subscription] of subscriptions(texts)) judge('subscriptions', subscription['triggers']);
  },
});

function servicesOf(texts: Texts): Set<string> {
  return new Set(keysUnder(texts, 'service.').map(([, rest]) => rest.split('.').at(-1)!));
}

const serviceUnknown = configRule('notifications', {
  code: 'argocd-notifications-service-unknown',
  severity: 'error',
  summary: 'A subscription or a default is for a service that is not configured.',
  why: `A service is called by its name, the type where it has none; one without a service key is "notification service is not supported" when it should send (NO-07; notifications-engine pkg/api/api.go, Send).`,
  fix: 'add service.<type>.<name>, or correct the name',
  wrong: sample(
    `${SLACK_SAMPLE}\n${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}\nsubscriptions: "[{ recipients: ['slak:ops'], triggers: [on-deployed] }]"`,
  ),
  right: sample(
    `${SLACK_SAMPLE}\n${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}\nsubscriptions: "[{ recipients: ['slack:ops'], triggers: [on-deployed] }]"`,
  ),
  check(texts, report) {
    const known = servicesOf(texts);
    for (const [name, service] of keysUnder(texts, 'defaultTriggers.')) {
      if (!known.has(service)) report(['data', name], `there is no service '${service}'`, suggestion(service, known));
    }
    for (const [index, { recipients }] of subscriptions(texts)) {
      for (const recipient of listOf(recipients)) {
        const service = recipient.split(':')[0]!;
        if (known.has(service)) continue;
        report(
          ['data', 'subscriptions'],
          `[${index}]: notification service '${service}' is not supported`,
          suggestion(service, known),
        );
      }
    }
  },
});

function suggestion(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name, known);
  return near && `use '${near}'`;
}

const recipient = configRule('notifications', {
  code: 'argocd-notifications-recipient',
  severity: 'error',
  summary: 'A subscription names its recipient in a way that loses a part, or sends to nobody.',
  why: 'A recipient is <service>:<recipient>, split at every colon, of which the first two parts count; without default triggers a subscription needs its own (NO-08; notifications-engine pkg/api/config.go, GetGlobalDestinations).',
  fix: 'write <service>:<recipient> without further colons, and triggers',
  wrong: sample(
    `${SLACK_SAMPLE}\n${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}\nsubscriptions: "[{ recipients: ['slack:team:ops'], triggers: [on-deployed] }]"`,
  ),
  right: sample(
    `${SLACK_SAMPLE}\n${TEMPLATE_SAMPLE}\n${TRIGGER_SAMPLE}\nsubscriptions: "[{ recipients: ['slack:ops'], triggers: [on-deployed] }]"`,
  ),
  check(texts, report) {
    for (const [index, { recipients, triggers }] of subscriptions(texts)) {
      for (const text of listOf(recipients)) {
        if (text.split(':').length > 2)
          report(['data', 'subscriptions'], `[${index}]: '${text}' is cut at its second colon`);
      }
      if (listOf(recipients).length === 0) report(['data', 'subscriptions'], `[${index}] has no recipients`);
      if (listOf(triggers).length === 0 && !texts.has('defaultTriggers'))
        report(['data', 'subscriptions'], `[${index}] has no triggers, and there are no defaultTriggers`);
    }
  },
});

/** The texts of a template that are Go templates, each with its path. */
function* templates(texts: Texts): Iterable<readonly [key: string, path: string, text: string]> {
  for (const [name] of keysUnder(texts, 'template.')) {
    const read = yamlAt(texts, name)!;
    if (!('value' in read)) continue;
    for (const [path, text] of leaves(read.value, '')) yield [name, path, text];
  }
}

const templateSyntax = configRule('notifications', {
  code: 'argocd-notifications-template-syntax',
  severity: 'error',
  summary: 'A template of a notification does not parse.',
  why: 'The engine parses all templates when it starts, with sprig as functions; one that fails stops every notification (NO-05; notifications-engine pkg/templates/service.go, NewService).',
  fix: 'correct the Go template',
  wrong: sample(TEMPLATE_SAMPLE.replace(' }}"', ' }"')),
  right: sample(TEMPLATE_SAMPLE),
  check(texts, report) {
    for (const [name, path, text] of templates(texts)) {
      const problem = goTemplateProblem(text) ?? foreignFunction(text);
      if (problem === undefined || problem.includes('"getHostByName"')) continue;
      report(['data', name], `${path}: ${problem}`);
    }
  },
});

/** What ApplicationSets have, and notifications have not. */
function foreignFunction(text: string): string | undefined {
  for (const [action] of text.matchAll(/\{\{[^}]*\}\}/g)) {
    const name = /(?<![.\w$"`-])(normalize|slugify|toYaml|fromYaml|fromYamlArray)(?=[\s|)}])/.exec(action)?.[1];
    if (name !== undefined && !/["`]/.test(action))
      return `function "${name}" not defined: ApplicationSets have it, notifications do not`;
  }
  return undefined;
}

export const contextUndefined = configRule('notifications', {
  code: 'argocd-notifications-context',
  severity: 'warning',
  summary: 'A template uses a value of the context that is not defined.',
  why: '.context holds what the key context says, and nothing else, argocdUrl included; what is missing renders as nothing, so links lead nowhere (NO-06; argo-cd util/notification/settings/settings.go, getContext).',
  fix: 'add it to the key context',
  wrong: sample('template.deployed: "message: See {{ .context.argocdUrl }}"'),
  right: sample('template.deployed: "message: See {{ .context.argocdUrl }}"\ncontext: "argocdUrl: https://cd.acme.io"'),
  check(texts, report) {
    const read = yamlAt(texts, 'context');
    const context = read && 'value' in read && isObject(read.value) ? read.value : {};
    const said = new Set<string>();
    const judge = (name: string, source: string) => {
      for (const [, word] of source.matchAll(/(?<![\w.])\$?\.?context\.(\w+)/g)) {
        if (Object.hasOwn(context, word!) || word === 'notificationType' || said.has(`${name} ${word}`)) continue;
        said.add(`${name} ${word}`);
        report(['data', name], `.context.${word} is not defined`, suggestion(word!, Object.keys(context)));
      }
    };
    for (const [name, , text] of templates(texts))
      for (const [action] of text.matchAll(/\{\{[\s\S]*?\}\}/g)) judge(name, action);
  },
});

const healthMessage = configRule('notifications', {
  code: 'argocd-notifications-health-message',
  severity: 'error',
  summary: 'A notification uses status.health.message of an Application, which is always empty.',
  why: "An Application's health has no message any more; what went wrong is in its conditions and its last operation (NO-10; argo-cd pkg/apis/application/v1alpha1/types.go, AppHealthStatus).",
  fix: 'use .app.status.operationState.message, or range over .app.status.conditions',
  wrong: sample('template.degraded: "message: Degraded {{ .app.status.health.message }}"'),
  right: sample('template.degraded: "message: Degraded {{ .app.status.operationState.message }}"'),
  check(texts, report) {
    for (const [name, path, text] of templates(texts)) {
      if (/\bapp\.status\.health\.message\b/.test(text))
        report(['data', name], `${path}: .app.status.health.message is always empty`);
    }
    for (const { key: name, index, condition } of conditions(texts)) {
      if (/\bapp\.status\.health\.message\b/.test(String(condition['when'] ?? ''))) {
        report(['data', name], `[${index}].when: app.status.health.message is always empty`);
      }
    }
  },
});

const deliveryPolicy = configRule('notifications', {
  code: 'argocd-notifications-slack-policy',
  severity: 'error',
  summary: "Slack's deliveryPolicy has a word that there is not.",
  why: 'The policy is one of three words; any other is taken for Post (NO-05; notifications-engine pkg/util/slack/client.go).',
  fix: 'write Post, PostAndUpdate or Update',
  wrong: sample('template.deployed: "{ message: Deployed, slack: { deliveryPolicy: Replace } }"'),
  right: sample('template.deployed: "{ message: Deployed, slack: { deliveryPolicy: Update } }"'),
  check(texts, report) {
    for (const [name] of keysUnder(texts, 'template.')) {
      const read = yamlAt(texts, name)!;
      const slack = 'value' in read && isObject(read.value) ? read.value['slack'] : undefined;
      const policy = isObject(slack) ? slack['deliveryPolicy'] : undefined;
      if (typeof policy !== 'string' || ['', 'Post', 'PostAndUpdate', 'Update'].includes(policy)) continue;
      report(
        ['data', name],
        `slack.deliveryPolicy is '${policy}'`,
        suggestion(policy, ['Post', 'PostAndUpdate', 'Update']),
      );
    }
  },
});

const webhookTemplate = configRule('notifications', {
  code: 'argocd-notifications-webhook',
  severity: 'error',
  summary: 'A template is for a webhook that is not configured.',
  why: "Under webhook a template says what each webhook service sends, by the service's name; under another name it has no effect (NO-05, NO-07; notifications-engine pkg/services/webhook.go).",
  fix: 'add service.webhook.<name>, or correct the name',
  wrong: sample(
    'service.webhook.ci: "url: https://ci.acme.io"\ntemplate.deployed: "webhook: { build: { method: POST } }"',
  ),
  right: sample(
    'service.webhook.ci: "url: https://ci.acme.io"\ntemplate.deployed: "webhook: { ci: { method: POST } }"',
  ),
  check(texts, report) {
    const known = keysUnder(texts, 'service.webhook').map(([, rest]) => rest.slice(1) || 'webhook');
    if (known.length === 0) return;
    for (const [name] of keysUnder(texts, 'template.')) {
      const read = yamlAt(texts, name)!;
      const webhooks = 'value' in read && isObject(read.value) ? read.value['webhook'] : undefined;
      for (const webhook of isObject(webhooks) ? Object.keys(webhooks) : []) {
        if (!known.includes(webhook))
          report(['data', name], `there is no webhook '${webhook}'`, suggestion(webhook, known));
      }
    }
  },
});

export const argoCdNotificationsRules: readonly Rule<ConfigMapManifest>[] = [
  key,
  yaml,
  field,
  serviceType,
  secret,
  triggerName,
  expression,
  never,
  templateUnknown,
  triggerUnknown,
  serviceUnknown,
  recipient,
  templateSyntax,
  contextUndefined,
  healthMessage,
  deliveryPolicy,
  webhookTemplate,
];
