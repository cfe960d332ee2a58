import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { EnvironmentStack, GitOpsApp } from '../../src';
import { Application } from '../../src/argocd';
import { checkManifest } from '../../src/core/check-manifest';
import {
  gitWriteBack,
  ImageUpdater,
  type ImageUpdaterProps,
  type ImageUpdates,
  imageUpdaterAnnotations,
  updateImages,
} from '../../src/image-updater';
import { carriesImageUpdaterAnnotations, imageUpdaterAnnotationRules } from '../../src/image-updater/annotation-rules';
import { kinds } from '../../src/image-updater/kinds';
import { imageUpdaterRules } from '../../src/image-updater/rules';
import type { Manifest } from '../../src/kernel/manifest';
import { runRules } from '../../src/kernel/rule';
import { codesOf, issuesOf } from '../support/issues';

function stack(): EnvironmentStack {
  return new EnvironmentStack(new GitOpsApp().environment('prod'), 'apps', { namespace: 'argocd' });
}

function specOf(props: ImageUpdaterProps): unknown {
  return new ImageUpdater(stack(), 'shop', props).toJson()['spec'];
}

const web = { web: { image: 'ghcr.io/acme/web:~1.4' } };

test('the least object follows one image of one Application', () => {
  expect(new ImageUpdater(stack(), 'shop', { applications: { checkout: { images: web } } }).toJson()).toEqual({
    apiVersion: 'argocd-image-updater.argoproj.io/v1alpha1',
    kind: 'ImageUpdater',
    metadata: { name: 'shop', namespace: 'argocd' },
    spec: {
      applicationRefs: [{ namePattern: 'checkout', images: [{ alias: 'web', imageName: 'ghcr.io/acme/web:~1.4' }] }],
    },
  });
});

test('a rich one', () => {
  const spec = specOf({
    settings: { strategy: 'newest-build', ignoreTags: ['*-rc*'] },
    imagesVerification: { cosignKey: { secretName: 'cosign', key: 'cosign.pub' } },
    writeBackConfig: gitWriteBack({ branch: 'main', secret: 'deploy-key', target: 'kustomization' }),
    applications: {
      'checkout-*': {
        labelSelectors: { matchLabels: { team: 'shop' } },
        settings: { forceUpdate: true },
        images: {
          web: { image: 'ghcr.io/acme/web', allowTags: 'regexp:^v', kustomize: 'ghcr.io/acme/web' },
          api: { image: 'ghcr.io/acme/api:main', strategy: 'digest', helm: { name: 'api.image', tag: 'api.tag' } },
          job: { image: 'ghcr.io/acme/job', plugin: { spec: 'IMAGE' }, verification: { enabled: false } },
        },
      },
      legacy: { useAnnotations: true },
    },
  });
  expect(spec).toEqual({
    commonUpdateSettings: { updateStrategy: 'newest-build', ignoreTags: ['*-rc*'] },
    imagesVerification: { cosignKey: { secretName: 'cosign', key: 'cosign.pub' } },
    writeBackConfig: {
      method: 'git:secret:deploy-key',
      gitConfig: { branch: 'main', writeBackTarget: 'kustomization' },
    },
    applicationRefs: [
      {
        namePattern: 'checkout-*',
        labelSelectors: { matchLabels: { team: 'shop' } },
        commonUpdateSettings: { updateStrategy: 'newest-build', forceUpdate: true },
        images: [
          {
            alias: 'web',
            imageName: 'ghcr.io/acme/web',
            commonUpdateSettings: { updateStrategy: 'newest-build', forceUpdate: true, allowTags: 'regexp:^v' },
            manifestTargets: { kustomize: { name: 'ghcr.io/acme/web' } },
          },
          {
            alias: 'api',
            imageName: 'ghcr.io/acme/api:main',
            commonUpdateSettings: { updateStrategy: 'digest', forceUpdate: true },
            manifestTargets: { helm: { name: 'api.image', tag: 'api.tag' } },
          },
          {
            alias: 'job',
            imageName: 'ghcr.io/acme/job',
            manifestTargets: { plugin: { spec: 'IMAGE' } },
            imagesVerification: { enabled: false },
          },
        ],
      },
      { namePattern: 'legacy', useAnnotations: true },
    ],
  });
});

test("the API's own shape passes unchanged", () => {
  const spec = {
    commonUpdateSettings: { updateStrategy: 'semver', platforms: ['linux/arm64'] },
    writeBackConfig: { method: 'git', gitConfig: { branch: 'main', pullRequest: { github: {} } } },
    applicationRefs: [{ namePattern: 'a', images: [{ alias: 'a', imageName: 'a:1.x' }] }],
  };
  expect(specOf(spec)).toEqual(spec);
});

test('what does not exist does not compile', () => {
  const images = (image: NonNullable<ImageUpdaterProps['applications']>[string]['images']) => image;
  // @ts-expect-error an old name
  images({ web: { image: 'a', strategy: 'latest' } });
  // @ts-expect-error a filter is any or regexp:…
  images({ web: { image: 'a', allowTags: '^v' } });
  // @ts-expect-error a typo
  images({ web: { image: 'a', ignoreTag: ['a'] } });
});

test.each<[string, ImageUpdaterProps]>([
  ['image-updater-images-missing', { applications: { a: {} } }],
  ['image-updater-ignored-with-annotations', { applications: { a: { useAnnotations: true, images: web } } }],
  ['image-updater-name-pattern', { applications: { 'a[': { images: web } } }],
  ['image-updater-image-name', { applications: { a: { images: { web: { image: ' ' } } } } }],
  ['image-updater-manifest-target', { applications: { a: { images: { web: { image: 'a', plugin: {} } } } } }],
  [
    'image-updater-spec-beside-name',
    { applications: { a: { images: { web: { image: 'a', plugin: { spec: 'A', tag: 'B' } } } } } },
  ],
  [
    'image-updater-digest-tag',
    { settings: { strategy: 'digest' }, applications: { a: { images: { web: { image: 'localhost:5000/a' } } } } },
  ],
  [
    'image-updater-strategy-reset',
    {
      commonUpdateSettings: { updateStrategy: 'alphabetical' },
      applicationRefs: [
        { namePattern: 'a', commonUpdateSettings: { allowTags: 'any' }, images: [{ alias: 'a', imageName: 'a' }] },
      ],
    },
  ],
  ['image-updater-tag-filter', { settings: { ignoreTags: ['['] }, applications: { a: { images: web } } }],
  ['image-updater-tag-filter', { settings: { allowTags: 'regexp:(?!a)' }, applications: { a: { images: web } } }],
  [
    'image-updater-credentials',
    { writeBackConfig: gitWriteBack({ secret: 'web/deploy-key' }), applications: { a: { images: web } } },
  ],
  [
    'image-updater-git-unused',
    { writeBackConfig: { gitConfig: { branch: 'main' } }, applications: { a: { images: web } } },
  ],
  [
    'image-updater-git-branch',
    {
      writeBackConfig: gitWriteBack({ branch: 'main', writeBranch: 'x', pullRequest: 'github' }),
      applications: { a: { images: web } },
    },
  ],
  [
    'image-updater-pull-request',
    {
      writeBackConfig: { method: 'git', gitConfig: { pullRequest: { github: {}, gitlab: {} } } },
      applications: { a: { images: web } },
    },
  ],
  [
    'image-updater-write-back-target',
    { writeBackConfig: gitWriteBack({ target: 'prod/kustomization.yaml' }), applications: { a: { images: web } } },
  ],
  ['image-updater-verification-key', { imagesVerification: { enabled: true }, applications: { a: { images: web } } }],
])('%s is refused', (code, props) => {
  expect([...new Set(codesOf(() => specOf(props)))]).toEqual([code]);
});

test("credentials of the object's own namespace are fine", () => {
  expect(() =>
    specOf({ writeBackConfig: gitWriteBack({ secret: 'argocd/deploy-key' }), applications: { a: { images: web } } }),
  ).not.toThrow();
});

test('two entries of one pattern are refused by the schema', () => {
  const ref = { namePattern: 'a', images: [{ alias: 'a', imageName: 'a' }] };
  expect(codesOf(() => specOf({ applicationRefs: [ref, ref] }))).toEqual([expect.stringMatching(/^schema-/)]);
});

const updates: ImageUpdates = {
  images: {
    web: {
      image: 'ghcr.io/acme/web:~1.4',
      allowTags: 'regexp:^v',
      ignoreTags: ['*-rc*', 'latest'],
      helm: { name: 'image.name', tag: 'image.tag' },
    },
    api: {
      image: 'ghcr.io/acme/api:main',
      strategy: 'digest',
      kustomize: 'ghcr.io/acme/api',
      platforms: ['linux/arm64'],
    },
  },
  settings: { strategy: 'newest-build', forceUpdate: true, pullSecret: 'env:REGISTRY' },
  writeBackConfig: gitWriteBack({ branch: 'main', writeBranch: 'updates', target: 'helmvalues:values.yaml' }),
};

function application(scope: EnvironmentStack): Application {
  return new Application(scope, 'checkout', {
    metadata: { namespace: 'team-a' },
    project: 'shop',
    source: { repoURL: 'https://github.com/acme/deploy', path: '.' },
    destination: { name: 'in-cluster', namespace: 'shop' },
  });
}

test('one description becomes annotations for 0.x', () => {
  const scope = stack();
  const checkout = application(scope);
  expect(updateImages(scope, 'images', checkout, { ...updates, target: '0.x' })).toBeUndefined();
  const manifest = checkout.toJson();
  const annotations = {
    'image-list': 'web=ghcr.io/acme/web:~1.4,api=ghcr.io/acme/api:main',
    'update-strategy': 'newest-build',
    'force-update': 'true',
    'pull-secret': 'env:REGISTRY',
    'web.allow-tags': 'regexp:^v',
    'web.ignore-tags': '*-rc*,latest',
    'web.helm.image-name': 'image.name',
    'web.helm.image-tag': 'image.tag',
    'api.update-strategy': 'digest',
    'api.platforms': 'linux/arm64',
    'api.kustomize.image-name': 'ghcr.io/acme/api',
    'write-back-method': 'git',
    'write-back-target': 'helmvalues:values.yaml',
    'git-branch': 'main:updates',
  };
  expect(manifest.metadata?.annotations).toEqual(
    Object.fromEntries(
      Object.entries(annotations).map(([name, text]) => [`argocd-image-updater.argoproj.io/${name}`, text]),
    ),
  );
  const codes = runRules(imageUpdaterAnnotationRules as never, manifest).map(({ code }) => code);
  expect(codes).toEqual(['image-updater-annotations-alone']);
});

test('and an object in the namespace of the Application for 1.x', () => {
  const scope = stack();
  const updater = updateImages(scope, 'images', application(scope), updates)!;
  expect(updater.toJson()).toMatchObject({
    metadata: { name: 'images', namespace: 'team-a' },
    spec: {
      applicationRefs: [
        {
          namePattern: 'checkout',
          commonUpdateSettings: { updateStrategy: 'newest-build', forceUpdate: true, pullSecret: 'env:REGISTRY' },
          images: [
            { alias: 'web', commonUpdateSettings: { updateStrategy: 'newest-build', allowTags: 'regexp:^v' } },
            { alias: 'api', commonUpdateSettings: { updateStrategy: 'digest' } },
          ],
          writeBackConfig: { method: 'git', gitConfig: { branch: 'main:updates' } },
        },
      ],
    },
  });
});

test('platforms of all images are said of each', () => {
  const annotations = imageUpdaterAnnotations({ images: web, settings: { platforms: ['linux/amd64', 'linux/arm64'] } });
  expect(annotations['argocd-image-updater.argoproj.io/web.platforms']).toBe('linux/amd64,linux/arm64');
});

test('what annotations cannot say is refused', () => {
  const issues = issuesOf(() =>
    imageUpdaterAnnotations({
      images: {
        web: { image: 'a:>=1, <2', verification: { enabled: false } },
        job: { image: 'b', plugin: { spec: 'B' } },
      },
      writeBackConfig: gitWriteBack({ pullRequest: 'github' }),
    }),
  );
  expect(issues.map(({ at }) => at.path)).toEqual([
    '.images.web.image',
    '.images.web.verification',
    '.images.job.plugin',
    '.writeBackConfig.gitConfig.pullRequest',
  ]);
});

describe.each([...imageUpdaterRules, ...imageUpdaterAnnotationRules].map((rule) => [rule.code, rule] as const))(
  '%s',
  (code, rule) => {
    const found = (sample: string) => {
      const manifest = parse(sample) as Manifest;
      const rules = manifest.kind === 'ImageUpdater' ? imageUpdaterRules : imageUpdaterAnnotationRules;
      return checkManifest(manifest, rules as never).map((issue) => issue.code);
    };

    test('reports its wrong sample, and nothing else does', () => expect(found(rule.wrong)).toEqual([code]));
    test('says nothing about its right sample, and nothing else does', () => expect(found(rule.right)).toEqual([]));
    test('names an upstream source and a reference', () => {
      expect(rule.why).toMatch(/\(IU-\d+/);
      expect(rule.code).toMatch(/^image-updater-[a-z-]+$/);
    });
  },
);

describe('annotations', () => {
  const PREFIX = 'argocd-image-updater.argoproj.io/';
  const found = (annotations: Record<string, string>, kind = 'Application') => {
    const prefixed = Object.fromEntries(Object.entries(annotations).map(([name, text]) => [PREFIX + name, text]));
    const metadata = { name: 'a', namespace: 'argocd' };
    const manifest =
      kind === 'Application'
        ? { metadata: { ...metadata, annotations: prefixed } }
        : { metadata, spec: { template: { metadata: { annotations: prefixed } } } };
    return runRules(imageUpdaterAnnotationRules as never, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind,
      ...manifest,
    }).map(({ code, at, fix }) => `${code} ${at.path} ${fix}`);
  };

  test.each<[string, string, string]>([
    ['imagelist', 'a=b', 'did you mean argocd-image-updater.argoproj.io/image-list?'],
    ['web.update-stratgy', 'semver', 'did you mean argocd-image-updater.argoproj.io/web.update-strategy?'],
    ['update-strategy', 'newest-bild', 'did you mean newest-build?'],
    ['update-strategy', 'newest', 'use semver, newest-build'],
    ['web.allow-tags', '^v', "write 'regexp:^v'"],
    ['web.ignore-tags', 'a,[', 'write globs'],
    ['force-update', 'yes', "write 'true'"],
    ['write-back-method', 'github', 'write argocd, git'],
    ['write-back-method', 'git:secret:web/key', 'git:secret:<name>'],
    ['write-back-target', 'kustomization.yaml', 'kustomization:<folder>'],
    ['git-branch', 'a:b:c', 'write main'],
  ])('%s: %s is refused', (name, text, fix) => {
    expect(found({ [name]: text })).toEqual([expect.stringContaining(fix)]);
  });

  test('an alias that the list has not', () => {
    expect(found({ 'image-list': 'web=a', 'wbe.update-strategy': 'semver' })[1]).toContain('use one of web');
  });

  test('templates of an ApplicationSet are judged, but for what is still to be filled in', () => {
    expect(found({ 'update-strategy': 'newest' }, 'ApplicationSet')).toHaveLength(1);
    expect(
      found({ 'update-strategy': '{{ .strategy }}', 'image-list': '{{ .images }}' }, 'ApplicationSet'),
    ).toHaveLength(1);
  });

  test('an object without any is not judged', () => {
    expect(carriesImageUpdaterAnnotations({ metadata: { annotations: { 'a/b': 'c' } } })).toBe(false);
    expect(carriesImageUpdaterAnnotations({})).toBe(false);
    expect(carriesImageUpdaterAnnotations({ kind: 'ApplicationSet', spec: { template: null } })).toBe(false);
  });
});

test('no rule throws on an object without anything', () => {
  for (const spec of [undefined, {}, { applicationRefs: [{}, null] }, { applicationRefs: [{ images: [{}, null] }] }]) {
    expect(() =>
      checkManifest({ apiVersion: kinds[0]!.apiVersion, kind: 'ImageUpdater', spec }, imageUpdaterRules as never),
    ).not.toThrow();
  }
});

const CORPUS = join(__dirname, '../../../shared/corpus/valid/argocd/application');
const present = existsSync(CORPUS);
if (!present) console.warn(`no corpus at ${CORPUS}: its tests are skipped`);

(present ? test : test.skip)('real Applications have no error in their annotations', () => {
  const errors = readdirSync(present ? CORPUS : '.').flatMap((file) =>
    runRules(imageUpdaterAnnotationRules as never, parse(readFileSync(join(CORPUS, file), 'utf8')) as Manifest)
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${file} ${code} ${message}`),
  );
  expect(errors).toEqual([]);
});
