/**
 * The scope of a SealedSecret: where its ciphertext can be decrypted. The scope is part of the encryption itself, so the
 * annotations only repeat what was decided when sealing.
 */

/**
 * - `strict`: under this name, in this namespace
 * - `namespace-wide`: under any name, in this namespace
 * - `cluster-wide`: under any name, in any namespace
 */
export type Scope = 'strict' | 'namespace-wide' | 'cluster-wide';

type Annotations = Readonly<Record<string, string>>;

export const NAMESPACE_WIDE = 'sealedsecrets.bitnami.com/namespace-wide';
export const CLUSTER_WIDE = 'sealedsecrets.bitnami.com/cluster-wide';

/** The annotations that say a scope; one that says another is turned to `false`, which means strict. */
export function withScope(annotations: Annotations | undefined, scope: Scope): Annotations | undefined {
  const said: Record<string, string> = {};
  for (const name of [NAMESPACE_WIDE, CLUSTER_WIDE]) {
    if (name === `sealedsecrets.bitnami.com/${scope}`) said[name] = 'true';
    else if (annotations?.[name] !== undefined) said[name] = 'false';
  }
  return Object.keys(said).length === 0 ? annotations : { ...annotations, ...said };
}

/** The scope that the controller reads from the annotations of a SealedSecret. */
export function scopeOf(annotations: Readonly<Record<string, string | undefined>> | undefined): Scope {
  if (annotations?.[CLUSTER_WIDE] === 'true') return 'cluster-wide';
  return annotations?.[NAMESPACE_WIDE] === 'true' ? 'namespace-wide' : 'strict';
}
