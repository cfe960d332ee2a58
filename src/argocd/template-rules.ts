/**
 * Rules about an ApplicationSet's templates. Two engines read them: Go templates, and the older one that replaces
 * `{{name}}` and leaves everything else as it stands.
 */
import type { FieldPath } from '../kernel/issue';
import { isPlainObject } from '../kernel/json';
import type { DeepPartial } from '../kernel/manifest';
import { defineRule } from '../kernel/rule';
import type { ApplicationSet } from '../schema/generated/argo-cd';
import { generatorEntries } from './generator-walk';
import { goTemplateProblem, tagsIn } from './go-template';
import { sampleApplicationSet, sampleTemplate, templatesOf } from './rule-support';

const OLD = { goTemplate: undefined, goTemplateOptions: undefined };

const goTemplate = defineRule<ApplicationSet>({
  code: 'argocd-appset-go-template',
  severity: 'error',
  summary: 'A Go template cannot be parsed.',
  why: 'Each text is a template of its own and is parsed before it is rendered; the controller fails on a bad one and generates nothing (AS-20, AS-22; argo-cd applicationset/utils/utils.go, Go text/template).',
  fix: 'write \'{{ .name }}\'; with odd keys {{ index .labels "a/b" }}; text for other engines as {{ `{{ x }}` }}',
  wrong: sampleApplicationSet({ template: sampleTemplate("'checkout-{{ cluster }}'") }),
  right: sampleApplicationSet({ template: sampleTemplate("'checkout-{{ .cluster }}'") }),
  check(manifest, report) {
    if (manifest.spec?.goTemplate !== true) return;
    for (const [path, text] of templateTexts(manifest)) {
      const problem = goTemplateProblem(text);
      if (problem !== undefined) report(path, `${short(text)}: ${problem}`, fixFor(problem));
    }
  },
});

const unclosed = defineRule<ApplicationSet>({
  code: 'argocd-appset-tag-unclosed',
  severity: 'error',
  summary: 'A text with tags has one without an end.',
  why: 'The controller reports "Cannot find end tag" and generates nothing (AS-21; argo-cd applicationset/utils/utils.go, Replace).',
  fix: "close the tag: '{{name}}'",
  wrong: sampleApplicationSet({
    ...OLD,
    template: sampleTemplate("'checkout-{{cluster}}'", { metadata: "labels: { cluster: '{{cluster}}-{{cluster' }" }),
  }),
  right: sampleApplicationSet({
    ...OLD,
    template: sampleTemplate("'checkout-{{cluster}}'", { metadata: "labels: { cluster: '{{cluster}}-{{cluster}}' }" }),
  }),
  check(manifest, report) {
    if (manifest.spec?.goTemplate === true) return;
    for (const [path, text] of templateTexts(manifest)) {
      // Without any whole tag the controller does not take the text for a template.
      if (!/\{\{.*\}\}/.test(text)) continue;
      const last = text.lastIndexOf('{{');
      if (last >= 0 && !text.includes('}}', last)) report(path, `${short(text)}: Cannot find end tag="}}"`);
    }
  },
});

const pipe = defineRule<ApplicationSet>({
  code: 'argocd-appset-tag-pipe',
  severity: 'error',
  summary: 'A tag has a pipe, and the set uses no Go templates.',
  why: 'Without goTemplate a tag is a name and nothing more; one with a pipe is no name, and stays in the Application as it is written (S-40; argo-cd applicationset/utils/utils.go, Replace).',
  fix: 'set goTemplate: true and write {{ dig "replicas" "2" . }} for a default',
  wrong: sampleApplicationSet({ ...OLD, template: sampleTemplate("'checkout-{{cluster | lower}}'") }),
  right: sampleApplicationSet({ ...OLD, template: sampleTemplate("'checkout-{{cluster}}'") }),
  check(manifest, report) {
    if (manifest.spec?.goTemplate === true) return;
    for (const [path, text] of templateTexts(manifest)) {
      const tag = tagsIn(text).find((inner) => /^[A-Za-z_][\w.[\]/-]*\s*\|/.test(inner));
      if (tag !== undefined) report(path, `{{${tag}}} stays as it is: there are no pipes without goTemplate`);
    }
  },
});

const goSyntax = defineRule<ApplicationSet>({
  code: 'argocd-appset-go-syntax-without-go-template',
  severity: 'warning',
  summary: 'A tag is written for Go templates, and the set does not use them.',
  why: 'Without goTemplate a tag is a parameter name without a dot; any other tag stays in the Application as it is written (S-40, S-81; argo-cd applicationset/utils/utils.go, Replace). Fine for text that another engine reads.',
  fix: 'set goTemplate: true, or write {{name}} without the dot',
  wrong: sampleApplicationSet({
    ...OLD,
    template: sampleTemplate("'checkout-{{cluster}}'", { metadata: "labels: { cluster: '{{ .cluster }}' }" }),
  }),
  right: sampleApplicationSet({
    ...OLD,
    template: sampleTemplate("'checkout-{{cluster}}'", { metadata: "labels: { cluster: '{{cluster}}' }" }),
  }),
  check(manifest, report) {
    if (manifest.spec?.goTemplate === true) return;
    for (const [path, text] of templateTexts(manifest)) {
      // Values and annotations are where text for other engines is at home.
      if (path.includes('values') || path.includes('valuesObject') || path.includes('annotations')) continue;
      const tag = tagsIn(text).find((inner) => /^-?\s*([.$]|(if|range|with|else|end|index)\b)/.test(inner));
      if (tag !== undefined) report(path, `{{${tag}}} stays as it is: the set does not use Go templates`);
    }
  },
});

const optionUnknown = defineRule<ApplicationSet>({
  code: 'argocd-appset-go-template-option',
  severity: 'error',
  summary: 'goTemplateOptions holds an option that Go does not know.',
  why: 'Go panics on any option but missingkey=default, invalid, zero or error (AS-23; Go text/template, Template.Option).',
  fix: 'write missingkey=error',
  wrong: sampleApplicationSet({ goTemplateOptions: '[missingkey=error, missingkeys=error]' }),
  right: sampleApplicationSet({ goTemplateOptions: '[missingkey=error]' }),
  check(manifest, report) {
    for (const [index, option] of (manifest.spec?.goTemplateOptions ?? []).entries()) {
      if (option === undefined || /^missingkey=(default|invalid|zero|error)$/.test(option)) continue;
      report(['spec', 'goTemplateOptions', index], `unrecognized option: ${option}`);
    }
  },
});

const optionIgnored = defineRule<ApplicationSet>({
  code: 'argocd-appset-go-template-options-ignored',
  severity: 'warning',
  summary: 'goTemplateOptions is given without goTemplate.',
  why: 'The options belong to Go templates; the other engine ignores them (AS-23; argo-cd applicationset/utils/utils.go).',
  fix: 'set goTemplate: true, or remove the options',
  wrong: sampleApplicationSet({ goTemplate: undefined, template: sampleTemplate("'checkout-{{cluster}}'") }),
  right: sampleApplicationSet({}),
  check({ spec }, report) {
    if (spec?.goTemplate === true || (spec?.goTemplateOptions ?? []).length === 0) return;
    report(['spec', 'goTemplateOptions'], 'is ignored: goTemplate is not true');
  },
});

const missingKey = defineRule<ApplicationSet>({
  code: 'argocd-appset-missing-key',
  severity: 'warning',
  summary: 'A wrong parameter name goes unnoticed.',
  why: 'Without missingkey=error Go renders what is missing as <no value> or as nothing (AS-23; argo-cd docs GoTemplate.md).',
  fix: 'set goTemplateOptions: [\'missingkey=error\']; for optional parameters use {{ dig "key" "default" . }}',
  wrong: sampleApplicationSet({ goTemplateOptions: undefined }),
  right: sampleApplicationSet({}),
  check({ spec }, report) {
    if (spec?.goTemplate !== true || spec.goTemplateOptions?.some((option) => option?.startsWith('missingkey'))) return;
    report(['spec', 'goTemplateOptions'], "lacks missingkey=error: a wrong name renders as '<no value>'");
  },
});

const projectTemplated = defineRule<ApplicationSet>({
  code: 'argocd-appset-project-templated',
  severity: 'warning',
  summary: 'The project comes from a parameter.',
  why: "Whoever writes the parameter chooses the project; Argo CD's API server refuses it, and a Git generator then skips the check of source integrity (AS-10, AS-28, S-87; argo-cd server/applicationset/applicationset.go validateAppSet, applicationset/generators/git.go).",
  fix: 'write the name of the project; use an ApplicationSet for each project',
  wrong: sampleApplicationSet({
    template: `
    metadata: { name: 'checkout-{{ .cluster }}' }
    spec:
      project: '{{ .cluster }}'
      source: { repoURL: https://github.com/acme/deploy.git, path: checkout, targetRevision: main }
      destination: { server: https://kubernetes.default.svc, namespace: shop }`,
  }),
  right: sampleApplicationSet({}),
  check(manifest, report) {
    for (const { path, template } of templatesOf(manifest)) {
      const project = template.spec?.project;
      if (project?.includes('{{')) report([...path, 'spec', 'project'], `${short(project)} is chosen by a parameter`);
    }
  },
});

const namespaceIgnored = defineRule<ApplicationSet>({
  code: 'argocd-appset-template-namespace',
  severity: 'warning',
  summary: 'A template says in which namespace its Applications are.',
  why: "Applications are always in the ApplicationSet's namespace (AS-19; argo-cd applicationset/controllers/template/template.go).",
  fix: "remove template.metadata.namespace; it is destination.namespace where the Application's objects go",
  wrong: sampleApplicationSet({
    template: sampleTemplate("'checkout-{{ .cluster }}'", { metadata: 'namespace: shop' }),
  }),
  right: sampleApplicationSet({}),
  check(manifest, report) {
    for (const { path, template } of templatesOf(manifest)) {
      const namespace = template.metadata?.namespace;
      if (!namespace || namespace === manifest.metadata?.namespace) continue;
      report(
        [...path, 'metadata', 'namespace'],
        `${JSON.stringify(namespace)} is ignored: Applications are where their ApplicationSet is`,
      );
    }
  },
});

const patchEngine = defineRule<ApplicationSet>({
  code: 'argocd-appset-template-patch-engine',
  severity: 'warning',
  summary: 'templatePatch is used without Go templates.',
  why: 'Upstream documents it for Go templates alone; what it is for, conditions and loops, the other engine does not have (AS-20; argo-cd docs Template.md).',
  fix: 'set goTemplate: true',
  wrong: sampleApplicationSet({
    ...OLD,
    template: sampleTemplate("'checkout-{{cluster}}'"),
    templatePatch: '\'metadata: { labels: { cluster: "{{cluster}}" } }\'',
  }),
  right: sampleApplicationSet({ templatePatch: '\'metadata: { labels: { cluster: "{{ .cluster }}" } }\'' }),
  check({ spec }, report) {
    if (!spec?.templatePatch || spec.goTemplate === true) return;
    report(['spec', 'templatePatch'], 'is written for Go templates, and goTemplate is not true');
  },
});

const patchProject = defineRule<ApplicationSet>({
  code: 'argocd-appset-template-patch-project',
  severity: 'error',
  summary: 'templatePatch changes the project.',
  why: 'The controller discards what a patch says of spec.project (AS-20; argo-cd applicationset/controllers/template/patch.go).',
  fix: 'set the project in the template',
  wrong: sampleApplicationSet({ templatePatch: "|\n    spec:\n      project: '{{ .cluster }}'" }),
  right: sampleApplicationSet({ templatePatch: '|\n    spec:\n      revisionHistoryLimit: 3' }),
  check({ spec }, report) {
    if (spec?.templatePatch === undefined || !patchesProject(spec.templatePatch)) return;
    report(['spec', 'templatePatch'], 'spec.project of a patch is discarded');
  },
});

const overrideZero = defineRule<ApplicationSet>({
  code: 'argocd-appset-override-without-effect',
  severity: 'warning',
  summary: "A generator's template sets something to false, 0 or nothing.",
  why: "A generator's template is merged over the set's own by its non-zero values; false, 0 and '' change nothing (AS-29; argo-cd applicationset/generators/generator_spec_processor.go, mergeGeneratorTemplate).",
  fix: "leave it out of the set's template and set it where it is true, or use templatePatch",
  wrong: overriding('false'),
  right: overriding('true'),
  check(manifest, report) {
    const base = manifest.spec?.template;
    for (const { path, template } of templatesOf(manifest)) {
      if (template === base) continue;
      for (const at of zeroOverrides(template, base)) {
        report([...path, ...at], "changes nothing: the set's own template has another value, and this one is zero");
      }
    }
  },
});

export const templateRules = [
  goTemplate,
  unclosed,
  pipe,
  goSyntax,
  optionUnknown,
  optionIgnored,
  missingKey,
  projectTemplated,
  namespaceIgnored,
  patchEngine,
  patchProject,
  overrideZero,
] as const;

/** Every text with a tag that the controller renders for each parameter set, and a generator's own `values`. */
function templateTexts(manifest: DeepPartial<ApplicationSet>): (readonly [FieldPath, string])[] {
  const found: (readonly [FieldPath, string])[] = [];
  for (const { path, template } of templatesOf(manifest)) collectTexts(template, path, found);
  const patch = manifest.spec?.templatePatch;
  if (patch?.includes('{{')) found.push([['spec', 'templatePatch'], patch]);
  for (const { entry, kinds, path } of generatorEntries(manifest)) {
    for (const kind of kinds) {
      const body = entry[kind];
      if (isPlainObject(body)) collectTexts(body['values'], [...path, kind, 'values'], found);
    }
  }
  return found;
}

function collectTexts(value: unknown, path: FieldPath, found: (readonly [FieldPath, string])[]): void {
  if (typeof value === 'string') {
    if (value.includes('{{')) found.push([path, value]);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collectTexts(item, [...path, index], found);
  } else if (isPlainObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key.includes('{{')) found.push([[...path, key], key]);
      collectTexts(inner, [...path, key], found);
    }
  }
}

function fixFor(problem: string): string | undefined {
  const name = /^function "([^"]+)" not defined$/.exec(problem)?.[1];
  if (name !== undefined) return `for a parameter write {{ .${name} }}; functions are those of sprig`;
  if (problem.startsWith('bad character U+005B')) return 'write {{ index .path.segments 0 }}';
  if (problem.startsWith('bad character'))
    return 'write {{ index .values "odd-key" }} for keys with dashes, slashes or dots';
  return undefined;
}

function short(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

/** Whether block YAML has `project` right below a top-level `spec`. */
function patchesProject(patch: string): boolean {
  let indent: number | undefined;
  let inSpec = false;
  for (const line of patch.split('\n')) {
    if (/^\s*(\{\{.*\}\}|#.*)?\s*$/.test(line)) continue;
    const depth = line.search(/\S/);
    if (depth === 0) {
      inSpec = /^["']?spec["']?\s*:\s*$/.test(line);
      indent = undefined;
      continue;
    }
    if (!inSpec) continue;
    indent ??= depth;
    if (depth === indent && /^\s*["']?project["']?\s*:/.test(line)) return true;
  }
  return false;
}

/** Paths at which `over` says zero and `base` something else. The two texts that upstream requires do not count. */
function zeroOverrides(over: unknown, base: unknown, path: FieldPath = []): FieldPath[] {
  if (isPlainObject(over) && isPlainObject(base)) {
    return Object.entries(over).flatMap(([key, value]) => zeroOverrides(value, base[key], [...path, key]));
  }
  const zero = over === false || over === 0;
  return zero && base !== undefined && base !== over ? [path] : [];
}

function overriding(prune: string): string {
  return sampleApplicationSet({
    generators: `
    - list:
        elements: [{ cluster: dev }]
        template:
          metadata: {}
          spec: { project: '', destination: {}, syncPolicy: { automated: { prune: ${prune}, selfHeal: true } } }`,
    template: sampleTemplate("'checkout-{{ .cluster }}'", { spec: 'syncPolicy: { automated: { prune: true } }' }),
  });
}
