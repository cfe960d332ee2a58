/** A part of a template that depends on a parameter. */
import { conditionOf, Param, unusable } from './param';

declare const BRANCHES: unique symbol;

/** Made by `when()`. */
export class When<out T = unknown> {
  declare readonly [BRANCHES]: T;

  /** @internal */
  constructor(
    readonly condition: string,
    readonly then: unknown,
    readonly otherwise: unknown,
  ) {}

  /** For a text in a text. @throws GitOpsError when a branch is no text */
  toString(): string {
    const text = inlineText(this);
    if (text === undefined) throw unusable('when()', 'is no text here', 'give it two texts');
    return text;
  }
}

/**
 * One thing or another, or nothing, depending on a parameter: `sync: when(p.autoSync, automated(), manual())`. Two texts
 * become one; anything else becomes a part of `templatePatch`.
 */
export function when<const T, const U = undefined>(condition: Param<boolean>, then: T, otherwise?: U): When<T | U> {
  return new When(conditionOf(condition), then, otherwise);
}

/** Both branches changed. @internal */
export function mapWhen(value: When, change: (branch: unknown) => unknown): When {
  return new When(value.condition, change(value.then), change(value.otherwise));
}

/** As one Go template; undefined when a branch is absent or no text. @internal */
export function inlineText(value: unknown): string | undefined {
  if (value instanceof When) {
    const [then, otherwise] = [inlineText(value.then), inlineText(value.otherwise)];
    if (then === undefined || otherwise === undefined) return undefined;
    return `{{ if ${value.condition} }}${then}{{ else }}${otherwise}{{ end }}`;
  }
  if (value instanceof Param) return String(value);
  return typeof value === 'string' ? value : undefined;
}
