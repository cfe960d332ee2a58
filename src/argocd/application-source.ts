/**
 * Where an Application's manifests come from. Shapes the conveniences (maps for keyed lists, parsed images) into
 * upstream's `source`; whatever is already in upstream's shape passes unchanged.
 */
import { formatImage, type Image } from '../kernel/image';
import { isPlainObject } from '../kernel/json';
import type { ApplicationSpec } from '../schema/generated/argo-cd';

type UpstreamSource = NonNullable<ApplicationSpec['source']>;
type UpstreamHydrator = NonNullable<ApplicationSpec['sourceHydrator']>;
type UpstreamHelm = NonNullable<UpstreamSource['helm']>;
type UpstreamKustomize = NonNullable<UpstreamSource['kustomize']>;
type UpstreamPlugin = NonNullable<UpstreamSource['plugin']>;

/** An image override: which image of the manifests, and what it becomes. */
export interface KustomizeImage extends Partial<Image> {
  /** The image as the manifests name it. @default - the `name` */
  readonly replaces?: string;
}

export interface HelmSource extends Omit<UpstreamHelm, 'parameters' | 'fileParameters'> {
  /** Values as data; nulls stay, and delete a chart's default. Wins over `values`, so not together with it. */
  readonly valuesObject?: UpstreamHelm['valuesObject'];
  /** Value files, in order: relative to `path`, or `$ref/…` of another entry of `sources`. */
  readonly valueFiles?: readonly string[];
  /**
   * Single values, set over everything else: `{ 'image.tag': '1.10', replicas: 3 }`. Text of a map stays text
   * (`forceString`), so '1.10' does not become 1.1; upstream's list passes as it is.
   */
  readonly parameters?: Readonly<Record<string, string | number | boolean>> | NonNullable<UpstreamHelm['parameters']>;
  /** Values read from files: `{ 'config.json': 'files/config.json' }`, or upstream's list. */
  readonly fileParameters?: Readonly<Record<string, string>> | NonNullable<UpstreamHelm['fileParameters']>;
}

export interface KustomizeSource extends Omit<UpstreamKustomize, 'images' | 'replicas'> {
  /** `'nginx:1.27'`, `'nginx=ghcr.io/acme/nginx:1.27'`, or as an object: `{ replaces: 'nginx', name: 'ghcr.io/acme/nginx', tag: '1.27' }`. */
  readonly images?: readonly (string | KustomizeImage)[];
  /** `{ checkout: 3 }`, or upstream's list. */
  readonly replicas?: Readonly<Record<string, number>> | NonNullable<UpstreamKustomize['replicas']>;
}

export interface PluginSource extends Omit<UpstreamPlugin, 'env'> {
  /** `{ REGION: 'eu' }`, or upstream's list. */
  readonly env?: Readonly<Record<string, string>> | NonNullable<UpstreamPlugin['env']>;
}

interface Tools {
  readonly helm?: HelmSource;
  readonly kustomize?: KustomizeSource;
  readonly plugin?: PluginSource;
}

/** One place that manifests come from. At most one of helm, kustomize, directory and plugin. */
export interface ApplicationSource extends Omit<UpstreamSource, keyof Tools>, Tools {
  /** A Git repository, a Helm repository, or `oci://…`. */
  readonly repoURL: string;
  /** The directory in the repository; its root is `'.'`. */
  readonly path?: string;
  /** The chart's name, for a Helm repository. Needs `targetRevision`. */
  readonly chart?: string;
  /** Branch, tag, commit, or a chart's version. @default 'HEAD' for Git; charts have none */
  readonly targetRevision?: string;
  /** The name under which other `sources` find files here, as `$name/…`. */
  readonly ref?: string;
}

/** Manifests rendered by Argo CD into a branch, and synced from there. */
export interface SourceHydrator extends Omit<UpstreamHydrator, 'drySource'> {
  readonly drySource: Omit<UpstreamHydrator['drySource'], keyof Tools> & Tools;
}

/** A source in upstream's shape. */
export function shapeSource(source: unknown): unknown {
  if (!isPlainObject(source)) return source;
  const { helm, kustomize, plugin } = source as Tools;
  if (helm === undefined && kustomize === undefined && plugin === undefined) return source;
  const shaped: Record<string, unknown> = { ...source };
  if (isPlainObject(helm)) shaped['helm'] = shapeHelm(helm);
  if (isPlainObject(kustomize)) shaped['kustomize'] = shapeKustomize(kustomize);
  if (isPlainObject(plugin)) shaped['plugin'] = shapePlugin(plugin);
  return shaped;
}

/** Text for `kustomize edit set image`: `[old=]name[:tag][@digest]`. */
export function kustomizeImageText(image: string | KustomizeImage): unknown {
  if (!isPlainObject(image)) return image;
  const { replaces, name = replaces, tag, digest } = image as KustomizeImage;
  if (name === undefined) return image;
  const becomes = formatImage({ name, tag, digest });
  // kustomize reads `name:tag@digest` as a digest for an image called `name:tag`, unless the old name stands before it.
  const needsOldName = (tag !== undefined && digest !== undefined) || (tag === undefined && digest === undefined);
  return replaces !== undefined && replaces !== name
    ? `${replaces}=${becomes}`
    : needsOldName
      ? `${name}=${becomes}`
      : becomes;
}

function shapeHelm({ parameters, fileParameters, ...helm }: HelmSource): object {
  return {
    ...helm,
    ...(parameters !== undefined && { parameters: fromMap(parameters, parameter) }),
    ...(fileParameters !== undefined && { fileParameters: fromMap(fileParameters, (name, path) => ({ name, path })) }),
  };
}

function shapeKustomize({ images, replicas, ...kustomize }: KustomizeSource): object {
  return {
    ...kustomize,
    ...(images !== undefined && { images: Array.isArray(images) ? images.map(kustomizeImageText) : images }),
    ...(replicas !== undefined && { replicas: fromMap(replicas, (name, count) => ({ name, count })) }),
  };
}

function shapePlugin({ env, ...plugin }: PluginSource): object {
  return { ...plugin, ...(env !== undefined && { env: fromMap(env, (name, value) => ({ name, value })) }) };
}

function parameter(name: string, value: unknown): object {
  return typeof value === 'string' ? { name, value, forceString: true } : { name, value: scalarText(value) };
}

function scalarText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** A map as upstream's keyed list; a list passes as it is. */
export function fromMap(value: unknown, entry: (name: string, value: unknown) => object): unknown {
  if (!isPlainObject(value)) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([name, inner]) => entry(name, inner));
}
