/**
 * Turns CRD schemas into a table of digest nodes. Laws: equal subtrees become one node; keywords are listed here one
 * by one, so prose cannot get in and a keyword nobody thought of is an error, not a silent loss.
 */
import type { DigestNode } from '../../src/schema/digest';
import { enforcedFormats } from '../../src/schema/format';
import { parsePattern } from '../../src/schema/pattern';
import type { OpenApiSchema } from './crds';

const dropped = new Set([
  'description',
  'title',
  'example',
  'externalDocs',
  'x-kubernetes-validations',
  'x-kubernetes-map-type',
]);

const copied = new Set([
  'type',
  'required',
  'enum',
  'default',
  'minimum',
  'maximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
]);

/** Written only when true. */
const flags: Readonly<Record<string, keyof DigestNode>> = {
  nullable: 'nullable',
  exclusiveMinimum: 'exclusiveMinimum',
  exclusiveMaximum: 'exclusiveMaximum',
  'x-kubernetes-preserve-unknown-fields': 'preserve',
  'x-kubernetes-int-or-string': 'intOrString',
  'x-kubernetes-embedded-resource': 'embedded',
};

export class NodeTable {
  readonly nodes: DigestNode[] = [];
  private readonly indexOf = new Map<string, number>();

  /** The index of a manifest's schema. Its identity, metadata and status are the same for every kind, so not kept. */
  addRoot(schema: OpenApiSchema): number {
    const shared = ['apiVersion', 'kind', 'metadata', 'status'];
    const properties = { ...(schema['properties'] as Record<string, OpenApiSchema> | undefined) };
    for (const name of shared) delete properties[name];
    const required = ((schema['required'] ?? []) as string[]).filter((name) => !shared.includes(name));
    return this.add({ ...schema, properties, required });
  }

  private add(schema: OpenApiSchema): number {
    const node: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) this.convert(keyword, value, schema, node);
    const sorted = Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
    const text = JSON.stringify(sorted);
    let index = this.indexOf.get(text);
    if (index === undefined) {
      index = this.nodes.push(sorted as DigestNode) - 1;
      this.indexOf.set(text, index);
    }
    return index;
  }

  private convert(keyword: string, value: unknown, schema: OpenApiSchema, node: Record<string, unknown>): void {
    if (dropped.has(keyword)) return;
    if (flags[keyword]) {
      if (value === true) node[flags[keyword]] = true;
    } else if (copied.has(keyword)) {
      if (!(Array.isArray(value) && value.length === 0))
        node[keyword] = keyword === 'required' ? sortedCopy(value) : value;
    } else this.convertStructure(keyword, value, schema, node);
  }

  private convertStructure(
    keyword: string,
    value: unknown,
    schema: OpenApiSchema,
    node: Record<string, unknown>,
  ): void {
    const add = (child: unknown): number => this.add(child as OpenApiSchema);
    if (keyword === 'properties') {
      const entries = Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1));
      if (entries.length > 0) node[keyword] = Object.fromEntries(entries.map(([name, child]) => [name, add(child)]));
    } else if (keyword === 'items' || keyword === 'not') node[keyword] = add(value);
    else if (keyword === 'additionalProperties') {
      if (value !== false) node['values'] = value === true ? true : add(value);
    } else if (keyword === 'allOf' || keyword === 'anyOf' || keyword === 'oneOf') {
      // Kubernetes demands this very anyOf beside the flag that says the same.
      if (!(keyword === 'anyOf' && schema['x-kubernetes-int-or-string'])) node[keyword] = (value as unknown[]).map(add);
    } else convertScalar(keyword, value, node);
  }
}

function convertScalar(keyword: string, value: unknown, node: Record<string, unknown>): void {
  if (keyword === 'format') {
    if (enforcedFormats.has(value as string)) node[keyword] = value;
  } else if (keyword === 'pattern') {
    parsePattern(value as string);
    node[keyword] = value;
  } else if (keyword === 'x-kubernetes-list-type') {
    if (value !== 'atomic') node['list'] = value;
  } else if (keyword === 'x-kubernetes-list-map-keys') node['keys'] = value;
  else throw new Error(`the CRD keyword '${keyword}' is not known: add it to scripts/schemas/table.ts`);
}

function sortedCopy(value: unknown): string[] {
  return [...(value as string[])].sort();
}
