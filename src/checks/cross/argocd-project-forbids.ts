/** Applications against their AppProjects. */
import type { ProjectCluster } from '../../argocd/project/matching';
import { type Refused, refusals } from '../../argocd/project/permits';
import { type FieldPath, formatPath } from '../../kernel/issue';
import { type DeepPartial, isObject, valueAt } from '../../kernel/manifest';
import type { AppProject } from '../../schema/generated/argo-cd';
import { type ApplicationView, applicationsIn, GROUP } from './applications';
import { defineCheck } from './check';
import { secretsIn, textOf } from './secrets';
import { type Entry, isOpen, type Store } from './store';

const sample = (destination: string) => `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: shop, namespace: argocd }
spec:
  sourceRepos: [https://github.com/acme/deploy.git]
  destinations: [{ server: https://kubernetes.default.svc, namespace: shop }]
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: checkout, namespace: argocd }
spec:
  project: shop
  source: { repoURL: https://github.com/acme/deploy.git, path: prod/checkout, targetRevision: main }
  destination: { server: https://kubernetes.default.svc, namespace: ${destination} }
`;

export const projectForbids = defineCheck({
  code: 'argocd-project-forbids',
  severity: 'error',
  kinds: ['Application', 'ApplicationSet', 'AppProject'],
  summary: 'An Application uses what its AppProject does not permit: a repository, a destination, its own namespace.',
  why: 'The API server accepts both objects; the controller then marks the Application with InvalidSpecError and syncs nothing (AC-18, AC-19, AC-22; argo-cd util/argo/argo.go, ValidatePermissions; pkg/apis/application/v1alpha1/app_project_types.go).',
  fix: 'permit it in the AppProject, or change the Application',
  wrong: sample('payments'),
  right: sample('shop'),
  run(store, report) {
    if (store.all(GROUP, 'AppProject').length === 0) return;
    const clusters = knownClusters(store);
    for (const [entry, found] of byEntry(applicationsIn(store), store, clusters)) {
      for (const { refused, project, path, count } of found.values()) {
        const more = count > 1 ? `, and ${count - 1} more Applications of the set` : '';
        report(entry, path, `${refused.reason}; the project is ${project}${more}`, fixOf(refused.path), project);
      }
    }
  },
});

interface RefusedBy {
  readonly refused: Refused;
  readonly project: Entry;
}

interface Found extends RefusedBy {
  readonly path: FieldPath;
  count: number;
}

/** By object and field: the Applications of a set are often refused for one and the same reason. */
function byEntry(
  views: Iterable<ApplicationView>,
  store: Store,
  clusters: readonly KnownCluster[],
): ReadonlyMap<Entry, ReadonlyMap<string, Found>> {
  const all = new Map<Entry, Map<string, Found>>();
  for (const view of views) {
    for (const refusedBy of refusalsOf(view, store, clusters)) {
      const path = view.at(refusedBy.refused.path);
      const found = all.get(view.entry) ?? new Map<string, Found>();
      const first = found.get(formatPath(path));
      if (first === undefined) found.set(formatPath(path), { ...refusedBy, path, count: 1 });
      else first.count++;
      all.set(view.entry, found);
    }
  }
  return all;
}

/** What every AppProject refuses that may be the Application's: files may hold one for each cluster. */
function refusalsOf(view: ApplicationView, store: Store, clusters: readonly KnownCluster[]): readonly RefusedBy[] {
  const { entry, application } = view;
  const name = application.spec?.project || 'default';
  if (application.spec === undefined || isOpen(name)) return [];
  const projects = store.named(GROUP, 'AppProject', name).filter((project) => store.areTogether(project, entry));
  const found = projects.map((project) => judged(view, project, store, clusters));
  return found.every((refused) => refused.length > 0) ? (found[0] ?? []) : [];
}

function judged(
  { application, entry }: ApplicationView,
  project: Entry,
  store: Store,
  clusters: readonly KnownCluster[],
): RefusedBy[] {
  const options = {
    clusters: clusterOf(application.spec?.destination, entry, store, clusters),
    // The project is where Argo CD is; where nobody says, nothing can be said of the Application's namespace.
    controllerNamespace: project.namespace || application.metadata?.namespace,
  };
  const found = refusals(project.manifest as DeepPartial<AppProject>, application, options);
  if (found.length === 0 || isOpen(project.raw['spec'])) return [];
  const inherits = found.some(isInheritable) && hasGlobalProjects(store, project);
  return found
    .filter((refused) => refused.undecided !== true && !isOpen(valueAt(application, refused.path)))
    .filter((refused) => !inherits || !isInheritable(refused))
    .map((refused) => ({ refused, project }));
}

/** Global projects lend repositories and destinations to the projects that their selectors match. */
function hasGlobalProjects(store: Store, project: Entry): boolean {
  return store.named('', 'ConfigMap', 'argocd-cm').some((entry) => {
    const { data } = entry.raw;
    return store.areTogether(entry, project) && isObject(data) && Boolean(data['globalProjects']);
  });
}

function isInheritable({ path }: Refused): boolean {
  return path[0] === 'spec';
}

interface KnownCluster {
  readonly entry: Entry;
  readonly cluster: Required<ProjectCluster>;
}

/** The clusters of the set whose Secrets say everything that a project can ask. */
function knownClusters(store: Store): readonly KnownCluster[] {
  const found: KnownCluster[] = [];
  for (const { entry, secret } of secretsIn(store, ['cluster'])) {
    const [server, name, project] = ['server', 'name', 'project'].map((field) => textOf(secret, field));
    if (!server || name === undefined || project === undefined) continue;
    found.push({ entry, cluster: { server, name, project } });
  }
  return found;
}

/** The one cluster of the set that the destination can mean; undefined where there is none, or one of several. */
function clusterOf(
  destination: { readonly server?: string | undefined; readonly name?: string | undefined } | undefined,
  entry: Entry,
  store: Store,
  clusters: readonly KnownCluster[],
): readonly ProjectCluster[] | undefined {
  const server = destination?.server?.replace(/\/+$/, '');
  const found = clusters.filter(
    ({ entry: other, cluster }) =>
      (server ? cluster.server.replace(/\/+$/, '') === server : cluster.name === destination?.name) &&
      store.areTogether(other, entry),
  );
  return found.length === 1 ? [found[0]!.cluster] : undefined;
}

function fixOf(path: FieldPath): string {
  if (path[0] === 'metadata')
    return "add the namespace to the project's spec.sourceNamespaces, or move the Application";
  const isSource = path.at(-1) === 'repoURL';
  return isSource
    ? "add the repository to the project's spec.sourceRepos, or use one that it permits"
    : "add the destination to the project's spec.destinations, or use one that it permits";
}
