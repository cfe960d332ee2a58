/** Applications that hydrate to one place. */
import { normalizeGitUrl } from '../../argocd/project/git-url';
import { isObject } from '../../kernel/manifest';
import { type ApplicationView, applicationsIn, GROUP } from './applications';
import { defineCheck } from './check';
import { Claims, isOpen, type Store } from './store';

const application = (name: string, path: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: shop
  sourceHydrator:
    drySource: { repoURL: https://github.com/acme/deploy.git, path: ${name}, targetRevision: main }
    syncSource: { targetBranch: environments/prod, path: ${path} }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`;

const sample = (path: string) => `${application('checkout', 'checkout')}---${application('payments', path)}`;

export const hydratorSameDestination = defineCheck({
  code: 'argocd-hydrator-same-destination',
  severity: 'error',
  kinds: ['Application', 'ApplicationSet'],
  summary: 'Two Applications hydrate to the same path of the same branch.',
  why: 'The hydrator compares the Applications that share a dry source and a branch and refuses both, "hydrator use the same destination", and with them all others of that branch; with different dry sources each overwrites what the other wrote (AC-23; argo-cd controller/hydrator/hydrator.go, validateApplications).',
  fix: 'give each Application a syncSource.path of its own',
  wrong: sample('checkout'),
  right: sample('payments'),
  run(store, report) {
    if (!hasHydrators(store)) return;
    const claims = new Claims(store);
    for (const view of applicationsIn(store)) {
      const place = placeOf(view);
      if (place === undefined) continue;
      const owner = `${view.entry.identity} ${view.application.metadata?.name}`;
      const other = claims.claim(place.key, view.entry, owner);
      if (other === undefined) continue;
      const path = view.at(['spec', 'sourceHydrator', 'syncSource', 'path']);
      report(view.entry, path, `app ${other} hydrator use the same destination: ${place.shown}`, undefined, other);
    }
  },
});

function hasHydrators(store: Store): boolean {
  const isOne = (spec: unknown) => isObject(spec) && spec['sourceHydrator'] !== undefined;
  return (
    store.all(GROUP, 'Application').some(({ raw }) => isOne(raw['spec'])) ||
    store.all(GROUP, 'ApplicationSet').some(({ raw }) => JSON.stringify(raw).includes('"sourceHydrator"'))
  );
}

/** Where an Application hydrates to; undefined where that is not known, or nowhere. */
function placeOf({ application }: ApplicationView): { readonly key: string; readonly shown: string } | undefined {
  const { drySource, syncSource, hydrateTo } = application.spec?.sourceHydrator ?? {};
  const url = syncSource?.repoURL || drySource?.repoURL;
  const branch = hydrateTo?.targetBranch || syncSource?.targetBranch;
  const path = syncSource?.path;
  if (!url || !branch || !path || isOpen([url, branch, path])) return undefined;
  const clean = path
    .split('/')
    .filter((step) => step !== '' && step !== '.')
    .join('/');
  return { key: JSON.stringify([normalizeGitUrl(url), branch, clean]), shown: `${path} of branch ${branch}` };
}
