/**
 * Flux Kustomization: applies a directory of a source to a cluster and keeps it applied. Not the file of the same name
 * that kustomize reads. Its laws: what `prune` means is always said, and a health gate is one of `wait` and
 * `healthChecks`.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
import type { Construct, IConstruct } from 'constructs';
import { defineKind } from '../core/kind';
import type { Patch } from '../core/patch';
import { Resource, type ResourceProps } from '../core/resource';
import { type DurationInput, goDuration } from '../kernel/duration';
import type { KustomizationSpec } from '../schema/generated/flux';
import type { GitRepository } from './git-repository';
import { kustomizationRules } from './kustomization-rules';
import type { OCIRepository } from './oci-repository';
import { each, fullRef, kindRef, type LocalName, localKindRef, nameRef, namespaceIn, withLocalRef } from './refs';

type Convenient =
  | 'decryption'
  | 'dependsOn'
  | 'healthChecks'
  | 'interval'
  | 'kubeConfig'
  | 'patches'
  | 'postBuild'
  | 'retryInterval'
  | 'sourceRef'
  | 'timeout';
type Decryption = NonNullable<KustomizationSpec['decryption']>;
type Dependency = NonNullable<KustomizationSpec['dependsOn']>[number];
type PostBuild = NonNullable<KustomizationSpec['postBuild']>;
type SubstituteFrom = NonNullable<PostBuild['substituteFrom']>[number];
type UpstreamKubeConfig = NonNullable<KustomizationSpec['kubeConfig']>;

/** Where the credentials of another cluster are: exactly one of the two, in the object's namespace. */
export interface KubeConfig extends Omit<UpstreamKubeConfig, 'configMapRef' | 'secretRef'> {
  /** A ConfigMap that says how to log in without a stored credential. */
  readonly configMapRef?: LocalName;
  /** A Secret that holds a kubeconfig, under `key`. @default - key 'value' */
  readonly secretRef?: LocalName & Partial<NonNullable<UpstreamKubeConfig['secretRef']>>;
}

/** A ConfigMap or Secret as a construct: cdk8s-plus, `cdk8s import`, RawResource. */
export type NamedObject = IConstruct & { readonly kind: string; readonly name: string };

export interface KustomizationProps extends Omit<ResourceProps, 'patches'>, Omit<KustomizationSpec, Convenient> {
  /** What to apply from. Another namespace's source can be forbidden by the cluster (`--no-cross-namespace-refs`). */
  readonly sourceRef: GitRepository | OCIRepository | KustomizationSpec['sourceRef'];
  /** The directory in the source: `./dist/prod/checkout`. It stays inside the source. @default - the source's root */
  readonly path?: string;
  /** Whether objects that leave the source are deleted. Removing the Kustomization then deletes them all. */
  readonly prune: boolean;
  /** How often to apply, which also undoes drift: ms, s, m or h. */
  readonly interval: DurationInput;
  /** How soon to try again after a failure. @default - the value of `interval` */
  readonly retryInterval?: DurationInput;
  /** How long applying and health checks may take; at least 30s. @default - 30s less than `interval` */
  readonly timeout?: DurationInput;
  /**
   * The Kustomizations that must be ready first. One without `wait` or healthChecks is ready as soon as it is applied.
   * A HelmRelease cannot be waited for here.
   *
   * @default - none
   */
  readonly dependsOn?: readonly (Kustomization | (Dependency & { readonly kind?: never }))[];
  /** Ready only when every applied object is healthy. Makes healthChecks ignored. @default false */
  readonly wait?: boolean;
  /**
   * The objects whose health counts, as constructs or upstream's `{ apiVersion, kind, name, namespace }`. Nothing is
   * defaulted but apiVersion, to apps/v1.
   *
   * @default - none: ready means applied
   */
  readonly healthChecks?: KustomizationSpec['healthChecks'];
  /** How kinds that Flux cannot judge say that they are healthy, in CEL. Used with `wait` or healthChecks. @default - none */
  readonly healthCheckExprs?: KustomizationSpec['healthCheckExprs'];
  /** Overrides the namespace of every object, also of those that say one; it must exist. @default - objects keep theirs */
  readonly targetNamespace?: string;
  /** Decrypts SOPS files; the Secret's age key has the suffix `.agekey`. @default - encrypted Secrets are refused */
  readonly decryption?: Omit<Decryption, 'secretRef'> & { readonly secretRef?: LocalName };
  /**
   * Replaces `${name}` in the built manifests. Without it, or without variables, `${…}` is left as it is.
   * A variable without value and default fails the build.
   *
   * @default - nothing is replaced
   */
  readonly postBuild?: Omit<PostBuild, 'substituteFrom'> & {
    /** Later ones win over earlier ones, `substitute` over all. */
    readonly substituteFrom?: readonly (SubstituteFrom | NamedObject)[];
  };
  /** Kustomize patches for the objects that are applied: `[{ patch: '…', target: { kind: 'Deployment' } }]`. @default - none */
  readonly patches?: KustomizationSpec['patches'];
  /** The escape hatch that other resources call `patches`: changes to this Kustomization's own manifest. @default - none */
  readonly manifestPatches?: readonly Patch[];
  /** Deletes and recreates objects whose change the API server refuses as immutable. @default false */
  readonly force?: boolean;
  /** What happens to the objects when the Kustomization is deleted. @default 'MirrorPrune' */
  readonly deletionPolicy?: KustomizationSpec['deletionPolicy'];
  /** The cluster to apply to, when it is not Flux's own. @default - the cluster Flux runs in */
  readonly kubeConfig?: KubeConfig;
  /** The account to act as, in the Kustomization's namespace. @default - the controller's */
  readonly serviceAccountName?: string;
  /** Stops applying; what was applied stays, and deleting the Kustomization deletes nothing. @default false */
  readonly suspend?: boolean;
}

export const kustomizationKind = defineKind({
  apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
  kind: 'Kustomization',
  rules: kustomizationRules,
});

export class Kustomization extends Resource {
  declare readonly kind: 'Kustomization';

  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: KustomizationProps) {
    const { metadata, comments, manifestPatches, ...spec } = props;
    const common = { metadata, comments, patches: manifestPatches };
    super(scope, id, kustomizationKind, common, { spec: shape(spec, namespaceIn(scope, metadata)) });
  }
}

/** Renders the references of a kubeConfig. */
export function shapeKubeConfig(kubeConfig: KubeConfig | undefined): UpstreamKubeConfig | undefined {
  return withLocalRef(kubeConfig, 'configMapRef', 'secretRef');
}

function shape(
  props: Omit<KustomizationProps, 'comments' | 'manifestPatches' | 'metadata'>,
  namespace: string | undefined,
): KustomizationSpec {
  const { interval, retryInterval, timeout, sourceRef, dependsOn, healthChecks, decryption, postBuild, ...spec } =
    props;
  return {
    ...spec,
    interval: goDuration(interval),
    retryInterval: goDuration(retryInterval),
    timeout: goDuration(timeout),
    sourceRef: kindRef(sourceRef, namespace),
    dependsOn: each(dependsOn, (item) => nameRef<Dependency>(item, namespace)),
    healthChecks: each(healthChecks, fullRef),
    decryption: withLocalRef(decryption, 'secretRef'),
    postBuild: shapePostBuild(postBuild),
    kubeConfig: shapeKubeConfig(props.kubeConfig),
  };
}

function shapePostBuild(postBuild: KustomizationProps['postBuild']): PostBuild | undefined {
  if (postBuild?.substituteFrom === undefined) return postBuild as PostBuild | undefined;
  return {
    ...postBuild,
    substituteFrom: each(postBuild.substituteFrom, (item) => localKindRef(item as SubstituteFrom)),
  };
}
