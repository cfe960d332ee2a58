/** Applications of one name in one namespace that several objects make. */
import { isDeepStrictEqual } from 'node:util';
import type { DeepPartial } from '../../kernel/manifest';
import type { Application } from '../../schema/generated/argo-cd';
import { GROUP, tryRendered } from './applications';
import { defineCheck } from './check';
import { Claims, type Entry, type Store } from './store';

const TEMPLATE = `
      project: shop
      source: { repoURL: https://github.com/acme/deploy.git, path: checkout, targetRevision: main }
      destination: { server: https://kubernetes.default.svc, namespace: shop }
`;

const sample = (name: string) => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: checkout, namespace: argocd }
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators: [{ list: { elements: [{ cluster: dev }, { cluster: prod }] } }]
  template:
    metadata: { name: 'checkout-{{ .cluster }}' }
    spec: ${TEMPLATE}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: shop
  source: { repoURL: https://github.com/acme/deploy.git, path: legacy, targetRevision: main }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`;

export const appsetApplicationClash = defineCheck({
  code: 'argocd-appset-application-clash',
  severity: 'error',
  kinds: ['ApplicationSet', 'Application'],
  summary: 'An ApplicationSet makes an Application that another object is, or makes, too.',
  why: 'An Application that nobody owns is taken over: the controller overwrites its spec, and whoever wrote it overwrites it back; one that another ApplicationSet owns is an error, and stays as that one made it (AS-18; argo-cd applicationset/controllers/applicationset_controller.go, createOrUpdateInCluster).',
  fix: 'give one of them another name',
  wrong: sample('checkout-prod'),
  right: sample('checkout-legacy'),
  run(store, report) {
    const sets = store.all(GROUP, 'ApplicationSet');
    if (sets.length + store.all(GROUP, 'Application').length < 2) return;
    const claims = new Claims(store);
    for (const set of sets) {
      for (const [other, names] of clashesOf(set, store, claims)) {
        const more = names.length > 1 ? ` and ${names.length - 1} more` : '';
        const message = `Application '${names[0]}'${more} of namespace '${set.namespace}' is also that of ${other}`;
        report(set, ['spec', 'template', 'metadata', 'name'], message, undefined, other);
      }
    }
  },
});

/** The names that others have, by the other. */
function clashesOf(set: Entry, store: Store, claims: Claims): ReadonlyMap<Entry, readonly string[]> {
  const found = new Map<Entry, string[]>();
  for (const application of tryRendered(set) ?? []) {
    const { name } = application.metadata ?? {};
    if (name === undefined) continue;
    const other = claims.claim(`${set.namespace}/${name}`, set) ?? namesake(store, set, name, application);
    if (other !== undefined) found.set(other, [...(found.get(other) ?? []), name]);
  }
  return found;
}

/** The Application of that name which is none that the set itself once made. */
function namesake(store: Store, set: Entry, name: string, made: DeepPartial<Application>): Entry | undefined {
  return store.named(GROUP, 'Application', name).find((entry) => {
    if (entry.namespace !== set.namespace || !store.areTogether(entry, set)) return false;
    const { metadata, spec } = entry.manifest as DeepPartial<Application>;
    const isOwned = (metadata as { ownerReferences?: unknown } | undefined)?.ownerReferences !== undefined;
    return !isOwned && !isDeepStrictEqual(spec, made.spec);
  });
}
