/**
 * A manifest is plain JSON with an identity. Its law: what is here can be written to YAML and read back the same.
 */
import type { FieldPath } from './issue';
import { isPlainObject as isObject } from './json';

export { isObject };

export type JsonPrimitive = string | number | boolean | null;
export type Json = JsonPrimitive | JsonArray | JsonObject;
export type JsonArray = readonly Json[];
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export interface ManifestMetadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

/** A Kubernetes object as data. Read from foreign YAML, any field may be missing or of another type. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: ManifestMetadata;
  readonly [field: string]: unknown;
}

/** What makes two objects the same one in a cluster; the API version does not. */
export interface Identity {
  /** `''` for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly name: string;
}

/** A type in which every field may be missing: what a rule over foreign YAML can rely on. */
export type DeepPartial<T> = T extends readonly (infer E)[]
  ? readonly DeepPartial<E>[]
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> | undefined }
    : T;

/** Whether `value` has the two fields that make any YAML document a Kubernetes object. */
export function isManifest(value: unknown): value is Manifest {
  return isObject(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string';
}

/** The group of an apiVersion: `apps/v1` gives `apps`, `v1` gives the core group `''`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** The version of an apiVersion: `apps/v1` gives `v1`. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** `Kustomization/flux-system/web`: how messages name an object. Tolerates foreign manifests. */
export function objectLabel(manifest: Manifest): string {
  const { name, generateName, namespace } = isObject(manifest.metadata) ? manifest.metadata : {};
  const parts = [manifest.kind, namespace, name ?? (generateName === undefined ? '(unnamed)' : `${generateName}*`)];
  return parts.filter((part) => part !== undefined && part !== '').join('/');
}

/** The value at a path, or undefined where the path leaves the structure. */
export function valueAt(root: unknown, path: FieldPath): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
