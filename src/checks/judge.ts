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
  let issues: readonly Issue[];
  try {
    const rules = lookup(groupOf(manifest.apiVersion), manifest.kind)?.rules ?? [];
    issues = checkManifest(withoutSops(manifest), rules);
  } catch (error) {
    issues = [failure(manifest, error)];
  }
  return issues
    .filter((issue) => !(patch && isAboutTheWhole(issue)))
    .map((issue) => {
      const field = parsePath(issue.at.path ?? '');
      return { issue: judgeable(issue, valueAt(manifest, field)), path: [...path, ...field] };
    })
    .filter(({ path: at }) => !isCiphertext(manifest, valueAt(manifest, at.slice(path.length))))
    .map(({ issue, path: at }) => ({ issue: { ...issue, at: { ...issue.at, path: formatPath(at) } }, path: at }));
}

/** The sops block is gone by the time the API server sees the object. */
function withoutSops(manifest: Manifest): Manifest {
  if (!isObject(manifest['sops']) || manifest.kind === 'Secret') return manifest;
  const { sops: _, ...rest } = manifest;
  return rest as Manifest;
}

function isCiphertext(manifest: Manifest, value: unknown): boolean {
  return isObject(manifest['sops']) && typeof value === 'string' && value.startsWith('ENC[');
}

/** A patch may use kustomize's directives, and need not be complete. */
function isAboutTheWhole({ code, at }: Issue): boolean {
  if (code === 'secret-plaintext') return false;
  if (!code.startsWith('schema-') || partialCodes.has(code)) return true;
  return String(parsePath(at.path ?? '').at(-1)).startsWith('$');
}

const partialCodes: ReadonlySet<string> = new Set(['schema-any-of', 'schema-not', 'schema-one-of', 'schema-required']);

/** Flux replaces `${name}` before it applies: until then nobody knows the value. */
function judgeable(issue: Issue, value: unknown): Issue {
  if (typeof value !== 'string' || !/\$\{\w+([:=#%/^,?+-][^}]*)?\}/.test(value)) return issue;
  return { ...issue, severity: 'warning' };
}

function failure(manifest: Manifest, error: unknown): Issue {
  return {
    code: 'check-failed',
    severity: 'error',
    at: { object: objectLabel(manifest) },
    message: `a check failed on this object: ${error instanceof Error ? error.message : String(error)}`,
    fix: 'report it as a bug of cdk8s-gitops, with the object',
  };
}
