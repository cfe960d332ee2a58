/**
 * From constructs to files: one walk per environment, checks, then text into a sink. Its laws: work grows linearly with
 * objects, an environment's memory is free before the next one is built, and nothing is decided here about the disk.
 */
import { isAbsolute, relative, resolve } from 'node:path';
import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Issue, throwIfErrors } from '../kernel/issue';
import { NotJsonError } from '../kernel/json';
import type { Repository } from './app';
import { checkManifest } from './check-manifest';
import { type Collected, collectUnit, isSafeDirectory, topCharts, type Unit } from './collect';
import { type DeliveredStack, Delivery } from './delivery';
import { CommentError, emit } from './emit';
import { clusterKey, Environment } from './environment';
import { IdentityIndex } from './identities';
import type { KindLookup } from './kind';
import { isSafePath, kustomization, type Layout, objectPath } from './layout';
import { topologicalOrder } from './order';
import { originOf, Resource } from './resource';
import type { SetChecks } from './set-checks';
import { EnvironmentStack } from './stack';
import {
  collisionIssues,
  cycleIssue,
  directoryIssue,
  emitIssues,
  repositoryIssue,
  repositoryPathIssue,
  unsafePathIssue,
} from './synth-issues';
import { unwaived } from './waiver';

export type { Layout };

/** Where the tree goes: the disk, or memory. */
export interface Sink {
  /** Begins a top-level directory; each is begun once. */
  beginSegment(name: string): void;
  put(path: string, text: string, construct: string): void;
  endSegment(): void;
}

/** What synthesis needs of a GitOpsApp, whatever its configuration's type. */
export interface Program extends IConstruct {
  readonly outdir: string;
  readonly layout: Layout;
  readonly repository: Repository | undefined;
  readonly environments: readonly Environment[];
  readonly kindLookup: KindLookup;
  readonly setChecks: SetChecks;
  build(environment: Environment): void;
}

/**
 * Puts the tree of an app into a sink.
 *
 * @param only the environments to build; all when absent
 * @returns every issue found; the sink's content is to be thrown away when one is an error
 */
export function synthesise(app: Program, sink: Sink, only?: readonly string[]): Issue[] {
  return new Synthesis(app, sink).run(only);
}

class Synthesis {
  private readonly issues: Issue[] = [];
  private readonly identities: IdentityIndex;
  private readonly deliveries: readonly Delivery[];
  private readonly customResolvers: boolean;
  private readonly findKind: KindLookup;
  private readonly setChecks: SetChecks;
  /** What is judged together, by the cluster it reaches. */
  private readonly sets = new Map<string, Collected[]>();

  constructor(
    private readonly app: Program,
    private readonly sink: Sink,
  ) {
    this.findKind = app.kindLookup;
    this.setChecks = app.setChecks;
    this.identities = new IdentityIndex(app.environments.map(clusterKey));
    this.deliveries = app.node.children.filter((child): child is Delivery => child instanceof Delivery);
    // cdk8s has three resolvers of its own; more means that the user's may replace any value.
    this.customResolvers = (app as unknown as { resolvers: readonly unknown[] }).resolvers.length > 3;
  }

  run(only: readonly string[] | undefined): Issue[] {
    this.refuseUnknown(only);
    for (const environment of this.app.environments) {
      if (only === undefined || only.includes(environment.name)) this.synthEnvironment(environment);
    }
    if (only === undefined) this.synthLooseCharts();
    return this.issues;
  }

  private refuseUnknown(only: readonly string[] = []): void {
    const names = this.app.environments.map(({ name }) => name);
    throwIfErrors(
      only
        .filter((name) => !names.includes(name))
        .map((name) => ({
          code: 'environment-unknown',
          severity: 'error',
          at: {},
          message: `the app has no environment '${name}'`,
          fix: names.length === 0 ? 'declare it with app.environment()' : `use one of ${names.join(', ')}`,
        })),
    );
  }

  private synthEnvironment(environment: Environment): void {
    const own = new Set(environment.node.children);
    const cluster = clusterKey(environment);
    this.app.build(environment);
    const units = this.collect(environment, topCharts(environment));
    this.putEnvironment(environment, [...units, ...this.deliver(environment, units)], cluster);
    this.checkSets();
    for (const child of environment.node.children) if (!own.has(child)) environment.node.tryRemoveChild(child.node.id);
    this.identities.close(cluster);
  }

  /** Plain charts beside the environments: cdk8s programs keep working while they move over. */
  private synthLooseCharts(): void {
    const charts = this.app.node.children
      .filter((child) => !(child instanceof Environment) && !(child instanceof Delivery))
      .flatMap((child) => (Chart.isChart(child) ? [child] : topCharts(child)));
    for (const unit of this.distinct(this.collect(this.app, charts))) {
      this.sink.beginSegment(unit.directory);
      this.putUnit(unit.directory, unit, `chart ${unit.directory}`);
      this.sink.endSegment();
    }
    this.checkSets();
  }

  private collect(root: IConstruct, charts: readonly Chart[]): Unit[] {
    return charts.map((chart) => collectUnit(root, chart, this.customResolvers, this.issues));
  }

  /** The units that can be written: with objects, each in a directory of its own. */
  private distinct(units: readonly Unit[]): Unit[] {
    const byDirectory = new Map<string, Unit>();
    for (const unit of units) {
      if (unit.objects.length === 0) continue;
      const first = byDirectory.get(unit.directory);
      if (first === undefined) byDirectory.set(unit.directory, unit);
      else this.issues.push(directoryIssue(first.chart, unit));
    }
    return [...byDirectory.values()].filter(({ directory }) => isSafeDirectory(directory));
  }

  private deliver(environment: Environment, units: readonly Unit[]): Unit[] {
    const { repository } = this.app;
    if (this.deliveries.length === 0) return [];
    if (repository === undefined) {
      this.issues.push(repositoryIssue(this.deliveries[0]!));
      return [];
    }
    const { url, revision = 'main' } = repository;
    const root = this.rootInRepository(repository);
    if (root === undefined) return [];
    const base = root === '' ? environment.name : `${root}/${environment.name}`;
    const stacks = this.deliveredStacks(base, units);
    const charts = this.deliveries.map((delivery) => {
      const context = {
        environment,
        repository: { url, revision, path: root },
        stacks,
        path: `${base}/${delivery.node.id}`,
      };
      return delivery.deliver(context);
    });
    return this.collect(environment, charts);
  }

  /** The output directory as a path in the repository, without slashes at its ends. */
  private rootInRepository({ path }: Repository): string | undefined {
    const given = path ?? relative(process.cwd(), resolve(this.app.outdir));
    const steps = given.split('/').filter((step) => step !== '' && step !== '.');
    if (!steps.includes('..') && !isAbsolute(given)) return steps.join('/');
    this.issues.push(repositoryPathIssue(given, path !== undefined));
    return undefined;
  }

  private deliveredStacks(base: string, units: readonly Unit[]): DeliveredStack[] {
    const byChart = new Map(units.map((unit) => [unit.chart, unit]));
    const ordered = topologicalOrder([...byChart.keys()], dependenciesOf);
    if ('cycle' in ordered) {
      this.issues.push(cycleIssue(ordered.cycle));
      return [];
    }
    const effective = new Map<Chart, readonly Chart[]>();
    return ordered.order.flatMap((chart) => {
      const { objects, directory } = byChart.get(chart)!;
      // What waits for a stack without objects waits for what that one waits for.
      const after = dependenciesOf(chart).flatMap((other) =>
        byChart.get(other)!.objects.length > 0 ? [other] : effective.get(other)!,
      );
      effective.set(chart, after);
      if (objects.length === 0) return [];
      return {
        id: directory,
        path: `${base}/${directory}`,
        stack: chart,
        namespace: chart.namespace,
        objects: objects.map(({ identity }) => identity),
        dependsOn: [...new Set(after.map((other) => byChart.get(other)!.directory))],
        wave: ordered.depth.get(chart)!,
      };
    });
  }

  /** An environment's directory: one sub-directory a stack, and the index over them. */
  private putEnvironment(environment: Environment, units: readonly Unit[], environmentCluster: string): void {
    const { name } = environment;
    const written = this.distinct(units);
    this.sink.beginSegment(name);
    for (const unit of written) {
      const { chart, directory } = unit;
      const own = EnvironmentStack.isEnvironmentStack(chart) ? chart.cluster : undefined;
      const cluster = own === undefined ? environmentCluster : clusterKey({ cluster: own, name });
      if (own !== undefined) this.identities.keep(cluster);
      this.putUnit(`${name}/${directory}`, unit, cluster);
    }
    if (written.length > 0) {
      const directories = written.map(({ directory }) => directory);
      this.sink.put(`${name}/kustomization.yaml`, kustomization(directories), environment.node.path);
    }
    this.sink.endSegment();
  }

  private putUnit(directory: string, unit: Unit, cluster: string): void {
    const { chart } = unit;
    const files = new Map<string, Collected>();
    for (const object of unit.objects) {
      this.check(object);
      this.keepForSet(cluster, object);
      this.identities.add(cluster, object.identity, object.construct, this.issues);
      const path = objectPath(object.identity, chart.namespace);
      const first = files.get(path);
      if (!isSafePath(path)) this.issues.push(unsafePathIssue(object, path));
      else if (first !== undefined) this.issues.push(...collisionIssues(`${directory}/${path}`, first, object));
      else files.set(path, object);
    }
    if (this.app.layout === 'file-per-stack') this.putTogether(directory, chart, files);
    else this.putEach(directory, chart, files);
  }

  private putEach(directory: string, chart: Chart, files: ReadonlyMap<string, Collected>): void {
    for (const [path, object] of files) {
      this.sink.put(`${directory}/${path}`, this.text(object), object.construct.node.path);
    }
    if (files.size > 0)
      this.sink.put(`${directory}/kustomization.yaml`, kustomization([...files.keys()]), chart.node.path);
  }

  private putTogether(directory: string, chart: Chart, files: ReadonlyMap<string, Collected>): void {
    if (files.size === 0) return;
    const file = `${chart.node.id}.yaml`;
    const texts = [...files.keys()].sort().map((path) => this.text(files.get(path)!));
    this.sink.put(`${directory}/${file}`, texts.join('---\n'), chart.node.path);
    this.sink.put(`${directory}/kustomization.yaml`, kustomization([file]), chart.node.path);
  }

  private check(object: Collected): void {
    const { construct, manifest, identity } = object;
    const resource = Resource.isResource(construct) ? construct : undefined;
    const kind = this.findKind(identity.group, identity.kind, manifest);
    const found = resource === undefined ? checkManifest(manifest, kind?.rules ?? []) : resource.findings(kind?.rules);
    if (found.length === 0) return;
    for (const issue of unwaived(construct, found)) {
      this.issues.push({ ...issue, at: { ...issue.at, ...originOf(construct) } });
    }
  }

  private keepForSet(cluster: string, object: Collected): void {
    const { group, kind } = object.identity;
    if (!this.setChecks.wants(group, kind, object.manifest)) return;
    const set = this.sets.get(cluster);
    if (set === undefined) this.sets.set(cluster, [object]);
    else set.push(object);
  }

  /** Judges together what reaches one cluster, and forgets it. */
  private checkSets(): void {
    for (const objects of this.sets.values()) {
      const members = objects.map(({ manifest, construct }) => ({ manifest, origin: construct.node.path }));
      for (const { member, issue } of this.setChecks.judge(members)) {
        const { construct } = objects[member]!;
        const found = unwaived(construct, [issue]);
        this.issues.push(...found.map((one) => ({ ...one, at: { ...one.at, ...originOf(construct) } })));
      }
    }
    this.sets.clear();
  }

  private text({ construct, manifest }: Collected): string {
    try {
      return emit(manifest, Resource.isResource(construct) ? { comments: construct.comments } : undefined);
    } catch (error) {
      if (!(error instanceof NotJsonError || error instanceof CommentError)) throw error;
      this.issues.push(...emitIssues(error, construct, manifest));
      return '';
    }
  }
}

function dependenciesOf(chart: Chart): readonly Chart[] {
  return EnvironmentStack.isEnvironmentStack(chart) ? chart.dependencies : [];
}
