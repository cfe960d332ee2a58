/** A generator's `values`: texts filled once with the generator's own parameters, so that none can refer to another. */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Context } from './context';
import type { TextFill } from './engine';
import { type GoDict, setKey, stringMap } from './go';
import type { GeneratorFields } from './inputs';
import { wrapping } from './refusal';

/** Adds the values to a parameter set that was just made. */
export type AddValues = (params: GoDict) => GoDict;

export function valuesOf(body: GeneratorFields, path: FieldPath, { engine }: Context): AddValues {
  const given = isPlainObject(body['values']) ? body['values'] : {};
  const entries = Object.entries(given).map(([key, value]): [string, string, TextFill | undefined] => {
    const text = String(value ?? '');
    return [key, text, engine.compile(text, [...path, 'values', key])];
  });
  if (entries.length === 0) return (params) => params;
  return (params) => {
    const filled = entries.map(([key, text, fill]) => [key, fill === undefined ? text : filledValue(fill, params)]);
    if (engine.goTemplate) setKey(params, 'values', stringMap(Object.fromEntries(filled)));
    else for (const [key, text] of filled) setKey(params, `values.${key}`, text!);
    return params;
  };
}

function filledValue(fill: TextFill, params: GoDict): string {
  return wrapping('failed to replace templated string: failed to replace templated string with rendered values', () =>
    fill(params),
  );
}
