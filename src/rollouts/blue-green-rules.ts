/** Rules over a blue-green strategy, and over the anti-affinity that both strategies have. */
import type { Rule } from '../kernel/rule';
import type { Rollout } from '../schema/generated/argo-rollouts';
import { blueGreenRule, isPresent, sampleBlueGreen, specRule } from './rule-support';

const VALIDATION = 'pkg/apis/rollouts/validation/validation.go';

const servicesSame = blueGreenRule({
  code: 'rollouts-blue-green-services-same',
  summary: 'The preview Service is the active Service.',
  why: `the preview would get the traffic of all clients; the controller sets InvalidSpec (RO-05, ${VALIDATION} ValidateRolloutStrategyBlueGreen).`,
  fix: 'use two Services, or leave previewService out',
  wrong: sampleBlueGreen('activeService: checkout', 'previewService: checkout'),
  right: sampleBlueGreen('activeService: checkout', 'previewService: checkout-preview'),
  check({ activeService, previewService }, report) {
    if (activeService === undefined || activeService !== previewService) return;
    report(
      ['previewService'],
      `This rollout uses the same service for the active and preview services ('${activeService}'), but two different services are required.`,
    );
  },
});

const revisionLimit = blueGreenRule({
  code: 'rollouts-scale-down-revision-limit',
  summary: 'More old versions are to be kept running than are kept at all.',
  why: `revisionHistoryLimit is 10 unless set; the controller sets InvalidSpec (RO-05, ${VALIDATION}).`,
  fix: 'make scaleDownDelayRevisionLimit at most revisionHistoryLimit',
  wrong: sampleBlueGreen('activeService: checkout', 'scaleDownDelayRevisionLimit: 11'),
  right: sampleBlueGreen('activeService: checkout', 'scaleDownDelayRevisionLimit: 2'),
  check({ scaleDownDelayRevisionLimit: limit }, report, { revisionHistoryLimit }) {
    const kept = revisionHistoryLimit ?? 10;
    if (!isPresent(limit) || limit <= kept) return;
    report(
      ['scaleDownDelayRevisionLimit'],
      `This rollout's revision history limit (${kept}) can not be smaller than the rollout's scale down limit (${limit})`,
    );
  },
});

const autoPromotion = blueGreenRule({
  code: 'rollouts-auto-promotion-seconds',
  summary: 'Seconds until automatic promotion, which is switched off.',
  why: 'with autoPromotionEnabled: false the rollout waits for a person however many seconds are set (RO-06, S-43, rollout/pause.go, rollout/bluegreen.go).',
  fix: 'drop autoPromotionSeconds to wait for a person, or autoPromotionEnabled: false to promote after the seconds',
  wrong: sampleBlueGreen('activeService: checkout', 'autoPromotionEnabled: false', 'autoPromotionSeconds: 300'),
  right: sampleBlueGreen('activeService: checkout', 'autoPromotionSeconds: 300'),
  check({ autoPromotionEnabled, autoPromotionSeconds }, report) {
    if (autoPromotionEnabled !== false || !autoPromotionSeconds) return;
    report(['autoPromotionSeconds'], `${autoPromotionSeconds} seconds are ignored: autoPromotionEnabled is false`);
  },
});

const antiAffinity = specRule({
  code: 'rollouts-anti-affinity',
  summary: 'Anti-affinity between versions names no way, both ways, or a weight that is none.',
  why: `the controller sets InvalidSpec (RO-17, ${VALIDATION} ValidateRolloutStrategyAntiAffinity).`,
  fix: 'set required: {}, or preferred with a weight from 1 to 100',
  wrong: sampleBlueGreen(
    'activeService: checkout',
    'antiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight: 101 } }',
  ),
  right: sampleBlueGreen(
    'activeService: checkout',
    'antiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: { weight: 100 } }',
  ),
  check({ strategy }, report) {
    for (const name of ['canary', 'blueGreen'] as const) {
      const affinity = strategy?.[name]?.antiAffinity;
      if (!isPresent(affinity)) continue;
      const at = ['strategy', name, 'antiAffinity'];
      const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution;
      const required = affinity.requiredDuringSchedulingIgnoredDuringExecution;
      if (isPresent(preferred) === isPresent(required)) {
        report(at, `AntiAffinity must have exactly one strategy listed: got ${isPresent(preferred) ? 'both' : 'none'}`);
      }
      const weight = preferred?.weight;
      if (weight === undefined || (weight >= 1 && weight <= 100)) continue;
      report(
        [...at, 'preferredDuringSchedulingIgnoredDuringExecution', 'weight'],
        `AntiAffinity weight must be between 1-100: got ${weight}`,
      );
    }
  },
});

export const blueGreenRules: readonly Rule<Rollout>[] = [servicesSame, revisionLimit, autoPromotion, antiAffinity];
