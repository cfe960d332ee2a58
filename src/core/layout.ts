/**
 * Which file an object goes to. Its law: a path depends on its own object alone, so adding, removing or reordering a
 * sibling renames nothing.
 */
import type { Identity } from '../kernel/manifest';

/** `file-per-object`: `dev/checkout/rollout-checkout.yaml`. `file-per-stack`: `dev/checkout/checkout.yaml`. */
export type Layout = 'file-per-object' | 'file-per-stack';

/** Within the stack's directory; an object of another namespace than the stack's goes into a sub-directory of that name. */
export function objectPath(identity: Identity, stackNamespace: string | undefined): string {
  const { kind, namespace, name } = identity;
  // RBAC names may hold a colon, which some file systems refuse.
  const file = `${kind.toLowerCase()}-${name.toLowerCase().replaceAll(':', '_')}.yaml`;
  return namespace === undefined || namespace === stackNamespace ? file : `${namespace}/${file}`;
}

/** The index that makes a directory one build: for Argo CD, for Flux (which would otherwise guess), for `kubectl kustomize`. */
export function kustomization(resources: readonly string[]): string {
  let text = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n';
  for (const resource of [...resources].sort()) text += `  - ${resource}\n`;
  return text;
}

/** Identities come from foreign data too: nothing of them may leave the stack's directory. */
export function isSafePath(path: string): boolean {
  return SAFE_PATH.test(path) && (path.length <= 255 || fileName(path).length <= 255);
}

const SAFE_PATH = /^(?:[a-z0-9][a-z0-9-]{0,62}\/)?[a-z0-9]+-[a-z0-9_][a-z0-9._-]*\.yaml$/;

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
