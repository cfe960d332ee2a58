/**
 * ExternalSecret: a Secret whose values the External Secrets Operator fetches from a store outside the cluster. Its law:
 * Git holds the names of values, never the values.
 *
 * @see https://external-secrets.io/latest/api/externalsecret/
 */
import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { type DurationInput, goDuration } from '../kernel/duration';
import type {
  ExternalSecret as ExternalSecretManifest,
  ExternalSecretSpec,
} from '../schema/generated/external-secrets';
import {
  type DataSource,
  dataList,
  type ExternalSecretData,
  type ExternalSecretDataFrom,
  type StoreRef,
  storeRef,
} from './data';
import { externalSecretSpecRules, namespaceMissing } from './external-secret-rules';

export interface ExternalSecretProps
  extends ResourceProps,
    Omit<ExternalSecretSpec, 'data' | 'dataFrom' | 'refreshInterval' | 'secretStoreRef'> {
  /**
   * The store to fetch from: a SecretStore or ClusterSecretStore construct, or its kind and name. A SecretStore is looked
   * for in the ExternalSecret's own namespace.
   * @default - none: every entry names its own store or generator
   */
  readonly secretStoreRef?: StoreRef | ApiObject;
  /**
   * Keys of the Secret, each with the place of its value: `{ password: 'prod/db' }`,
   * `{ password: { key: 'prod/db', property: 'password' } }`, or the API's list. What `dataFrom` brings is overwritten
   * where the keys are the same.
   * @default - none; then dataFrom is required
   */
  readonly data?: Readonly<Record<string, DataSource>> | readonly ExternalSecretData[];
  /** Whole secrets: `extract('prod/db')`, `find({ path: 'prod/' })`, `generator(password)`. @default - none */
  readonly dataFrom?: readonly ExternalSecretDataFrom[];
  /** How often to fetch again; `0s` fetches once. Units as Go has them: ns to h, no days. @default '1h' */
  readonly refreshInterval?: DurationInput;
  /** When to fetch again: at the interval, once, or when this object changes. @default 'Periodic' */
  readonly refreshPolicy?: ExternalSecretSpec['refreshPolicy'];
  /**
   * The Secret that is made: its name, a template for its content, and what happens when it, or the value in the store,
   * is there already or no longer.
   * @default - a Secret named like the ExternalSecret, owned by it (creationPolicy Owner), kept when the value
   *   disappears from the store (deletionPolicy Retain)
   */
  readonly target?: ExternalSecretSpec['target'];
}

export const externalSecretKind = defineKind<ExternalSecretManifest>({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  rules: [...externalSecretSpecRules, namespaceMissing],
});

export class ExternalSecret extends Resource {
  /** The name of the Secret that is made, for those who mount it. */
  readonly secretName: string;

  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    const [common, own] = splitProps(props);
    const spec: Record<string, unknown> = own;
    if (own.data) spec['data'] = dataList(own.data);
    if (own.secretStoreRef) spec['secretStoreRef'] = storeRef(own.secretStoreRef);
    if (own.refreshInterval) spec['refreshInterval'] = goDuration(own.refreshInterval);
    super(scope, id, externalSecretKind, common, { spec });
    this.secretName = props.target?.name ?? this.name;
  }
}
