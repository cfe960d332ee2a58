/** Rules about how an Application syncs. Argo CD compares options as exact texts and ignores the others in silence. */
import { tryParseGoDuration } from '../kernel/duration';
import type { FieldPath } from '../kernel/issue';
import { nearest } from '../kernel/suggest';
import { applicationRule, isOpen, sampleApplication } from './rule-support';
import { SYNC_OPTIONS } from './sync';

const VALUES = new Map(Object.values(SYNC_OPTIONS).map(([name, ...values]) => [name, values]));
const PATH: FieldPath = ['spec', 'syncPolicy', 'syncOptions'];

/** What people write who want something that is no sync option (S-31, S-32, AC-32). */
const NOT_OPTIONS: readonly [pattern: RegExp, message: string, fix: string][] = [
  [
    /^selfheal/i,
    'there is no such sync option: self-healing is syncPolicy.automated.selfHeal, its timing a flag of the controller',
    'set automated({ selfHeal: true }); for the delay see --self-heal-timeout-seconds of the application controller',
  ],
  [
    /^force=/i,
    'Force works in the annotation argocd.argoproj.io/sync-options of a resource, not in an Application',
    'annotate the resource that needs it, or use syncOptions: { replace: true }',
  ],
  [
    /^(auto|automated|autosync)=/i,
    'there is no such sync option: auto-sync is syncPolicy.automated',
    'use sync: automated() or sync: manual()',
  ],
];

const optionUnknown = applicationRule({
  code: 'argocd-sync-option-unknown',
  severity: 'error',
  summary: 'A sync option is none that Argo CD knows.',
  why: 'Argo CD looks for exact texts and ignores every other one without a word (AC-30, S-31; argo-cd pkg/apis/application/v1alpha1/types.go HasOption, controller/sync.go).',
  fix: 'use the typed syncOptions, or one of the texts that Argo CD compares',
  wrong: sampleApplication({ syncPolicy: '{ syncOptions: [CreateNamespaces=true] }' }),
  right: sampleApplication({ syncPolicy: '{ syncOptions: [CreateNamespace=true] }' }),
  check({ spec, template }, report) {
    for (const [index, option] of (spec.syncPolicy?.syncOptions ?? []).entries()) {
      if (option === undefined || isOpen(option, { template }) || isKnown(option)) continue;
      const special = NOT_OPTIONS.find(([pattern]) => pattern.test(option));
      if (special !== undefined) report([...PATH, index], `${JSON.stringify(option)}: ${special[1]}`, special[2]);
      else
        report(
          [...PATH, index],
          `${JSON.stringify(option)} is no sync option; Argo CD ignores it`,
          nearestOption(option),
        );
    }
  },
});

const optionNoEffect = applicationRule({
  code: 'argocd-sync-option-no-effect',
  severity: 'warning',
  summary: 'A sync option has a value that Argo CD does not look for.',
  why: 'Only the value that differs from the normal behaviour is compared: Validate=true or Replace=false do nothing (AC-30, S-34; argo-cd controller/sync.go).',
  fix: 'remove the option',
  wrong: sampleApplication({ syncPolicy: '{ syncOptions: [CreateNamespace=true, Validate=true] }' }),
  right: sampleApplication({ syncPolicy: '{ syncOptions: [CreateNamespace=true] }' }),
  check({ spec, template }, report) {
    for (const [index, option] of (spec.syncPolicy?.syncOptions ?? []).entries()) {
      if (option === undefined || isOpen(option, { template }) || !isKnown(option)) continue;
      const [name, value] = split(option);
      const values = VALUES.get(name)!;
      if (values.includes(value)) continue;
      const known = values.map((text) => `${name}=${text}`).join(', ');
      report([...PATH, index], `${JSON.stringify(option)} does nothing; Argo CD looks for ${known}`);
    }
  },
});

const automatedAllFalse = applicationRule({
  code: 'argocd-automated-all-false',
  severity: 'warning',
  summary: 'automated has all its flags off, which still is auto-sync.',
  why: 'The presence of automated turns auto-sync on, whatever its flags; manual sync is its absence (AC-34, S-30; argo-cd pkg/apis/application/v1alpha1/types.go, IsAutomatedSyncEnabled).',
  fix: 'for manual sync remove automated; for auto-sync that neither prunes nor heals say enabled: true',
  wrong: sampleApplication({ syncPolicy: '{ automated: { prune: false, selfHeal: false } }' }),
  right: sampleApplication({ syncPolicy: '{ automated: { enabled: true, prune: false, selfHeal: false } }' }),
  check({ spec }, report) {
    const automated = spec.syncPolicy?.automated ?? {};
    const flags = Object.values(automated);
    if (flags.length === 0 || automated.enabled !== undefined || flags.some((flag) => flag !== false)) return;
    report(['spec', 'syncPolicy', 'automated'], 'all flags are false, yet auto-sync is on: automated is present');
  },
});

const retryBackoff = applicationRule({
  code: 'argocd-retry-backoff',
  severity: 'error',
  summary: 'A retry wait is no duration.',
  why: 'Argo CD reads Go durations, and bare numbers as seconds; anything else fails the sync (AC-35; argo-cd pkg/apis/application/v1alpha1/types.go, parseStringToDuration).',
  fix: "write '30s', '5m' or '1h'",
  wrong: sampleApplication({ syncPolicy: '{ retry: { limit: 3, backoff: { duration: 5 seconds } } }' }),
  right: sampleApplication({ syncPolicy: '{ retry: { limit: 3, backoff: { duration: 5s } } }' }),
  check({ spec, template }, report) {
    const backoff = spec.syncPolicy?.retry?.backoff;
    for (const field of ['duration', 'maxDuration'] as const) {
      const text = backoff?.[field];
      if (text === undefined || text === '' || isOpen(text, { template })) continue;
      if (/^\d+$/.test(text) || (tryParseGoDuration(text) ?? -1) >= 0) continue;
      report(['spec', 'syncPolicy', 'retry', 'backoff', field], `${JSON.stringify(text)} is no duration`);
    }
  },
});

const namespaceMetadata = applicationRule({
  code: 'argocd-managed-namespace-metadata',
  severity: 'error',
  summary: "The namespace's labels are given, but Argo CD does not manage the namespace.",
  why: 'managedNamespaceMetadata does nothing without CreateNamespace=true (AC-36; argo-cd controller/sync_namespace.go).',
  fix: 'add syncOptions: { createNamespace: true }, or remove managedNamespaceMetadata',
  wrong: sampleApplication({ syncPolicy: '{ managedNamespaceMetadata: { labels: { team: shop } } }' }),
  right: sampleApplication({
    syncPolicy: '{ syncOptions: [CreateNamespace=true], managedNamespaceMetadata: { labels: { team: shop } } }',
  }),
  check({ spec, partial }, report) {
    const { managedNamespaceMetadata, syncOptions = [] } = spec.syncPolicy ?? {};
    if (managedNamespaceMetadata === undefined || partial || syncOptions.includes('CreateNamespace=true')) return;
    report(
      ['spec', 'syncPolicy', 'managedNamespaceMetadata'],
      'does nothing without the sync option CreateNamespace=true',
    );
  },
});

const createNamespace = applicationRule({
  code: 'argocd-create-namespace-unnamed',
  severity: 'error',
  summary: 'CreateNamespace=true has no namespace to create.',
  why: 'Argo CD creates the namespace of the destination, and nothing when it names none (AC-36; argo-cd controller/sync.go).',
  fix: 'set destination.namespace, or remove CreateNamespace=true',
  wrong: sampleApplication({
    destination: '{ server: https://kubernetes.default.svc }',
    syncPolicy: '{ syncOptions: [CreateNamespace=true] }',
  }),
  right: sampleApplication({ syncPolicy: '{ syncOptions: [CreateNamespace=true] }' }),
  check({ spec, partial }, report) {
    const index = spec.syncPolicy?.syncOptions?.indexOf('CreateNamespace=true') ?? -1;
    if (index < 0 || partial || spec.destination?.namespace) return;
    report([...PATH, index], 'creates nothing: spec.destination has no namespace');
  },
});

const differencesEmpty = applicationRule({
  code: 'argocd-ignore-differences-empty',
  severity: 'error',
  summary: 'An entry of ignoreDifferences says of what, but not which fields.',
  why: 'Without jsonPointers, jqPathExpressions or managedFieldsManagers the entry does nothing (AC-37; argo-cd util/argo/normalizers).',
  fix: "add jsonPointers: ['/spec/replicas'], jqPathExpressions or managedFieldsManagers",
  wrong: sampleApplication({
    syncPolicy: '{ syncOptions: [RespectIgnoreDifferences=true] }',
    ignoreDifferences: '[{ group: apps, kind: Deployment }]',
  }),
  right: sampleApplication({
    syncPolicy: '{ syncOptions: [RespectIgnoreDifferences=true] }',
    ignoreDifferences: '[{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }]',
  }),
  check({ spec }, report) {
    for (const [index, entry] of (spec.ignoreDifferences ?? []).entries()) {
      const fields = [entry?.jsonPointers, entry?.jqPathExpressions, entry?.managedFieldsManagers];
      if (fields.some((list) => list !== undefined && list.length > 0)) continue;
      report(
        ['spec', 'ignoreDifferences', index],
        `ignores nothing of ${entry?.kind ?? 'the object'}: it names no field and no manager`,
      );
    }
  },
});

const differencesNotRespected = applicationRule({
  code: 'argocd-ignore-differences-not-respected',
  severity: 'warning',
  summary: 'Fields are left out of the comparison, and every sync overwrites them.',
  why: 'ignoreDifferences changes what counts as a difference; a sync applies the whole manifest unless RespectIgnoreDifferences=true (AC-37, S-36; argo-cd controller/sync.go, normalizeTargetResources).',
  fix: 'add syncOptions: { respectIgnoreDifferences: true }, or leave the field out of Git',
  wrong: sampleApplication({
    ignoreDifferences: '[{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }]',
  }),
  right: sampleApplication({
    syncPolicy: '{ syncOptions: [RespectIgnoreDifferences=true] }',
    ignoreDifferences: '[{ group: apps, kind: Deployment, jsonPointers: [/spec/replicas] }]',
  }),
  check({ spec, partial }, report) {
    if (partial || (spec.ignoreDifferences ?? []).length === 0) return;
    if (spec.syncPolicy?.syncOptions?.includes('RespectIgnoreDifferences=true')) return;
    report(['spec', 'ignoreDifferences'], 'the next sync still overwrites these fields');
  },
});

export const applicationSyncRules = [
  optionUnknown,
  optionNoEffect,
  automatedAllFalse,
  retryBackoff,
  namespaceMetadata,
  createNamespace,
  differencesEmpty,
  differencesNotRespected,
] as const;

function split(option: string): [name: string, value: string] {
  const equals = option.indexOf('=');
  return equals < 0 ? [option, ''] : [option.slice(0, equals), option.slice(equals + 1)];
}

/** Whether the name is one of Argo CD's and there is a value. A policy's value is one of three. */
function isKnown(option: string): boolean {
  const [name, value] = split(option);
  const values = VALUES.get(name);
  if (values === undefined) return false;
  return values.includes(value) || (values.length < 3 && (value === 'true' || value === 'false'));
}

function nearestOption(option: string): string {
  const texts = [...VALUES].flatMap(([name, values]) => values.map((value) => `${name}=${value}`));
  const exact = nearest(option, texts);
  const byName = nearest(split(option)[0], VALUES.keys());
  const meant = exact ?? (byName && `${byName}=${VALUES.get(byName)!.join('|')}`);
  return meant === undefined ? `use one of ${[...VALUES.keys()].join(', ')}` : `did you mean ${meant}?`;
}
