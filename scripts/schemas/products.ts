/** Which product release each API group's CRDs were taken from. A group that is not here is refused, never guessed. */
export interface Product {
  readonly name: string;
  /** The folder of src/ that its constructs live in. */
  readonly room: string;
  readonly release: string;
  readonly groups: readonly string[];
  /** Kinds of a group that two products share; absent where the product owns its groups whole. */
  readonly kinds?: readonly string[];
  /** Kinds whose construct is written by hand; a product that has one has an index by hand too. */
  readonly handWritten?: readonly string[];
  /** Kinds that controllers write and people seldom do. */
  readonly machineOwned?: readonly string[];
}

export const products: readonly Product[] = [
  {
    name: 'argo-cd',
    room: 'argocd',
    handWritten: ['Application', 'ApplicationSet', 'AppProject'],
    release: 'v3.5.1',
    groups: ['argoproj.io'],
    kinds: ['Application', 'ApplicationSet', 'AppProject'],
  },
  {
    name: 'argo-rollouts',
    room: 'rollouts',
    handWritten: ['AnalysisTemplate', 'ClusterAnalysisTemplate', 'Rollout'],
    machineOwned: ['AnalysisRun'],
    release: 'v1.9.1',
    groups: ['argoproj.io'],
    kinds: ['AnalysisRun', 'AnalysisTemplate', 'ClusterAnalysisTemplate', 'Experiment', 'Rollout'],
  },
  {
    name: 'argocd-image-updater',
    room: 'image-updater',
    handWritten: ['ImageUpdater'],
    release: 'v1.3.0',
    groups: ['argocd-image-updater.argoproj.io'],
  },
  {
    name: 'gitops-promoter',
    room: 'promoter',
    machineOwned: ['ChangeTransferPolicy', 'CommitStatus', 'PullRequest', 'RevertCommit'],
    release: 'v0.36.0',
    groups: ['promoter.argoproj.io'],
  },
  {
    name: 'kargo',
    room: 'kargo',
    machineOwned: ['Freight', 'Promotion'],
    release: 'v1.11.2',
    groups: ['kargo.akuity.io'],
  },
  {
    name: 'flux',
    room: 'flux',
    handWritten: ['GitRepository', 'HelmRelease', 'HelmRepository', 'Kustomization', 'OCIRepository'],
    machineOwned: ['ExternalArtifact'],
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
  {
    name: 'flux-operator',
    room: 'flux-operator',
    machineOwned: ['FluxReport'],
    release: 'v0.58.1',
    groups: ['fluxcd.controlplane.io'],
  },
  { name: 'flagger', room: 'flagger', release: 'v1.44.0', groups: ['flagger.app'] },
  {
    name: 'external-secrets',
    room: 'external-secrets',
    handWritten: ['ClusterSecretStore', 'ExternalSecret', 'SecretStore'],
    machineOwned: ['GeneratorState'],
    release: 'v2.9.0',
    groups: ['external-secrets.io', 'generators.external-secrets.io'],
  },
  {
    name: 'sealed-secrets',
    room: 'sealed-secrets',
    handWritten: ['SealedSecret'],
    release: 'v0.36.6',
    groups: ['bitnami.com'],
  },
  {
    name: 'secrets-store-csi-driver',
    room: 'secrets-store-csi',
    release: 'v1.6.0',
    groups: ['secrets-store.csi.x-k8s.io'],
  },
  {
    name: 'istio',
    room: 'istio',
    release: '1.30.3',
    groups: ['extensions.istio.io', 'networking.istio.io', 'security.istio.io', 'telemetry.istio.io'],
  },
  { name: 'gateway-api', room: 'gateway-api', release: 'v1.6.1', groups: ['gateway.networking.k8s.io'] },
  { name: 'prometheus-operator', room: 'prometheus-operator', release: 'v0.93.0', groups: ['monitoring.coreos.com'] },
];

/** The product a kind belongs to. */
export function findProduct(group: string, kind: string): Product {
  const found = products.find(({ groups, kinds }) => groups.includes(group) && (kinds?.includes(kind) ?? true));
  if (found) return found;
  throw new Error(`no product is known for ${kind} of ${group}: add it to scripts/schemas/products.ts`);
}
