/**
 * An environment: a name that is a directory, a typed configuration, a cluster, a place in the order of promotion.
 * Its law: what differs between environments is in `config`, so a missing value is a compile error.
 */
import { Construct } from 'constructs';
import { GitOpsError, type Issue } from '../kernel/issue';
import { sourceLine } from './source-line';

/** Where an environment's objects go, as Argo CD addresses it: by the API server's URL or by the registered name. */
export interface Cluster {
  /** The API server's URL: `https://kubernetes.default.svc`. Not together with `name`. */
  readonly server?: string;
  /** The name under which the cluster is registered. Not together with `server`. */
  readonly name?: string;
}

interface EnvironmentOptions {
  /**
   * The cluster that runs it. Two environments with equal clusters share one: the same object in both is refused.
   * @default - a cluster of its own; Argo CD delivery needs it said
   */
  readonly cluster?: Cluster;
  /** The environment, or environments, that a change passes before this one. @default - none: changes may start here */
  readonly after?: Environment | readonly Environment[];
  /** Marks what needs care: policies and deliveries may ask for it. @default false */
  readonly production?: boolean;
}

/** `config` may be left out only when the app declares no configuration. */
export type EnvironmentProps<C> = EnvironmentOptions &
  (undefined extends C ? { readonly config?: C } : { readonly config: C });

export class Environment<C = unknown> extends Construct {
  /** The directory and the suffix of names: `prod`. */
  readonly name: string;
  readonly config: C;
  readonly cluster: Cluster | undefined;
  readonly production: boolean;
  /** What a change passes first; empty for the first environment. */
  readonly after: readonly Environment[];

  /** Use `app.environment(name, props)`. */
  constructor(scope: Construct, name: string, props: EnvironmentProps<C>) {
    refuseBadEnvironment(scope, name, props);
    super(scope, name);
    this.name = name;
    this.config = props.config as C;
    this.cluster = props.cluster;
    this.production = props.production ?? false;
    this.after = props.after === undefined ? [] : [props.after].flat();
  }
}

/** Identifies the cluster an environment's objects reach; environments without a cluster have one each. */
export function clusterKey({ cluster, name }: Pick<Environment, 'cluster' | 'name'>): string {
  if (cluster?.server !== undefined) return `server ${cluster.server.replace(/\/+$/, '')}`;
  return cluster?.name === undefined ? `environment ${name}` : `name ${cluster.name}`;
}

function refuseBadEnvironment(scope: Construct, name: unknown, props: EnvironmentOptions): void {
  const issues: Issue[] = [];
  const say = (code: string, message: string, fix: string) =>
    issues.push({ code, severity: 'error', at: { construct: String(name) }, message, fix });
  if (typeof name !== 'string' || name.length > 63 || !/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    say(
      'environment-name',
      `${shown(name)} cannot name an environment: it becomes a directory and part of object names`,
      'use lower-case letters, digits and inner dashes, 63 at most: prod, eu-west-1',
    );
  } else if (scope.node.tryFindChild(name) !== undefined) {
    say(
      'environment-duplicate',
      `there is already an environment or chart '${name}'`,
      'give each environment its own name',
    );
  }
  if (props.cluster?.server !== undefined && props.cluster.name !== undefined) {
    say('environment-cluster', 'cluster has both server and name', 'keep one: Argo CD refuses a destination with both');
  }
  for (const before of props.after === undefined ? [] : [props.after].flat()) {
    if (before instanceof Environment && before.node.scope === scope) continue;
    say(
      'environment-after',
      `after holds ${before instanceof Environment ? `'${before.name}' of another app` : shown(before)}`,
      'pass the object that app.environment() returned for an earlier environment',
    );
  }
  if (issues.length > 0) {
    const source = sourceLine();
    throw new GitOpsError(issues.map((issue) => ({ ...issue, at: { ...issue.at, source } })));
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `a ${value === null ? 'null' : typeof value}`;
}
