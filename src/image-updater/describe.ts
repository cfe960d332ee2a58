/**
 * What is to be updated, said once: rendered into an ImageUpdater object for Image Updater 1.x, or into an Application's
 * annotations for 0.x.
 */
import { isPlainObject } from '../kernel/json';
import type { ImageUpdaterSpec } from '../schema/generated/argocd-image-updater';

export type UpstreamRef = ImageUpdaterSpec['applicationRefs'][number];
export type UpstreamImage = NonNullable<UpstreamRef['images']>[number];
export type UpstreamSettings = NonNullable<ImageUpdaterSpec['commonUpdateSettings']>;
export type UpstreamWriteBack = NonNullable<ImageUpdaterSpec['writeBackConfig']>;
type UpstreamVerification = NonNullable<ImageUpdaterSpec['imagesVerification']>;
type UpstreamTargets = NonNullable<UpstreamImage['manifestTargets']>;

/**
 * How the newest image is found: `semver` by version, `newest-build` by build time, `alphabetical` by name, `digest`
 * follows one tag whose content changes.
 */
export type UpdateStrategy = 'semver' | 'newest-build' | 'alphabetical' | 'digest';

export interface UpdateSettings {
  /** @default 'semver' */
  readonly strategy?: UpdateStrategy;
  /** The tags that count: `'any'`, or `regexp:` and an expression of Go's. @default - all */
  readonly allowTags?: 'any' | `regexp:${string}`;
  /** Tags that do not count, as globs: `['*-rc*', 'latest']`. @default - none */
  readonly ignoreTags?: readonly string[];
  /** Updates an image that no pod of the Application runs yet. @default false */
  readonly forceUpdate?: boolean;
  /** Where the registry's password is: `pullsecret:argocd/registry`, `secret:…`, `env:…` or `ext:…`. @default - the registry's own */
  readonly pullSecret?: string;
  /** `['linux/amd64', 'linux/arm64']`. @default - the one that Image Updater runs on */
  readonly platforms?: readonly string[];
}

/** Where the Application keeps the image: the fields of a chart, an entry of a kustomization, variables of a plugin. */
export interface ManifestTarget {
  /** Fields of the chart's values: `{ name: 'image.repository', tag: 'image.tag' }`, or `{ spec: 'image' }` for both in one. */
  readonly helm?: UpstreamTargets['helm'];
  /** The image's name as the kustomization's `images` has it. */
  readonly kustomize?: string | UpstreamTargets['kustomize'];
  /** Environment variables of a plugin. Not with Image Updater 0.x. */
  readonly plugin?: UpstreamTargets['plugin'];
}

export interface TrackedImage extends UpdateSettings, ManifestTarget {
  /** The image, with a version constraint or, for `digest`, a tag: `ghcr.io/acme/web:~1.4`. */
  readonly image: string;
  /** The signature that a new image must have. Not with Image Updater 0.x. @default - what the object says for all */
  readonly verification?: UpstreamVerification;
}

/** Images by alias. */
export type TrackedImages = Readonly<Record<string, TrackedImage>>;

export interface GitWriteBackOptions {
  /** The branch that is read, and written unless `writeBranch` says another. @default - the Application's revision */
  readonly branch?: string;
  /** A branch to commit to, as a Go template: `image-updater-{{ .SHA256 }}`. @default - `branch` */
  readonly writeBranch?: string;
  /** @default - the Application's own */
  readonly repository?: string;
  /** The Secret with Git's credentials, in the object's namespace. @default - Argo CD's credentials of the repository */
  readonly secret?: string;
  /**
   * What is changed: `helmvalues:values.yaml`, `kustomization`, or a file of its own.
   * @default - `.argocd-source-<application>.yaml` in the source's path
   */
  readonly target?: string;
  /** Opens a pull request on the branch instead of a commit. From Image Updater 1.x. @default - none */
  readonly pullRequest?: 'github' | 'gitlab';
}

/** Writes updates into Git. Without it, Image Updater changes the Application in the cluster. */
export function gitWriteBack(options: GitWriteBackOptions = {}): UpstreamWriteBack {
  const { branch, writeBranch, repository, secret, target, pullRequest } = options;
  const branches = writeBranch === undefined ? branch : `${branch ?? ''}:${writeBranch}`;
  const gitConfig = {
    ...(branches !== undefined && { branch: branches }),
    ...(repository !== undefined && { repository }),
    ...(target !== undefined && { writeBackTarget: target }),
    ...(pullRequest !== undefined && { pullRequest: { [pullRequest]: {} } }),
  };
  const method = secret === undefined ? 'git' : `git:secret:${secret}`;
  return Object.keys(gitConfig).length === 0 ? { method } : { method, gitConfig };
}

/** Upstream's settings; undefined where nothing is said. */
export function shapeSettings(settings: UpdateSettings): UpstreamSettings | undefined {
  const { strategy, allowTags, ignoreTags, forceUpdate, pullSecret, platforms } = settings;
  const shaped = {
    ...(strategy !== undefined && { updateStrategy: strategy }),
    ...(allowTags !== undefined && { allowTags }),
    ...(ignoreTags !== undefined && { ignoreTags }),
    ...(forceUpdate !== undefined && { forceUpdate }),
    ...(pullSecret !== undefined && { pullSecret }),
    ...(platforms !== undefined && { platforms }),
  };
  return Object.keys(shaped).length === 0 ? undefined : shaped;
}

/**
 * Upstream's list of images.
 *
 * @param inherited what the images take over: an API server fills the strategy of every block of settings, and would
 *   otherwise put semver in the place of what stands above it
 */
export function shapeImages(images: unknown, inherited: UpdateSettings = {}): unknown {
  if (!isPlainObject(images)) return images;
  return Object.entries(images).map(([alias, image]) =>
    isPlainObject(image) ? shapeImage(alias, image as unknown as TrackedImage, inherited) : image,
  );
}

function shapeImage(alias: string, described: TrackedImage, inherited: UpdateSettings): object {
  const { image, verification, helm, kustomize, plugin, ...rest } = described;
  const { strategy, allowTags, ignoreTags, forceUpdate, pullSecret, platforms, ...unknown } = rest;
  const own = shapeSettings({ strategy, allowTags, ignoreTags, forceUpdate, pullSecret, platforms });
  const settings = own && { ...keptBelow(inherited), ...own };
  const targets = {
    ...(helm !== undefined && { helm }),
    ...(kustomize !== undefined && { kustomize: typeof kustomize === 'string' ? { name: kustomize } : kustomize }),
    ...(plugin !== undefined && { plugin }),
  };
  return {
    alias,
    imageName: image,
    ...(settings !== undefined && { commonUpdateSettings: settings }),
    ...(Object.keys(targets).length > 0 && { manifestTargets: targets }),
    ...(verification !== undefined && { imagesVerification: verification }),
    ...unknown,
  };
}

/** What the API server's defaults would overwrite in a block below. */
function keptBelow({ strategy, forceUpdate }: UpdateSettings): UpstreamSettings | undefined {
  return shapeSettings({ strategy, forceUpdate });
}
