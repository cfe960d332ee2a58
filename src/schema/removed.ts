/** Versions and kinds that were served once, and what is known of kinds whose schema we do not hold. */

/** When a version went: `in` the release that dropped it, or `by` one that no longer had it. */
export interface Removal {
  readonly how: 'in' | 'by';
  readonly release: string;
}

const removals: Readonly<Record<string, Removal>> = {
  'source.toolkit.fluxcd.io/v1beta1': { how: 'in', release: 'Flux 2.7' },
  'source.toolkit.fluxcd.io/v1beta2': { how: 'in', release: 'Flux 2.8' },
  'kustomize.toolkit.fluxcd.io/v1beta1': { how: 'by', release: 'Flux 2.8' },
  'kustomize.toolkit.fluxcd.io/v1beta2': { how: 'in', release: 'Flux 2.8' },
  'helm.toolkit.fluxcd.io/v2beta1': { how: 'in', release: 'Flux 2.7' },
  'helm.toolkit.fluxcd.io/v2beta2': { how: 'in', release: 'Flux 2.8' },
  'notification.toolkit.fluxcd.io/v1beta1': { how: 'by', release: 'Flux 2.9' },
  'notification.toolkit.fluxcd.io/v1beta2': { how: 'in', release: 'Flux 2.9' },
  'image.toolkit.fluxcd.io/v1alpha1': { how: 'by', release: 'Flux 2.9' },
  'image.toolkit.fluxcd.io/v1alpha2': { how: 'by', release: 'Flux 2.9' },
  'image.toolkit.fluxcd.io/v1beta1': { how: 'by', release: 'Flux 2.9' },
  'image.toolkit.fluxcd.io/v1beta2': { how: 'in', release: 'Flux 2.9' },
  'external-secrets.io/v1alpha1/ExternalSecret': { how: 'in', release: 'External Secrets 0.16' },
  'external-secrets.io/v1alpha1/SecretStore': { how: 'in', release: 'External Secrets 0.16' },
  'external-secrets.io/v1alpha1/ClusterSecretStore': { how: 'in', release: 'External Secrets 0.16' },
  'external-secrets.io/v1beta1': { how: 'in', release: 'External Secrets 0.17.0' },
};

/** How a version of a kind went, or undefined for one that is not known ever to have been. */
export function tryRemoval(apiVersion: string, kind: string): Removal | undefined {
  return own(removals, `${apiVersion}/${kind}`) ?? own(removals, apiVersion);
}

/** Kinds of groups of ours that other projects define, or that we hold no CRD of: nothing is said about them. */
const unheldKinds: Readonly<Record<string, readonly string[]>> = {
  'argoproj.io': [
    'ArgoCD',
    'ArgoCDExport',
    'ClusterWorkflowTemplate',
    'CronWorkflow',
    'EventBus',
    'EventSource',
    'NotificationsConfiguration',
    'RolloutManager',
    'Sensor',
    'Workflow',
    'WorkflowArtifactGCTask',
    'WorkflowEventBinding',
    'WorkflowTaskResult',
    'WorkflowTaskSet',
    'WorkflowTemplate',
  ],
  'gateway.networking.k8s.io': ['UDPRoute', 'BackendLBPolicy', 'BackendTrafficPolicy', 'XListenerSet', 'XMesh'],
  'monitoring.coreos.com': [
    'Alertmanager',
    'AlertmanagerConfig',
    'Prometheus',
    'PrometheusAgent',
    'ScrapeConfig',
    'ThanosRuler',
  ],
  'secrets-store.csi.x-k8s.io': ['SecretProviderClassPodStatus'],
};

/** Whether a kind of a known group exists although we hold no schema of it. */
export function isUnheldKind(group: string, kind: string): boolean {
  return own(unheldKinds, group)?.includes(kind) ?? false;
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
