import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkManifest } from '../../src/core/check-manifest';
import { kinds } from '../../src/external-secrets/kinds';
import type { Manifest } from '../../src/kernel/manifest';
import type { Rule } from '../../src/kernel/rule';

const SHARED = join(__dirname, '../../../shared');
const rules = new Map(kinds.flatMap((kind) => (kind.rules as unknown as Rule[]).map((rule) => [rule.code, rule])));

function check(manifest: Manifest) {
  const kind = kinds.find((candidate) => candidate.kind === manifest?.kind);
  return checkManifest(manifest, kind?.rules ?? []);
}

const codes = (manifest: Manifest) => check(manifest).map(({ code }) => code);

function externalSecret(spec: object): Manifest {
  return {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'aws' }, ...spec },
  };
}

const data = [{ secretKey: 'a', remoteRef: { key: 'prod/a' } }];

function store(provider: object, { kind = 'SecretStore', ...rest }: { kind?: string; [field: string]: unknown } = {}) {
  const metadata = kind === 'SecretStore' ? { name: 's', namespace: 'shop' } : { name: 's' };
  return { apiVersion: 'external-secrets.io/v1', kind, metadata, spec: { provider, ...rest } };
}

describe.each([...rules])('%s', (code, rule) => {
  test('its wrong sample makes it report, alone; its right one does not', () => {
    expect([...new Set(codes(parse(rule.wrong)))]).toEqual([code]);
    expect(codes(parse(rule.right))).toEqual([]);
  });
});

describe('every way to break a rule', () => {
  test.each([
    ['external-secrets-data-from-source', { dataFrom: [{}] }],
    ['external-secrets-data-from-source', { dataFrom: [{ rewrite: [] }] }],
    ['external-secrets-data-from-source', { dataFrom: [{ sourceRef: { storeRef: { name: 'x' } } }] }],
    [
      'external-secrets-data-from-source',
      { dataFrom: [{ find: {}, sourceRef: { generatorRef: { kind: 'Password', name: 'p' } } }] },
    ],
    [
      'external-secrets-deletion-policy',
      { data, target: { deletionPolicy: 'Delete', creationPolicy: 'CreateOrMerge' } },
    ],
    ['external-secrets-deletion-policy', { data, target: { deletionPolicy: 'Delete', creationPolicy: 'None' } }],
    ['external-secrets-deletion-policy', { data, target: { deletionPolicy: 'Merge', creationPolicy: 'None' } }],
    [
      'external-secrets-template-type',
      {
        data,
        target: {
          template: {
            type: 'kubernetes.io/service-account-token',
            metadata: { annotations: { 'kubernetes.io/service-account.name': 'admin' } },
          },
        },
      },
    ],
    [
      'external-secrets-template-type',
      {
        data,
        target: {
          template: {
            type: 'kubernetes.io/service-account-token',
            templateFrom: [{ target: 'annotations', literal: 'a: b' }],
          },
        },
      },
    ],
    ['external-secrets-template-target', { data, target: { template: { templateFrom: [{ target: 'type' }] } } }],
    ['external-secrets-duration', { data, refreshInterval: '10' }],
    ['external-secrets-duration', { data, refreshInterval: '1 hour' }],
    [
      'external-secrets-duration',
      { data, syncWindows: { kind: 'allow', windows: [{ schedule: '0 3 * * *', duration: '1d' }] } },
    ],
    [
      'external-secrets-regexp',
      { dataFrom: [{ extract: { key: 'a' }, rewrite: [{ regexp: { source: '(', target: '' } }] }] },
    ],
    ['external-secrets-gcp-key', { dataFrom: [{ extract: { key: 'projects/acme/secrets/db/versions/3' } }] }],
    [
      'external-secrets-gcp-key',
      {
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'google-prod' },
        dataFrom: [{ extract: { key: 'projects/acme/secrets/db' } }],
      },
    ],
  ])('%s: %j', (code, spec) => {
    expect(codes(externalSecret(spec))).toEqual([code]);
  });

  test.each([
    [
      'external-secrets-vault-auth',
      store({ vault: { server: 'https://v', auth: { jwt: { path: 'jwt', role: 'a' } } } }),
    ],
    [
      'external-secrets-vault-client-tls',
      store({ vault: { server: 'https://v', tls: { keySecretRef: { name: 'a', key: 'b' } } } }),
    ],
    [
      'external-secrets-aws-recovery-window',
      store({
        aws: {
          service: 'SecretsManager',
          region: 'eu-west-1',
          secretsManager: { recoveryWindowInDays: 9, forceDeleteWithoutRecovery: true },
        },
      }),
    ],
    [
      'external-secrets-azure-cloud',
      store({
        azurekv: {
          vaultUrl: 'https://v',
          authType: 'ManagedIdentity',
          customCloudConfig: { activeDirectoryEndpoint: 'https://a' },
        },
      }),
    ],
    [
      'external-secrets-foreign-namespace',
      store({
        kubernetes: { server: { caProvider: { type: 'Secret', name: 'ca', key: 'ca.crt', namespace: 'shop' } } },
      }),
    ],
    [
      'external-secrets-foreign-namespace',
      store({
        webhook: {
          url: 'https://h',
          result: {},
          secrets: [{ name: 'a', secretRef: { name: 'b', key: 'c', namespace: 'other' } }],
        },
      }),
    ],
    [
      'external-secrets-namespace-required',
      store(
        { kubernetes: { auth: { token: { bearerToken: { name: 'reader', key: 'token' } } } } },
        { kind: 'ClusterSecretStore' },
      ),
    ],
    [
      'external-secrets-namespace-required',
      store(
        { vault: { server: 'https://v', caProvider: { type: 'Secret', name: 'ca', key: 'ca.crt' } } },
        { kind: 'ClusterSecretStore' },
      ),
    ],
  ])('%s: %j', (code, manifest) => {
    expect(codes(manifest as Manifest)).toEqual([code]);
  });
});

describe('what looks like a mistake and is none', () => {
  test.each([
    { data, refreshInterval: '0' },
    { data, refreshInterval: '1.5h' },
    { data: [...data, ...data], target: { deletionPolicy: 'Delete' } },
    { data, target: { creationPolicy: 'Orphan', deletionPolicy: 'Delete' } },
    { data, target: { template: { type: 'kubernetes.io/service-account-token' } } },
    { data, target: { template: { templateFrom: [{ target: 'data', literal: 'a: b' }, { literal: 'a: b' }] } } },
    {
      data,
      target: {
        manifest: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' },
        template: { templateFrom: [{ target: 'spec.source', literal: 'a: b' }] },
      },
    },
    { data: [{ secretKey: 'a', remoteRef: { key: 'projects/website' } }] },
    { dataFrom: [{ find: {} }] },
    { secretStoreRef: undefined, dataFrom: [{ sourceRef: { generatorRef: { kind: 'Password', name: 'p' } } }] },
  ])('%j', (spec) => {
    expect(codes(externalSecret(spec))).toEqual([]);
  });

  test('a namespace of Vault, patterns of the crd provider and a store without a namespace are left alone', () => {
    const vault = { server: 'https://v', namespace: 'team', auth: { namespace: 'root' } };
    const crd = {
      resource: { group: 'a.io', version: 'v1', kind: 'Widget' },
      auth: { serviceAccount: { name: 'reader' } },
      whitelist: { rules: [{ name: '^a$', namespace: '^b$' }] },
    };
    expect(codes(store({ vault }))).toEqual([]);
    expect(codes(store({ crd }))).toEqual([]);
    const foreign = store({
      vault: { server: 'https://v', auth: { tokenSecretRef: { name: 'a', key: 'b', namespace: 'c' } } },
    });
    expect(codes({ ...foreign, metadata: { name: 's' } })).toEqual([]);
  });
});

test('the spec inside a ClusterExternalSecret is judged by the same rules, at its place', () => {
  const [issue, ...more] = check({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterExternalSecret',
    metadata: { name: 'pull' },
    spec: { externalSecretSpec: { secretStoreRef: { name: 'a' }, refreshInterval: '1d', data } },
  });
  expect(more).toEqual([]);
  expect(issue).toMatchObject({
    code: 'external-secrets-duration',
    at: { path: '.spec.externalSecretSpec.refreshInterval' },
    fix: 'write 24h: Go has no days',
  });
});

test('the fix for a Google path is the bare id', () => {
  const [issue] = check(
    externalSecret({ data: [{ secretKey: 'a', remoteRef: { key: 'projects/acme/secrets/db/versions/3' } }] }),
  );
  expect(issue!.fix).toBe("write key: db, version: '3'");
});

test('no rule throws on foreign data', () => {
  const odd = [undefined, null, 7, 'x', [], {}, [null], [{}], { a: null }];
  for (const { apiVersion, kind } of kinds) {
    for (const value of odd) {
      const specs = [
        value,
        { data: value, dataFrom: value, target: value, syncWindows: value, refreshInterval: value },
        { externalSecretSpec: value, pushSecretSpec: value, namespaces: value },
        { provider: value, conditions: value, retrySettings: value },
        { provider: { aws: value, vault: value, gcpsm: value, azurekv: value, kubernetes: value, fake: value } },
        { dataTo: value, selector: value, secretStoreRefs: value },
      ];
      for (const spec of specs) {
        expect(() => check({ apiVersion, kind, metadata: value, spec } as Manifest)).not.toThrow();
      }
    }
  }
});

describe('the corpus', () => {
  const there = existsSync(SHARED);
  if (!there) console.warn('no ../shared: the corpus is skipped');
  const only = there ? test : test.skip;

  only('valid files give no error', () => {
    const all = readdirSync(join(SHARED, 'corpus/valid/eso')).flatMap((folder) => files(`corpus/valid/eso/${folder}`));
    expect(all.length).toBeGreaterThan(60);
    const wrong = all.flatMap(({ name, manifest }) =>
      check(manifest)
        // One file is a form to be filled in: its namespace is `<namespace>`.
        .filter(({ severity, message }) => severity === 'error' && !message.includes('<namespace>'))
        .map(({ code, at }) => `${name} ${code} ${at.path}`),
    );
    console.info(`external-secrets corpus: ${all.length} valid files`);
    expect(wrong).toEqual([]);
  });

  only('files that the webhook or the controller refuses are reported by a rule', () => {
    const refused = files('corpus/invalid').filter(
      ({ text, manifest }) => /^# layer: controller/m.test(text) && /external-secrets\.io/.test(manifest.apiVersion),
    );
    const missed = refused.filter(({ manifest }) => !codes(manifest).some((code) => rules.has(code)));
    console.info(
      `external-secrets corpus: ${refused.length - missed.length} of ${refused.length} refused files reported`,
    );
    expect(missed.map(({ name }) => name)).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
  });
});

interface CorpusFile {
  readonly name: string;
  readonly text: string;
  readonly manifest: Manifest;
}

function files(directory: string): CorpusFile[] {
  const path = join(SHARED, directory);
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join(path, name), 'utf8') }))
    .filter(({ text }) => /external-secrets\.io/.test(text))
    .map(({ name, text }) => ({ name, text, manifest: parse(text) as Manifest }));
}
