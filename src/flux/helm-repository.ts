/**
 * Flux HelmRepository: an index of Helm charts over http(s), or the static address of an OCI registry. For charts in a
 * registry, Flux recommends an OCIRepository and `chartRef` instead.
 *
 * @see https://fluxcd.io/flux/components/source/helmrepositories/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { type DurationInput, goDuration, goDurationWithoutHours } from '../kernel/duration';
import type { HelmRepositorySpec } from '../schema/generated/flux';
import { helmRepositoryRules } from './helm-repository-rules';
import { type LocalName, localRef } from './refs';

type Convenient = 'certSecretRef' | 'interval' | 'secretRef' | 'timeout';

export interface HelmRepositoryProps extends ResourceProps, Omit<HelmRepositorySpec, Convenient> {
  /** `https://charts.jetstack.io`, or `oci://…` together with `type: 'oci'`. */
  readonly url: string;
  /** `oci` for a registry; then nothing is fetched until a chart is asked for. @default 'default' */
  readonly type?: HelmRepositorySpec['type'];
  /** How often to fetch the index: ms, s, m or h. Without meaning for type oci. @default '1m' */
  readonly interval?: DurationInput;
  /** How long fetching may take: ms, s or m, no hours. @default '60s' */
  readonly timeout?: DurationInput;
  /** The Secret with username and password, or for a registry a pull Secret. @default - none */
  readonly secretRef?: LocalName;
  /** The Secret with a client certificate or the server's CA. @default - none */
  readonly certSecretRef?: LocalName;
  /** Sends the credentials to other hosts too, when the index points at them. Anyone who can change the index gets them. @default false */
  readonly passCredentials?: boolean;
  /** Whose registry credentials to use; for type oci alone. @default 'generic' */
  readonly provider?: HelmRepositorySpec['provider'];
  /** Speaks http to the registry; for type oci alone. @default false */
  readonly insecure?: boolean;
  /** Stops fetching the index. @default false */
  readonly suspend?: boolean;
}

export const helmRepositoryKind = defineKind({
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'HelmRepository',
  rules: helmRepositoryRules,
});

export class HelmRepository extends Resource {
  declare readonly kind: 'HelmRepository';

  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: HelmRepositoryProps) {
    const [common, spec] = splitProps(props);
    super(scope, id, helmRepositoryKind, common, { spec: shape(spec) });
  }
}

function shape(props: Omit<HelmRepositoryProps, keyof ResourceProps>): HelmRepositorySpec {
  const { interval, timeout, secretRef, certSecretRef, ...spec } = props;
  return {
    ...spec,
    interval: goDuration(interval),
    timeout: goDurationWithoutHours(timeout),
    secretRef: localRef(secretRef),
    certSecretRef: localRef(certSecretRef),
  };
}
