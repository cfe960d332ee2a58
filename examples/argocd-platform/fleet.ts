/** What there is: the clusters, the teams, the repositories. A new cluster or team is a line here. */
import { clusterInventory } from 'cdk8s-gitops/argocd';

/** The cluster that Argo CD runs in. */
export const HUB = { server: 'https://kubernetes.default.svc' } as const;

/** The repository that holds this tree. */
export const PLATFORM = { url: 'https://github.com/acme/platform.git', revision: 'main', path: 'dist' } as const;

/** What runs on every cluster, a directory each. */
export const ADDONS = 'https://github.com/acme/addons.git';

export const FLEET = clusterInventory([
  {
    name: 'eu-staging',
    server: 'https://eu-staging.k8s.acme.io',
    labels: { environment: 'staging', region: 'eu' },
  },
  {
    name: 'eu-production',
    server: 'https://eu-production.k8s.acme.io',
    labels: { environment: 'production', region: 'eu' },
  },
  {
    name: 'us-production',
    server: 'https://us-production.k8s.acme.io',
    labels: { environment: 'production', region: 'us' },
  },
]);

export interface Team {
  /** Its project, the beginning of its namespaces, and its channel. */
  readonly name: string;
  /** Groups of the single sign-on. */
  readonly developers: string;
  readonly releasers: string;
  /** One directory below `apps` for each application, with an overlay for each environment. */
  readonly repository: string;
}

export const TEAMS: readonly Team[] = [
  {
    name: 'checkout',
    developers: 'acme:checkout',
    releasers: 'acme:checkout-leads',
    repository: 'https://github.com/acme/checkout-deploy.git',
  },
  {
    name: 'search',
    developers: 'acme:search',
    releasers: 'acme:search-leads',
    repository: 'https://github.com/acme/search-deploy.git',
  },
];

/** The store that holds every credential, and the Secrets that are made of it. */
export const STORE = { kind: 'ClusterSecretStore', name: 'vault' } as const;
export const OIDC_SECRET = 'argocd-oidc';
export const NOTIFICATIONS_SECRET = 'argocd-notifications-secret';
