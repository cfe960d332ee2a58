/** A row of docs/source-documents.md: one YAML document of the source documents, and what the library does about it. */
import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject } from '../../src/kernel/manifest';

export interface Place {
  /** The source document: its file's first three digits. */
  readonly document: '000' | '001' | '003' | '004';
  /** First and last line, or the one line of a flattened document. */
  readonly lines: string;
  readonly kind: string;
  /** The object's name, or what a part of an object is about. */
  readonly name: string;
  /** The rows of the error list that speak of it: `S-01`, or `#20` for its second part. @default - none */
  readonly ids?: readonly string[];
  /** What else there is to know. @default - nothing */
  readonly note?: string;
}

/** What has to change in the document, and which row of the error list says so. */
export interface Correction {
  readonly op: 'add' | 'remove' | 'replace';
  readonly path: string;
  readonly value?: unknown;
  readonly because: string;
}

export type Build = (scope: Construct) => ApiObject;

interface WithObject {
  /** The object as the document has it. */
  readonly seed: JsonObject;
  /** Only this part of `seed` is in the document; the rest makes a whole object of it. @default - all of it */
  readonly part?: JsonObject;
  /** Every code that is reported for `seed` as it stands, sorted. @default - none */
  readonly reports?: readonly string[];
}

/** Our constructs make the object, changed by nothing but the corrections. */
export interface Built extends Place, WithObject {
  readonly verdict: 'built';
  /** @default - none: the object is equal */
  readonly corrections?: readonly Correction[];
  readonly build: Build;
}

/** The object as it stands is an error. */
export interface Refused extends Place, WithObject {
  readonly verdict: 'refused';
  /** What refuses it where a construct knows more than one manifest shows. @default - `reports` says it all */
  readonly constructs?: { readonly codes: readonly string[]; readonly build: Build };
  /** What our constructs make for the same intent. @default - nothing today */
  readonly instead?: { readonly corrections: readonly Correction[]; readonly build: Build };
}

/** Neither yet. */
export interface Waits extends Place, Partial<WithObject> {
  readonly verdict: 'waits';
  readonly waitsFor: string;
  /** What our constructs make of it already. @default - nothing */
  readonly instead?: { readonly corrections: readonly Correction[]; readonly build: Build };
}

export type Row = Built | Refused | Waits;

export function titleOf({ document, lines, kind, name, verdict }: Row): string {
  return `${document} line ${lines}: ${kind} ${name} ${verdict === 'waits' ? verdict : `is ${verdict}`}`;
}

/** Corrections that replace the values at several paths for one reason. */
export function replaced(because: string, values: Readonly<Record<string, unknown>>): Correction[] {
  return Object.entries(values).map(([path, value]) => ({ op: 'replace', path, value, because }));
}

/** Text that has the form of a sealed value: the length of the session key, the session key, and what it encrypts. */
export function ciphertext(fill: number): string {
  return Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(560, fill)]).toString('base64');
}
