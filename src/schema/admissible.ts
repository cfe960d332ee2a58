/** What a rule may see of a manifest: only values that the schema admits. */
import type { FieldPath } from '../kernel/issue';
import { type Manifest, valueAt } from '../kernel/manifest';
import type { Finding, SchemaCode } from './finding';
import { trySchema } from './kinds';
import { isMap } from './map';
import type { SchemaNode } from './node';
import { droppedNulls } from './validate';

/** Findings whose value is itself the fault; the others are about what is missing, or about how values go together. */
const valueCodes: ReadonlySet<SchemaCode> = new Set<SchemaCode>([
  'schema-enum',
  'schema-field-unknown',
  'schema-format',
  'schema-name',
  'schema-null',
  'schema-pattern',
  'schema-type',
]);

/**
 * The manifest without the values that `findings` refuse and without the nulls that the API server drops; the same
 * object where there are none. An object in a list becomes an empty one, so that its neighbours keep their places.
 */
export function admissible(manifest: Manifest, findings: readonly Finding[]): Manifest {
  const refused = findings.filter(
    ({ code, path }) => path.length > 0 && (valueCodes.has(code) || isBadNumber(code, manifest, path)),
  );
  const paths = [...refused.map(({ path }) => path), ...droppedNulls(manifest)];
  if (paths.length === 0) return manifest;
  const cut: Cut = new Map();
  for (const path of paths) addPath(cut, path);
  const schema =
    typeof manifest.apiVersion === 'string' ? trySchema(manifest.apiVersion, String(manifest.kind)) : undefined;
  return { ...(without(manifest, cut, schema) as object), apiVersion: manifest.apiVersion, kind: manifest.kind };
}

/** Paths to remove, as a tree; a leaf is removed whole. */
type Cut = Map<string | number, Cut | 'all'>;

function addPath(cut: Cut, path: FieldPath): void {
  let branch = cut;
  for (const [at, step] of path.entries()) {
    const next = branch.get(step);
    if (next === 'all') return;
    if (at === path.length - 1) branch.set(step, 'all');
    else {
      const child: Cut = next ?? new Map();
      branch.set(step, child);
      branch = child;
    }
  }
}

function without(value: unknown, cut: Cut, node: SchemaNode | undefined): unknown {
  if (Array.isArray(value)) return listWithout(value, cut, node?.items);
  if (!isMap(value)) return value;
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const part = cut.get(key);
    if (part === 'all') continue;
    const child = node?.properties?.get(key) ?? (typeof node?.values === 'object' ? node.values : undefined);
    const kept = part === undefined ? value[key] : without(value[key], part, child);
    Object.defineProperty(result, key, { value: kept, enumerable: true, writable: true, configurable: true });
  }
  return result;
}

function listWithout(list: readonly unknown[], cut: Cut, items: SchemaNode | undefined): unknown[] {
  const result: unknown[] = [];
  for (const [at, item] of list.entries()) {
    const part = cut.get(at);
    if (part === undefined) result.push(item);
    else if (part !== 'all') result.push(without(item, part, items));
    else if (items?.type === 'object') result.push({});
  }
  return result;
}

/** A number out of its bounds is a bad value; a text or list of bad length still is one of the right kind. */
function isBadNumber(code: SchemaCode, manifest: Manifest, path: FieldPath): boolean {
  return code === 'schema-bound' && typeof valueAt(manifest, path) === 'number';
}
