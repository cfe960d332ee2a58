/** The kinds of this room that have rules. */
import { defineKind, type Kind } from '../core/kind';
import type {
  ClusterExternalSecret as ClusterExternalSecretManifest,
  ClusterPushSecret as ClusterPushSecretManifest,
  PushSecret as PushSecretManifest,
} from '../schema/generated/external-secrets';
import { externalSecretKind } from './external-secret';
import { externalSecretSpecRules, namespaceSelectorDeprecated, refreshTime } from './external-secret-rules';
import { pushSecretRules } from './push-secret-rules';
import { clusterSecretStoreKind, secretStoreKind } from './secret-store';

const clusterExternalSecretKind = defineKind<ClusterExternalSecretManifest>({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ClusterExternalSecret',
  rules: [...externalSecretSpecRules, namespaceSelectorDeprecated, refreshTime],
});

const pushSecretKind = defineKind<PushSecretManifest>({
  apiVersion: 'external-secrets.io/v1alpha1',
  kind: 'PushSecret',
  rules: pushSecretRules,
});

const clusterPushSecretKind = defineKind<ClusterPushSecretManifest>({
  apiVersion: 'external-secrets.io/v1alpha1',
  kind: 'ClusterPushSecret',
  rules: pushSecretRules,
});

export const kinds: readonly Kind[] = [
  externalSecretKind,
  secretStoreKind,
  clusterSecretStoreKind,
  clusterExternalSecretKind,
  pushSecretKind,
  clusterPushSecretKind,
];
