/** The arguments of analysis templates, at the level of types: who must give them, and what stands in a metric for them. */
import type { AnalysisRunSpecArgs } from '../schema/generated/argo-rollouts';

/** `'service'` for an argument that callers must give; upstream's object for one with a value or a source. */
export type ArgInput = string | AnalysisRunSpecArgs;

/** What a template construct shows of itself to types. */
export interface AnyTemplate {
  readonly name: string;
  readonly args: readonly ArgInput[];
  readonly templates: readonly unknown[];
}

type NameOf<E> = E extends string ? E : E extends { readonly name: infer N extends string } ? N : never;
type RequiredNameOf<E> = E extends { readonly value: string } | { readonly valueFrom: object } ? never : NameOf<E>;

type OwnRequired<A extends readonly ArgInput[]> = RequiredNameOf<A[number]>;
type OwnOptional<A extends readonly ArgInput[]> = Exclude<NameOf<A[number]>, OwnRequired<A>>;

/** Levels of templates within templates that types follow; deeper ones are looked at when the rollout is constructed. */
type Levels = [0, 0, 0, 0];
type Below<D extends readonly unknown[]> = D extends readonly [unknown, ...infer R] ? R : [];

/** The arguments that a template, or one it pulls in, has no value for. Names known only at run time are not asked for. */
export type RequiredNames<T extends AnyTemplate, D extends readonly unknown[] = Levels> = D extends readonly []
  ? never
  :
      | Literal<OwnRequired<T['args']>>
      | (T['templates'][number] extends infer N ? (N extends AnyTemplate ? RequiredNames<N, Below<D>> : never) : never);

/** The arguments that have a value and may be given another. */
export type OptionalNames<T extends AnyTemplate, D extends readonly unknown[] = Levels> = D extends readonly []
  ? string
  :
      | OwnOptional<T['args']>
      | (string extends OwnRequired<T['args']> ? string : never)
      | (T['templates'][number] extends infer N
          ? N extends AnyTemplate
            ? OptionalNames<N, Below<D>>
            : string
          : never);

type Literal<N> = string extends N ? never : N;

/** `args.service` is the text `{{args.service}}`, which the controller replaces when the analysis runs. */
export type ArgRefs<A extends readonly ArgInput[]> = {
  readonly [N in NameOf<A[number]>]: `{{args.${N}}}`;
};

/** Text that the controller replaces: what may stand where a number or a duration is wanted. */
export type ArgText = `{{${string}}}`;

export function argRefs<A extends readonly ArgInput[]>(args: A): ArgRefs<A> {
  const names = args.map((arg) => (typeof arg === 'string' ? arg : arg.name));
  return Object.fromEntries(names.map((name) => [name, `{{args.${name}}}`])) as ArgRefs<A>;
}

/** Upstream's list. */
export function argSpecs(args: readonly ArgInput[]): readonly AnalysisRunSpecArgs[] {
  return args.map((arg) => (typeof arg === 'string' ? { name: arg } : arg));
}
