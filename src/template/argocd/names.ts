/** Argo CD's normalize and slugify, and the normalised names of its generators. */
import { fail } from '../error';
import { type FunctionMap, fn } from '../go/function';
import { GoInt, type GoValue, plain, typeName } from '../go/value';
import { lower, mapText } from '../sprig/case';

/** A name for Kubernetes: lower case, `-` for what is not allowed, at most 253 characters, no `-` or `.` at its ends. */
export function normalizeName(name: string): string {
  return mapText(name, lower)
    .replace(/[^-a-z0-9.]/gu, '-')
    .slice(0, 253)
    .replace(/^[-.]+|[-.]+$/g, '');
}

/** A name as a slug. A smart cut falls between words; another one may leave nothing but what fits. */
export function slugifyName(name: string, maxLength = 50, smart = true): string {
  let slug = normalizeName(name);
  if (!smart && slug.length >= maxLength) {
    if (maxLength < 0) fail(`runtime error: slice bounds out of range [:${maxLength}]`);
    slug = slug.slice(0, maxLength);
  }
  slug = slug
    .replace(/[^a-zA-Z0-9_-]/g, '-')
    .replace(/-+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
  return maxLength > 0 && smart ? cutBetweenWords(slug, maxLength) : slug;
}

function cutBetweenWords(slug: string, maxLength: number): string {
  if (slug.length <= maxLength) return slug;
  const dash = slug.lastIndexOf('-', maxLength);
  return dash < 0 ? slug.slice(0, maxLength) : slug.slice(0, dash);
}

function wrongType(value: GoValue, wanted: string): never {
  return fail(
    `interface conversion: interface {} is ${plain(value) === null ? 'nil' : typeName(value)}, not ${wanted}`,
  );
}

/** The name comes last; before it the length, and whether the cut is smart. */
function slugify(...args: readonly GoValue[]): string {
  let length = 50;
  let smart = true;
  let name = '';
  args.forEach((arg, at) => {
    if (at === args.length - 1) name = typeof arg === 'string' ? arg : wrongType(arg, 'string');
    else if (at === 0) length = arg instanceof GoInt && arg.type === 'int' ? Number(arg.value) : wrongType(arg, 'int');
    else if (at === 1) smart = typeof arg === 'boolean' ? arg : wrongType(arg, 'bool');
  });
  return slugifyName(name, length, smart);
}

export const NAMES: FunctionMap = {
  normalize: fn('string', normalizeName),
  slugify: fn('any...', slugify),
};
