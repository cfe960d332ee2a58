/**
 * What a Rollout and the analysis templates it refers to by construct show together. Only where all templates of an
 * analysis are constructs: what is known by name alone is left to checks over the whole tree.
 */
import type { FieldPath } from '../kernel/issue';
import { nearest } from '../kernel/suggest';
import type { RolloutSpec } from '../schema/generated/argo-rollouts';
import { isEndless } from './analysis-rules';
import { boundTemplates, type TemplateConstruct, withNested } from './template-ref';

/** A finding that knows its path from the spec. */
export interface TemplateFinding {
  readonly code: string;
  readonly path: FieldPath;
  readonly message: string;
  readonly fix: string;
}

interface Use {
  readonly analysis: { readonly args?: readonly { readonly name: string }[] };
  readonly path: FieldPath;
  /** Whether it must end by itself. */
  readonly inline: boolean;
}

/** What stands against the use of template constructs in a Rollout of this namespace. */
export function checkTemplates(spec: RolloutSpec, namespace: string | undefined): TemplateFinding[] {
  const findings: TemplateFinding[] = [];
  for (const use of usesOf(spec)) {
    const direct = boundTemplates(use.analysis);
    if (direct === undefined) continue;
    const templates = withNested(direct);
    checkNamespaces(use, direct, namespace, findings);
    checkArgs(use, templates, findings);
    checkMetricNames(use, templates, findings);
    if (use.inline) checkEnds(use, templates, findings);
  }
  return findings;
}

function usesOf({ strategy }: RolloutSpec): Use[] {
  const { canary, blueGreen } = strategy ?? {};
  const uses: Use[] = [];
  const add = (analysis: Use['analysis'] | undefined, path: FieldPath, inline: boolean) => {
    if (analysis !== undefined) uses.push({ analysis, path, inline });
  };
  add(canary?.analysis, ['strategy', 'canary', 'analysis'], false);
  for (const [index, step] of (canary?.steps ?? []).entries()) {
    const at = ['strategy', 'canary', 'steps', index];
    add(step.analysis, [...at, 'analysis'], true);
    for (const [number, each] of (step.experiment?.analyses ?? []).entries()) {
      add(each, [...at, 'experiment', 'analyses', number], false);
    }
  }
  add(blueGreen?.prePromotionAnalysis, ['strategy', 'blueGreen', 'prePromotionAnalysis'], true);
  add(blueGreen?.postPromotionAnalysis, ['strategy', 'blueGreen', 'postPromotionAnalysis'], true);
  return uses;
}

function checkNamespaces(
  { path }: Use,
  templates: readonly TemplateConstruct[],
  namespace: string | undefined,
  findings: TemplateFinding[],
): void {
  for (const template of templates) {
    if (template.kind !== 'AnalysisTemplate' || template.namespace === namespace) continue;
    findings.push({
      code: 'rollouts-analysis-template-namespace',
      path: [...path, 'templates'],
      message: `AnalysisTemplate '${template.name}' is in namespace ${template.namespace ?? '(none)'}, the Rollout in ${namespace ?? '(none)'}: it would not be found`,
      fix: 'put the template in the namespace of the Rollout, or make it a ClusterAnalysisTemplate',
    });
  }
}

function checkArgs(
  { analysis, path }: Use,
  templates: readonly TemplateConstruct[],
  findings: TemplateFinding[],
): void {
  const declared = templates.flatMap(({ name: template, analysisSpec }) =>
    (analysisSpec.args ?? []).map((arg) => ({ ...arg, template })),
  );
  const valued = new Set(
    declared.filter(({ value, valueFrom }) => value !== undefined || valueFrom !== undefined).map(({ name }) => name),
  );
  const names = new Set(declared.map(({ name }) => name));
  const given = (analysis.args ?? []).map(({ name }) => name);
  for (const name of names) {
    if (valued.has(name) || given.includes(name)) continue;
    const template = declared.find((arg) => arg.name === name)!.template;
    findings.push({
      code: 'rollouts-analysis-args',
      path: [...path, 'args'],
      message: `args.${name} was not resolved: analysis template ${template} needs it, and this analysis does not give it`,
      fix: `give ${name} here; each analysis is looked at by itself`,
    });
  }
  for (const [index, name] of given.entries()) {
    if (names.has(name)) continue;
    const near = nearest(name, names);
    findings.push({
      code: 'rollouts-analysis-args',
      path: [...path, 'args', index, 'name'],
      message: `no template of this analysis declares argument '${name}': it would be dropped`,
      fix: near === undefined ? 'drop it, or declare it in the template' : `write ${near}`,
    });
  }
}

function checkMetricNames({ path }: Use, templates: readonly TemplateConstruct[], findings: TemplateFinding[]): void {
  const owners = new Map<string, string>();
  for (const { name: template, analysisSpec } of templates) {
    for (const { name } of analysisSpec.metrics ?? []) {
      const owner = owners.get(name);
      owners.set(name, owner ?? template);
      if (owner === undefined) continue;
      findings.push({
        code: 'rollouts-analysis-metric-duplicate',
        path: [...path, 'templates'],
        message: `two metrics have the same name '${name}': one of ${owner}, one of ${template}`,
        fix: 'give each metric a name of its own, or use one of the templates',
      });
    }
  }
}

function checkEnds({ path }: Use, templates: readonly TemplateConstruct[], findings: TemplateFinding[]): void {
  for (const { name: template, analysisSpec } of templates) {
    for (const metric of analysisSpec.metrics ?? []) {
      if (!isEndless(metric)) continue;
      findings.push({
        code: 'rollouts-analysis-endless',
        path: [...path, 'templates'],
        message: `AnalysisTemplate ${template} has metric ${metric.name} which runs indefinitely: it has an interval and no count`,
        fix: 'set count in the metric; or run it in the background, as analysis of the canary',
      });
    }
  }
}
