/** How Argo CD gets in: clusters, repositories, single sign-on. Git says where; the store knows the credentials. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { ArgoCdCluster, ArgoCdRepositoryCredentials } from 'cdk8s-gitops/argocd';
import { ClusterSecretStore, ExternalSecret, vault } from 'cdk8s-gitops/external-secrets';
import { FLEET, NOTIFICATIONS_SECRET, OIDC_SECRET, STORE } from './fleet';

/** Argo CD reads only Secrets that say they are its own. */
const PART_OF_ARGOCD = { metadata: { labels: { 'app.kubernetes.io/part-of': 'argocd' } } };

export class Access extends EnvironmentStack {
  constructor(env: Environment) {
    super(env, 'access', { namespace: 'argocd' });

    const store = new ClusterSecretStore(this, 'store', {
      metadata: { name: STORE.name },
      provider: vault({
        server: 'https://vault.acme.io',
        path: 'platform',
        version: 'v2',
        auth: {
          kubernetes: {
            mountPath: 'hub',
            role: 'external-secrets',
            serviceAccountRef: { name: 'external-secrets', namespace: 'external-secrets' },
          },
        },
      }),
      conditions: [{ namespaces: ['argocd'] }],
    });

    for (const cluster of FLEET.clusters) {
      const key = `clusters/${cluster.name}`;
      const values = { bearerToken: { key, property: 'token' }, caData: { key, property: 'ca' } };
      new ArgoCdCluster(this, `cluster-${cluster.name}`, { ...cluster, credentials: { store, values } });
    }

    // For every repository of acme: none needs a Secret of its own.
    new ArgoCdRepositoryCredentials(this, 'github', {
      url: 'https://github.com/acme',
      githubAppID: 123456,
      credentials: { store, values: { githubAppPrivateKey: { key: 'github/argocd', property: 'private-key' } } },
    });

    new ExternalSecret(this, 'oidc', {
      metadata: { name: OIDC_SECRET },
      secretStoreRef: STORE,
      refreshInterval: '1h',
      target: { template: PART_OF_ARGOCD },
      data: { clientSecret: { key: 'okta/argocd', property: 'client-secret' } },
    });

    new ExternalSecret(this, 'notifications', {
      metadata: { name: NOTIFICATIONS_SECRET },
      secretStoreRef: STORE,
      refreshInterval: '1h',
      target: { template: PART_OF_ARGOCD },
      data: {
        'slack-token': { key: 'slack/argocd', property: 'token' },
        'pagerduty-platform': { key: 'pagerduty/argocd', property: 'integration-key' },
      },
    });
  }
}
