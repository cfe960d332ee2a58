/** How values and schemas are named in messages. Law: a message stays short, however large the value. */
import type { Json } from '../kernel/manifest';
import { formatExamples } from './format';
import type { NodeType, SchemaNode } from './node';

const longest = 60;

/** `the string "5"`, `the number 1.5`, `true`, `null`, `a list`, `an object`. */
export function got(value: unknown): string {
  if (typeof value === 'string')
    return value.length > longest ? `a string of ${value.length} characters` : `the string ${JSON.stringify(value)}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${value}`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(
    value === undefined ? 'nothing' : typeof value === 'boolean' || value === null ? value : `a ${typeof value}`,
  );
}

/** The value itself where it is short: `"5"`, `1.5`; a long string is cut. */
export function quoted(value: unknown): string {
  if (typeof value === 'string')
    return value.length > longest
      ? `${JSON.stringify(value.slice(0, longest))}… (${value.length} characters)`
      : JSON.stringify(value);
  return typeof value === 'object' && value !== null ? got(value) : String(value);
}

const typeNames: Readonly<Record<NodeType, string>> = {
  any: 'a value',
  object: 'an object',
  array: 'a list',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  'int-or-string': 'a whole number or a string',
};

export function expected(type: NodeType): string {
  return typeNames[type];
}

/** What to write for a node: `one of "a", "b"`, `a string matching ^x$`. */
export function describe(node: SchemaNode): string {
  if (node.enum) return oneOf(node.enum.map((value) => JSON.stringify(value)));
  if (node.pattern !== undefined) return `a string matching ${node.pattern}`;
  if (node.format !== undefined && formatExamples[node.format]) return formatExamples[node.format]!;
  if (node.type === 'array' && node.items) return `a list, each item ${describe(node.items)}`;
  if (node.type === 'object' && node.required.length > 0) return `an object with ${listed(node.required)}`;
  return typeNames[node.type];
}

/** `one of a, b, c`; `a` alone. */
export function oneOf(choices: readonly string[]): string {
  return choices.length === 1 ? choices[0]! : `one of ${listed(choices)}`;
}

/** `a, b, c`, cut after a few. */
export function listed(names: readonly string[], limit = 16): string {
  const shown = names.slice(0, limit).join(', ');
  return names.length > limit ? `${shown} and ${names.length - limit} more` : shown;
}

/** What to write where a value has the wrong type, seen through what YAML makes of unquoted and quoted text. */
export function typeFix(node: SchemaNode, value: unknown): string {
  const wanted = node.type;
  if (wanted === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return `quote it: "${value}"`;
  if (typeof value === 'string') {
    const text = value.trim();
    if ((wanted === 'integer' && /^-?\d{1,18}$/.test(text)) || (wanted === 'number' && isDecimal(text)))
      return `remove the quotes: ${text}`;
    if (wanted === 'boolean' && /^(true|false)$/i.test(text)) return `remove the quotes: ${text.toLowerCase()}`;
    if (wanted === 'boolean' && /^(yes|on|y)$/i.test(text)) return 'write true';
    if (wanted === 'boolean' && /^(no|off|n)$/i.test(text)) return 'write false';
  }
  if (wanted === 'string' && isTemplate(value)) return "quote the template expression: '{{ … }}'";
  if (wanted === 'array' && !Array.isArray(value))
    return `write a list: put "- " before each item${node.items ? ` (${describe(node.items)})` : ''}`;
  if (wanted === 'object' && Array.isArray(value)) return 'write an object: field names instead of "- "';
  return `write ${describe(node)}`;
}

function isDecimal(text: string): boolean {
  return text !== '' && text.length < 30 && Number.isFinite(Number(text)) && !/[xob]/i.test(text);
}

/** YAML reads an unquoted `{{ x }}` as an object with one odd key. */
function isTemplate(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value as Record<string, Json>);
  return keys.length === 1 && /^(\{|\[object)/.test(keys[0]!);
}
