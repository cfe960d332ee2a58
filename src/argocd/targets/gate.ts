/** What a version of Argo CD brought or took, as data: where it stands in a manifest, and since when. */
import type { ArgoCdVersion } from '../../core/targets';
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';

/**
 * What a gate's paths start at. An Application is also any template of an ApplicationSet; a generator is one entry of a
 * list of generators, at any depth; any object is also an Application of either sort.
 */
export type Subject = 'Application' | 'ApplicationSet' | 'AppProject' | 'generator' | 'any object';

/** The steps to a field; `*` stands for each item of a list. */
export type FieldPattern = readonly string[];

export interface Gate {
  /** The field or value, as a person names it. Unique. */
  readonly name: string;
  readonly subject: Subject;
  readonly paths: readonly FieldPattern[];
  /** The values that the version makes a difference to. @default - any value */
  readonly when?: (value: unknown) => boolean;
  readonly since: ArgoCdVersion;
  /** What Argo CD does with it on the wrong side of the version. */
  readonly effect: string;
  /** What to write there instead. */
  readonly instead: string;
}

/** The fields that a pattern leads to. A null is none: the API server drops it. */
export function visit(
  value: unknown,
  pattern: FieldPattern,
  found: (path: FieldPath, value: unknown) => void,
  depth = 0,
  path: FieldPath = [],
): void {
  if (value === undefined || value === null) return;
  const step = pattern[depth];
  if (step === undefined) found(path, value);
  else if (step === '*') {
    if (!Array.isArray(value)) return;
    for (const [index, item] of value.entries()) visit(item, pattern, found, depth + 1, [...path, index]);
  } else if (isPlainObject(value) && Object.hasOwn(value, step)) {
    visit(value[step], pattern, found, depth + 1, [...path, step]);
  }
}
