/**
 * Argo CD's annotations as functions, for any object: a Resource of ours, a plain cdk8s ApiObject, anything of cdk8s-plus.
 * Their law: what they write is a text that Argo CD compares, since it ignores every other one without a word.
 */
import type { ApiObjectMetadataDefinition } from 'cdk8s';

/** An object with metadata: Resource, ApiObject, or a construct of cdk8s-plus. */
export interface Annotated {
  readonly metadata: ApiObjectMetadataDefinition;
}

/** When a hook runs. `PreDelete` needs Argo CD 3.3. */
export type HookPhase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail' | 'PreDelete' | 'PostDelete';

/** When Argo CD deletes a hook. */
export type HookDeletePolicy = 'HookSucceeded' | 'HookFailed' | 'BeforeHookCreation';

export interface HookOptions {
  /** @default 'BeforeHookCreation' - the hook of the last sync goes before the next one is made */
  readonly deletePolicy?: HookDeletePolicy | readonly HookDeletePolicy[];
  /** The place among the hooks of one phase. @default 0 */
  readonly wave?: number;
}

/**
 * Applies an object at a phase of each sync rather than with the others. Argo CD does not template hooks, and does not
 * run them in a sync of selected resources.
 *
 * @param phases one or several, or `'Skip'` to never apply the object
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function hook(
  object: Annotated,
  phases: HookPhase | readonly HookPhase[] | 'Skip',
  { deletePolicy, wave }: HookOptions = {},
): void {
  annotate(object, `${ARGOCD}hook`, listed(phases));
  if (deletePolicy !== undefined) annotate(object, `${ARGOCD}hook-delete-policy`, listed(deletePolicy));
  if (wave !== undefined) syncWave(object, wave);
}

/** The place in a sync: a lower wave is applied, and healthy, before a higher one begins. Whole, and negative if wished. */
export function syncWave(object: Annotated, wave: number): void {
  annotate(object, `${ARGOCD}sync-wave`, String(wave));
}

/** What one object may ask of a sync. What is not listed cannot be said: the opposite values have no effect. */
export interface ResourceSyncOptions {
  /** `false` keeps it when Git loses it, `'confirm'` asks first. Overrides the Application's. @default - pruned */
  readonly prune?: false | 'confirm';
  /** `false` keeps it when the Application is deleted, `'confirm'` asks first. Overrides the Application's. @default - deleted */
  readonly delete?: false | 'confirm';
  /** Prunes it after everything else was applied. */
  readonly pruneLast?: true;
  /** Skips the validation against the cluster's schemas. */
  readonly validate?: false;
  /** Skips the dry run while its kind is not there yet. */
  readonly skipDryRunOnMissingResource?: true;
  /** Replaces it instead of patching it. */
  readonly replace?: true;
  /** Deletes and makes it anew where a patch is refused: for Jobs, whose template cannot change. Only an object can say so. */
  readonly force?: true;
  /** Whether the API server merges it. Overrides the Application's. */
  readonly serverSideApply?: boolean;
}

const RESOURCE_OPTIONS: Readonly<Record<keyof ResourceSyncOptions, string>> = {
  prune: 'Prune',
  delete: 'Delete',
  pruneLast: 'PruneLast',
  validate: 'Validate',
  skipDryRunOnMissingResource: 'SkipDryRunOnMissingResource',
  replace: 'Replace',
  force: 'Force',
  serverSideApply: 'ServerSideApply',
};

/**
 * Sets an object's own sync options. Called again, it adds to them; an option said again takes the new value.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 */
export function syncOptions(object: Annotated, options: ResourceSyncOptions): void {
  addOptions(object, 'sync-options', texts(options, RESOURCE_OPTIONS));
}

/** Keeps an object that Git no longer holds. The Application's own deletion still takes it: see {@link protectFromDeletion}. */
export function protectFromPrune(object: Annotated): void {
  syncOptions(object, { prune: false });
}

/** Keeps an object when Git no longer holds it, and when its Application is deleted. */
export function protectFromDeletion(object: Annotated): void {
  syncOptions(object, { prune: false, delete: false });
}

/** How an object, or an Application, is compared. */
export interface ResourceCompareOptions {
  /** On an object: it does not make the Application OutOfSync when Git does not hold it. */
  readonly ignoreExtraneous?: true;
  /** On an Application: whether the API server computes the difference, in a dry run. */
  readonly serverSideDiff?: boolean;
  /** On an Application with server-side diff: what admission webhooks change counts as a difference. */
  readonly includeMutationWebhook?: true;
}

const COMPARE_OPTIONS: Readonly<Record<keyof ResourceCompareOptions, string>> = {
  ignoreExtraneous: 'IgnoreExtraneous',
  serverSideDiff: 'ServerSideDiff',
  includeMutationWebhook: 'IncludeMutationWebhook',
};

/** @see https://argo-cd.readthedocs.io/en/stable/user-guide/compare-options/ */
export function compareOptions(object: Annotated, options: ResourceCompareOptions): void {
  const said = texts(options, COMPARE_OPTIONS).map((text) =>
    text === 'IgnoreExtraneous=true' ? 'IgnoreExtraneous' : text,
  );
  addOptions(object, 'compare-options', said);
}

/** The object's health does not count for its Application's. */
export function ignoreHealthCheck(object: Annotated): void {
  annotate(object, `${ARGOCD}ignore-healthcheck`, 'true');
}

export const ARGOCD = 'argocd.argoproj.io/';
export const LINK = 'link.argocd.argoproj.io/';
export const NOTIFICATIONS = 'notifications.argoproj.io/';

/** Sets an annotation, whatever stood there. */
export function annotate(object: Annotated, key: string, value: string): void {
  object.metadata.addAnnotation(key, value);
}

function listed(values: string | readonly string[]): string {
  return typeof values === 'string' ? values : values.join(',');
}

/** A key that is no option is written as it is, for the rules to name. */
function texts(options: object, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${names[key] ?? key}=${value}`);
}

function addOptions(object: Annotated, name: string, added: readonly string[]): void {
  if (added.length === 0) return;
  const before: unknown = object.metadata.toJson()?.annotations?.[ARGOCD + name];
  const options = new Map<string, string>();
  for (const text of [...(typeof before === 'string' ? before.split(',') : []), ...added]) {
    const option = text.trim();
    if (option !== '') options.set(option.split('=')[0]!, option);
  }
  annotate(object, ARGOCD + name, [...options.values()].join(','));
}
