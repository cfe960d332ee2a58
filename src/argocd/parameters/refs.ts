/** The parameters as a template's callback gets them, made when they are first asked for. */
import { nearest } from '../../kernel/suggest';
import type { Steps } from './go-text';
import { ListParam, nameOf, paramAt, unusable } from './param';
import { refusal } from './refusal';
import type { Shape } from './shape';

/** Parameters with names below theirs. */
class Branch {
  constructor(
    readonly steps: Steps,
    readonly shape: Shape,
  ) {}
}

/** Whether a value is a parameter with names below it, or a list: no value of any field. */
export function isBranch(value: unknown): boolean {
  return value instanceof Branch || value instanceof ListParam;
}

/** What a callback gets for parameter sets of this shape. */
export function refsOf(shape: Shape, steps: Steps = []): unknown {
  if (shape.kind === 'list') {
    if (shape.optional) return paramAt(steps, shape);
    return new ListParam(steps, shape.items!, (item) => refsOf(shape.items!, item));
  }
  return shape.kind === 'fields' ? new Proxy(new Branch(steps, shape), HANDLER) : paramAt(steps, shape);
}

const HANDLER: ProxyHandler<Branch> = {
  get({ steps, shape }, key) {
    if (key === Symbol.toPrimitive) return () => asText(steps);
    if (typeof key === 'symbol') return undefined;
    const found = shape.fields![key] ?? shape.rest;
    if (found !== undefined) {
      const inherited = {
        ...found,
        ...(shape.optional && { optional: true }),
        ...(shape.textMap && { textMap: true }),
      };
      return refsOf(inherited, [...steps, key]);
    }
    if (key === 'toString' || key === 'valueOf') return () => asText(steps);
    // What tests, consoles and promises ask of any object.
    if (key === 'then' || key === 'toJSON' || key === 'constructor') return undefined;
    throw unknownName(steps, key, Object.keys(shape.fields!));
  },
};

function asText(steps: Steps): never {
  throw unusable(nameOf(steps), 'has parameters below it and is no text', 'name one of them');
}

function unknownName(steps: Steps, key: string, names: readonly string[]): Error {
  const meant = nearest(key, names);
  return refusal(
    'argocd-appset-parameter-unknown',
    `${nameOf([...steps, key])}: no generator yields it for every Application`,
    meant === undefined ? `there are: ${names.join(', ') || 'none'}` : `did you mean ${nameOf([...steps, meant])}?`,
  );
}
