/**
 * SecretStore and ClusterSecretStore: where the External Secrets Operator fetches from, and how it logs in there. Their
 * law: a SecretStore reads credentials of its own namespace only; a ClusterSecretStore is in none and says where they are.
 *
 * @see https://external-secrets.io/latest/api/secretstore/
 * @see https://external-secrets.io/latest/api/clustersecretstore/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { type Body, Resource, type ResourceProps, splitProps } from '../core/resource';
import { type DurationInput, goDuration } from '../kernel/duration';
import type {
  ClusterSecretStore as ClusterSecretStoreManifest,
  SecretStore as SecretStoreManifest,
  SecretStoreSpec,
} from '../schema/generated/external-secrets';
import { clusterSecretStoreRules, secretStoreRules } from './secret-store-rules';

type RetrySettings = NonNullable<SecretStoreSpec['retrySettings']>;

export interface SecretStoreProps extends ResourceProps, Omit<SecretStoreSpec, 'retrySettings'> {
  /**
   * The service behind the store, exactly one: `awsSecretsManager({ region: 'eu-west-1' })`, or any provider in the
   * API's own shape, `{ doppler: { … } }`.
   */
  readonly provider: SecretStoreSpec['provider'];
  /** How a failed request is tried again. @default - as the provider does by itself */
  readonly retrySettings?: Omit<RetrySettings, 'retryInterval'> & {
    /** The pause before trying again. @default - the provider's */
    readonly retryInterval?: DurationInput;
  };
  /** The operator that looks after this store, by its `--controller-class`. @default - every operator */
  readonly controller?: string;
}

export interface ClusterSecretStoreProps extends SecretStoreProps {
  /** The namespaces whose ExternalSecrets may use the store; one condition that holds is enough. @default - all */
  readonly conditions?: SecretStoreSpec['conditions'];
}

export const secretStoreKind = defineKind<SecretStoreManifest>({
  apiVersion: 'external-secrets.io/v1',
  kind: 'SecretStore',
  rules: secretStoreRules,
});

export const clusterSecretStoreKind = defineKind<ClusterSecretStoreManifest>({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterSecretStore',
  rules: clusterSecretStoreRules,
});

/** A store for the ExternalSecrets of one namespace. */
export class SecretStore extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: SecretStoreProps) {
    const [common, spec] = splitProps(props);
    super(scope, id, secretStoreKind, common, storeBody(spec));
  }
}

/** A store for the ExternalSecrets of all namespaces, or of those that its conditions allow. */
export class ClusterSecretStore extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: ClusterSecretStoreProps) {
    const [common, spec] = splitProps(props);
    super(scope, id, clusterSecretStoreKind, common, storeBody(spec));
  }
}

function storeBody({ retrySettings, ...spec }: Omit<SecretStoreProps, keyof ResourceProps>): Body {
  if (retrySettings?.retryInterval === undefined) return { spec: { ...spec, retrySettings } };
  return {
    spec: { ...spec, retrySettings: { ...retrySettings, retryInterval: goDuration(retrySettings.retryInterval) } },
  };
}
