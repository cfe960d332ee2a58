/** What of an Application's spec outlives being read into Argo CD's types and written again. */
import { isPlainObject } from '../../kernel/json';
import { withoutNulls } from './fill';

/** Switches that may be absent, false or true: of the others false is the same as absent. */
const THREE_WAYS: ReadonlySet<string> = new Set(['prune', 'selfHeal', 'allowEmpty', 'enabled']);

/** JSON inside of a typed object, and maps of switches by the user's names. */
const RAW: ReadonlySet<string> = new Set(['valuesObject', 'options']);

/** Without nulls, and without the zeros that are not written. */
export function typedSpec(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => typedSpec(item));
  if (!isPlainObject(value)) return value;
  if (RAW.has(key)) return withoutNulls(value);
  const entries = Object.entries(value).filter(([field, inner]) => !isDropped(field, inner));
  return Object.fromEntries(entries.map(([field, inner]) => [field, typedSpec(inner, field)]));
}

function isDropped(field: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return value === false ? !THREE_WAYS.has(field) : value === 0 && field === 'limit';
}
