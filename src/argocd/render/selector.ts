/** Label selectors: those of Kubernetes, and Argo CD's for parameters, which takes any value. */
import type { FieldPath } from '../../kernel/issue';
import { isLabelValue, isQualifiedName } from '../../schema';
import { refuseGenerator } from './refusal';

/** Has a key's value, or undefined. */
export type Lookup = (key: string) => string | undefined;

export type Matcher = (lookup: Lookup) => boolean;

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
  readonly path: FieldPath;
}

/** @param values whether values must be those of labels, else they may be anything: server addresses, for one */
export function selectorMatcher(selector: unknown, path: FieldPath, values: 'labels' | 'any'): Matcher {
  const tests = requirementsOf(selector, path).map((requirement) => {
    const problem = problemOf(requirement, values);
    if (problem !== undefined) refuseGenerator(problem.message, requirement.path, problem.fix);
    return matcherOf(requirement);
  });
  return (lookup) => tests.every((matches) => matches(lookup));
}

/** Whether a selector asks for anything. */
export function isEmptySelector(selector: unknown): boolean {
  return requirementsOf(selector, []).length === 0;
}

function requirementsOf(selector: unknown, path: FieldPath): Requirement[] {
  const { matchLabels, matchExpressions } = (selector ?? {}) as Record<string, unknown>;
  const labels = Object.entries((matchLabels ?? {}) as Record<string, unknown>).map(([key, value]) => ({
    key,
    operator: '=',
    values: [String(value)],
    path: [...path, 'matchLabels', key],
  }));
  const expressions = ((matchExpressions ?? []) as readonly Record<string, unknown>[]).map((expression, index) => ({
    key: String(expression['key'] ?? ''),
    operator: String(expression['operator'] ?? ''),
    values: ((expression['values'] ?? []) as readonly unknown[]).map(String),
    path: [...path, 'matchExpressions', index],
  }));
  return [...labels, ...expressions];
}

function problemOf({ key, operator, values }: Requirement, kind: 'labels' | 'any'): Fault | undefined {
  if (!['=', 'In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator)) {
    return {
      message: `"${operator}" is not a valid ${kind === 'labels' ? 'label' : 'pod'} selector operator`,
      fix: 'use In, NotIn, Exists or DoesNotExist',
    };
  }
  if (!isQualifiedName(key)) return { message: `key: Invalid value: "${key}": ${NAME_RULE}`, fix: KEY_FIX };
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues && values.length === 0) {
    return {
      message: `values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty`,
      fix: 'list the values',
    };
  }
  if (!takesValues && operator !== '=' && values.length > 0) {
    return {
      message: `values: Invalid value: values set must be empty for exists and does not exist`,
      fix: 'leave `values` out',
    };
  }
  const bad = kind === 'labels' ? values.find((value) => !isLabelValue(value)) : undefined;
  if (bad === undefined) return undefined;
  return {
    message: `values[0][${key}]: Invalid value: "${bad}": ${LABEL_RULE}`,
    fix: "select clusters by what is no label with the entry's own `selector`, beside the generator",
  };
}

interface Fault {
  readonly message: string;
  readonly fix: string;
}

const KEY_FIX = 'use a parameter or label name of letters, digits, - _ . with at most one slash';

/** Kubernetes' words. */
const NAME_RULE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function matcherOf({ key, operator, values }: Requirement): Matcher {
  const wanted = new Set(values);
  const isWanted = (value: string | undefined) => value !== undefined && wanted.has(value);
  switch (operator) {
    case 'Exists':
      return (lookup) => lookup(key) !== undefined;
    case 'DoesNotExist':
      return (lookup) => lookup(key) === undefined;
    case 'NotIn':
      return (lookup) => !isWanted(lookup(key));
    default:
      return (lookup) => isWanted(lookup(key));
  }
}
