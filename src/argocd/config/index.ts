/** Argo CD's configuration: ConfigMaps and Secrets that have no kind of their own. */
export {
  ArgoCdCluster,
  type ArgoCdClusterProps,
  type ClusterConnection,
  type ClusterCredential,
} from './argocd-cluster';
export {
  type Account,
  ArgoCdConfig,
  type ArgoCdConfigProps,
  applicationHealth,
  type CompareOptions,
  type DeepLink,
  type DexConfig,
  type DexConnector,
  type GlobalProject,
  type HelmConfig,
  type HelpConfig,
  type IgnoredFields,
  type KustomizeConfig,
  type Links,
  type OidcConfig,
  type Reconciliation,
  type ResourceActions,
  type ResourceCustomization,
  type ResourceFilter,
  type SecretReference,
  secretRef,
  type UiConfig,
  type WebhookConfig,
} from './argocd-config';
export {
  ArgoCdNotifications,
  type ArgoCdNotificationsProps,
  type BasicAuth,
  type NotificationCondition,
  type NotificationSecret,
  type NotificationServiceKey,
  type NotificationServiceName,
  type NotificationServiceOptions,
  type NotificationServiceType,
  type NotificationSubscription,
  type NotificationTemplate,
  type TeamsTemplate,
  type TransportOptions,
} from './argocd-notifications';
export {
  ArgoCdRbac,
  type ArgoCdRbacProps,
  allow,
  deny,
  type Permission,
  type RbacAction,
  type RbacObject,
  type RoleName,
} from './argocd-rbac';
export {
  ArgoCdRepository,
  ArgoCdRepositoryCredentials,
  type ArgoCdRepositoryCredentialsProps,
  type ArgoCdRepositoryProps,
  type RepositoryAccessProps,
  type RepositoryCredential,
} from './argocd-repository';
export type { Credentials, SealedCredentials, StoredCredentials, StoredValue } from './credentials';
export {
  type HealthResult,
  type HealthStatus,
  LuaError,
  type LuaHealthCheck,
  type RunOptions,
  runHealthCheck,
} from './lua-health';
export type { RbacResource } from './rbac-policy';
