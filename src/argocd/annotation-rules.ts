/** Rules about Argo CD's annotations and finalizers. Any object may carry them; here they are judged on this room's kinds. */
import type { FieldPath } from '../kernel/issue';
import type { DeepPartial, Manifest } from '../kernel/manifest';
import { defineRule, type Report, type Rule } from '../kernel/rule';
import { nearest } from '../kernel/suggest';
import type { ApplicationSet } from '../schema/generated/argo-cd';
import { sampleApplication, templatesOf } from './rule-support';

type Metadata = NonNullable<DeepPartial<Manifest>['metadata']>;
type Check = (metadata: Metadata, open: (text: string) => boolean, report: Report) => void;

/** A rule over the metadata of any object, and over that of an ApplicationSet's templates. */
function metadataRule({ check, ...rule }: Omit<Rule, 'check'> & { readonly check: Check }): Rule {
  return defineRule({
    ...rule,
    check(manifest, report) {
      const { metadata } = manifest;
      if (metadata !== undefined) check(metadata, () => false, report);
      if (manifest.kind !== 'ApplicationSet') return;
      for (const { path, template } of templatesOf(manifest as DeepPartial<ApplicationSet>)) {
        const open = (text: string) => text.includes('{{');
        if (template.metadata !== undefined) {
          check(template.metadata, open, (at, ...rest) => report([...path, ...at], ...rest));
        }
      }
    },
  });
}

const PREFIX = 'argocd.argoproj.io/';

function at(name: string): FieldPath {
  return ['metadata', 'annotations', PREFIX + name];
}

function annotation({ annotations }: Metadata, name: string): string | undefined {
  const value: unknown = annotations?.[PREFIX + name];
  return typeof value === 'string' ? value : undefined;
}

/** The parts of a comma-separated annotation. */
function parts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

const RESOURCE_OPTIONS = [
  'Prune=false',
  'Prune=confirm',
  'Delete=false',
  'Delete=confirm',
  'PruneLast=true',
  'Validate=false',
  'SkipDryRunOnMissingResource=true',
  'Replace=true',
  'Force=true',
  'ServerSideApply=true',
  'ServerSideApply=false',
];

const resourceSyncOption = metadataRule({
  code: 'argocd-resource-sync-option-unknown',
  severity: 'error',
  summary: "A sync option in a resource's annotation is none that Argo CD knows.",
  why: 'Argo CD compares the comma-separated texts exactly and ignores the others; SelfHeal= is none at any level (AC-31, S-32; argo-cd gitops-engine/pkg/sync/sync_context.go, controller/state.go).',
  fix: `use one of ${RESOURCE_OPTIONS.join(', ')}`,
  wrong: sampleApplication({}, "annotations: { argocd.argoproj.io/sync-options: 'Prune=no' }"),
  right: sampleApplication({}, "annotations: { argocd.argoproj.io/sync-options: 'Prune=false' }"),
  check(metadata, open, report) {
    const text = annotation(metadata, 'sync-options');
    if (text === undefined || open(text)) return;
    for (const option of parts(text)) {
      if (RESOURCE_OPTIONS.includes(option)) continue;
      if (/^selfheal/i.test(option)) {
        report(
          at('sync-options'),
          `${JSON.stringify(option)} is no sync option; a single resource cannot be left out of self-healing`,
          'use ignoreDifferences with the sync option RespectIgnoreDifferences=true for the fields in question',
        );
        continue;
      }
      const meant = nearest(option, RESOURCE_OPTIONS);
      report(
        at('sync-options'),
        `${JSON.stringify(option)} is no sync option of a resource; Argo CD ignores it`,
        meant && `did you mean ${meant}?`,
      );
    }
  },
});

const COMPARE_OPTIONS = [
  'IgnoreExtraneous',
  'ServerSideDiff=true',
  'ServerSideDiff=false',
  'IncludeMutationWebhook=true',
];

const compareOption = metadataRule({
  code: 'argocd-compare-option-unknown',
  severity: 'error',
  summary: 'A compare option is none that Argo CD knows.',
  why: 'Argo CD compares the texts exactly and ignores the others (AC-33; argo-cd controller/state.go).',
  fix: `use one of ${COMPARE_OPTIONS.join(', ')}`,
  wrong: sampleApplication({}, 'annotations: { argocd.argoproj.io/compare-options: ServerSideDiffs=true }'),
  right: sampleApplication({}, 'annotations: { argocd.argoproj.io/compare-options: ServerSideDiff=true }'),
  check(metadata, open, report) {
    const text = annotation(metadata, 'compare-options');
    if (text === undefined || open(text)) return;
    for (const option of parts(text)) {
      if (COMPARE_OPTIONS.includes(option)) continue;
      const meant = nearest(option, COMPARE_OPTIONS);
      report(
        at('compare-options'),
        `${JSON.stringify(option)} is no compare option; Argo CD ignores it`,
        meant && `did you mean ${meant}?`,
      );
    }
  },
});

const syncWave = metadataRule({
  code: 'argocd-sync-wave-not-integer',
  severity: 'error',
  summary: 'A sync wave is no whole number.',
  why: 'What does not read as a whole number is silently wave 0 (AC-39; argo-cd gitops-engine/pkg/sync/syncwaves/waves.go).',
  fix: "write a whole number as text: '-1', '0', '10'",
  wrong: sampleApplication({}, "annotations: { argocd.argoproj.io/sync-wave: '1.5' }"),
  right: sampleApplication({}, "annotations: { argocd.argoproj.io/sync-wave: '2' }"),
  check(metadata, open, report) {
    const wave = annotation(metadata, 'sync-wave');
    if (wave === undefined || open(wave) || /^[+-]?\d+$/.test(wave)) return;
    report(at('sync-wave'), `${JSON.stringify(wave)} is no whole number: Argo CD takes wave 0`);
  },
});

const HOOKS = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'Skip', 'PreDelete', 'PostDelete'];

const hook = metadataRule({
  code: 'argocd-hook-unknown',
  severity: 'error',
  summary: 'A hook has a phase that Argo CD does not know.',
  why: 'Unknown phases are ignored, and an object that is a hook of no phase is never applied; Skip counts only alone (AC-39a; argo-cd gitops-engine/pkg/sync/sync_phase.go, controller/hook.go).',
  fix: `use one of ${HOOKS.join(', ')}`,
  wrong: sampleApplication({}, 'annotations: { argocd.argoproj.io/hook: Presync }'),
  right: sampleApplication({}, 'annotations: { argocd.argoproj.io/hook: PreSync }'),
  check(metadata, open, report) {
    const text = annotation(metadata, 'hook');
    if (text === undefined || open(text)) return;
    const phases = parts(text);
    for (const phase of phases) {
      if (HOOKS.includes(phase)) continue;
      const meant = nearest(phase, HOOKS);
      report(at('hook'), `${JSON.stringify(phase)} is no phase of a sync`, meant && `did you mean ${meant}?`);
    }
    if (phases.includes('Skip') && phases.length > 1) {
      report(at('hook'), `Skip counts only alone, not in ${JSON.stringify(text)}`, 'keep Skip, or the phases');
    }
  },
});

const DELETE_POLICIES = ['HookSucceeded', 'HookFailed', 'BeforeHookCreation'];

const hookDeletePolicy = metadataRule({
  code: 'argocd-hook-delete-policy-unknown',
  severity: 'error',
  summary: 'A hook has a delete policy that Argo CD does not know.',
  why: 'Unknown policies are ignored, which leaves BeforeHookCreation (AC-39a; argo-cd gitops-engine/pkg/sync/hook).',
  fix: `use one of ${DELETE_POLICIES.join(', ')}`,
  wrong: sampleApplication(
    {},
    'annotations: { argocd.argoproj.io/hook: Sync, argocd.argoproj.io/hook-delete-policy: OnSuccess }',
  ),
  right: sampleApplication(
    {},
    'annotations: { argocd.argoproj.io/hook: Sync, argocd.argoproj.io/hook-delete-policy: HookSucceeded }',
  ),
  check(metadata, open, report) {
    const text = annotation(metadata, 'hook-delete-policy');
    if (text === undefined || open(text)) return;
    for (const policy of parts(text)) {
      if (DELETE_POLICIES.includes(policy)) continue;
      const meant = nearest(policy, DELETE_POLICIES);
      report(
        at('hook-delete-policy'),
        `${JSON.stringify(policy)} is no delete policy`,
        meant && `did you mean ${meant}?`,
      );
    }
  },
});

const managedByUrl = metadataRule({
  code: 'argocd-managed-by-url',
  severity: 'error',
  summary: 'The annotation managed-by-url holds no web address.',
  why: 'Argo CD refuses what is no http or https URL (AC-17; argo-cd util/argo/argo.go ValidateManagedByURL, util/settings/settings.go ValidateExternalURL).',
  fix: 'write the address of the other Argo CD: https://argocd.acme.io',
  wrong: sampleApplication({}, 'annotations: { argocd.argoproj.io/managed-by-url: argocd.acme.io }'),
  right: sampleApplication({}, "annotations: { argocd.argoproj.io/managed-by-url: 'https://argocd.acme.io' }"),
  check(metadata, open, report) {
    const url = annotation(metadata, 'managed-by-url');
    if (url === undefined || url === '' || open(url) || /^https?:\/\/[^/\s]+/.test(url)) return;
    report(at('managed-by-url'), `${JSON.stringify(url)} is no http or https URL`);
  },
});

const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** What the controller itself sets or looks for. */
const FINALIZERS = [
  RESOURCES_FINALIZER,
  `${RESOURCES_FINALIZER}/foreground`,
  `${RESOURCES_FINALIZER}/background`,
  'post-delete-finalizer.argocd.argoproj.io',
  'post-delete-finalizer.argocd.argoproj.io/cleanup',
  'pre-delete-finalizer.argocd.argoproj.io',
  'pre-delete-finalizer.argocd.argoproj.io/cleanup',
];

const finalizerUnknown = metadataRule({
  code: 'argocd-finalizer-unknown',
  severity: 'error',
  summary: 'A finalizer of Argo CD is misspelt.',
  why: 'Nobody removes a finalizer that the controller does not know, so the object can never be deleted, and its resources are not deleted with it (AC-38; argo-cd pkg/apis/application/v1alpha1/application_defaults.go).',
  fix: `use ${RESOURCES_FINALIZER}, alone or with /foreground or /background`,
  wrong: sampleApplication({}, 'finalizers: [resources-finalizers.argocd.argoproj.io]'),
  right: sampleApplication({}, 'finalizers: [resources-finalizer.argocd.argoproj.io]'),
  check({ finalizers }, open, report) {
    for (const [index, finalizer] of (Array.isArray(finalizers) ? finalizers : []).entries()) {
      if (typeof finalizer !== 'string' || open(finalizer) || FINALIZERS.includes(finalizer)) continue;
      if (!/[.]argocd[.]argoproj[.]io(\/|$)/.test(finalizer)) continue;
      const meant = nearest(finalizer, FINALIZERS);
      report(
        ['metadata', 'finalizers', index],
        `${JSON.stringify(finalizer)} is none of Argo CD's finalizers`,
        meant && `did you mean ${meant}?`,
      );
    }
  },
});

/** For every kind of this room. */
export const annotationRules = [
  resourceSyncOption,
  compareOption,
  syncWave,
  hook,
  hookDeletePolicy,
  managedByUrl,
  finalizerUnknown,
] as const;
