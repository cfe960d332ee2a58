/**
 * One parameter of a generator, as a template's callback gets it. Its law: it is not yet a value, so it has no methods
 * of one; where text is wanted it becomes a tag, and where a boolean or number is wanted, a part of `templatePatch`.
 */
import { constant, operand, pathExpression, type Steps, solePipeline } from './go-text';
import { refusal } from './refusal';
import type { Shape } from './shape';

/** What a parameter may be used as: numbers and booleans are text too, never the other way round. */
export type Scalar = string | number | boolean;

declare const VALUE: unique symbol;

/** `'dev' | 'prod'` is for comparing; as a default any text will do. */
type Widened<T> = T extends string ? string : T extends number ? number : T extends boolean ? boolean : never;

interface Parts {
  readonly kind: 'text' | 'number' | 'boolean' | 'scalar';
  /** What goes into a text, braces and all. */
  readonly template: string;
  /** A pipeline, without braces; undefined for a text of several parts. */
  readonly pipeline?: string;
  readonly steps?: Steps;
  readonly textMap?: boolean;
}

const PARTS = Symbol('parts');

/** A value that is known when the controller renders the template, not before. Made for callbacks, and by `raw()`. */
export class Param<out T extends Scalar = Scalar> {
  declare readonly [VALUE]: T;
  /** @internal */
  readonly [PARTS]: Parts;

  /** @internal */
  constructor(parts: Parts) {
    this[PARTS] = parts;
  }

  /** What to use where a parameter set lacks it. */
  orElse(fallback: Widened<T>): Param<T> {
    return withDefault(this[PARTS], fallback);
  }

  /** A condition for `when()`: `when(p.env.is('prod'), manual(), automated())`. */
  is(value: T): Param<boolean> {
    const { pipeline } = this[PARTS];
    if (pipeline === undefined) throw notAnExpression(String(this));
    return expression('boolean', `eq ${operand(pipeline)} ${constant(value)}`);
  }

  /** The tag: `{{ .cluster }}`. */
  toString(): string {
    return this[PARTS].template;
  }
}

/** A parameter that a parameter set may lack, which `missingkey=error` makes an error: only its `orElse()` is usable. */
export class OptionalParam<out T extends Scalar = Scalar> {
  declare readonly [VALUE]: T;
  /** @internal */
  readonly [PARTS]: Parts;

  /** @internal */
  constructor(parts: Parts) {
    this[PARTS] = parts;
  }

  /** What to use where a parameter set lacks it. */
  orElse(fallback: Widened<T>): Param<T> {
    return withDefault(this[PARTS], fallback);
  }

  /** @throws GitOpsError always: without it, the tag would fail for the parameter sets that lack it */
  toString(): string {
    throw unusable(nameOf(this[PARTS].steps ?? []), 'some parameter sets may lack it', "write .orElse('…')");
  }
}

const SHOWN = 16;

/** A parameter that is a list. `list(p.services)` makes a parameter set of each item. */
export class ListParam<T = unknown> {
  declare readonly [VALUE]: T;
  readonly #steps: Steps;
  readonly #item: (steps: Steps) => unknown;
  /** @internal */
  readonly itemShape: Shape;

  /** @internal */
  constructor(steps: Steps, itemShape: Shape, item: (steps: Steps) => unknown) {
    this.#steps = steps;
    this.#item = item;
    this.itemShape = itemShape;
    for (let index = 0; index < SHOWN; index++) {
      Object.defineProperty(this, index, { get: () => this.at(index), enumerable: false });
    }
  }

  /** An item, from 0. The controller fails for a list that is shorter. */
  at(index: number): Ref<T> {
    if (!Number.isInteger(index) || index < 0) {
      throw unusable(nameOf(this.#steps), `has no item ${index}`, 'count from 0; Go has no negative indexes');
    }
    return this.#item([...this.#steps, index]) as Ref<T>;
  }

  /** The items as one text. */
  join(separator: string): Param<string> {
    return expression('text', `join ${constant(separator)} ${operand(pathExpression(this.#steps))}`);
  }

  /** The whole list as JSON: what `elementsYaml` reads. */
  toJson(): Param<string> {
    return expression('text', `toJson ${operand(pathExpression(this.#steps))}`);
  }

  /** @throws GitOpsError always: a list is no text */
  toString(): string {
    throw unusable(nameOf(this.#steps), 'is a list', "write .at(0), [0] or .join(',')");
  }
}

type Indexes = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15;

/** A list: `p.path.segments[1]`, `.at(20)`, `.join('-')`. */
export type ListRef<T> = ListParam<T> & { readonly [Index in Indexes]: Ref<T> };

/** The parameters that a template's callback gets, for parameter sets like `T`. */
export type Refs<T> = { readonly [K in keyof T]-?: Ref<T[K]> };

/** What several parameter sets have in common. */
export type Common<T> = { readonly [K in Extract<keyof T, string>]: T[K] };

/** What a callback gets for a value like `V`. */
export type Ref<V> = null extends V
  ? OptionalRef<NonNullable<V>>
  : undefined extends V
    ? OptionalRef<NonNullable<V>>
    : [V] extends [Scalar]
      ? Param<V>
      : [V] extends [readonly (infer Item)[]]
        ? ListRef<Item>
        : [V] extends [object]
          ? Refs<Common<V>>
          : Param<Scalar>;

type OptionalRef<V> = [V] extends [Scalar]
  ? OptionalParam<V>
  : [V] extends [readonly unknown[]]
    ? OptionalParam<never>
    : [V] extends [object]
      ? { readonly [K in Extract<keyof V, string>]-?: OptionalRef<NonNullable<V[K]>> }
      : OptionalParam<Scalar>;

/** A text in a template: plain, or a parameter. */
export type Text = string | Param;

/** Text fields of upstream's shape take parameters. For what the controller never patches, such as generators. */
export type TextIn<T> = T extends string
  ? T | Param
  : T extends readonly (infer Item)[]
    ? readonly TextIn<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: TextIn<T[K]> }
      : T;

interface Scalars {
  readonly string: string;
  readonly number: number;
  readonly boolean: boolean;
}

/**
 * A Go template in your own words: `raw('{{ .name | upper }}')`. Its names are checked against what the generators
 * yield. Say when it is no text: `raw('{{ hasPrefix "eu-" .region }}', 'boolean')`.
 */
export function raw<K extends keyof Scalars = 'string'>(template: string, kind?: K): Param<Scalars[K]> {
  return new Param({
    kind: kind === 'number' || kind === 'boolean' ? kind : 'text',
    template,
    pipeline: solePipeline(template),
  });
}

/** Text that is no template, such as an alert's `{{ $labels.pod }}`; in values of any depth. */
export function literal<const T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('{{', '{{ "{{" }}') as T;
  if (Array.isArray(value)) return value.map(literal) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [literal(key), literal(inner)])) as T;
}

/** The opposite of a condition. */
export function not(condition: Param<boolean>): Param<boolean> {
  return expression('boolean', `not ${operand(conditionOf(condition))}`);
}

/** The parts of a parameter. @internal */
export function partsOf(param: Param): Parts {
  return param[PARTS];
}

/** A condition's pipeline. @internal */
export function conditionOf(condition: Param<boolean>): string {
  const { pipeline } = condition[PARTS];
  if (pipeline === undefined) throw notAnExpression(String(condition));
  return pipeline;
}

/** The parameter at `steps`, of a shape that is no list and has no fields. @internal */
export function paramAt(steps: Steps, shape: Shape): Param | OptionalParam {
  const kind = shape.kind === 'text' || shape.kind === 'number' || shape.kind === 'boolean' ? shape.kind : 'scalar';
  const parts = { ...expressionParts(kind, pathExpression(steps)), steps, textMap: shape.textMap };
  return shape.optional ? new OptionalParam(parts) : new Param(parts);
}

/** A mistake in the use of a parameter. @internal */
export function unusable(name: string, problem: string, fix: string): Error {
  return refusal('argocd-appset-parameter-use', `${name} ${problem}`, fix);
}

/** `p.a.b` @internal */
export function nameOf(steps: Steps): string {
  return ['p', ...steps].join('.');
}

function expression<T extends Scalar>(kind: Parts['kind'], pipeline: string): Param<T> {
  return new Param(expressionParts(kind, pipeline));
}

function expressionParts(kind: Parts['kind'], pipeline: string): Parts {
  // %v prints a million as 1e+06; JSON does not.
  const printed = kind === 'number' ? `toJson ${operand(pipeline)}` : pipeline;
  return { kind, pipeline, template: `{{ ${printed} }}` };
}

function withDefault<T extends Scalar>({ kind, steps, textMap }: Parts, fallback: Scalar): Param<T> {
  if (steps === undefined || steps.some((step) => typeof step === 'number')) {
    throw refusal(
      'argocd-appset-parameter-use',
      '.orElse() of something that is no parameter',
      'call it on the parameter itself; for items of a list write raw() with a condition',
    );
  }
  if (textMap) {
    const map = ['dig', ...steps.slice(0, -1).map((step) => JSON.stringify(step)), '(dict)', '.'].join(' ');
    return expression(kind, `index (${map}) ${JSON.stringify(steps.at(-1))} | default ${constant(fallback)}`);
  }
  const known = { string: 'text', number: 'number', boolean: 'boolean' } as const;
  return expression(
    kind === 'scalar' ? kind : known[typeof fallback as 'string'],
    ['dig', ...steps.map((step) => JSON.stringify(step)), constant(fallback), '.'].join(' '),
  );
}

function notAnExpression(text: string): Error {
  return refusal(
    'argocd-appset-parameter-use',
    `${text} is no single expression`,
    "write one action: raw('{{ … }}', 'boolean')",
  );
}
