/** Which product release each API group's CRDs were taken from. A group that is not here is refused, never guessed. */
export interface Product {
  readonly name: string;
  readonly release: string;
  readonly groups: readonly string[];
  /** Kinds of a group that two products share; absent where the product owns its groups whole. */
  readonly kinds?: readonly string[];
}

export const products: readonly Product[] = [
  {
    name: 'argo-cd',
    release: 'v3.5.1',
    groups: ['argoproj.io'],
    kinds: ['Application', 'ApplicationSet', 'AppProject'],
  },
  {
    name: 'argo-rollouts',
    release: 'v1.9.1',
    groups: ['argoproj.io'],
    kinds: ['AnalysisRun', 'AnalysisTemplate', 'ClusterAnalysisTemplate', 'Experiment', 'Rollout'],
  },
  { name: 'argocd-image-updater', release: 'v1.3.0', groups: ['argocd-image-updater.argoproj.io'] },
  { name: 'gitops-promoter', release: 'v0.36.0', groups: ['promoter.argoproj.io'] },
  { name: 'kargo', release: 'v1.11.2', groups: ['kargo.akuity.io'] },
  {
    name: 'flux',
    release: 'v2.9.4',
    groups: [
      'helm.toolkit.fluxcd.io',
      'image.toolkit.fluxcd.io',
      'kustomize.toolkit.fluxcd.io',
      'notification.toolkit.fluxcd.io',
      'source.extensions.fluxcd.io',
      'source.toolkit.fluxcd.io',
    ],
  },
  { name: 'flux-operator', release: 'v0.58.1', groups: ['fluxcd.controlplane.io'] },
  { name: 'flagger', release: 'v1.44.0', groups: ['flagger.app'] },
  { name: 'external-secrets', release: 'v2.9.0', groups: ['external-secrets.io', 'generators.external-secrets.io'] },
  { name: 'sealed-secrets', release: 'v0.36.6', groups: ['bitnami.com'] },
  { name: 'secrets-store-csi-driver', release: 'v1.6.0', groups: ['secrets-store.csi.x-k8s.io'] },
  {
    name: 'istio',
    release: '1.30.3',
    groups: ['extensions.istio.io', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io'],
  },
  { name: 'gateway-api', release: 'v1.6.1', groups: ['gateway.networking.k8s.io'] },
  { name: 'prometheus-operator', release: 'v0.93.0', groups: ['monitoring.coreos.com'] },
];

/** The product a kind belongs to. */
export function findProduct(group: string, kind: string): Product {
  const found = products.find(({ groups, kinds }) => groups.includes(group) && (kinds?.includes(kind) ?? true));
  if (found) return found;
  throw new Error(`no product is known for ${kind} of ${group}: add it to scripts/schemas/products.ts`);
}
