/** `cdk8s-gitops/flux`: the sources, Kustomization and HelmRelease of Flux, and the delivery of stacks with them. */
export { FluxDelivery, type FluxDeliveryProps, type FluxSync } from './delivery';
export type { DeliverySource } from './delivery-source';
export { GitRepository, type GitRepositoryProps } from './git-repository';
export { type HelmChartSpec, HelmRelease, type HelmReleaseProps } from './helm-release';
export { HelmRepository, type HelmRepositoryProps } from './helm-repository';
export { type KubeConfig, Kustomization, type KustomizationProps, type NamedObject } from './kustomization';
export { OCIRepository, type OCIRepositoryProps } from './oci-repository';
export type { LocalName } from './refs';
