/**
 * Rules about an ImageUpdater. Its controller finds most mistakes when it looks at an Application, logs them, and
 * updates nothing.
 */
import { goPathMatch } from '../kernel/go-path-match';
import type { FieldPath } from '../kernel/issue';
import type { DeepPartial } from '../kernel/manifest';
import { defineRule, type Rule } from '../kernel/rule';
import type { ImageUpdater, ImageUpdaterSpec } from '../schema/generated/argocd-image-updater';
import {
  allowTagsProblem,
  branchProblem,
  credentialsProblem,
  DEPRECATED_STRATEGIES,
  ignoreTagProblem,
  strategyProblem,
  targetProblem,
} from './values';

type Spec = DeepPartial<ImageUpdaterSpec>;
type Ref = NonNullable<NonNullable<Spec['applicationRefs']>[number]>;
type Settings = NonNullable<Spec['commonUpdateSettings']>;

const TYPES = 'argocd-image-updater api/v1alpha1/imageupdater_types.go';

const imagesMissing = defineRule<ImageUpdater>({
  code: 'image-updater-images-missing',
  severity: 'error',
  summary: 'Applications are selected, and none of their images.',
  why: `The API server refuses an entry that has neither images nor useAnnotations: true (IU-01; ${TYPES}).`,
  fix: 'list images, or set useAnnotations: true',
  wrong: sample({ refs: '{ namePattern: checkout }' }),
  right: sample({ refs: '{ namePattern: checkout, useAnnotations: true }' }),
  check({ spec }, report) {
    for (const [ref, path] of refsOf(spec)) {
      if (ref.useAnnotations === true || (ref.images ?? []).length > 0) continue;
      report(path, 'Either useAnnotations must be true, or images must be provided with at least one item');
    }
  },
});

const annotationsWin = defineRule<ImageUpdater>({
  code: 'image-updater-ignored-with-annotations',
  severity: 'error',
  summary: 'Settings stand beside useAnnotations, which makes them void.',
  why: `With useAnnotations the controller takes the Application's annotations, and of the entry only its selectors and its verification (IU-01; ${TYPES}).`,
  fix: 'remove useAnnotations, or move the settings to the annotations',
  wrong: sample({ refs: `{ namePattern: checkout, useAnnotations: true, writeBackConfig: { method: git } }` }),
  right: sample({ refs: '{ namePattern: checkout, useAnnotations: true }' }),
  check({ spec }, report) {
    for (const [ref, path] of refsOf(spec)) {
      if (ref.useAnnotations !== true) continue;
      for (const field of ['images', 'commonUpdateSettings', 'writeBackConfig'] as const) {
        const value = ref[field];
        if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
        report([...path, field], 'is ignored: useAnnotations is true');
      }
    }
  },
});

const namePattern = defineRule<ImageUpdater>({
  code: 'image-updater-name-pattern',
  severity: 'error',
  summary: 'A name pattern is malformed.',
  why: "Names are matched with Go's filepath.Match; the controller refuses the object when a pattern is none (IU-01; argocd-image-updater pkg/argocd/argocd.go).",
  fix: "write a glob: 'checkout-*', 'shop-[ab]'",
  wrong: sample({ refs: `{ namePattern: 'checkout-[', ${imagesSample()} }` }),
  right: sample({ refs: `{ namePattern: 'checkout-*', ${imagesSample()} }` }),
  check({ spec }, report) {
    for (const [{ namePattern: pattern }, path] of refsOf(spec)) {
      if (pattern === undefined || goPathMatch(pattern, '') !== undefined) continue;
      report([...path, 'namePattern'], `${JSON.stringify(pattern)} is no glob: syntax error in pattern`);
    }
  },
});

const imageName = defineRule<ImageUpdater>({
  code: 'image-updater-image-name',
  severity: 'error',
  summary: 'An image has no name that a registry knows.',
  why: `imageName is a repository, with a constraint or tag behind a colon (IU-02; ${TYPES}).`,
  fix: 'write the repository without a scheme: ghcr.io/acme/web:~1.4',
  wrong: sample({ imageName: 'https://ghcr.io/acme/web' }),
  right: sample({}),
  check({ spec }, report) {
    for (const { image, path } of imagesOf(spec)) {
      const name = image.imageName;
      if (name === undefined || (name.trim() !== '' && !/^[a-z+]+:\/\//i.test(name))) continue;
      report([...path, 'imageName'], `${JSON.stringify(name)} names no image`);
    }
  },
});

const manifestTarget = defineRule<ImageUpdater>({
  code: 'image-updater-manifest-target',
  severity: 'error',
  summary: 'An image has several targets, or none.',
  why: `manifestTargets takes exactly one of helm, kustomize and plugin, and a plugin needs spec or name; the API server refuses the rest (IU-02; ${TYPES}).`,
  fix: 'keep the one that the Application renders with',
  wrong: sample({ image: "manifestTargets: { helm: { spec: image }, kustomize: { name: 'ghcr.io/acme/web' } }" }),
  right: sample({ image: 'manifestTargets: { helm: { spec: image } }' }),
  check({ spec }, report) {
    for (const { image, path } of imagesOf(spec)) {
      const targets = image.manifestTargets;
      if (targets === undefined) continue;
      const given = Object.values(targets).filter((target) => target !== undefined);
      const at: FieldPath = [...path, 'manifestTargets'];
      if (given.length !== 1) {
        const count = given.length === 0 ? 'none' : `${given.length}`;
        report(at, `Exactly one of helm, kustomize, or plugin must be specified within manifestTargets, not ${count}`);
      } else if (targets.plugin !== undefined && !targets.plugin.spec && !targets.plugin.name) {
        report([...at, 'plugin'], 'At least one of spec or name must be specified in plugin target.');
      }
    }
  },
});

const specWins = defineRule<ImageUpdater>({
  code: 'image-updater-spec-beside-name',
  severity: 'error',
  summary: 'A target names the whole image, and its parts as well.',
  why: `With spec, name and tag are ignored (IU-02; ${TYPES}).`,
  fix: 'keep spec for one field with name and tag, or name and tag for two fields',
  wrong: sample({ image: 'manifestTargets: { helm: { spec: image, tag: image.tag } }' }),
  right: sample({ image: 'manifestTargets: { helm: { name: image.name, tag: image.tag } }' }),
  check({ spec }, report) {
    for (const { image, path } of imagesOf(spec)) {
      for (const kind of ['helm', 'plugin'] as const) {
        const target = image.manifestTargets?.[kind];
        if (!target?.spec) continue;
        for (const field of ['name', 'tag'] as const) {
          if (target[field] === undefined) continue;
          report([...path, 'manifestTargets', kind, field], 'is ignored: spec is set');
        }
      }
    }
  },
});

const strategyUnknown = defineRule<ImageUpdater>({
  code: 'image-updater-strategy-unknown',
  severity: 'error',
  summary: 'An update strategy does not exist.',
  why: 'The controller warns and takes semver (IU-03; argocd-image-updater registry-scanner/pkg/image/options.go).',
  fix: 'use semver, newest-build, alphabetical or digest',
  wrong: sample({ image: 'commonUpdateSettings: { updateStrategy: newest }' }),
  right: sample({ image: 'commonUpdateSettings: { updateStrategy: newest-build }' }),
  check({ spec }, report) {
    for (const [settings, path] of settingsOf(spec)) {
      const problem = strategyProblem(settings.updateStrategy);
      if (problem !== undefined) report([...path, 'updateStrategy'], problem.message, problem.fix);
    }
  },
});

const strategyDeprecated = defineRule<ImageUpdater>({
  code: 'image-updater-strategy-deprecated',
  severity: 'warning',
  summary: 'An update strategy goes by its old name.',
  why: 'latest became newest-build, name became alphabetical (IU-03; argocd-image-updater registry-scanner/pkg/image/options.go).',
  fix: 'use newest-build or alphabetical',
  wrong: sample({ image: 'commonUpdateSettings: { updateStrategy: latest }' }),
  right: sample({ image: 'commonUpdateSettings: { updateStrategy: newest-build }' }),
  check({ spec }, report) {
    for (const [settings, path] of settingsOf(spec)) {
      const now = DEPRECATED_STRATEGIES.get(settings.updateStrategy ?? '');
      if (now === undefined) continue;
      report([...path, 'updateStrategy'], `'${settings.updateStrategy}' is the old name of '${now}'`, `write ${now}`);
    }
  },
});

const digestTag = defineRule<ImageUpdater>({
  code: 'image-updater-digest-tag',
  severity: 'error',
  summary: 'The strategy digest has no tag to follow.',
  why: 'digest looks at the one tag that the image names; without one, nothing is updated (IU-03; argocd-image-updater registry-scanner/pkg/image/version.go).',
  fix: 'name the tag: ghcr.io/acme/web:main',
  wrong: sample({ image: 'commonUpdateSettings: { updateStrategy: digest }', imageName: 'ghcr.io/acme/web' }),
  right: sample({ image: 'commonUpdateSettings: { updateStrategy: digest }', imageName: 'ghcr.io/acme/web:main' }),
  check({ spec }, report) {
    for (const { image, path, strategy } of imagesOf(spec)) {
      const name = image.imageName ?? '';
      if (strategy !== 'digest' || name === '' || /:[^/]*$/.test(name)) continue;
      report([...path, 'imageName'], `${JSON.stringify(name)} has no tag, and the strategy is digest`);
    }
  },
});

const settingReset = defineRule<ImageUpdater>({
  code: 'image-updater-strategy-reset',
  severity: 'error',
  summary: 'Settings further down put semver in the place of the strategy above.',
  why: `The API server fills updateStrategy: semver into every commonUpdateSettings that has none, and the innermost one wins (IU-03; ${TYPES}, the default of updateStrategy).`,
  fix: 'repeat updateStrategy beside the other settings',
  wrong: sample({
    spec: 'commonUpdateSettings: { updateStrategy: newest-build }',
    image: 'commonUpdateSettings: { allowTags: any }',
  }),
  right: sample({
    spec: 'commonUpdateSettings: { updateStrategy: newest-build }',
    image: 'commonUpdateSettings: { allowTags: any, updateStrategy: newest-build }',
  }),
  check({ spec }, report) {
    const top = spec?.commonUpdateSettings;
    const judge = (above: string | undefined, settings: Settings | undefined, path: FieldPath) => {
      if (settings === undefined || settings.updateStrategy !== undefined) return settings?.updateStrategy ?? above;
      if (above === undefined || above === 'semver') return above;
      report([...path, 'commonUpdateSettings'], `becomes updateStrategy: semver, in the place of ${above}`);
      return undefined;
    };
    for (const [ref, path] of refsOf(spec)) {
      const above = judge(top?.updateStrategy, ref.commonUpdateSettings, path);
      for (const [index, image] of (ref.images ?? []).entries()) {
        judge(above, image?.commonUpdateSettings, [...path, 'images', index]);
      }
    }
  },
});

const tagFilter = defineRule<ImageUpdater>({
  code: 'image-updater-tag-filter',
  severity: 'error',
  summary: 'A filter for tags cannot be read.',
  why: "allowTags is any, or regexp: and an expression of Go's: anything else shuts out every tag; ignoreTags are globs of filepath.Match (IU-04; argocd-image-updater registry-scanner/pkg/image/options.go).",
  fix: "write allowTags: 'regexp:^v[0-9.]+$', ignoreTags: ['*-rc*']",
  wrong: sample({ image: "commonUpdateSettings: { allowTags: '^v[0-9.]+$' }" }),
  right: sample({ image: "commonUpdateSettings: { allowTags: 'regexp:^v[0-9.]+$' }" }),
  check({ spec }, report) {
    for (const [{ allowTags, ignoreTags = [] }, path] of settingsOf(spec)) {
      const problem = allowTagsProblem(allowTags);
      if (problem !== undefined) report([...path, 'allowTags'], problem.message, problem.fix);
      for (const [index, pattern] of ignoreTags.entries()) {
        const bad = ignoreTagProblem(pattern);
        if (bad !== undefined) report([...path, 'ignoreTags', index], bad.message, bad.fix);
      }
    }
  },
});

const credentials = defineRule<ImageUpdater>({
  code: 'image-updater-credentials',
  severity: 'error',
  summary: "Git's credentials come from nowhere.",
  why: "After git: comes repocreds, secret:<name>, or secret:<namespace>/<name> with the object's own namespace (IU-05; argocd-image-updater pkg/argocd/gitcreds.go).",
  fix: "write git for Argo CD's credentials, or git:secret:<name>",
  wrong: sample({ spec: "writeBackConfig: { method: 'git:deploy-key' }" }),
  right: sample({ spec: "writeBackConfig: { method: 'git:secret:deploy-key' }" }),
  check({ metadata, spec }, report) {
    for (const [{ method }, path] of writeBacksOf(spec)) {
      const problem = credentialsProblem(method, metadata?.namespace);
      if (problem !== undefined) report([...path, 'method'], problem);
    }
  },
});

const gitUnused = defineRule<ImageUpdater>({
  code: 'image-updater-git-unused',
  severity: 'error',
  summary: 'Git is configured, and not written to.',
  why: 'Without method, or with argocd, the Application is changed in the cluster and gitConfig is not read (IU-05; argocd-image-updater pkg/argocd/argocd.go, newWBCFromSettings).',
  fix: 'write method: git',
  wrong: sample({ spec: 'writeBackConfig: { method: argocd, gitConfig: { branch: main } }' }),
  right: sample({ spec: 'writeBackConfig: { method: git, gitConfig: { branch: main } }' }),
  check({ spec }, report) {
    const above = spec?.writeBackConfig?.method;
    for (const [{ method = above, gitConfig }, path] of writeBacksOf(spec)) {
      if (gitConfig === undefined || (method !== undefined && method !== 'argocd')) continue;
      // What the object says for all may wait for an entry's method.
      if (method === undefined && path.length === 2 && refsOf(spec).some(([ref]) => ref.writeBackConfig?.method))
        continue;
      report([...path, 'gitConfig'], `is not read: the method is ${method ?? 'argocd, since none is given'}`);
    }
  },
});

const gitBranch = defineRule<ImageUpdater>({
  code: 'image-updater-git-branch',
  severity: 'error',
  summary: 'The branch to write to cannot be read.',
  why: 'A branch is base, base:write or :write; a pull request goes to the base alone (IU-06; argocd-image-updater pkg/argocd/update.go parseGitConfig, argocd.go).',
  fix: 'write main, or main:image-updater-{{ .SHA256 }}; with a pull request, main alone',
  wrong: sample({ spec: "writeBackConfig: { method: git, gitConfig: { branch: 'main:updates:web' } }" }),
  right: sample({ spec: "writeBackConfig: { method: git, gitConfig: { branch: 'main:updates' } }" }),
  check({ spec }, report) {
    for (const [{ gitConfig }, path] of writeBacksOf(spec)) {
      const problem = branchProblem(gitConfig?.branch, gitConfig?.pullRequest !== undefined);
      if (problem !== undefined) report([...path, 'gitConfig', 'branch'], problem);
    }
  },
});

const pullRequest = defineRule<ImageUpdater>({
  code: 'image-updater-pull-request',
  severity: 'error',
  summary: 'A pull request goes to several providers, or to none.',
  why: `Exactly one of github and gitlab; the API server refuses the rest (IU-06; ${TYPES}).`,
  fix: 'write pullRequest: { github: {} }',
  wrong: sample({ spec: 'writeBackConfig: { method: git, gitConfig: { branch: main, pullRequest: {} } }' }),
  right: sample({ spec: 'writeBackConfig: { method: git, gitConfig: { branch: main, pullRequest: { github: {} } } }' }),
  check({ spec }, report) {
    for (const [{ gitConfig }, path] of writeBacksOf(spec)) {
      const providers = gitConfig?.pullRequest;
      if (providers === undefined) continue;
      const count = Object.values(providers).filter((provider) => provider !== undefined).length;
      if (count === 1) continue;
      report([...path, 'gitConfig', 'pullRequest'], `Exactly one of github or gitlab must be set, not ${count}`);
    }
  },
});

const writeBackTarget = defineRule<ImageUpdater>({
  code: 'image-updater-write-back-target',
  severity: 'error',
  summary: 'The target of a write-back would be overwritten, or is another file than meant.',
  why: "A target is helmvalues[:path], kustomization[:path], or a file of Image Updater's own; a kustomization file is refused, and what merely begins with one of the words loses its beginning (IU-07; argocd-image-updater pkg/argocd/argocd.go newWBCFromSettings, update.go parseKustomizeBase, parseTarget).",
  fix: 'write kustomization:<folder>, or helmvalues:<file>',
  wrong: sample({ spec: 'writeBackConfig: { method: git, gitConfig: { writeBackTarget: kustomization.yaml } }' }),
  right: sample({ spec: 'writeBackConfig: { method: git, gitConfig: { writeBackTarget: kustomization } }' }),
  check({ spec }, report) {
    for (const [{ gitConfig }, path] of writeBacksOf(spec)) {
      const problem = targetProblem(gitConfig?.writeBackTarget);
      if (problem !== undefined) report([...path, 'gitConfig', 'writeBackTarget'], problem);
    }
  },
});

const verificationKey = defineRule<ImageUpdater>({
  code: 'image-updater-verification-key',
  severity: 'error',
  summary: 'Signatures are verified with no key.',
  why: `imagesVerification is enabled unless it says otherwise, and then needs cosignKey; the API server refuses it (IU-10; ${TYPES}).`,
  fix: 'add cosignKey: { secretName, key }, or set enabled: false',
  wrong: sample({ spec: 'imagesVerification: {}' }),
  right: sample({ spec: 'imagesVerification: { cosignKey: { secretName: cosign, key: cosign.pub } }' }),
  check({ spec }, report) {
    const judge = (verification: Spec['imagesVerification'], path: FieldPath) => {
      if (verification === undefined || verification.enabled === false || verification.cosignKey !== undefined) return;
      report(
        [...path, 'imagesVerification'],
        'at least one verification method (cosignKey) is required when verification is enabled',
      );
    };
    judge(spec?.imagesVerification, ['spec']);
    for (const [ref, path] of refsOf(spec)) judge(ref.imagesVerification, path);
    for (const { image, path } of imagesOf(spec)) judge(image.imagesVerification, path);
  },
});

export const imageUpdaterRules: readonly Rule<ImageUpdater>[] = [
  imagesMissing,
  annotationsWin,
  namePattern,
  imageName,
  manifestTarget,
  specWins,
  strategyUnknown,
  strategyDeprecated,
  digestTag,
  settingReset,
  tagFilter,
  credentials,
  gitUnused,
  gitBranch,
  pullRequest,
  writeBackTarget,
  verificationKey,
];

function refsOf(spec: Spec | undefined): [Ref, FieldPath][] {
  return (spec?.applicationRefs ?? []).map((ref, index) => [ref ?? {}, ['spec', 'applicationRefs', index]]);
}

interface PlacedImage {
  readonly image: NonNullable<NonNullable<Ref['images']>[number]>;
  readonly path: FieldPath;
  /** The one that counts: the innermost. */
  readonly strategy: string | undefined;
}

function imagesOf(spec: Spec | undefined): PlacedImage[] {
  const top = spec?.commonUpdateSettings?.updateStrategy;
  return refsOf(spec).flatMap(([ref, path]) =>
    (ref.images ?? []).map((image = {}, index) => ({
      image,
      path: [...path, 'images', index],
      strategy: image.commonUpdateSettings?.updateStrategy ?? ref.commonUpdateSettings?.updateStrategy ?? top,
    })),
  );
}

/** Every block of settings. */
function settingsOf(spec: Spec | undefined): [Settings, FieldPath][] {
  const blocks: [Settings | undefined, FieldPath][] = [
    [spec?.commonUpdateSettings, ['spec']],
    ...refsOf(spec).map(([ref, path]): [Settings | undefined, FieldPath] => [ref.commonUpdateSettings, path]),
    ...imagesOf(spec).map(({ image, path }): [Settings | undefined, FieldPath] => [image.commonUpdateSettings, path]),
  ];
  return blocks.flatMap(([settings, path]) =>
    settings === undefined ? [] : [[settings, [...path, 'commonUpdateSettings']]],
  );
}

type WriteBack = NonNullable<Spec['writeBackConfig']>;

function writeBacksOf(spec: Spec | undefined): [WriteBack, FieldPath][] {
  const blocks: [WriteBack | undefined, FieldPath][] = [
    [spec?.writeBackConfig, ['spec']],
    ...refsOf(spec).map(([ref, path]): [WriteBack | undefined, FieldPath] => [ref.writeBackConfig, path]),
  ];
  return blocks.flatMap(([block, path]) => (block === undefined ? [] : [[block, [...path, 'writeBackConfig']]]));
}

function imagesSample(name = "'ghcr.io/acme/web:~1.4'", image = ''): string {
  return `images: [{ alias: web, imageName: ${name}${image && `, ${image}`} }]`;
}

interface Sample {
  readonly refs?: string;
  readonly spec?: string;
  readonly imageName?: string;
  readonly image?: string;
}

function sample({ refs, spec, imageName: name, image }: Sample): string {
  const quoted = name === undefined ? undefined : `'${name}'`;
  return `
apiVersion: argocd-image-updater.argoproj.io/v1alpha1
kind: ImageUpdater
metadata: { name: checkout, namespace: argocd }
spec:
  applicationRefs:
    - ${refs ?? `{ namePattern: checkout, ${imagesSample(quoted, image)} }`}
${spec === undefined ? '' : `  ${spec}\n`}`;
}
