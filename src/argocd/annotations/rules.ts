/**
 * Rules about annotations that any object may carry. Argo CD reads them when it is too late: what it does not know it
 * ignores.
 */
import type { FieldPath } from '../../kernel/issue';
import { type DeepPartial, isObject, type Manifest } from '../../kernel/manifest';
import { defineRule, type Rule } from '../../kernel/rule';
import { nearest } from '../../kernel/suggest';
import { annotationRules as sharedRules } from '../annotation-rules';
import { ARGOCD, NOTIFICATIONS } from './annotate';

/** Whether an object carries anything that these rules judge: spares running them on every other one. */
export function carriesArgoAnnotations({ metadata }: DeepPartial<Manifest>): boolean {
  for (const key in metadata?.annotations) {
    if (key.startsWith(ARGOCD) || key.startsWith(NOTIFICATIONS)) return true;
  }
  return false;
}

const KNOWN = [
  'application-set-refresh',
  'client-side-apply-migration-manager',
  'compare-options',
  'deletion-approved',
  'hook',
  'hook-delete-policy',
  'hydrate',
  'ignore-default-links',
  'ignore-healthcheck',
  'ignore-resource-updates',
  'installation-id',
  'managed-by-url',
  'manifest-generate-paths',
  'refresh',
  'skip-reconcile',
  'sync-options',
  'sync-wave',
  'tracking-id',
];

const LABELS = [
  `${ARGOCD}auto-label-cluster-info`,
  `${ARGOCD}instance`,
  `${ARGOCD}kubernetes-version`,
  `${ARGOCD}secret-type`,
];

const annotationUnknown = defineRule({
  code: 'argocd-annotation-unknown',
  severity: 'warning',
  summary: 'An annotation is nearly one of Argo CD, and therefore none.',
  why: 'Argo CD looks its annotations up by their exact keys (AC-31, AC-33, AC-39; argo-cd docs/user-guide/annotations-and-labels.md).',
  fix: `use one of ${KNOWN.map((name) => ARGOCD + name).join(', ')}`,
  wrong: sampleJob("argocd.argoproj.io/sync-option: 'Prune=false'"),
  right: sampleJob("argocd.argoproj.io/sync-options: 'Prune=false'"),
  check({ metadata }, report) {
    for (const key in metadata?.annotations) {
      if (!key.startsWith(ARGOCD)) continue;
      const name = key.slice(ARGOCD.length);
      if (KNOWN.includes(name)) continue;
      const path: FieldPath = ['metadata', 'annotations', key];
      if (LABELS.includes(key)) {
        report(path, `Argo CD reads ${key} as a label, not as an annotation`, 'move it to metadata.labels');
        continue;
      }
      const meant = nearest(name, KNOWN);
      if (meant !== undefined) report(path, `Argo CD knows no ${key}`, `did you mean ${ARGOCD}${meant}?`);
    }
  },
});

const hookTemplated = defineRule({
  code: 'argocd-hook-templated',
  severity: 'warning',
  summary: 'A hook holds template tags that nobody fills in.',
  why: 'Argo CD applies hooks as they are; the pod sees the tags as text (AC-39b, S-39; argo-cd docs/user-guide/resource_hooks.md).',
  fix: 'write the value, mount it, or tell somebody by a notification, whose templates know the Application',
  wrong: sampleJob('argocd.argoproj.io/hook: SyncFail', "'{{.metadata.name}}'"),
  right: sampleJob('argocd.argoproj.io/hook: SyncFail', 'checkout'),
  check(manifest, report) {
    if (!manifest.metadata?.annotations?.[`${ARGOCD}hook`]) return;
    for (const [path, pod] of podsOf(manifest)) {
      for (const field of ['containers', 'initContainers']) {
        for (const [index, container] of listOf(pod[field]).entries()) {
          for (const [at, text] of textsOf(container)) {
            if (!text.includes('{{')) continue;
            report(
              [...path, field, index, ...at],
              `Argo CD does not template hooks: the pod sees ${JSON.stringify(text)}`,
            );
          }
        }
      }
    }
  },
});

const subscription = defineRule({
  code: 'argocd-subscription-ignored',
  severity: 'error',
  summary: 'A subscription to notifications has a key that is not read as it is meant.',
  why: 'The key is split at its dots into trigger and service; what follows is dropped, and other keys subscribe to nothing (NO-04, NO-08; notifications-engine pkg/subscriptions/annotations.go).',
  fix: `write ${NOTIFICATIONS}subscribe.<trigger>.<service>, neither with a dot`,
  wrong: sampleJob("notifications.argoproj.io/subscribe.on-sync-failed.slack.ops: ''"),
  right: sampleJob('notifications.argoproj.io/subscribe.on-sync-failed.slack: ops'),
  check({ metadata }, report) {
    for (const key in metadata?.annotations) {
      if (!key.startsWith(NOTIFICATIONS)) continue;
      const problem = subscriptionProblem(key.slice(NOTIFICATIONS.length));
      if (problem !== undefined) report(['metadata', 'annotations', key], problem);
    }
  },
});

/** What no object of Argo CD's own kinds is judged by yet. */
export const ownAnnotationRules: readonly Rule[] = [annotationUnknown, hookTemplated, subscription];

/**
 * For every object, of any kind. Argo CD's own kinds have {@link ownAnnotationRules} to add: their rules hold the others.
 * An object without such annotations costs next to nothing.
 */
export const annotationRules: readonly Rule[] = [...sharedRules, ...ownAnnotationRules].map((rule) => ({
  ...rule,
  check(manifest, report) {
    const { metadata } = manifest;
    if (metadata?.finalizers !== undefined || (metadata?.annotations && carriesArgoAnnotations(manifest))) {
      rule.check(manifest, report);
    }
  },
}));

function subscriptionProblem(name: string): string | undefined {
  if (name.startsWith('subscriptions')) return undefined;
  if (!name.startsWith('subscribe.')) return `${name} subscribes to nothing`;
  const parts = name.slice('subscribe.'.length).split('.');
  if (parts.some((part) => part === '')) return `${name} names no trigger or no service`;
  if (parts.length < 3) return undefined;
  return `${name} is read as trigger '${parts[0]}' and service '${parts[1]}'; the rest is dropped`;
}

type Fields = Readonly<Record<string, unknown>>;

/** The pod specs of a workload. Other kinds may have templates of their own. */
function podsOf(manifest: DeepPartial<Manifest>): readonly (readonly [FieldPath, Fields])[] {
  const paths: Readonly<Record<string, FieldPath>> = {
    Pod: ['spec'],
    CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  };
  const templated = ['Job', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];
  const path = templated.includes(manifest.kind ?? '') ? ['spec', 'template', 'spec'] : paths[manifest.kind ?? ''];
  if (path === undefined) return [];
  let value: unknown = manifest;
  for (const step of path) value = isObject(value) ? value[step] : undefined;
  return isObject(value) ? [[path, value]] : [];
}

/** Values of the environment, and arguments unless the program takes templates itself. */
function textsOf(container: Fields): [FieldPath, string][] {
  const found: [FieldPath, string][] = [];
  for (const [index, variable] of listOf(container['env']).entries()) {
    if (typeof variable['value'] === 'string') found.push([['env', index, 'value'], variable['value']]);
  }
  const words = ['command', 'args'].flatMap((field) => {
    const list = Array.isArray(container[field]) ? container[field] : [];
    return list.map((word: unknown, index): [FieldPath, unknown] => [[field, index], word]);
  });
  const takesTemplates = words.some(([, word]) => typeof word === 'string' && /template|format/i.test(word));
  if (takesTemplates) return found;
  return [...found, ...words.filter((word): word is [FieldPath, string] => typeof word[1] === 'string')];
}

function listOf(value: unknown): Fields[] {
  // Positions count, so what is no mapping stays, as an empty one.
  return Array.isArray(value) ? value.map((item) => (isObject(item) ? item : {})) : [];
}

function sampleJob(annotation: string, value = 'checkout'): string {
  return `
apiVersion: batch/v1
kind: Job
metadata:
  name: report
  namespace: shop
  annotations:
    ${annotation}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - { name: report, image: 'ghcr.io/acme/report:1.0.0', env: [{ name: APP, value: ${value} }] }
`;
}
