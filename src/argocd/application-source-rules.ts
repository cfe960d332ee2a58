/** Rules about where an Application's manifests come from. Upstream's words are quoted where it has any. */
import { tryParseImage } from '../kernel/image';
import type { FieldPath } from '../kernel/issue';
import { type AppSource, applicationRule, effectiveSources, isOpen, repeated, sampleApplication } from './rule-support';

const DEPLOY = 'repoURL: https://github.com/acme/deploy.git, path: prod/checkout, targetRevision: main';
const CHART = 'repoURL: https://charts.acme.io, chart: checkout, targetRevision: 1.4.2';
const VALUES = 'repoURL: https://github.com/acme/values.git, targetRevision: main';

const sourceIgnored = applicationRule({
  code: 'argocd-app-source-ignored',
  severity: 'error',
  summary: 'An Application has several kinds of source, and Argo CD reads one of them.',
  why: 'sourceHydrator wins over sources, and sources over source; what loses is ignored without a word (AC-02; argo-cd pkg/apis/application/v1alpha1/types.go, GetSource and GetSources).',
  fix: 'keep one of source, sources and sourceHydrator; put every source into sources',
  wrong: sampleApplication({ sources: `[{ ${CHART} }]` }),
  right: sampleApplication({ source: undefined, sources: `[{ ${CHART} }, { ${DEPLOY} }]` }),
  check({ spec }, report) {
    for (const [source, path, winner] of ignoredSources(spec)) {
      if (isRead(source, spec)) continue;
      report(path, `${source.repoURL ?? 'this source'} is ignored: Argo CD reads ${winner} alone`);
    }
  },
});

const sourceRepeated = applicationRule({
  code: 'argocd-app-source-repeated',
  severity: 'warning',
  summary: 'An Application repeats under source what sources or sourceHydrator already read.',
  why: 'Argo CD ignores the repetition (AC-02; argo-cd pkg/apis/application/v1alpha1/types.go, GetSource). Some older tools read nothing but source.',
  fix: 'remove the source that Argo CD ignores',
  wrong: sampleApplication({ sources: `[{ ${DEPLOY} }]` }),
  right: sampleApplication({ source: undefined, sources: `[{ ${DEPLOY} }]` }),
  check({ spec }, report) {
    for (const [source, path, winner] of ignoredSources(spec)) {
      if (isRead(source, spec))
        report(path, `is ignored: Argo CD reads ${winner} alone, which has the same repository`);
    }
  },
});

const sourceMissing = applicationRule({
  code: 'argocd-app-source-missing',
  severity: 'error',
  summary: 'An Application has no source.',
  why: 'The controller reports "spec.source.repoURL and either spec.source.path or spec.source.chart are required" (AC-03; argo-cd util/argo/argo.go, ValidatePermissions).',
  fix: 'set source: { repoURL, path, targetRevision }',
  wrong: sampleApplication({ source: undefined }),
  right: sampleApplication({}),
  check({ spec, partial }, report) {
    if (partial || spec.sourceHydrator !== undefined || effectiveSources(spec).length > 0) return;
    report(['spec', 'source'], 'spec.source.repoURL and either spec.source.path or spec.source.chart are required');
  },
});

const pathMissing = applicationRule({
  code: 'argocd-app-source-path-missing',
  severity: 'error',
  summary: 'A source names a repository, but nothing in it.',
  why: 'The controller refuses a source without path or chart; in sources a ref will do (AC-03, AC-04; argo-cd util/argo/argo.go, validateSourcePermissions).',
  fix: "set path ('.' for the root of the repository), or chart for a Helm repository",
  wrong: sampleApplication({ source: '{ repoURL: https://github.com/acme/deploy.git, targetRevision: main }' }),
  right: sampleApplication({}),
  check({ spec, partial }, report) {
    if (partial) return;
    for (const [source, path] of effectiveSources(spec)) {
      const several = path[1] === 'sources';
      if (source.repoURL === undefined || source.path || source.chart || path[1] === 'sourceHydrator') continue;
      if (several && source.ref) continue;
      const words = several ? 'one of path, chart or ref is' : 'either spec.source.path or spec.source.chart are';
      report(path, `spec.${path[1]}.repoURL and ${words} required`);
    }
  },
});

const chartRevisionMissing = applicationRule({
  code: 'argocd-app-chart-revision-missing',
  severity: 'error',
  summary: 'A chart has no version.',
  why: 'The controller reports "spec.source.targetRevision is required if the manifest source is a helm chart" (AC-05; argo-cd util/argo/argo.go, validateSourcePermissions).',
  fix: "set targetRevision to the chart's version, or to a range such as 1.4.*",
  wrong: sampleApplication({ source: '{ repoURL: https://charts.acme.io, chart: checkout }' }),
  right: sampleApplication({ source: `{ ${CHART} }` }),
  check({ spec, partial }, report) {
    if (partial) return;
    for (const [source, path] of effectiveSources(spec)) {
      if (source.chart && !source.targetRevision) {
        report([...path, 'targetRevision'], `is required: chart ${source.chart} needs a version`);
      }
    }
  },
});

const sourceTypes = applicationRule({
  code: 'argocd-app-source-types',
  severity: 'error',
  summary: 'A source is to be rendered by two tools.',
  why: 'The repository server reports "multiple application sources defined" (AC-06; argo-cd pkg/apis/application/v1alpha1/types.go, ExplicitType).',
  fix: 'keep one of helm, kustomize, directory and plugin; use sources for several',
  wrong: sampleApplication({ source: `{ ${DEPLOY}, kustomize: { namePrefix: prod- }, directory: { recurse: true } }` }),
  right: sampleApplication({ source: `{ ${DEPLOY}, kustomize: { namePrefix: prod- } }` }),
  check({ spec }, report) {
    for (const [source, path] of effectiveSources(spec)) {
      const types = TOOLS.filter((tool) => Object.keys(source[tool] ?? {}).length > 0);
      if (types.length < 2) continue;
      const names = types.map((tool) => tool[0]!.toUpperCase() + tool.slice(1)).join(',');
      report(path, `multiple application sources defined: ${names}`);
    }
  },
});

const TOOLS = ['kustomize', 'helm', 'directory', 'plugin'] as const;

const refName = applicationRule({
  code: 'argocd-app-source-ref-name',
  severity: 'error',
  summary: "A source's ref is no word, or is used twice.",
  why: 'Argo CD allows letters, digits, _ and - and refuses a second source of the same ref (AC-07; argo-cd util/argo/argo.go, GetRefSources).',
  fix: 'name each ref once, with letters, digits, _ and -: values',
  wrong: sampleApplication({ source: undefined, sources: `[{ ${CHART} }, { ${VALUES}, ref: my values! }]` }),
  right: sampleApplication({ source: undefined, sources: `[{ ${CHART} }, { ${VALUES}, ref: my-values }]` }),
  check({ spec, template }, report) {
    const sources = spec.sourceHydrator === undefined ? (spec.sources ?? []) : [];
    for (const [index, source] of sources.entries()) {
      const ref = source?.ref;
      if (ref === undefined || ref === '' || isOpen(ref, { template }) || /^[a-zA-Z0-9_-]+$/.test(ref)) continue;
      report(
        ['spec', 'sources', index, 'ref'],
        `sources.ref ${ref} cannot contain any special characters except '_' and '-'`,
      );
    }
    for (const [index, ref] of repeated(sources.map((source) => source?.ref || undefined))) {
      report(['spec', 'sources', index, 'ref'], `invalid sources: multiple sources had the same \`ref\` key: ${ref}`);
    }
  },
});

const valueFileRef = applicationRule({
  code: 'argocd-app-value-file-ref',
  severity: 'error',
  summary: 'A value file points into a source that is not there.',
  why: '$name/ stands for the entry of sources with ref: name, which must be a Git repository and no chart; a single source has no refs (AC-08; argo-cd reposerver/repository/repository.go, resolveReferencedSources).',
  fix: 'add an entry to sources with that ref and the repository of the value files',
  wrong: sampleApplication({
    source: undefined,
    sources: `[{ ${CHART}, helm: { valueFiles: [$value/prod.yaml] } }, { ${VALUES}, ref: values }]`,
  }),
  right: sampleApplication({
    source: undefined,
    sources: `[{ ${CHART}, helm: { valueFiles: [$values/prod.yaml] } }, { ${VALUES}, ref: values }]`,
  }),
  check({ spec, partial, template }, report) {
    const refs = new Map((spec.sources ?? []).map((source) => [source?.ref, source]));
    for (const [source, path] of effectiveSources(spec)) {
      for (const [file, at] of helmFiles(source)) {
        const ref = /^\$([^/]*)\//.exec(file)?.[1];
        if (ref === undefined || isOpen(ref, { template })) continue;
        const target = path[1] === 'sources' ? refs.get(ref) : undefined;
        if (path[1] !== 'sources') {
          report([...path, ...at], `${file} needs a source with ref: ${ref}, and only sources can have one`);
        } else if (target === undefined && !partial) {
          report(
            [...path, ...at],
            `source referenced "$${ref}", but no source has a 'ref' field defined for that value`,
          );
        } else if (target?.chart) {
          report(
            [...path, ...at],
            `source referenced "$${ref}" has a 'chart' field defined: files of a chart cannot be referenced`,
          );
        }
      }
    }
  },
});

const refRevisions = applicationRule({
  code: 'argocd-app-ref-revisions',
  severity: 'error',
  summary: 'Two refs read one repository at two revisions.',
  why: 'Argo CD checks a referenced repository out once, so it refuses refs of one repository that resolve to different commits (AC-08; argo-cd reposerver/repository/repository.go, runManifestGenAsync).',
  fix: 'give the refs of one repository the same targetRevision, or use one ref',
  wrong: sampleApplication({
    source: undefined,
    sources: `[{ ${CHART} }, { ${VALUES}, ref: a }, { repoURL: https://github.com/acme/values.git, targetRevision: v2, ref: b }]`,
  }),
  right: sampleApplication({
    source: undefined,
    sources: `[{ ${CHART} }, { ${VALUES}, ref: a }, { ${VALUES}, ref: b }]`,
  }),
  check({ spec, template }, report) {
    const first = new Map<string, string>();
    for (const [index, source] of (spec.sourceHydrator === undefined ? (spec.sources ?? []) : []).entries()) {
      const { ref, repoURL, targetRevision = 'HEAD' } = source ?? {};
      if (!ref || repoURL === undefined || isOpen(targetRevision, { template }) || isOpen(repoURL, { template }))
        continue;
      const other = first.get(repoURL);
      if (other === undefined) first.set(repoURL, targetRevision);
      else if (other !== targetRevision) {
        report(
          ['spec', 'sources', index, 'targetRevision'],
          `is ${targetRevision}, yet another ref reads ${repoURL} at ${other}`,
        );
      }
    }
  },
});

const sourceNameDuplicate = applicationRule({
  code: 'argocd-app-source-name-duplicate',
  severity: 'error',
  summary: 'Two sources have one name.',
  why: 'The API server requires the names of sources to be unique; commands address sources by name (AC-09; argo-cd server/application/application.go, validateAndNormalizeApp).',
  fix: 'give each source its own name, or none',
  wrong: sampleApplication({ source: undefined, sources: `[{ ${CHART}, name: app }, { ${DEPLOY}, name: app }]` }),
  right: sampleApplication({ source: undefined, sources: `[{ ${CHART}, name: app }, { ${DEPLOY}, name: extras }]` }),
  check({ spec }, report) {
    for (const [index, name] of repeated((spec.sources ?? []).map((source) => source?.name || undefined))) {
      report(['spec', 'sources', index, 'name'], `sources names must be unique: ${name} was there before`);
    }
  },
});

const helmVersion = applicationRule({
  code: 'argocd-app-helm-version',
  severity: 'error',
  summary: 'A source asks for a Helm that Argo CD does not have.',
  why: 'Only v3 and, from Argo CD 3.5, v4 are accepted; 3.5 renders with Helm 4 whichever is given (AC-12; argo-cd util/helm/cmd.go).',
  fix: 'remove helm.version',
  wrong: sampleApplication({ source: `{ ${CHART}, helm: { version: v2 } }` }),
  right: sampleApplication({ source: `{ ${CHART}, helm: { releaseName: checkout } }` }),
  check({ spec, template }, report) {
    for (const [{ helm }, path] of effectiveSources(spec)) {
      const version = helm?.version;
      if (version === undefined || isOpen(version, { template }) || ['', 'v3', 'v4'].includes(version)) continue;
      report([...path, 'helm', 'version'], `helm version '${version}' is not supported`);
    }
  },
});

const helmValuesTwice = applicationRule({
  code: 'argocd-app-helm-values-twice',
  severity: 'error',
  summary: 'A source gives Helm values twice, as text and as data.',
  why: 'valuesObject wins and values is ignored (AC-13; argo-cd pkg/apis/application/v1alpha1/values.go).',
  fix: 'move the values into valuesObject',
  wrong: sampleApplication({ source: `{ ${CHART}, helm: { values: "replicas: 2", valuesObject: { debug: true } } }` }),
  right: sampleApplication({ source: `{ ${CHART}, helm: { valuesObject: { replicas: 2, debug: true } } }` }),
  check({ spec }, report) {
    for (const [{ helm }, path] of effectiveSources(spec)) {
      if (helm?.values && helm.valuesObject !== undefined) {
        report([...path, 'helm', 'values'], 'is ignored: valuesObject is given too, and wins');
      }
    }
  },
});

const kustomizeImage = applicationRule({
  code: 'argocd-app-kustomize-image',
  severity: 'error',
  summary: 'An image override is none that kustomize can read.',
  why: 'Argo CD hands it to `kustomize edit set image`, which wants [old=]name[:tag][@digest], and for an image that keeps its name a tag or digest (AC-14; kustomize edit set image).',
  fix: 'write name:tag, name@sha256:… or old=new:tag',
  wrong: sampleApplication({ source: `{ ${DEPLOY}, kustomize: { images: [ghcr.io/acme/checkout] } }` }),
  right: sampleApplication({ source: `{ ${DEPLOY}, kustomize: { images: ["ghcr.io/acme/checkout:v1.4.2"] } }` }),
  check({ spec, template }, report) {
    for (const [{ kustomize }, path] of effectiveSources(spec)) {
      for (const [index, image] of (kustomize?.images ?? []).entries()) {
        const problem = image === undefined || isOpen(image, { template }) ? undefined : imageProblem(image);
        if (problem !== undefined) report([...path, 'kustomize', 'images', index], problem);
      }
    }
  },
});

const kustomizeReplicas = applicationRule({
  code: 'argocd-app-kustomize-replicas',
  severity: 'error',
  summary: 'A replica count is no number.',
  why: 'The count may be text, but must read as a whole number (AC-14; argo-cd pkg/apis/application/v1alpha1/types.go, GetIntCount).',
  fix: 'write a whole number: count: 3',
  wrong: sampleApplication({ source: `{ ${DEPLOY}, kustomize: { replicas: [{ name: checkout, count: many }] } }` }),
  right: sampleApplication({ source: `{ ${DEPLOY}, kustomize: { replicas: [{ name: checkout, count: 3 }] } }` }),
  check({ spec, template }, report) {
    for (const [{ kustomize }, path] of effectiveSources(spec)) {
      for (const [index, entry] of (kustomize?.replicas ?? []).entries()) {
        const count = entry?.count;
        if (typeof count !== 'string' || isOpen(count, { template }) || /^[+-]?\d+$/.test(count)) continue;
        report(
          [...path, 'kustomize', 'replicas', index, 'count'],
          `expected integer value for count, received: ${JSON.stringify(count)}`,
        );
      }
    }
  },
});

const pluginParameter = applicationRule({
  code: 'argocd-app-plugin-parameter',
  severity: 'error',
  summary: 'A plugin parameter has two values, or hides another one.',
  why: 'A parameter holds one of string, map and array. Plugins get it as an environment variable: upper case, _ for whatever is no letter or digit, so two names can become one (AC-15; argo-cd pkg/apis/application/v1alpha1/types.go).',
  fix: 'give each parameter one value, and names that differ in letters and digits',
  wrong: sampleApplication({
    source: `{ ${DEPLOY}, plugin: { parameters: [{ name: log-level, string: info }, { name: log.level, string: warn }] } }`,
  }),
  right: sampleApplication({ source: `{ ${DEPLOY}, plugin: { parameters: [{ name: log-level, string: info }] } }` }),
  check({ spec, template }, report) {
    for (const [{ plugin }, path] of effectiveSources(spec)) {
      const parameters = plugin?.parameters ?? [];
      const at = (index: number): FieldPath => [...path, 'plugin', 'parameters', index];
      for (const [index, entry] of parameters.entries()) {
        const kinds = (['string', 'map', 'array'] as const).filter((kind) => entry?.[kind] !== undefined);
        if (kinds.length > 1) report(at(index), `has ${kinds.join(' and ')}; a parameter has one of them`);
      }
      const variables = parameters.map(({ name } = {}) =>
        name === undefined || isOpen(name, { template }) ? undefined : name.toUpperCase().replace(/[^A-Z0-9_]/g, '_'),
      );
      for (const [index, variable] of repeated(variables)) {
        report([...at(index), 'name'], `becomes PARAM_${variable}, as another parameter does`);
      }
    }
  },
});

const tagPrefix = applicationRule({
  code: 'argocd-app-tag-prefix-unused',
  severity: 'warning',
  summary: 'A tagPrefix has no version range to go with.',
  why: 'tagPrefix picks the tags among which a version range chooses; with any other revision it does nothing (AC-16; argo-cd pkg/apis/application/v1alpha1/types.go).',
  fix: "set targetRevision to a range such as '1.*', or remove tagPrefix",
  wrong: sampleApplication({
    source: '{ repoURL: https://github.com/acme/deploy.git, path: ., targetRevision: main, tagPrefix: checkout/ }',
  }),
  right: sampleApplication({
    source: "{ repoURL: https://github.com/acme/deploy.git, path: ., targetRevision: '1.*', tagPrefix: checkout/ }",
  }),
  check({ spec, template }, report) {
    for (const [{ tagPrefix: prefix, targetRevision = 'HEAD' }, path] of effectiveSources(spec)) {
      if (!prefix || isOpen(targetRevision, { template })) continue;
      if (/[\^~*<>=|]| - |\b[xX]\b|^v?\d+(\.\d+)?$/.test(targetRevision)) continue;
      report([...path, 'tagPrefix'], `does nothing: targetRevision ${targetRevision} is no version range`);
    }
  },
});

const hydratorRootPath = applicationRule({
  code: 'argocd-app-hydrator-root-path',
  severity: 'error',
  summary: 'Hydrated manifests would go to the root of the branch.',
  why: 'The hydrator replaces what its directory holds, so it refuses the root (AC-21; argo-cd controller/hydrator/hydrator.go, IsRootPath).',
  fix: 'name a directory: syncSource: { path: checkout }',
  wrong: sampleHydrator('./'),
  right: sampleHydrator('checkout'),
  check({ spec, template }, report) {
    const path = spec.sourceHydrator?.syncSource?.path;
    if (path === undefined || isOpen(path, { template }) || !isRootPath(path)) return;
    report(['spec', 'sourceHydrator', 'syncSource', 'path'], `${JSON.stringify(path)} is the root of the branch`);
  },
});

export const applicationSourceRules = [
  sourceIgnored,
  sourceRepeated,
  sourceMissing,
  pathMissing,
  chartRevisionMissing,
  sourceTypes,
  refName,
  valueFileRef,
  refRevisions,
  sourceNameDuplicate,
  helmVersion,
  helmValuesTwice,
  kustomizeImage,
  kustomizeReplicas,
  pluginParameter,
  tagPrefix,
  hydratorRootPath,
] as const;

function sampleHydrator(path: string): string {
  return sampleApplication({
    source: undefined,
    sourceHydrator: `
    drySource: { repoURL: https://github.com/acme/deploy.git, path: checkout, targetRevision: main }
    syncSource: { targetBranch: env/prod, path: ${path} }`,
  });
}

type Spec = Parameters<typeof effectiveSources>[0];

/** Sources that lose, with their path and the name of what wins. */
function ignoredSources(spec: Spec): [AppSource, FieldPath, string][] {
  const { source, sources = [], sourceHydrator } = spec;
  const ignored: [AppSource, FieldPath, string][] = [];
  const winner = sourceHydrator !== undefined ? 'sourceHydrator' : 'sources';
  if (source !== undefined && (sourceHydrator !== undefined || sources.length > 0)) {
    ignored.push([source, ['spec', 'source'], winner]);
  }
  if (sourceHydrator !== undefined) {
    for (const [index, entry] of sources.entries()) ignored.push([entry ?? {}, ['spec', 'sources', index], winner]);
  }
  return ignored;
}

function isRead(ignored: AppSource, spec: Spec): boolean {
  return effectiveSources(spec).some(
    ([{ repoURL, path, chart }]) =>
      repoURL === ignored.repoURL && (path === ignored.path || (!path && chart === ignored.chart)),
  );
}

function helmFiles({ helm }: AppSource): [string, FieldPath][] {
  const files: [string, FieldPath][] = [];
  for (const [index, file] of (helm?.valueFiles ?? []).entries()) {
    if (file !== undefined) files.push([file, ['helm', 'valueFiles', index]]);
  }
  for (const [index, parameter] of (helm?.fileParameters ?? []).entries()) {
    if (parameter?.path !== undefined) files.push([parameter.path, ['helm', 'fileParameters', index, 'path']]);
  }
  return files;
}

/** kustomize splits at `=`; `*` keeps what the manifest has. */
function imageProblem(text: string): string | undefined {
  const parts = text.split('=');
  const [old, image] = parts.length === 2 ? parts : [undefined, text];
  if (parts.length > 2) return `${JSON.stringify(text)} has more than one =`;
  if (old !== undefined && tryParseImage(old) === undefined) return `${JSON.stringify(old)} is no image name`;
  const parsed = tryParseImage(image!.replace(/^\*(?=[:@]|$)/, 'kept').replace(/:\*$/, ':kept'));
  if (parsed === undefined) return `${JSON.stringify(image)} is no image reference`;
  if (old === undefined && parsed.tag === undefined && parsed.digest === undefined) {
    return `${JSON.stringify(image)} changes nothing: it has neither tag nor digest, and kustomize refuses it`;
  }
  if (old === undefined && parsed.tag !== undefined && parsed.digest !== undefined) {
    return `${JSON.stringify(image)} has tag and digest: kustomize takes the tag for a part of the name`;
  }
  return undefined;
}

function isRootPath(path: string): boolean {
  return path.split('/').every((part) => part === '' || part === '.');
}
