/** Each code refuses one manifest and admits its mended twin. */
import { formatPath } from '../../src/kernel/issue';
import type { Manifest } from '../../src/kernel/manifest';
import { type SchemaCode, schemaCodes, validate } from '../../src/schema';

type Case = readonly [code: SchemaCode, path: string, wrong: object, right: object, fix: RegExp];

const application = (spec: object, metadata: object = { name: 'web' }): object => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata,
  spec: {
    project: 'shop',
    destination: { name: 'in-cluster', namespace: 'shop' },
    source: { repoURL: 'https://example.com/a.git', path: 'a' },
    ...spec,
  },
});
const flux = (kind: string, group: string, spec: object, version = 'v1'): object => ({
  apiVersion: `${group}.toolkit.fluxcd.io/${version}`,
  kind,
  metadata: { name: 'web', namespace: 'flux-system' },
  spec,
});
const git = (spec: object, version = 'v1'): object =>
  flux('GitRepository', 'source', { interval: '1m', url: 'https://example.com/a.git', ...spec }, version);
const store = (kind: string, provider: object, metadata: object = { name: 'aws' }): object => ({
  apiVersion: 'external-secrets.io/v1',
  kind,
  metadata,
  spec: { provider },
});
const ssm = { aws: { service: 'ParameterStore', region: 'eu-central-1' } };
const vault = (caBundle: string): object => ({
  vault: { server: 'https://vault', caBundle, auth: { tokenSecretRef: { name: 'x' } } },
});
const gateway = (listeners: object[]): object => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway',
  metadata: { name: 'web' },
  spec: { gatewayClassName: 'istio', listeners },
});
const listener = (name: string): object => ({ name, port: 80, protocol: 'HTTP' });
const analysis = (analysis: object): object => ({
  apiVersion: 'flagger.app/v1beta1',
  kind: 'Canary',
  metadata: { name: 'web' },
  spec: { targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, analysis },
});
const rule = (conditions: object): object => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'web' },
  spec: { http: [{ match: [conditions] }] },
});
const spc = (version: string): object => ({
  apiVersion: `secrets-store.csi.x-k8s.io/${version}`,
  kind: 'SecretProviderClass',
  metadata: { name: 'web' },
  spec: {},
});

const cases: readonly Case[] = [
  [
    'schema-type',
    '.spec.source.targetRevision',
    application({ source: { repoURL: 'a', targetRevision: 1.5 } }),
    application({ source: { repoURL: 'a', targetRevision: '1.5' } }),
    /^quote it: "1.5"$/,
  ],
  [
    'schema-type',
    '.spec.syncPolicy.retry.limit',
    application({ syncPolicy: { retry: { limit: '5' } } }),
    application({ syncPolicy: { retry: { limit: 5 } } }),
    /^remove the quotes: 5$/,
  ],
  [
    'schema-type',
    '.spec.syncPolicy.automated.prune',
    application({ syncPolicy: { automated: { prune: 'yes' } } }),
    application({ syncPolicy: { automated: { prune: true } } }),
    /^write true$/,
  ],
  [
    'schema-type',
    '.spec.source.path',
    application({ source: { repoURL: 'a', path: { '{ .path }': null } } }),
    application({ source: { repoURL: 'a', path: '{{ .path }}' } }),
    /^quote the template/,
  ],
  [
    'schema-type',
    '.spec.syncPolicy.syncOptions',
    application({ syncPolicy: { syncOptions: { Prune: false } } }),
    application({ syncPolicy: { syncOptions: ['Prune=false'] } }),
    /put "- " before each item/,
  ],
  [
    'schema-field-unknown',
    '.spec.syncpolicy',
    application({ syncpolicy: {} }),
    application({ syncPolicy: {} }),
    /^write syncPolicy: names are case-sensitive$/,
  ],
  [
    'schema-field-unknown',
    '.spec.destination.nmespace',
    application({ destination: { name: 'a', nmespace: 'b' } }),
    application({ destination: { name: 'a', namespace: 'b' } }),
    /^did you mean namespace\?$/,
  ],
  [
    'schema-field-unknown',
    '.spec.selfHeal',
    application({ selfHeal: true }),
    application({ syncPolicy: { automated: { selfHeal: true } } }),
    /is a field of \.spec\.syncPolicy\.automated/,
  ],
  [
    'schema-field-unknown',
    '.metadata["example.com/team"]',
    application({}, { name: 'a', 'example.com/team': 'b' }),
    application({}, { name: 'a', annotations: { 'example.com/team': 'b' } }),
    /^indent it under annotations or labels$/,
  ],
  ['schema-required', '.spec.project', application({ project: undefined }), application({}), /^add project: a string$/],
  ['schema-required', '.spec.project', application({ project: null }), application({}), /^add project: a string$/],
  [
    'schema-required',
    '.metadata.name',
    application({}, {}),
    application({}, { generateName: 'web-' }),
    /^add metadata.name$/,
  ],
  [
    'schema-enum',
    '.spec.provider',
    git({ provider: 'gcp' }),
    git({ provider: 'generic' }),
    /write one of "generic", "aws"/,
  ],
  ['schema-pattern', '.spec.interval', git({ interval: '1d' }), git({ interval: '24h' }), /units are ms, s, m, h$/],
  [
    'schema-pattern',
    '.spec.timeout',
    git({ timeout: '1h' }),
    git({ timeout: '60m' }),
    /^write minutes instead of hours/,
  ],
  [
    'schema-bound',
    '.spec.provider',
    store('SecretStore', { ...ssm, ...vault('aGk=') }),
    store('SecretStore', ssm),
    /^write at most 1 field$/,
  ],
  [
    'schema-bound',
    '.spec.listeners[0].port',
    gateway([{ ...listener('a'), port: 0 }]),
    gateway([listener('a')]),
    /^write at least 1$/,
  ],
  [
    'schema-bound',
    '.spec.releaseName',
    flux('HelmRelease', 'helm', { interval: '1m', releaseName: 'x'.repeat(54) }, 'v2'),
    flux('HelmRelease', 'helm', { interval: '1m', releaseName: 'x'.repeat(53) }, 'v2'),
    /^write at most 53 characters$/,
  ],
  [
    'schema-format',
    '.spec.provider.vault.caBundle',
    store('SecretStore', vault('hi!')),
    store('SecretStore', vault('aGk=')),
    /^write base64/,
  ],
  [
    'schema-duplicate-key',
    '.spec.listeners[1]',
    gateway([listener('a'), listener('a')]),
    gateway([listener('a'), listener('b')]),
    /^remove one of the two, or rename it$/,
  ],
  [
    'schema-null',
    '.spec.syncPolicy.syncOptions[0]',
    application({ syncPolicy: { syncOptions: [null] } }),
    application({ syncPolicy: { syncOptions: null } }),
    /^write a string/,
  ],
  [
    'schema-null',
    '.metadata.labels.team',
    application({}, { name: 'a', labels: { team: null } }),
    application({}, { name: 'a', labels: null }),
    /^write ""/,
  ],
  [
    'schema-one-of',
    '.spec.analysis',
    analysis({ interval: '1m' }),
    analysis({ interval: '1m', threshold: 1, stepWeight: 5 }),
    /^set exactly one of interval with iterations/,
  ],
  [
    'schema-one-of',
    '.spec.http[0].match[0].uri',
    rule({ uri: { exact: '/', prefix: '/' } }),
    rule({ uri: { exact: '/' } }),
    /^keep only one of exact, prefix$/,
  ],
  ['schema-any-of', '.spec.values', { apiVersion: 'example', kind: 'x' }, {}, /./],
  ['schema-not', '.spec', { apiVersion: 'example', kind: 'x' }, {}, /./],
  [
    'schema-name',
    '.metadata.name',
    application({}, { name: 'My_App' }),
    application({}, { name: 'my-app' }),
    /^write my-app$/,
  ],
  [
    'schema-name',
    '.metadata.namespace',
    application({}, { name: 'a', namespace: 'a.b' }),
    application({}, { name: 'a', namespace: 'a-b' }),
    /^use at most 63/,
  ],
  [
    'schema-metadata',
    '.metadata.labels.team',
    application({}, { name: 'a', labels: { team: 'a b' } }),
    application({}, { name: 'a', labels: { team: 'a-b' } }),
    /^use at most 63/,
  ],
  [
    'schema-metadata',
    '.metadata.finalizers[0]',
    application({}, { name: 'a', finalizers: ['a b'] }),
    application({}, { name: 'a', finalizers: ['example.com/a'] }),
    /^write prefix\/name/,
  ],
  [
    'schema-scope',
    '.metadata.namespace',
    store('ClusterSecretStore', ssm, { name: 'a', namespace: 'b' }),
    store('ClusterSecretStore', ssm),
    /^remove metadata.namespace$/,
  ],
  [
    'schema-kind-unknown',
    '.kind',
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomisation' },
    flux('Kustomization', 'kustomize', {
      interval: '1m',
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'a' },
    }),
    /^did you mean Kustomization\?$/,
  ],
  ['schema-version-unknown', '.apiVersion', git({}, 'v9'), git({}), /^write source.toolkit.fluxcd.io\/v1$/],
  ['schema-version-removed', '.apiVersion', git({}, 'v1beta2'), git({}), /^write source.toolkit.fluxcd.io\/v1$/],
  ['schema-version-deprecated', '.apiVersion', spc('v1alpha1'), spc('v1'), /^write secrets-store.csi.x-k8s.io\/v1$/],
];

/** Codes that no kind can show by itself; unit tests of the interpreter show them. */
const abstract: readonly SchemaCode[] = ['schema-any-of', 'schema-not'];

describe.each(cases.filter(([code]) => !abstract.includes(code)))('%s at %s', (code, path, wrong, right, fix) => {
  test('is refused once, with what to write', () => {
    const findings = validate(wrong as Manifest);
    expect(findings.map((finding) => [finding.code, formatPath(finding.path)])).toEqual([[code, path]]);
    expect(findings[0]!.fix).toMatch(fix);
  });
  test('is admitted when mended', () => expect(validate(right as Manifest)).toEqual([]));
});

test('every code has a case', () => expect([...new Set(cases.map(([code]) => code))].sort()).toEqual([...schemaCodes]));

test.each([
  ['source.toolkit.fluxcd.io/v1beta1', 'GitRepository', 'was removed in Flux 2.7'],
  ['image.toolkit.fluxcd.io/v1beta2', 'ImagePolicy', 'was removed in Flux 2.9'],
  ['external-secrets.io/v1beta1', 'ExternalSecret', 'was removed in External Secrets 0.17.0'],
  ['gateway.networking.k8s.io/v1alpha2', 'TCPRoute', 'was removed by gateway-api v1.6.1'],
])('says when %s of %s went', (apiVersion, kind, words) => {
  const [finding] = validate({ apiVersion, kind, metadata: { name: 'a' } });
  expect([finding?.code, finding?.message]).toEqual(['schema-version-removed', `${apiVersion} of ${kind} ${words}`]);
});

test('nothing is said about kinds of a known group that other projects define', () => {
  for (const kind of ['Workflow', 'ApplicationList'])
    expect(validate({ apiVersion: 'argoproj.io/v1alpha1', kind })).toEqual([]);
});

test('nothing is said about kinds of unknown groups', () =>
  expect(validate({ apiVersion: 'v1', kind: 'ConfigMap', data: 5 })).toEqual([]));

test('status may be anything', () =>
  expect(validate({ ...application({}), status: { anything: [null] } } as unknown as Manifest)).toEqual([]));

test('a null that the API server drops is no error, a null it keeps stays', () => {
  const release = flux('HelmRelease', 'helm', { interval: '1m', chart: null, values: { a: null, b: [null] } }, 'v2');
  expect(validate(release as Manifest)).toEqual([]);
});

test('a field that is unknown and null is a warning', () => {
  const findings = validate(application({ creationTimestamp: null }) as Manifest);
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['schema-field-unknown', 'warning']]);
});
