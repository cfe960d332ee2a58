/**
 * What one SecretStore or ClusterSecretStore can show to be wrong beyond its schema. Sources are named by path in
 * external-secrets/external-secrets at v2.9.0; S-numbers are rows of reference/source-document-errors.md.
 */
import { tryParseGoDuration } from '../kernel/duration';
import { goRegexpProblem } from '../kernel/go-regexp';
import type { FieldPath } from '../kernel/issue';
import { type DeepPartial, isObject } from '../kernel/manifest';
import { defineRule, type Rule } from '../kernel/rule';
import type {
  ClusterSecretStore as ClusterSecretStoreManifest,
  SecretStore as SecretStoreManifest,
  SecretStoreSpec,
} from '../schema/generated/external-secrets';

type Store = SecretStoreManifest | ClusterSecretStoreManifest;
type Provider = DeepPartial<NonNullable<SecretStoreSpec['provider']>>;

function providerOf({ spec }: DeepPartial<Store>): Provider {
  return spec?.provider ?? {};
}

const at = (...steps: FieldPath): FieldPath => ['spec', 'provider', ...steps];

const namespaceRegexp = defineRule<Store>({
  code: 'external-secrets-namespace-regexp',
  severity: 'error',
  summary: 'A namespace condition that Go cannot compile.',
  why: "ESO's webhook refuses it: failed to compile namespace regex (apis/externalsecrets/v1/secretstore_validator.go).",
  fix: "write it in Go's syntax, without lookaround and backreferences: https://pkg.go.dev/regexp/syntax",
  wrong: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  conditions:
    - namespaceRegexes: ["^(?!kube-).*"]
  provider:
    aws: { service: SecretsManager, region: eu-west-1 }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  conditions:
    - namespaceRegexes: ["^team-.*"]
  provider:
    aws: { service: SecretsManager, region: eu-west-1 }
`,
  check({ spec }, report) {
    for (const [index, condition] of (spec?.conditions ?? []).entries())
      for (const [place, text] of (condition?.namespaceRegexes ?? []).entries()) {
        const problem = text === undefined ? undefined : goRegexpProblem(text);
        if (problem !== undefined)
          report(
            ['spec', 'conditions', index, 'namespaceRegexes', place],
            `failed to compile namespace regex: ${problem}`,
          );
      }
  },
});

const conditionsIgnored = defineRule<SecretStoreManifest>({
  code: 'external-secrets-conditions-ignored',
  severity: 'warning',
  summary: 'A SecretStore with conditions: nothing reads them.',
  why: 'conditions say which namespaces may use a ClusterSecretStore; a SecretStore serves its own namespace only (apis/externalsecrets/v1/secretstore_types.go).',
  fix: 'remove conditions, or make it a ClusterSecretStore',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: aws, namespace: shop }
spec:
  conditions:
    - namespaces: [shop]
  provider:
    aws: { service: SecretsManager, region: eu-west-1 }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  conditions:
    - namespaces: [shop]
  provider:
    aws: { service: SecretsManager, region: eu-west-1 }
`,
  check({ kind, spec }, report) {
    if (kind === 'SecretStore' && spec?.conditions !== undefined)
      report(['spec', 'conditions'], 'conditions are read on a ClusterSecretStore only');
  },
});

const foreignNamespace = defineRule<SecretStoreManifest>({
  code: 'external-secrets-foreign-namespace',
  severity: 'error',
  summary: 'A SecretStore refers into a namespace that is not its own.',
  why: 'A namespaced store may read credentials of its own namespace only; ESO refuses: namespace should either be empty or match the namespace of the SecretStore (runtime/esutils/utils.go). (S-29)',
  fix: 'remove the namespace, or make it a ClusterSecretStore',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: aws, namespace: shop }
spec:
  provider:
    aws:
      service: SecretsManager
      region: eu-west-1
      auth: { jwt: { serviceAccountRef: { name: reader, namespace: external-secrets } } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: aws, namespace: shop }
spec:
  provider:
    aws:
      service: SecretsManager
      region: eu-west-1
      auth: { jwt: { serviceAccountRef: { name: reader } } }
`,
  check(manifest, report) {
    const own = manifest.metadata?.namespace;
    const provider = providerOf(manifest);
    if (own !== undefined)
      for (const { path, namespace } of references(provider, []))
        if (namespace !== undefined && namespace !== own)
          report(
            at(...path, 'namespace'),
            `namespace '${namespace}' should either be empty or match the namespace of the SecretStore, '${own}'`,
          );
    if (provider.kubernetes?.server?.caProvider?.namespace === own && own !== undefined)
      report(
        at('kubernetes', 'server', 'caProvider', 'namespace'),
        'CAProvider.namespace must be empty with SecretStore',
        'remove the namespace',
      );
  },
});

const namespaceRequired = defineRule<ClusterSecretStoreManifest>({
  code: 'external-secrets-namespace-required',
  severity: 'error',
  summary: 'A ClusterSecretStore refers to an object without saying in which namespace it is.',
  why: 'A certificate authority, and a client certificate or token for Kubernetes, are read from a named namespace; ESO refuses: missing namespace on caProvider secret (runtime/esutils/utils.go, providers/v1/kubernetes/validate.go).',
  fix: 'add the namespace',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: shared }
spec:
  provider:
    kubernetes:
      remoteNamespace: shared
      server:
        caProvider: { type: ConfigMap, name: kube-root-ca.crt, key: ca.crt }
      auth:
        serviceAccount: { name: reader, namespace: shared }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: shared }
spec:
  provider:
    kubernetes:
      remoteNamespace: shared
      server:
        caProvider: { type: ConfigMap, name: kube-root-ca.crt, key: ca.crt, namespace: shared }
      auth:
        serviceAccount: { name: reader, namespace: shared }
`,
  check(manifest, report) {
    for (const { path, namespace } of references(providerOf(manifest), [])) {
      if (namespace !== undefined || !NEEDS_NAMESPACE.test(path.join('.'))) continue;
      report(at(...path, 'namespace'), `${path.at(-1)} names no namespace, and a ClusterSecretStore is in none`);
    }
  },
});

const NEEDS_NAMESPACE = /(?:^|\.)caProvider$|^kubernetes\.auth\.(?:token\.bearerToken|cert\.clientCert)$/;

interface Reference {
  readonly path: FieldPath;
  readonly namespace: string | undefined;
}

const REFERENCE_KEYS = new Set(['name', 'namespace', 'key', 'audiences', 'type']);

/** The Secrets, ConfigMaps and service accounts that a provider names, by shape: providers have dozens of them. */
function references(node: unknown, path: FieldPath): Reference[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => references(item, [...path, index]));
  if (!isObject(node)) return [];
  const keys = Object.keys(node).filter((key) => node[key] !== undefined);
  if (typeof node['name'] === 'string' && keys.every((key) => REFERENCE_KEYS.has(key))) {
    const { namespace } = node;
    return [{ path, namespace: typeof namespace === 'string' ? namespace : undefined }];
  }
  // The crd provider's whitelist has names and namespaces that are patterns.
  return keys.filter((key) => key !== 'whitelist').flatMap((key) => references(node[key], [...path, key]));
}

const vaultAuth = defineRule<Store>({
  code: 'external-secrets-vault-auth',
  severity: 'error',
  summary: 'A Vault login without what it needs.',
  why: "ESO's webhook refuses appRole without roleId and roleRef, and jwt without a token source (providers/v1/vault/validate.go).",
  fix: 'give appRole a roleId or roleRef; give jwt a secretRef or kubernetesServiceAccountToken',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault:
      server: https://vault.acme.io
      auth:
        appRole: { path: approle, secretRef: { name: vault, key: secret-id } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault:
      server: https://vault.acme.io
      auth:
        appRole: { path: approle, roleRef: { name: vault, key: role-id }, secretRef: { name: vault, key: secret-id } }
`,
  check(manifest, report) {
    const { appRole, jwt } = providerOf(manifest).vault?.auth ?? {};
    if (appRole !== undefined && !appRole.roleId && appRole.roleRef === undefined)
      report(at('vault', 'auth', 'appRole'), 'appRole has neither roleId nor roleRef', 'add roleRef or roleId');
    if (jwt !== undefined && jwt.secretRef === undefined && jwt.kubernetesServiceAccountToken === undefined)
      report(
        at('vault', 'auth', 'jwt'),
        'jwt has neither secretRef nor kubernetesServiceAccountToken',
        'add kubernetesServiceAccountToken or secretRef',
      );
  },
});

/** In the order in which the provider tries them: the first that is there is the one that logs in. */
const VAULT_METHODS = [
  'tokenSecretRef',
  'appRole',
  'kubernetes',
  'ldap',
  'userPass',
  'jwt',
  'cert',
  'iam',
  'gcp',
] as const;

const vaultAuthSeveral = defineRule<Store>({
  code: 'external-secrets-vault-auth-several',
  severity: 'warning',
  summary: 'Several ways to log in to Vault: all but one are ignored.',
  why: 'The provider takes the first method that is configured, in an order of its own, and does not fall back to another (providers/v1/vault/auth.go).',
  fix: 'keep one method under auth',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault:
      server: https://vault.acme.io
      auth:
        tokenSecretRef: { name: vault, key: token }
        kubernetes: { mountPath: kubernetes, role: shop }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault:
      server: https://vault.acme.io
      auth:
        kubernetes: { mountPath: kubernetes, role: shop }
`,
  check(manifest, report) {
    const auth = providerOf(manifest).vault?.auth;
    if (auth === undefined) return;
    const methods = VAULT_METHODS.filter((method) => auth[method] !== undefined);
    if (methods.length > 1)
      report(at('vault', 'auth'), `${methods[0]} logs in; ${methods.slice(1).join(' and ')} would be ignored`);
  },
});

const vaultClientTls = defineRule<Store>({
  code: 'external-secrets-vault-client-tls',
  severity: 'error',
  summary: 'A Vault client certificate without its key, or a key without its certificate.',
  why: "ESO's webhook refuses it: both ClientTLS.ClientCert and ClientTLS.SecretRef should be provided (providers/v1/vault/validate.go).",
  fix: 'set both tls.certSecretRef and tls.keySecretRef',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault:
      server: https://vault.acme.io
      tls: { certSecretRef: { name: vault-tls, key: tls.crt } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault:
      server: https://vault.acme.io
      tls: { certSecretRef: { name: vault-tls, key: tls.crt }, keySecretRef: { name: vault-tls, key: tls.key } }
`,
  check(manifest, report) {
    const { certSecretRef, keySecretRef } = providerOf(manifest).vault?.tls ?? {};
    if ((certSecretRef === undefined) === (keySecretRef === undefined)) return;
    const [got, missing] =
      keySecretRef === undefined ? ['certSecretRef', 'keySecretRef'] : ['keySecretRef', 'certSecretRef'];
    report(at('vault', 'tls'), `has ${got} without ${missing}`, `add tls.${missing}`);
  },
});

const vaultCheckAndSet = defineRule<Store>({
  code: 'external-secrets-vault-check-and-set',
  severity: 'error',
  summary: 'Check-and-set on a Vault engine that has none.',
  why: "ESO's webhook refuses it: checkAndSet is not supported with Vault KV version v1 (providers/v1/vault/validate.go).",
  fix: 'set version: v2, or remove checkAndSet',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault: { server: "https://vault.acme.io", version: v1, checkAndSet: { required: true } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: vault, namespace: shop }
spec:
  provider:
    vault: { server: "https://vault.acme.io", version: v2, checkAndSet: { required: true } }
`,
  check(manifest, report) {
    const { version, checkAndSet } = providerOf(manifest).vault ?? {};
    if (version === 'v1' && checkAndSet?.required === true)
      report(at('vault', 'checkAndSet', 'required'), 'checkAndSet is not supported with Vault KV version v1');
  },
});

const awsRegion = defineRule<Store>({
  code: 'external-secrets-aws-region',
  severity: 'error',
  summary: 'An AWS region that cannot be one.',
  why: "The region becomes part of a host name; ESO's webhook refuses what cannot: region not found (providers/v1/aws/provider.go).",
  fix: 'write the code of the region, such as eu-west-1',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  provider:
    aws: { service: SecretsManager, region: EU (Ireland) }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  provider:
    aws: { service: SecretsManager, region: eu-west-1 }
`,
  check(manifest, report) {
    const region = providerOf(manifest).aws?.region;
    // <region> is a form to be filled in, by hand or by a tool.
    if (region === undefined || /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(region) || /^<.*>$/.test(region)) return;
    report(at('aws', 'region'), `region not found: ${JSON.stringify(region.slice(0, 80))}`);
  },
});

const awsRecoveryWindow = defineRule<Store>({
  code: 'external-secrets-aws-recovery-window',
  severity: 'error',
  summary: 'Settings for deleting AWS secrets that AWS refuses.',
  why: 'A deleted secret can be recovered for 7 to 30 days, or not at all; the webhook refuses other numbers, and both together (providers/v1/aws/util/provider.go, ValidateDeleteSecretInput).',
  fix: 'set recoveryWindowInDays to 7 to 30, or forceDeleteWithoutRecovery: true without it',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  provider:
    aws: { service: SecretsManager, region: eu-west-1, secretsManager: { recoveryWindowInDays: 3 } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  provider:
    aws: { service: SecretsManager, region: eu-west-1, secretsManager: { recoveryWindowInDays: 7 } }
`,
  check(manifest, report) {
    const { recoveryWindowInDays: days = 0, forceDeleteWithoutRecovery } =
      providerOf(manifest).aws?.secretsManager ?? {};
    if (days === 0) return;
    const path = at('aws', 'secretsManager', 'recoveryWindowInDays');
    if (days < 7 || days > 30) report(path, `RecoveryWindowInDays must be between 7 and 30 days, not ${days}`);
    else if (forceDeleteWithoutRecovery === true)
      report(path, 'ForceDeleteWithoutRecovery conflicts with RecoveryWindowInDays', 'keep one of the two');
  },
});

const gcpProjectMissing = defineRule<Store>({
  code: 'external-secrets-gcp-project-missing',
  severity: 'error',
  summary: 'A Google store with a service account key and no project.',
  why: 'Only inside Google Cloud can the project be found out; with a key the provider does not try and refuses (providers/v1/gcp/secretmanager/provider.go, clusterProjectID).',
  fix: 'set gcpsm.projectID',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: gcp, namespace: shop }
spec:
  provider:
    gcpsm: { auth: { secretRef: { secretAccessKeySecretRef: { name: gcp, key: key.json } } } }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: gcp, namespace: shop }
spec:
  provider:
    gcpsm: { projectID: acme, auth: { secretRef: { secretAccessKeySecretRef: { name: gcp, key: key.json } } } }
`,
  check(manifest, report) {
    const gcp = providerOf(manifest).gcpsm;
    if (gcp?.auth?.secretRef === undefined || gcp.projectID || gcp.auth.workloadIdentity?.clusterProjectID) return;
    report(at('gcpsm', 'projectID'), 'unable to find ProjectID in storeSpec: auth.secretRef needs it said');
  },
});

const azureCloud = defineRule<Store>({
  code: 'external-secrets-azure-cloud',
  severity: 'error',
  summary: 'An Azure cloud of your own, half configured.',
  why: 'A custom cloud needs its endpoints, and only the new Azure SDK can use them (providers/v1/azure/keyvault/keyvault.go, ValidateStore).',
  fix: 'set both useAzureSDK: true and customCloudConfig',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: azure, namespace: shop }
spec:
  provider:
    azurekv: { vaultUrl: "https://kv.local.azurestack.external", authType: ManagedIdentity, environmentType: AzureStackCloud }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: azure, namespace: shop }
spec:
  provider:
    azurekv:
      vaultUrl: https://kv.local.azurestack.external
      authType: ManagedIdentity
      environmentType: AzureStackCloud
      useAzureSDK: true
      customCloudConfig: { activeDirectoryEndpoint: "https://login.local.azurestack.external" }
`,
  check(manifest, report) {
    const azure = providerOf(manifest).azurekv;
    if (azure?.customCloudConfig !== undefined && azure.useAzureSDK !== true)
      report(at('azurekv', 'useAzureSDK'), 'customCloudConfig requires useAzureSDK to be set to true');
    if (azure?.environmentType === 'AzureStackCloud' && azure.customCloudConfig === undefined)
      report(
        at('azurekv', 'customCloudConfig'),
        'customCloudConfig is required when environmentType is AzureStackCloud',
      );
  },
});

const azureAuth = defineRule<Store>({
  code: 'external-secrets-azure-auth',
  severity: 'warning',
  summary: 'An Azure store that logs in as a service principal and names none.',
  why: 'authType defaults to ServicePrincipal, which needs tenantId and authSecretRef; without them the store is never ready (providers/v1/azure/keyvault/keyvault.go, authorizerForServicePrincipal).',
  fix: 'set authType: WorkloadIdentity or ManagedIdentity, or add tenantId and authSecretRef',
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: azure, namespace: shop }
spec:
  provider:
    azurekv: { vaultUrl: "https://acme.vault.azure.net" }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: azure, namespace: shop }
spec:
  provider:
    azurekv: { vaultUrl: "https://acme.vault.azure.net", authType: WorkloadIdentity, serviceAccountRef: { name: reader } }
`,
  check(manifest, report) {
    const azure = providerOf(manifest).azurekv;
    if (azure === undefined || (azure.authType ?? 'ServicePrincipal') !== 'ServicePrincipal') return;
    const missing = (['tenantId', 'authSecretRef'] as const).filter((field) => azure[field] === undefined);
    if (missing.length > 0) report(at('azurekv'), `a service principal needs ${missing.join(' and ')}`);
  },
});

const retryInterval = defineRule<Store>({
  code: 'external-secrets-retry-interval',
  severity: 'error',
  summary: 'A retry interval that Go cannot read.',
  why: 'The provider parses it when it makes its client; what it cannot parse makes the store unusable (providers/v1/aws/provider.go).',
  fix: 'write seconds and minutes: 10s, 1m',
  wrong: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  retrySettings: { maxRetries: 5, retryInterval: "10" }
  provider:
    aws: { service: SecretsManager, region: eu-west-1 }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: ClusterSecretStore
metadata: { name: aws }
spec:
  retrySettings: { maxRetries: 5, retryInterval: 10s }
  provider:
    aws: { service: SecretsManager, region: eu-west-1 }
`,
  check({ spec }, report) {
    const text = spec?.retrySettings?.retryInterval;
    if (text !== undefined && tryParseGoDuration(text) === undefined)
      report(['spec', 'retrySettings', 'retryInterval'], `time: invalid duration ${JSON.stringify(text.slice(0, 40))}`);
  },
});

const fakeStore = defineRule<Store>({
  code: 'external-secrets-fake-store',
  severity: 'warning',
  summary: 'The values of a fake store are plaintext in Git.',
  why: 'The fake provider serves the values of its manifest; it is there for tests (providers/v1/fake/fake.go).',
  fix: "use a real provider; for values that are no secrets, waive(scope, 'external-secrets-fake-store', reason)",
  wrong: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: fake, namespace: shop }
spec:
  provider:
    fake: { data: [{ key: db, value: example }] }
`,
  right: `
apiVersion: external-secrets.io/v1
kind: SecretStore
metadata: { name: aws, namespace: shop }
spec:
  provider:
    aws: { service: SecretsManager, region: eu-west-1 }
`,
  check(manifest, report) {
    if ((providerOf(manifest).fake?.data ?? []).length > 0)
      report(at('fake', 'data'), 'the values of a fake store can be read by anyone who can read this file');
  },
});

const storeRules: readonly Rule<Store>[] = [
  namespaceRegexp,
  vaultAuth,
  vaultAuthSeveral,
  vaultClientTls,
  vaultCheckAndSet,
  awsRegion,
  awsRecoveryWindow,
  gcpProjectMissing,
  azureCloud,
  azureAuth,
  retryInterval,
  fakeStore,
];

export const secretStoreRules: readonly Rule<SecretStoreManifest>[] = [
  ...storeRules,
  conditionsIgnored,
  foreignNamespace,
];

export const clusterSecretStoreRules: readonly Rule<ClusterSecretStoreManifest>[] = [...storeRules, namespaceRequired];
