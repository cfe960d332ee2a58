/** GitRepository, OCIRepository, HelmRepository: what they write, and what they refuse. */
import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { GitRepository, HelmRepository, type HelmRepositoryProps, OCIRepository } from '../../src/flux';
import { codesOf, issuesOf } from '../support/issues';
import { specOf, stackIn } from './support';

const git = { url: 'https://github.com/acme/deploy.git', ref: { branch: 'main' }, interval: '1m' } as const;
const oci = { url: 'oci://ghcr.io/acme/deploy', ref: { tag: 'v1' }, interval: '5m' } as const;

test('a GitRepository writes what it is given, named after its id, in its stack’s namespace', () => {
  expect(new GitRepository(stackIn(), 'deploy', git).toJson()).toEqual({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: { name: 'deploy', namespace: 'flux-system' },
    spec: { interval: '1m', ref: { branch: 'main' }, url: 'https://github.com/acme/deploy.git' },
  });
});

test('without a namespace of the stack there is none', () => {
  expect(new GitRepository(stackIn(null), 'deploy', git).toJson().metadata).toEqual({ name: 'deploy' });
});

test('intervals may say hours, the timeout of a source says minutes', () => {
  const repository = new GitRepository(stackIn(), 'deploy', {
    ...git,
    interval: Duration.hours(2),
    timeout: Duration.minutes(90),
  });
  expect(specOf(repository)).toMatchObject({ interval: '2h', timeout: '90m' });
  const issues = issuesOf(() => new GitRepository(stackIn(), 'deploy', { ...git, timeout: '1h' }));
  expect(issues).toMatchObject([{ code: 'schema-pattern', fix: expect.stringContaining('60m') }]);
});

test('constructs stand where names are wanted', () => {
  const stack = stackIn();
  const secret = new k8s.KubeSecret(stack, 'token', { metadata: { name: 'deploy-token' } });
  const library = new GitRepository(stack, 'library', git);
  const repository = new GitRepository(stack, 'deploy', {
    ...git,
    ref: { tag: 'v1' },
    secretRef: secret,
    proxySecretRef: { name: 'proxy' },
    verify: { mode: 'Tag', secretRef: secret },
    include: [{ repository: library, toPath: 'library' }],
  });
  expect(specOf(repository)).toMatchObject({
    secretRef: { name: 'deploy-token' },
    proxySecretRef: { name: 'proxy' },
    verify: { mode: 'Tag', secretRef: { name: 'deploy-token' } },
    include: [{ repository: { name: 'library' }, toPath: 'library' }],
  });
});

test.each([
  ['flux-git-ref-name', { ref: { name: 'main' } }],
  ['flux-git-ref-semver', { ref: { semver: 'newest' } }],
  ['flux-git-url-port', { url: 'ssh://git@github.com:acme/deploy', secretRef: { name: 'key' } }],
  ['flux-git-url-password', { url: 'https://me:secret@github.com/acme/deploy' }],
  ['flux-git-ssh-secret', { url: 'ssh://git@github.com/acme/deploy' }],
  ['flux-git-github-secret', { provider: 'github' }],
  ['flux-git-service-account', { serviceAccountName: 'reader' }],
  ['flux-git-verify-tag', { verify: { mode: 'TagAndHEAD', secretRef: { name: 'keys' } } }],
  ['schema-pattern', { url: 'git@github.com:acme/deploy.git' }],
] as const)('a GitRepository refuses: %s', (code, props) => {
  expect(codesOf(() => new GitRepository(stackIn(), 'deploy', { ...git, ...props }))).toEqual([code]);
});

test('a refusal does not repeat the password', () => {
  const props = { ...git, url: 'https://me:s3cr3t@github.com/acme/deploy' };
  expect(JSON.stringify(issuesOf(() => new GitRepository(stackIn(), 'deploy', props)))).not.toContain('s3cr3t');
});

test.each([
  'https://acme@dev.azure.com/acme/_git/deploy',
  'https://git.acme.io:8443/deploy.git',
  'ssh://git@git.acme.io:2222/deploy.git',
  'ssh://git@[::1]:22/deploy.git',
])('%s is a good URL', (url) => {
  expect(() => new GitRepository(stackIn(), 'deploy', { ...git, url, secretRef: { name: 'a' } })).not.toThrow();
});

test('an OCIRepository writes what it is given', () => {
  const repository = new OCIRepository(stackIn(), 'deploy', {
    ...oci,
    ref: { semver: '1.x', semverFilter: '^[0-9.]+$' },
    layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    verify: { provider: 'cosign', secretRef: { name: 'keys' } },
    certSecretRef: { name: 'ca' },
  });
  expect(specOf(repository)).toEqual({
    interval: '5m',
    url: 'oci://ghcr.io/acme/deploy',
    ref: { semver: '1.x', semverFilter: '^[0-9.]+$' },
    layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    verify: { provider: 'cosign', secretRef: { name: 'keys' } },
    certSecretRef: { name: 'ca' },
  });
});

test.each([
  ['flux-oci-url-tag', { url: 'oci://ghcr.io/acme/deploy:v1' }],
  ['flux-oci-url-tag', { url: 'oci://localhost:5000/deploy@sha256:abc' }],
  ['flux-oci-ref-semver', { ref: { semver: 'latest' } }],
  ['flux-oci-ref-digest', { ref: { digest: 'v1' } }],
  ['flux-oci-regexp', { ref: { semver: '1.x', semverFilter: '(?<!a)b' } }],
  ['schema-pattern', { url: 'https://ghcr.io/acme/deploy' }],
] as const)('an OCIRepository refuses: %s', (code, props) => {
  expect(codesOf(() => new OCIRepository(stackIn(), 'deploy', { ...oci, ...props }))).toEqual([code]);
});

test('the port of a registry is no tag', () => {
  expect(() => new OCIRepository(stackIn(), 'a', { ...oci, url: 'oci://localhost:5000/deploy' })).not.toThrow();
});

test('a HelmRepository needs a URL alone', () => {
  expect(specOf(new HelmRepository(stackIn(), 'jetstack', { url: 'https://charts.jetstack.io' }))).toEqual({
    url: 'https://charts.jetstack.io',
  });
});

test.each([
  { url: 'oci://ghcr.io/acme/charts' },
  { url: 'https://charts.acme.io', type: 'oci' },
] as const satisfies readonly HelmRepositoryProps[])(
  'a HelmRepository refuses type and URL that do not fit: %j',
  (props) => {
    expect(codesOf(() => new HelmRepository(stackIn(), 'charts', props))).toEqual(['flux-helm-repository-type']);
  },
);
