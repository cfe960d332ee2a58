/**
 * How an Application syncs: by itself or on request, with which options. Its law: manual sync is the absence of
 * `automated`, since any `automated` turns auto-sync on, and an option is one of the exact texts that Argo CD compares.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
import { sourceLine } from '../core/source-line';
import { type DurationInput, goDuration } from '../kernel/duration';
import { GitOpsError } from '../kernel/issue';
import { isPlainObject } from '../kernel/json';
import type { ApplicationSpec } from '../schema/generated/argo-cd';
import type { TemplatedValue } from './parameters/templated';

type UpstreamSyncPolicy = NonNullable<ApplicationSpec['syncPolicy']>;
type UpstreamRetry = NonNullable<UpstreamSyncPolicy['retry']>;

/** What an automated sync may do beyond applying what Git holds. */
export interface AutomatedOptions {
  /** Deletes what Git no longer holds. @default false */
  readonly prune?: boolean;
  /** Puts back what was changed in the cluster. @default false */
  readonly selfHeal?: boolean;
  /** Lets a prune delete everything when Git holds nothing at all. @default false */
  readonly allowEmpty?: boolean;
}

/** Made by `automated()` or `manual()`. */
export type SyncMode =
  | { readonly mode: 'automated'; readonly automated: NonNullable<UpstreamSyncPolicy['automated']> }
  | { readonly mode: 'manual' };

/**
 * Argo CD syncs by itself when Git changes. Without an option it applies, and neither prunes nor heals. In the template
 * of an ApplicationSet an option may be a parameter.
 */
export function automated(options?: AutomatedOptions): SyncMode;
export function automated(options: TemplatedValue<AutomatedOptions>): TemplatedValue<SyncMode>;
export function automated(options: object = {}): SyncMode {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  // Flags that are all false read like "off", yet mean "on": then the manifest says so.
  const anyFlag = Object.values(given).some((value) => value !== false);
  return { mode: 'automated', automated: anyFlag ? given : { enabled: true, ...given } };
}

/** Somebody syncs, in the UI or with `argocd app sync`. Nothing is emitted: that is how Argo CD says it. */
export function manual(): SyncMode {
  return { mode: 'manual' };
}

/** Argo CD's sync options as values. What equals Argo CD's own behaviour is not emitted, since it compares exact texts. */
export interface SyncOptions {
  /** Creates the destination's namespace when it is not there. @default false */
  readonly createNamespace?: boolean;
  /** Whether kubectl validates objects against the cluster's schemas. @default true */
  readonly validate?: boolean;
  /** Deletes only after everything else was applied and is healthy. @default false */
  readonly pruneLast?: boolean;
  /** Applies only the objects that differ: kinder to the API server in large Applications. @default false */
  readonly applyOutOfSyncOnly?: boolean;
  /** Replaces or re-creates objects instead of patching them: loses what others wrote into them. @default false */
  readonly replace?: boolean;
  /** Lets the API server merge. Needed for objects beyond 262,144 bytes, such as large CRDs. @default false */
  readonly serverSideApply?: boolean;
  /** Whether server-side apply first takes over the fields that client-side apply owned. @default true */
  readonly clientSideApplyMigration?: boolean;
  /** Skips the dry run of a custom resource whose CRD comes with the same sync. @default false */
  readonly skipDryRunOnMissingResource?: boolean;
  /** Fails when another Application already manages one of the objects. @default false */
  readonly failOnSharedResource?: boolean;
  /** Leaves alone in a sync what `ignoreDifferences` leaves out of the comparison. @default false */
  readonly respectIgnoreDifferences?: boolean;
  /** What becomes of the dependents of a deleted object. @default 'foreground' */
  readonly prunePropagationPolicy?: 'foreground' | 'background' | 'orphan';
  /** `false` never prunes, `'confirm'` asks first; from Argo CD 3.4. @default - prunes when a sync says so */
  readonly prune?: false | 'confirm';
  /** `false` keeps the objects when the Application is deleted, `'confirm'` asks first; from Argo CD 3.4. @default - deletes */
  readonly delete?: false | 'confirm';
}

/** The option's name, and the values that Argo CD looks for. */
export const SYNC_OPTIONS: Readonly<Record<keyof SyncOptions, readonly [name: string, ...values: string[]]>> = {
  createNamespace: ['CreateNamespace', 'true'],
  validate: ['Validate', 'false'],
  pruneLast: ['PruneLast', 'true'],
  applyOutOfSyncOnly: ['ApplyOutOfSyncOnly', 'true'],
  replace: ['Replace', 'true'],
  serverSideApply: ['ServerSideApply', 'true'],
  clientSideApplyMigration: ['ClientSideApplyMigration', 'false'],
  skipDryRunOnMissingResource: ['SkipDryRunOnMissingResource', 'true'],
  failOnSharedResource: ['FailOnSharedResource', 'true'],
  respectIgnoreDifferences: ['RespectIgnoreDifferences', 'true'],
  prunePropagationPolicy: ['PrunePropagationPolicy', 'foreground', 'background', 'orphan'],
  prune: ['Prune', 'false', 'confirm'],
  delete: ['Delete', 'false', 'confirm'],
};

/** Retries of a failed sync. */
export interface Retry {
  /** How many times; 0 for none, negative for no limit. @default 5, when auto-sync is on and no retry is given */
  readonly limit?: number;
  /** Takes the newest revision into a retry, from Argo CD 3.2. @default false */
  readonly refresh?: boolean;
  readonly backoff?: {
    /** The wait before the first retry. @default '5s' */
    readonly duration?: DurationInput;
    /** What each wait is multiplied with to give the next. @default 2 */
    readonly factor?: number;
    /** The longest wait. @default '3m' */
    readonly maxDuration?: DurationInput;
  };
}

/** Upstream's `syncPolicy`; durations may be cdk8s Durations, options the typed object. */
export interface SyncPolicy extends Omit<UpstreamSyncPolicy, 'retry' | 'syncOptions'> {
  readonly retry?: Retry | UpstreamRetry;
  readonly syncOptions?: SyncOptions | readonly string[];
}

/** The ways to say how an Application syncs: `sync`, `syncOptions`, `retry`, or all of it as upstream's `syncPolicy`. */
export interface SyncProps {
  /** `automated({ prune: true, selfHeal: true })` or `manual()`. @default - what `syncPolicy` says, else manual */
  readonly sync?: SyncMode;
  /** @default - none: Argo CD's own behaviour */
  readonly syncOptions?: SyncOptions;
  /** @default - none given; auto-sync then retries 5 times, from 5s doubling to 3m */
  readonly retry?: Retry;
  /** Upstream's own shape. Its `automated` cannot be given together with `sync`. @default - none */
  readonly syncPolicy?: SyncPolicy;
}

/** The texts Argo CD compares, in a fixed order. A key that is no option is emitted as it is, for the rules to name. */
export function syncOptionTexts(options: SyncOptions): string[] {
  const known = Object.entries(SYNC_OPTIONS).flatMap(([key, [name, ...values]]) => {
    const value = options[key as keyof SyncOptions];
    // A boolean that says what Argo CD does anyway has no text; any other value is for the rules to judge.
    const silent = value === undefined || (typeof value === 'boolean' && !values.includes(String(value)));
    return silent ? [] : [`${name}=${value}`];
  });
  const unknown = Object.entries(options).filter(
    ([key, value]) => value !== undefined && !Object.hasOwn(SYNC_OPTIONS, key),
  );
  return [...known, ...unknown.map(([key, value]) => `${key}=${value}`)];
}

/** Upstream's `syncPolicy`, or undefined when nothing is said. @throws GitOpsError when auto-sync is said twice */
export function shapeSyncPolicy({ sync, syncOptions, retry, syncPolicy }: SyncProps): object | undefined {
  if (syncPolicy !== undefined && !isPlainObject(syncPolicy)) return syncPolicy;
  const {
    automated: upstreamAutomated,
    syncOptions: listed,
    retry: upstreamRetry,
    ...rest
  }: SyncPolicy = syncPolicy ?? {};
  if (sync !== undefined && upstreamAutomated !== undefined) throw saidTwice('syncPolicy.automated', 'sync');
  if (retry !== undefined && upstreamRetry !== undefined) throw saidTwice('syncPolicy.retry', 'retry');
  const options = syncOptions === undefined ? listed : [...optionTexts(syncOptions), ...optionTexts(listed)];
  const texts = Array.isArray(options) || options === undefined ? options : optionTexts(options);
  const shaped: Record<string, unknown> = rest;
  if (sync?.mode === 'automated') shaped['automated'] = sync.automated;
  if (upstreamAutomated !== undefined) shaped['automated'] = upstreamAutomated;
  // The typed object may hold nothing but what Argo CD does anyway; a list that the user wrote stays.
  if (texts !== undefined && (texts.length > 0 || Array.isArray(listed))) shaped['syncOptions'] = texts;
  const retries = retry ?? upstreamRetry;
  if (retries !== undefined) shaped['retry'] = shapeRetry(retries);
  return Object.keys(shaped).length > 0 ? shaped : syncPolicy;
}

function optionTexts(options: SyncOptions | readonly string[] | undefined): readonly string[] {
  if (Array.isArray(options)) return options;
  return isPlainObject(options) ? syncOptionTexts(options) : [];
}

function shapeRetry(retry: Retry | UpstreamRetry | undefined): unknown {
  if (!isPlainObject(retry) || !isPlainObject(retry.backoff)) return retry;
  const { duration, maxDuration } = retry.backoff as NonNullable<Retry['backoff']>;
  if (typeof duration !== 'object' && typeof maxDuration !== 'object') return retry;
  const backoff: Record<string, unknown> = { ...retry.backoff };
  if (duration !== undefined) backoff['duration'] = goDuration(duration);
  if (maxDuration !== undefined) backoff['maxDuration'] = goDuration(maxDuration);
  return { ...retry, backoff };
}

function saidTwice(upstream: string, own: string): GitOpsError {
  return new GitOpsError([
    {
      code: 'argocd-sync-said-twice',
      severity: 'error',
      at: { path: `.spec.${upstream}`, source: sourceLine() },
      message: `${upstream} and ${own} are both given`,
      fix: `keep one: ${own} is the shorter form of ${upstream}`,
    },
  ]);
}
