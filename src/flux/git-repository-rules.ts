/** What source-controller refuses or misreads about a GitRepository that its schema admits. */
import { defineRule } from '../kernel/rule';
import type { GitRepository } from '../schema/generated/flux';
import { isSemverRange } from './semver';

const CONTROLLER = 'source-controller, internal/controller/gitrepository_controller.go';

/** Right samples differ from wrong ones in `spec` alone. */
const manifest = (spec: string) => `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: deploy, namespace: flux-system }
spec:
  interval: 1m
${spec.replace(/^/gm, '  ')}
`;

const refMissing = defineRule<GitRepository>({
  code: 'flux-git-ref-missing',
  // Not an error: repositories whose branch is master do work.
  severity: 'warning',
  summary: 'A GitRepository without a reference follows master.',
  why: `Without a reference the branch is master, not main and not the repository's default branch (${CONTROLLER}). S-20b.`,
  fix: 'set spec.ref, for example { branch: main }',
  wrong: manifest('url: https://github.com/acme/deploy.git'),
  right: manifest('url: https://github.com/acme/deploy.git\nref: { branch: main }'),
  check({ spec }, report) {
    if (spec === undefined || Object.values(spec.ref ?? {}).some(Boolean)) return;
    report(['spec', 'ref'], 'names no branch, tag, semver, name or commit: Flux follows the branch master');
  },
});

const refShadowed = defineRule<GitRepository>({
  code: 'flux-git-ref-shadowed',
  severity: 'warning',
  summary: 'Of several references Flux takes one; the others say something that is not done.',
  why: 'The order is commit, name, semver, tag, branch; only commit may be combined, with the branch that holds it (GitRepository CRD, spec.ref).',
  fix: 'keep the reference that is meant',
  wrong: manifest('url: https://github.com/acme/deploy.git\nref: { branch: main, tag: v1.2.3 }'),
  right: manifest('url: https://github.com/acme/deploy.git\nref: { tag: v1.2.3 }'),
  check({ spec }, report) {
    const ref = spec?.ref;
    if (ref === undefined) return;
    const [taken, ...others] = (['commit', 'name', 'semver', 'tag', 'branch'] as const).filter((field) => ref[field]);
    for (const field of others) {
      if (taken === 'commit' && field === 'branch') continue;
      report(['spec', 'ref', field], `${JSON.stringify(ref[field])} is ignored: ref.${taken} takes precedence`);
    }
  },
});

const refName = defineRule<GitRepository>({
  code: 'flux-git-ref-name',
  severity: 'error',
  summary: 'ref.name is a full Git reference, not a branch or tag.',
  why: 'source-controller looks the name up in the list of references that the remote sends, where branches are refs/heads/… (fluxcd/pkg git/gogit/clone.go).',
  fix: 'write refs/heads/main, refs/tags/v1.0.0, refs/pull/42/head; or use ref.branch or ref.tag',
  wrong: manifest('url: https://github.com/acme/deploy.git\nref: { name: main }'),
  right: manifest('url: https://github.com/acme/deploy.git\nref: { name: refs/heads/main }'),
  check({ spec }, report) {
    const name = spec?.ref?.name;
    if (!name || name === 'HEAD' || name.startsWith('refs/')) return;
    report(['spec', 'ref', 'name'], `${JSON.stringify(name)} is not a full reference: Flux would not find it`);
  },
});

const refCommit = defineRule<GitRepository>({
  code: 'flux-git-ref-commit',
  severity: 'warning',
  summary: 'A shortened commit cannot be checked out.',
  why: 'source-controller takes the text as a whole hash and fails with "unable to resolve commit object" (fluxcd/pkg git/gogit/clone.go).',
  fix: 'write all 40 hexadecimal digits of the commit',
  wrong: manifest('url: https://github.com/acme/deploy.git\nref: { commit: c88a2f41 }'),
  right: manifest('url: https://github.com/acme/deploy.git\nref: { commit: c88a2f41c88a2f41c88a2f41c88a2f41c88a2f41 }'),
  check({ spec }, report) {
    const commit = spec?.ref?.commit;
    if (!commit || /^([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/.test(commit)) return;
    report(['spec', 'ref', 'commit'], `${JSON.stringify(commit)} is not a whole commit hash`);
  },
});

const refSemver = defineRule<GitRepository>({
  code: 'flux-git-ref-semver',
  severity: 'error',
  summary: 'ref.semver must be a version range.',
  why: 'source-controller refuses others with "semver parse error" (fluxcd/pkg git/gogit/clone.go); the grammar is that of github.com/Masterminds/semver.',
  fix: "write a range such as '1.x' or '>=1.2.0 <2.0.0'; a single tag goes into ref.tag",
  wrong: manifest('url: https://github.com/acme/deploy.git\nref: { semver: latest }'),
  right: manifest("url: https://github.com/acme/deploy.git\nref: { semver: '1.x' }"),
  check({ spec }, report) {
    const semver = spec?.ref?.semver;
    if (!semver || isSemverRange(semver)) return;
    report(['spec', 'ref', 'semver'], `${JSON.stringify(semver)} is not a version range`);
  },
});

const urlPort = defineRule<GitRepository>({
  code: 'flux-git-url-port',
  severity: 'error',
  summary: 'In ssh://host:org/repo, Git takes org for a port.',
  why: 'The colon of git@host:org/repo means a port in a URL, and one that is no number does not parse (Go net/url, which source-controller uses). S-20a.',
  fix: 'write a slash after the host: ssh://git@github.com/acme/deploy.git',
  wrong: manifest('url: ssh://git@github.com:acme/deploy.git\nref: { branch: main }\nsecretRef: { name: deploy-key }'),
  right: manifest('url: ssh://git@github.com/acme/deploy.git\nref: { branch: main }\nsecretRef: { name: deploy-key }'),
  check({ spec }, report) {
    const port = /^[a-z]+:\/\/[^/]*:([^/@:\]]+)(?:\/|$)/.exec(spec?.url ?? '')?.[1];
    if (port === undefined || /^\d+$/.test(port)) return;
    report(['spec', 'url'], `${JSON.stringify(port)} stands where the URL has its port`);
  },
});

const urlPassword = defineRule<GitRepository>({
  code: 'flux-git-url-password',
  severity: 'error',
  summary: 'A password in the URL is committed with it.',
  why: 'Everyone who can read the repository or the object can read it. Credentials belong into the Secret that secretRef names. S-20a.',
  fix: 'remove the password from the URL, revoke it, and name a Secret in spec.secretRef',
  wrong: manifest('url: https://acme:token@git.acme.io/deploy.git\nref: { branch: main }'),
  right: manifest('url: https://git.acme.io/deploy.git\nref: { branch: main }\nsecretRef: { name: deploy-token }'),
  check({ spec }, report) {
    const user = /^[a-z]+:\/\/([^/@]*):[^/@]+@/.exec(spec?.url ?? '');
    // The value itself must not reach a log.
    if (user !== null) report(['spec', 'url'], `holds a password of user ${JSON.stringify(user[1])}`);
  },
});

const sshSecret = defineRule<GitRepository>({
  code: 'flux-git-ssh-secret',
  severity: 'error',
  summary: 'An ssh URL without a Secret cannot be fetched.',
  why: "source-controller needs the Secret's identity and known_hosts for every ssh URL (fluxcd/pkg git/options.go). S-20a.",
  fix: 'name a Secret with identity and known_hosts in spec.secretRef, or use an https URL',
  wrong: manifest('url: ssh://git@github.com/acme/deploy.git\nref: { branch: main }'),
  right: manifest('url: ssh://git@github.com/acme/deploy.git\nref: { branch: main }\nsecretRef: { name: deploy-key }'),
  check({ spec }, report) {
    if (spec?.url?.startsWith('ssh://') !== true || spec.secretRef !== undefined) return;
    // Cloud providers hand out credentials of their own.
    if (spec.provider !== undefined && spec.provider !== 'generic') return;
    report(['spec', 'secretRef'], 'is missing, and an ssh URL needs a key');
  },
});

const githubSecret = defineRule<GitRepository>({
  code: 'flux-git-github-secret',
  severity: 'error',
  summary: 'Provider github needs a Secret with the data of a GitHub App.',
  why: `Without it the GitRepository stalls: secretRef with githubAppID, githubAppPrivateKey and one of githubAppInstallationID or githubAppInstallationOwner (${CONTROLLER}).`,
  fix: 'name that Secret in spec.secretRef, or remove provider: github',
  wrong: manifest('url: https://github.com/acme/deploy.git\nref: { branch: main }\nprovider: github'),
  right: manifest(
    'url: https://github.com/acme/deploy.git\nref: { branch: main }\nprovider: github\nsecretRef: { name: github-app }',
  ),
  check({ spec }, report) {
    if (spec?.provider !== 'github' || spec.secretRef !== undefined) return;
    report(['spec', 'secretRef'], 'is missing, and provider github needs one');
  },
});

const serviceAccount = defineRule<GitRepository>({
  code: 'flux-git-service-account',
  severity: 'error',
  summary: 'serviceAccountName works with the providers azure and aws alone.',
  why: "The API server refuses it: serviceAccountName can only be set when provider is 'azure' or 'aws' (CEL rule of the GitRepository CRD).",
  fix: 'set provider to azure or aws, or remove serviceAccountName',
  wrong: manifest('url: https://github.com/acme/deploy.git\nref: { branch: main }\nserviceAccountName: reader'),
  right: manifest(
    'url: https://dev.azure.com/acme/_git/deploy\nref: { branch: main }\nprovider: azure\nserviceAccountName: reader',
  ),
  check({ spec }, report) {
    if (spec?.serviceAccountName === undefined || spec.provider === 'azure' || spec.provider === 'aws') return;
    report(['spec', 'serviceAccountName'], "can only be set when provider is 'azure' or 'aws'");
  },
});

const verifyTag = defineRule<GitRepository>({
  code: 'flux-git-verify-tag',
  severity: 'error',
  summary: 'A tag can be verified only where the reference is a tag.',
  why: `With verify.mode Tag or TagAndHEAD and no tag, semver or refs/tags/… name, the GitRepository stalls (${CONTROLLER}).`,
  fix: 'set ref.tag, ref.semver or a ref.name below refs/tags/, or verify.mode: HEAD',
  wrong: manifest(
    'url: https://github.com/acme/deploy.git\nref: { branch: main }\nverify: { mode: Tag, secretRef: { name: keys } }',
  ),
  right: manifest(
    'url: https://github.com/acme/deploy.git\nref: { tag: v1.2.3 }\nverify: { mode: Tag, secretRef: { name: keys } }',
  ),
  check({ spec }, report) {
    const mode = spec?.verify?.mode;
    if (mode !== 'Tag' && mode !== 'TagAndHEAD') return;
    const ref = spec?.ref;
    if (ref?.tag || ref?.semver || ref?.name?.startsWith('refs/tags/')) return;
    report(['spec', 'verify', 'mode'], `${mode} verifies a tag, and spec.ref names none`);
  },
});

export const gitRepositoryRules = [
  refMissing,
  refShadowed,
  refName,
  refCommit,
  refSemver,
  urlPort,
  urlPassword,
  sshSecret,
  githubSecret,
  serviceAccount,
  verifyTag,
];
