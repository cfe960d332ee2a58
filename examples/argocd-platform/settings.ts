/** Argo CD's own settings: who logs in, what they may do, what is healthy, what is not watched. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { ArgoCdConfig, ArgoCdRbac, allow, applicationHealth, deny, secretRef } from 'cdk8s-gitops/argocd';
import { databaseHealth } from './database-health';
import { OIDC_SECRET } from './fleet';
import { addNotifications } from './notifications';

export const URL = 'https://argocd.acme.io';

export class Settings extends EnvironmentStack {
  constructor(env: Environment) {
    super(env, 'settings', { namespace: 'argocd' });

    new ArgoCdConfig(this, 'config', {
      url: URL,
      adminEnabled: false,
      accounts: { ci: { apiKey: true } },
      oidc: {
        name: 'Okta',
        issuer: 'https://acme.okta.com',
        clientID: 'argocd',
        clientSecret: secretRef(OIDC_SECRET, 'clientSecret'),
        requestedScopes: ['openid', 'profile', 'email', 'groups'],
      },
      customizations: {
        // Waves of Applications wait for health only with this.
        ...applicationHealth(),
        'databases.acme.io/Database': { health: databaseHealth },
        'admissionregistration.k8s.io/MutatingWebhookConfiguration': {
          ignoreDifferences: { jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
        },
      },
      // These replace the list that Argo CD's manifests come with, so what is still wanted of it is here.
      exclusions: [
        { apiGroups: ['', 'discovery.k8s.io'], kinds: ['Endpoints', 'EndpointSlice'] },
        { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
        { apiGroups: ['cilium.io'], kinds: ['CiliumIdentity', 'CiliumEndpoint', 'CiliumEndpointSlice'] },
      ],
      reconciliation: { timeout: '5m', jitter: '1m' },
    });

    // Teams get their roles in their projects.
    new ArgoCdRbac(this, 'rbac', {
      roles: {
        ci: [allow('applications', 'get', '*/*'), allow('applications', 'sync', '*/*')],
        'on-call': [
          allow('applications', '*', '*/*'),
          allow('logs', 'get', '*/*'),
          deny('applications', 'delete', '*/*'),
        ],
      },
      bindings: { ci: 'ci', 'acme:on-call': ['on-call', 'readonly'], 'acme:platform': 'admin' },
      scopes: ['groups'],
    });

    addNotifications(this, URL);
  }
}
