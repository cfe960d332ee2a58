/** What everybody may deploy, and where: a project for the platform, and one for each team. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { AppProject, allowInProject, denyInProject, projectRoles, role, syncWindow } from 'cdk8s-gitops/argocd';
import { ADDONS, FLEET, HUB, TEAMS, type Team } from './fleet';
import { CHARTS } from './operators';

export class Projects extends EnvironmentStack {
  readonly platform: AppProject;
  /** By the team's name. */
  readonly teams: ReadonlyMap<string, AppProject>;

  constructor(env: Environment) {
    super(env, 'projects', { namespace: 'argocd' });

    this.platform = new AppProject(this, 'platform', {
      description: 'What runs for everybody: operators of the management cluster, addons of all others.',
      sourceRepos: [...CHARTS, ADDONS],
      destinations: [
        { ...HUB, namespace: 'argocd' },
        { ...HUB, namespace: 'external-secrets' },
        ...FLEET.clusters.map(({ name }) => ({ name, namespace: 'platform-*' })),
      ],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    });

    this.teams = new Map(TEAMS.map((team) => [team.name, this.team(team)]));
  }

  private team({ name, developers, releasers, repository }: Team): AppProject {
    const production = FLEET.select({ environment: 'production' }).map((cluster) => cluster.name);
    const inProduction = production.map((cluster) => `*-${cluster}`);
    return new AppProject(this, name, {
      description: `The applications of team ${name}.`,
      sourceRepos: [repository],
      destinations: FLEET.clusters.map((cluster) => ({ name: cluster.name, namespace: `${name}-*` })),
      clusterResourceWhitelist: [{ group: '', kind: 'Namespace' }],
      namespaceResourceBlacklist: [
        { group: '', kind: 'ResourceQuota' },
        { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
      ],
      roles: projectRoles(name, [
        role('developer', {
          groups: [developers],
          policies: [
            allowInProject('applications', 'get'),
            allowInProject('applications', 'sync'),
            allowInProject('logs', 'get'),
            ...inProduction.map((applications) => denyInProject('applications', 'sync', applications)),
          ],
        }),
        role('releaser', {
          groups: [releasers],
          policies: [
            allowInProject('applications', 'get'),
            allowInProject('applications', 'sync'),
            allowInProject('applications', 'action/apps/Deployment/restart'),
            allowInProject('logs', 'get'),
          ],
        }),
      ]),
      syncWindows: [
        syncWindow({
          kind: 'deny',
          schedule: '0 18 * * 5',
          duration: '62h',
          timeZone: 'Europe/Berlin',
          clusters: [...production] as [string, ...string[]],
          manualSync: true,
          description: 'Weekends of production: by hand alone.',
        }),
      ],
    });
  }
}
