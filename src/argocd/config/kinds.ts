/** The rules about Argo CD's configuration that has no kind of its own: ConfigMaps and Secrets. */
import { defineKind, type Kind } from '../../core/kind';
import type { Rule } from '../../kernel/rule';
import { argoCdConfigRules } from './argocd-cm-rules';
import { clusterRules } from './cluster-rules';
import type { ConfigMapManifest } from './configuration';
import { argoCdNotificationsRules } from './notifications-rules';
import { argoCdRbacRules } from './rbac-rules';
import { repositoryRules } from './repository-rules';

/** Rules about the Secrets that Argo CD reads; they look into ExternalSecrets and SealedSecrets too. */
export const argoCdSecretRules: readonly Rule[] = [...clusterRules, ...repositoryRules];

export const kinds: readonly Kind[] = [
  defineKind<ConfigMapManifest>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    rules: [...argoCdConfigRules, ...argoCdRbacRules, ...argoCdNotificationsRules],
  }),
  defineKind({ apiVersion: 'v1', kind: 'Secret', rules: argoCdSecretRules }),
];
