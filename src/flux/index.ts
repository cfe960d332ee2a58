/**
 * `cdk8s-gitops/flux`: sources, Kustomization and HelmRelease of Flux, the delivery of stacks with them, and its other
 * kinds as the API spells them.
 */
export { FluxDelivery, type FluxDeliveryProps, type FluxSync } from './delivery';
export type { DeliverySource } from './delivery-source';
export {
  Alert,
  type AlertProps,
  ArtifactGenerator,
  type ArtifactGeneratorProps,
  Bucket,
  type BucketProps,
  ExternalArtifact,
  type ExternalArtifactProps,
  HelmChart,
  type HelmChartProps,
  ImagePolicy,
  type ImagePolicyProps,
  ImageRepository,
  type ImageRepositoryProps,
  ImageUpdateAutomation,
  type ImageUpdateAutomationProps,
  Provider,
  type ProviderProps,
  Receiver,
  type ReceiverProps,
} from './generated/kinds';
export { GitRepository, type GitRepositoryProps } from './git-repository';
export { HelmRelease, type HelmReleaseChart, type HelmReleaseProps } from './helm-release';
export { HelmRepository, type HelmRepositoryProps } from './helm-repository';
export { type KubeConfig, Kustomization, type KustomizationProps, type NamedObject } from './kustomization';
export { OCIRepository, type OCIRepositoryProps } from './oci-repository';
export type { LocalName } from './refs';
