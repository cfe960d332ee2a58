/**
 * The whole configuration of the Argo CD of one management cluster. Its root applies what is here in waves, each when the
 * one before is healthy: settings, projects, operators, access, and last what runs on the clusters. Another management
 * cluster is another environment, with an inventory of its own.
 */
import { GitOpsApp } from 'cdk8s-gitops';
import { ArgoCdDelivery, automated } from 'cdk8s-gitops/argocd';
import { Access } from './access';
import { Applications } from './applications';
import { HUB, PLATFORM } from './fleet';
import { Operators } from './operators';
import { Projects } from './projects';
import { Settings } from './settings';

export function platform() {
  const app = new GitOpsApp({ repository: PLATFORM });
  const hub = app.environment('hub', { cluster: HUB, production: true });

  const settings = new Settings(hub);
  const projects = new Projects(hub);
  const operators = new Operators(hub, projects.platform);
  const access = new Access(hub);
  const applications = new Applications(hub, projects);

  projects.dependsOn(settings);
  operators.dependsOn(projects);
  access.dependsOn(operators);
  applications.dependsOn(access, projects);

  new ArgoCdDelivery(app, 'delivery', {
    project: 'platform',
    sync: automated({ prune: true, selfHeal: true }),
    // Bootstrap makes it, before there is an Argo CD to make it.
    createNamespace: false,
  });
  return { app, settings, projects, access, applications };
}
