/** Reads CustomResourceDefinitions out of a folder of YAML; anything else in it is passed over. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

export interface Crd {
  readonly file: string;
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly CrdVersion[];
  };
}

export interface CrdVersion {
  readonly name: string;
  readonly served?: boolean;
  readonly storage?: boolean;
  readonly deprecated?: boolean;
  readonly schema?: { readonly openAPIV3Schema?: OpenApiSchema };
}

/** An OpenAPI v3 node as a CRD writes it. */
export interface OpenApiSchema {
  readonly [keyword: string]: unknown;
}

/** Experimental-channel files repeat a standard kind with more fields; a cluster has one of the two, rarely that one. */
const experimental = /^experimental_/;

/** Every CRD below `folder`, sorted by group and kind. `say` hears of each file that is left out although it is YAML. */
export function readCrds(folder: string, say: (line: string) => void): Crd[] {
  const crds: Crd[] = [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
  for (const name of names.sort()) {
    if (experimental.test(name.split(/[\\/]/).pop()!)) say(`${name}: experimental channel, left out`);
    else crds.push(...crdsOf(name, readFileSync(join(folder, name), 'utf8')));
  }
  if (crds.length === 0) throw new Error(`${folder} has no CustomResourceDefinition`);
  refuseTwins(crds);
  return crds.sort((a, b) => (kindId(a) < kindId(b) ? -1 : 1));
}

export function kindId(crd: Crd): string {
  return `${crd.spec.group}/${crd.spec.names.kind}`;
}

function crdsOf(file: string, text: string): Crd[] {
  return parseAllDocuments(withoutQuotedProse(text)).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]!.message}`);
    const value = document.toJS() as { kind?: string; spec?: Crd['spec'] } | null;
    return value?.kind === 'CustomResourceDefinition' && value.spec ? [{ file, spec: value.spec }] : [];
  });
}

/** Go reads quoted prose whose lines are not indented enough, YAML parsers that follow the specification do not. */
function withoutQuotedProse(text: string): string {
  return text.replace(/^( *description: )'(?:[^']|'')*'$/gm, "$1''");
}

function refuseTwins(crds: readonly Crd[]): void {
  const files = new Map<string, string>();
  for (const crd of crds) {
    const first = files.get(kindId(crd));
    if (first !== undefined) throw new Error(`${kindId(crd)} is defined twice: ${first} and ${crd.file}`);
    files.set(kindId(crd), crd.file);
  }
}
