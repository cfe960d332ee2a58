/**
 * Roles of an AppProject without policy strings: a policy of a project can only be about that project, so it is written
 * when the project's name is known.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#project-roles
 */
import { isPlainObject } from '../../kernel/json';
import type { AppProjectSpec } from '../../schema/generated/argo-cd';

export type UpstreamRole = NonNullable<AppProjectSpec['roles']>[number];
type UpstreamToken = NonNullable<UpstreamRole['jwtTokens']>[number];

type Crud = 'get' | 'create' | 'update' | 'delete';

/** What can be done with each resource of a project. `*` is all of it. */
export interface PolicyActions {
  readonly applications:
    | Crud
    | 'sync'
    | 'override'
    | '*'
    | `action/${string}`
    | `update/${string}`
    | `delete/${string}`;
  readonly applicationsets: Crud | '*';
  readonly clusters: Crud | '*';
  readonly repositories: Crud | '*';
  readonly logs: 'get' | '*';
  readonly exec: 'create' | '*';
}

export type PolicyResource = keyof PolicyActions;

/** A policy that waits for its project and role. Made by {@link allowInProject} and {@link denyInProject}. */
export interface RolePolicy {
  readonly resource: PolicyResource;
  readonly action: string;
  readonly object: string;
  readonly effect: 'allow' | 'deny';
}

/**
 * Lets a role do something.
 *
 * @param action `action/<group>/<kind>/<name>` runs a resource action; `update/…` and `delete/…` concern single resources of an
 *   Application, which `update` and `delete` do not
 * @param object a name or glob in the project, or `<namespace>/<name>`; a construct is its name. @default '*'
 */
export function allowInProject<R extends PolicyResource>(
  resource: R,
  action: PolicyActions[R],
  object: string | { readonly name: string } = '*',
): RolePolicy {
  return { resource, action, object: typeof object === 'string' ? object : object.name, effect: 'allow' };
}

/** Forbids something that another policy allows. */
export function denyInProject<R extends PolicyResource>(
  resource: R,
  action: PolicyActions[R],
  object: string | { readonly name: string } = '*',
): RolePolicy {
  return { ...allowInProject(resource, action, object), effect: 'deny' };
}

export interface RoleOptions {
  readonly description?: string;
  /** Groups of the identity provider. @default - none: the role is used by tokens alone */
  readonly groups?: readonly string[];
  /** @default - none: the role may do nothing */
  readonly policies?: readonly RolePolicy[];
  /** Tokens that were issued, by {@link jwtToken}. One that is not listed is no longer valid. @default - none */
  readonly jwtTokens?: readonly UpstreamToken[];
}

/** A role that waits for its project. */
export interface ProjectRole extends RoleOptions {
  readonly name: string;
}

/** A role of a project: `role('developer', { groups: ['acme:dev'], policies: [allowInProject('applications', 'sync')] })`. */
export function role(name: string, options: RoleOptions = {}): ProjectRole {
  return { name, ...options };
}

/** Upstream's roles for a project of this name. Roles in upstream's own shape pass unchanged. */
export function projectRoles(project: string, roles: readonly (ProjectRole | UpstreamRole)[]): UpstreamRole[] {
  return roles.map((entry) => shapeRole(project, entry));
}

function shapeRole(project: string, entry: ProjectRole | UpstreamRole): UpstreamRole {
  // What is no role is for the schema to refuse.
  if (!isPlainObject(entry) || !Array.isArray(entry.policies)) return entry as UpstreamRole;
  const policies: readonly (RolePolicy | string)[] = entry.policies;
  const texts = policies.map((policy) => (isPolicy(policy) ? policyText(project, entry.name, policy) : policy));
  return { ...(entry as UpstreamRole), policies: texts };
}

function isPolicy(policy: unknown): policy is RolePolicy {
  return isPlainObject(policy) && 'resource' in policy;
}

function policyText(project: string, name: string, { resource, action, object, effect }: RolePolicy): string {
  return `p, proj:${project}:${name}, ${resource}, ${action}, ${project}/${object}, ${effect}`;
}

export interface JwtTokenOptions {
  /** The token's `jti`. */
  readonly id: string;
  /** The token's `iat`: a time, or seconds since 1970. */
  readonly issuedAt: Date | number;
  /** The token's `exp`. @default - never */
  readonly expiresAt?: Date | number;
}

/** A token that Argo CD issued for a role. Only its identity is in Git, never the token. */
export function jwtToken({ id, issuedAt, expiresAt }: JwtTokenOptions): UpstreamToken {
  return { id, iat: seconds(issuedAt), ...(expiresAt !== undefined && { exp: seconds(expiresAt) }) };
}

function seconds(time: Date | number): number {
  return typeof time === 'number' ? time : Math.floor(time.getTime() / 1000);
}
