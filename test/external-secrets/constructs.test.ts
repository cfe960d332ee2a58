import { ApiObject, Duration } from 'cdk8s';
import { EnvironmentStack, GitOpsApp } from '../../src';
import {
  awsParameterStore,
  awsSecretsManager,
  azureKeyVault,
  ClusterSecretStore,
  ExternalSecret,
  type ExternalSecretProps,
  extract,
  fake,
  find,
  gcpSecretManager,
  generator,
  kubernetes,
  onePassword,
  Password,
  PushSecret,
  SecretStore,
  vault,
} from '../../src/external-secrets';
import { synthTree } from '../../src/testing';
import { codesOf, issuesOf } from '../support/issues';

const aws = { kind: 'ClusterSecretStore', name: 'aws' } as const;

function stack(): EnvironmentStack {
  return new EnvironmentStack(new GitOpsApp().environment('prod'), 'checkout', { namespace: 'shop' });
}

function specOf(props: ExternalSecretProps): unknown {
  return new ExternalSecret(stack(), 'db', props).toJson()['spec'];
}

describe('ExternalSecret', () => {
  test('the program of the design: a map of keys, a store by name', () => {
    const secret = new ExternalSecret(stack(), 'db', {
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' },
      refreshInterval: '1h',
      data: { password: { key: 'prod/checkout/db', property: 'password' } },
    });
    expect(secret.toJson()).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' },
        refreshInterval: '1h',
        data: [{ secretKey: 'password', remoteRef: { key: 'prod/checkout/db', property: 'password' } }],
      },
    });
  });

  test('least props: nothing is added', () => {
    expect(specOf({ secretStoreRef: aws, dataFrom: [extract('prod/db')] })).toEqual({
      secretStoreRef: aws,
      dataFrom: [{ extract: { key: 'prod/db' } }],
    });
  });

  test('data: text is the key; an entry may name its own store; the list of the API passes', () => {
    const other = { storeRef: { kind: 'SecretStore', name: 'other' } } as const;
    expect(
      specOf({ secretStoreRef: aws, data: { a: 'prod/a', b: { remoteRef: { key: 'b' }, sourceRef: other } } }),
    ).toEqual({
      secretStoreRef: aws,
      data: [
        { secretKey: 'a', remoteRef: { key: 'prod/a' } },
        { secretKey: 'b', remoteRef: { key: 'b' }, sourceRef: other },
      ],
    });
    const list = [{ secretKey: 'a', remoteRef: { key: 'prod/a' } }];
    expect(specOf({ secretStoreRef: aws, data: list })).toEqual({ secretStoreRef: aws, data: list });
  });

  test('a store construct is named with its kind', () => {
    const scope = stack();
    const cluster = new ClusterSecretStore(scope, 'aws', { provider: awsSecretsManager({ region: 'eu-west-1' }) });
    const own = new SecretStore(scope, 'vault', { provider: vault({ server: 'https://vault.acme.io' }) });
    const imported = new ApiObject(scope, 'gcp', { apiVersion: 'external-secrets.io/v1', kind: 'SecretStore' });
    const refs = [cluster, own, imported].map((store, index) => {
      const secret = new ExternalSecret(scope, `s${index}`, { secretStoreRef: store, data: { a: 'a' } });
      return (secret.toJson()['spec'] as { secretStoreRef: unknown }).secretStoreRef;
    });
    expect(refs).toEqual([
      { kind: 'ClusterSecretStore', name: 'aws' },
      { kind: 'SecretStore', name: 'vault' },
      { kind: 'SecretStore', name: 'gcp' },
    ]);
  });

  test('dataFrom: extract, find and generator, with other stores and renamed keys', () => {
    const password = new Password(stack(), 'token', { spec: { allowRepeat: true, length: 42, noUpper: false } });
    const rewrite = [{ regexp: { source: '^prod-', target: '' } }];
    const dataFrom = [
      extract({ key: 'prod/db', version: 'v2' }, { store: { kind: 'SecretStore', name: 'vault' } }),
      find({ name: '^prod-', path: 'apps' }, { rewrite }),
      find({ tags: { team: 'shop' } }),
      generator(password),
      generator({ kind: 'UUID', name: 'id' }),
    ];
    expect(specOf({ secretStoreRef: aws, dataFrom })).toEqual({
      secretStoreRef: aws,
      dataFrom: [
        { extract: { key: 'prod/db', version: 'v2' }, sourceRef: { storeRef: { kind: 'SecretStore', name: 'vault' } } },
        { find: { name: { regexp: '^prod-' }, path: 'apps' }, rewrite },
        { find: { tags: { team: 'shop' } } },
        {
          sourceRef: {
            generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: 'token' },
          },
        },
        { sourceRef: { generatorRef: { kind: 'UUID', name: 'id' } } },
      ],
    });
  });

  test('everything else is the API’s own', () => {
    const spec = {
      refreshPolicy: 'OnChange',
      syncWindows: { kind: 'allow', windows: [{ schedule: '0 3 * * *', duration: '2h' }] },
      target: {
        name: 'database',
        creationPolicy: 'Owner',
        deletionPolicy: 'Delete',
        immutable: true,
        template: {
          type: 'Opaque',
          engineVersion: 'v2',
          mergePolicy: 'Merge',
          metadata: { labels: { app: 'checkout' } },
          data: { url: 'postgres://{{ .user }}:{{ .password }}@db' },
          templateFrom: [
            { target: 'Data', configMap: { name: 'tpl', items: [{ key: 'app.conf', templateAs: 'Values' }] } },
          ],
        },
      },
    } as const;
    expect(specOf({ secretStoreRef: aws, dataFrom: [extract('a')], ...spec })).toEqual({
      secretStoreRef: aws,
      dataFrom: [{ extract: { key: 'a' } }],
      ...spec,
    });
  });

  test('an interval is text or a Duration', () => {
    const refresh = (refreshInterval: ExternalSecretProps['refreshInterval']) =>
      (specOf({ secretStoreRef: aws, data: { a: 'a' }, refreshInterval }) as { refreshInterval: string })
        .refreshInterval;
    expect([refresh('0s'), refresh(Duration.minutes(90)), refresh('1h30m')]).toEqual(['0s', '1h30m', '1h30m']);
  });

  test('the secret’s name is known to the program', () => {
    expect(new ExternalSecret(stack(), 'db', { secretStoreRef: aws, data: { a: 'a' } }).secretName).toBe('db');
    expect(
      new ExternalSecret(stack(), 'db', { secretStoreRef: aws, data: { a: 'a' }, target: { name: 'x' } }).secretName,
    ).toBe('x');
  });

  test.each([
    ['external-secrets-data-missing', {}],
    ['external-secrets-data-missing', { data: {} }],
    ['external-secrets-data-from-source', { dataFrom: [{ ...extract('a'), ...find({}) }] }],
    [
      'external-secrets-deletion-policy',
      { data: { a: 'a' }, target: { creationPolicy: 'Merge', deletionPolicy: 'Delete' } },
    ],
    [
      'external-secrets-secret-key-duplicate',
      {
        data: [
          { secretKey: 'a', remoteRef: { key: 'a' } },
          { secretKey: 'a', remoteRef: { key: 'b' } },
        ],
      },
    ],
    [
      'external-secrets-template-type',
      { data: { a: 'a' }, target: { template: { type: 'bootstrap.kubernetes.io/token' } } },
    ],
    [
      'external-secrets-template-target',
      { data: { a: 'a' }, target: { template: { templateFrom: [{ target: 'type', literal: 'x' }] } } },
    ],
    ['external-secrets-duration', { data: { a: 'a' }, refreshInterval: '1d' as never }],
    ['external-secrets-regexp', { dataFrom: [find({ name: '(?!a)' })] }],
    ['external-secrets-gcp-key', { data: { a: 'projects/acme/secrets/a/versions/latest' } }],
    ['schema-pattern', { data: { 'my key': 'a' } }],
    ['schema-required', { data: { a: { property: 'p' } as never } }],
  ] as [string, ExternalSecretProps][])('%s is refused where it is written: %j', (code, props) => {
    const issues = issuesOf(() => specOf({ secretStoreRef: aws, ...props }));
    expect(issues.map((issue) => issue.code)).toEqual([code]);
    expect(issues[0]!.at).toMatchObject({ construct: 'prod/checkout/db' });
    expect(issues[0]!.at.source).toMatch(/constructs\.test\.ts:\d+/);
  });

  test('what must not compile', () => {
    const props: ExternalSecretProps[] = [
      // @ts-expect-error the kind is never left to the default
      { secretStoreRef: { name: 'aws' }, data: { a: 'a' } },
      // @ts-expect-error a store needs its kind: text names none
      { secretStoreRef: 'aws', data: { a: 'a' } },
      // @ts-expect-error Go has no days
      { secretStoreRef: aws, data: { a: 'a' }, refreshInterval: '1d' },
      // @ts-expect-error a value is fetched by its key
      { secretStoreRef: aws, data: { a: { property: 'p' } } },
      // @ts-expect-error remoteKey is a PushSecret's
      { secretStoreRef: aws, data: { a: { remoteKey: 'a', key: 'a' } } },
      // @ts-expect-error Owner, Orphan, Merge, CreateOrMerge or None
      { secretStoreRef: aws, data: { a: 'a' }, target: { creationPolicy: 'Create' } },
    ];
    expect(props).toHaveLength(6);
  });
});

describe('stores', () => {
  const providers = {
    awsSecretsManager: awsSecretsManager({ region: 'eu-west-1', role: 'reader' }),
    awsParameterStore: awsParameterStore({ region: 'eu-west-1' }),
    gcpSecretManager: gcpSecretManager({ projectID: 'acme' }),
    azureKeyVault: azureKeyVault({ vaultUrl: 'https://acme.vault.azure.net', authType: 'ManagedIdentity' }),
    vault: vault({ server: 'https://vault.acme.io', path: 'secret' }),
    kubernetes: kubernetes({ remoteNamespace: 'shared' }),
    onePassword: onePassword({ vault: 'prod', auth: { serviceAccountSecretRef: { name: 'op', key: 'token' } } }),
    doppler: { doppler: { auth: { secretRef: { dopplerToken: { name: 'doppler' } } } } },
  };

  test.each(Object.entries(providers))('%s makes exactly one provider, in both kinds of store', (_, provider) => {
    expect(Object.keys(provider)).toHaveLength(1);
    expect(new SecretStore(stack(), 's', { provider }).toJson()['spec']).toEqual({ provider });
    expect(new ClusterSecretStore(stack(), 's', { provider }).toJson()['spec']).toEqual({ provider });
  });

  test('AWS: the service is in the name of the function', () => {
    expect(providers.awsSecretsManager).toEqual({
      aws: { service: 'SecretsManager', region: 'eu-west-1', role: 'reader' },
    });
    expect(providers.awsParameterStore).toEqual({ aws: { service: 'ParameterStore', region: 'eu-west-1' } });
  });

  test('a ClusterSecretStore with everything, and no namespace of the stack', () => {
    const spec = {
      provider: providers.awsSecretsManager,
      controller: 'dev',
      conditions: [{ namespaces: ['shop'] }, { namespaceRegexes: ['^team-'] }],
      refreshInterval: 300,
    };
    const store = new ClusterSecretStore(stack(), 'aws', {
      ...spec,
      retrySettings: { maxRetries: 3, retryInterval: Duration.seconds(10) },
    });
    expect(store.toJson()).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ClusterSecretStore',
      metadata: { name: 'aws' },
      spec: { ...spec, retrySettings: { maxRetries: 3, retryInterval: '10s' } },
    });
  });

  test('a service account in another namespace: right for the cluster, refused in a namespace', () => {
    const auth = { jwt: { serviceAccountRef: { name: 'reader', namespace: 'external-secrets' } } };
    const provider = awsSecretsManager({ region: 'eu-west-1', auth });
    expect(() => new ClusterSecretStore(stack(), 's', { provider })).not.toThrow();
    expect(codesOf(() => new SecretStore(stack(), 's', { provider }))).toEqual(['external-secrets-foreign-namespace']);
  });

  test('two providers, or none, are refused', () => {
    const both = { ...providers.vault, ...providers.kubernetes };
    expect(codesOf(() => new SecretStore(stack(), 's', { provider: both }))).toEqual(['schema-bound']);
    expect(codesOf(() => new SecretStore(stack(), 's', { provider: {} }))).toEqual(['schema-bound']);
  });

  test('what must not compile', () => {
    // @ts-expect-error the service is chosen by the function
    expect(awsSecretsManager({ region: 'eu-west-1', service: 'ParameterStore' })).toBeDefined();
    // @ts-expect-error a region is needed
    expect(awsParameterStore({})).toBeDefined();
    // @ts-expect-error the field is projectID
    expect(gcpSecretManager({ projectId: 'acme' })).toBeDefined();
  });
});

test('a fake store is a warning: it synthesises', () => {
  const app = new GitOpsApp();
  const checkout = new EnvironmentStack(app.environment('dev'), 'checkout', { namespace: 'shop' });
  new SecretStore(checkout, 'fake', { provider: fake({ data: [{ key: 'a', value: 'example' }] }) });
  expect(Object.keys(synthTree(app))).toContain('dev/checkout/secretstore-fake.yaml');
});

test('a PushSecret is judged at synth, by the rules of its kind', () => {
  const app = new GitOpsApp();
  const checkout = new EnvironmentStack(app.environment('dev'), 'checkout', { namespace: 'shop' });
  new PushSecret(checkout, 'db', {
    spec: { secretStoreRefs: [aws], selector: { secret: { name: 'db' } }, dataTo: [{ match: { regexp: '.*' } }] },
  });
  expect(codesOf(() => synthTree(app))).toContain('external-secrets-push-store-ref');
});
