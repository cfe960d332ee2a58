/** Which kinds and versions exist, from `schemas/`: the index at first need, a product's structure at first need of it. */
import { groupOf, versionOf } from '../kernel/manifest';
import type { DigestKind } from './digest';
import { readIndex, readProduct } from './load';
import { nodeTable, type SchemaNode } from './node';

export interface KindVersion {
  readonly name: string;
  readonly served: boolean;
  readonly deprecated: boolean;
  readonly storage: boolean;
}

export interface KindFacts {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** The product that serves it: `flux`. */
  readonly product: string;
  /** The release the facts were read from: `v2.9.4`. */
  readonly release: string;
  readonly versions: readonly KindVersion[];
  /** The version to write: the most stable one that is served and not deprecated. */
  readonly preferred: string;
}

/** What is known of a kind, or undefined for a kind we hold no schema of. */
export function tryKindFacts(group: string, kind: string): KindFacts | undefined {
  return kindsByGroup().get(group)?.get(kind);
}

/** Every kind we hold, by product, then group, then kind. */
export function knownKinds(): readonly KindFacts[] {
  return [...kindsByGroup().values()].flatMap((kinds) => [...kinds.values()]);
}

/** Whether we hold any kind of a group. */
export function knownGroup(group: string): boolean {
  return kindsByGroup().has(group);
}

/** The kinds we hold of a group. */
export function kindsOfGroup(group: string): readonly KindFacts[] {
  return [...(kindsByGroup().get(group)?.values() ?? [])];
}

/** A kind at a version that is served, with its structure. */
export interface ServedKind {
  readonly facts: KindFacts;
  readonly deprecated: boolean;
  /** Of the whole object, without identity, metadata and status. */
  readonly schema: SchemaNode;
}

/** The structure of a kind at a served version: of the whole object, without identity, metadata and status. */
export function trySchema(apiVersion: string, kind: string): SchemaNode | undefined {
  return tryServedKind(apiVersion, kind)?.schema;
}

/** A kind at a version, or undefined where that version is not served or we hold no schema of the kind. */
export function tryServedKind(apiVersion: string, kind: string): ServedKind | undefined {
  const known = servedKinds.get(apiVersion)?.get(kind);
  if (known !== undefined) return known;
  const found = findServedKind(apiVersion, kind);
  if (found === undefined) return undefined;
  const kinds = servedKinds.get(apiVersion) ?? new Map<string, ServedKind>();
  servedKinds.set(apiVersion, kinds.set(kind, found));
  return found;
}

const servedKinds = new Map<string, Map<string, ServedKind>>();
const tables = new Map<string, (kind: string) => SchemaNode | undefined>();
let groups: ReadonlyMap<string, ReadonlyMap<string, KindFacts>> | undefined;

function findServedKind(apiVersion: string, kind: string): ServedKind | undefined {
  const facts = tryKindFacts(groupOf(apiVersion), kind);
  const version = facts?.versions.find(({ name }) => name === versionOf(apiVersion));
  if (facts === undefined || version === undefined || !version.served) return undefined;
  const schema = tableOf(facts)(`${apiVersion}/${kind}`);
  return schema && { facts, deprecated: version.deprecated, schema };
}

function tableOf({ product, release }: KindFacts): (root: string) => SchemaNode | undefined {
  const known = tables.get(product);
  if (known !== undefined) return known;
  const file = readProduct(product, release);
  const nodeAt = nodeTable(file);
  const table = (root: string): SchemaNode | undefined => {
    const index = file.roots[root];
    return index === undefined ? undefined : nodeAt(index);
  };
  tables.set(product, table);
  return table;
}

function kindsByGroup(): ReadonlyMap<string, ReadonlyMap<string, KindFacts>> {
  groups ??= readGroups();
  return groups;
}

function readGroups(): Map<string, Map<string, KindFacts>> {
  const result = new Map<string, Map<string, KindFacts>>();
  for (const [product, { release, kinds }] of Object.entries(readIndex().products)) {
    for (const kind of kinds) {
      const group = result.get(kind.group) ?? new Map<string, KindFacts>();
      result.set(kind.group, group.set(kind.kind, factsOf(kind, product, release)));
    }
  }
  return result;
}

function factsOf(kind: DigestKind, product: string, release: string): KindFacts {
  const versions = kind.versions.map(({ name, served = true, deprecated = false, storage = false }) => {
    return { name, served, deprecated, storage };
  });
  const candidates = versions.filter(({ served, deprecated }) => served && !deprecated);
  const names = (candidates.length > 0 ? candidates : versions).map(({ name }) => name);
  return { ...kind, product, release, versions, preferred: names.sort(byStability)[0]! };
}

/** Kubernetes' order of versions: v2, v1, v1beta2, v1beta1, v1alpha1. */
function byStability(a: string, b: string): number {
  const [majorA, stageA, minorA] = partsOf(a);
  const [majorB, stageB, minorB] = partsOf(b);
  return stageB - stageA || majorB - majorA || minorB - minorA;
}

function partsOf(version: string): [number, number, number] {
  const parts = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!parts) return [0, -1, 0];
  return [Number(parts[1]), parts[2] === undefined ? 2 : parts[2] === 'beta' ? 1 : 0, Number(parts[3] ?? 0)];
}
