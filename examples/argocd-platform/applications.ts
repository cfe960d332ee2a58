/** What runs on the clusters: every addon on each, every team's applications where their overlays are. */
import { type Environment, EnvironmentStack } from 'cdk8s-gitops';
import { ApplicationSet, automated, gitDirectories, manual, matrix, when } from 'cdk8s-gitops/argocd';
import { ADDONS, FLEET, TEAMS, type Team } from './fleet';
import type { Projects } from './projects';

/** The compiler knows the labels of the inventory, here and in the templates. */
const ON_EVERY_CLUSTER = FLEET.generator({ read: ['environment', 'region'] });

/** A set that finds no cluster, after a mistake or while all is rebuilt, must not take what runs with it. */
const KEEP = { preserveResourcesOnDeletion: true };

export class Applications extends EnvironmentStack {
  readonly addons: ApplicationSet;
  readonly teams: readonly ApplicationSet[];

  constructor(env: Environment, projects: Projects) {
    super(env, 'applications', { namespace: 'argocd' });

    this.addons = new ApplicationSet(this, 'addons', {
      generators: [
        matrix(ON_EVERY_CLUSTER, gitDirectories({ repoURL: ADDONS, revision: 'main', directories: ['addons/*'] })),
      ],
      template: ({ name, nameNormalized, metadata: { labels }, path }) => ({
        metadata: {
          name: `platform-${path.basenameNormalized}-${nameNormalized}`,
          labels: { team: 'platform', environment: labels.environment, region: labels.region },
        },
        spec: {
          project: projects.platform.name,
          source: { repoURL: ADDONS, targetRevision: 'main', path: path.path },
          destination: { name, namespace: `platform-${path.basenameNormalized}` },
          sync: automated({ prune: true, selfHeal: true }),
          syncOptions: { createNamespace: true, serverSideApply: true },
        },
      }),
      syncPolicy: KEEP,
    });

    this.teams = TEAMS.map((team) => this.team(team, projects.teams.get(team.name)!.name));
  }

  /** Production waits for a person, the others follow the repository. */
  private team({ name: team, repository }: Team, project: string): ApplicationSet {
    return new ApplicationSet(this, team, {
      generators: [
        matrix(ON_EVERY_CLUSTER, gitDirectories({ repoURL: repository, revision: 'main', directories: ['apps/*'] })),
      ],
      template: ({ name, nameNormalized, metadata: { labels }, path }) => ({
        metadata: {
          name: `${team}-${path.basenameNormalized}-${nameNormalized}`,
          labels: { team, environment: labels.environment, region: labels.region },
        },
        spec: {
          project,
          source: {
            repoURL: repository,
            targetRevision: 'main',
            path: `${path.path}/overlays/${labels.environment}`,
          },
          destination: { name, namespace: `${team}-${path.basenameNormalized}` },
          sync: when(labels.environment.is('production'), manual(), automated({ prune: true, selfHeal: true })),
          syncOptions: { createNamespace: true },
        },
      }),
      syncPolicy: KEEP,
    });
  }
}
