/** Kubernetes' own Secret: the one core kind with a rule of ours. No plaintext secret is ever written to Git. */
import { isObject, type Manifest } from '../kernel/manifest';
import { defineRule } from '../kernel/rule';
import { defineKind } from './kind';

interface SecretManifest extends Manifest {
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

const plaintext = defineRule<SecretManifest>({
  code: 'secret-plaintext',
  severity: 'error',
  summary: 'A Secret holds values that anyone with access to Git can read.',
  why: 'data is base64, not encryption, and Git keeps every version for ever. SOPS replaces each value with ENC[…] and adds a top-level sops block.',
  fix: "use ExternalSecret, SealedSecret or SOPS; if it is no secret, say so: waive(scope, 'secret-plaintext', reason)",
  wrong: `
apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
stringData: { password: hunter2 }
`,
  right: `
apiVersion: v1
kind: Secret
metadata: { name: db, namespace: shop }
type: Opaque
`,
  check(manifest, report) {
    const encrypted = isObject(manifest['sops']);
    for (const field of ['data', 'stringData'] as const) {
      const values = manifest[field];
      if (!isObject(values)) continue;
      for (const [key, value] of Object.entries(values)) {
        if (encrypted && isSopsCiphertext(value)) continue;
        if (isArgoCdSetting(manifest as Manifest, key, field === 'data', value)) continue;
        if (value !== '' && value !== null)
          report([field, key], `${field}.${key} is plaintext: it would be readable in Git`);
      }
    }
  },
});

/** How SOPS writes an encrypted leaf. */
function isSopsCiphertext(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('ENC[AES256_GCM,data:') && value.endsWith(']');
}

/** The fields of the Secrets that Argo CD reads which say where something is, and not how to get in. */
const ARGO_CD_SETTINGS: ReadonlySet<string> = new Set(
  `server name project namespaces clusterResources shard url type username enableOCI enableLfs insecure
  insecureIgnoreHostKey insecureOCIForceHttp forceHttpBasicAuth depth proxy noProxy githubAppID githubAppInstallationID
  githubAppEnterpriseBaseUrl useAzureWorkloadIdentity azureActiveDirectoryEndpoint azureServicePrincipalClientId
  azureServicePrincipalClientID azureServicePrincipalTenantId azureServicePrincipalTenantID
  webhookManifestCacheWarmDisabled`.split(/\s+/),
);

/** Argo CD keeps clusters and repositories in Secrets, those without credentials too. */
function isArgoCdSetting({ metadata }: Manifest, key: string, encoded: boolean, value: unknown): boolean {
  const labels = isObject(metadata) ? metadata['labels'] : undefined;
  if (!isObject(labels) || typeof labels['argocd.argoproj.io/secret-type'] !== 'string') return false;
  if (ARGO_CD_SETTINGS.has(key)) return true;
  if (key !== 'config' || typeof value !== 'string') return false;
  return isOpenConfig(encoded ? Buffer.from(value, 'base64').toString('utf8') : value);
}

/** Whether a cluster's config has no credentials: it logs in by the identity of the pod. */
function isOpenConfig(json: string): boolean {
  try {
    const config: unknown = JSON.parse(json);
    if (!isObject(config) || config['password'] || config['bearerToken']) return false;
    const { tlsClientConfig: tls, execProviderConfig: exec } = config;
    return !(isObject(tls) && tls['keyData']) && !(isObject(exec) && exec['env']);
  } catch {
    return false;
  }
}

export const secretKind = defineKind<SecretManifest>({ apiVersion: 'v1', kind: 'Secret', rules: [plaintext] });

export const kinds = [secretKind];
