/**
 * References between objects. A construct stands wherever an object is named; it renders to the fields upstream asks
 * for, with a namespace only where it differs from the referrer's. References written upstream's way pass unchanged.
 */
import { type ApiObjectMetadata, Chart } from 'cdk8s';
import { Construct } from 'constructs';

/** Anything with a name in the referrer's own namespace: `{ name }`, or a construct. */
export interface LocalName {
  readonly name: string;
}

/** A construct, as far as references read it. */
interface Referent {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly name: string;
  readonly metadata: { readonly namespace?: string };
}

/** The namespace an object will have: its own, else its chart's, else none. Known before the object is made. */
export function namespaceIn(scope: Construct, metadata: ApiObjectMetadata | undefined): string | undefined {
  return metadata?.namespace ?? Chart.of(scope).namespace;
}

/** `{ kind, name }`, and `namespace` when it is not `from`. */
export function kindRef<R extends object>(ref: R, from: string | undefined): R {
  const target = asReferent(ref);
  if (target === undefined) return ref;
  return { kind: target.kind, ...nameIn(target, from) } as unknown as R;
}

/** `{ name }`, and `namespace` when it is not `from`. */
export function nameRef<R extends object>(ref: R, from: string | undefined): R {
  const target = asReferent(ref);
  return target === undefined ? ref : (nameIn(target, from) as unknown as R);
}

/** `{ name }`: for fields that cannot leave their namespace. */
export function localRef<R extends LocalName>(ref: R): LocalName;
export function localRef<R extends LocalName>(ref: R | undefined): LocalName | undefined;
export function localRef(ref: LocalName | undefined): LocalName | undefined {
  return asReferent(ref) === undefined ? ref : { name: ref!.name };
}

/** `{ kind, name }`: for fields that cannot leave their namespace. */
export function localKindRef<R extends object>(ref: R): R {
  const target = asReferent(ref);
  return target === undefined ? ref : ({ kind: target.kind, name: target.name } as unknown as R);
}

/** `{ apiVersion, kind, name, namespace }`: for fields that default nothing. */
export function fullRef<R extends object>(ref: R): R {
  const target = asReferent(ref);
  if (target === undefined) return ref;
  const { apiVersion, kind } = target;
  return { apiVersion, kind, ...nameIn(target, undefined) } as unknown as R;
}

/** Renders the references in `fields` of a struct; what is not a struct passes for the schema to judge. */
export function withLocalRef<T extends object>(struct: T, ...fields: readonly (keyof T)[]): T;
export function withLocalRef<T extends object>(struct: T | undefined, ...fields: readonly (keyof T)[]): T | undefined;
export function withLocalRef<T extends object>(struct: T | undefined, ...fields: readonly (keyof T)[]): T | undefined {
  if (typeof struct !== 'object' || struct === null) return struct;
  const refs = fields
    .filter((field) => asReferent(struct[field]) !== undefined)
    .map((field) => [field, localRef(struct[field] as LocalName)]);
  return refs.length === 0 ? struct : { ...struct, ...Object.fromEntries(refs) };
}

/** Applies `shape` to the items of a list; what is not a list passes for the schema to judge. */
export function each<I, O>(list: readonly I[] | undefined, shape: (item: I) => O): readonly O[] | undefined {
  return Array.isArray(list) ? list.map((item: I) => shape(item)) : (list as undefined);
}

function asReferent(ref: unknown): Referent | undefined {
  return Construct.isConstruct(ref) ? (ref as unknown as Referent) : undefined;
}

function nameIn({ name, metadata }: Referent, from: string | undefined): { name: string; namespace?: string } {
  const namespace = metadata?.namespace;
  return namespace === undefined || namespace === from ? { name } : { name, namespace };
}
