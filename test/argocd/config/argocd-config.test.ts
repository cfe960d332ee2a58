import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { parse, parseAllDocuments } from 'yaml';
import { EnvironmentStack, GitOpsApp } from '../../../src';
import {
  ArgoCdConfig,
  type ArgoCdConfigProps,
  applicationHealth,
  runHealthCheck,
  secretRef,
} from '../../../src/argocd/config';
import { kinds } from '../../../src/argocd/config/kinds';
import { checkManifest } from '../../../src/core/check-manifest';
import { secretKind } from '../../../src/core/secret';
import { isManifest } from '../../../src/kernel/manifest';
import type { Rule } from '../../../src/kernel/rule';
import { synthTree } from '../../../src/testing';
import { codesOf } from '../../support/issues';

function dataOf(props: ArgoCdConfigProps): Record<string, string> {
  const stack = new EnvironmentStack(new GitOpsApp().environment('prod'), 'argocd');
  return (new ArgoCdConfig(stack, 'config', props).toJson() as unknown as { data: Record<string, string> }).data;
}

test('the least settings have the name and the label that Argo CD looks for', () => {
  const stack = new EnvironmentStack(new GitOpsApp().environment('prod'), 'settings');
  expect(new ArgoCdConfig(stack, 'config', { url: 'https://cd.acme.io' }).toJson()).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'argocd-cm',
      namespace: 'argocd',
      labels: { 'app.kubernetes.io/part-of': 'argocd', 'app.kubernetes.io/name': 'argocd-cm' },
    },
    data: { url: 'https://cd.acme.io' },
  });
});

test('every prop becomes the text that Argo CD reads', () => {
  const data = dataOf({
    url: 'https://cd.acme.io',
    additionalUrls: ['https://cd.acme.dev'],
    adminEnabled: false,
    accounts: { ci: { apiKey: true }, alice: { apiKey: true, login: true, enabled: false } },
    anonymousEnabled: false,
    sessionDuration: Duration.minutes(90),
    oidc: { name: 'Okta', issuer: 'https://acme.okta.com', clientID: 'cd', clientSecret: secretRef('oidc', 'secret') },
    customizations: {
      ...applicationHealth(),
      '*': { ignoreDifferences: { jsonPointers: ['/spec/replicas'] } },
      Pod: { knownTypeFields: [{ field: 'spec.limits', type: 'core/v1/ResourceList' }] },
      'batch/Job': { useOpenLibs: true, actions: { discovery: 'return {}', definitions: { again: 'return obj' } } },
    },
    exclusions: [{ apiGroups: ['cilium.io'], kinds: ['CiliumIdentity'], clusters: ['*'] }],
    compareOptions: { ignoreResourceStatusField: 'crd' },
    trackingMethod: 'annotation+label',
    respectRbac: 'normal',
    reconciliation: { timeout: '3m', jitter: Duration.seconds(90) },
    kustomize: {
      buildOptions: '--enable-helm',
      versions: { 'v5.3.0': { path: '/tools/kustomize', buildOptions: '' } },
    },
    helm: { valuesFileSchemes: [] },
    exec: { enabled: true, shells: ['bash', 'sh'] },
    ui: { banner: { content: 'Hello', position: 'both', permanent: true } },
    help: { downloads: { 'darwin-arm64': 'https://acme.io/cli' } },
    links: { resource: [{ url: 'https://logs.acme.io', title: 'Logs', if: 'kind == "Pod"' }] },
    webhook: { refreshJitter: '60s', refreshJitterThreshold: 10 },
    data: { 'ga.trackingid': 'UA-1' },
  });
  expect(data).toMatchObject({
    'admin.enabled': 'false',
    'accounts.ci': 'apiKey',
    'accounts.alice': 'apiKey, login',
    'accounts.alice.enabled': 'false',
    'users.session.duration': '90m',
    'resource.customizations.useOpenLibs.batch_Job': 'true',
    'application.resourceTrackingMethod': 'annotation+label',
    'resource.respectRBAC': 'normal',
    'timeout.reconciliation': '3m',
    'timeout.reconciliation.jitter': '1m30s',
    'kustomize.path.v5.3.0': '/tools/kustomize',
    'helm.valuesFileSchemes': '',
    'exec.shells': 'bash,sh',
    'ui.bannerposition': 'both',
    'help.download.darwin-arm64': 'https://acme.io/cli',
    'webhook.refresh.jitter': '60s',
    'webhook.refresh.jitter.threshold': '10',
    'ga.trackingid': 'UA-1',
  });
  expect(parse(data['oidc.config']!)).toMatchObject({ clientSecret: '$oidc:secret' });
  expect(parse(data['resource.customizations.ignoreDifferences.all']!)).toEqual({ jsonPointers: ['/spec/replicas'] });
  expect(parse(data['resource.customizations.knownTypeFields.Pod']!)).toEqual([
    { field: 'spec.limits', type: 'core/v1/ResourceList' },
  ]);
  expect(parse(data['resource.customizations.actions.batch_Job']!)).toEqual({
    'discovery.lua': 'return {}',
    definitions: [{ name: 'again', 'action.lua': 'return obj' }],
  });
});

test('the health check of Applications waits until they are healthy', () => {
  const check = applicationHealth()['argoproj.io/Application'];
  expect(runHealthCheck(check, {})).toEqual({ status: 'Progressing', message: '' });
  expect(runHealthCheck(check, { status: { health: { status: 'Degraded', message: 'no' } } })).toEqual({
    status: 'Degraded',
    message: 'no',
  });
});

test('a secret of this Argo CD is a key, one of another Secret has its name before it', () => {
  expect([secretRef('argocd-secret', 'dex'), secretRef('oidc', 'secret')]).toEqual(['$dex', '$oidc:secret']);
});

test.each<[string, ArgoCdConfigProps]>([
  ['argocd-cm-url', { url: 'cd.acme.io' }],
  ['argocd-cm-value', { sessionDuration: '1h30m' }],
  ['argocd-cm-lua', { customizations: { 'batch/Job': { health: 'return {' } } }],
  ['argocd-cm-lua', { customizations: { 'batch/Job': { actions: { discovery: 'return {', definitions: {} } } } }],
  [
    'argocd-cm-lua-status',
    { customizations: { 'batch/Job': { health: 'local hs = {}\nhs.status = "Ok"\nreturn hs' } } },
  ],
  ['argocd-cm-lua-library', { customizations: { 'batch/Job': { health: 'return { status = obj.a:sub(1) }' } } }],
  ['argocd-cm-customization-key', { customizations: { 'cert-manager.io.Certificate': { health: 'return {}' } } }],
  ['argocd-cm-json-pointer', { customizations: { Pod: { ignoreDifferences: { jsonPointers: ['spec'] } } } }],
  ['argocd-cm-filter-kind', { exclusions: [{ kinds: ['Cilium*'] }] }],
  ['argocd-cm-account', { accounts: { 'a.b.c': { apiKey: true } } }],
  ['argocd-cm-account', { data: { 'accounts.ci.enabled': 'no' } }],
  ['argocd-cm-sso', { dex: { connectors: [{ type: 'github', id: 'github', name: 'GitHub' }] } }],
  [
    'argocd-cm-secret-plaintext',
    {
      url: 'https://cd.acme.io',
      dex: { connectors: [{ type: 'ldap', id: 'ldap', name: 'LDAP', config: { bindPW: 'hunter2' } }] },
    },
  ],
  ['argocd-cm-key-removed', { data: { repositories: '[]' } }],
  ['argocd-config-key-twice', { url: 'https://cd.acme.io', data: { url: 'https://cd.acme.io' } }],
])('%s', (code, props) => {
  expect([...new Set(codesOf(() => dataOf(props)))]).toEqual([code]);
});

test('a key that Argo CD does not read is a warning, since a newer one may', () => {
  expect(() => dataOf({ data: { 'resource.newSetting': 'x' } })).not.toThrow();
});

test('what is no setting does not compile', () => {
  // @ts-expect-error: a word that there is not
  const tracking: ArgoCdConfigProps = { trackingMethod: 'annotations' };
  // @ts-expect-error: a secret is a reference
  const oidc: ArgoCdConfigProps = { oidc: { name: 'a', issuer: 'b', clientID: 'c', clientSecret: 'hunter2' } };
  expect([tracking, oidc]).toHaveLength(2);
});

test('the tree holds scripts as they were written', () => {
  const app = new GitOpsApp();
  const stack = new EnvironmentStack(app.environment('prod'), 'argocd', { namespace: 'argocd' });
  new ArgoCdConfig(stack, 'config', { customizations: applicationHealth() });
  expect(synthTree(app)['prod/argocd/configmap-argocd-cm.yaml']).toContain(
    'resource.customizations.health.argoproj.io_Application: |\n    local',
  );
});

const CORPUS = join(__dirname, '../../../../shared/corpus');
const present = existsSync(CORPUS);
if (!present) console.warn(`no corpus at ${CORPUS}: its tests are skipped`);

(present ? test : test.skip)('the Secrets and ConfigMaps of real trees have no errors of ours', () => {
  const files = ['appset-render', 'trees', 'valid'].flatMap((part) =>
    readdirSync(join(CORPUS, part), { recursive: true })
      .map((file) => join(CORPUS, part, String(file)))
      .filter((file) => /\.ya?ml$/.test(file)),
  );
  const found: string[] = [];
  let seen = 0;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    if (!/kind: (?:Secret|ConfigMap)\b/.test(text)) continue;
    for (const document of parseAllDocuments(text)) {
      const manifest: unknown = document.toJS();
      if (!isManifest(manifest)) continue;
      const kind = kinds.find((candidate) => candidate.kind === manifest.kind);
      if (kind === undefined) continue;
      seen++;
      for (const issue of checkManifest(manifest, [
        ...kind.rules,
        ...(kind.kind === 'Secret' ? secretKind.rules : []),
      ])) {
        const ours = issue.code.startsWith('argocd-') || manifest.metadata?.labels?.['argocd.argoproj.io/secret-type'];
        if (ours && issue.severity === 'error') found.push(`${file} ${issue.code} ${issue.message}`);
      }
    }
  }
  console.info(`${seen} Secrets and ConfigMaps`);
  expect(found).toEqual([]);
});

test("what is somebody else's is passed over before its content is looked at", () => {
  const refuse = (field: string) => {
    throw new Error(`${field} was read`);
  };
  const closed = (kind: string, metadata: object) =>
    Object.defineProperties(
      { apiVersion: 'v1', kind, metadata },
      Object.fromEntries(['data', 'stringData', 'spec'].map((field) => [field, { get: () => refuse(field) }])),
    );
  for (const { kind, rules } of kinds) {
    for (const rule of rules as unknown as readonly Rule[]) {
      rule.check(closed(kind, { name: 'settings', labels: { app: 'web' } }), () => {});
      rule.check(closed(kind, {}), () => {});
    }
  }
});
