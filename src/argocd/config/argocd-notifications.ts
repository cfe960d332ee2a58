/**
 * Argo CD's notifications, the ConfigMap `argocd-notifications-cm`: services, templates, triggers and who hears of them.
 * Its law: every name that is used is one that is defined here; the compiler knows them all.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../../core/kind';
import { Resource, type ResourceProps, splitProps } from '../../core/resource';
import { dataOf, partOfArgoCd, type Section } from './config-map';
import { CONFIG_NAMES, type ConfigMapManifest } from './configuration';
import type { SERVICES } from './notification-shapes';
import { argoCdNotificationsRules, contextUndefined } from './notifications-rules';
import { yamlText } from './texts';

export type NotificationServiceType = keyof typeof SERVICES;

/** The key of a service: its type, or its type and a name, as in `webhook.ci`. */
export type NotificationServiceKey = NotificationServiceType | `${NotificationServiceType}.${string}`;

/** What a service is called elsewhere: its name, or its type where it has none. */
export type NotificationServiceName<S extends string> = S extends `${NotificationServiceType}.${infer N}` ? N : S;

/** What each service is told. Credentials are `$key`, a key of the Secret `argocd-notifications-secret`. */
export interface NotificationServiceOptions {
  readonly alertmanager: TransportOptions & {
    readonly targets: readonly string[];
    readonly scheme?: string;
    readonly apiPath?: string;
    readonly basicAuth?: BasicAuth;
    readonly bearerToken?: NotificationSecret;
    /** Seconds. */
    readonly timeout?: number;
  };
  readonly awssqs: {
    readonly queue: string;
    readonly account?: string;
    readonly region?: string;
    readonly endpointUrl?: string;
    readonly key?: NotificationSecret;
    readonly secret?: NotificationSecret;
  };
  readonly email: {
    readonly host: string;
    readonly port: number;
    readonly from: string;
    readonly username?: string;
    readonly password?: NotificationSecret;
    readonly html?: boolean;
    readonly insecure_skip_verify?: boolean;
  };
  readonly gcppubsub: { readonly topic: string; readonly project: string; readonly keyFile?: string };
  readonly github: TransportOptions & {
    readonly appID: number | string;
    readonly installationID: number | string;
    readonly privateKey: NotificationSecret;
    readonly enterpriseBaseURL?: string;
  };
  readonly googlechat: TransportOptions & { readonly webhooks: Readonly<Record<string, string>> };
  readonly grafana: TransportOptions & { readonly apiUrl: string; readonly apiKey: NotificationSecret };
  readonly mattermost: TransportOptions & { readonly apiURL: string; readonly token: NotificationSecret };
  readonly nats: {
    readonly url: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly nkey?: NotificationSecret;
    readonly username?: string;
    readonly password?: NotificationSecret;
  };
  readonly newrelic: TransportOptions & { readonly apiKey: NotificationSecret; readonly apiURL?: string };
  readonly opsgenie: TransportOptions & {
    readonly apiUrl: string;
    readonly apiKeys: Readonly<Record<string, NotificationSecret>>;
  };
  readonly pagerduty: { readonly token: NotificationSecret; readonly from?: string; readonly serviceId?: string };
  readonly pagerdutyv2: { readonly serviceKeys: Readonly<Record<string, NotificationSecret>> };
  readonly pushover: { readonly token: NotificationSecret };
  readonly rocketchat: {
    readonly email: string;
    readonly password: NotificationSecret;
    readonly serverUrl: string;
    readonly alias?: string;
    readonly icon?: string;
    readonly avatar?: string;
  };
  readonly slack: TransportOptions & {
    readonly token: NotificationSecret;
    readonly signingSecret?: NotificationSecret;
    readonly username?: string;
    readonly icon?: string;
    readonly channels?: readonly string[];
    readonly apiURL?: string;
    readonly disableUnfurl?: boolean;
  };
  readonly teams: TransportOptions & { readonly recipientUrls: Readonly<Record<string, string>> };
  readonly 'teams-workflows': TransportOptions & { readonly recipientUrls: Readonly<Record<string, string>> };
  readonly telegram: { readonly token: NotificationSecret };
  readonly webex: TransportOptions & { readonly token: NotificationSecret; readonly apiURL?: string };
  readonly webhook: TransportOptions & {
    readonly url: string;
    readonly headers?: readonly { readonly name: string; readonly value: string }[];
    readonly basicAuth?: BasicAuth;
    /** Nanoseconds: `5e9` is 5 seconds. */
    readonly retryWaitMin?: number;
    /** Nanoseconds. */
    readonly retryWaitMax?: number;
    readonly retryMax?: number;
  };
}

/** `$key`: a key of the Secret `argocd-notifications-secret`. */
export type NotificationSecret = `$${string}`;

export interface BasicAuth {
  readonly username: string;
  readonly password: NotificationSecret;
}

export interface TransportOptions {
  readonly insecureSkipVerify?: boolean;
  readonly maxIdleConns?: number;
  readonly maxIdleConnsPerHost?: number;
  readonly maxConnsPerHost?: number;
  /** A Go duration. */
  readonly idleConnTimeout?: string;
}

type TypeOf<S extends string> = S extends NotificationServiceType
  ? S
  : S extends `${infer T extends NotificationServiceType}.${string}`
    ? T
    : never;

/** A message, and what single services make of it; every text is a Go template over `.app`, `.context`, `.secrets`, … */
export interface NotificationTemplate {
  /** What services send that have no part of their own. */
  readonly message?: string;
  readonly email?: { readonly subject?: string; readonly body?: string };
  readonly slack?: {
    readonly username?: string;
    readonly icon?: string;
    /** JSON. */
    readonly attachments?: string;
    /** JSON. */
    readonly blocks?: string;
    readonly groupingKey?: string;
    readonly notifyBroadcast?: boolean;
    /** @default 'Post' */
    readonly deliveryPolicy?: 'Post' | 'PostAndUpdate' | 'Update';
  };
  readonly teams?: TeamsTemplate;
  readonly 'teams-workflows'?: TeamsTemplate & { readonly adaptiveCard?: string };
  /** By the name of the webhook's service. */
  readonly webhook?: Readonly<
    Record<string, { readonly method?: string; readonly path?: string; readonly body?: string }>
  >;
  readonly github?: {
    readonly status?: { readonly state?: string; readonly label?: string; readonly targetURL?: string };
    readonly deployment?: Readonly<Record<string, unknown>>;
    readonly pullRequestComment?: { readonly content?: string; readonly commentTag?: string };
    readonly checkRun?: Readonly<Record<string, unknown>>;
    readonly repositoryDispatch?: { readonly event_type?: string; readonly client_payload?: string };
    readonly repoURLPath?: string;
    readonly revisionPath?: string;
  };
  readonly alertmanager?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly generatorURL?: string;
    readonly startsAt?: string;
  };
  readonly awssqs?: { readonly messageAttributes?: Readonly<Record<string, string>>; readonly messageGroupId?: string };
  readonly gcppubsub?: { readonly attributes?: Readonly<Record<string, string>> };
  readonly googlechat?: { readonly cards?: string; readonly cardsV2?: string; readonly threadKey?: string };
  readonly mattermost?: { readonly attachments?: string };
  readonly rocketchat?: { readonly attachments?: string };
  readonly newrelic?: {
    readonly revision?: string;
    readonly changelog?: string;
    readonly description?: string;
    readonly user?: string;
  };
  readonly opsgenie?: {
    readonly description?: string;
    readonly priority?: string;
    readonly alias?: string;
    readonly note?: string;
    readonly actions?: readonly string[];
    readonly tags?: readonly string[];
    readonly details?: Readonly<Record<string, string>>;
    readonly entity?: string;
    readonly visibleTo?: readonly Readonly<Record<string, string>>[];
    readonly user?: string;
  };
  readonly pagerduty?: {
    readonly title?: string;
    readonly body?: string;
    readonly urgency?: string;
    readonly priorityId?: string;
  };
  readonly pagerdutyv2?: {
    readonly summary?: string;
    readonly severity?: string;
    readonly source?: string;
    readonly component?: string;
    readonly group?: string;
    readonly class?: string;
    readonly url?: string;
    readonly dedupKey?: string;
  };
}

export interface TeamsTemplate {
  readonly template?: string;
  readonly title?: string;
  readonly summary?: string;
  readonly text?: string;
  readonly themeColor?: string;
  readonly facts?: string;
  readonly sections?: string;
  readonly potentialAction?: string;
}

/** When to send what. */
export interface NotificationCondition<T extends string> {
  /** An expr-lang expression over `app`, `appProject`, `time`, …: `app.status.sync.status == 'Synced'`. */
  readonly when: string;
  /** Sends once for each value of this expression: `app.status.sync.revision`. @default - each time `when` becomes true */
  readonly oncePer?: string;
  /** Names of templates; their parts are laid over one another. */
  readonly send: readonly T[];
  readonly description?: string;
}

/** Who hears of all Applications, without an annotation on each. */
export interface NotificationSubscription<R extends string, N extends string> {
  /** `slack:ops`: a service's name, and whom it tells. */
  readonly recipients: readonly (N | `${N}:${string}`)[];
  /** @default - the default triggers */
  readonly triggers?: readonly R[];
  /** A label selector over Applications: `team=shop`. @default - all */
  readonly selector?: string;
}

export interface ArgoCdNotificationsProps<T extends string, R extends string, S extends NotificationServiceKey>
  extends ResourceProps {
  /** Services by type, or by type and name: `{ slack: { token: '$slack-token' }, 'webhook.ci': { url } }`. @default - none */
  readonly services?: { readonly [K in S]: NotificationServiceOptions[TypeOf<K>] };
  /** Templates by name. @default - none */
  readonly templates?: Readonly<Record<T, NotificationTemplate>>;
  /** Triggers by name, without dots. @default - none */
  readonly triggers?: Readonly<Record<R, readonly NotificationCondition<NoInfer<T>>[]>>;
  /** The triggers of those who subscribe without naming one. @default - none */
  readonly defaultTriggers?: readonly NoInfer<R>[];
  /** The same by service. @default - the default triggers */
  readonly serviceDefaultTriggers?: { readonly [K in NotificationServiceName<NoInfer<S>>]?: readonly NoInfer<R>[] };
  /** @default - those who subscribe by annotation */
  readonly subscriptions?: readonly NotificationSubscription<NoInfer<R>, NotificationServiceName<NoInfer<S>>>[];
  /** Values for templates, as `.context.<name>`: `{ argocdUrl: 'https://cd.acme.io' }`. @default - none */
  readonly context?: Readonly<Record<string, string>>;
  /** Any key as the engine spells it, parts of the catalog for one; checked like the rest. @default - none */
  readonly data?: Readonly<Record<string, string>>;
}

/** In a file a missing value of the context may be another's to add; a program that leaves it out is wrong. */
export const argoCdNotificationsKind = defineKind<ConfigMapManifest>({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  rules: argoCdNotificationsRules.map((rule) => (rule === contextUndefined ? { ...rule, severity: 'error' } : rule)),
});

/** In the stack's namespace, or in `argocd` where the stack has none; named `argocd-notifications-cm`. */
export class ArgoCdNotifications<
  const T extends string = never,
  const R extends string = never,
  const S extends NotificationServiceKey = never,
> extends Resource {
  /** @throws GitOpsError with every issue of the configuration */
  constructor(scope: Construct, id: string, props: ArgoCdNotificationsProps<T, R, S>) {
    const [common, { data = {}, ...own }] = splitProps(props);
    const sections: Section[] = [
      keyed('service', own.services),
      keyed('template', own.templates),
      keyed('trigger', own.triggers),
      keyed('defaultTriggers', own.serviceDefaultTriggers),
      {
        defaultTriggers: yamlText(own.defaultTriggers),
        subscriptions: yamlText(own.subscriptions),
        context: yamlText(own.context),
      },
      data,
    ];
    super(scope, id, argoCdNotificationsKind, partOfArgoCd(scope, CONFIG_NAMES.notifications[0], common), {
      data: dataOf(scope, id, sections),
    });
  }
}

function keyed(prefix: string, entries: object | undefined): Section {
  return Object.fromEntries(
    Object.entries(entries ?? {}).map(([name, value]) => [`${prefix}.${name}`, yamlText(value)]),
  );
}
