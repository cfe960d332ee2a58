/**
 * An environment stack is a directory: what one team delivers together to one environment, with one default namespace.
 * Its law: names come from ids alone, so adding or removing a neighbour renames nothing.
 */
import { type ApiObject, Chart } from 'cdk8s';
import { GitOpsError } from '../kernel/issue';
import type { Cluster, Environment } from './environment';
import { nameFromPath } from './names';
import { sourceLine } from './source-line';

export interface EnvironmentStackProps {
  /**
   * The namespace of the stack's objects unless they say another. Not created: add a Namespace, or let the delivery.
   * @default - none: objects say their own, or get the one that applies them
   */
  readonly namespace?: string;
  /** The cluster the stack is delivered to, when it is not the environment's. @default - the environment's */
  readonly cluster?: Cluster;
  /** Labels that every object of the stack gets. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
}

export class EnvironmentStack<C = unknown> extends Chart {
  /** Whether a construct is an EnvironmentStack. */
  static isEnvironmentStack(value: unknown): value is EnvironmentStack {
    return Function.prototype[Symbol.hasInstance].call(EnvironmentStack, value);
  }

  /** cdk8s answers `instanceof` for any Chart; here it means the class again. */
  static override [Symbol.hasInstance](value: unknown): value is EnvironmentStack {
    // biome-ignore lint/complexity/noThisInStatic: `this` is the class that instanceof names
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  readonly environment: Environment<C>;
  /** The stack's own cluster; undefined when it is the environment's. */
  readonly cluster: Cluster | undefined;
  private readonly before = new Set<EnvironmentStack>();

  /**
   * @param environment the environment, which is also the construct's scope
   * @param id the directory below the environment's, and the stack's name in deliveries
   */
  constructor(environment: Environment<C>, id: string, props: EnvironmentStackProps = {}) {
    refuseBadId(environment, id);
    super(environment, id, { namespace: props.namespace, labels: props.labels, disableResourceNameHashes: true });
    this.environment = environment;
    this.cluster = props.cluster;
  }

  /**
   * Orders stacks of one environment: these are delivered, and healthy, before this one. Becomes Flux `dependsOn`, or
   * Argo CD sync waves.
   *
   * @throws GitOpsError `stack-depends-on` for a stack of another environment, or itself
   */
  dependsOn(...stacks: readonly EnvironmentStack[]): void {
    for (const stack of stacks) {
      if (stack !== (this as EnvironmentStack) && (stack.environment as Environment) === this.environment) {
        this.before.add(stack);
        continue;
      }
      throw new GitOpsError([
        {
          code: 'stack-depends-on',
          severity: 'error',
          at: { construct: this.node.path, source: sourceLine() },
          message: `${this.node.path} cannot depend on ${stack.node.path}: ${stack === (this as EnvironmentStack) ? 'it is itself' : 'it is in another environment'}`,
          fix: "order stacks within one environment; environments are ordered by their 'after'",
        },
      ]);
    }
  }

  /** The stacks that must be delivered before this one. */
  get dependencies(): readonly EnvironmentStack[] {
    return [...this.before];
  }

  /** @internal */
  override generateObjectName(object: ApiObject): string {
    return nameFromPath(this, object);
  }
}

function refuseBadId(environment: Environment, id: unknown): void {
  const good = typeof id === 'string' && id.length <= 63 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(id);
  if (good && environment.node.tryFindChild(id) === undefined) return;
  throw new GitOpsError([
    {
      code: good ? 'stack-duplicate' : 'stack-id',
      severity: 'error',
      at: { construct: environment.node.path, source: sourceLine() },
      message: good
        ? `${environment.name} already has a stack '${id}'`
        : `${typeof id === 'string' ? JSON.stringify(id.slice(0, 80)) : `a ${typeof id}`} cannot name a stack: it becomes one directory and part of object names`,
      fix: good
        ? 'give each stack of an environment its own id'
        : 'use lower-case letters, digits and inner dashes, 63 at most: checkout, cert-manager',
    },
  ]);
}
