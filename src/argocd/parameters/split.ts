/**
 * A template's tree in two: what a template can say, and what only `templatePatch` can. The controller renders texts
 * alone, so a boolean, a number and whether a field is there at all are said by the patch, whose text it renders as a
 * whole. The patch replaces lists and cannot enter free-form values, so those move as a whole.
 */
import type { FieldPath } from '../../kernel/issue';
import { formatPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { SchemaNode } from '../../schema';
import { OptionalParam, Param, partsOf } from './param';
import { isBranch } from './refs';
import { refusal } from './refusal';
import { inlineText, When } from './when';

export interface SplitTemplate {
  /** Plain JSON; undefined when nothing is left. */
  readonly template: unknown;
  /** A tree with Params and Whens; undefined when the template says it all. */
  readonly patch: unknown;
}

/** @param node what the schema says of the value; undefined where anything goes */
export function splitTemplate(value: unknown, node: SchemaNode | undefined, path: FieldPath = []): SplitTemplate {
  const text = asText(value, node);
  if (text !== undefined) return { template: text, patch: undefined };
  if (value instanceof Param || value instanceof When) return { template: undefined, patch: value };
  if (Array.isArray(value) || (isPlainObject(value) && isFree(node))) return splitWhole(value, node);
  return isPlainObject(value) ? splitFields(value, node, path) : { template: value, patch: undefined };
}

/** With texts for parameters wherever a text is wanted, and what is no value refused. */
export function checkValues(value: unknown, path: FieldPath): void {
  if (value instanceof OptionalParam) {
    throw refusal(
      'argocd-appset-parameter-use',
      'a parameter that some parameter sets lack',
      "write .orElse('…')",
      formatPath(path),
    );
  }
  if (isBranch(value)) {
    throw refusal(
      'argocd-appset-parameter-use',
      'a parameter that is a list or has others below it',
      'name one of them',
      formatPath(path),
    );
  }
  if (value instanceof When) {
    checkValues(value.then, path);
    checkValues(value.otherwise, path);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkValues(item, [...path, index]);
  } else if (isPlainObject(value)) {
    for (const [key, inner] of Object.entries(value)) checkValues(inner, [...path, key]);
  }
}

function splitFields(value: Record<string, unknown>, node: SchemaNode | undefined, path: FieldPath): SplitTemplate {
  const template: Record<string, unknown> = {};
  const patch: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const part = splitTemplate(inner, childOf(node, key), [...path, key]);
    if (part.template !== undefined) template[key] = part.template;
    // The API server wants the field in the template as well.
    else if (part.patch !== undefined && node?.required.includes(key)) template[key] = {};
    if (part.patch !== undefined) patch[key] = part.patch;
  }
  const emptied = Object.keys(template).length === 0 && Object.keys(patch).length > 0;
  return {
    template: emptied && path.length > 1 ? undefined : template,
    patch: Object.keys(patch).length === 0 ? undefined : patch,
  };
}

/** A list, or free-form values: all of it in the template, or all of it in the patch. */
function splitWhole(value: unknown, node: SchemaNode | undefined): SplitTemplate {
  const flat = flatten(value, node);
  return flat === undefined
    ? { template: undefined, patch: withTexts(value, node) }
    : { template: flat, patch: undefined };
}

/** As plain JSON; undefined when something in it is no text. */
function flatten(value: unknown, node: SchemaNode | undefined): unknown {
  const text = asText(value, node);
  if (text !== undefined) return text;
  if (value instanceof Param || value instanceof When) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => flatten(item, node?.items));
    return items.includes(undefined) ? undefined : items;
  }
  if (!isPlainObject(value)) return value;
  const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const fields = given.map(([key, inner]) => [key, flatten(inner, childOf(node, key))] as const);
  return fields.some(([, inner]) => inner === undefined) ? undefined : Object.fromEntries(fields);
}

/** Numbers and booleans where a text is wanted become texts, so that the patch quotes them. */
function withTexts(value: unknown, node: SchemaNode | undefined): unknown {
  const text = value instanceof Param ? asText(value, node) : undefined;
  if (text !== undefined) return text;
  if (value instanceof When) {
    return new When(value.condition, withTexts(value.then, node), withTexts(value.otherwise, node));
  }
  if (Array.isArray(value)) return value.map((item) => withTexts(item, node?.items));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner, childOf(node, key))]));
}

/** The text that a parameter or a choice is; undefined when it is none, or none is wanted. */
function asText(value: unknown, node: SchemaNode | undefined): string | undefined {
  if (value instanceof Param) {
    return node?.type === 'string' || partsOf(value).kind === 'text' ? String(value) : undefined;
  }
  return value instanceof When && node?.type === 'string' ? inlineText(value) : undefined;
}

function childOf(node: SchemaNode | undefined, key: string): SchemaNode | undefined {
  return node?.properties?.get(key) ?? (typeof node?.values === 'object' ? node.values : undefined);
}

/** Whether the schema lists no fields and no type of values: then Go's types do not either. */
function isFree(node: SchemaNode | undefined): boolean {
  return node !== undefined && node.properties === undefined && typeof node.values !== 'object';
}
