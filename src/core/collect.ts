/** Walks the construct tree once: which directories there are, and which objects each one holds. */
import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Issue } from '../kernel/issue';
import { groupOf, type Identity, type Manifest } from '../kernel/manifest';
import { manifestOf } from './manifest-of';
import { Resource } from './resource';
import { isClusterScoped } from './scope';

/** An object on its way to a file. */
export interface Collected {
  readonly construct: ApiObject;
  readonly manifest: Manifest;
  readonly identity: Identity;
}

/** A directory of the tree: an EnvironmentStack, or a plain chart that is in none. */
export interface Unit {
  readonly chart: Chart;
  /** The directory's name, in the directory of `root`: the chart's id, behind those of the constructs between. */
  readonly directory: string;
  readonly objects: readonly Collected[];
}

/** The charts below a construct that are in no other chart, in tree order. */
export function topCharts(root: IConstruct): Chart[] {
  const charts: Chart[] = [];
  const pending = [...root.node.children].reverse();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (Chart.isChart(node)) charts.push(node);
    else pending.push(...[...node.node.children].reverse());
  }
  return charts;
}

/** Collects a chart's objects; what constructs and `toJson()` complain of goes to `issues`. */
export function collectUnit(root: IConstruct, chart: Chart, customResolvers: boolean, issues: Issue[]): Unit {
  const directory = directoryOf(root, chart, issues);
  const objects: Collected[] = [];
  const pending: IConstruct[] = [chart];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    for (const message of node.node.validate()) issues.push(validationIssue(node, message));
    if (ApiObject.isApiObject(node)) {
      const collected = tryCollect(node, customResolvers, issues);
      if (collected !== undefined) objects.push(collected);
    }
    const { children } = node.node;
    for (let index = children.length - 1; index >= 0; index--) pending.push(children[index]!);
  }
  return { chart, directory, objects };
}

export function isSafeDirectory(directory: string): boolean {
  return /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(directory);
}

function directoryOf(root: IConstruct, chart: Chart, issues: Issue[]): string {
  const ids: string[] = [];
  for (let node: IConstruct | undefined = chart; node !== undefined && node !== root; node = node.node.scope) {
    ids.unshift(node.node.id);
  }
  const directory = ids.join('-');
  if (!isSafeDirectory(directory)) {
    issues.push({
      code: 'chart-directory',
      severity: 'error',
      at: { construct: chart.node.path },
      message: `the chart's id ${JSON.stringify(directory)} cannot be a directory`,
      fix: 'use an EnvironmentStack, or an id of letters, digits, dots and dashes',
    });
  }
  return directory;
}

function tryCollect(construct: ApiObject, customResolvers: boolean, issues: Issue[]): Collected | undefined {
  try {
    const manifest = Resource.isResource(construct)
      ? construct.manifest()
      : withoutDefaultNamespace(construct, manifestOf(construct, customResolvers));
    return { construct, manifest, identity: identityOf(manifest) };
  } catch (error) {
    issues.push({
      code: 'object-unrenderable',
      severity: 'error',
      at: { object: `${construct.kind}/${construct.name}`, construct: construct.node.path },
      message: `cdk8s cannot render it: ${reasonOf(error)}`,
      fix: 'give it plain data: text, numbers, booleans, lists, maps',
    });
    return undefined;
  }
}

/** cdk8s gives every object its chart's namespace, cluster-scoped ones too. */
function withoutDefaultNamespace(construct: ApiObject, manifest: Manifest): Manifest {
  const namespace = manifest.metadata?.namespace;
  if (namespace === undefined || namespace !== construct.chart.namespace) return manifest;
  if (!isClusterScoped(groupOf(manifest.apiVersion), manifest.kind)) return manifest;
  const { namespace: _, ...metadata } = manifest.metadata!;
  return { ...manifest, metadata };
}

function identityOf(manifest: Manifest): Identity {
  const { name = '', namespace } = manifest.metadata ?? {};
  return { group: groupOf(manifest.apiVersion), kind: manifest.kind, namespace, name };
}

function validationIssue(node: IConstruct, message: string): Issue {
  return {
    code: 'construct-validation',
    severity: 'error',
    at: { construct: node.node.path },
    message,
    fix: 'correct what the construct asks for',
  };
}

/** The last part of cdk8s's wrapped message: the reason without the stack. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .replace(/^Failed serializing.*?: (Error: )?/s, '')
    .split('\n')[0]!;
}
