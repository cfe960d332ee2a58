/**
 * Secrets for Argo CD without a secret in Git: settings stand as they are, credentials come from a store that the External
 * Secrets Operator reads, or as ciphertext for Sealed Secrets. Without credentials a plain Secret says it all.
 */
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { defineKind, type Kind } from '../../core/kind';
import type { Body, ResourceProps } from '../../core/resource';
import { secretKind } from '../../core/secret';
import { type DurationInput, goDuration } from '../../kernel/duration';
import { inArgoCd } from '../namespace';
import { argoCdSecretRules } from './kinds';
import { SECRET_TYPE_LABEL } from './secret-view';

/** Where the credentials of a Secret are: in a store, or sealed. */
export type Credentials<F extends string> = StoredCredentials<F> | SealedCredentials<F>;

/** Credentials in a store; an ExternalSecret is written. */
export interface StoredCredentials<F extends string> {
  /** A SecretStore or ClusterSecretStore construct, or its kind and name. */
  readonly store: ApiObject | { readonly kind: 'SecretStore' | 'ClusterSecretStore'; readonly name: string };
  /** Each credential's key in the store, or key and property. */
  readonly values: Readonly<Partial<Record<F, string | StoredValue>>>;
  /** How often to fetch again. @default '1h' */
  readonly refreshInterval?: DurationInput;
  readonly sealed?: never;
}

/** One value of a store. */
export interface StoredValue {
  readonly key: string;
  /** A property of the secret that the key names. @default - the whole secret */
  readonly property?: string;
  /** @default - the latest */
  readonly version?: string;
  /**
   * How a certificate or its key is kept: as PEM, or as the base64 of it that a kubeconfig has. Of no meaning elsewhere.
   * @default 'base64'
   */
  readonly encoding?: 'pem' | 'base64';
}

/** Credentials as kubeseal printed them; a SealedSecret is written. Its scope is said by `metadata.annotations`. */
export interface SealedCredentials<F extends string> {
  readonly sealed: Readonly<Partial<Record<F, string>>>;
  readonly store?: never;
}

/** What a Secret for Argo CD is made of. */
export interface SecretParts {
  readonly type: string;
  /** Settings by key, as text. */
  readonly settings: Readonly<Record<string, string | undefined>>;
  /** Keys that templates make of the credentials; by themselves credentials are keys of their own. */
  readonly templated?: Readonly<Record<string, string>>;
  readonly credentials?: Credentials<string>;
  /** Labels and annotations of the Secret itself. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const rules = argoCdSecretRules;
const plain: Kind = { ...secretKind, rules: [...secretKind.rules, ...rules] };
const external = defineKind({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', rules });
const sealed = defineKind({ apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', rules });

/** The object to write: which kind, with what metadata, and its body. */
export function shapeSecret(
  scope: Construct,
  props: ResourceProps,
  parts: SecretParts,
): readonly [kind: Kind, props: ResourceProps, body: Body] {
  const { credentials } = parts;
  const metadata = {
    labels: { [SECRET_TYPE_LABEL]: parts.type, ...parts.labels },
    ...(parts.annotations !== undefined && { annotations: parts.annotations }),
  };
  const settings = Object.fromEntries(Object.entries(parts.settings).filter(([, value]) => value !== undefined));
  const placed = inArgoCd(scope, props);
  if (credentials === undefined) {
    const own = placed.metadata;
    const merged = {
      ...own,
      labels: { ...metadata.labels, ...own?.labels },
      ...((own?.annotations ?? parts.annotations) && { annotations: { ...parts.annotations, ...own?.annotations } }),
    };
    return [plain, { ...placed, metadata: merged }, { stringData: { ...settings, ...parts.templated } }];
  }
  const literals = Object.fromEntries(Object.entries(settings).map(([key, text]) => [key, literal(text!)]));
  if (credentials.sealed !== undefined) {
    const template = { metadata, data: { ...literals, ...parts.templated } };
    return [sealed, placed, { spec: { encryptedData: credentials.sealed, template } }];
  }
  return [external, placed, { spec: externalSpec(credentials, metadata, literals, parts.templated) }];
}

function externalSpec(
  { store, values, refreshInterval }: StoredCredentials<string>,
  metadata: object,
  literals: Readonly<Record<string, string>>,
  templated: Readonly<Record<string, string>> | undefined,
): object {
  const own = templated ?? Object.fromEntries(Object.keys(values).map((field) => [field, `{{ .${field} }}`]));
  return {
    refreshInterval: goDuration(refreshInterval ?? '1h'),
    secretStoreRef: ApiObject.isApiObject(store) ? { kind: store.kind, name: store.name } : store,
    data: Object.entries(values).map(([secretKey, value]) => {
      const { encoding: _, ...remoteRef } = typeof value === 'string' ? { key: value } : (value as StoredValue);
      return { secretKey, remoteRef };
    }),
    target: { template: { metadata, data: { ...literals, ...own } } },
  };
}

/** Text that a Go template gives back as it is. */
export function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
