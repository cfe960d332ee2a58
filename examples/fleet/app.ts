/**
 * A monitoring stack on every production cluster of two regions. An environment is a region: its stack is the same on all
 * of the region's clusters, and which clusters those are, Argo CD reads from the labels of its cluster Secrets. So a new
 * cluster needs no commit.
 */
import { GitOpsApp } from 'cdk8s-gitops';
import { Fanout } from './fanout';
import { Monitoring, type Region } from './monitoring';

export const REPOSITORY = { url: 'https://github.com/acme/fleet.git', revision: 'main', path: 'dist' };

export function fleet(): GitOpsApp<Region> {
  const app = new GitOpsApp<Region>({ repository: REPOSITORY });
  app.environment('eu', { config: { region: 'eu', errorBudget: 0.01 }, production: true });
  app.environment('us', { config: { region: 'us', errorBudget: 0.02 }, production: true });
  app.forEachEnvironment((env) => {
    const monitoring = new Monitoring(env);
    new Fanout(env, monitoring, REPOSITORY);
  });
  return app;
}
