/** The rules about Argo CD's configuration that has no kind of its own: ConfigMaps and Secrets. */
import { defineKind, type Kind } from '../../core/kind';
import { argoCdConfigRules } from './argocd-cm-rules';
import type { ConfigMapManifest } from './configuration';
import { argoCdNotificationsRules } from './notifications-rules';
import { argoCdRbacRules } from './rbac-rules';

export const kinds: readonly Kind[] = [
  defineKind<ConfigMapManifest>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    rules: [...argoCdConfigRules, ...argoCdRbacRules, ...argoCdNotificationsRules],
  }),
];
