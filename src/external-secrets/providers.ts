/**
 * Providers of stores, as functions of their own fields. Each returns the API's shape and adds nothing but what its name
 * says; a provider that has no function here is written in the API's shape: `provider: { doppler: { … } }`.
 */
import type { SecretStoreSpec } from '../schema/generated/external-secrets';

/** Exactly one service, as the API has it. */
export type StoreProvider = SecretStoreSpec['provider'];

type Settings<K extends keyof StoreProvider> = NonNullable<StoreProvider[K]>;

/**
 * AWS Secrets Manager. Without `auth`, the operator's own identity is used.
 *
 * @see https://external-secrets.io/latest/provider/aws-secrets-manager/
 */
export function awsSecretsManager(settings: Omit<Settings<'aws'>, 'service'>): StoreProvider {
  return { aws: { ...settings, service: 'SecretsManager' } };
}

/**
 * AWS Systems Manager Parameter Store. Without `auth`, the operator's own identity is used.
 *
 * @see https://external-secrets.io/latest/provider/aws-parameter-store/
 */
export function awsParameterStore(settings: Omit<Settings<'aws'>, 'service' | 'secretsManager'>): StoreProvider {
  return { aws: { ...settings, service: 'ParameterStore' } };
}

/**
 * Google Cloud Secret Manager. Keys are bare secret ids: the provider adds the project and the version.
 *
 * @see https://external-secrets.io/latest/provider/google-secrets-manager/
 */
export function gcpSecretManager(settings: Settings<'gcpsm'>): StoreProvider {
  return { gcpsm: settings };
}

/**
 * Azure Key Vault. Keys are names of secrets; `key/…` and `cert/…` name keys and certificates.
 *
 * @see https://external-secrets.io/latest/provider/azure-key-vault/
 */
export function azureKeyVault(settings: Settings<'azurekv'>): StoreProvider {
  return { azurekv: settings };
}

/**
 * HashiCorp Vault, key-value engine: version 2 unless `version` says `v1`.
 *
 * @see https://external-secrets.io/latest/provider/hashicorp-vault/
 */
export function vault(settings: Settings<'vault'>): StoreProvider {
  return { vault: settings };
}

/**
 * Secrets of a Kubernetes cluster, this one or another: those of `remoteNamespace`, which is `default` unless said.
 *
 * @see https://external-secrets.io/latest/provider/kubernetes/
 */
export function kubernetes(settings: Settings<'kubernetes'>): StoreProvider {
  return { kubernetes: settings };
}

/**
 * 1Password through a service account.
 *
 * @see https://external-secrets.io/latest/provider/1password-sdk/
 */
export function onePassword(settings: Settings<'onepasswordSDK'>): StoreProvider {
  return { onepasswordSDK: settings };
}

/**
 * Values that stand in the manifest itself, for tests. They are public to everyone who reads the repository.
 *
 * @see https://external-secrets.io/latest/provider/fake/
 */
export function fake(settings: Settings<'fake'>): StoreProvider {
  return { fake: settings };
}
