/** A schema node as a TypeScript type, and its facts as one line of documentation. */
import type { SchemaNode } from '../../src/schema/node';
import { isInterface, type Naming } from './naming';

export function typeOf(node: SchemaNode, naming: Naming): string {
  const type = node.enum ? node.enum.map(literal).join(' | ') : plainType(node, naming);
  return node.nullable ? `${type} | null` : type;
}

/** `readonly name?: type;` with its facts above it. */
export function member(name: string, node: SchemaNode, required: boolean, naming: Naming): string {
  const facts = factsOf(node);
  const doc = facts === '' ? '' : `  /** ${facts} */\n`;
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name);
  // What has a default is filled in by the API server, required or not.
  const mark = required && node.default === undefined ? '' : '?';
  return `${doc}  readonly ${key}${mark}: ${typeOf(node, naming)};\n`;
}

export function literal(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function plainType(node: SchemaNode, naming: Naming): string {
  switch (node.type) {
    case 'string':
    case 'boolean':
      return node.type;
    case 'integer':
    case 'number':
      return 'number';
    case 'int-or-string':
      return 'number | string';
    case 'array': {
      const item = node.items ? typeOf(node.items, naming) : 'Json';
      return /[ |]/.test(item) && !item.startsWith('Readonly<') ? `readonly (${item})[]` : `readonly ${item}[]`;
    }
    default:
      return objectType(node, naming);
  }
}

function objectType(node: SchemaNode, naming: Naming): string {
  if (isInterface(node)) return naming.nameOf.get(node)!;
  if (typeof node.values === 'object') return `Readonly<Record<string, ${typeOf(node.values, naming)}>>`;
  if (node.type === 'any') return 'Json';
  return node.preserve || node.values === true || node.embedded ? 'JsonObject' : 'Readonly<Record<string, never>>';
}

/** What the type cannot say: pattern, bounds, default. */
function factsOf(node: SchemaNode): string {
  const facts = [
    node.pattern !== undefined && `Matches \`${node.pattern}\`.`,
    node.format !== undefined && !/^int/.test(node.format) && `Format ${node.format}.`,
    range(node.minimum, node.maximum, ''),
    range(node.minLength, node.maxLength, ' characters'),
    range(node.minItems, node.maxItems, ' items'),
    range(node.minProperties, node.maxProperties, ' fields'),
    node.list === 'map' && `Items differ in ${node.keys.join(', ')}.`,
    node.list === 'set' && 'Items differ.',
    node.default !== undefined && `@default ${JSON.stringify(node.default)}`,
  ];
  return facts
    .filter((fact) => fact !== false && fact !== '')
    .join(' ')
    .replaceAll('*/', '*\\/');
}

function range(min: number | undefined, max: number | undefined, unit: string): string {
  if (min !== undefined && max !== undefined)
    return min === max ? `Exactly ${min}${unit}.` : `${min} to ${max}${unit}.`;
  if (min !== undefined) return `At least ${min}${unit}.`;
  return max === undefined ? '' : `At most ${max}${unit}.`;
}
