/**
 * A schema node ready for use: references resolved, sets and patterns built, every field always there, so that the
 * interpreter's reads stay monomorphic. Equal subtrees are one object.
 */
import type { Json } from '../kernel/manifest';
import type { DigestFile, DigestNode } from './digest';
import { type Pattern, parsePattern } from './pattern';

/** What a value must be; `any` where only branches of a choice speak, or nothing does. */
export type NodeType = 'any' | 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string';

export class SchemaNode {
  readonly type: NodeType;
  readonly format: string | undefined;
  readonly properties: ReadonlyMap<string, SchemaNode> | undefined;
  readonly required: readonly string[];
  /** The schema of a map's values; `true` where they may be anything. */
  readonly values: SchemaNode | true | undefined;
  readonly items: SchemaNode | undefined;
  /** Fields that are not in `properties` are kept as they are. */
  readonly preserve: boolean;
  /** A whole Kubernetes object: apiVersion, kind and metadata are fields too. */
  readonly embedded: boolean;
  readonly nullable: boolean;
  readonly list: 'map' | 'set' | undefined;
  /** What identifies an item of a `map` list. */
  readonly keys: readonly string[];
  readonly default: Json | undefined;
  readonly enum: readonly Json[] | undefined;
  readonly pattern: string | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly exclusiveMinimum: boolean;
  readonly exclusiveMaximum: boolean;
  readonly multipleOf: number | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly minProperties: number | undefined;
  readonly maxProperties: number | undefined;
  readonly allOf: readonly SchemaNode[] | undefined;
  readonly anyOf: readonly SchemaNode[] | undefined;
  readonly oneOf: readonly SchemaNode[] | undefined;
  readonly not: SchemaNode | undefined;
  /** Whether anything but the type is asked of a scalar. */
  readonly constrained: boolean;
  /** Whether there is an allOf, anyOf, oneOf or not. */
  readonly branched: boolean;

  constructor(raw: DigestNode, nodeAt: (index: number) => SchemaNode) {
    const all = (indexes: readonly number[] | undefined): SchemaNode[] | undefined => indexes?.map(nodeAt);
    this.type = raw.intOrString ? 'int-or-string' : (raw.type ?? 'any');
    this.format = raw.format;
    this.properties = raw.properties && new Map(Object.entries(raw.properties).map(([name, at]) => [name, nodeAt(at)]));
    this.required = raw.required ?? [];
    this.values = typeof raw.values === 'number' ? nodeAt(raw.values) : raw.values;
    this.items = raw.items === undefined ? undefined : nodeAt(raw.items);
    this.preserve = raw.preserve ?? false;
    this.embedded = raw.embedded ?? false;
    this.nullable = raw.nullable ?? false;
    this.list = raw.list;
    this.keys = raw.keys ?? [];
    this.default = raw.default;
    this.enum = raw.enum;
    this.pattern = raw.pattern;
    this.minimum = raw.minimum;
    this.maximum = raw.maximum;
    this.exclusiveMinimum = raw.exclusiveMinimum ?? false;
    this.exclusiveMaximum = raw.exclusiveMaximum ?? false;
    this.multipleOf = raw.multipleOf;
    this.minLength = raw.minLength;
    this.maxLength = raw.maxLength;
    this.minItems = raw.minItems;
    this.maxItems = raw.maxItems;
    this.minProperties = raw.minProperties;
    this.maxProperties = raw.maxProperties;
    this.allOf = all(raw.allOf);
    this.anyOf = all(raw.anyOf);
    this.oneOf = all(raw.oneOf);
    this.not = raw.not === undefined ? undefined : nodeAt(raw.not);
    this.constrained = scalarKeywords.some((keyword) => raw[keyword] !== undefined);
    this.branched = (raw.allOf ?? raw.anyOf ?? raw.oneOf ?? raw.not) !== undefined;
  }

  /** Built when a value first needs it. */
  get compiledPattern(): Pattern | undefined {
    return this.pattern === undefined ? undefined : parsePattern(this.pattern);
  }
}

const scalarKeywords = [
  'enum',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
] as const satisfies readonly (keyof DigestNode)[];

/** Resolves a product's table, each node when first asked for. */
export function nodeTable(file: DigestFile): (index: number) => SchemaNode {
  const nodes: (SchemaNode | undefined)[] = [];
  const nodeAt = (index: number): SchemaNode => {
    nodes[index] ??= new SchemaNode(file.nodes[index]!, nodeAt);
    return nodes[index];
  };
  return nodeAt;
}
