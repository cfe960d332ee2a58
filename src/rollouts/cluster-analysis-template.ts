/**
 * ClusterAnalysisTemplate: an AnalysisTemplate for all namespaces. Its law: whoever refers to it says
 * `clusterScope: true`, which `analysis()` does.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import type { ClusterAnalysisTemplate as ClusterAnalysisTemplateManifest } from '../schema/generated/argo-rollouts';
import type { ArgInput } from './analysis-args';
import { templateRules } from './analysis-rules';
import { type AnalysisTemplateProps, TemplateBase } from './template-base';
import type { TemplateRef } from './template-ref';

export const clusterAnalysisTemplateKind = defineKind<ClusterAnalysisTemplateManifest>({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'ClusterAnalysisTemplate',
  rules: templateRules,
});

export class ClusterAnalysisTemplate<
  const A extends readonly ArgInput[] = readonly ArgInput[],
  const T extends readonly TemplateRef[] = readonly [],
> extends TemplateBase<A, T> {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: AnalysisTemplateProps<A, T>) {
    super(scope, id, clusterAnalysisTemplateKind, props);
  }
}
