/** What the Argo CD of the fleet reads: one ApplicationSet a region, and the project that bounds what it may do. */
import { type Environment, EnvironmentStack, type Repository } from 'cdk8s-gitops';
import { ApplicationSet, AppProject, automated, clusters } from 'cdk8s-gitops/argocd';
import type { Region } from './monitoring';

/** The cluster that Argo CD runs in. */
const HUB = { server: 'https://kubernetes.default.svc' };

export class Fanout extends EnvironmentStack<Region> {
  constructor(env: Environment<Region>, stack: EnvironmentStack<Region>, repository: Required<Repository>) {
    super(env, 'fanout', { namespace: 'argocd', cluster: HUB });
    const { region } = env.config;
    const name = `${stack.node.id}-${region}`;

    const project = new AppProject(this, 'project', {
      metadata: { name },
      description: `What ${stack.node.id} may do on the clusters of ${region}.`,
      sourceRepos: [repository.url],
      destinations: [{ name: '*', namespace: stack.namespace }],
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
      namespaceResourceWhitelist: [
        { group: 'monitoring.coreos.com', kind: 'PrometheusRule' },
        { group: 'monitoring.coreos.com', kind: 'ServiceMonitor' },
      ],
    });

    new ApplicationSet(this, 'applications', {
      metadata: { name },
      generators: [clusters({ labels: { environment: 'production', region } })],
      template: {
        metadata: { name: `${stack.node.id}-{{ .nameNormalized }}`, labels: { region } },
        spec: {
          project: project.name,
          source: {
            repoURL: repository.url,
            targetRevision: repository.revision,
            path: `${repository.path}/${env.name}/${stack.node.id}`,
          },
          destination: { name: '{{ .name }}', namespace: stack.namespace },
          sync: automated({ prune: true, selfHeal: true }),
          syncOptions: { serverSideApply: true },
        },
      },
      // A cluster that loses its label keeps what runs on it until somebody removes it.
      syncPolicy: { preserveResourcesOnDeletion: true },
    });
  }
}
