/** `cdk8s-gitops/image-updater`: Argo CD Image Updater, as an object (1.x) or as annotations (0.x). */
export type { ImageUpdaterSpec } from '../schema/generated/argocd-image-updater';
export {
  type ImageUpdates,
  imageUpdaterAnnotations,
  type UpdatedApplication,
  type UpdateImagesProps,
  updateImages,
} from './annotations';
export {
  type GitWriteBackOptions,
  gitWriteBack,
  type ManifestTarget,
  type TrackedImage,
  type TrackedImages,
  type UpdateSettings,
  type UpdateStrategy,
} from './describe';
export { type ApplicationImages, ImageUpdater, type ImageUpdaterProps } from './image-updater';
