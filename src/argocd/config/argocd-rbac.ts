/**
 * Argo CD's RBAC, the ConfigMap `argocd-rbac-cm`: roles, who has them, and what everyone may do. Its law: a permission
 * that compiles is one that Argo CD asks about; no line of CSV is written by hand.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../../core/kind';
import { Resource, type ResourceProps, splitProps } from '../../core/resource';
import { dataOf, partOfArgoCd } from './config-map';
import { CONFIG_NAMES, type ConfigMapManifest } from './configuration';
import { type ACTIONS, policyLine, type RbacResource } from './rbac-policy';
import { argoCdRbacRules } from './rbac-rules';
import { yamlText } from './texts';

type Plain<R extends RbacResource> = Exclude<(typeof ACTIONS)[R][number], 'action'>;

/** What can be done with a resource; `*` is everything. On the objects of an Application: `action/…`, `update/…`, `delete/…`. */
export type RbacAction<R extends RbacResource> =
  | '*'
  | Plain<R>
  | (R extends 'applications' ? `action/${string}` | `update/${string}` | `delete/${string}` : never);

/** The object: `<project>/<name>` for what belongs to a project, a name or address for the rest. Globs. */
export type RbacObject<R extends RbacResource> = R extends 'applications' | 'applicationsets' | 'logs' | 'exec'
  ? '*' | `${string}/${string}`
  : string;

/** One permission; {@link allow} and {@link deny} make them. */
export interface Permission {
  readonly resource: string;
  readonly action: string;
  readonly object: string;
  readonly effect: 'allow' | 'deny';
}

/** Permits an action: `allow('applications', 'sync', 'shop/*')`. */
export function allow<const R extends RbacResource>(
  resource: R,
  action: RbacAction<R>,
  object: RbacObject<R>,
): Permission {
  return { resource, action, object, effect: 'allow' };
}

/** Forbids an action, whatever else permits it; only what the default role permits stays permitted. */
export function deny<const R extends RbacResource>(
  resource: R,
  action: RbacAction<R>,
  object: RbacObject<R>,
): Permission {
  return { resource, action, object, effect: 'deny' };
}

type BuiltinRole = 'admin' | 'readonly';

export interface ArgoCdRbacProps<R extends string> extends ResourceProps {
  /** Roles by name, without the `role:` before it, each with what it permits. @default - admin and readonly alone */
  readonly roles?: Readonly<Record<R, readonly Permission[]>>;
  /**
   * Who has which roles: groups of the single sign-on, or local users, by name.
   * @default - the user admin has the role admin
   */
  readonly bindings?: Readonly<Record<string, RoleName<R> | readonly RoleName<R>[]>>;
  /** The role of everyone who is logged in; what it permits, no deny takes away. @default - none */
  readonly defaultRole?: RoleName<R>;
  /** The claims that hold the names of groups. @default ['groups'] */
  readonly scopes?: readonly string[];
  /** How actions and objects are compared; a glob's `*` passes over slashes. @default 'glob' */
  readonly matchMode?: 'glob' | 'regex';
  /** Any key as Argo CD spells it, `policy.<name>.csv` for one; checked like the rest. @default - none */
  readonly data?: Readonly<Record<string, string>>;
}

/** A role of this policy, or one that Argo CD brings. */
export type RoleName<R extends string> = NoInfer<R> | BuiltinRole;

export const argoCdRbacKind = defineKind<ConfigMapManifest>({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  rules: argoCdRbacRules,
});

/** In the stack's namespace, or in `argocd` where the stack has none; always named `argocd-rbac-cm`. */
export class ArgoCdRbac<const R extends string = never> extends Resource {
  /** @throws GitOpsError with every issue of the policy */
  constructor(scope: Construct, id: string, props: ArgoCdRbacProps<R>) {
    const [common, { roles, bindings, defaultRole, scopes, matchMode, data = {} }] = splitProps(props);
    const section = {
      'policy.csv': policyCsv(roles ?? {}, bindings ?? {}),
      'policy.default': defaultRole === undefined ? undefined : roleSubject(defaultRole),
      scopes: yamlText(scopes),
      'policy.matchMode': matchMode,
    };
    super(scope, id, argoCdRbacKind, partOfArgoCd(scope, CONFIG_NAMES.rbac[0], common), {
      data: dataOf(scope, id, [section, data]),
    });
  }
}

function policyCsv(
  roles: Readonly<Record<string, readonly Permission[]>>,
  bindings: Readonly<Record<string, string | readonly string[]>>,
): string | undefined {
  const lines: string[] = [];
  for (const [role, permissions] of Object.entries(roles)) {
    for (const { resource, action, object, effect } of permissions) {
      lines.push(policyLine(['p', roleSubject(role), resource, action, object, effect]));
    }
  }
  for (const [subject, names] of Object.entries(bindings)) {
    for (const name of typeof names === 'string' ? [names] : names) {
      lines.push(policyLine(['g', subject, roleSubject(name)]));
    }
  }
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`;
}

/** `role:dev`; a role that is written with its prefix keeps it. */
function roleSubject(role: string): string {
  return role.startsWith('role:') ? role : `role:${role}`;
}
