/**
 * The Application that a generator's sets are filled into: the generator's own template, with what it leaves empty
 * taken from the ApplicationSet's.
 */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import { type Manifest, valueAt } from '../../kernel/manifest';
import { typedSpec } from './typed';

type Fields = Readonly<Record<string, unknown>>;

/** A template as an Application, and where each part of it was written. */
export interface AppliedTemplate {
  readonly application: Manifest;
  /** The path in the ApplicationSet of a path in the Application. */
  readonly pathOf: (path: FieldPath) => FieldPath;
}

export function applyTemplate(base: unknown, own: unknown, ownPath: FieldPath, namespace: string): AppliedTemplate {
  const merged = (isPlainObject(own) ? filledUp(own, base) : (base ?? {})) as Fields;
  const metadata = isPlainObject(merged['metadata']) ? merged['metadata'] : {};
  const kept = Object.entries(metadata).filter(([field]) => METADATA.has(field));
  const application: Manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { ...Object.fromEntries(kept), namespace },
    spec: typedSpec(merged['spec'] ?? {}),
  };
  const pathOf = (path: FieldPath) =>
    isPlainObject(own) && !isZero(valueAt(own, path)) ? [...ownPath, ...path] : ['spec', 'template', ...path];
  return { application, pathOf };
}

/** The fields of a template's metadata that an Application gets. */
const METADATA: ReadonlySet<string> = new Set(['name', 'labels', 'annotations', 'finalizers']);

/** `own` with every empty part taken from `base`: false, 0 and '' count as empty, lists are not joined. */
function filledUp(own: unknown, base: unknown, key = ''): unknown {
  if (isPlainObject(own) && isPlainObject(base) && !RAW.has(key)) {
    const merged: Record<string, unknown> = { ...own };
    for (const field of Object.keys(base)) merged[field] = filledUp(own[field], base[field], field);
    return merged;
  }
  return isZero(own) ? (base ?? own) : own;
}

/** JSON inside of a typed object: never merged. */
const RAW: ReadonlySet<string> = new Set(['valuesObject']);

function isZero(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === false || isEmptyList(value);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
