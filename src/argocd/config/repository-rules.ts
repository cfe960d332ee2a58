/** Rules about repository and credential Secrets: where Argo CD reads from, and how it gets in. */
import type { Rule } from '../../kernel/rule';
import { nearest } from '../../kernel/suggest';
import { isGoBoolean, isGoInteger } from './go-values';
import {
  type ArgoSecret,
  knownText,
  REPOSITORY_TYPES,
  SECRET_TYPE_LABEL,
  SECRET_TYPES,
  sampleSecret,
  secretRule,
} from './secret-view';

const SOURCE = 'argo-cd util/db/repository_secrets.go';

const SHARED = [
  'url',
  'type',
  'username',
  'password',
  'bearerToken',
  'sshPrivateKey',
  'tlsClientCertData',
  'tlsClientCertKey',
  'enableOCI',
  'insecureOCIForceHttp',
  'forceHttpBasicAuth',
  'githubAppID',
  'githubAppInstallationID',
  'githubAppPrivateKey',
  'githubAppEnterpriseBaseUrl',
  'proxy',
  'noProxy',
  'gcpServiceAccountKey',
  'useAzureWorkloadIdentity',
  'azureServicePrincipalClientSecret',
  'azureActiveDirectoryEndpoint',
];

const REPOSITORY_KEYS = [
  ...SHARED,
  'name',
  'project',
  'insecure',
  'insecureIgnoreHostKey',
  'enableLfs',
  'depth',
  'webhookManifestCacheWarmDisabled',
  'azureServicePrincipalClientId',
  'azureServicePrincipalTenantId',
];

const CREDENTIAL_KEYS = [...SHARED, 'azureServicePrincipalClientID', 'azureServicePrincipalTenantID'];

const BOOLEANS = [
  'enableOCI',
  'enableLfs',
  'forceHttpBasicAuth',
  'insecure',
  'insecureIgnoreHostKey',
  'insecureOCIForceHttp',
  'useAzureWorkloadIdentity',
  'webhookManifestCacheWarmDisabled',
];

const INTEGERS = ['githubAppID', 'githubAppInstallationID', 'depth'];

const git = { url: 'https://github.com/acme/deploy.git' };
const sample = (fields: Readonly<Record<string, string>>, type = 'repository') => sampleSecret(type, fields);

const isCredentials = ({ type }: ArgoSecret) => type === 'repo-creds' || type === 'repo-write-creds';

const secretType = secretRule({
  code: 'argocd-repository-secret-type',
  severity: 'error',
  summary: 'The label of a Secret for Argo CD has a value that nothing selects.',
  why: `Argo CD lists Secrets by ${SECRET_TYPE_LABEL}; with another value the Secret is never read (RS-01; argo-cd common/common.go).`,
  fix: `use one of ${SECRET_TYPES.join(', ')}`,
  wrong: sample(git, 'repo'),
  right: sample(git),
  check({ type, labelsAt }, report) {
    if (type.includes('{{') || SECRET_TYPES.includes(type)) return;
    const near = nearest(type, SECRET_TYPES);
    report(labelsAt, `${SECRET_TYPE_LABEL} is '${type}'`, near && `use '${near}'`);
  },
});

const key = secretRule({
  types: REPOSITORY_TYPES,
  code: 'argocd-repository-key',
  severity: 'error',
  summary: 'A repository Secret has a key that Argo CD does not read, or lacks its url.',
  why: `Keys are compared as they are, and unknown ones ignored. The Azure ids end in Id in a repository, in ID in repo-creds, which also has no name, project or insecure (RS-02, RS-03; ${SOURCE}).`,
  fix: 'use a key of this kind of Secret',
  wrong: sample({ ...git, azureServicePrincipalClientID: '1' }),
  right: sample({ ...git, azureServicePrincipalClientId: '1' }),
  check(secret, report) {
    const keys = isCredentials(secret) ? CREDENTIAL_KEYS : REPOSITORY_KEYS;
    if (!secret.fields.has('url')) report(secret.at('url'), 'there is no url', 'add the url');
    for (const name of secret.fields.keys()) {
      if (keys.includes(name)) continue;
      const near = nearest(name, keys);
      report(secret.at(name), `Argo CD reads no key '${name}' of a ${secret.type} Secret`, near && `use '${near}'`);
    }
  },
});

const value = secretRule({
  types: REPOSITORY_TYPES,
  code: 'argocd-repository-value',
  severity: 'error',
  summary: 'A setting of a repository Secret is no boolean or integer.',
  why: `Booleans go through ParseBool and numbers through ParseInt; one that fails marks the repository as failed, "Configuration error" (RS-02; ${SOURCE}).`,
  fix: 'write "true", "false", or a whole number in quotes',
  wrong: sample({ ...git, enableLfs: 'yes' }),
  right: sample({ ...git, enableLfs: 'true' }),
  check(secret, report) {
    for (const [names, reads, wanted] of [
      [BOOLEANS, isGoBoolean, '"true" or "false"'],
      [INTEGERS, isGoInteger, 'a whole number, in quotes'],
    ] as const) {
      for (const name of names) {
        const text = knownText(secret, name);
        if (text !== undefined && !reads(text))
          report(secret.at(name), `${name} is ${JSON.stringify(text)}`, `write ${wanted}`);
      }
    }
  },
});

const type = secretRule({
  types: REPOSITORY_TYPES,
  code: 'argocd-repository-type',
  severity: 'error',
  summary: 'A repository has a type that there is not.',
  why: `The type is git, helm or oci, git where it is absent (RS-04; ${SOURCE}).`,
  fix: 'write git, helm or oci',
  wrong: sample({ url: 'https://charts.acme.io', type: 'Helm' }),
  right: sample({ url: 'https://charts.acme.io', type: 'helm' }),
  check(secret, report) {
    const text = knownText(secret, 'type');
    if (text !== undefined && !['', 'git', 'helm', 'oci'].includes(text))
      report(secret.at('type'), `type is '${text}'`);
  },
});

const url = secretRule({
  types: REPOSITORY_TYPES,
  code: 'argocd-repository-url',
  severity: 'error',
  summary: "A repository's url does not fit its type.",
  why: `A chart repository has http(s)://; one on a registry has enableOCI and no scheme; plain OCI artefacts have type oci and oci:// (RS-04; argo-cd docs/operator-manual/declarative-setup.md).`,
  fix: 'write the url as the type wants it',
  wrong: sample({ url: 'oci://ghcr.io/acme/charts', type: 'helm', enableOCI: 'true' }),
  right: sample({ url: 'ghcr.io/acme/charts', type: 'helm', enableOCI: 'true' }),
  check(secret, report) {
    const text = knownText(secret, 'url')?.trim();
    if (text === undefined) return;
    const problem = urlProblem(text, secret);
    if (problem !== undefined) report(secret.at('url'), `url is ${JSON.stringify(text)}: ${problem[0]}`, problem[1]);
  },
});

function urlProblem(text: string, secret: ArgoSecret): readonly [message: string, fix: string] | undefined {
  if (text === '') return ['it is empty', 'write the url'];
  const kind = knownText(secret, 'type') || 'git';
  const oci = /^(?:1|t|true)$/i.test(secret.fields.get('enableOCI') ?? '');
  const scheme = /^([a-z][\w+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (kind === 'oci')
    return scheme === 'oci' ? undefined : ['type oci wants oci://', `write oci://${text.replace(/^\w+:\/\//, '')}`];
  if (kind === 'helm') {
    if (oci && scheme !== undefined)
      return ['with enableOCI there is no scheme', `write ${text.slice(scheme.length + 3)}`];
    if (!oci && scheme === 'oci')
      return ['a registry of charts wants enableOCI, and no scheme', `write ${text.slice(6)} and enableOCI: "true"`];
    if (!oci && scheme === undefined)
      return ['a chart repository has http(s)://', `write https://${text}, or enableOCI: "true" for a registry`];
    return undefined;
  }
  if (kind !== 'git') return undefined;
  if (scheme === 'oci') return ['the type is git', 'write type: oci'];
  if (scheme !== undefined || /^[\w.-]+@[\w.-]+:/.test(text) || text.startsWith('/')) return undefined;
  return ['a Git repository has https://, ssh:// or user@host:path', `write https://${text}`];
}

const embedded = secretRule({
  types: REPOSITORY_TYPES,
  code: 'argocd-repository-url-credentials',
  severity: 'error',
  summary: 'A url carries a password.',
  why: `Urls are shown in the UI, in logs and in every Application, and Applications match the repository by its url (RS-02; ${SOURCE}).`,
  fix: 'say username and password in fields of their own, by reference',
  wrong: sample({ url: 'https://bot:hunter2@github.com/acme/deploy.git' }),
  right: sample(git),
  check(secret, report) {
    for (const name of ['url', 'proxy']) {
      const text = knownText(secret, name);
      if (text !== undefined && /^\w[\w+.-]*:\/\/[^/@\s]*:[^/@\s]+@/.test(text))
        report(secret.at(name), `${name} carries a password`);
    }
  },
});

const credentials = secretRule({
  types: REPOSITORY_TYPES,
  code: 'argocd-repository-credentials',
  severity: 'error',
  summary: 'The credentials of a repository do not fit its url, or are half there.',
  why: `A key serves ssh, a password or token http; a GitHub App needs its id, its installation and its key, a client certificate its key (RS-02; argo-cd util/git/creds.go; pkg/apis/application/v1alpha1/repository_types.go, GetGitCreds).`,
  fix: 'give the credentials that the protocol takes, whole',
  wrong: sample({ ...git, githubAppID: '1', githubAppInstallationID: '2' }),
  right: sample(git),
  check(secret, report) {
    const { fields, at } = secret;
    const text = knownText(secret, 'url')?.trim() ?? '';
    const ssh = text.startsWith('ssh://') || /^[\w.-]+@[\w.-]+:/.test(text);
    if (fields.has('sshPrivateKey') && /^https?:/.test(text))
      report(at('sshPrivateKey'), `${text} is not reached by ssh`, 'write git@host:path, or give a password');
    if (fields.has('password') && ssh)
      report(at('password'), `${text} is reached by ssh`, 'give sshPrivateKey, or write https://');
    for (const group of WHOLE) {
      const missing = group.filter((name) => !fields.has(name));
      if (missing.length > 0 && missing.length < group.length) {
        const there = group.find((name) => fields.has(name))!;
        report(at(there), `${there} without ${missing.join(' and ')}`);
      }
    }
  },
});

const WHOLE = [
  ['githubAppID', 'githubAppPrivateKey'],
  ['tlsClientCertData', 'tlsClientCertKey'],
];

const blank = secretRule({
  types: SECRET_TYPES,
  code: 'argocd-repository-blank',
  severity: 'error',
  summary: 'A value of a Secret for Argo CD begins or ends in a blank or a line break.',
  why: 'Values are taken as they are, so a url with a line break behind it matches no Application: what echo writes without -n (RS-02, CS-01; argo-cd util/db/repository_secrets.go).',
  fix: 'take the blank away: encode with printf, or write stringData',
  wrong: sample({ url: 'https://github.com/acme/deploy.git\n' }),
  right: sample(git),
  check(secret, report) {
    for (const name of ['url', 'type', 'name', 'project', 'server', 'username', ...BOOLEANS, ...INTEGERS]) {
      const text = knownText(secret, name);
      if (text !== undefined && text !== text.trim()) report(secret.at(name), `${name} is ${JSON.stringify(text)}`);
    }
  },
});

export const repositoryRules: readonly Rule[] = [secretType, key, value, type, url, embedded, credentials, blank];
