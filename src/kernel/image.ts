/** Container images, by Docker's grammar: the port in `registry:5000/app` is no tag. */

export interface Image {
  /** Without tag and digest, as written: `ghcr.io/acme/app`, `nginx`. */
  readonly name: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
}

/** @returns undefined when Docker's grammar refuses the reference */
export function tryParseImage(reference: string): Image | undefined {
  // Loaded on first use: few programs parse images.
  const { parseFamiliarName } = require('@swimlane/docker-reference') as typeof import('@swimlane/docker-reference');
  try {
    const { tag, digest } = parseFamiliarName(reference);
    let name = digest === undefined ? reference : reference.slice(0, reference.indexOf('@'));
    if (tag !== undefined) name = name.slice(0, -tag.length - 1);
    return { name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
  } catch {
    return undefined;
  }
}

/** `name[:tag][@digest]` */
export function formatImage({ name, tag, digest }: Image): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
