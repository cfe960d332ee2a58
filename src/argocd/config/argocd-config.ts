/**
 * Argo CD's settings, the ConfigMap `argocd-cm`. Its law: every value is text there, and this construct writes the text
 * that Argo CD reads back as what was said; a key comes from one prop or from `data`, never from both.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cm-yaml/
 */
import type { Construct } from 'constructs';
import { defineKind } from '../../core/kind';
import { Resource, type ResourceProps, splitProps } from '../../core/resource';
import type { DurationInput } from '../../kernel/duration';
import type { JsonObject } from '../../kernel/manifest';
import { applicationHealthCheck } from '../application-health';
import { argoCdConfigRules } from './argocd-cm-rules';
import { dataOf, partOfArgoCd, type Section } from './config-map';
import { CONFIG_NAMES, type ConfigMapManifest } from './configuration';
import { healthStatus } from './customization-rules';
import { durationText, simpleDurationText, yamlText } from './texts';

/** A value in a Secret, as the settings refer to it: `$key` of `argocd-secret`, `$name:key` of another. */
export type SecretReference = `$${string}`;

/**
 * A key of a Secret, for a setting that must not be in Git. A Secret other than `argocd-secret` needs the label
 * `app.kubernetes.io/part-of: argocd`, and is given by its name or its construct.
 */
export function secretRef(secret: string | { readonly name: string }, key: string): SecretReference {
  const name = typeof secret === 'string' ? secret : secret.name;
  return name === 'argocd-secret' ? `$${key}` : `$${name}:${key}`;
}

export interface ArgoCdConfigProps extends ResourceProps {
  /** The address users reach Argo CD at, with `https://`. @default - none: no single sign-on, no links in notifications */
  readonly url?: string;
  /** Other addresses that users reach it at. @default - none */
  readonly additionalUrls?: readonly string[];
  /** Whether the built-in user `admin` can log in. @default true */
  readonly adminEnabled?: boolean;
  /** Local users by name: `{ ci: { apiKey: true } }`. @default - none beside admin */
  readonly accounts?: Readonly<Record<string, Account>>;
  /** Whether those who are not logged in get the default role. @default false */
  readonly anonymousEnabled?: boolean;
  /** How long a login lasts; whole numbers of one unit. @default '24h' */
  readonly sessionDuration?: DurationInput;
  /** A Go regular expression that new passwords must match. @default '^.{8,32}$' */
  readonly passwordPattern?: string;
  /** Single sign-on through the Dex that Argo CD runs; excludes `oidc`. @default - none */
  readonly dex?: DexConfig;
  /** Single sign-on directly with a provider; excludes `dex`. @default - none */
  readonly oidc?: OidcConfig;
  /**
   * How kinds are judged and compared, by `group/Kind`, a lone `Kind` of the core group, or `*` for all:
   * `{ 'batch/Job': { health: LUA } }`; `...applicationHealth()` adds what app-of-apps waves need.
   * @default - Argo CD's built-in checks
   */
  readonly customizations?: Readonly<Record<string, ResourceCustomization>>;
  /** Kinds that Argo CD neither watches nor shows. @default - events and metrics */
  readonly exclusions?: readonly ResourceFilter[];
  /** The kinds that it watches; all others are left out. @default - all */
  readonly inclusions?: readonly ResourceFilter[];
  /** How live and desired objects are compared. @default - status is ignored in all kinds */
  readonly compareOptions?: CompareOptions;
  /** How an object is known to belong to an Application. @default 'annotation' */
  readonly trackingMethod?: 'annotation' | 'label' | 'annotation+label';
  /** The label of the tracking methods with one. @default 'app.kubernetes.io/instance' */
  readonly instanceLabelKey?: string;
  /** Tells this Argo CD from others that deploy to the same cluster. @default - none */
  readonly installationId?: string;
  /** Whether the controller watches only what its permissions let it list. @default - it watches everything */
  readonly respectRbac?: 'normal' | 'strict';
  /** Whether `ignoreResourceUpdates` has effect. @default true */
  readonly ignoreResourceUpdatesEnabled?: boolean;
  /** How often Applications are compared without an event. @default - every 2 minutes, 1 more at most */
  readonly reconciliation?: Reconciliation;
  /** Kustomize: options, and further versions. @default - enabled, no options */
  readonly kustomize?: KustomizeConfig;
  /** Helm. @default - enabled, remote values over http and https */
  readonly helm?: HelmConfig;
  /** Whether Jsonnet is evaluated. @default true */
  readonly jsonnetEnabled?: boolean;
  /** The terminal in the UI. @default - disabled */
  readonly exec?: { readonly enabled?: boolean; readonly shells?: readonly string[] };
  /** Syncs with the project's service account instead of Argo CD's own. @default - disabled */
  readonly impersonation?: { readonly enabled?: boolean; readonly enforced?: boolean };
  /** Whether an Application may name this cluster by its in-cluster address. @default true */
  readonly inClusterEnabled?: boolean;
  /** Links that the UI shows on projects, Applications and their objects. @default - none */
  readonly links?: Links;
  /** A banner, a style sheet. @default - none */
  readonly ui?: UiConfig;
  /** The help page. @default - none */
  readonly help?: HelpConfig;
  /** Badges of Applications and projects. @default - disabled */
  readonly statusBadge?: { readonly enabled?: boolean; readonly url?: string };
  /** Projects whose settings others inherit by label. @default - none */
  readonly globalProjects?: readonly GlobalProject[];
  /** Webhooks of Git servers. @default - 50 MB, no jitter */
  readonly webhook?: WebhookConfig;
  /** Any key as Argo CD spells it, for what no prop says; checked like the rest. @default - none */
  readonly data?: Readonly<Record<string, string>>;
}

export interface Account {
  /** May have tokens made for it. @default false */
  readonly apiKey?: boolean;
  /** May log in to the UI. @default false */
  readonly login?: boolean;
  /** @default true */
  readonly enabled?: boolean;
}

/** What to change for one kind. */
export interface ResourceCustomization {
  /** Lua that sees the object as `obj` and returns `{ status = …, message = … }`; {@link runHealthCheck} tests it. */
  readonly health?: string;
  /** Opens Lua's standard libraries to the scripts of this kind. @default false */
  readonly useOpenLibs?: boolean;
  /** Actions that the UI offers on the object. */
  readonly actions?: ResourceActions;
  /** Differences that count as none. */
  readonly ignoreDifferences?: IgnoredFields;
  /** Changes of the live object that start no comparison. */
  readonly ignoreResourceUpdates?: IgnoredFields;
  /** Fields whose text has a known type, so that `1` and `1000m` are equal: `{ field: 'spec.limits', type: 'core/v1/ResourceList' }`. */
  readonly knownTypeFields?: readonly { readonly field: string; readonly type: string }[];
}

export interface ResourceActions {
  /** Lua that returns the actions' names, each with whether it is disabled. */
  readonly discovery: string;
  /** The actions by name, each a Lua script that returns the changed object. */
  readonly definitions: Readonly<Record<string, string>>;
  /** Whether Argo CD's own actions of the kind stay. @default false */
  readonly mergeBuiltinActions?: boolean;
}

export interface IgnoredFields {
  /** `/spec/replicas`: a slash in a name is `~1`. */
  readonly jsonPointers?: readonly string[];
  /** `.spec.template.spec.containers[] | select(.name == "proxy")`. */
  readonly jqPathExpressions?: readonly string[];
  /** Fields that these managers own, as managedFields names them. */
  readonly managedFieldsManagers?: readonly string[];
}

/** What a filter leaves out stands for all. */
export interface ResourceFilter {
  /** Globs. */
  readonly apiGroups?: readonly string[];
  /** Whole names, or `*`: no globs. */
  readonly kinds?: readonly string[];
  /** Globs of cluster addresses. */
  readonly clusters?: readonly string[];
}

export interface CompareOptions {
  /** @default false */
  readonly ignoreAggregatedRoles?: boolean;
  /** In which kinds a difference in `status` counts as none. @default 'all' */
  readonly ignoreResourceStatusField?: 'all' | 'crd' | 'none';
  /** Whether ignoreDifferences also spares comparisons. @default true */
  readonly ignoreDifferencesOnResourceUpdates?: boolean;
}

export interface Reconciliation {
  /** @default '2m' */
  readonly timeout?: DurationInput;
  /** What is added at most, at random. @default '1m' */
  readonly jitter?: DurationInput;
  /** How often caches are passed by as well. @default - never */
  readonly hardTimeout?: DurationInput;
}

export interface KustomizeConfig {
  /** @default true */
  readonly enabled?: boolean;
  /** Flags of `kustomize build`: `--enable-helm`. */
  readonly buildOptions?: string;
  /** Further versions, by the name that Applications ask for. */
  readonly versions?: Readonly<Record<string, { readonly path: string; readonly buildOptions?: string }>>;
}

export interface HelmConfig {
  /** @default true */
  readonly enabled?: boolean;
  /** Schemes of remote values files; an empty list forbids them. @default ['https', 'http'] */
  readonly valuesFileSchemes?: readonly string[];
}

/** Connectors as Dex has them; what is secret in their `config` is a {@link secretRef}. */
export interface DexConfig {
  readonly connectors: readonly DexConnector[];
  readonly [field: string]: unknown;
}

export interface DexConnector {
  /** `github`, `ldap`, `saml`, `oidc`, … */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  readonly config?: JsonObject;
}

export interface OidcConfig {
  readonly name: string;
  readonly issuer: string;
  readonly clientID: string;
  readonly clientSecret?: SecretReference;
  readonly cliClientID?: string;
  readonly requestedScopes?: readonly string[];
  readonly requestedIDTokenClaims?: JsonObject;
  readonly allowedAudiences?: readonly string[];
  readonly skipAudienceCheckWhenTokenHasNoAudience?: boolean;
  readonly enablePKCEAuthentication?: boolean;
  readonly enableUserInfoGroups?: boolean;
  readonly userInfoBaseURL?: string;
  readonly userInfoPath?: string;
  readonly userInfoCacheExpiration?: string;
  readonly refreshTokenThreshold?: string;
  readonly logoutURL?: string;
  readonly domainHint?: string;
  /** The provider's certificate authority, in PEM. */
  readonly rootCA?: string;
  readonly azure?: {
    readonly useWorkloadIdentity?: boolean;
    readonly enableUserGroupOverageClaim?: boolean;
    readonly graphApiEndpoint?: string;
    readonly userGroupOverageClaimCacheExpiration?: string;
  };
}

/** A link of the UI. */
export interface DeepLink {
  /** A Go template over the object: `https://logs.acme.io?ns={{ .metadata.namespace }}`. */
  readonly url: string;
  readonly title: string;
  readonly description?: string;
  /** `fa-book` */
  readonly 'icon.class'?: string;
  /** An expression that decides whether it is shown: `kind == "Pod"`. */
  readonly if?: string;
}

export interface Links {
  readonly project?: readonly DeepLink[];
  readonly application?: readonly DeepLink[];
  readonly resource?: readonly DeepLink[];
}

export interface UiConfig {
  readonly cssUrl?: string;
  /** One text on top of every page. */
  readonly banner?: {
    readonly content: string;
    readonly url?: string;
    /** Cannot be closed. @default false */
    readonly permanent?: boolean;
    /** @default 'top' */
    readonly position?: 'top' | 'bottom' | 'both';
  };
}

export interface HelpConfig {
  readonly chatUrl?: string;
  readonly chatText?: string;
  /** Where to have the command line from, by platform: `{ 'darwin-arm64': url }`. */
  readonly downloads?: Readonly<Record<string, string>>;
}

export interface GlobalProject {
  readonly projectName: string;
  /** A Kubernetes label selector over AppProjects. */
  readonly labelSelector: JsonObject;
}

export interface WebhookConfig {
  readonly maxPayloadSizeMB?: number;
  /** Spreads the refreshes that one push causes; whole numbers of one unit. @default '0s' */
  readonly refreshJitter?: DurationInput;
  /** The jitter begins above this many Applications. @default 10 */
  readonly refreshJitterThreshold?: number;
}

/** In a file the status may be set again before it is returned; a program can leave the other one out. */
export const argoCdConfigKind = defineKind<ConfigMapManifest>({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  rules: argoCdConfigRules.map((rule) => (rule === healthStatus ? { ...rule, severity: 'error' } : rule)),
});

/** In the stack's namespace, or in `argocd` where the stack has none; always named `argocd-cm`. */
export class ArgoCdConfig extends Resource {
  /** @throws GitOpsError with every issue of the settings */
  constructor(scope: Construct, id: string, props: ArgoCdConfigProps) {
    const [common, { data = {}, ...settings }] = splitProps(props);
    const sections = [basics(settings), resources(settings), tools(settings), pages(settings)];
    super(scope, id, argoCdConfigKind, partOfArgoCd(scope, CONFIG_NAMES.cm[0], common), {
      data: dataOf(scope, id, [...sections, data]),
    });
  }
}

/**
 * The health check that sync waves between Applications need, an entry of `customizations`. Argo CD has none for its own
 * Application: without it a root of Applications starts all waves at once.
 */
export function applicationHealth(): Readonly<Record<'argoproj.io/Application', { readonly health: string }>> {
  const [health] = Object.values(applicationHealthCheck);
  return { 'argoproj.io/Application': { health: health! } };
}

type Settings = Omit<ArgoCdConfigProps, keyof ResourceProps | 'data'>;

function basics(settings: Settings): Section {
  const accounts = Object.entries(settings.accounts ?? {}).flatMap(([name, account]) => {
    const capabilities = (['apiKey', 'login'] as const).filter((capability) => account[capability] === true);
    return [
      [`accounts.${name}`, capabilities.join(', ')],
      [`accounts.${name}.enabled`, account.enabled],
    ] as const;
  });
  return {
    url: settings.url,
    additionalUrls: yamlText(settings.additionalUrls),
    'admin.enabled': settings.adminEnabled,
    ...Object.fromEntries(accounts),
    'users.anonymous.enabled': settings.anonymousEnabled,
    'users.session.duration': simpleDurationText(settings.sessionDuration),
    passwordPattern: settings.passwordPattern,
    'dex.config': yamlText(settings.dex),
    'oidc.config': yamlText(settings.oidc),
    globalProjects: yamlText(settings.globalProjects),
    'webhook.maxPayloadSizeMB': settings.webhook?.maxPayloadSizeMB,
    'webhook.refresh.jitter': simpleDurationText(settings.webhook?.refreshJitter),
    'webhook.refresh.jitter.threshold': settings.webhook?.refreshJitterThreshold,
  };
}

function resources(settings: Settings): Section {
  const customizations = Object.entries(settings.customizations ?? {}).map(([groupKind, customization]) =>
    customizationKeys(groupKind, customization),
  );
  return {
    ...Object.assign({}, ...customizations),
    'resource.exclusions': yamlText(settings.exclusions),
    'resource.inclusions': yamlText(settings.inclusions),
    'resource.compareoptions': yamlText(settings.compareOptions),
    'resource.respectRBAC': settings.respectRbac,
    'resource.ignoreResourceUpdatesEnabled': settings.ignoreResourceUpdatesEnabled,
    'application.resourceTrackingMethod': settings.trackingMethod,
    'application.instanceLabelKey': settings.instanceLabelKey,
    installationID: settings.installationId,
    'cluster.inClusterEnabled': settings.inClusterEnabled,
    'application.sync.impersonation.enabled': settings.impersonation?.enabled,
    'application.sync.impersonation.enforced': settings.impersonation?.enforced,
    'timeout.reconciliation': durationText(settings.reconciliation?.timeout),
    'timeout.reconciliation.jitter': durationText(settings.reconciliation?.jitter),
    'timeout.hard.reconciliation': durationText(settings.reconciliation?.hardTimeout),
  };
}

/** `batch/Job` is `batch_Job` in a key, and all kinds are `all`. */
function customizationKeys(groupKind: string, customization: ResourceCustomization): Section {
  const suffix = groupKind === '*' || groupKind === '*/*' ? 'all' : groupKind.replace('/', '_');
  const { health, useOpenLibs, actions, ignoreDifferences, ignoreResourceUpdates, knownTypeFields } = customization;
  const key = (type: string) => `resource.customizations.${type}.${suffix}`;
  return {
    [key('health')]: health,
    [key('useOpenLibs')]: useOpenLibs,
    [key('actions')]: yamlText(
      actions && {
        mergeBuiltinActions: actions.mergeBuiltinActions,
        'discovery.lua': actions.discovery,
        definitions: Object.entries(actions.definitions).map(([name, lua]) => ({ name, 'action.lua': lua })),
      },
    ),
    [key('ignoreDifferences')]: yamlText(ignoreDifferences),
    [key('ignoreResourceUpdates')]: yamlText(ignoreResourceUpdates),
    [key('knownTypeFields')]: yamlText(knownTypeFields),
  };
}

function tools({ kustomize, helm, jsonnetEnabled, exec }: Settings): Section {
  const versions = Object.entries(kustomize?.versions ?? {}).flatMap(([version, { path, buildOptions }]) => [
    [`kustomize.path.${version}`, path],
    [`kustomize.buildOptions.${version}`, buildOptions],
  ]);
  return {
    'kustomize.enable': kustomize?.enabled,
    'kustomize.buildOptions': kustomize?.buildOptions,
    ...Object.fromEntries(versions),
    'helm.enable': helm?.enabled,
    'helm.valuesFileSchemes': helm?.valuesFileSchemes?.join(', '),
    'jsonnet.enable': jsonnetEnabled,
    'exec.enabled': exec?.enabled,
    'exec.shells': exec?.shells?.join(','),
  };
}

function pages({ ui, help, links, statusBadge }: Settings): Section {
  const downloads = Object.entries(help?.downloads ?? {}).map(([platform, url]) => [`help.download.${platform}`, url]);
  return {
    'project.links': yamlText(links?.project),
    'application.links': yamlText(links?.application),
    'resource.links': yamlText(links?.resource),
    'ui.cssurl': ui?.cssUrl,
    'ui.bannercontent': ui?.banner?.content,
    'ui.bannerurl': ui?.banner?.url,
    'ui.bannerpermanent': ui?.banner?.permanent,
    'ui.bannerposition': ui?.banner?.position,
    'help.chatUrl': help?.chatUrl,
    'help.chatText': help?.chatText,
    ...Object.fromEntries(downloads),
    'statusbadge.enabled': statusBadge?.enabled,
    'statusbadge.url': statusBadge?.url,
  };
}
