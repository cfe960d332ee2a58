/**
 * Flux OCIRepository: where source-controller fetches an OCI artifact from, be it manifests or a Helm chart. Its law:
 * the URL names the repository, `ref` the version in it.
 *
 * @see https://fluxcd.io/flux/components/source/ocirepositories/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { type DurationInput, goDuration, goDurationWithoutHours } from '../kernel/duration';
import type { OCIRepositorySpec } from '../schema/generated/flux';
import { ociRepositoryRules } from './oci-repository-rules';
import { type LocalName, localRef, withLocalRef } from './refs';

type Convenient = 'certSecretRef' | 'interval' | 'proxySecretRef' | 'ref' | 'secretRef' | 'timeout' | 'verify';
type Verify = NonNullable<OCIRepositorySpec['verify']>;

export interface OCIRepositoryProps extends ResourceProps, Omit<OCIRepositorySpec, Convenient> {
  /** `oci://ghcr.io/acme/manifests`, without a tag: that goes into `ref`. */
  readonly url: string;
  /** What to pull. Digest wins over semver, semver over tag. */
  readonly ref: NonNullable<OCIRepositorySpec['ref']>;
  /** How often to look for changes: ms, s, m or h. */
  readonly interval: DurationInput;
  /** How long registry operations may take: ms, s or m, no hours. @default '60s' */
  readonly timeout?: DurationInput;
  /** The pull Secret (kubernetes.io/dockerconfigjson), in the OCIRepository's namespace. @default - none */
  readonly secretRef?: LocalName;
  /** The Secret with a client certificate or the registry's CA. @default - none */
  readonly certSecretRef?: LocalName;
  /** The Secret with the proxy's address. @default - no proxy */
  readonly proxySecretRef?: LocalName;
  /** Whose registry credentials to use: the cloud's own, or secretRef's. @default 'generic' */
  readonly provider?: OCIRepositorySpec['provider'];
  /**
   * Which layer becomes the artifact, and whether it is unpacked (`extract`) or kept as the archive (`copy`).
   * @default - the first layer, extracted
   */
  readonly layerSelector?: OCIRepositorySpec['layerSelector'];
  /**
   * Whose signature must be good. Cosign without secretRef is keyless: say whose in matchOIDCIdentity.
   * @default - signatures are not looked at
   */
  readonly verify?: Omit<Verify, 'secretRef' | 'trustedRootSecretRef'> & {
    readonly secretRef?: LocalName;
    readonly trustedRootSecretRef?: LocalName;
  };
  /** Stops pulling; what was pulled stays in use. @default false */
  readonly suspend?: boolean;
}

export const ociRepositoryKind = defineKind({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'OCIRepository',
  rules: ociRepositoryRules,
});

export class OCIRepository extends Resource {
  declare readonly kind: 'OCIRepository';

  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: OCIRepositoryProps) {
    const [common, spec] = splitProps(props);
    super(scope, id, ociRepositoryKind, common, { spec: shape(spec) });
  }
}

function shape(props: Omit<OCIRepositoryProps, keyof ResourceProps>): OCIRepositorySpec {
  const { interval, timeout, secretRef, certSecretRef, proxySecretRef, verify, ...spec } = props;
  return {
    ...spec,
    interval: goDuration(interval),
    timeout: goDurationWithoutHours(timeout),
    secretRef: localRef(secretRef),
    certSecretRef: localRef(certSecretRef),
    proxySecretRef: localRef(proxySecretRef),
    verify: withLocalRef(verify, 'secretRef', 'trustedRootSecretRef'),
  };
}
