/**
 * Image Updater 0.x reads an Application's annotations and nothing else. Its law: what it has no annotation for cannot
 * be said to it, and is refused rather than lost.
 */
import type { ApiObjectMetadataDefinition } from 'cdk8s';
import type { Construct } from 'constructs';
import { sourceLine } from '../core/source-line';
import { GitOpsError, type Issue } from '../kernel/issue';
import {
  shapeImages,
  shapeSettings,
  type TrackedImages,
  type UpdateSettings,
  type UpstreamImage,
  type UpstreamSettings,
  type UpstreamWriteBack,
} from './describe';
import { ImageUpdater } from './image-updater';

/** What to update, whatever the version of Image Updater. */
export interface ImageUpdates {
  /** By alias. */
  readonly images: TrackedImages;
  /** For every image that says nothing else. */
  readonly settings?: UpdateSettings;
  /** `gitWriteBack({ … })`. @default - the Application is changed in the cluster */
  readonly writeBackConfig?: UpstreamWriteBack;
}

export const IMAGE_UPDATER = 'argocd-image-updater.argoproj.io/';

/**
 * The annotations of an Application for Image Updater 0.x, or for 1.x with `useAnnotations: true`.
 *
 * @throws GitOpsError when something is asked for that annotations cannot say
 */
export function imageUpdaterAnnotations(updates: ImageUpdates): Readonly<Record<string, string>> {
  const { settings = {}, writeBackConfig } = updates;
  const { platforms, ...shared } = settings;
  // There is no annotation for the platforms of all images.
  const images = shapeImages(updates.images) as readonly UpstreamImage[];
  throwAll([...images.flatMap(imageProblems), ...writeBackProblems(writeBackConfig)]);
  const texts: [string, string | undefined][] = [
    ['image-list', images.map(({ alias, imageName }) => `${alias}=${imageName}`).join(',')],
    ...settingTexts('', shapeSettings(shared)),
    ...images.flatMap((image) => imageTexts(image, platforms)),
    ['write-back-method', writeBackConfig?.method],
    ['write-back-target', writeBackConfig?.gitConfig?.writeBackTarget],
    ['git-branch', writeBackConfig?.gitConfig?.branch],
    ['git-repository', writeBackConfig?.gitConfig?.repository],
  ];
  const said = texts.filter((text): text is [string, string] => text[1] !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [IMAGE_UPDATER + name, value]));
}

/** The construct of an Application, or any object that stands for one. */
export interface UpdatedApplication {
  readonly name: string;
  readonly metadata: ApiObjectMetadataDefinition;
}

export interface UpdateImagesProps extends ImageUpdates {
  /** The release of Image Updater in the cluster: 1.x reads ImageUpdater objects, 0.x annotations. @default '1.x' */
  readonly target?: '0.x' | '1.x';
}

/**
 * Updates the images of one Application: makes an ImageUpdater in its namespace, or writes its annotations.
 *
 * @returns the object, for 1.x
 * @throws GitOpsError with every issue
 */
export function updateImages(
  scope: Construct,
  id: string,
  application: UpdatedApplication,
  { target = '1.x', images, settings, writeBackConfig }: UpdateImagesProps,
): ImageUpdater | undefined {
  if (target === '0.x') {
    const annotations = imageUpdaterAnnotations({ images, settings, writeBackConfig });
    for (const [key, value] of Object.entries(annotations)) application.metadata.addAnnotation(key, value);
    return undefined;
  }
  return new ImageUpdater(scope, id, {
    metadata: { namespace: application.metadata.namespace },
    applications: { [application.name]: { images, settings, writeBackConfig } },
  });
}

function imageTexts(image: UpstreamImage, platforms: readonly string[] | undefined): [string, string | undefined][] {
  const { alias, commonUpdateSettings, manifestTargets: { helm, kustomize } = {} } = image;
  return [
    ...settingTexts(`${alias}.`, commonUpdateSettings),
    [`${alias}.platforms`, (commonUpdateSettings?.platforms ?? platforms)?.join(',')],
    [`${alias}.helm.image-name`, helm?.name],
    [`${alias}.helm.image-tag`, helm?.tag],
    [`${alias}.helm.image-spec`, helm?.spec],
    [`${alias}.kustomize.image-name`, kustomize?.name],
  ];
}

function settingTexts(prefix: string, settings: UpstreamSettings = {}): [string, string | undefined][] {
  const { updateStrategy, allowTags, ignoreTags, forceUpdate, pullSecret } = settings;
  return [
    [`${prefix}update-strategy`, updateStrategy],
    [`${prefix}allow-tags`, allowTags],
    [`${prefix}ignore-tags`, ignoreTags?.join(',')],
    [`${prefix}force-update`, forceUpdate === undefined ? undefined : String(forceUpdate)],
    [`${prefix}pull-secret`, pullSecret],
  ];
}

function imageProblems({ alias, imageName, manifestTargets, imagesVerification }: UpstreamImage): Issue[] {
  const found: Issue[] = [];
  if (imageName?.includes(',')) {
    const message = `the constraint of ${JSON.stringify(imageName)} has a comma, at which the list of images is split`;
    found.push(problem(`.images.${alias}.image`, message, 'write the constraint without a comma: ~1.4, 1.4.x'));
  }
  if (manifestTargets?.plugin !== undefined) {
    found.push(problem(`.images.${alias}.plugin`, 'there is no annotation for plugins', USE_OBJECT));
  }
  if (imagesVerification !== undefined) {
    found.push(problem(`.images.${alias}.verification`, 'there is no annotation for verification', USE_OBJECT));
  }
  return found;
}

function writeBackProblems(writeBack: UpstreamWriteBack | undefined): Issue[] {
  if (writeBack?.gitConfig?.pullRequest === undefined) return [];
  return [problem('.writeBackConfig.gitConfig.pullRequest', 'there is no annotation for pull requests', USE_OBJECT)];
}

const USE_OBJECT = "use target: '1.x', or an ImageUpdater";

function problem(path: string, message: string, fix: string): Issue {
  return {
    code: 'image-updater-annotation-impossible',
    severity: 'error',
    at: { path, source: sourceLine() },
    message,
    fix,
  };
}

function throwAll(issues: readonly Issue[]): void {
  if (issues.length > 0) throw new GitOpsError(issues);
}
