/** What differs between the environments of the shop, and what its services have in common. */

export interface Shop {
  readonly domain: string;
  readonly replicas: number;
  /** Where the analysis of a canary asks. */
  readonly prometheus: string;
  /** The path of this environment's secrets in the store. */
  readonly secrets: string;
}

/** The namespace of everything that the shop runs. */
export const NAMESPACE = 'shop';

/** The secret store that the platform team runs in every cluster. */
export const STORE = { kind: 'ClusterSecretStore', name: 'vault' } as const;

/** The versions that are delivered; promotion is a change of these lines. */
export const VERSIONS = {
  catalog: 'v2.3.0',
  checkout: 'v1.4.2',
  notifications: 'v0.9.1',
  payments: 'v3.0.5',
  storefront: 'v5.1.0',
} as const;

export const image = (service: keyof typeof VERSIONS) => `ghcr.io/acme/${service}:${VERSIONS[service]}`;
