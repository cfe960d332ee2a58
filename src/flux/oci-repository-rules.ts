/** What source-controller refuses or misreads about an OCIRepository that its schema admits. */
import { goRegexpProblem } from '../kernel/go-regexp';
import { defineRule } from '../kernel/rule';
import type { OCIRepository } from '../schema/generated/flux';
import { isSemverRange } from './semver';

const CONTROLLER = 'source-controller, internal/controller/ocirepository_controller.go';

const manifest = (spec: string) => `
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: checkout, namespace: flux-system }
spec:
  interval: 5m
${spec.replace(/^/gm, '  ')}
`;

const urlTag = defineRule<OCIRepository>({
  code: 'flux-oci-url-tag',
  severity: 'error',
  summary: 'The URL of an OCIRepository has no tag and no digest.',
  why: `The object stalls with "URL must not contain a tag" (${CONTROLLER}).`,
  fix: 'move the tag into spec.ref.tag, a digest into spec.ref.digest',
  wrong: manifest('url: oci://ghcr.io/acme/checkout:v1.2.3\nref: { tag: v1.2.3 }'),
  right: manifest('url: oci://ghcr.io/acme/checkout\nref: { tag: v1.2.3 }'),
  check({ spec }, report) {
    // The registry's port comes before the first slash.
    const version = /^oci:\/\/[^/]+\/[^:@]*([:@].*)$/s.exec(spec?.url ?? '')?.[1];
    if (version !== undefined) report(['spec', 'url'], `URL must not contain a tag; remove ${JSON.stringify(version)}`);
  },
});

const refMissing = defineRule<OCIRepository>({
  code: 'flux-oci-ref-missing',
  severity: 'warning',
  summary: 'An OCIRepository without a reference follows the tag latest.',
  why: `Without a reference the tag is latest (${CONTROLLER}), which moves with every push and may not exist.`,
  fix: 'set spec.ref, for example { tag: v1.2.3 } or { semver: 1.x }',
  wrong: manifest('url: oci://ghcr.io/acme/checkout'),
  right: manifest("url: oci://ghcr.io/acme/checkout\nref: { semver: '1.x' }"),
  check({ spec }, report) {
    if (spec === undefined || spec.ref?.digest || spec.ref?.semver || spec.ref?.tag) return;
    report(['spec', 'ref'], 'names no tag, semver or digest: Flux follows the tag latest');
  },
});

const refShadowed = defineRule<OCIRepository>({
  code: 'flux-oci-ref-shadowed',
  severity: 'warning',
  summary: 'Of several references Flux takes one; the others say something that is not done.',
  why: `The order is digest, semver, tag; semverFilter works on the tags of semver alone (${CONTROLLER}).`,
  fix: 'keep the reference that is meant',
  wrong: manifest("url: oci://ghcr.io/acme/checkout\nref: { semver: '1.x', tag: v1.2.3 }"),
  right: manifest("url: oci://ghcr.io/acme/checkout\nref: { semver: '1.x' }"),
  check({ spec }, report) {
    const ref = spec?.ref;
    if (ref === undefined) return;
    const [taken, ...others] = (['digest', 'semver', 'tag'] as const).filter((field) => ref[field]);
    for (const field of others) {
      report(['spec', 'ref', field], `${JSON.stringify(ref[field])} is ignored: ref.${taken} takes precedence`);
    }
    if (ref.semverFilter && taken !== 'semver') {
      report(['spec', 'ref', 'semverFilter'], 'is ignored: it filters the tags of ref.semver, which is not in use');
    }
  },
});

const refSemver = defineRule<OCIRepository>({
  code: 'flux-oci-ref-semver',
  severity: 'error',
  summary: 'ref.semver must be a version range.',
  why: `source-controller cannot parse others (${CONTROLLER}, getTagBySemver); the grammar is that of github.com/Masterminds/semver.`,
  fix: "write a range such as '1.x' or '>=1.2.0 <2.0.0'; a single tag goes into ref.tag",
  wrong: manifest('url: oci://ghcr.io/acme/checkout\nref: { semver: latest }'),
  right: manifest('url: oci://ghcr.io/acme/checkout\nref: { tag: latest }'),
  check({ spec }, report) {
    const semver = spec?.ref?.semver;
    if (!semver || isSemverRange(semver)) return;
    report(['spec', 'ref', 'semver'], `${JSON.stringify(semver)} is not a version range`);
  },
});

const refDigest = defineRule<OCIRepository>({
  code: 'flux-oci-ref-digest',
  severity: 'error',
  summary: 'ref.digest is an algorithm and a hash.',
  why: `source-controller puts it behind the repository as it is, and the registry refuses others (${CONTROLLER}; OCIRepository CRD, spec.ref.digest).`,
  fix: 'write sha256: and 64 hexadecimal digits; a tag goes into ref.tag',
  wrong: manifest('url: oci://ghcr.io/acme/checkout\nref: { digest: v1.2.3 }'),
  right: manifest(`url: oci://ghcr.io/acme/checkout\nref: { digest: 'sha256:${'0123456789abcdef'.repeat(4)}' }`),
  check({ spec }, report) {
    const digest = spec?.ref?.digest;
    if (!digest || /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(digest)) return;
    report(['spec', 'ref', 'digest'], `${JSON.stringify(digest)} is not a digest`);
  },
});

const verifyKeyless = defineRule<OCIRepository>({
  code: 'flux-oci-verify-anyone',
  severity: 'warning',
  summary: "Keyless verification without an identity accepts anybody's signature.",
  why: 'Cosign without secretRef checks that somebody signed with a certificate of the public authority; matchOIDCIdentity says who (source-controller, docs/spec/v1/ocirepositories.md, Keyless verification).',
  fix: 'name issuer and subject in verify.matchOIDCIdentity, or a key in verify.secretRef',
  wrong: manifest('url: oci://ghcr.io/acme/checkout\nref: { tag: v1.2.3 }\nverify: { provider: cosign }'),
  right: manifest(
    "url: oci://ghcr.io/acme/checkout\nref: { tag: v1.2.3 }\nverify:\n  provider: cosign\n  matchOIDCIdentity: [{ issuer: '^https://token.actions.githubusercontent.com$', subject: '^https://github.com/acme/.*$' }]",
  ),
  check({ spec }, report) {
    const verify = spec?.verify;
    if (verify === undefined || (verify.provider ?? 'cosign') !== 'cosign') return;
    if (verify.secretRef !== undefined || (verify.matchOIDCIdentity?.length ?? 0) > 0) return;
    report(['spec', 'verify'], "names neither a key nor an identity: any signer's certificate would do");
  },
});

const regexp = defineRule<OCIRepository>({
  code: 'flux-oci-regexp',
  severity: 'error',
  summary: 'semverFilter, issuer and subject are regular expressions of Go.',
  why: `source-controller compiles them with Go's regexp, which has no lookaround and no backreferences (${CONTROLLER}; OCIRepository CRD).`,
  fix: 'rewrite the pattern without what Go refuses',
  wrong: manifest("url: oci://ghcr.io/acme/checkout\nref: { semver: '1.x', semverFilter: '^(?!.*-rc).*$' }"),
  right: manifest("url: oci://ghcr.io/acme/checkout\nref: { semver: '1.x', semverFilter: '^[0-9.]+$' }"),
  check({ spec }, report) {
    const check = (pattern: string | undefined, path: readonly (string | number)[]) => {
      const problem = pattern === undefined ? undefined : goRegexpProblem(pattern);
      if (problem !== undefined) report(path, `${JSON.stringify(pattern)}: ${problem}`);
    };
    check(spec?.ref?.semverFilter, ['spec', 'ref', 'semverFilter']);
    for (const [index, { issuer, subject }] of (spec?.verify?.matchOIDCIdentity ?? []).entries()) {
      check(issuer, ['spec', 'verify', 'matchOIDCIdentity', index, 'issuer']);
      check(subject, ['spec', 'verify', 'matchOIDCIdentity', index, 'subject']);
    }
  },
});

export const ociRepositoryRules = [urlTag, refMissing, refShadowed, refSemver, refDigest, regexp, verifyKeyless];
