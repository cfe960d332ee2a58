/**
 * The interpreter of structural schemas: what the API server does with a custom resource under strict field validation.
 * Laws: a valid value costs no allocation; the work is bounded by the schema's depth and the value's breadth, so a
 * cyclic or endlessly nested value is refused at its first wrong level and never followed.
 */
import { hasFormat } from './format';
import { isMap } from './map';
import type { SchemaNode } from './node';
import { type Refusals, refuse } from './refusals';

/** One validation: where it is, what it found. */
export class Walk implements Refusals {
  readonly root: SchemaNode;
  readonly path: (string | number)[] = [];
  depth = 0;
  readonly findings: Refusals['findings'] = [];
  /** Paths of nulls that the API server drops without a word. */
  droppedNulls: (readonly (string | number)[])[] | undefined;
  /** Inside a branch of a choice: only whether it fails is asked. */
  probing = false;
  failed = false;
  /** Inside any branch: the fields it does not name are the main schema's business. */
  private branches = 0;

  constructor(root: SchemaNode) {
    this.root = root;
  }

  /** A whole manifest, but for the fields that are not the schema's. */
  top(manifest: Readonly<Record<string, unknown>>, without: ReadonlySet<string>): void {
    const { root } = this;
    for (const key in manifest) {
      if (without.has(key) || manifest[key] === undefined) continue;
      this.path[0] = key;
      this.depth = 1;
      const property = root.properties?.get(key);
      if (manifest[key] === null && property !== undefined) this.dropNull();
      else if (property !== undefined) this.visit(property, manifest[key], property);
      else if (!root.preserve) refuse.unknown(this, root, key, manifest[key]);
    }
    this.depth = 0;
    for (const name of root.required) {
      if (isAbsent(manifest, name, root)) refuse.required(this, root, name, manifest[name]);
    }
    if (root.branched) this.choices(root, manifest, root);
  }

  /** `base` is the main schema of the same value, which knows defaults; they differ inside branches. */
  visit(node: SchemaNode, value: unknown, base: SchemaNode | undefined): void {
    switch (node.type) {
      case 'object':
        if (!isMap(value)) {
          refuse.type(this, node, value);
          return;
        }
        this.object(node, value, base);
        break;
      case 'array':
        if (!Array.isArray(value)) {
          refuse.type(this, node, value);
          return;
        }
        this.list(node, value, base);
        break;
      case 'any':
        if (isMap(value)) this.object(node, value, base);
        else if (Array.isArray(value)) this.list(node, value, base);
        else if (node.constrained) this.scalar(node, value);
        break;
      default:
        if (!isOfType(node.type, value)) {
          refuse.type(this, node, value);
          return;
        }
        if (node.constrained) this.scalar(node, value);
    }
    if (node.branched) this.choices(node, value, base);
  }

  private object(node: SchemaNode, value: Record<string, unknown>, base: SchemaNode | undefined): void {
    let count = 0;
    const properties = node.properties;
    for (const key in value) {
      const child = value[key];
      if (child === undefined) continue;
      count++;
      this.path[this.depth++] = key;
      const property = properties?.get(key);
      if (child === null && (property !== undefined || isDroppedNull(node, base, key))) {
        if (!(property ?? base?.properties?.get(key))?.nullable) {
          count--;
          if (this.branches === 0) this.dropNull();
        }
      } else if (property !== undefined) this.visit(property, child, base?.properties?.get(key) ?? property);
      else this.extra(node, key, child, base);
      this.depth--;
    }
    for (const name of node.required) {
      if (isAbsent(value, name, base)) refuse.required(this, node, name, value[name]);
    }
    if (base !== node) this.defaults(node, value, base);
    if (node.maxProperties !== undefined || node.minProperties !== undefined) count += defaulted(value, base);
    if (node.maxProperties !== undefined && count > node.maxProperties)
      refuse.bound(this, node, 'maxProperties', count);
    if (node.minProperties !== undefined && count < node.minProperties)
      refuse.bound(this, node, 'minProperties', count);
    if (node.enum !== undefined) this.oneOfEnum(node, value);
  }

  /** A branch sees the defaults of absent fields too. */
  private defaults(node: SchemaNode, value: Record<string, unknown>, base: SchemaNode | undefined): void {
    for (const [name, branch] of node.properties ?? []) {
      const property = base?.properties?.get(name);
      const fallback = property?.default;
      if (fallback === undefined || !isMissing(value, name, property)) continue;
      this.path[this.depth++] = name;
      this.visit(branch, fallback, property);
      this.depth--;
    }
  }

  /** A field that `properties` does not name. */
  private extra(node: SchemaNode, key: string, child: unknown, base: SchemaNode | undefined): void {
    const values = node.values;
    if (values === undefined) {
      if (node.preserve || this.branches > 0 || (node.embedded && embeddedFields.has(key))) return;
      // A node without a type says nothing about fields.
      if (node.type === 'any' && node.properties === undefined) return;
      refuse.unknown(this, node, key, child);
    } else if (values !== true) {
      if (child === null) {
        if (!takesNull(values)) refuse.null(this, values, 'a map has no place for null');
      } else this.visit(values, child, base?.values instanceof Object ? base.values : values);
    }
  }

  private list(node: SchemaNode, value: readonly unknown[], base: SchemaNode | undefined): void {
    const items = node.items;
    if (items !== undefined) {
      const itemBase = base?.items ?? items;
      for (let at = 0; at < value.length; at++) {
        this.path[this.depth++] = at;
        const item = value[at];
        if (item === null || item === undefined) {
          if (!takesNull(items) && items.default === undefined)
            refuse.null(this, items, 'a list has no place for null');
        } else this.visit(items, item, itemBase);
        this.depth--;
      }
    }
    if (node.maxItems !== undefined && value.length > node.maxItems) refuse.bound(this, node, 'maxItems', value.length);
    if (node.minItems !== undefined && value.length < node.minItems) refuse.bound(this, node, 'minItems', value.length);
    if (node.list !== undefined && value.length > 1) this.duplicates(node, value);
    if (node.enum !== undefined) this.oneOfEnum(node, value);
  }

  private duplicates(node: SchemaNode, value: readonly unknown[]): void {
    const seen = new Map<string, number>();
    for (let at = 0; at < value.length; at++) {
      const key = node.list === 'map' ? mapKey(node, value[at]) : scalarKey(value[at]);
      if (key === undefined) continue;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, at);
      else {
        this.path[this.depth++] = at;
        refuse.duplicate(this, node, value[at], first);
        this.depth--;
      }
    }
  }

  private scalar(node: SchemaNode, value: unknown): void {
    if (node.enum !== undefined) this.oneOfEnum(node, value);
    if (typeof value === 'string') this.text(node, value);
    else if (typeof value === 'number') this.number(node, value);
  }

  private text(node: SchemaNode, value: string): void {
    const { maxLength, minLength } = node;
    if (maxLength !== undefined && value.length > maxLength && characters(value) > maxLength) {
      refuse.bound(this, node, 'maxLength', characters(value));
    }
    if (minLength !== undefined && value.length < 2 * minLength && characters(value) < minLength) {
      refuse.bound(this, node, 'minLength', characters(value));
    }
    if (node.pattern !== undefined && !node.compiledPattern!.test(value)) refuse.pattern(this, node, value);
    if (node.format !== undefined && !hasFormat(node.format, value)) refuse.format(this, node, value);
  }

  private number(node: SchemaNode, value: number): void {
    const { minimum, maximum, multipleOf } = node;
    if (minimum !== undefined && (node.exclusiveMinimum ? value <= minimum : value < minimum)) {
      refuse.bound(this, node, 'minimum', value);
    }
    if (maximum !== undefined && (node.exclusiveMaximum ? value >= maximum : value > maximum)) {
      refuse.bound(this, node, 'maximum', value);
    }
    if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
      refuse.bound(this, node, 'multipleOf', value);
    if (node.format !== undefined && !hasFormat(node.format, value)) refuse.format(this, node, value);
  }

  private oneOfEnum(node: SchemaNode, value: unknown): void {
    if (!node.enum!.some((allowed) => allowed === value)) refuse.enum(this, node, value);
  }

  private choices(node: SchemaNode, value: unknown, base: SchemaNode | undefined): void {
    if (node.allOf !== undefined) {
      this.branches++;
      for (const branch of node.allOf) this.visit(branch, value, base);
      this.branches--;
    }
    if (node.anyOf !== undefined && this.fitting(node.anyOf, value, base) === 0) refuse.anyOf(this, node, value);
    if (node.oneOf !== undefined) {
      const fitting = this.fitting(node.oneOf, value, base);
      if (fitting !== 1) refuse.oneOf(this, node, value, fitting);
    }
    if (node.not !== undefined && this.fits(node.not, value, base)) refuse.not(this, node);
  }

  private fitting(branches: readonly SchemaNode[], value: unknown, base: SchemaNode | undefined): number {
    let count = 0;
    for (const branch of branches) if (this.fits(branch, value, base)) count++;
    return count;
  }

  private fits(branch: SchemaNode, value: unknown, base: SchemaNode | undefined): boolean {
    const { probing, failed } = this;
    this.probing = true;
    this.failed = false;
    this.branches++;
    this.visit(branch, value, base);
    this.branches--;
    const fits = !this.failed;
    this.probing = probing;
    this.failed = failed;
    return fits;
  }

  private dropNull(): void {
    this.droppedNulls ??= [];
    this.droppedNulls.push(this.path.slice(0, this.depth));
  }
}

const embeddedFields: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

function isOfType(type: SchemaNode['type'], value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'integer':
      return Number.isInteger(value);
    case 'int-or-string':
      return typeof value === 'string' || Number.isInteger(value);
    default:
      return true;
  }
}

/** In a branch, a field that only the main schema names is null there too. */
function isDroppedNull(node: SchemaNode, base: SchemaNode | undefined, key: string): boolean {
  return base !== node && base?.properties?.get(key) !== undefined;
}

/** Absent after the API server's own preparation: it drops nulls and fills defaults in before it validates. */
function isAbsent(value: Readonly<Record<string, unknown>>, name: string, base: SchemaNode | undefined): boolean {
  const property = base?.properties?.get(name);
  return isMissing(value, name, property) && property?.default === undefined;
}

function isMissing(value: Readonly<Record<string, unknown>>, name: string, property: SchemaNode | undefined): boolean {
  const field = value[name];
  return field === undefined || (field === null && property !== undefined && !property.nullable);
}

/** How many fields the API server adds. */
function defaulted(value: Readonly<Record<string, unknown>>, base: SchemaNode | undefined): number {
  let count = 0;
  for (const [name, property] of base?.properties ?? []) {
    if (property.default !== undefined && isMissing(value, name, property)) count++;
  }
  return count;
}

/** Null as an item or a map's value; a node without a type has nothing against it. */
function takesNull(node: SchemaNode): boolean {
  return node.nullable || node.type === 'any';
}

function characters(value: string): number {
  let count = value.length;
  for (let at = 0; at < value.length - 1; at++) {
    if ((value.charCodeAt(at) & 0xfc00) === 0xd800 && (value.charCodeAt(at + 1) & 0xfc00) === 0xdc00) count--;
  }
  return count;
}

/** What identifies an item of a map list; undefined for an item whose own refusal says enough. */
function mapKey(node: SchemaNode, item: unknown): string | undefined {
  if (!isMap(item)) return undefined;
  let key = '';
  for (const name of node.keys) {
    const part = scalarKey(item[name] ?? node.items?.properties?.get(name)?.default);
    if (part === undefined) return undefined;
    key += part;
  }
  return key;
}

function scalarKey(value: unknown): string | undefined {
  if (typeof value === 'string') return `${value.length}:${value}`;
  return typeof value === 'number' || typeof value === 'boolean' ? `${value};` : undefined;
}
