/** Rules over the analyses of a Rollout: templates and arguments. */
import type { FieldPath } from '../kernel/issue';
import type { Rule } from '../kernel/rule';
import type { Rollout } from '../schema/generated/argo-rollouts';
import { type AnalysisView, analysesOf, isPresent, type SpecView, sampleCanary, specRule } from './rule-support';

type ArgView = NonNullable<AnalysisView['args']>[number];

/** Every argument that a Rollout gives, with its path: of analyses, and of the analyses of experiments. */
function argumentsOf(spec: SpecView): [ArgView, FieldPath][] {
  const found: [ArgView, FieldPath][] = [];
  const add = (args: AnalysisView['args'], at: FieldPath) => {
    for (const [index, arg] of (args ?? []).entries()) found.push([arg ?? {}, [...at, 'args', index]]);
  };
  for (const [analysis, at] of analysesOf(spec)) add(analysis.args, at);
  for (const [number, step] of (spec.strategy?.canary?.steps ?? []).entries()) {
    for (const [index, analysis] of (step?.experiment?.analyses ?? []).entries()) {
      add(analysis?.args, ['strategy', 'canary', 'steps', number, 'experiment', 'analyses', index]);
    }
  }
  return found;
}

const templatesMissing = specRule({
  code: 'rollouts-analysis-templates',
  summary: 'An analysis names no template.',
  why: 'without templates there is nothing to measure: the AnalysisRun says "no metrics specified" and fails (RO-30, utils/analysis/factory.go).',
  fix: 'name at least one template in templates',
  wrong: sampleCanary('steps: [{ setWeight: 20 }, { analysis: { templates: [] } }]'),
  right: sampleCanary('steps: [{ setWeight: 20 }, { analysis: { templates: [{ templateName: success-rate }] } }]'),
  check(spec, report) {
    for (const [{ templates = [] }, at] of analysesOf(spec)) {
      if (templates.length === 0) report([...at, 'templates'], 'no metrics specified: the analysis has no template');
      for (const [index, template] of templates.entries()) {
        if (!template?.templateName) report([...at, 'templates', index, 'templateName'], 'the template has no name');
      }
    }
  },
});

const argSource = specRule({
  code: 'rollouts-analysis-arg-source',
  summary: 'An argument has no value, several, or one from an unknown place.',
  why: 'a value is text, the hash of the Latest or Stable pods, or a field of the Rollout; without any the metric gets empty text (RO-40, utils/analysis/helpers.go).',
  fix: 'set one of value, valueFrom.fieldRef and valueFrom.podTemplateHashValue: Latest or Stable',
  wrong: sampleCanary(
    'steps:',
    '  - analysis:',
    '      templates: [{ templateName: success-rate }]',
    '      args: [{ name: hash, valueFrom: { podTemplateHashValue: Canary } }]',
  ),
  right: sampleCanary(
    'steps:',
    '  - analysis:',
    '      templates: [{ templateName: success-rate }]',
    '      args: [{ name: hash, valueFrom: { podTemplateHashValue: Latest } }]',
  ),
  check(spec, report) {
    for (const [{ name = '', value, valueFrom }, at] of argumentsOf(spec)) {
      const hash = valueFrom?.podTemplateHashValue;
      const set = [value, hash, valueFrom?.fieldRef].filter(isPresent).length;
      if (set === 0) report(at, `argument '${name}' has no value`);
      else if (set > 1) report(at, `argument '${name}' has ${set} values, of which one would be taken`);
      if (isPresent(hash) && hash !== 'Latest' && hash !== 'Stable') {
        report([...at, 'valueFrom', 'podTemplateHashValue'], `'${hash}' is neither 'Latest' nor 'Stable'`);
      }
    }
  },
});

/** What the downward API reads of metadata. */
const METADATA_FIELD = /^metadata\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\['[^']+'\])$/;

const argFieldRef = specRule({
  code: 'rollouts-analysis-field-ref',
  summary: 'An argument reads a field of the metadata that cannot be read.',
  why: 'below metadata only what the downward API knows can be read; the controller sets InvalidSpec (RO-18, pkg/apis/rollouts/validation/validation.go).',
  fix: "use metadata.name, metadata.namespace, metadata.uid, metadata.labels['key'] or metadata.annotations['key']",
  wrong: sampleCanary(
    'steps:',
    '  - analysis:',
    '      templates: [{ templateName: success-rate }]',
    '      args: [{ name: region, valueFrom: { fieldRef: { fieldPath: metadata.labels.region } } }]',
  ),
  right: sampleCanary(
    'steps:',
    '  - analysis:',
    '      templates: [{ templateName: success-rate }]',
    `      args: [{ name: region, valueFrom: { fieldRef: { fieldPath: "metadata.labels['region']" } } }]`,
  ),
  check(spec, report) {
    for (const [{ valueFrom }, at] of argumentsOf(spec)) {
      const path = valueFrom?.fieldRef?.fieldPath;
      if (path === undefined || !path.startsWith('metadata') || METADATA_FIELD.test(path)) continue;
      report(
        [...at, 'valueFrom', 'fieldRef', 'fieldPath'],
        `Analyses arguments must refer to valid object metadata supported by downwardAPI: got '${path}'`,
      );
    }
  },
});

export const rolloutAnalysisRules: readonly Rule<Rollout>[] = [templatesMissing, argSource, argFieldRef];
