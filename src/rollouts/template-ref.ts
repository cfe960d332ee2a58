/**
 * References to analysis templates. A reference made of a construct remembers it, so that the Rollout's constructor can
 * compare what a template asks for with what it is given.
 */
import { Construct } from 'constructs';
import type { AnalysisTemplateSpec, AnalysisTemplateSpecTemplates } from '../schema/generated/argo-rollouts';
import type { AnyTemplate } from './analysis-args';

/** An analysis template as others of this room see it. */
export interface TemplateConstruct extends AnyTemplate {
  readonly kind: string;
  readonly namespace: string | undefined;
  /** The spec as it is written. */
  readonly analysisSpec: AnalysisTemplateSpec;
}

/** A construct, the name of an AnalysisTemplate in the same namespace, or upstream's reference. */
export type TemplateRef = TemplateConstruct | string | AnalysisTemplateSpecTemplates;

export function isTemplate(ref: unknown): ref is TemplateConstruct {
  return Construct.isConstruct(ref) && 'analysisSpec' in ref;
}

/** Upstream's reference. A ClusterAnalysisTemplate is marked as such, or it would be looked for in the namespace. */
export function templateReference(ref: TemplateRef): AnalysisTemplateSpecTemplates {
  if (typeof ref === 'string') return { templateName: ref };
  if (!isTemplate(ref)) return ref as AnalysisTemplateSpecTemplates;
  return { templateName: ref.name, ...(ref.kind === 'ClusterAnalysisTemplate' && { clusterScope: true }) };
}

const bound = new WeakMap<object, readonly TemplateConstruct[]>();

/** Remembers the constructs behind an analysis. Only if all are: a template by name may declare any argument. */
export function bindTemplates(analysis: object, refs: readonly TemplateRef[]): void {
  if (refs.every(isTemplate)) bound.set(analysis, refs);
}

/** The constructs behind an analysis; undefined when some template is known by name only. */
export function boundTemplates(analysis: object | undefined): readonly TemplateConstruct[] | undefined {
  return analysis === undefined ? undefined : bound.get(analysis);
}

/** The templates and those they pull in, each once. */
export function withNested(templates: readonly TemplateConstruct[]): readonly TemplateConstruct[] {
  const found = new Set<TemplateConstruct>();
  const visit = (template: TemplateConstruct) => {
    if (found.has(template)) return;
    found.add(template);
    for (const nested of template.templates) if (isTemplate(nested)) visit(nested);
  };
  for (const template of templates) visit(template);
  return [...found];
}
