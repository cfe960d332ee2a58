/** What an ExternalSecret fetches: shorthands for the lists of the API, and references to stores and generators. */
import { ApiObject } from 'cdk8s';
import type { ExternalSecretSpec } from '../schema/generated/external-secrets';

/** An entry of `data`, as the API has it: one key of the Secret and where its value is. */
export type ExternalSecretData = NonNullable<ExternalSecretSpec['data']>[number];

/** Where a value is: the key in the store, and which property and version of it. */
export type RemoteRef = ExternalSecretData['remoteRef'];

/** An entry of `dataFrom`, as the API has it. */
export type ExternalSecretDataFrom = NonNullable<ExternalSecretSpec['dataFrom']>[number];

/** Renames the keys that an entry of `dataFrom` brings. */
export type Rewrite = NonNullable<ExternalSecretDataFrom['rewrite']>[number];

type Find = NonNullable<ExternalSecretDataFrom['find']>;
type SourceRef = NonNullable<ExternalSecretData['sourceRef']>;

/** A store by kind and name. The kind is never left out: the API would take a SecretStore for it. */
export interface StoreRef {
  readonly kind: 'SecretStore' | 'ClusterSecretStore';
  readonly name: string;
}

/** A generator by kind and name. */
export type GeneratorRef = NonNullable<SourceRef['generatorRef']>;

/** One value of the `data` map: the key in the store, or where exactly. */
export type DataSource = string | RemoteRef | Omit<ExternalSecretData, 'secretKey'>;

export interface DataFromOptions {
  /** The store of this entry. @default - the ExternalSecret's */
  readonly store?: StoreRef | ApiObject;
  /** Renames keys, step by step. @default - keys keep the names that the store has */
  readonly rewrite?: readonly Rewrite[];
}

/**
 * Every key of one secret of the store, for `dataFrom`.
 *
 * @param from the secret's key, or where exactly
 */
export function extract(from: string | RemoteRef, options: DataFromOptions = {}): ExternalSecretDataFrom {
  return { extract: typeof from === 'string' ? { key: from } : from, ...shared(options) };
}

/** Every secret of the store that a name, a path or tags select, for `dataFrom`. The name is a Go regular expression. */
export function find(
  by: Omit<Find, 'name'> & { readonly name?: string | Find['name'] },
  options: DataFromOptions = {},
): ExternalSecretDataFrom {
  const { name, ...rest } = by;
  const selection = name === undefined ? rest : { ...rest, name: typeof name === 'string' ? { regexp: name } : name };
  return { find: selection, ...shared(options) };
}

/** What a generator makes, for `dataFrom`: a password, a registry token, a key pair. */
export function generator(
  from: GeneratorRef | ApiObject,
  options: Pick<DataFromOptions, 'rewrite'> = {},
): ExternalSecretDataFrom {
  const generatorRef: GeneratorRef = ApiObject.isApiObject(from)
    ? { apiVersion: from.apiVersion, kind: from.kind as GeneratorRef['kind'], name: from.name }
    : from;
  return { sourceRef: { generatorRef }, ...shared(options) };
}

/** A store construct as the API names it; anything else as it is. */
export function storeRef(store: StoreRef | ApiObject): StoreRef {
  return ApiObject.isApiObject(store) ? { kind: store.kind as StoreRef['kind'], name: store.name } : store;
}

/** The map as the API's list, in the order of the program. */
export function dataList(
  data: Readonly<Record<string, DataSource>> | readonly ExternalSecretData[],
): readonly unknown[] {
  return Array.isArray(data)
    ? data
    : Object.entries(data).map(([secretKey, source]) => {
        if (typeof source === 'string') return { secretKey, remoteRef: { key: source } };
        const whole = typeof source === 'object' && source !== null && 'remoteRef' in source;
        return whole ? { secretKey, ...source } : { secretKey, remoteRef: source };
      });
}

function shared({ store, rewrite }: DataFromOptions): Pick<ExternalSecretDataFrom, 'sourceRef' | 'rewrite'> {
  return {
    ...(store !== undefined && { sourceRef: { storeRef: storeRef(store) } }),
    ...(rewrite !== undefined && { rewrite }),
  };
}
