/** References by construct: wherever upstream wants a name, anything that has one will do. */
import { Construct } from 'constructs';

/** A construct of ours, of cdk8s or cdk8s-plus: whatever knows its name in the cluster. */
export interface Named {
  readonly name: string;
}

/** A name, or what has one. */
export type NameRef = string | Named;

export function nameOf(ref: NameRef): string;
export function nameOf(ref: NameRef | undefined): string | undefined;
export function nameOf(ref: NameRef | undefined): string | undefined {
  return typeof ref === 'object' && ref !== null ? ref.name : ref;
}

/** `{ name }` of a name or a construct; upstream's own object passes as it is. */
export function named<T extends { readonly name: string }>(ref: NameRef | T): T | { readonly name: string } {
  if (typeof ref === 'string') return { name: ref };
  return Construct.isConstruct(ref) ? { name: (ref as Named).name } : ref;
}
