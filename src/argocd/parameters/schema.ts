/**
 * Reads a zod schema's shape. The controller hands a file's content to the template as it is, so what counts is what
 * the schema takes, not what it makes of it; and zod is the user's, never loaded from here.
 */
import { eitherOf, fieldsShape, listShape, optional, type Shape, TEXT, UNKNOWN } from './shape';

/** A schema of zod 4 or zod mini, for values like `I`. */
export interface ParameterSchema<I = unknown> {
  readonly _zod: { readonly input: I; readonly def: unknown };
}

/** What a schema takes; for a list, an item of it, since each gives a parameter set. */
export type SchemaInput<S> = S extends { readonly _zod: { readonly input: infer I } }
  ? I extends readonly (infer E)[]
    ? E
    : I
  : never;

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, ParameterSchema>>;
  readonly element?: ParameterSchema;
  readonly valueType?: ParameterSchema;
  readonly options?: readonly ParameterSchema[];
  readonly in?: ParameterSchema;
  readonly innerType?: ParameterSchema;
  readonly getter?: () => ParameterSchema;
  readonly values?: readonly unknown[];
}

/** The parameters of a file that the schema describes. */
export function shapeOfSchema(schema: ParameterSchema): Shape {
  const shape = read(schema, 0);
  return shape.kind === 'list' ? shape.items! : shape;
}

function read(schema: ParameterSchema | undefined, depth: number): Shape {
  // A recursive schema has no end; nobody writes a tag that deep.
  if (schema === undefined || depth > 20) return UNKNOWN;
  const definition = schema._zod.def as Definition;
  const inner = (part: ParameterSchema | undefined) => read(part, depth + 1);
  return SCALARS[definition.type] ?? collection(definition, inner) ?? wrapper(definition, inner) ?? UNKNOWN;
}

const SCALARS: Readonly<Record<string, Shape | undefined>> = {
  string: TEXT,
  template_literal: TEXT,
  enum: TEXT,
  number: { kind: 'number' },
  int: { kind: 'number' },
  boolean: { kind: 'boolean' },
};

type Inner = (part: ParameterSchema | undefined) => Shape;

function collection({ type, shape, valueType, element, options, values }: Definition, inner: Inner): Shape | undefined {
  switch (type) {
    case 'object':
      return fieldsShape(Object.fromEntries(Object.entries(shape ?? {}).map(([key, part]) => [key, inner(part)])));
    case 'record':
      return fieldsShape({}, { rest: inner(valueType) });
    case 'array':
      return listShape(inner(element));
    case 'union':
      return eitherOf((options ?? []).map(inner));
    case 'literal':
      return eitherOf((values ?? []).map(literal));
    default:
      return undefined;
  }
}

/** What only adds to another schema. Files hold what goes in, so a default leaves a key optional. */
function wrapper(definition: Definition, inner: Inner): Shape | undefined {
  switch (definition.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return optional(inner(definition.innerType));
    case 'readonly':
    case 'catch':
    case 'nonoptional':
      return inner(definition.innerType);
    case 'pipe':
      return inner(definition.in);
    case 'lazy':
      return inner(definition.getter?.());
    default:
      return undefined;
  }
}

function literal(value: unknown): Shape {
  return typeof value === 'number' || typeof value === 'boolean'
    ? { kind: typeof value as 'number' | 'boolean' }
    : TEXT;
}
