/** What must run before a secret can be fetched: Argo CD itself, from now on by Git, and the operator that fetches. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { Application, type AppProject, automated } from 'cdk8s-gitops/argocd';
import { HUB } from './fleet';

export const CHARTS = ['https://argoproj.github.io/argo-helm', 'https://charts.external-secrets.io'] as const;
const [ARGO_HELM, EXTERNAL_SECRETS] = CHARTS;

export class Operators extends EnvironmentStack {
  constructor(env: Environment, project: AppProject) {
    super(env, 'operators', { namespace: 'argocd' });
    const sync = automated({ prune: true, selfHeal: true });
    // The definitions of both are larger than a client-side apply can take.
    const syncOptions = { serverSideApply: true, createNamespace: true };

    new Application(this, 'argo-cd', {
      project,
      source: {
        repoURL: ARGO_HELM,
        chart: 'argo-cd',
        targetRevision: '9.1.0',
        helm: {
          releaseName: 'argocd',
          valuesObject: {
            // The stacks `settings` and `access` have these.
            configs: { cm: { create: false }, rbac: { create: false } },
            notifications: { cm: { create: false }, secret: { create: false } },
          },
        },
      },
      destination: { ...HUB, namespace: 'argocd' },
      sync: automated({ selfHeal: true }),
      syncOptions,
    });

    new Application(this, 'external-secrets', {
      project,
      source: { repoURL: EXTERNAL_SECRETS, chart: 'external-secrets', targetRevision: '1.0.0' },
      destination: { ...HUB, namespace: 'external-secrets' },
      sync,
      syncOptions,
    });
  }
}
