/**
 * AnalysisTemplate: what to measure, how often and what counts as good, for the Rollouts of one namespace. Its law: a
 * metric names only arguments that are declared.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import type { AnalysisTemplate as AnalysisTemplateManifest } from '../schema/generated/argo-rollouts';
import type { ArgInput } from './analysis-args';
import { templateRules } from './analysis-rules';
import { type AnalysisTemplateProps, TemplateBase } from './template-base';
import type { TemplateRef } from './template-ref';

export const analysisTemplateKind = defineKind<AnalysisTemplateManifest>({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AnalysisTemplate',
  rules: templateRules,
});

export class AnalysisTemplate<
  const A extends readonly ArgInput[] = readonly ArgInput[],
  const T extends readonly TemplateRef[] = readonly [],
> extends TemplateBase<A, T> {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: AnalysisTemplateProps<A, T>) {
    super(scope, id, analysisTemplateKind, props);
  }
}
