/** The inputs as generators read them: clusters as Argo CD knows them, repositories with what was read of them. */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { Manifest } from '../../kernel/manifest';
import type { ClusterEntry, FileTree, RenderInputs, RepositoryTree } from './inputs';
import { Refusal } from './refusal';

const SECRET_TYPE = 'argocd.argoproj.io/secret-type';
export const LOCAL_SERVER = 'https://kubernetes.default.svc';
export const LOCAL_NAME = 'in-cluster';

/** A cluster Secret's contents. */
export interface Cluster {
  readonly name: string;
  readonly server: string;
  readonly project: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A repository at a revision, listed once and read once a file. */
export class Checkout {
  private readonly texts = new Map<string, string>();
  private listed: readonly string[] | undefined;

  constructor(private readonly tree: FileTree) {}

  get files(): readonly string[] {
    return this.tree.paths;
  }

  /** As a walk of the checkout gives them: parents first, hidden ones left out. */
  get directories(): readonly string[] {
    this.listed ??= directoriesOf(this.tree.paths);
    return this.listed;
  }

  read(path: string): string {
    const known = this.texts.get(path);
    if (known !== undefined) return known;
    const text = this.tree.read(path);
    this.texts.set(path, text);
    return text;
  }
}

export class World {
  readonly answers: NonNullable<RenderInputs['answers']>;
  readonly fileGlobbing: 'greedy' | 'doublestar';
  /** By name: of two with one name the later counts. */
  readonly clusters: readonly Cluster[];
  private readonly repositories: readonly RepositoryTree[];
  private readonly checkouts = new Map<RepositoryTree, Checkout>();

  constructor({ answers = {}, fileGlobbing = 'greedy', clusters = [], repositories = [] }: RenderInputs) {
    this.answers = answers;
    this.fileGlobbing = fileGlobbing;
    this.clusters = clusters.flatMap(clusterOf);
    this.repositories = Array.isArray(repositories)
      ? repositories
      : Object.entries(repositories).map(([repoURL, files]) => ({ repoURL, files }) as RepositoryTree);
  }

  /** @throws Refusal when nobody gave the repository */
  checkout(url: string, revision: string, path: FieldPath): Checkout {
    const wanted = normalizedUrl(url);
    const trees = this.repositories.filter(({ repoURL }) => normalizedUrl(repoURL) === wanted);
    const tree = trees.find((one) => one.revision === revision) ?? trees.find((one) => one.revision === undefined);
    if (tree === undefined) throw missingRepository(url, revision, path);
    const known = this.checkouts.get(tree);
    if (known !== undefined) return known;
    const checkout = new Checkout(treeOf(tree.files));
    this.checkouts.set(tree, checkout);
    return checkout;
  }
}

function missingRepository(url: string, revision: string, path: FieldPath): Refusal {
  const message = `nobody gave the files of ${url} at revision ${revision || 'HEAD'}`;
  const fix = 'give them with `repositories`, or with --repo URL=DIR on the command line';
  return new Refusal('argocd-render-input', message, path, fix);
}

function treeOf(files: RepositoryTree['files']): FileTree {
  if (Array.isArray(files['paths']) && typeof files['read'] === 'function') return files as FileTree;
  const texts = files as Readonly<Record<string, string>>;
  return { paths: Object.keys(texts), read: (path) => texts[path]! };
}

/** Case, `.git` and a closing slash tell no two repositories apart. */
function normalizedUrl(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

function directoriesOf(paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    let end = path.indexOf('/');
    for (let start = 0; end > 0 && path[start] !== '.'; end = path.indexOf('/', end + 1)) {
      found.add(path.slice(0, end));
      start = end + 1;
    }
  }
  // A slash sorts before every other character, so that children follow their parents.
  const key = (path: string) => path.replaceAll('/', '\u0000');
  return [...found].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function clusterOf(given: ClusterEntry | Manifest): Cluster[] {
  if (!isSecret(given)) {
    const { name, server, project = '', labels, annotations = {} } = given;
    return [{ name, server, project, labels: { ...labels, [SECRET_TYPE]: 'cluster' }, annotations }];
  }
  const labels = textsOf(given.metadata?.labels);
  if (labels[SECRET_TYPE] !== 'cluster') return [];
  const data = secretData(given);
  const { name = '', server = '', project = '' } = data;
  return [{ name, server, project, labels, annotations: textsOf(given.metadata?.annotations) }];
}

function isSecret(given: ClusterEntry | Manifest): given is Manifest {
  return 'kind' in given && 'apiVersion' in given;
}

function secretData(secret: Manifest): Record<string, string> {
  const data = Object.entries(textsOf(secret['data'])).map(([key, value]) => [
    key,
    Buffer.from(value, 'base64').toString('utf8'),
  ]);
  return { ...Object.fromEntries(data), ...textsOf(secret['stringData']) };
}

function textsOf(value: unknown): Record<string, string> {
  if (!isPlainObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text ?? '')]));
}
