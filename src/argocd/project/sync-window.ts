/**
 * Sync windows of an AppProject: when its Applications may sync, or may not. Their law: once any `allow` window concerns
 * an Application, it syncs in such windows alone.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync_windows/
 */
import { type DurationInput, goDuration } from '../../kernel/duration';
import type { AppProjectSpec } from '../../schema/generated/argo-cd';

export type UpstreamSyncWindow = NonNullable<AppProjectSpec['syncWindows']>[number];

interface SyncWindowOptions {
  readonly kind: 'allow' | 'deny';
  /** When it opens: minute, hour, day of month, month, day of week. No seconds, no `@daily`. */
  readonly schedule: string;
  /** How long it stays open; hours rather than days: `'24h'`. */
  readonly duration: DurationInput;
  /** The zone that the schedule is read in: `Europe/Berlin`. @default 'UTC' */
  readonly timeZone?: string;
  /** Whether people may still sync by hand while it keeps auto-sync away. @default false */
  readonly manualSync?: boolean;
  /** Whether a sync that began in the window may end after it. From Argo CD 3.5. @default false */
  readonly syncOverrun?: boolean;
  /** Asks that every list given matches, rather than any of them. @default false */
  readonly andOperator?: boolean;
  /** At most 255 characters. */
  readonly description?: string;
}

/** Whom a window concerns: at least one list, of globs. */
type Concerns =
  | { readonly applications: Globs; readonly namespaces?: Globs; readonly clusters?: Globs }
  | { readonly applications?: Globs; readonly namespaces: Globs; readonly clusters?: Globs }
  | { readonly applications?: Globs; readonly namespaces?: Globs; readonly clusters: Globs };

/** At least one. */
type Globs = readonly [string, ...string[]];

export type SyncWindowProps = SyncWindowOptions & Concerns;

/** A window in upstream's shape: `syncWindow({ kind: 'deny', schedule: '0 22 * * 5', duration: '60h', applications: ['*'] })`. */
export function syncWindow({ duration, ...window }: SyncWindowProps): UpstreamSyncWindow {
  return { ...window, duration: goDuration(duration) };
}
