/** Subscriptions of Applications and AppProjects against the notifications ConfigMap. */
import { readYaml } from '../../argocd/config/yaml-text';
import type { FieldPath } from '../../kernel/issue';
import { isObject, valueAt } from '../../kernel/manifest';
import { nearest } from '../../kernel/suggest';
import { GROUP } from './applications';
import { type CheckReport, defineCheck } from './check';
import { type Entry, isOpen, type Store } from './store';

const PREFIX = 'notifications.argoproj.io/';

const sample = (subscription: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: argocd-notifications-cm, namespace: argocd, labels: { app.kubernetes.io/part-of: argocd } }
data:
  service.slack: 'token: $slack-token'
  template.deployed: 'message: Deployed {{ .app.metadata.name }}'
  trigger.on-deployed: "[{ when: app.status.sync.status == 'Synced', send: [deployed] }]"
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: checkout
  namespace: argocd
  annotations: { notifications.argoproj.io/subscribe.${subscription}: checkout }
spec:
  project: shop
  source: { repoURL: https://github.com/acme/deploy.git, path: prod/checkout, targetRevision: main }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`;

export const subscriptionUnresolved = defineCheck({
  code: 'argocd-subscription-unresolved',
  severity: 'error',
  kinds: ['Application', 'ApplicationSet', 'AppProject', 'ConfigMap'],
  summary: 'A subscription names a trigger or a service that argocd-notifications-cm does not define.',
  why: 'Nothing looks before the Application changes; then the log says that the trigger is not configured or the service not supported, and nobody is told (NO-07, NO-08, NO-09; notifications-engine pkg/subscriptions/annotations.go; pkg/controller/controller.go).',
  fix: 'add the trigger or service to argocd-notifications-cm, or correct the name',
  wrong: sample('on-deploy.slack'),
  right: sample('on-deployed.slack'),
  run(store, report) {
    const configurations = store.named('', 'ConfigMap', 'argocd-notifications-cm').flatMap(configurationOf);
    if (configurations.length === 0) return;
    for (const kind of ['Application', 'AppProject', 'ApplicationSet']) {
      const at: FieldPath = [...(kind === 'ApplicationSet' ? ['spec', 'template'] : []), 'metadata', 'annotations'];
      for (const entry of store.all(GROUP, kind)) judgeAnnotations(entry, at, configurations, store, report);
    }
  },
});

function judgeAnnotations(
  entry: Entry,
  at: FieldPath,
  all: readonly Configuration[],
  store: Store,
  report: CheckReport,
): void {
  const annotations = valueAt(entry.raw, at);
  if (!isObject(annotations)) return;
  const keys = Object.keys(annotations).filter((key) => key.startsWith(PREFIX));
  const configurations = keys.length === 0 ? [] : configurationsFor(entry, all, store);
  if (configurations.length === 0) return;
  for (const key of keys) {
    for (const subscription of subscriptionsIn(key, annotations[key])) {
      for (const problem of problemsOf(subscription, configurations)) report(entry, [...at, key], ...problem);
    }
  }
}

interface Configuration {
  readonly entry: Entry;
  readonly services: ReadonlySet<string>;
  readonly triggers: ReadonlySet<string>;
  readonly defaults: ReadonlySet<string>;
}

/** Those that can be the object's. An Application of another namespace may have a configuration there. */
function configurationsFor(entry: Entry, all: readonly Configuration[], store: Store): readonly Configuration[] {
  const near = all.filter((configuration) => store.areTogether(configuration.entry, entry));
  const isElsewhere = near.some(({ entry: { namespace } }) => {
    return namespace !== entry.namespace && namespace !== '' && entry.namespace !== '';
  });
  return isElsewhere ? [] : near;
}

/** What a ConfigMap defines; none where it defines nothing: Argo CD's own installation has it empty, to be filled. */
function configurationOf(entry: Entry): readonly Configuration[] {
  const { data } = entry.raw;
  const keys = isObject(data) ? Object.keys(data) : [];
  const under = (prefix: string) => keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  const services = new Set(under('service.').map((rest) => rest.split('.').at(-1)!));
  const triggers = new Set(under('trigger.'));
  const defaults = new Set(under('defaultTriggers.'));
  if (keys.includes('defaultTriggers')) for (const service of services) defaults.add(service);
  return services.size + triggers.size === 0 ? [] : [{ entry, services, triggers, defaults }];
}

interface Subscription {
  /** Absent: the service's default triggers. */
  readonly trigger?: string;
  readonly service?: string;
}

function* subscriptionsIn(key: string, value: unknown): Iterable<Subscription> {
  if (isOpen(key)) return;
  if (key.startsWith(`${PREFIX}subscribe.`)) {
    const [first = '', second] = key.slice(`${PREFIX}subscribe.`.length).split('.');
    if (second === undefined) yield { service: first };
    else yield { trigger: first, service: second };
    return;
  }
  if (!key.startsWith(`${PREFIX}subscriptions`) || typeof value !== 'string' || isOpen(value)) return;
  const read = readYaml(value);
  for (const item of 'value' in read && Array.isArray(read.value) ? (read.value as unknown[]) : []) {
    if (!isObject(item)) continue;
    const { trigger, destinations } = item;
    for (const name of Array.isArray(trigger) ? trigger : []) if (typeof name === 'string') yield { trigger: name };
    for (const destination of Array.isArray(destinations) ? destinations : []) {
      const service: unknown = isObject(destination) ? destination['service'] : undefined;
      if (typeof service === 'string')
        yield { service, ...(Array.isArray(trigger) && trigger.length > 0 && { trigger: '' }) };
    }
  }
}

/** What no configuration that may be the object's can resolve. */
function* problemsOf(
  { trigger, service }: Subscription,
  configurations: readonly Configuration[],
): Iterable<readonly [message: string, fix?: string]> {
  const where = configurations[0]!.entry;
  if (trigger && configurations.every(({ triggers }) => !triggers.has(trigger))) {
    yield [`trigger '${trigger}' is not configured in ${where}`, suggestion(trigger, configurations[0]!.triggers)];
  }
  if (!service) return;
  if (configurations.every(({ services }) => !services.has(service))) {
    const fix = suggestion(service, configurations[0]!.services);
    yield [`notification service '${service}' is not supported by ${where}`, fix];
  } else if (trigger === undefined && configurations.every(({ defaults }) => !defaults.has(service))) {
    yield [
      `no trigger is named, and ${where} has no default triggers for '${service}'`,
      `write subscribe.<trigger>.${service}, or add defaultTriggers.${service}`,
    ];
  }
}

function suggestion(name: string, known: Iterable<string>): string | undefined {
  const near = nearest(name, known);
  return near && `use '${near}'`;
}
