/** Rules about the order in which changes reach an ApplicationSet's Applications. */
import { defineRule } from '../kernel/rule';
import type { ApplicationSet } from '../schema/generated/argo-cd';
import { sampleApplicationSet, sampleTemplate, templatesOf } from './rule-support';

const SOURCE = 'argo-cd applicationset/progressivesync/progressive_sync.go';
const LABELLED = sampleTemplate("'checkout-{{ .cluster }}'", { metadata: "labels: { cluster: '{{ .cluster }}' }" });

function rolling(step: string, more = ''): Record<string, string> {
  return {
    template: LABELLED,
    strategy: `
    type: RollingSync${more && `\n    ${more}`}
    rollingSync:
      steps:
        - ${step}`,
  };
}

const DEV = 'matchExpressions: [{ key: cluster, operator: In, values: [dev] }]';

const type = defineRule<ApplicationSet>({
  code: 'argocd-appset-strategy',
  severity: 'error',
  summary: 'A strategy is none, or lacks its steps.',
  why: `type is AllAtOnce or RollingSync, which needs rollingSync; deletionOrder is AllAtOnce, or Reverse together with RollingSync and steps (AS-26; ${SOURCE}).`,
  fix: 'write { type: RollingSync, rollingSync: { steps: [...] } }, or leave strategy out',
  wrong: sampleApplicationSet({ strategy: '{ type: Rolling }' }),
  right: sampleApplicationSet(rolling(DEV)),
  check({ spec }, report) {
    const { type: kind = '', rollingSync, deletionOrder = '' } = spec?.strategy ?? {};
    const steps = rollingSync?.steps ?? [];
    if (!['', 'AllAtOnce', 'RollingSync'].includes(kind)) {
      report(['spec', 'strategy', 'type'], `${JSON.stringify(kind)} is not AllAtOnce or RollingSync`);
    }
    if (kind === 'RollingSync' && steps.length === 0) {
      report(['spec', 'strategy', 'rollingSync'], 'has no steps: no Application is ever synced');
    }
    if (!['', 'AllAtOnce', 'Reverse'].includes(deletionOrder)) {
      report(['spec', 'strategy', 'deletionOrder'], `${JSON.stringify(deletionOrder)} is not AllAtOnce or Reverse`);
    } else if (deletionOrder === 'Reverse' && (kind !== 'RollingSync' || steps.length === 0)) {
      report(['spec', 'strategy', 'deletionOrder'], 'Reverse is the order of the steps backwards, and there are none');
    }
  },
});

const ignored = defineRule<ApplicationSet>({
  code: 'argocd-appset-rolling-sync-ignored',
  severity: 'warning',
  summary: 'Steps are given, but the strategy is not RollingSync.',
  why: `The steps count only with type: RollingSync (AS-26; ${SOURCE}).`,
  fix: 'set strategy.type to RollingSync, or remove the steps',
  wrong: sampleApplicationSet({ template: LABELLED, strategy: `{ rollingSync: { steps: [{ ${DEV} }] } }` }),
  right: sampleApplicationSet(rolling(DEV)),
  check({ spec }, report) {
    const { type: kind = '', rollingSync } = spec?.strategy ?? {};
    if (rollingSync === undefined || kind === 'RollingSync') return;
    report(['spec', 'strategy', 'rollingSync'], `is ignored: strategy.type is ${kind || 'not set'}`);
  },
});

const step = defineRule<ApplicationSet>({
  code: 'argocd-appset-rolling-sync-step',
  severity: 'error',
  summary: 'A step selects no Application, or updates an amount that is none.',
  why: `A step's operator is In or NotIn, any other selects nothing; maxUpdate is a whole number or a percentage (AS-26; ${SOURCE}).`,
  fix: "write { key, operator: In, values: [...] }, and maxUpdate: 2 or '25%'",
  wrong: sampleApplicationSet(rolling('matchExpressions: [{ key: cluster, operator: Exists }]')),
  right: sampleApplicationSet(rolling(DEV)),
  check({ spec }, report) {
    for (const [index, entry] of (spec?.strategy?.rollingSync?.steps ?? []).entries()) {
      const path = ['spec', 'strategy', 'rollingSync', 'steps', index];
      for (const [at, expression] of (entry?.matchExpressions ?? []).entries()) {
        const operator = expression?.operator ?? '';
        if (operator !== 'In' && operator !== 'NotIn') {
          report(
            [...path, 'matchExpressions', at, 'operator'],
            `${JSON.stringify(operator)} is not In or NotIn: no Application is selected`,
          );
        }
      }
      const max = entry?.maxUpdate;
      if (max === undefined || (typeof max === 'number' ? max >= 0 : /^\d+%?$/.test(max))) continue;
      report([...path, 'maxUpdate'], `${JSON.stringify(max)} is no whole number or percentage`);
    }
  },
});

const paused = defineRule<ApplicationSet>({
  code: 'argocd-appset-rolling-sync-paused',
  severity: 'warning',
  summary: 'A step updates nothing.',
  why: `maxUpdate of 0 holds the step and every later one until it is raised (AS-26; ${SOURCE}).`,
  fix: 'remove maxUpdate, or write how many may be updated at once',
  wrong: sampleApplicationSet(rolling(`${DEV}\n          maxUpdate: 0`)),
  right: sampleApplicationSet(rolling(`${DEV}\n          maxUpdate: 1`)),
  check({ spec }, report) {
    for (const [index, entry] of (spec?.strategy?.rollingSync?.steps ?? []).entries()) {
      const max = entry?.maxUpdate;
      if (max !== 0 && !(typeof max === 'string' && /^0+%?$/.test(max))) continue;
      report(['spec', 'strategy', 'rollingSync', 'steps', index, 'maxUpdate'], 'is 0: the rollout waits here');
    }
  },
});

const label = defineRule<ApplicationSet>({
  code: 'argocd-appset-rolling-sync-label',
  severity: 'error',
  summary: 'A step selects by a label that no Application has.',
  why: `Steps match labels of the Applications, not of clusters; one that no step selects is never synced (AS-26; ${SOURCE}).`,
  fix: "set the label in template.metadata.labels: { cluster: '{{ .cluster }}' }",
  wrong: sampleApplicationSet({ ...rolling(DEV), template: sampleTemplate("'checkout-{{ .cluster }}'") }),
  right: sampleApplicationSet(rolling(DEV)),
  check(manifest, report) {
    const { spec } = manifest;
    if (spec?.strategy?.type !== 'RollingSync' || spec.template === undefined || spec.templatePatch !== undefined)
      return;
    const labels = templatesOf(manifest).flatMap(({ template }) => Object.keys(template.metadata?.labels ?? {}));
    for (const [index, entry] of (spec.strategy.rollingSync?.steps ?? []).entries()) {
      for (const [at, expression] of (entry?.matchExpressions ?? []).entries()) {
        const { key, operator } = expression ?? {};
        if (key === undefined || operator !== 'In' || labels.some((name) => name === key || name.includes('{{')))
          continue;
        report(
          ['spec', 'strategy', 'rollingSync', 'steps', index, 'matchExpressions', at, 'key'],
          `the template sets no label ${JSON.stringify(key)}, so the step selects nothing`,
        );
      }
    }
  },
});

export const strategyRules = [type, ignored, step, paused, label] as const;
