/** What renders without an error and is wrong all the same. */
import type { FieldPath } from '../../kernel/issue';
import { nearest } from '../../kernel/suggest';
import { GoMap, type GoValue, isDict } from './go';
import type { Params } from './params';
import type { Problem } from './report';

/** A tag of the plain engine that stays in the text as it was written. */
export function lostTagProblem(tag: string, path: FieldPath, params: Params): Problem {
  const shown = `{{${tag}}}`;
  const severity = isForOthers(path) ? 'warning' : 'error';
  if (Object.hasOwn(params, tag)) {
    const message = `${shown} stays in the text as it is: the parameter is no text, and without goTemplate only texts are filled in`;
    return { code: 'argocd-render-tag', severity, path, message, fix: 'set goTemplate: true' };
  }
  if (/[|(]|^\./.test(tag)) {
    const message = `${shown} stays in the text as it is: without goTemplate a tag is the name of a parameter, with no functions, pipes or leading dot`;
    return {
      code: 'argocd-render-pipe',
      severity,
      path,
      message,
      fix: "set goTemplate: true, with goTemplateOptions: ['missingkey=error']",
    };
  }
  const name = nearest(tag, Object.keys(params));
  const message = `${shown} stays in the text as it is: no generator yields ${JSON.stringify(tag)}`;
  return { code: 'argocd-render-tag', severity, path, message, fix: name ? `write {{${name}}}` : namesText(params) };
}

export function noValueProblem(text: string, path: FieldPath): Problem {
  return {
    code: 'argocd-render-no-value',
    path,
    message: `${clipped(text)} renders as "<no value>": a parameter is missing`,
    fix: "name a parameter that the generators yield, and set goTemplateOptions: ['missingkey=error']",
  };
}

/** A number that has become text in floating-point form. */
export function floatProblem(filled: string, text: string, path: FieldPath): Problem | undefined {
  if (!filled.includes('e+')) return undefined;
  const found = /(?<![\w.+-])-?\d(?:\.\d+)?e\+\d{2,3}(?![\w.])/.exec(filled)?.[0];
  if (found === undefined || text.includes(found)) return undefined;
  return {
    code: 'argocd-render-float',
    path,
    message: `${clipped(text)} renders as ${found}: Argo CD reads every number as floating point`,
    fix: `quote the number where it is written, or use a Go template: {{ .name | int64 }}`,
  };
}

/** What an action looks up: `{{ index .metadata.labels "team" }}`. */
export interface LookedUp {
  readonly action: string;
  readonly steps: readonly string[];
}

/** The look-ups of a template that give nothing, without an error, where a map of texts lacks the key. */
export function silentLookups(text: string): readonly LookedUp[] {
  return [...text.matchAll(/\{\{-?\s*index\s+((?:\.[A-Za-z_]\w*)+)\s+"([^"\\]*)"\s*-?\}\}/g)].map(
    ([action, chain, key]) => ({
      action,
      steps: [...chain!.slice(1).split('.'), key!],
    }),
  );
}

export function emptyProblem({ action, steps }: LookedUp, path: FieldPath, params: Params): Problem | undefined {
  if (!endsInNothing(params, steps)) return undefined;
  return {
    code: 'argocd-render-no-value',
    path,
    message: `${action} renders as nothing: there is no such key`,
    fix: 'set the key where it is missing, or leave out what lacks it with a selector',
  };
}

function endsInNothing(params: GoValue, steps: readonly string[]): boolean {
  let value = params;
  for (const step of steps) {
    if (value instanceof GoMap) return !Object.hasOwn(value.entries, step);
    if (!isDict(value)) return false;
    value = value[step];
  }
  return false;
}

/** Fields whose text other templates read: Helm values, patches, plugin settings. */
function isForOthers(path: FieldPath): boolean {
  return path.some((step) => typeof step === 'string' && OTHERS.has(step));
}

const OTHERS: ReadonlySet<string> = new Set(['values', 'valuesObject', 'parameters', 'patches', 'plugin', 'env']);

function namesText(params: Params): string {
  const names = Object.keys(params).sort();
  const shown = names.slice(0, 8).join(', ');
  return `use one of ${shown}${names.length > 8 ? ' …' : ''}`;
}

function clipped(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
