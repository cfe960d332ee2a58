/** Which objects the checks over several objects ask for. Its law: any other object costs one look-up of its kind. */
import { tryArgoSecret } from '../../argocd/config/secret-view';
import { isObject, type Manifest } from '../../kernel/manifest';

interface Wanted {
  readonly group: string;
  readonly kind: string;
  /** Of kinds that there are many of, the few objects that matter. @default - every one */
  readonly isOne?: (manifest: Manifest) => boolean;
}

const CONFIG_MAPS: readonly unknown[] = ['argocd-cm', 'argocd-notifications-cm'];

const isArgoSecret = (manifest: Manifest) => tryArgoSecret(manifest) !== undefined;

export const WANTED: readonly Wanted[] = [
  { group: 'argoproj.io', kind: 'Application' },
  { group: 'argoproj.io', kind: 'ApplicationSet' },
  { group: 'argoproj.io', kind: 'AppProject' },
  { group: '', kind: 'ConfigMap', isOne: ({ metadata }) => isObject(metadata) && CONFIG_MAPS.includes(metadata.name) },
  { group: '', kind: 'Secret', isOne: isArgoSecret },
  { group: 'bitnami.com', kind: 'SealedSecret', isOne: isArgoSecret },
  { group: 'external-secrets.io', kind: 'ExternalSecret', isOne: isArgoSecret },
];

const byKind: ReadonlyMap<string, Wanted> = new Map(WANTED.map((wanted) => [wanted.kind, wanted]));

export function isWanted(group: string, kind: string, manifest: Manifest): boolean {
  const wanted = byKind.get(kind);
  return wanted !== undefined && wanted.group === group && (wanted.isOne?.(manifest) ?? true);
}
