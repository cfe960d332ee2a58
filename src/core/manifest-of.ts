/**
 * Turns any cdk8s ApiObject into its manifest. Constructs whose properties are plain data are read directly; the others
 * go through their own `toJson()`. Either way `null` values survive: Helm and strategic-merge values need them, and
 * cdk8s drops them. The direct path reads what cdk8s keeps private; a test compares it with `toJson()`.
 */
import { ApiObject, type ApiObjectMetadataDefinition } from 'cdk8s';
import { isObject, type Manifest } from '../kernel/manifest';

interface ApiObjectInternals {
  readonly props: Record<string, unknown>;
  readonly patches: readonly unknown[];
}

interface MetadataInternals {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly finalizers: readonly string[];
  readonly ownerReferences: readonly object[];
  readonly _additionalAttributes: Record<string, unknown>;
}

/** Stands in for null while a foreign `toJson()` runs, since that drops null. */
const NULL_STAND_IN = '\u0000cdk8s-gitops:null\u0000';

const plainToJson = ApiObject.prototype.toJson;

/** @param customResolvers whether the app has resolvers of the user's, which may replace any value */
export function manifestOf(object: ApiObject, customResolvers: boolean): Manifest {
  const { props, patches } = object as unknown as ApiObjectInternals;
  if (customResolvers) return object.toJson();
  const plain = plainness(props, 0);
  if (object.toJson === plainToJson && patches.length === 0 && plain !== 'live') {
    return { ...props, metadata: metadataOf(object.metadata) } as unknown as Manifest;
  }
  return plain === 'plain-with-null' ? withNulls(object, props) : object.toJson();
}

/** The metadata as emitted: empty lists and maps left out, as cdk8s does. */
export function metadataOf(metadata: ApiObjectMetadataDefinition): Record<string, unknown> {
  const internals = metadata as unknown as MetadataInternals;
  const { finalizers, ownerReferences, _additionalAttributes: extra } = internals;
  if (hasToken(internals.labels) || hasToken(internals.annotations)) return metadata.toJson();
  const labels = nonEmpty(internals.labels);
  const annotations = nonEmpty(internals.annotations);
  const result: Record<string, unknown> = { name: metadata.name };
  if (metadata.namespace !== undefined) result['namespace'] = metadata.namespace;
  if (labels !== undefined) result['labels'] = labels;
  if (annotations !== undefined) result['annotations'] = annotations;
  if (finalizers.length > 0) result['finalizers'] = finalizers;
  if (ownerReferences.length > 0) result['ownerReferences'] = ownerReferences;
  for (const key in extra) {
    if (OWN_FIELDS.has(key) || extra[key] === undefined || extra[key] === null) continue;
    if (typeof extra[key] === 'object') return metadata.toJson();
    result[key] = extra[key];
  }
  return result;
}

/** The parts of metadata that `addLabel` and `addAnnotation` change in place, as they were. */
export interface MetadataSnapshot {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function snapshotMetadata(metadata: ApiObjectMetadataDefinition): MetadataSnapshot {
  const { labels, annotations } = metadata as unknown as MetadataInternals;
  return { labels: nonEmpty(labels) && { ...labels }, annotations: nonEmpty(annotations) && { ...annotations } };
}

export function sameMetadata(before: MetadataSnapshot, metadata: ApiObjectMetadataDefinition): boolean {
  const { labels, annotations } = metadata as unknown as MetadataInternals;
  return sameMap(before.labels, labels) && sameMap(before.annotations, annotations);
}

function sameMap(before: Readonly<Record<string, string>> = {}, now: Readonly<Record<string, string>>): boolean {
  for (const key in now) if (before[key] !== now[key]) return false;
  for (const key in before) if (!(key in now)) return false;
  return true;
}

/** What the definition keeps as fields of its own. */
const OWN_FIELDS = new Set(['name', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences']);

/** The map without undefined members, or undefined when nothing is left. */
function nonEmpty(map: Record<string, string>): Record<string, string> | undefined {
  let empty = true;
  for (const key in map) {
    if (map[key] === undefined || map[key] === null) {
      const entries = Object.entries(map).filter(([, value]) => value !== undefined && value !== null);
      return entries.length === 0 ? undefined : Object.fromEntries(entries);
    }
    empty = false;
  }
  return empty ? undefined : map;
}

function hasToken(map: Record<string, unknown>): boolean {
  for (const key in map) if (typeof map[key] === 'object' && map[key] !== null) return true;
  return false;
}

type Plainness = 'plain' | 'plain-with-null' | 'live';

/** Whether a value is JSON-like data; `live` holds something that cdk8s must resolve or refuse. */
function plainness(value: unknown, depth: number): Plainness {
  if (typeof value !== 'object') return 'plain';
  if (value === null) return 'plain-with-null';
  if (depth > 200 || 'resolve' in value) return 'live';
  let result: Plainness = 'plain';
  if (Array.isArray(value)) {
    for (const item of value) {
      const inner = plainness(item, depth + 1);
      if (inner === 'live') return 'live';
      if (inner === 'plain-with-null') result = inner;
    }
    return result;
  }
  if (!isObject(value)) return 'live';
  for (const key in value) {
    const inner = plainness(value[key], depth + 1);
    if (inner === 'live') return 'live';
    if (inner === 'plain-with-null') result = inner;
  }
  return result;
}

/** Runs a foreign `toJson()` over properties whose nulls are hidden from it, then puts them back. */
function withNulls(object: ApiObject, props: Record<string, unknown>): Manifest {
  const kept = { ...props };
  try {
    for (const key of Object.keys(props)) props[key] = replaceScalar(props[key], null, NULL_STAND_IN);
    return replaceScalar(object.toJson(), NULL_STAND_IN, null) as Manifest;
  } finally {
    Object.assign(props, kept);
  }
}

function replaceScalar(value: unknown, from: unknown, to: unknown): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((item) => replaceScalar(item, from, to));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceScalar(inner, from, to)]));
}
