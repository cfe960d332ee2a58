/** Rules about cluster Secrets: how Argo CD reaches a cluster. */
import { isObject } from '../../kernel/manifest';
import type { Rule } from '../../kernel/rule';
import { nearest } from '../../kernel/suggest';
import { isBase64, isGoBoolean } from './go-values';
import { type ArgoSecret, knownText, sampleSecret, secretRule } from './secret-view';
import { type Shape, shapeProblems } from './yaml-text';

const SOURCE = 'argo-cd util/db/cluster.go, SecretToCluster';
const TYPES = ['cluster'];
const KEYS = ['server', 'name', 'config', 'project', 'namespaces', 'clusterResources', 'shard'];

const CONFIG: Shape = {
  fields: {
    username: 'text',
    password: 'text',
    bearerToken: 'text',
    tlsClientConfig: {
      fields: { insecure: 'boolean', serverName: 'text', certData: 'text', keyData: 'text', caData: 'text' },
    },
    awsAuthConfig: { fields: { clusterName: 'text', roleARN: 'text', profile: 'text' } },
    execProviderConfig: {
      fields: {
        command: 'text',
        args: { list: 'text' },
        env: { map: 'text' },
        apiVersion: 'text',
        installHint: 'text',
        provideClusterInfo: 'boolean',
        config: 'any',
      },
    },
    disableCompression: 'boolean',
    proxyUrl: 'text',
  },
};

const base = { server: 'https://prod.acme.io', name: 'prod' };
const sample = (fields: Readonly<Record<string, string>>, more?: string) =>
  sampleSecret('cluster', { ...base, ...fields }, more);
const aws = '"awsAuthConfig":{"clusterName":"prod"}';

/** Stands for what a template will put there. */
const OPEN = '\uE000';

/** The config as JSON; undefined where it is open, absent or no JSON. */
function configOf(secret: ArgoSecret): Readonly<Record<string, unknown>> | undefined {
  const read = readConfig(secret);
  return read !== undefined && 'value' in read && isObject(read.value) ? read.value : undefined;
}

function readConfig({ fields }: ArgoSecret): { readonly value: unknown } | { readonly problem: string } | undefined {
  const text = fields.get('config');
  if (text === undefined || text === '') return undefined;
  const closed = text.replace(/\{\{[\s\S]*?\}\}/g, (_tag, at: number) =>
    /[:[,]\s*$/.test(text.slice(Math.max(0, at - 20), at)) ? JSON.stringify(OPEN) : OPEN,
  );
  try {
    return { value: JSON.parse(closed) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A text of the config that is known. */
function textOf(config: Readonly<Record<string, unknown>> | undefined, ...path: readonly string[]): string | undefined {
  let value: unknown = config;
  for (const step of path) value = isObject(value) ? value[step] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const key = secretRule({
  types: TYPES,
  code: 'argocd-cluster-key',
  severity: 'error',
  summary: 'A cluster Secret has a key that Argo CD does not read, or lacks its server.',
  why: `Argo CD reads ${KEYS.join(', ')}; another key is ignored, and without a server the cluster cannot be named as a destination (CS-01; ${SOURCE}).`,
  fix: `use one of ${KEYS.join(', ')}`,
  wrong: sampleSecret('cluster', { name: 'prod', namespaces: 'shop' }),
  right: sample({ namespaces: 'shop' }),
  check({ fields, at }, report) {
    if (!fields.has('server')) report(at('server'), 'the cluster has no server', 'add server: https://…');
    for (const name of fields.keys()) {
      if (KEYS.includes(name) || SECRET_PARTS.has(name)) continue;
      const near = nearest(name, KEYS);
      report(at(name), `Argo CD reads no key '${name}' of a cluster`, near && `use '${near}'`);
    }
  },
});

/** What a SealedSecret leaves beside the config that is made of it. */
const SECRET_PARTS: ReadonlySet<string> = new Set([
  'username',
  'password',
  'bearerToken',
  'caData',
  'certData',
  'keyData',
]);

const server = secretRule({
  types: TYPES,
  code: 'argocd-cluster-server',
  severity: 'error',
  summary: "A cluster's server is no address of an API server.",
  why: `Applications name the cluster by this text, compared as it is, and the client connects to it (CS-01; ${SOURCE}).`,
  fix: 'write https://<host>[:<port>]',
  wrong: sampleSecret('cluster', { server: 'prod.acme.io', name: 'prod' }),
  right: sample({}),
  check(secret, report) {
    const text = knownText(secret, 'server');
    if (text === undefined || /^https?:\/\/[^/\s]+(?:\/\S*)?$/.test(text.trim())) return;
    report(secret.at('server'), `server is ${JSON.stringify(text)}`);
  },
});

const value = secretRule({
  types: TYPES,
  code: 'argocd-cluster-value',
  severity: 'error',
  summary: 'A setting of a cluster Secret is not what Argo CD reads.',
  why: `clusterResources counts only when it is exactly true, and a shard that is no integer is dropped with a warning (CS-01; ${SOURCE}).`,
  fix: 'write clusterResources: "true", shard: "1"',
  wrong: sample({ clusterResources: 'yes', namespaces: 'shop' }),
  right: sample({ clusterResources: 'true', namespaces: 'shop' }),
  check(secret, report) {
    const resources = knownText(secret, 'clusterResources');
    if (resources !== undefined && !['', 'true', 'false'].includes(resources)) {
      report(
        secret.at('clusterResources'),
        `clusterResources is ${JSON.stringify(resources)}: it counts as false`,
        'write "true" or "false"',
      );
    }
    const shard = knownText(secret, 'shard');
    if (shard !== undefined && !/^[+-]?\d{1,9}$/.test(shard)) {
      report(secret.at('shard'), `shard is ${JSON.stringify(shard)}: it is dropped`, 'write a whole number, in quotes');
    }
  },
});

const config = secretRule({
  types: TYPES,
  code: 'argocd-cluster-config',
  severity: 'error',
  summary: "A cluster's config is not the JSON that Argo CD reads.",
  why: `"failed to unmarshal cluster config": one cluster that cannot be read fails the list of all (CS-02; ${SOURCE}).`,
  fix: 'write JSON, with the types that ClusterConfig has',
  wrong: sample({ config: '{"tlsClientConfig":{"insecure":"true"}}' }),
  right: sample({ config: '{"tlsClientConfig":{"insecure":true}}' }),
  check(secret, report) {
    const read = readConfig(secret);
    if (read === undefined) return;
    const at = secret.at('config');
    if ('problem' in read) return report(at, `failed to unmarshal cluster config: ${read.problem}`);
    for (const { path, message, ignored } of shapeProblems(read.value, CONFIG)) {
      if (!ignored) report(at, `failed to unmarshal cluster config: ${path && `${path}: `}${message}`);
    }
    for (const [path, text] of scalarsForText(read.value))
      report(at, `failed to unmarshal cluster config: ${path} is ${text}, not text`);
  },
});

/** JSON, unlike YAML, does not turn a number or a boolean into text. */
function* scalarsForText(read: unknown): Iterable<readonly [path: string, text: string]> {
  if (!isObject(read)) return;
  const tls = isObject(read['tlsClientConfig']) ? read['tlsClientConfig'] : {};
  const texts: readonly (readonly [string, unknown])[] = [
    ...['username', 'password', 'bearerToken', 'proxyUrl'].map((name) => [name, read[name]] as const),
    ...['serverName', 'caData', 'certData', 'keyData'].map((name) => [`tlsClientConfig.${name}`, tls[name]] as const),
  ];
  for (const [path, found] of texts) {
    if (typeof found === 'number' || typeof found === 'boolean') yield [path, String(found)];
  }
}

const configField = secretRule({
  types: TYPES,
  code: 'argocd-cluster-config-field',
  severity: 'error',
  summary: "A cluster's config has a field that Argo CD does not read.",
  why: `The JSON is read without strictness: a misspelt field is dropped, and Argo CD connects without it (CS-02; argo-cd pkg/apis/application/v1alpha1/types.go, ClusterConfig).`,
  fix: 'use a field of ClusterConfig',
  wrong: sample({ config: '{"tlsClientConfig":{"insecureSkipTLSVerify":true}}' }),
  right: sample({ config: '{"tlsClientConfig":{"insecure":true}}' }),
  check(secret, report) {
    const read = configOf(secret);
    if (read === undefined) return;
    for (const { path, message, ignored, known } of shapeProblems(read, CONFIG)) {
      if (!ignored) continue;
      const near = known && nearest(path.split('.').at(-1)!, known);
      report(secret.at('config'), `${path}: ${message}`, near && `use '${near}'`);
    }
  },
});

const base64 = secretRule({
  types: TYPES,
  code: 'argocd-cluster-config-bytes',
  severity: 'error',
  summary: 'A certificate in a cluster config is not base64.',
  why: 'caData, certData and keyData are bytes, which JSON has as base64: PEM as it is fails with "failed to unmarshal cluster config" (CS-02; argo-cd pkg/apis/application/v1alpha1/types.go, TLSClientConfig).',
  fix: 'encode the PEM text, or take the value from a kubeconfig as it is',
  wrong: sample({ config: '{"tlsClientConfig":{"caData":"-----BEGIN CERTIFICATE-----"}}' }),
  right: sample({ config: '{"tlsClientConfig":{"caData":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"}}' }),
  check(secret, report) {
    for (const name of ['caData', 'certData', 'keyData']) {
      const text = textOf(configOf(secret), 'tlsClientConfig', name);
      if (text === undefined || text.includes(OPEN) || isBase64(text)) continue;
      report(secret.at('config'), `tlsClientConfig.${name} is no base64: illegal base64 data`);
    }
  },
});

const auth = secretRule({
  types: TYPES,
  code: 'argocd-cluster-auth',
  severity: 'error',
  summary: 'A cluster config says several ways to log in, or half of one.',
  why: 'awsAuthConfig goes before execProviderConfig, and either before tokens and passwords, which are then ignored; the client refuses a token together with a password, insecure together with caData, and a certificate without its key (CS-03; argo-cd pkg/apis/application/v1alpha1/types.go, RawRestConfig; client-go transport).',
  fix: 'leave one way',
  wrong: sample({ config: `{${aws},"execProviderConfig":{"command":"argocd-k8s-auth"}}` }),
  right: sample({ config: `{${aws}}` }),
  check(secret, report) {
    const read = configOf(secret);
    if (read === undefined) return;
    for (const problem of authProblems(read)) report(secret.at('config'), problem);
  },
});

function* authProblems(read: Readonly<Record<string, unknown>>): Iterable<string> {
  const basic = textOf(read, 'username') !== undefined || textOf(read, 'password') !== undefined;
  const ways = [
    isObject(read['awsAuthConfig']) && 'awsAuthConfig',
    isObject(read['execProviderConfig']) && 'execProviderConfig',
    textOf(read, 'bearerToken') !== undefined && 'bearerToken',
    basic && 'username and password',
  ].filter((way) => way !== false);
  if (ways.length > 1) yield `${ways.join(' and ')} are there: ${ways[0]} alone is used`;
  const tls = isObject(read['tlsClientConfig']) ? read['tlsClientConfig'] : {};
  if (tls['insecure'] === true && textOf(tls, 'caData') !== undefined) {
    yield 'specifying a root certificates file with the insecure flag is not allowed: remove insecure or caData';
  }
  const [certificate, privateKey] = [textOf(tls, 'certData'), textOf(tls, 'keyData')];
  if ((certificate === undefined) !== (privateKey === undefined)) {
    yield `tlsClientConfig has ${certificate === undefined ? 'keyData without certData' : 'certData without keyData'}`;
  }
}

const annotation = secretRule({
  types: TYPES,
  code: 'argocd-cluster-annotation',
  severity: 'error',
  summary: 'A label or annotation of a cluster Secret has a value that does nothing.',
  why: 'skip-reconcile and auto-label-cluster-info are compared with true, and refresh must be a time in RFC 3339 (CS-04; argo-cd docs/operator-manual/declarative-setup.md; util/db/cluster.go).',
  fix: "write 'true'",
  wrong: sample({}, ", annotations: { argocd.argoproj.io/skip-reconcile: 'yes' }"),
  right: sample({}, ", annotations: { argocd.argoproj.io/skip-reconcile: 'true' }"),
  check({ labels, annotations, labelsAt }, report) {
    const metadata = labelsAt.slice(0, -2);
    const switches = [
      ['annotations', 'argocd.argoproj.io/skip-reconcile', annotations],
      ['labels', 'argocd.argoproj.io/auto-label-cluster-info', labels],
    ] as const;
    for (const [part, name, values] of switches) {
      const text = values[name];
      if (typeof text !== 'string' || text.includes('{{') || isGoBoolean(text)) continue;
      report([...metadata, part, name], `${name} is ${JSON.stringify(text)}`);
    }
    const refresh = annotations['argocd.argoproj.io/refresh'];
    if (typeof refresh === 'string' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(refresh)) {
      report(
        [...metadata, 'annotations', 'argocd.argoproj.io/refresh'],
        `refresh is ${JSON.stringify(refresh)}`,
        'write a time: 2026-01-31T12:00:00Z',
      );
    }
  },
});

const inCluster = secretRule({
  types: TYPES,
  code: 'argocd-cluster-in-cluster',
  severity: 'error',
  summary: "A cluster Secret confuses Argo CD's own cluster with another.",
  why: 'in-cluster is the name, and https://kubernetes.default.svc the address, of the cluster that Argo CD runs in; that one alone is reached without credentials (CS-05; argo-cd util/db/cluster.go; docs/operator-manual/declarative-setup.md).',
  fix: 'write server: https://kubernetes.default.svc for it, and another name for another cluster',
  wrong: sampleSecret('cluster', { server: 'https://prod.acme.io', name: 'in-cluster' }),
  right: sampleSecret('cluster', { server: 'https://kubernetes.default.svc', name: 'in-cluster' }),
  check(secret, report) {
    const address = knownText(secret, 'server')?.replace(/\/+$/, '');
    if (address === undefined || address === 'https://kubernetes.default.svc') return;
    if (knownText(secret, 'name') === 'in-cluster') report(secret.at('name'), `in-cluster is not ${address}`);
    else if (
      /^https?:\/\/kubernetes\.default(?:\.svc)?(?:\.cluster\.local)?(?::443)?$/.test(address) &&
      !secret.fields.has('config')
    ) {
      report(secret.at('server'), `${address} without config is not taken for Argo CD's own cluster`);
    }
  },
});

export const clusterRules: readonly Rule[] = [
  key,
  server,
  value,
  config,
  configField,
  base64,
  auth,
  annotation,
  inCluster,
];
