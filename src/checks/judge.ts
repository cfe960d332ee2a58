/** What is wrong with a document's objects: `checkManifest` on each, with what foreign YAML needs beside it. */
import { checkManifest } from '../core/check-manifest';
import type { KindLookup } from '../core/kind';
import { type FieldPath, formatPath, type Issue, parsePath } from '../kernel/issue';
import { groupOf, isManifest, isObject, type Manifest, objectLabel, valueAt } from '../kernel/manifest';

/** An issue with the path from the document's root. */
export interface Judgement {
  readonly issue: Issue;
  readonly path: FieldPath;
}

/** An object of a document, and where in it: a List holds several. */
export interface PlacedManifest {
  readonly manifest: Manifest;
  readonly path: FieldPath;
}

/** The Kubernetes objects of a document; none where it is something else. */
export function objectsOf(value: unknown, path: FieldPath = []): PlacedManifest[] {
  if (!isManifest(value)) return [];
  const items = value['items'];
  if (!value.kind.endsWith('List') || !Array.isArray(items)) return [{ manifest: value, path }];
  return items.flatMap((item: unknown, index) => objectsOf(item, [...path, 'items', index]));
}

/** @param patch whether the object is a patch: what it lacks is elsewhere, so only what it says is judged */
export function judge({ manifest, path }: PlacedManifest, lookup: KindLookup, patch: boolean): Judgement[] {
  const judgements: Judgement[] = [];
  for (const issue of issuesOf(manifest, lookup)) {
    const field = parsePath(issue.at.path ?? '');
    const value = valueAt(manifest, field);
    if ((patch && isAboutTheWhole(issue, field)) || isCiphertext(manifest, value)) continue;
    const severity = isSubstituted(value) ? 'warning' : issue.severity;
    const whole = [...path, ...field];
    judgements.push({ issue: { ...issue, severity, at: { ...issue.at, path: formatPath(whole) } }, path: whole });
  }
  return judgements;
}

function issuesOf(manifest: Manifest, lookup: KindLookup): readonly Issue[] {
  try {
    return checkManifest(applied(manifest), lookup(groupOf(manifest.apiVersion), manifest.kind)?.rules ?? []);
  } catch (error) {
    return [failure(manifest, error)];
  }
}

/** As the API server gets it: a null metadata is none, and by then SOPS has taken its block away. */
function applied(manifest: Manifest): Manifest {
  const dropped = [manifest.metadata === null && 'metadata', isEncrypted(manifest) && 'sops'].filter(Boolean);
  if (dropped.length === 0) return manifest;
  return Object.fromEntries(
    Object.entries(manifest).filter(([field]) => !dropped.includes(field)),
  ) as unknown as Manifest;
}

/** Whether SOPS has been here. A Secret's own rule looks at each of its values. */
function isEncrypted(manifest: Manifest): boolean {
  return isObject(manifest['sops']) && manifest.kind !== 'Secret';
}

function isCiphertext(manifest: Manifest, value: unknown): boolean {
  return isEncrypted(manifest) && typeof value === 'string' && value.startsWith('ENC[');
}

/** Flux replaces `${name}` before it applies: until then nobody knows the value, and a mistake is only likely. */
function isSubstituted(value: unknown): boolean {
  return typeof value === 'string' && /\$\{\w+([:=#%/^,?+-][^}]*)?\}/.test(value);
}

/** A patch may use kustomize's directives, and need not be complete. */
function isAboutTheWhole({ code }: Issue, field: FieldPath): boolean {
  if (code === 'secret-plaintext') return false;
  return !code.startsWith('schema-') || partialCodes.has(code) || String(field.at(-1)).startsWith('$');
}

const partialCodes: ReadonlySet<string> = new Set(['schema-any-of', 'schema-not', 'schema-one-of', 'schema-required']);

function failure(manifest: Manifest, error: unknown): Issue {
  return {
    code: 'object-check-failed',
    severity: 'error',
    at: { object: objectLabel(manifest) },
    message: `a check failed on this object: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'report it as a bug of cdk8s-gitops, with the object',
  };
}
