/**
 * Delivers every environment's stacks with Argo CD: an AppProject, an Application a stack, and a root Application that
 * applies those from Git. Its laws: paths are those of the tree, the project permits what the stacks hold and no more,
 * and stack order is sync waves.
 *
 * The root is in the directory that it applies, so it changes itself from Git once it was applied by hand. Where there
 * are waves it is in the last one: a wave waits for the health of what is in it, and the root's health is that of all.
 */
import type { GitOpsApp } from '../core/app';
import { type DeliveredStack, Delivery, type DeliveryContext } from '../core/delivery';
import type { Cluster, Environment } from '../core/environment';
import { EnvironmentStack } from '../core/stack';
import { GitOpsError, type Issue } from '../kernel/issue';
import type { AppProjectSpec } from '../schema/generated/argo-cd';
import { AppProject } from './app-project';
import { Application, type CascadeDelete } from './application';
import type { ApplicationSpecProps } from './application-spec';
import { type DerivedProject, deriveProject } from './delivery-project';
import { automated, type SyncMode, type SyncOptions } from './sync';

/** One value for all, or one for each environment and stack. */
export type PerStack<C, T> = T | ((environment: Environment<C>, stack: DeliveredStack) => T);

/** What a delivered Application may say beyond what the delivery derives. */
export type DeliveredSpec = Pick<ApplicationSpecProps, 'ignoreDifferences' | 'info' | 'retry' | 'revisionHistoryLimit'>;

export interface ArgoCdDeliveryProps<C = unknown> {
  /** The name before the environment's: project and root are called `<project>-<environment>`. */
  readonly project: string;
  /** `automated({ prune: true, selfHeal: true })`, `manual()`, or a function of environment and stack. */
  readonly sync: PerStack<C, SyncMode>;
  /** Sync options of the Applications. @default - those that other props imply */
  readonly syncOptions?: PerStack<C, SyncOptions>;
  /** Whether Argo CD creates the namespace of a stack that has one. @default true */
  readonly createNamespace?: PerStack<C, boolean>;
  /** Labels of the Applications. @default - none */
  readonly labels?: PerStack<C, Readonly<Record<string, string>>>;
  /** Annotations of the Applications, for example notification subscriptions. @default - none; waves where stacks are ordered */
  readonly annotations?: PerStack<C, Readonly<Record<string, string>>>;
  /**
   * Whether a stack's objects are deleted when its Application is: that is what happens when the stack is removed from
   * the program. The root never has the finalizer.
   * @default false - the objects stay
   */
  readonly cascadeDelete?: PerStack<C, CascadeDelete>;
  /** Retries, ignored differences and the like. @default - none */
  readonly spec?: PerStack<C, DeliveredSpec>;
  /** Argo CD's namespace on the management cluster. @default 'argocd' */
  readonly namespace?: string;
  /** The management cluster, where Argo CD runs. @default { server: 'https://kubernetes.default.svc' } */
  readonly cluster?: Cluster;
  /** The AppProject of the root Application; it must permit Argo CD's own kinds and namespace. @default 'default' */
  readonly rootProject?: string;
  /** How the root syncs. @default automated({ prune: true, selfHeal: true }) */
  readonly rootSync?: SyncMode | ((environment: Environment<C>) => SyncMode);
  /** The root's name. @default - `<project>-<environment>` */
  readonly rootName?: (environment: Environment<C>) => string;
  /**
   * Namespaced kinds that the project permits beyond those that the stacks hold. Argo CD shows and offers logs only for
   * permitted kinds: `[{ group: 'apps', kind: 'ReplicaSet' }, { group: '', kind: 'Pod' }]`.
   * @default - none
   */
  readonly permit?: AppProjectSpec['namespaceResourceWhitelist'];
  /** Roles, sync windows and the like of the project. @default - none */
  readonly projectSpec?: (environment: Environment<C>) => Omit<AppProjectSpec, keyof DerivedProject>;
}

/** A stack with what its Application says. */
export interface PlannedApplication {
  readonly stack: DeliveredStack;
  readonly name: string;
  readonly cluster: Cluster;
  readonly createsNamespace: boolean;
  readonly syncOptions: SyncOptions;
}

const MANAGEMENT: Cluster = { server: 'https://kubernetes.default.svc' };

export class ArgoCdDelivery<C = unknown> extends Delivery {
  private readonly props: ArgoCdDeliveryProps<C>;

  /** @param id the directory of Argo CD's objects in every environment */
  constructor(app: GitOpsApp<C>, id: string, props: ArgoCdDeliveryProps<C>) {
    super(app, id);
    this.props = props;
  }

  /** @throws GitOpsError where a stack has no cluster, or the root would have the name of a stack's Application */
  override deliver(context: DeliveryContext): EnvironmentStack {
    const { namespace = 'argocd', cluster = MANAGEMENT, project, permit, projectSpec } = this.props;
    const environment = context.environment as Environment<C>;
    const scope = new EnvironmentStack(context.environment, this.node.id, { namespace, cluster });
    if (context.stacks.length === 0) return scope;
    const planned = this.plan(context);
    const ordered = context.stacks.some(({ dependsOn }) => dependsOn.length > 0);
    const name = `${project}-${environment.name}`;
    new AppProject(scope, 'project', {
      metadata: { name, annotations: waveOf(ordered, -1) },
      ...projectSpec?.(environment),
      ...deriveProject(context, planned, permit),
    });
    for (const application of planned) this.addApplication(scope, context, application, name, ordered);
    this.addRoot(scope, context, ordered);
    return scope;
  }

  private plan({ environment, stacks }: DeliveryContext): PlannedApplication[] {
    const root = this.rootName(environment as Environment<C>);
    const issues: Issue[] = [];
    const planned = stacks.flatMap((stack): PlannedApplication[] => {
      const cluster = clusterOf(stack) ?? environment.cluster;
      const name = `${stack.id}-${environment.name}`;
      if (cluster === undefined) issues.push(clusterMissing(environment, stack));
      if (name === root) issues.push(rootNameTaken(this.node.path, name, stack));
      if (cluster === undefined) return [];
      const syncOptions = {
        createNamespace: this.createsNamespace(environment, stack),
        ...this.of('syncOptions', environment, stack),
      };
      return [{ stack, name, cluster, syncOptions, createsNamespace: syncOptions.createNamespace === true }];
    });
    if (issues.length > 0) throw new GitOpsError(issues);
    return planned;
  }

  private createsNamespace(environment: Environment, stack: DeliveredStack): boolean {
    return stack.namespace !== undefined && (this.of('createNamespace', environment, stack) ?? true);
  }

  private addApplication(
    scope: EnvironmentStack,
    { environment, repository }: DeliveryContext,
    { stack, name, cluster, syncOptions }: PlannedApplication,
    project: string,
    ordered: boolean,
  ): void {
    new Application(scope, `application-${stack.id}`, {
      metadata: {
        name,
        labels: this.of('labels', environment, stack),
        annotations: { ...waveOf(ordered, stack.wave), ...this.of('annotations', environment, stack) },
      },
      ...this.of('spec', environment, stack),
      project,
      source: { repoURL: repository.url, targetRevision: repository.revision, path: stack.path },
      destination: { ...cluster, ...(stack.namespace !== undefined && { namespace: stack.namespace }) },
      sync: this.of('sync', environment, stack),
      syncOptions,
      cascadeDelete: this.of('cascadeDelete', environment, stack),
    });
  }

  private addRoot(
    scope: EnvironmentStack,
    { environment, repository, path, stacks }: DeliveryContext,
    ordered: boolean,
  ): void {
    const { namespace = 'argocd', cluster = MANAGEMENT, rootProject = 'default', rootSync } = this.props;
    const last = Math.max(...stacks.map(({ wave }) => wave)) + 1;
    const sync = typeof rootSync === 'function' ? rootSync(environment as Environment<C>) : rootSync;
    new Application(scope, 'root', {
      metadata: { name: this.rootName(environment as Environment<C>), annotations: waveOf(ordered, last) },
      project: rootProject,
      source: { repoURL: repository.url, targetRevision: repository.revision, path },
      destination: { ...cluster, namespace },
      sync: sync ?? automated({ prune: true, selfHeal: true }),
    });
  }

  private rootName(environment: Environment<C>): string {
    return this.props.rootName?.(environment) ?? `${this.props.project}-${environment.name}`;
  }

  /** A prop that may be one value or a function of environment and stack. */
  private of<K extends PerStackProp>(prop: K, environment: Environment, stack: DeliveredStack): Value<C, K> {
    const value: unknown = this.props[prop];
    return (typeof value === 'function' ? value(environment, stack) : value) as Value<C, K>;
  }
}

type PerStackProp = 'annotations' | 'cascadeDelete' | 'createNamespace' | 'labels' | 'spec' | 'sync' | 'syncOptions';
type Value<C, K extends PerStackProp> = Exclude<ArgoCdDeliveryProps<C>[K], (...given: never[]) => unknown>;

function clusterOf({ stack }: DeliveredStack): Cluster | undefined {
  return EnvironmentStack.isEnvironmentStack(stack) ? stack.cluster : undefined;
}

function waveOf(ordered: boolean, wave: number): Record<string, string> | undefined {
  return ordered ? { 'argocd.argoproj.io/sync-wave': String(wave) } : undefined;
}

function clusterMissing(environment: Environment, { stack }: DeliveredStack): Issue {
  return {
    code: 'argocd-delivery-cluster-missing',
    severity: 'error',
    at: { construct: stack.node.path },
    message: `Argo CD needs to know the cluster of ${environment.name}`,
    fix: `pass cluster: { server: 'https://…' } or { name: '…' } to app.environment('${environment.name}', …)`,
  };
}

function rootNameTaken(delivery: string, name: string, { stack }: DeliveredStack): Issue {
  return {
    code: 'argocd-delivery-root-name',
    severity: 'error',
    at: { construct: delivery },
    message: `the root Application would be called ${name}, as the one of the stack ${stack.node.path}`,
    fix: 'give the delivery another project, or a rootName: (env) => `root-${env.name}`',
  };
}
