/**
 * What is known at run time of the parameters that a generator yields: their names, whether each parameter set has
 * them, and whether they are text. Types say the same at compile time; this serves rendering and rules.
 */
import { isPlainObject } from '../../kernel/json';

export interface Shape {
  /** `scalar` may be text, a number or a boolean; `unknown` anything. */
  readonly kind: 'text' | 'number' | 'boolean' | 'scalar' | 'list' | 'fields' | 'unknown';
  /** Some parameter sets may lack it. */
  readonly optional?: boolean;
  /** Of `fields`: a null prototype, so that any name is just a name. */
  readonly fields?: Readonly<Record<string, Shape>>;
  /** Of `fields`: there may be others, of this shape. */
  readonly rest?: Shape;
  /** Of a `list`. */
  readonly items?: Shape;
  /** A cluster Secret's labels and annotations: Go sees a map of text, which `dig` cannot enter. */
  readonly textMap?: boolean;
}

export const TEXT: Shape = { kind: 'text' };
export const UNKNOWN: Shape = { kind: 'unknown' };
export const NOTHING: Shape = fieldsShape({});

export function fieldsShape(fields: Readonly<Record<string, Shape>>, more: Partial<Shape> = {}): Shape {
  return { kind: 'fields', fields: Object.assign(Object.create(null), fields) as Record<string, Shape>, ...more };
}

/** Fields that all hold text. */
export function textFields(names: readonly string[], more: Partial<Shape> = {}): Shape {
  return fieldsShape(Object.fromEntries(names.map((name) => [name, TEXT])), more);
}

export function listShape(items: Shape): Shape {
  return { kind: 'list', items };
}

export function optional(shape: Shape): Shape {
  return shape.optional ? shape : { ...shape, optional: true };
}

/** The shape of a value as it stands. */
export function shapeOf(value: unknown): Shape {
  if (Array.isArray(value)) return listShape(eitherOf(value.map(shapeOf)));
  if (isPlainObject(value)) {
    const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return fieldsShape(Object.fromEntries(given.map(([key, inner]) => [key, shapeOf(inner)])));
  }
  switch (typeof value) {
    case 'string':
      return TEXT;
    case 'number':
    case 'boolean':
      return { kind: typeof value as 'number' | 'boolean' };
    default:
      return UNKNOWN;
  }
}

/** A parameter set of any of the shapes: what only some of them have is optional. */
export function eitherOf(shapes: readonly Shape[]): Shape {
  const [first, ...others] = shapes;
  return first === undefined ? UNKNOWN : others.reduce(either, first);
}

/** A parameter set that has both: how matrix joins, so `first` decides where both have a name. */
export function both(first: Shape, second: Shape): Shape {
  if (first.kind !== 'fields' || second.kind !== 'fields') return first.kind === 'unknown' ? second : first;
  const rest = first.rest ?? second.rest;
  const fields = combine(first, second, (a, b) =>
    a === undefined
      ? b!
      : b === undefined
        ? a
        : a.optional && !b.optional
          ? { ...both(a, b), optional: false }
          : both(a, b),
  );
  return { ...first, fields, rest };
}

/** A base parameter set that others may add to: how merge joins. */
export function mergedOver(base: Shape, others: readonly Shape[]): Shape {
  return others.reduce((shape, other) => both(shape, everyFieldOptional(other)), base);
}

function everyFieldOptional(shape: Shape): Shape {
  if (shape.kind !== 'fields') return optional(shape);
  const fields = Object.entries(shape.fields ?? {}).map(([key, inner]) => [key, optional(everyFieldOptional(inner))]);
  return { ...shape, fields: fieldsShape(Object.fromEntries(fields)).fields! };
}

function either(a: Shape, b: Shape): Shape {
  if (a === b) return a;
  const isOptional = a.optional || b.optional ? { optional: true } : {};
  if (a.kind === 'fields' && b.kind === 'fields') {
    const fields = combine(a, b, (x, y) =>
      x === undefined ? optional(y!) : y === undefined ? optional(x) : either(x, y),
    );
    return { ...a, fields, rest: a.rest ?? b.rest, ...isOptional };
  }
  if (a.kind === 'list' && b.kind === 'list') return { ...listShape(either(a.items!, b.items!)), ...isOptional };
  if (a.kind === b.kind) return { ...a, ...isOptional };
  const scalars = [a, b].every(({ kind }) => ['text', 'number', 'boolean', 'scalar'].includes(kind));
  return { kind: scalars ? 'scalar' : 'unknown', ...isOptional };
}

function combine(
  a: Shape,
  b: Shape,
  join: (a: Shape | undefined, b: Shape | undefined) => Shape,
): Readonly<Record<string, Shape>> {
  const joined: Record<string, Shape> = Object.create(null);
  for (const key of new Set([...Object.keys(a.fields ?? {}), ...Object.keys(b.fields ?? {})])) {
    joined[key] = join(a.fields?.[key], b.fields?.[key]);
  }
  return joined;
}
