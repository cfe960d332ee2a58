/**
 * Delivers every environment's stacks with Flux: a source, a Kustomization a stack, and a root Kustomization that
 * applies those from Git. Its laws: paths are those of the tree, stack order is `dependsOn`, and ready means healthy.
 */
import type { GitOpsApp } from '../core/app';
import { type DeliveredStack, Delivery, type DeliveryContext } from '../core/delivery';
import { clusterKey, type Environment } from '../core/environment';
import { RawResource } from '../core/raw-resource';
import { EnvironmentStack } from '../core/stack';
import type { DurationInput } from '../kernel/duration';
import { GitOpsError } from '../kernel/issue';
import { healthCheckExprsFor } from './delivery-health';
import { type DeliverySource, type MadeSource, makeSource } from './delivery-source';
import { Kustomization, type KustomizationProps } from './kustomization';

/** How Flux treats a stack: any prop of its Kustomization but the ones that the delivery derives. */
export type FluxSync = Partial<Omit<KustomizationProps, 'dependsOn' | 'metadata' | 'path' | 'sourceRef'>>;

export interface FluxDeliveryProps<C = unknown> {
  /** The namespace of Flux's objects: the one Flux watches from. @default 'flux-system' */
  readonly namespace?: string;
  /** How often Kustomizations apply what is there and undo drift. New commits do not wait for it. @default '10m' */
  readonly interval?: DurationInput;
  /**
   * How stacks are applied, environment by environment. The defaults: `prune: true`, `wait: true`,
   * `retryInterval: '2m'`, `timeout: '5m'`. With `suspend: true` nothing is applied until somebody runs
   * `flux resume kustomization <stack>-<environment>`; the root suspends it again at its next run.
   *
   * @default - the defaults, everywhere
   */
  readonly sync?: (environment: Environment<C>, stack: DeliveredStack) => FluxSync;
  /**
   * Where Flux reads the tree: `{ git }` refines the app's repository, `{ oci }` is an artifact that CI pushes,
   * `{ existing }` a source that is already there, such as the one of `flux bootstrap`.
   *
   * @default - a GitRepository of the app's repository and revision
   */
  readonly source?: DeliverySource | ((environment: Environment<C>) => DeliverySource);
  /**
   * Whether to make the namespaces of the stacks, which Flux would not. They stay when a stack goes. One that a stack
   * of the environment holds, and those of stacks for another cluster, are not made.
   *
   * @default true
   */
  readonly createNamespaces?: boolean;
}

/** A stack with what the user says of it. */
interface PlannedStack {
  readonly delivered: DeliveredStack;
  readonly sync: FluxSync;
}

export class FluxDelivery<C = unknown> extends Delivery {
  private readonly props: FluxDeliveryProps<C>;

  /** @param id the directory of Flux's objects in every environment */
  constructor(app: GitOpsApp<C>, id: string, props: FluxDeliveryProps<C> = {}) {
    super(app, id);
    this.props = props;
  }

  override deliver(context: DeliveryContext): EnvironmentStack {
    const { namespace = 'flux-system', interval = '10m', createNamespaces = true, source, sync } = this.props;
    const environment = context.environment as Environment<C>;
    const planned = context.stacks.map((delivered) => ({ delivered, sync: sync?.(environment, delivered) ?? {} }));
    refuseOtherClusters(context.environment, planned);
    const scope = new EnvironmentStack(context.environment, this.node.id, { namespace });
    const made = makeSource(scope, context, typeof source === 'function' ? source(environment) : source);
    if (createNamespaces) addNamespaces(scope, planned, namespace);
    for (const stack of planned) addStack(scope, stack, made, interval);
    new Kustomization(scope, environment.name, {
      interval,
      retryInterval: '2m',
      sourceRef: made.rootSourceRef,
      path: made.pathOf(context.path),
      prune: true,
    });
    return scope;
  }
}

function addStack(
  scope: EnvironmentStack,
  { delivered, sync }: PlannedStack,
  { sourceRef, pathOf }: MadeSource,
  interval: DurationInput,
): void {
  const { name } = scope.environment;
  const wait = sync.wait ?? (sync.healthChecks === undefined ? true : undefined);
  const gated = wait === true || (sync.healthChecks?.length ?? 0) > 0;
  const given = sync.healthCheckExprs;
  new Kustomization(scope, `${delivered.id}-${name}`, {
    retryInterval: '2m',
    timeout: '5m',
    ...sync,
    interval: sync.interval ?? interval,
    prune: sync.prune ?? true,
    wait,
    healthCheckExprs: gated ? healthCheckExprsFor(delivered.objects, given) : given,
    sourceRef,
    path: pathOf(delivered.path),
    dependsOn:
      delivered.dependsOn.length === 0 ? undefined : delivered.dependsOn.map((id) => ({ name: `${id}-${name}` })),
  });
}

/** Namespaces that every cluster has. */
const BUILT_IN: ReadonlySet<string> = new Set(['default', 'kube-node-lease', 'kube-public', 'kube-system']);

function addNamespaces(scope: EnvironmentStack, planned: readonly PlannedStack[], own: string): void {
  const held = new Set<string>();
  for (const { delivered } of planned) {
    for (const { group, kind, name } of delivered.objects) if (group === '' && kind === 'Namespace') held.add(name);
  }
  for (const { delivered, sync } of planned) {
    const { namespace } = delivered;
    if (namespace === undefined || namespace === own || BUILT_IN.has(namespace) || held.has(namespace)) continue;
    if (sync.kubeConfig !== undefined) continue;
    held.add(namespace);
    new RawResource(scope, `namespace-${namespace}`, {
      apiVersion: 'v1',
      kind: 'Namespace',
      // Deleting a namespace deletes what others put there.
      metadata: { name: namespace, annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } },
    });
  }
}

/** Flux applies to its own cluster, unless a kubeConfig says another. */
function refuseOtherClusters(environment: Environment, planned: readonly PlannedStack[]): void {
  const issues = planned.flatMap(({ delivered: { stack }, sync }) => {
    if (!EnvironmentStack.isEnvironmentStack(stack) || stack.cluster === undefined) return [];
    const own = { cluster: stack.cluster, name: environment.name };
    if (sync.kubeConfig !== undefined || clusterKey(own) === clusterKey(environment)) return [];
    return {
      code: 'stack-cluster',
      severity: 'error',
      at: { construct: stack.node.path },
      message: `is for another cluster (${clusterKey(own)}) than its environment (${clusterKey(environment)}), where Flux would apply it`,
      fix: "return a kubeConfig for it from the delivery's sync, or leave its cluster out",
    } as const;
  });
  if (issues.length > 0) throw new GitOpsError(issues);
}
