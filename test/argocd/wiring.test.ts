/** What constructs offer over data: the same answers as the functions they call. */
import { EnvironmentStack, GitOpsApp } from '../../src';
import { Application, ApplicationSet, AppProject, clusters } from '../../src/argocd';

const stack = () => new EnvironmentStack(new GitOpsApp().environment('dev'), 'argo', { namespace: 'argocd' });

test('a project says whether it permits an Application, and why not', () => {
  const scope = stack();
  const project = new AppProject(scope, 'shop', {
    sourceRepos: ['https://github.com/acme/*'],
    destinations: [{ server: 'https://prod.example.com', namespace: 'shop-*' }],
  });
  const application = (id: string, repoURL: string) =>
    new Application(scope, id, {
      project,
      source: { repoURL, path: 'apps/web', targetRevision: 'main' },
      destination: { server: 'https://prod.example.com', namespace: 'shop-web' },
    });
  expect(project.permits(application('a', 'https://github.com/acme/deploy.git'))).toEqual({ permitted: true });
  expect(project.permits(application('b', 'https://github.com/other/deploy.git'))).toMatchObject({ permitted: false });
});

test('an ApplicationSet renders to the Applications that its controller would create', () => {
  const set = new ApplicationSet(stack(), 'web', {
    generators: [clusters({ labels: { environment: 'production' } })],
    template: (cluster) => ({
      metadata: { name: `web-${cluster.name}` },
      spec: {
        project: 'default',
        source: { repoURL: 'https://github.com/acme/deploy.git', path: 'web', targetRevision: 'main' },
        destination: { server: `${cluster.server}`, namespace: 'web' },
      },
    }),
  });
  const labels = { 'argocd.argoproj.io/secret-type': 'cluster', environment: 'production' };
  const rendered = set.render({ clusters: [{ name: 'eu', server: 'https://eu.example.com', labels }] });
  expect(rendered.applications.map(({ metadata }) => metadata?.name)).toEqual(['web-eu']);
});
