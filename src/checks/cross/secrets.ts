/** The Secrets of a set that Argo CD reads, whatever they are made from. */
import { type ArgoSecret, knownText, tryArgoSecret } from '../../argocd/config/secret-view';
import { isObject, valueAt } from '../../kernel/manifest';
import { type Entry, isOpen, type Store } from './store';

export interface SecretIn {
  readonly entry: Entry;
  readonly secret: ArgoSecret;
  /** The Secret in the cluster: what an ExternalSecret makes may also be there by itself. */
  readonly owner: string;
}

export const SECRET_KINDS = [
  ['', 'Secret'],
  ['bitnami.com', 'SealedSecret'],
  ['external-secrets.io', 'ExternalSecret'],
] as const;

/** The Secrets of one of the types, kind by kind. */
export function* secretsIn(store: Store, types: readonly string[]): Iterable<SecretIn> {
  for (const [group, kind] of SECRET_KINDS) {
    for (const entry of store.all(group, kind)) {
      const secret = tryArgoSecret(entry.raw);
      if (secret !== undefined && types.includes(secret.type)) yield { entry, secret, owner: ownerOf(entry) };
    }
  }
}

/** A field's text, `''` where it is absent, undefined where only the cluster will know it. */
export function textOf(secret: ArgoSecret, field: string): string | undefined {
  if (!secret.fields.has(field)) return '';
  const text = knownText(secret, field);
  return text === undefined || isOpen(text) ? undefined : text;
}

function ownerOf({ raw, kind, name, namespace }: Entry): string {
  const target: unknown = kind === 'ExternalSecret' ? valueAt(raw, ['spec', 'target']) : undefined;
  const made = isObject(target) && typeof target['name'] === 'string' ? target['name'] : name;
  return `${namespace}/${made}`;
}
