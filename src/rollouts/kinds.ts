/** The kinds of this room that have rules. */
import { defineKind, type Kind } from '../core/kind';
import type { AnalysisRun } from '../schema/generated/argo-rollouts';
import { runRulesOfAnalysis } from './analysis-rules';
import { analysisTemplateKind } from './analysis-template';
import { clusterAnalysisTemplateKind } from './cluster-analysis-template';
import { rolloutKind } from './rollout';

export const kinds: readonly Kind[] = [
  rolloutKind,
  analysisTemplateKind,
  clusterAnalysisTemplateKind,
  defineKind<AnalysisRun>({ apiVersion: 'argoproj.io/v1alpha1', kind: 'AnalysisRun', rules: runRulesOfAnalysis }),
];
