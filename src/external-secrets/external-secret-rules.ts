/**
 * What one ExternalSecret can show to be wrong beyond its schema. A ClusterExternalSecret carries the same spec, so the
 * same rules judge it there. Sources are named by path in external-secrets/external-secrets at v2.9.0; S-numbers are rows of
 * reference/source-document-errors.md.
 */
import { tryParseGoDuration } from '../kernel/duration';
import { goRegexpProblem } from '../kernel/go-regexp';
import type { FieldPath } from '../kernel/issue';
import type { DeepPartial } from '../kernel/manifest';
import { defineRule, type Report, type Rule } from '../kernel/rule';
import type {
  ClusterExternalSecret as ClusterExternalSecretManifest,
  ExternalSecret as ExternalSecretManifest,
  ExternalSecretSpec,
} from '../schema/generated/external-secrets';

type Carrier = ExternalSecretManifest | ClusterExternalSecretManifest;
type Spec = DeepPartial<ExternalSecretSpec>;

/** A rule over the spec of an ExternalSecret, wherever the manifest carries it. */
function defineSpecRule(
  rule: Omit<Rule, 'check'> & { readonly check: (spec: Spec, report: Report) => void },
): Rule<Carrier> {
  return defineRule<Carrier>({
    ...rule,
    check({ spec }, report) {
      if (spec === undefined || !('externalSecretSpec' in spec)) {
        rule.check((spec ?? {}) as Spec, (path, ...rest) => report(['spec', ...path], ...rest));
      } else if (spec.externalSecretSpec !== undefined) {
        rule.check(spec.externalSecretSpec, (path, ...rest) =>
          report(['spec', 'externalSecretSpec', ...path], ...rest),
        );
      }
    },
  });
}

const dataMissing = defineSpecRule({
  code: 'external-secrets-data-missing',
  severity: 'error',
  summary: 'An ExternalSecret that names nothing to fetch.',
  why: "ESO's webhook refuses it: either data or dataFrom should be specified (apis/externalsecrets/v1/externalsecret_validator.go).",
  fix: 'list keys under data, or a whole secret under dataFrom',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  data:
    - { secretKey: password, remoteRef: { key: prod/db, property: password } }
`,
  check({ data = [], dataFrom = [] }, report) {
    if (data.length === 0 && dataFrom.length === 0) report([], 'either data or dataFrom should be specified');
  },
});

const dataFromSource = defineSpecRule({
  code: 'external-secrets-data-from-source',
  severity: 'error',
  summary: 'A dataFrom entry with no source, or with several.',
  why: "An entry fetches by exactly one of extract, find and sourceRef.generatorRef; ESO's webhook refuses more, and the controller skips one that has only sourceRef.storeRef (apis/externalsecrets/v1/externalsecret_validator.go).",
  fix: 'give each entry one of extract, find or sourceRef.generatorRef; write two entries for two sources',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  dataFrom:
    - extract: { key: prod/db }
      find: { path: prod/ }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  dataFrom:
    - extract: { key: prod/db }
    - find: { path: prod/ }
`,
  check({ dataFrom = [] }, report) {
    for (const [index, item] of dataFrom.entries()) {
      const { extract, find, sourceRef } = item ?? {};
      const generator = sourceRef?.generatorRef;
      const sources = [extract, find, generator].filter((source) => source !== undefined).length;
      if (sources > 1) report(['dataFrom', index], 'extract, find, or generatorRef cannot be set at the same time');
      else if (sources === 0 && sourceRef === undefined)
        report(['dataFrom', index], 'either extract, find, or sourceRef must be set to dataFrom');
      else if (sources === 0 && sourceRef?.storeRef !== undefined)
        report(['dataFrom', index], 'names a store but nothing to fetch from it: the controller would skip the entry');
    }
  },
});

const NOT_OWNED: readonly (string | undefined)[] = ['Merge', 'None', 'CreateOrMerge'];

const deletionPolicy = defineSpecRule({
  code: 'external-secrets-deletion-policy',
  severity: 'error',
  summary: 'A deletion policy that the creation policy does not allow.',
  why: 'ESO deletes or merges only Secrets it may: its webhook refuses deletionPolicy Delete with creationPolicy Merge, None or CreateOrMerge, and Merge with None (apis/externalsecrets/v1/externalsecret_validator.go).',
  fix: 'set creationPolicy: Owner, or deletionPolicy: Retain',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  target: { creationPolicy: Merge, deletionPolicy: Delete }
  dataFrom:
    - extract: { key: prod/db }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  target: { creationPolicy: Owner, deletionPolicy: Delete }
  dataFrom:
    - extract: { key: prod/db }
`,
  check({ target }, report) {
    const creation = target?.creationPolicy;
    const path = ['target', 'deletionPolicy'];
    if (target?.deletionPolicy === 'Delete' && NOT_OWNED.includes(creation))
      report(
        path,
        `deletionPolicy=Delete must not be used when the controller doesn't own the secret, and creationPolicy is ${creation}`,
      );
    if (target?.deletionPolicy === 'Merge' && creation === 'None')
      report(
        path,
        'deletionPolicy=Merge must not be used with creationPolicy=None: there is no Secret to merge with',
        'set creationPolicy: Merge, or deletionPolicy: Retain',
      );
  },
});

const secretKeyDuplicate = defineSpecRule({
  code: 'external-secrets-secret-key-duplicate',
  severity: 'error',
  summary: 'Two entries of data write one key of the Secret.',
  why: "ESO's webhook refuses it under deletionPolicy Retain, which is the default (apis/externalsecrets/v1/externalsecret_validator.go).",
  fix: 'give each entry of data its own secretKey',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  data:
    - { secretKey: password, remoteRef: { key: prod/db } }
    - { secretKey: password, remoteRef: { key: prod/db-replica } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  data:
    - { secretKey: password, remoteRef: { key: prod/db } }
    - { secretKey: replica-password, remoteRef: { key: prod/db-replica } }
`,
  check({ data = [], target }, report) {
    if (data.length < 2 || (target?.deletionPolicy ?? 'Retain') !== 'Retain') return;
    const first = new Map<string, number>();
    for (const [index, item] of data.entries()) {
      const key = item?.secretKey;
      if (key === undefined) continue;
      const before = first.get(key);
      if (before === undefined) first.set(key, index);
      else report(['data', index, 'secretKey'], `duplicate secretKey found: ${key}, as in data[${before}]`);
    }
  },
});

const SERVICE_ACCOUNT_TOKEN = 'kubernetes.io/service-account-token';
const SERVICE_ACCOUNT_NAME = 'kubernetes.io/service-account.name';

const templateType = defineSpecRule({
  code: 'external-secrets-template-type',
  severity: 'error',
  summary: 'A template that would make Kubernetes mint a token.',
  why: 'ESO refuses Secret types by which the API server hands out long-lived credentials: bootstrap tokens, and service account tokens bound to an account (apis/externalsecrets/v1/externalsecret_validator.go, validatePrivilegedTemplate).',
  fix: 'leave template.type out, or use Opaque, kubernetes.io/tls, kubernetes.io/dockerconfigjson or another type that only holds data',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: join, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  target:
    template: { type: bootstrap.kubernetes.io/token }
  dataFrom:
    - extract: { key: prod/join }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: join, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  target:
    template: { type: Opaque }
  dataFrom:
    - extract: { key: prod/join }
`,
  check({ target }, report) {
    const template = target?.template;
    const at = ['target', 'template'];
    if (template?.type === 'bootstrap.kubernetes.io/token')
      report([...at, 'type'], `template.type="${template.type}" is not allowed`);
    if (template?.type !== SERVICE_ACCOUNT_TOKEN) return;
    if (template.metadata?.annotations?.[SERVICE_ACCOUNT_NAME] !== undefined) {
      const path = [...at, 'metadata', 'annotations', SERVICE_ACCOUNT_NAME];
      report(path, `template.type="${template.type}" with annotation "${SERVICE_ACCOUNT_NAME}" is not allowed`);
    }
    for (const [index, from] of (template.templateFrom ?? []).entries())
      if (from?.target?.toLowerCase() === 'annotations')
        report(
          [...at, 'templateFrom', index, 'target'],
          `template.type="${template.type}" with templateFrom target="Annotations" is not allowed`,
        );
  },
});

const SECRET_TARGETS = ['', 'data', 'annotations', 'labels'];

const templateTarget = defineSpecRule({
  code: 'external-secrets-template-target',
  severity: 'error',
  summary: 'A templateFrom that writes elsewhere than into data, labels or annotations of a Secret.',
  why: "Paths are for custom resource targets; for a Secret, ESO's webhook and controller refuse them (apis/externalsecrets/v1/externalsecret_validator.go, ValidateSecretTemplateFromTargets).",
  fix: 'use Data, Annotations or Labels',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  target:
    template:
      templateFrom:
        - { target: metadata.annotations, literal: "team: shop" }
  dataFrom:
    - extract: { key: prod/db }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  target:
    template:
      templateFrom:
        - { target: Annotations, literal: "team: shop" }
  dataFrom:
    - extract: { key: prod/db }
`,
  check({ target }, report) {
    const manifest = target?.manifest;
    if (manifest !== undefined && !(manifest.apiVersion === 'v1' && manifest.kind === 'Secret')) return;
    for (const [index, from] of (target?.template?.templateFrom ?? []).entries())
      if (!SECRET_TARGETS.includes((from?.target ?? '').toLowerCase()))
        report(
          ['target', 'template', 'templateFrom', index, 'target'],
          `templateFrom target="${from!.target}" is not allowed when targeting a Secret`,
        );
  },
});

const duration = defineSpecRule({
  code: 'external-secrets-duration',
  severity: 'error',
  summary: 'A duration that Go cannot read.',
  why: 'The CRD takes any text; the controller decodes it with Go, which knows no days and no bare numbers, and one such object stops it from listing all of them (apis/externalsecrets/v1/externalsecret_types.go, metav1.Duration).',
  fix: 'write hours, minutes and seconds: 24h, 1h30m, 90s; 0s fetches once',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  refreshInterval: 1d
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  dataFrom:
    - extract: { key: prod/db }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  refreshInterval: 24h
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  dataFrom:
    - extract: { key: prod/db }
`,
  check({ refreshInterval, syncWindows }, report) {
    checkDuration(refreshInterval, ['refreshInterval'], report);
    for (const [index, window] of (syncWindows?.windows ?? []).entries())
      checkDuration(window?.duration, ['syncWindows', 'windows', index, 'duration'], report);
  },
});

function checkDuration(text: string | undefined, path: FieldPath, report: Report): void {
  if (text === undefined || tryParseGoDuration(text) !== undefined) return;
  const days = /^(\d+)d$/.exec(text);
  report(
    path,
    `time: invalid duration ${JSON.stringify(text.slice(0, 40))}`,
    days === null ? undefined : `write ${Number(days[1]) * 24}h: Go has no days`,
  );
}

const regexp = defineSpecRule({
  code: 'external-secrets-regexp',
  severity: 'error',
  summary: 'A regular expression that Go cannot compile.',
  why: "find.name.regexp and rewrite run in the controller with Go's regexp package, which has no lookaround and no backreferences (runtime/find/find.go, runtime/esutils/utils.go).",
  fix: "write it in Go's syntax: https://pkg.go.dev/regexp/syntax",
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  dataFrom:
    - find: { name: { regexp: "^(?!dev).*" } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  dataFrom:
    - find: { name: { regexp: "^prod.*" } }
`,
  check({ dataFrom = [] }, report) {
    for (const [index, item] of dataFrom.entries()) {
      const at: FieldPath = ['dataFrom', index];
      checkRegexp(item?.find?.name?.regexp, [...at, 'find', 'name', 'regexp'], report);
      for (const [step, rewrite] of (item?.rewrite ?? []).entries())
        checkRegexp(rewrite?.regexp?.source, [...at, 'rewrite', step, 'regexp', 'source'], report);
    }
  },
});

function checkRegexp(text: string | undefined, path: FieldPath, report: Report): void {
  const problem = text === undefined ? undefined : goRegexpProblem(text);
  if (problem !== undefined) report(path, problem);
}

const storeMissing = defineSpecRule({
  code: 'external-secrets-store-missing',
  severity: 'warning',
  summary: 'A key is fetched from no store.',
  why: 'Without secretStoreRef the controller looks for a SecretStore without a name and the ExternalSecret stays SecretSyncedError (runtime/clientmanager/manager.go). A generator alone needs no store.',
  fix: "set secretStoreRef: { kind: 'ClusterSecretStore', name: … }",
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  data:
    - { secretKey: password, remoteRef: { key: prod/db } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  data:
    - { secretKey: password, remoteRef: { key: prod/db } }
`,
  check({ data = [], dataFrom = [], secretStoreRef }, report) {
    if (secretStoreRef?.name !== undefined) return;
    for (const [field, list] of [
      ['data', data],
      ['dataFrom', dataFrom],
    ] as const)
      for (const [index, item] of list.entries())
        if (item !== undefined && item.sourceRef === undefined && Object.keys(item).length > 0) {
          report(['secretStoreRef'], `${field}[${index}] is fetched from no store: secretStoreRef names none`);
          return;
        }
  },
});

/** What Secret Manager calls a version of a secret; nothing else looks like it. */
const GCP_VERSION = /^projects\/[^/]+\/secrets\/([^/]+)\/versions\/([^/]+)$/;
const GCP_SECRET = /^projects\/[^/]+\/secrets\/([^/]+)(?:\/versions\/([^/]+))?$/;

const gcpKey = defineSpecRule({
  code: 'external-secrets-gcp-key',
  severity: 'error',
  summary: 'A Google secret is named by its full resource path instead of its id.',
  why: 'The provider puts the project of the store and /secrets/ in front of the key, and the version behind it; a full path makes a name that does not exist (providers/v1/gcp/secretmanager/client.go). (S-26)',
  fix: 'write the bare id as key, and the version, if it is not latest, as version',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: gcp }
  data:
    - { secretKey: password, remoteRef: { key: projects/acme/secrets/db-password/versions/latest } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: gcp }
  data:
    - { secretKey: password, remoteRef: { key: db-password } }
`,
  check(spec, report) {
    for (const { key, store, path } of remoteKeys(spec)) {
      const match = GCP_SECRET.exec(key);
      if (match === null || !(GCP_VERSION.test(key) || isGoogle(store))) continue;
      report(
        path,
        `'${key}' is a resource path; the provider would look for projects/…/secrets/${key}`,
        bareKey(match),
      );
    }
  },
});

const gcpKeyLikely = defineSpecRule({
  code: 'external-secrets-gcp-key-likely',
  severity: 'warning',
  summary: 'A key has the form of a Google resource path, and the store may be one of Google.',
  why: 'Google Secret Manager wants the bare id (see external-secrets-gcp-key); another store may really have such a key, so this is a warning.',
  fix: 'write the bare id as key, if the store is Google Secret Manager',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: secrets }
  data:
    - { secretKey: password, remoteRef: { key: projects/acme/secrets/db-password } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: secrets }
  data:
    - { secretKey: password, remoteRef: { key: db-password } }
`,
  check(spec, report) {
    for (const { key, store, path } of remoteKeys(spec)) {
      const match = GCP_SECRET.exec(key);
      if (match === null || GCP_VERSION.test(key) || isGoogle(store)) continue;
      report(path, `'${key}' has the form of a Google resource path`, `${bareKey(match)}, if the store is Google's`);
    }
  },
});

interface RemoteKey {
  readonly key: string;
  readonly store: string | undefined;
  readonly path: FieldPath;
}

/** The keys that start like a Google resource path; for nearly every object, none. */
function remoteKeys({ data = [], dataFrom = [], secretStoreRef }: Spec): RemoteKey[] {
  const found: RemoteKey[] = [];
  const add = (key: string | undefined, own: string | undefined, path: FieldPath) => {
    if (key?.startsWith('projects/')) found.push({ key, store: own ?? secretStoreRef?.name, path });
  };
  for (const [index, item] of data.entries())
    add(item?.remoteRef?.key, item?.sourceRef?.storeRef?.name, ['data', index, 'remoteRef', 'key']);
  for (const [index, item] of dataFrom.entries())
    add(item?.extract?.key, item?.sourceRef?.storeRef?.name, ['dataFrom', index, 'extract', 'key']);
  return found;
}

function isGoogle(store: string | undefined): boolean {
  return store !== undefined && /gcp|gsm|google/i.test(store);
}

function bareKey([, id, version]: RegExpExecArray): string {
  return `write key: ${id}${version === undefined || version === 'latest' ? '' : `, version: '${version}'`}`;
}

export const externalSecretSpecRules: readonly Rule<Carrier>[] = [
  dataMissing,
  dataFromSource,
  deletionPolicy,
  secretKeyDuplicate,
  templateType,
  templateTarget,
  duration,
  regexp,
  storeMissing,
  gcpKey,
  gcpKeyLikely,
];

export const namespaceMissing = defineRule<ExternalSecretManifest>({
  code: 'external-secrets-namespace-missing',
  severity: 'warning',
  summary: 'An ExternalSecret without a namespace lands wherever it is applied.',
  why: 'The Secret is made in the namespace of its ExternalSecret, and a SecretStore is looked for there; without one, whatever applies the file decides. (S-28)',
  fix: 'set metadata.namespace, or the namespace of the stack',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  dataFrom:
    - extract: { key: prod/db }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: db, namespace: shop }
spec:
  secretStoreRef: { kind: ClusterSecretStore, name: aws }
  dataFrom:
    - extract: { key: prod/db }
`,
  check({ metadata }, report) {
    if (metadata && !metadata.namespace)
      report(['metadata', 'namespace'], 'has no namespace: the Secret is made wherever this is applied');
  },
});

export const namespaceSelectorDeprecated = defineRule<ClusterExternalSecretManifest>({
  code: 'external-secrets-namespace-selector-deprecated',
  severity: 'warning',
  summary: 'A ClusterExternalSecret picks namespaces by a deprecated field.',
  why: 'namespaceSelector and namespaces are deprecated in favour of the list namespaceSelectors (apis/externalsecrets/v1/clusterexternalsecret_types.go).',
  fix: 'use namespaceSelectors; a namespace by name is the label kubernetes.io/metadata.name',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: pull }
spec:
  namespaceSelector: { matchLabels: { team: shop } }
  externalSecretSpec:
    secretStoreRef: { kind: ClusterSecretStore, name: aws }
    dataFrom:
      - extract: { key: prod/pull }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: pull }
spec:
  namespaceSelectors:
    - matchLabels: { team: shop }
  externalSecretSpec:
    secretStoreRef: { kind: ClusterSecretStore, name: aws }
    dataFrom:
      - extract: { key: prod/pull }
`,
  check({ spec }, report) {
    for (const field of ['namespaceSelector', 'namespaces'] as const)
      if (spec?.[field] !== undefined) report(['spec', field], `${field} is deprecated`);
  },
});

export const refreshTime = defineRule<ClusterExternalSecretManifest>({
  code: 'external-secrets-refresh-time',
  severity: 'error',
  summary: 'A refresh time that Go cannot read.',
  why: 'The CRD takes any text; the controller decodes it with Go, which knows no days and no bare numbers (apis/externalsecrets/v1/clusterexternalsecret_types.go, metav1.Duration).',
  fix: 'write hours, minutes and seconds: 24h, 1h30m, 90s',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: pull }
spec:
  refreshTime: 5 minutes
  namespaceSelectors:
    - matchLabels: { team: shop }
  externalSecretSpec:
    secretStoreRef: { kind: ClusterSecretStore, name: aws }
    dataFrom:
      - extract: { key: prod/pull }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ClusterExternalSecret
metadata: { name: pull }
spec:
  refreshTime: 5m
  namespaceSelectors:
    - matchLabels: { team: shop }
  externalSecretSpec:
    secretStoreRef: { kind: ClusterSecretStore, name: aws }
    dataFrom:
      - extract: { key: prod/pull }
`,
  check({ spec }, report) {
    checkDuration(spec?.refreshTime, ['spec', 'refreshTime'], report);
  },
});
