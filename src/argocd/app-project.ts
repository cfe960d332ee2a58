/**
 * Argo CD AppProject: what a group of Applications may do. Its law: an absent list and an empty one differ. Without
 * `namespaceResourceWhitelist` every namespaced kind is permitted, with an empty one none; so nothing is added or dropped.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import type { AppProject as AppProjectManifest, AppProjectSpec } from '../schema/generated/argo-cd';
import { appProjectRules } from './app-project-rules';
import { inArgoCd } from './namespace';
import type { ApplicationManifest, PermitOptions, Verdict } from './project/permits';

export interface AppProjectProps extends ResourceProps, AppProjectSpec {
  /** What the project is for, at most 255 characters. */
  readonly description?: string;
  /**
   * The repositories that Applications may read, as globs: `*` stops at a `/`, `**` does not, `!pattern` takes away.
   * @default - none: no source is permitted
   */
  readonly sourceRepos?: readonly string[];
  /** Clusters, by `server` or `name`, and namespaces, all as globs; `!pattern` takes away. @default - none is permitted */
  readonly destinations?: AppProjectSpec['destinations'];
  /** The cluster-scoped kinds that may be applied, as globs. @default - none is permitted, as with an empty list */
  readonly clusterResourceWhitelist?: AppProjectSpec['clusterResourceWhitelist'];
  /** The namespaced kinds that may be applied. @default - all are permitted; an empty list permits none */
  readonly namespaceResourceWhitelist?: AppProjectSpec['namespaceResourceWhitelist'];
  /** Other namespaces than Argo CD's in which Applications of the project may live. @default - none */
  readonly sourceNamespaces?: readonly string[];
  /** Who may do what in the project: policies `p, proj:<project>:<role>, <resource>, <action>, <project>/<object>, allow`. */
  readonly roles?: AppProjectSpec['roles'];
  /** When syncs may run: `{ kind: 'deny', schedule: '0 22 * * *', duration: '1h', applications: ['*'] }`. */
  readonly syncWindows?: AppProjectSpec['syncWindows'];
}

export const appProjectKind = defineKind<AppProjectManifest>({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  rules: appProjectRules,
});

/** In the stack's namespace, or in `argocd` where the stack has none. */
export class AppProject extends Resource {
  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: AppProjectProps) {
    const [common, spec] = splitProps(props);
    super(scope, id, appProjectKind, inArgoCd(scope, common), { spec });
  }

  /**
   * Whether the project permits an Application, decided as Argo CD does: by source, destination and namespace.
   *
   * @returns the first reason where it does not
   */
  permits(application: Resource | ApplicationManifest, options?: PermitOptions): Verdict {
    // Globs and URL rules are of no use to programs that never ask.
    const { permits } = require('./project/permits') as typeof import('./project/permits');
    return permits(this.toJson(), Resource.isResource(application) ? application.toJson() : application, options);
  }
}
