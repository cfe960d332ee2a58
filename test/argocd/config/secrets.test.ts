import { EnvironmentStack, GitOpsApp } from '../../../src';
import {
  ArgoCdCluster,
  ArgoCdRepository,
  ArgoCdRepositoryCredentials,
  type ArgoCdRepositoryProps,
  type ClusterConnection,
} from '../../../src/argocd/config';
import { ClusterSecretStore } from '../../../src/external-secrets';
import { synthTree } from '../../../src/testing';
import { codesOf } from '../../support/issues';

const app = () => new GitOpsApp({ repository: { url: 'https://github.com/acme/deploy.git' } });
const stack = (of = app()) => new EnvironmentStack(of.environment('prod'), 'argocd', { namespace: 'argocd' });
const store = { kind: 'ClusterSecretStore', name: 'aws' } as const;

/** Fills a template as the External Secrets Operator would. */
function filled(template: string, values: Record<string, string>): string {
  return template
    .replaceAll(/\{\{ \.(\w+)( \| b64enc)? \| toJson \}\}/g, (_tag, name: string, encode?: string) =>
      JSON.stringify(encode ? Buffer.from(values[name]!).toString('base64') : values[name]),
    )
    .replaceAll('{{ "{{" }}', '{{');
}

test("Argo CD's own cluster is a plain Secret, and no secret", () => {
  const whole = app();
  const cluster = new ArgoCdCluster(stack(whole), 'in-cluster', {
    server: 'https://kubernetes.default.svc',
    name: 'in-cluster',
    labels: { env: 'prod' },
    namespaces: ['shop', 'pay'],
    clusterResources: true,
    shard: 1,
  });
  expect(cluster.toJson()).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'in-cluster',
      namespace: 'argocd',
      labels: { 'argocd.argoproj.io/secret-type': 'cluster', env: 'prod' },
    },
    stringData: {
      server: 'https://kubernetes.default.svc',
      name: 'in-cluster',
      namespaces: 'shop,pay',
      clusterResources: 'true',
      shard: '1',
    },
  });
  expect(Object.keys(synthTree(whole))).toContain('prod/argocd/secret-in-cluster.yaml');
});

test('a cluster of the cloud needs no secret either', () => {
  const cluster = new ArgoCdCluster(stack(), 'prod', {
    server: 'https://prod.eks.amazonaws.com',
    config: {
      awsAuthConfig: { clusterName: 'prod', roleARN: 'arn:aws:iam::1:role/argocd' },
      tlsClientConfig: { caData: 'TFM=' },
    },
  });
  expect(JSON.parse((cluster.toJson() as unknown as { stringData: { config: string } }).stringData.config)).toEqual({
    awsAuthConfig: { clusterName: 'prod', roleARN: 'arn:aws:iam::1:role/argocd' },
    tlsClientConfig: { caData: 'TFM=' },
  });
});

test('the config of a cluster is filled from the store, in JSON that no value can break', () => {
  const cluster = new ArgoCdCluster(stack(), 'prod', {
    server: 'https://prod.acme.io',
    name: 'prod',
    labels: { env: 'prod' },
    annotations: { region: 'eu' },
    config: { proxyUrl: 'http://proxy/{{x}}' },
    credentials: {
      store,
      values: {
        bearerToken: { key: 'clusters/prod', property: 'token' },
        caData: { key: 'clusters/prod', property: 'ca.crt', encoding: 'pem' },
      },
    },
  });
  const { spec, kind, metadata } = cluster.toJson() as unknown as {
    kind: string;
    metadata: object;
    spec: { target: { template: { metadata: object; data: Record<string, string> } }; data: object };
  };
  expect({ kind, metadata }).toEqual({ kind: 'ExternalSecret', metadata: { name: 'prod', namespace: 'argocd' } });
  expect(spec).toMatchObject({
    refreshInterval: '1h',
    secretStoreRef: store,
    data: [
      { secretKey: 'bearerToken', remoteRef: { key: 'clusters/prod', property: 'token' } },
      { secretKey: 'caData', remoteRef: { key: 'clusters/prod', property: 'ca.crt' } },
    ],
  });
  const { metadata: labelled, data } = spec.target.template;
  expect(labelled).toEqual({
    labels: { 'argocd.argoproj.io/secret-type': 'cluster', env: 'prod' },
    annotations: { region: 'eu' },
  });
  expect(Object.keys(data).sort()).toEqual(['config', 'name', 'server']);
  expect(JSON.parse(filled(data['config']!, { bearerToken: 'a"b\n', caData: 'PEM' }))).toEqual({
    proxyUrl: 'http://proxy/{{x}}',
    bearerToken: 'a"b\n',
    tlsClientConfig: { caData: Buffer.from('PEM').toString('base64') },
  });
});

test('repositories: public, from a store, sealed', () => {
  const of = stack();
  const open = new ArgoCdRepository(of, 'public', {
    url: 'https://github.com/acme/deploy.git',
    project: 'shop',
    enableLfs: true,
  });
  expect(open.toJson()).toMatchObject({
    kind: 'Secret',
    stringData: { url: 'https://github.com/acme/deploy.git', project: 'shop', enableLfs: 'true' },
  });
  const aws = new ClusterSecretStore(of, 'aws', {
    provider: { aws: { service: 'SecretsManager', region: 'eu-west-1' } },
  } as never);
  const charts = new ArgoCdRepository(of, 'charts', {
    url: 'ghcr.io/acme/charts',
    type: 'helm',
    enableOCI: true,
    username: 'bot',
    credentials: { store: aws, values: { password: 'argocd/ghcr' }, refreshInterval: '30m' },
  });
  expect(charts.toJson()).toMatchObject({
    kind: 'ExternalSecret',
    spec: {
      refreshInterval: '30m',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' },
      target: {
        template: {
          metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repository' } },
          data: {
            url: 'ghcr.io/acme/charts',
            type: 'helm',
            enableOCI: 'true',
            username: 'bot',
            password: '{{ .password }}',
          },
        },
      },
    },
  });
  const sealed = new ArgoCdRepositoryCredentials(of, 'org', {
    url: 'https://dev.azure.com/acme',
    azureServicePrincipalClientId: '1',
    azureServicePrincipalTenantId: '2',
    credentials: { sealed: { azureServicePrincipalClientSecret: `Ag${'A'.repeat(800)}` } },
  });
  expect(sealed.toJson()).toMatchObject({
    kind: 'SealedSecret',
    spec: {
      encryptedData: { azureServicePrincipalClientSecret: expect.stringMatching(/^Ag/) },
      template: {
        metadata: { labels: { 'argocd.argoproj.io/secret-type': 'repo-creds' } },
        data: {
          url: 'https://dev.azure.com/acme',
          azureServicePrincipalClientID: '1',
          azureServicePrincipalTenantID: '2',
        },
      },
    },
  });
});

test('what is wrong is refused, in whatever it is made from', () => {
  const of = stack();
  const url = 'https://github.com/acme/deploy.git';
  expect(
    codesOf(
      () =>
        new ArgoCdRepository(of, 'a', {
          url: 'git@github.com:acme/deploy.git',
          credentials: { store, values: { password: 'x' } },
        }),
    ),
  ).toEqual(['argocd-repository-credentials']);
  expect(codesOf(() => new ArgoCdRepository(of, 'b', { url: 'ghcr.io/acme', type: 'oci' }))).toEqual([
    'argocd-repository-url',
  ]);
  expect(codesOf(() => new ArgoCdRepository(of, 'c', { url, githubAppID: 1 }))).toEqual([
    'argocd-repository-credentials',
  ]);
  expect(
    codesOf(
      () =>
        new ArgoCdCluster(of, 'd', {
          server: 'https://a',
          config: { tlsClientConfig: { insecure: true } },
          credentials: { store, values: { caData: 'x' } },
        }),
    ),
  ).toEqual(['argocd-cluster-auth']);
  expect(
    codesOf(
      () =>
        new ArgoCdCluster(of, 'e', {
          server: 'https://a',
          config: { awsAuthConfig: { clusterName: 'x' } },
          credentials: { store, values: { bearerToken: 'x' } },
        }),
    ),
  ).toEqual(['argocd-cluster-auth']);
  expect(
    codesOf(
      () => new ArgoCdCluster(of, 'f', { server: 'https://a', config: { tlsClientConfig: { caData: '-----BEGIN' } } }),
    ),
  ).toEqual(['argocd-cluster-config-bytes']);
  expect(
    codesOf(
      () =>
        new ArgoCdCluster(of, 'g', {
          server: 'https://a',
          config: { execProviderConfig: { command: 'x', env: { TOKEN: 'y' } } },
        }),
    ),
  ).toEqual(['secret-plaintext']);
});

test('a plaintext credential does not compile', () => {
  // @ts-expect-error: a password is no prop
  const withPassword: ArgoCdRepositoryProps = { url: 'https://a', password: 'hunter2' };
  expect(codesOf(() => new ArgoCdRepository(stack(), 'a', withPassword))).toEqual(['secret-plaintext']);
  // @ts-expect-error: a token is no part of the connection
  const config: ClusterConnection = { bearerToken: 'hunter2' };
  expect(codesOf(() => new ArgoCdCluster(stack(), 'a', { server: 'https://a', config }))).toEqual(['secret-plaintext']);
});
