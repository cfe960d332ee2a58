/**
 * Rollout: a Deployment that replaces its pods by a strategy. Its law: the selector always selects the pods of the
 * template, and comes from the name alone, since it can never change.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/specification/
 */
import { Chart } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { defineKind } from '../core/kind';
import { nameFromPath } from '../core/names';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { sourceLine } from '../core/source-line';
import { unwaived } from '../core/waiver';
import { formatPath, type Issue, throwIfErrors } from '../kernel/issue';
import { objectLabel } from '../kernel/manifest';
import type {
  Rollout as RolloutManifest,
  RolloutSpec,
  RolloutSpecTemplateSpec,
  RolloutSpecTemplateSpecContainers,
  RolloutSpecWorkloadRef,
} from '../schema/generated/argo-rollouts';
import { blueGreenRules } from './blue-green-rules';
import { canaryRules } from './canary-rules';
import { rolloutAnalysisRules } from './rollout-analysis-rules';
import { rolloutRules } from './rollout-rules';
import { stepRules } from './step-rules';
import { checkTemplates } from './template-checks';

export interface ContainerProps extends Omit<RolloutSpecTemplateSpecContainers, 'name'> {
  /** @default - the Rollout's name, for the first container; the others need one */
  readonly name?: string;
  /** `registry/name:tag`, best with a tag or digest that is never moved. */
  readonly image: string;
  /** The port it listens on; short for `ports: [{ containerPort }]`. @default - none */
  readonly port?: number;
}

export interface RolloutBaseProps extends ResourceProps, Omit<RolloutSpec, 'selector' | 'template' | 'workloadRef'> {
  /** How new pods replace old ones: `canary({ … })`, `blueGreen({ … })`, or upstream's own object. */
  readonly strategy: NonNullable<RolloutSpec['strategy']>;
  /** How many pods. Leave it out when an autoscaler decides. @default 1 */
  readonly replicas?: number;
  /** Seconds that a pod must be ready before it counts. @default 0 */
  readonly minReadySeconds?: number;
  /** Seconds without progress after which the rollout has failed; more than `minReadySeconds`. @default 600 */
  readonly progressDeadlineSeconds?: number;
  /** Old versions that are kept. @default 10 */
  readonly revisionHistoryLimit?: number;
}

/** Pods from containers: template and selector are made of them. */
export interface RolloutFromContainers extends RolloutBaseProps {
  readonly containers: readonly ContainerProps[];
  /** Labels of the pods, beside `app.kubernetes.io/name`. @default - none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Annotations of the pods. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
  /** The rest of the pods' spec: volumes, service account, init containers. @default - none */
  readonly pod?: Omit<RolloutSpecTemplateSpec, 'containers'>;
  /** For a Rollout that is live with another selector, which cannot change. @default - `app.kubernetes.io/name: <name>` */
  readonly selector?: RolloutSpec['selector'];
  readonly template?: never;
  readonly workloadRef?: never;
}

/** Pods as upstream says them. */
export interface RolloutFromTemplate extends RolloutBaseProps {
  readonly template: NonNullable<RolloutSpec['template']>;
  readonly selector: NonNullable<RolloutSpec['selector']>;
  readonly workloadRef?: never;
  readonly containers?: never;
}

export interface WorkloadRef extends RolloutSpecWorkloadRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** What becomes of the workload's own pods. @default 'never' */
  readonly scaleDown?: 'never' | 'onsuccess' | 'progressively';
}

/** Pods of a Deployment or another workload. */
export interface RolloutFromWorkload extends RolloutBaseProps {
  /** The workload as a construct, or upstream's reference. */
  readonly workloadRef: WorkloadRef | WorkloadConstruct;
  readonly template?: never;
  readonly selector?: RolloutSpec['selector'];
  readonly containers?: never;
}

/** A Deployment of cdk8s or cdk8s-plus. */
export interface WorkloadConstruct extends IConstruct {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export type RolloutProps = RolloutFromContainers | RolloutFromTemplate | RolloutFromWorkload;

export const rolloutKind = defineKind<RolloutManifest>({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  rules: [...rolloutRules, ...blueGreenRules, ...canaryRules, ...stepRules, ...rolloutAnalysisRules],
});

/** The label that tells the pods of one Rollout from others. */
const NAME_LABEL = 'app.kubernetes.io/name';

export class Rollout extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make, and of its analysis templates */
  constructor(scope: Construct, id: string, props: RolloutProps) {
    const [common, spec] = splitProps<RolloutProps>(props);
    const name = props.metadata?.name ?? nameFor(scope, id);
    super(scope, id, rolloutKind, common, { spec: shape(spec as SpecProps, name) });
    this.refuseTemplates();
  }

  private refuseTemplates(): void {
    const findings = checkTemplates(this.currentBody['spec'] as RolloutSpec, this.namespace);
    if (findings.length === 0) return;
    const at = { object: objectLabel(this.manifest()), construct: this.node.path, source: sourceLine() };
    const issues = findings.map(
      ({ code, path, message, fix }): Issue => ({
        code,
        severity: 'error',
        at: { ...at, path: formatPath(['spec', ...path]) },
        message,
        fix,
      }),
    );
    throwIfErrors(unwaived(this, issues));
  }
}

/** What the object will be called in a stack: known before the object is. */
function nameFor(scope: Construct, id: string): string {
  return nameFromPath(Chart.of(scope), { node: { id, scope } } as unknown as IConstruct);
}

type SpecProps = Omit<RolloutSpec, 'workloadRef'> &
  Partial<Pick<RolloutFromContainers, 'containers' | 'podLabels' | 'podAnnotations' | 'pod'>> &
  Pick<Partial<RolloutFromWorkload>, 'workloadRef'>;

function shape(props: SpecProps, name: string): Readonly<Record<string, unknown>> {
  const { workloadRef, ...rest } = props;
  const spec = workloadRef === undefined ? rest : { ...rest, workloadRef: workload(workloadRef) };
  // Beside a template, `containers` stays where it is, for the schema to refuse.
  return props.containers === undefined || props.template !== undefined ? spec : fromContainers(spec, name);
}

function fromContainers(props: Omit<SpecProps, 'workloadRef'>, name: string): Readonly<Record<string, unknown>> {
  const { containers = [], podLabels, podAnnotations, pod, selector, ...spec } = props;
  const labels = { [NAME_LABEL]: name, ...podLabels };
  const metadata = podAnnotations === undefined ? { labels } : { labels, annotations: podAnnotations };
  return {
    ...spec,
    selector: selector ?? { matchLabels: { [NAME_LABEL]: labels[NAME_LABEL]! } },
    template: { metadata, spec: { ...pod, containers: containers.map((each, index) => container(each, index, name)) } },
  };
}

function container({ port, ...given }: ContainerProps, index: number, name: string): object {
  const named = given.name === undefined && index === 0 ? { name: name.replaceAll('.', '-'), ...given } : given;
  return port === undefined ? named : { ...named, ports: [...(given.ports ?? []), { containerPort: port }] };
}

function workload(ref: WorkloadRef | WorkloadConstruct): RolloutSpecWorkloadRef {
  if (!Construct.isConstruct(ref)) return ref as WorkloadRef;
  const { apiVersion, kind, name } = ref as WorkloadConstruct;
  return { apiVersion, kind, name };
}
