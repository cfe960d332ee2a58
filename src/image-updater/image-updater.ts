/**
 * ImageUpdater: which images of which Applications follow their registry (Argo CD Image Updater 1.x). Its law: an
 * Application's annotations do nothing by themselves any more; an object like this one must select it.
 *
 * @see https://argocd-image-updater.readthedocs.io/en/stable/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import { isPlainObject } from '../kernel/json';
import type { ImageUpdater as ImageUpdaterManifest, ImageUpdaterSpec } from '../schema/generated/argocd-image-updater';
import {
  shapeImages,
  shapeSettings,
  type TrackedImages,
  type UpdateSettings,
  type UpdateStrategy,
  type UpstreamRef,
} from './describe';
import { imageUpdaterRules } from './rules';

/** What is done with the Applications that one pattern names. */
export interface ApplicationImages extends Omit<UpstreamRef, 'namePattern' | 'images' | 'commonUpdateSettings'> {
  /** By alias. Not needed with `useAnnotations`. */
  readonly images?: TrackedImages;
  /** For every image below that says nothing else. @default - the object's own */
  readonly settings?: UpdateSettings;
  /** Only Applications with these labels. @default - all of the name */
  readonly labelSelectors?: UpstreamRef['labelSelectors'];
  /** Reads the Application's annotations instead of `images`. @default false */
  readonly useAnnotations?: boolean;
  /** How updates reach the Application: `gitWriteBack({ … })`. @default - the object's own */
  readonly writeBackConfig?: UpstreamRef['writeBackConfig'];
}

export interface ImageUpdaterProps extends ResourceProps, Omit<ImageUpdaterSpec, 'applicationRefs'> {
  /**
   * Applications of the object's namespace, by the pattern of their names: `{ 'checkout-*': { images: { … } } }`. Where
   * several patterns name an Application, the most specific one counts.
   */
  readonly applications?: Readonly<Record<string, ApplicationImages>>;
  /** Upstream's list, for those who prefer it. One of both. */
  readonly applicationRefs?: ImageUpdaterSpec['applicationRefs'];
  /** For every image that says nothing else. @default - semver, all tags */
  readonly settings?: UpdateSettings;
  /** How updates reach the Applications: `gitWriteBack({ … })`. @default - the Application is changed in the cluster */
  readonly writeBackConfig?: ImageUpdaterSpec['writeBackConfig'];
  /** The signature that new images must have. @default - none */
  readonly imagesVerification?: ImageUpdaterSpec['imagesVerification'];
}

export const imageUpdaterKind = defineKind<ImageUpdaterManifest>({
  apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
  kind: 'ImageUpdater',
  rules: imageUpdaterRules,
});

/** In the namespace of the Applications that it selects. */
export class ImageUpdater extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: ImageUpdaterProps) {
    const [common, spec] = splitProps(props);
    super(scope, id, imageUpdaterKind, common, { spec: shapeSpec(spec) });
  }
}

function shapeSpec({ applications, applicationRefs, settings, ...rest }: Omit<ImageUpdaterProps, keyof ResourceProps>) {
  const common = isPlainObject(settings) ? shapeSettings(settings) : undefined;
  const { updateStrategy, forceUpdate } = rest.commonUpdateSettings ?? {};
  const above = { strategy: updateStrategy as UpdateStrategy | undefined, forceUpdate, ...settings };
  return {
    ...rest,
    ...(common !== undefined && { commonUpdateSettings: { ...rest.commonUpdateSettings, ...common } }),
    ...shapeRefs(applications, applicationRefs, above),
  };
}

function shapeRefs(
  applications: ImageUpdaterProps['applications'],
  listed: ImageUpdaterProps['applicationRefs'],
  above: UpdateSettings,
): object {
  if (applications === undefined) return listed === undefined ? {} : { applicationRefs: listed };
  const refs = Object.entries(applications).map(([pattern, entry]) =>
    isPlainObject(entry) ? shapeRef(pattern, entry, above) : entry,
  );
  return { applicationRefs: [...refs, ...(Array.isArray(listed) ? listed : [])] };
}

function shapeRef(pattern: string, entry: ApplicationImages, above: UpdateSettings): object {
  const { images, settings, ...rest } = entry;
  const inherited = { ...above, ...settings };
  const { strategy, forceUpdate } = above;
  const common = settings && shapeSettings({ strategy, forceUpdate, ...settings });
  return {
    namePattern: pattern,
    ...rest,
    ...(common !== undefined && { commonUpdateSettings: common }),
    ...(images !== undefined && { images: shapeImages(images, inherited) }),
  };
}
