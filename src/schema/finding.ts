/** What the schema refuses, as data. */
import type { FieldPath, Severity } from '../kernel/issue';

/** An issue that does not know yet which object and file it is about. */
export interface Finding {
  /** Permanent; one of {@link schemaCodes}. */
  readonly code: SchemaCode;
  readonly severity: Severity;
  readonly path: FieldPath;
  /** What is wrong, with the value got, shortened. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}

export const schemaCodes = [
  'schema-any-of',
  'schema-bound',
  'schema-duplicate-key',
  'schema-enum',
  'schema-field-unknown',
  'schema-format',
  'schema-kind-unknown',
  'schema-metadata',
  'schema-name',
  'schema-not',
  'schema-null',
  'schema-one-of',
  'schema-pattern',
  'schema-required',
  'schema-scope',
  'schema-type',
  'schema-version-deprecated',
  'schema-version-removed',
  'schema-version-unknown',
] as const;

export type SchemaCode = (typeof schemaCodes)[number];
