/**
 * Applications wherever a set holds them: as objects, and as what an ApplicationSet makes. A set whose generators ask
 * nobody is rendered; of any other only the template is known, and in it what has no tags.
 */
import { renderApplicationSet } from '../../argocd/render';
import { templatesOf } from '../../argocd/rule-support';
import type { FieldPath } from '../../kernel/issue';
import { type DeepPartial, isObject, type Manifest } from '../../kernel/manifest';
import type { Application, ApplicationSet } from '../../schema/generated/argo-cd';
import type { Entry, Store } from './store';

export const GROUP = 'argoproj.io';

export interface ApplicationView {
  readonly entry: Entry;
  readonly application: DeepPartial<Application>;
  /** The way from the entry's root to a field of the Application. */
  at(path: FieldPath): FieldPath;
}

/** Every Application of a set that is known, as far as it is. */
export function* applicationsIn(store: Store): Iterable<ApplicationView> {
  for (const entry of store.all(GROUP, 'Application')) {
    yield { entry, application: entry.manifest as DeepPartial<Application>, at: (path) => path };
  }
  for (const entry of store.all(GROUP, 'ApplicationSet')) {
    const rendered = tryRendered(entry);
    for (const application of rendered ?? templateOf(entry)) yield { entry, application, at: inTemplate };
  }
}

const rendered = new WeakMap<Entry, readonly DeepPartial<Application>[]>();

/** What the controller makes of an ApplicationSet; undefined where that depends on clusters, repositories, services. */
export function tryRendered(entry: Entry): readonly DeepPartial<Application>[] | undefined {
  const known = rendered.get(entry);
  if (known !== undefined) return known;
  const { spec } = entry.raw;
  if (!isObject(spec) || !generatesAlone(spec['generators'])) return undefined;
  const { applications } = renderApplicationSet(entry.manifest);
  rendered.set(entry, applications as readonly DeepPartial<Application>[]);
  return applications as readonly DeepPartial<Application>[];
}

/** Whether generators are lists, or made of lists. */
function generatesAlone(generators: unknown): boolean {
  return Array.isArray(generators) && generators.every(isAlone);
}

function isAlone(generator: unknown): boolean {
  if (!isObject(generator)) return false;
  return Object.entries(generator).every(([kind, body]) => {
    if (kind === 'list' || kind === 'selector') return true;
    return (kind === 'matrix' || kind === 'merge') && isObject(body) && generatesAlone(body['generators']);
  });
}

/** The template as an Application, unless another part of the set changes it. */
function templateOf(entry: Entry): readonly DeepPartial<Application>[] {
  const [first] = templatesOf(entry.manifest as DeepPartial<ApplicationSet>);
  if (first === undefined || first.partial) return [];
  const { metadata, spec } = first.template as DeepPartial<Application>;
  const { namespace } = (entry.manifest as Manifest).metadata ?? {};
  return [{ metadata: { ...metadata, ...(namespace !== undefined && { namespace }) }, spec }];
}

function inTemplate(path: FieldPath): FieldPath {
  // The Applications of a set are in its own namespace.
  return path[0] === 'metadata' && path[1] === 'namespace' ? path : ['spec', 'template', ...path];
}
