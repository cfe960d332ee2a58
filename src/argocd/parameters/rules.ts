import type { Rule } from '../../kernel/rule';
import type { ApplicationSet } from '../../schema/generated/argo-cd';
export const parameterRules: readonly Rule<ApplicationSet>[] = [];
