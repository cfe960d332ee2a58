/** What a notifications ConfigMap's texts are read into (notifications-engine pkg/services, pkg/triggers, as of Argo CD 3.5). */
import type { Shape } from './yaml-text';

const TRANSPORT: Readonly<Record<string, Shape>> = {
  insecureSkipVerify: 'boolean',
  maxIdleConns: 'integer',
  maxIdleConnsPerHost: 'integer',
  maxConnsPerHost: 'integer',
  idleConnTimeout: 'text',
};

const text = (...names: readonly string[]): Record<string, Shape> =>
  Object.fromEntries(names.map((name) => [name, 'text' as const]));

const fields = (...parts: readonly Readonly<Record<string, Shape>>[]): Shape => ({
  fields: Object.assign({}, ...parts),
});

const BASIC_AUTH: Shape = fields(text('username', 'password'));

/** The options of each type of service. */
export const SERVICES = {
  alertmanager: fields(text('scheme', 'apiPath', 'bearerToken'), TRANSPORT, {
    targets: { list: 'text' },
    basicAuth: BASIC_AUTH,
    timeout: 'integer',
  }),
  awssqs: fields(text('queue', 'account', 'region', 'endpointUrl', 'key', 'secret')),
  email: fields(text('host', 'username', 'password', 'from'), {
    port: 'integer',
    insecure_skip_verify: 'boolean',
    html: 'boolean',
  }),
  gcppubsub: fields(text('topic', 'project', 'keyFile')),
  github: fields(text('privateKey', 'enterpriseBaseURL'), TRANSPORT, { appID: 'any', installationID: 'any' }),
  googlechat: fields(TRANSPORT, { webhooks: { map: 'text' } }),
  grafana: fields(text('apiUrl', 'apiKey'), TRANSPORT),
  mattermost: fields(text('apiURL', 'token'), TRANSPORT),
  nats: fields(text('url', 'nkey', 'username', 'password'), { headers: { map: 'text' } }),
  newrelic: fields(text('apiKey', 'apiURL'), TRANSPORT),
  opsgenie: fields(text('apiUrl'), TRANSPORT, { apiKeys: { map: 'text' } }),
  pagerduty: fields(text('token', 'from', 'serviceId')),
  pagerdutyv2: fields({ serviceKeys: { map: 'text' } }),
  pushover: fields(text('token')),
  rocketchat: fields(text('alias', 'email', 'password', 'icon', 'avatar', 'serverUrl')),
  slack: fields(text('username', 'icon', 'token', 'signingSecret', 'apiURL'), TRANSPORT, {
    channels: { list: 'text' },
    disableUnfurl: 'boolean',
  }),
  teams: fields(TRANSPORT, { recipientUrls: { map: 'text' } }),
  'teams-workflows': fields(TRANSPORT, { recipientUrls: { map: 'text' } }),
  telegram: fields(text('token')),
  webex: fields(text('token', 'apiURL'), TRANSPORT),
  webhook: fields(text('url'), TRANSPORT, {
    // Nanoseconds: Go's Duration has no text in JSON.
    retryWaitMin: 'integer',
    retryWaitMax: 'integer',
    headers: { list: fields(text('name', 'value')) },
    basicAuth: BASIC_AUTH,
    retryMax: 'integer',
  }),
} satisfies Readonly<Record<string, Shape>>;

const TEAMS = text('template', 'title', 'summary', 'text', 'themeColor', 'facts', 'sections', 'potentialAction');

/** A template: a message, and what single services make of it. */
export const TEMPLATE: Shape = fields(text('message'), {
  alertmanager: fields(text('generatorURL', 'startsAt'), { labels: { map: 'text' }, annotations: { map: 'text' } }),
  awssqs: fields(text('messageGroupId'), { messageAttributes: { map: 'text' } }),
  email: fields(text('subject', 'body')),
  gcppubsub: fields({ attributes: { map: 'text' } }),
  github: fields(text('repoURLPath', 'revisionPath'), {
    status: fields(text('state', 'label', 'targetURL')),
    deployment: fields(text('state', 'environment', 'environmentURL', 'logURL', 'reference'), {
      requiredContexts: { list: 'text' },
      autoMerge: 'boolean',
      transientEnvironment: 'boolean',
    }),
    pullRequestComment: fields(text('content', 'commentTag')),
    checkRun: fields(text('name', 'details_url', 'status', 'conclusion', 'started_at', 'completed_at'), {
      output: fields(text('title', 'summary', 'text')),
    }),
    repositoryDispatch: fields(text('event_type', 'client_payload')),
  }),
  googlechat: fields(text('cards', 'cardsV2', 'threadKey')),
  mattermost: fields(text('attachments')),
  newrelic: fields(text('revision', 'changelog', 'description', 'user')),
  opsgenie: fields(text('description', 'priority', 'alias', 'note', 'entity', 'user'), {
    actions: { list: 'text' },
    tags: { list: 'text' },
    details: { map: 'text' },
    visibleTo: 'any',
  }),
  pagerduty: fields(text('title', 'body', 'urgency', 'priorityId')),
  pagerdutyv2: fields(text('summary', 'severity', 'source', 'component', 'group', 'class', 'url', 'dedupKey')),
  rocketchat: fields(text('attachments')),
  slack: fields(text('username', 'icon', 'attachments', 'blocks', 'groupingKey', 'deliveryPolicy'), {
    notifyBroadcast: 'boolean',
  }),
  teams: fields(TEAMS),
  'teams-workflows': fields(TEAMS, text('adaptiveCard')),
  webhook: { map: fields(text('method', 'body', 'path')) },
});

export const TRIGGER: Shape = {
  list: fields(text('when', 'oncePer', 'description'), { send: { list: 'text' } }),
};

export const SUBSCRIPTIONS: Shape = {
  list: fields(text('selector'), { recipients: { list: 'text' }, triggers: { list: 'text' } }),
};
