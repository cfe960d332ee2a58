/** What an AppProject permits, and its roles and sync windows as values. */
export type { DestinationDecision, ProjectCluster, ProjectResource, ProjectSpec } from './matching';
export {
  type ApplicationManifest,
  type PermitOptions,
  type ProjectManifest,
  permits,
  permitsResource,
  type Refused,
  refusals,
  type Verdict,
} from './permits';
export {
  allowInProject,
  denyInProject,
  type JwtTokenOptions,
  jwtToken,
  type PolicyActions,
  type PolicyResource,
  type ProjectRole,
  projectRoles,
  type RoleOptions,
  type RolePolicy,
  role,
} from './roles';
export { type SyncWindowProps, syncWindow } from './sync-window';
