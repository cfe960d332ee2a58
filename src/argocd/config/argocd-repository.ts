/**
 * Repositories that Argo CD reads, and credentials for all repositories under a url: Secrets with the labels that it looks
 * for. Their law: a credential is a reference or ciphertext.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories
 */
import type { Construct } from 'constructs';
import { Resource, type ResourceProps, splitProps } from '../../core/resource';
import { type Credentials, type SecretParts, shapeSecret } from './credentials';

/** What of a repository's login is secret. */
export type RepositoryCredential =
  | 'username'
  | 'password'
  | 'bearerToken'
  | 'sshPrivateKey'
  | 'tlsClientCertData'
  | 'tlsClientCertKey'
  | 'githubAppPrivateKey'
  | 'gcpServiceAccountKey'
  | 'azureServicePrincipalClientSecret';

/** What repositories and credential templates have in common. */
export interface RepositoryAccessProps extends ResourceProps {
  /** @default 'git' */
  readonly type?: 'git' | 'helm' | 'oci';
  /** The user, where it is no secret. @default - the one of the credentials, or none */
  readonly username?: string;
  /** Whether `type: 'helm'` is a registry of charts; its url has no scheme. @default false */
  readonly enableOCI?: boolean;
  /** Speaks http to the registry. @default false */
  readonly insecureOCIForceHttp?: boolean;
  /** Sends the password without being asked for it. @default false */
  readonly forceHttpBasicAuth?: boolean;
  /** A GitHub App's id; its key is `githubAppPrivateKey` of the credentials. */
  readonly githubAppID?: number;
  /** @default - found by the owner of the repository */
  readonly githubAppInstallationID?: number;
  /** `https://github.acme.io/api/v3` */
  readonly githubAppEnterpriseBaseUrl?: string;
  /** The proxy to this repository. @default - the server's own settings */
  readonly proxy?: string;
  /** Hosts that the proxy is not for, with commas between. */
  readonly noProxy?: string;
  /** Logs in to Azure by the pod's identity. @default false */
  readonly useAzureWorkloadIdentity?: boolean;
  /** A service principal of Azure; its secret is `azureServicePrincipalClientSecret` of the credentials. */
  readonly azureServicePrincipalClientId?: string;
  readonly azureServicePrincipalTenantId?: string;
  readonly azureActiveDirectoryEndpoint?: string;
  /** Whether it is for pushing, by the source hydrator. @default false */
  readonly write?: boolean;
  /** What is secret of the login. @default - none: everyone may read it, or a credential template fits */
  readonly credentials?: Credentials<RepositoryCredential>;
}

export interface ArgoCdRepositoryProps extends RepositoryAccessProps {
  /** Compared with what Applications say, after both are made alike: `https://github.com/acme/deploy.git`. */
  readonly url: string;
  /** What the UI calls it, and a chart repository's alias. @default - none */
  readonly name?: string;
  /** The AppProject that alone may use it. @default - all may */
  readonly project?: string;
  /** Accepts any certificate. @default false */
  readonly insecure?: boolean;
  /** Accepts any host key. @default false */
  readonly insecureIgnoreHostKey?: boolean;
  /** Fetches large files. @default false */
  readonly enableLfs?: boolean;
  /** How many commits to fetch. @default - all */
  readonly depth?: number;
  /** Leaves manifests to be made when they are asked for, and not at a webhook. @default false */
  readonly webhookManifestCacheWarmDisabled?: boolean;
}

export interface ArgoCdRepositoryCredentialsProps extends RepositoryAccessProps {
  /** The beginning of the urls that the credentials are for; of several that fit, the longest counts. */
  readonly url: string;
}

/** In the stack's namespace, or in `argocd` where the stack has none. */
export class ArgoCdRepository extends Resource {
  /** The url, for the sources of Applications. */
  readonly url: string;

  /** @throws GitOpsError with every issue of the Secret that is made */
  constructor(scope: Construct, id: string, props: ArgoCdRepositoryProps) {
    const [common, repository] = splitProps(props);
    const [kind, placed, body] = shapeSecret(scope, common, {
      type: secretType('repository', repository.write),
      credentials: repository.credentials,
      settings: settingsOf(repository, {
        clientId: 'azureServicePrincipalClientId',
        tenantId: 'azureServicePrincipalTenantId',
      }),
    });
    super(scope, id, kind, placed, body);
    this.url = props.url;
  }
}

/** Credentials for every repository whose url begins alike, which need no Secret of their own. */
export class ArgoCdRepositoryCredentials extends Resource {
  /** @throws GitOpsError with every issue of the Secret that is made */
  constructor(scope: Construct, id: string, props: ArgoCdRepositoryCredentialsProps) {
    const [common, template] = splitProps(props);
    const [kind, placed, body] = shapeSecret(scope, common, {
      type: secretType('repo-creds', template.write),
      credentials: template.credentials,
      settings: settingsOf(template, {
        clientId: 'azureServicePrincipalClientID',
        tenantId: 'azureServicePrincipalTenantID',
      }),
    });
    super(scope, id, kind, placed, body);
  }
}

/** The label's value; Secrets for pushing have one of their own. */
function secretType(type: 'repository' | 'repo-creds', write = false): string {
  if (!write) return type;
  return type === 'repo-creds' ? 'repo-write-creds' : `${type}-write`;
}

/** The two kinds of Secret spell Azure's ids differently. */
interface AzureKeys {
  readonly clientId: string;
  readonly tenantId: string;
}

function settingsOf(
  props: Omit<ArgoCdRepositoryProps | ArgoCdRepositoryCredentialsProps, keyof ResourceProps>,
  azure: AzureKeys,
): SecretParts['settings'] {
  const { credentials: _, write: __, azureServicePrincipalClientId, azureServicePrincipalTenantId, ...rest } = props;
  const texts = Object.entries({
    ...rest,
    [azure.clientId]: azureServicePrincipalClientId,
    [azure.tenantId]: azureServicePrincipalTenantId,
  }).map(([key, value]) => [key, value === undefined ? undefined : String(value)] as const);
  return Object.fromEntries(texts);
}
