/**
 * A cluster that Argo CD deploys to: a Secret with the label it looks for. Its law: how to get in is a reference or
 * ciphertext; what stands in Git says only where the cluster is.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
import type { Construct } from 'constructs';
import { Resource, type ResourceProps, splitProps } from '../../core/resource';
import type { JsonObject } from '../../kernel/manifest';
import { type Credentials, literal, type SecretParts, type StoredValue, shapeSecret } from './credentials';

/** What a cluster's login may need to keep secret; certificates are here for company. */
export type ClusterCredential = 'password' | 'bearerToken' | 'caData' | 'certData' | 'keyData';

export interface ArgoCdClusterProps extends ResourceProps {
  /** The address of the API server, `https://…`; destinations are compared with this very text. */
  readonly server: string;
  /** The name that destinations may use instead. @default - none: the address */
  readonly name?: string;
  /** The AppProject that alone may use it. @default - all may */
  readonly project?: string;
  /** The namespaces that Argo CD manages. @default - all */
  readonly namespaces?: readonly string[];
  /** Whether cluster-scoped objects are managed too, when `namespaces` are given. @default false */
  readonly clusterResources?: boolean;
  /** The shard of the controller that looks after it. @default - the controllers agree on one */
  readonly shard?: number;
  /** Labels of the cluster, which generators of ApplicationSets select and read. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the cluster, which generators read. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether Argo CD leaves the cluster alone for now. @default false */
  readonly skipReconcile?: boolean;
  /** Whether Argo CD adds the label `argocd.argoproj.io/kubernetes-version`. @default false */
  readonly autoLabelClusterInfo?: boolean;
  /** How the connection is made, as upstream has it, without what is secret. @default - none: Argo CD's own cluster */
  readonly config?: ClusterConnection;
  /** What is secret of the connection. @default - none: by the identity of the pod, or not at all */
  readonly credentials?: Credentials<ClusterCredential>;
}

/** ClusterConfig without secrets. */
export interface ClusterConnection {
  /** With the password of `credentials`. */
  readonly username?: string;
  readonly tlsClientConfig?: {
    /** Accepts any certificate; excludes caData. @default false */
    readonly insecure?: boolean;
    readonly serverName?: string;
    /** The cluster's authority: the base64 that a kubeconfig has. */
    readonly caData?: string;
  };
  /** Amazon EKS, by the pod's role; excludes every other login. */
  readonly awsAuthConfig?: { readonly clusterName: string; readonly roleARN?: string; readonly profile?: string };
  /** A program that prints a token, `argocd-k8s-auth` for one; excludes tokens and passwords. */
  readonly execProviderConfig?: {
    readonly command: string;
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly apiVersion?: string;
    readonly installHint?: string;
    readonly provideClusterInfo?: boolean;
    readonly config?: JsonObject;
  };
  readonly disableCompression?: boolean;
  readonly proxyUrl?: string;
}

/** In the stack's namespace, or in `argocd` where the stack has none. */
export class ArgoCdCluster extends Resource {
  /** The address, for destinations. */
  readonly server: string;

  /** @throws GitOpsError with every issue of the Secret that is made */
  constructor(scope: Construct, id: string, props: ArgoCdClusterProps) {
    const [common, cluster] = splitProps(props);
    const [kind, placed, body] = shapeSecret(scope, common, partsOf(cluster));
    super(scope, id, kind, placed, body);
    this.server = props.server;
  }
}

function partsOf(cluster: Omit<ArgoCdClusterProps, keyof ResourceProps>): SecretParts {
  const { config, credentials, skipReconcile, autoLabelClusterInfo } = cluster;
  const labels = {
    ...(autoLabelClusterInfo && { 'argocd.argoproj.io/auto-label-cluster-info': 'true' }),
    ...cluster.labels,
  };
  const annotations = {
    ...(skipReconcile && { 'argocd.argoproj.io/skip-reconcile': 'true' }),
    ...cluster.annotations,
  };
  return {
    type: 'cluster',
    credentials,
    labels,
    annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    settings: {
      server: cluster.server,
      name: cluster.name,
      project: cluster.project,
      namespaces: cluster.namespaces?.join(','),
      clusterResources: cluster.clusterResources === undefined ? undefined : String(cluster.clusterResources),
      shard: cluster.shard === undefined ? undefined : String(cluster.shard),
    },
    templated:
      config === undefined && credentials === undefined ? undefined : { config: configJson(config ?? {}, credentials) },
  };
}

/** The config as JSON, in which the credentials are tags for a Go template to fill. */
function configJson(config: ClusterConnection, credentials: Credentials<ClusterCredential> | undefined): string {
  if (credentials === undefined) return json(config);
  const values: Readonly<Partial<Record<ClusterCredential, string | StoredValue>>> =
    credentials.sealed ?? credentials.values;
  const tags = new Map<string, string>();
  const tag = (name: ClusterCredential): string | undefined => {
    const value = values[name];
    if (value === undefined) return undefined;
    const encode = typeof value === 'object' && value.encoding === 'pem' ? ' | b64enc' : '';
    tags.set(name, `{{ .${name}${encode} | toJson }}`);
    return `${MARK}${name}${MARK}`;
  };
  const tls = {
    ...config.tlsClientConfig,
    ...taken({ caData: tag('caData'), certData: tag('certData'), keyData: tag('keyData') }),
  };
  const whole = {
    ...config,
    ...taken({ password: tag('password'), bearerToken: tag('bearerToken') }),
    ...(Object.keys(tls).length > 0 && { tlsClientConfig: tls }),
  };
  return literal(json(whole)).replace(MARKED, (_text, name: string) => tags.get(name)!);
}

const MARK = '\uE001';
const MARKED = /"\uE001(\w+)\uE001"/g;

function taken(fields: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
