/** The keys of `argocd-cm` and what Argo CD reads each one as (argo-cd util/settings/settings.go, v3.5). */
import type { Shape } from './yaml-text';

/** What the text of a key must be. */
export type KeyType =
  /** On with `true`, off with any other text. */
  | 'switch'
  /** Off with `false`, on with any other text. */
  | 'switch-off'
  /** Go's ParseBool. */
  | 'boolean'
  | 'integer'
  /** `90s`, `24h`, `7d`: one number, one unit. */
  | 'simple-duration'
  /** Go's, or a simple one. */
  | 'duration'
  | 'text'
  | { readonly words: readonly string[] }
  | { readonly yaml: Shape };

const FILTERS: Shape = {
  list: { fields: { apiGroups: { list: 'text' }, kinds: { list: 'text' }, clusters: { list: 'text' } } },
};

const LINKS: Shape = {
  list: { fields: { url: 'text', title: 'text', description: 'text', 'icon.class': 'text', if: 'text' } },
};

export const IGNORE: Shape = {
  fields: {
    jsonPointers: { list: 'text' },
    jqPathExpressions: { list: 'text' },
    managedFieldsManagers: { list: 'text' },
  },
};

export const KNOWN_TYPES: Shape = { list: { fields: { field: 'text', type: 'text' } } };

export const ACTIONS: Shape = {
  fields: {
    'discovery.lua': 'text',
    definitions: { list: { fields: { name: 'text', 'action.lua': 'text' } } },
    mergeBuiltinActions: 'boolean',
  },
};

const OIDC: Shape = {
  fields: {
    name: 'text',
    issuer: 'text',
    clientID: 'text',
    clientSecret: 'text',
    cliClientID: 'text',
    enableUserInfoGroups: 'boolean',
    userInfoBaseURL: 'text',
    userInfoPath: 'text',
    userInfoCacheExpiration: 'text',
    requestedScopes: { list: 'text' },
    requestedIDTokenClaims: 'any',
    logoutURL: 'text',
    rootCA: 'text',
    enablePKCEAuthentication: 'boolean',
    domainHint: 'text',
    azure: {
      fields: {
        useWorkloadIdentity: 'boolean',
        enableUserGroupOverageClaim: 'boolean',
        graphApiEndpoint: 'text',
        userGroupOverageClaimCacheExpiration: 'text',
      },
    },
    refreshTokenThreshold: 'text',
    allowedAudiences: { list: 'text' },
    skipAudienceCheckWhenTokenHasNoAudience: 'boolean',
  },
};

/** The legacy form of all customisations in one text. */
const CUSTOMIZATIONS: Shape = {
  map: {
    fields: {
      'health.lua': 'text',
      'health.lua.useOpenLibs': 'boolean',
      actions: 'text',
      ignoreDifferences: 'text',
      ignoreResourceUpdates: 'text',
      knownTypeFields: KNOWN_TYPES,
    },
  },
};

/** Keys that are there once. */
export const KEYS: Readonly<Record<string, KeyType>> = {
  url: 'text',
  additionalUrls: { yaml: { list: 'text' } },
  'admin.enabled': 'boolean',
  'application.allowedNodeLabels': 'text',
  'application.instanceLabelKey': 'text',
  'application.links': { yaml: LINKS },
  'application.resourceTrackingMethod': { words: ['annotation', 'label', 'annotation+label'] },
  'application.sync.impersonation.enabled': 'switch',
  'application.sync.impersonation.enforced': 'switch-off',
  'application.sync.requireOverridePrivilegeForRevisionSync': 'switch',
  'cluster.inClusterEnabled': 'switch-off',
  'commit.author.email': 'text',
  'commit.author.name': 'text',
  'dex.config': { yaml: { map: 'any' } },
  'exec.enabled': 'switch',
  'exec.shells': 'text',
  'extension.config': { yaml: { map: 'any' } },
  'ga.anonymizeusers': 'switch-off',
  'ga.trackingid': 'text',
  globalProjects: { yaml: { list: { fields: { projectName: 'text', labelSelector: 'any' } } } },
  'helm.enable': 'switch',
  'helm.valuesFileSchemes': 'text',
  'help.chatText': 'text',
  'help.chatUrl': 'text',
  installationID: 'text',
  'jsonnet.enable': 'switch',
  'kustomize.buildOptions': 'text',
  'kustomize.enable': 'switch',
  'oidc.config': { yaml: OIDC },
  'oidc.tls.insecure.skip.verify': 'switch',
  passwordPattern: 'text',
  'project.links': { yaml: LINKS },
  'resource.compareoptions': {
    yaml: {
      fields: {
        ignoreAggregatedRoles: 'boolean',
        ignoreResourceStatusField: 'text',
        ignoreDifferencesOnResourceUpdates: 'boolean',
      },
    },
  },
  'resource.customLabels': 'text',
  'resource.customizations': { yaml: CUSTOMIZATIONS },
  'resource.excludeEventLabelKeys': 'text',
  'resource.exclusions': { yaml: FILTERS },
  'resource.ignoreResourceUpdatesEnabled': 'boolean',
  'resource.includeEventLabelKeys': 'text',
  'resource.inclusions': { yaml: FILTERS },
  'resource.links': { yaml: LINKS },
  'resource.respectRBAC': { words: ['normal', 'strict'] },
  'resource.sensitive.mask.annotations': 'text',
  'server.maxPodLogsToRender': 'integer',
  'server.rbac.disableApplicationFineGrainedRBACInheritance': 'boolean',
  'sourceHydrator.commitMessageTemplate': 'text',
  'sourceHydrator.readmeMessageTemplate': 'text',
  'statusbadge.enabled': 'switch',
  'statusbadge.url': 'text',
  'timeout.hard.reconciliation': 'duration',
  'timeout.reconciliation': 'duration',
  'timeout.reconciliation.jitter': 'duration',
  'ui.bannercontent': 'text',
  'ui.bannerpermanent': 'switch',
  'ui.bannerposition': { words: ['top', 'bottom', 'both'] },
  'ui.bannerurl': 'text',
  'ui.cssurl': 'text',
  'users.anonymous.enabled': 'switch',
  'users.session.duration': 'simple-duration',
  'webhook.maxPayloadSizeMB': 'integer',
  'webhook.refresh.jitter': 'simple-duration',
  'webhook.refresh.jitter.threshold': 'integer',
};

/** Keys that go on with a name of the user's. */
export const PREFIXES: readonly string[] = [
  'accounts.',
  'extension.config.',
  'help.download.',
  'kustomize.buildOptions.',
  'kustomize.path.',
  'kustomize.version.',
  'resource.customizations.',
];

/** Keys that Argo CD read once and reads no longer, and where their content goes now. */
export const REMOVED: Readonly<Record<string, string>> = {
  repositories:
    'make each one a Secret with the label argocd.argoproj.io/secret-type: repository: new ArgoCdRepository(…)',
  'repository.credentials':
    'make each one a Secret with the label argocd.argoproj.io/secret-type: repo-creds: new ArgoCdRepositoryCredentials(…)',
  'helm.repositories': 'make each one a repository Secret with type: helm: new ArgoCdRepository(…)',
  configManagementPlugins: 'run the plugin as a sidecar of the repository server',
  'server.rbac.log.enforce.enable': 'remove it: permission for logs is always enforced since 3.0',
};

export const CUSTOMIZATION_TYPES = [
  'health',
  'useOpenLibs',
  'actions',
  'ignoreDifferences',
  'ignoreResourceUpdates',
  'knownTypeFields',
] as const;
