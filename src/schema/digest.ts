/**
 * The shape of the files in `schemas/`: what a product release's CRDs say about structure, and none of their prose.
 * Law: every number in a node is the index of a node earlier in the same table, so a table has no cycles.
 */
import type { Json } from '../kernel/manifest';

/** `schemas/index.json`: everything but the structure. */
export interface DigestIndex {
  readonly products: Readonly<Record<string, DigestProduct>>;
}

export interface DigestProduct {
  /** Also the name of the product's file: `schemas/flux/v2.9.4.json`. */
  readonly release: string;
  readonly kinds: readonly DigestKind[];
}

export interface DigestKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly versions: readonly DigestVersion[];
}

export interface DigestVersion {
  readonly name: string;
  readonly served?: false;
  readonly deprecated?: true;
  readonly storage?: true;
}

/** `schemas/<product>/<release>.json`. */
export interface DigestFile {
  /** `group/version/Kind` to the node of the whole object; served versions only. */
  readonly roots: Readonly<Record<string, number>>;
  readonly nodes: readonly DigestNode[];
}

/** A CRD's structural schema node, with Kubernetes' extensions under short names. */
export interface DigestNode {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  /** Only formats that the API server enforces. */
  readonly format?: string;
  readonly properties?: Readonly<Record<string, number>>;
  readonly required?: readonly string[];
  /** additionalProperties. */
  readonly values?: number | true;
  readonly items?: number;
  /** x-kubernetes-preserve-unknown-fields. */
  readonly preserve?: true;
  /** x-kubernetes-int-or-string. */
  readonly intOrString?: true;
  /** x-kubernetes-embedded-resource. */
  readonly embedded?: true;
  readonly nullable?: true;
  /** x-kubernetes-list-type, where it forbids duplicates. */
  readonly list?: 'map' | 'set';
  /** x-kubernetes-list-map-keys. */
  readonly keys?: readonly string[];
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: true;
  readonly exclusiveMaximum?: true;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly allOf?: readonly number[];
  readonly anyOf?: readonly number[];
  readonly oneOf?: readonly number[];
  readonly not?: number;
}
