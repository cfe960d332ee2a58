/** Strict validation of a manifest: identity, metadata, structure. */
import type { FieldPath } from '../kernel/issue';
import { groupOf, type Manifest, versionOf } from '../kernel/manifest';
import { nearest } from '../kernel/suggest';
import type { Finding } from './finding';
import { type KindFacts, kindsOfGroup, knownGroup, type ServedKind, tryKindFacts, tryServedKind } from './kinds';
import { checkMetadata, validateMetadata } from './metadata';
import { isUnheldKind, tryRemoval } from './removed';
import { Walk } from './walk';
import { listed, quoted } from './words';

/**
 * What the API server would refuse about a manifest's structure, as it does under strict field validation.
 * `[]` for a kind we hold no schema of, unless its group is ours and has no such kind.
 */
export function validate(manifest: Manifest): Finding[] {
  const { apiVersion, kind } = manifest;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  const served = tryServedKind(apiVersion, kind);
  if (served !== undefined) return validateServed(manifest, served);
  const group = groupOf(apiVersion);
  const facts = tryKindFacts(group, kind);
  if (facts === undefined) return knownGroup(group) ? unknownKind(group, kind) : [];
  return [versionFinding(apiVersion, facts), ...validateAsPreferred(manifest, facts)];
}

/** For a version that is no longer served: what else must change once the version to write is written. */
function validateAsPreferred(manifest: Manifest, { group, kind, preferred }: KindFacts): Finding[] {
  const wanted = `${group}/${preferred}`;
  const served = tryServedKind(wanted, kind);
  if (served === undefined) return validateMetadata(manifest);
  const findings = validateServed({ ...manifest, apiVersion: wanted }, served);
  return findings.map((finding) => ({ ...finding, message: `${finding.message} (in ${preferred})` }));
}

const nulls = new WeakMap<Manifest, readonly FieldPath[]>();

/** The nulls of a validated manifest that the API server takes for absent. */
export function droppedNulls(manifest: Manifest): readonly FieldPath[] {
  return nulls.get(manifest) ?? [];
}

/** Fields of the top level that every kind has and no schema of ours describes. */
const common: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata', 'status']);

function validateServed(manifest: Manifest, { facts, deprecated, schema }: ServedKind): Finding[] {
  const walk = new Walk(schema);
  const findings = walk.findings;
  if (deprecated) findings.push(deprecatedFinding(manifest.apiVersion, facts));
  checkMetadata(manifest, true, findings);
  checkScope(manifest, facts, findings);
  walk.top(manifest, common);
  if (walk.droppedNulls !== undefined) nulls.set(manifest, walk.droppedNulls);
  return findings;
}

function checkScope(manifest: Manifest, { kind, scope }: KindFacts, findings: Finding[]): void {
  if (scope === 'Namespaced') return;
  const namespace: unknown = (manifest.metadata as Record<string, unknown> | null | undefined)?.['namespace'];
  if (namespace === undefined || namespace === null || namespace === '') return;
  const message = `${kind} is cluster-scoped and cannot be in namespace ${quoted(namespace)}`;
  findings.push({
    code: 'schema-scope',
    severity: 'error',
    path: ['metadata', 'namespace'],
    message,
    fix: 'remove metadata.namespace',
  });
}

function unknownKind(group: string, kind: string): Finding[] {
  const kinds = kindsOfGroup(group).map((facts) => facts.kind);
  const isList = kind.endsWith('List') && kinds.includes(kind.slice(0, -'List'.length));
  if (isList || isUnheldKind(group, kind)) return [];
  const meant = nearest(kind, kinds);
  const fix = meant === undefined ? `write one of ${listed(kinds)}` : `did you mean ${meant}?`;
  return [
    {
      code: 'schema-kind-unknown',
      severity: 'error',
      path: ['kind'],
      message: `${group} has no kind ${quoted(kind)}`,
      fix,
    },
  ];
}

function versionFinding(apiVersion: string, facts: KindFacts): Finding {
  const { group, kind, preferred, versions } = facts;
  const removal = tryRemoval(apiVersion, kind);
  const served = versions.filter((version) => version.served).map(({ name }) => name);
  const wanted = `${group}/${preferred}`;
  const base = { severity: 'error', path: ['apiVersion'], fix: `write ${wanted}` } as const;
  if (removal === undefined && !versions.some(({ name }) => name === versionOf(apiVersion))) {
    const message = `${kind} has no version ${quoted(versionOf(apiVersion))}; ${facts.product} ${facts.release} serves ${listed(served)}`;
    return { ...base, code: 'schema-version-unknown', message };
  }
  const when = removal ? ` ${removal.how} ${removal.release}` : ` by ${facts.product} ${facts.release}`;
  return { ...base, code: 'schema-version-removed', message: `${apiVersion} of ${kind} was removed${when}` };
}

function deprecatedFinding(apiVersion: string, { group, kind, preferred, product, release }: KindFacts): Finding {
  const message = `${apiVersion} of ${kind} is deprecated in ${product} ${release}`;
  return {
    code: 'schema-version-deprecated',
    severity: 'warning',
    path: ['apiVersion'],
    message,
    fix: `write ${group}/${preferred}`,
  };
}
