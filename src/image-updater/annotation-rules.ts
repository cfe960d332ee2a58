/**
 * Rules about the annotations of Image Updater 0.x, on Applications and the templates of ApplicationSets. Since 1.0 they
 * are read only for an ImageUpdater that says `useAnnotations: true`.
 */
import type { FieldPath } from '../kernel/issue';
import { type DeepPartial, isObject, type Manifest } from '../kernel/manifest';
import { defineRule, type Report, type Rule } from '../kernel/rule';
import { nearest } from '../kernel/suggest';
import { IMAGE_UPDATER } from './annotations';
import {
  allowTagsProblem,
  branchProblem,
  credentialsProblem,
  ignoreTagProblem,
  strategyProblem,
  targetProblem,
  type ValueProblem,
} from './values';

type Annotations = Readonly<Record<string, unknown>>;

/** Image Updater's annotations without their prefix, where the manifest has any. */
function annotationsOf(manifest: DeepPartial<Manifest>): [FieldPath, ReadonlyMap<string, string>] | undefined {
  const own = found(manifest.metadata?.annotations);
  if (own !== undefined) return [['metadata', 'annotations'], own];
  if (manifest.kind !== 'ApplicationSet') return undefined;
  let value: unknown = manifest;
  for (const step of TEMPLATE) value = isObject(value) ? value[step] : undefined;
  const templated = isObject(value) ? found(value) : undefined;
  return templated && [TEMPLATE, templated];
}

const TEMPLATE = ['spec', 'template', 'metadata', 'annotations'];

function found(annotations: Annotations | undefined): ReadonlyMap<string, string> | undefined {
  let texts: Map<string, string> | undefined;
  for (const key in annotations) {
    if (!key.startsWith(IMAGE_UPDATER)) continue;
    const value = annotations[key];
    if (typeof value !== 'string') continue;
    texts ??= new Map();
    texts.set(key.slice(IMAGE_UPDATER.length), value);
  }
  return texts;
}

/** Whether an object carries anything that these rules judge. */
export function carriesImageUpdaterAnnotations(manifest: DeepPartial<Manifest>): boolean {
  return annotationsOf(manifest) !== undefined;
}

const alone = defineRule({
  code: 'image-updater-annotations-alone',
  severity: 'warning',
  summary: 'Image Updater 1.x does not read annotations by itself.',
  why: 'Since 1.0.0 nothing is updated unless an ImageUpdater selects the Application, and its annotations are read only with useAnnotations: true (IU-09, S-47; argocd-image-updater docs, migration).',
  fix: 'make an ImageUpdater that selects the Application; waive this for Image Updater 0.x',
  wrong: sample({ 'image-list': 'web=ghcr.io/acme/web:~1.4' }),
  right: sample({}),
  check(manifest, report) {
    const [path, texts] = annotationsOf(manifest) ?? [];
    if (path === undefined || !texts?.has('image-list')) return;
    report([...path, `${IMAGE_UPDATER}image-list`], 'does nothing by itself since Image Updater 1.0');
  },
});

const SHARED = ['update-strategy', 'allow-tags', 'ignore-tags', 'force-update', 'pull-secret'];
const WIDE = ['image-list', 'write-back-method', 'write-back-target', 'git-branch', 'git-repository', ...SHARED];
const TARGETS = ['helm.image-name', 'helm.image-tag', 'helm.image-spec', 'kustomize.image-name'];
const PER_IMAGE = [...SHARED, 'platforms', ...TARGETS];

const unknown = defineRule({
  code: 'image-updater-annotation-unknown',
  severity: 'error',
  summary: 'Image Updater knows no such annotation, or no such alias.',
  why: 'Annotations are looked up by their exact keys, those of an image by an alias of image-list; others are never read (IU-09; argocd-image-updater pkg/argocd/annotations.go).',
  fix: `use ${WIDE.join(', ')}; or <alias>. and one of ${PER_IMAGE.join(', ')}`,
  wrong: sample({ 'web.update-strategie': 'semver' }),
  right: sample({ 'web.update-strategy': 'semver' }),
  check(manifest, report) {
    const [path, texts] = annotationsOf(manifest) ?? [];
    if (path === undefined || texts === undefined) return;
    const aliases = aliasesOf(texts.get('image-list'));
    for (const name of texts.keys()) {
      if (WIDE.includes(name)) continue;
      const at = [...path, IMAGE_UPDATER + name];
      const suffix = PER_IMAGE.find((candidate) => name.endsWith(`.${candidate}`));
      if (suffix === undefined) sayUnknown(name, at, report);
      else if (aliases !== undefined && !aliases.includes(name.slice(0, -suffix.length - 1))) {
        const alias = name.slice(0, -suffix.length - 1);
        report(
          at,
          `image-list has no alias '${alias}'`,
          `use one of ${aliases.join(', ') || 'the aliases that you add'}`,
        );
      }
    }
  },
});

const value = defineRule({
  code: 'image-updater-annotation-value',
  severity: 'error',
  summary: 'An annotation of Image Updater has a value that it cannot read.',
  why: 'An unknown strategy becomes semver, a bad filter shuts out every tag, and a bad method, branch or target stops the update (IU-03, IU-04, IU-05, IU-06, IU-07, IU-09; argocd-image-updater pkg/argocd).',
  fix: 'write a value that Image Updater reads: semver, regexp:^v, git, main, kustomization',
  wrong: sample({ 'web.allow-tags': '^v1' }),
  right: sample({ 'web.allow-tags': 'regexp:^v1' }),
  check(manifest, report) {
    const [path, texts] = annotationsOf(manifest) ?? [];
    for (const [name, text] of texts ?? []) {
      if (manifest.kind === 'ApplicationSet' && text.includes('{{')) continue;
      const problem = valueProblem(name, text.trim(), manifest.metadata?.namespace);
      if (problem === undefined) continue;
      const fix = problem.fix ?? FIXES.find(([suffix]) => name.endsWith(suffix))?.[1];
      report([...path!, IMAGE_UPDATER + name], problem.message, fix);
    }
  },
});

const targets = defineRule({
  code: 'image-updater-annotation-targets',
  severity: 'error',
  summary: 'One image is updated in a chart and in a kustomization.',
  why: 'Both for one alias are an error, and nothing of the Application is updated (IU-09; argocd-image-updater pkg/argocd/annotations.go).',
  fix: 'keep the one that the Application renders with',
  wrong: sample({ 'web.helm.image-spec': 'image', 'web.kustomize.image-name': 'ghcr.io/acme/web' }),
  right: sample({ 'web.helm.image-spec': 'image' }),
  check(manifest, report) {
    const [path, texts] = annotationsOf(manifest) ?? [];
    for (const name of texts?.keys() ?? []) {
      if (!name.endsWith('.kustomize.image-name')) continue;
      const alias = name.slice(0, -'.kustomize.image-name'.length);
      const helm = TARGETS.find((target) => target.startsWith('helm') && texts!.has(`${alias}.${target}`));
      if (helm === undefined) continue;
      const message = `both helm and kustomize manifest targets configured for alias "${alias}"`;
      report([...path!, IMAGE_UPDATER + name], message, `remove it, or ${alias}.${helm}`);
    }
  },
});

/** What to write, by the annotation's last word. */
const FIXES: readonly (readonly [suffix: string, fix: string])[] = [
  ['update-strategy', 'use semver, newest-build, alphabetical or digest'],
  ['allow-tags', "write any, or an expression of Go's: regexp:^v[0-9.]+$"],
  ['ignore-tags', 'write globs with a comma between them: *-rc*,latest'],
  ['write-back-method', 'write git, or git:secret:<name> for a Secret in the namespace of the Application'],
  ['write-back-target', 'write kustomization:<folder>, or helmvalues:<file>'],
  ['git-branch', 'write main, or main:image-updater-{{ .SHA256 }}'],
];

/** For Applications and ApplicationSets. */
export const imageUpdaterAnnotationRules: readonly Rule[] = [alone, unknown, value, targets];

function sayUnknown(name: string, at: FieldPath, report: Report): void {
  const [alias, ...rest] = name.split('.');
  const suffix = rest.join('.');
  const meant = rest.length === 0 ? nearest(name, WIDE) : nearest(suffix, PER_IMAGE);
  const full = meant && (rest.length === 0 ? meant : `${alias}.${meant}`);
  report(at, `Image Updater knows no ${IMAGE_UPDATER}${name}`, full && `did you mean ${IMAGE_UPDATER}${full}?`);
}

/** The aliases of a list; undefined where there is none, or it is still to be filled in. */
function aliasesOf(list: string | undefined): string[] | undefined {
  if (list === undefined || list.includes('{{')) return undefined;
  return list.split(',').flatMap((entry) => (entry.includes('=') ? [entry.split('=')[0]!.trim()] : []));
}

function valueProblem(name: string, text: string, namespace: string | undefined): ValueProblem | undefined {
  const suffix = SHARED.find((candidate) => name === candidate || name.endsWith(`.${candidate}`)) ?? name;
  const says = (message: string | undefined) => (message === undefined ? undefined : { message });
  switch (suffix) {
    case 'update-strategy':
      return strategyProblem(text || undefined);
    case 'allow-tags':
      return allowTagsProblem(text);
    case 'ignore-tags':
      return text
        .split(',')
        .reduce<ValueProblem | undefined>((bad, tag) => bad ?? ignoreTagProblem(tag.trim()), undefined);
    case 'force-update':
      return /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text)
        ? undefined
        : { message: `${JSON.stringify(text)} is neither true nor false`, fix: "write 'true'" };
    case 'write-back-method':
      return methodProblem(text, namespace);
    case 'write-back-target':
      return says(targetProblem(text));
    case 'git-branch':
      return says(branchProblem(text, false));
    case 'image-list':
      return listProblem(text);
    default:
      return undefined;
  }
}

function methodProblem(text: string, namespace: string | undefined): ValueProblem | undefined {
  if (text !== '' && !/^(argocd|git|git:.+)$/.test(text)) {
    return { message: `invalid update mechanism: ${text}`, fix: 'write argocd, git, or git:secret:<name>' };
  }
  const message = credentialsProblem(text, namespace);
  return message === undefined ? undefined : { message };
}

function listProblem(text: string): ValueProblem | undefined {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.every((entry) => entry === '')) return { message: 'is empty: no image is updated', fix: 'list images' };
  const bad = entries.find((entry) => entry.endsWith('=') || /^[<>=~^!]/.test(entry));
  if (bad === undefined) return undefined;
  return {
    message: `${JSON.stringify(bad)} is no image; the list is split at every comma`,
    fix: 'write <alias>=<image>:<constraint>, without a comma',
  };
}

function sample(annotations: Readonly<Record<string, string>>): string {
  const lines = Object.entries(annotations).map(([name, text]) => `    ${IMAGE_UPDATER}${name}: '${text}'\n`);
  return `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: checkout
  namespace: argocd
${lines.length === 0 ? '' : `  annotations:\n${lines.join('')}`}spec:
  project: shop
  source: { repoURL: 'https://github.com/acme/deploy.git', path: prod/checkout, targetRevision: main }
  destination: { server: 'https://kubernetes.default.svc', namespace: shop }
`;
}
