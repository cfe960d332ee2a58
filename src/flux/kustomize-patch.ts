/** Inline kustomize patches, as Flux takes them in Kustomizations and post-renderers: text that must be one of two things. */
import { isObject } from '../kernel/manifest';

const OPERATIONS: ReadonlySet<unknown> = new Set(['add', 'copy', 'move', 'remove', 'replace', 'test']);

/** What kustomize would say against a patch; undefined when it takes it. */
export function patchFault(patch: string, targeted: boolean): string | undefined {
  const documents = tryDocuments(patch);
  // Text with variables becomes YAML only after the substitution that an outer Kustomization does.
  if (documents === undefined) return patch.includes('${') ? undefined : 'is not YAML';
  if (documents.length === 0) return 'is empty';
  if (documents.length === 1 && Array.isArray(documents[0])) return operationsFault(documents[0], targeted);
  return documents.map(mergeFault).find((fault) => fault !== undefined);
}

function operationsFault(operations: readonly unknown[], targeted: boolean): string | undefined {
  if (!targeted) return 'is a list of operations (JSON 6902), which needs a target';
  for (const [index, operation] of operations.entries()) {
    if (!isObject(operation)) return `has no operation at [${index}]`;
    if (!OPERATIONS.has(operation['op'])) {
      return `has no operation ${JSON.stringify(operation['op'])} (at [${index}]): use ${[...OPERATIONS].join(', ')}`;
    }
    if (typeof operation['path'] !== 'string' || !/^(\/|$)/.test(operation['path'])) {
      return `has no JSON pointer in path at [${index}]: it starts with a slash`;
    }
  }
  return undefined;
}

function mergeFault(document: unknown): string | undefined {
  if (!isObject(document)) return 'is neither an object nor a list of operations';
  const metadata = document['metadata'];
  if (!isText(document['kind'])) return 'has no kind: a merge patch has one even where a target selects the objects';
  if (!isObject(metadata) || !isText(metadata['name'])) {
    return 'has no metadata.name: a merge patch has one even where a target selects the objects';
  }
  return undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function tryDocuments(text: string): unknown[] | undefined {
  // Loaded on first use: few manifests hold patches.
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  try {
    const documents = [...parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false })];
    if (documents.some(({ errors }) => errors.length > 0)) return undefined;
    return documents.map((document) => document.toJS({ maxAliasCount: 100 })).filter((value) => value !== null);
  } catch {
    return undefined;
  }
}
