/** Rules about the parameters that an ApplicationSet's texts refer to. */
import type { FieldPath } from '../../kernel/issue';
import { isPlainObject } from '../../kernel/json';
import type { DeepPartial } from '../../kernel/manifest';
import { defineRule, type Report } from '../../kernel/rule';
import { nearest } from '../../kernel/suggest';
import type { ApplicationSet } from '../../schema/generated/argo-cd';
import { generatorEntries } from '../generator-walk';
import { sampleApplicationSet, sampleTemplate, templatesOf } from '../rule-support';
import { pathExpression } from './go-text';
import { goReferences, type Reference, tagReferences } from './references';
import { eitherOf, type Shape } from './shape';
import { matrixSeconds, missingAt, namesAt, selectsLabel, shapeOfEntry, tagName, tagsOfEntry, union } from './yields';

type Manifest = DeepPartial<ApplicationSet>;

const unknown = defineRule<ApplicationSet>({
  code: 'argocd-appset-parameter-unknown',
  severity: 'error',
  summary: 'A tag names a parameter that no generator yields.',
  why: 'With missingkey=error the controller fails and generates nothing, without it the text says <no value>; the older engine leaves the tag as it is written (S-10, AS-04; argo-cd applicationset/utils/utils.go, Replace). What files and services answer is not judged.',
  fix: 'write a parameter that every generator of the set yields',
  wrong: sampleApplicationSet({ template: sampleTemplate("'checkout-{{ .clster }}'") }),
  right: sampleApplicationSet({ template: sampleTemplate("'checkout-{{ .cluster }}'") }),
  check(manifest, report) {
    const generators = manifest.spec?.generators ?? [];
    if (generators.length === 0) return;
    if (manifest.spec?.goTemplate === true) {
      const strict = isStrict(manifest);
      for (const { path, text, entries } of textsOf(manifest)) {
        reportGo(text, eitherOf(entries.map(shapeOfEntry)), strict, path, report);
      }
      for (const { second, first, path } of matrixSeconds(generatorEntries(manifest))) {
        for (const [at, text] of ownTexts(second)) {
          reportGo(text, shapeOfEntry(first), strict, [...path, ...at], report);
        }
      }
      return;
    }
    for (const { path, text, entries } of textsOf(manifest)) {
      // Values and annotations are where text for other engines is at home.
      if (!path.some((step) => FOREIGN.has(step))) reportTags(text, union(entries.map(tagsOfEntry)), path, report);
    }
  },
});

const FOREIGN: ReadonlySet<string | number> = new Set(['values', 'valuesObject', 'annotations', 'templatePatch']);

const labelUnselected = defineRule<ApplicationSet>({
  code: 'argocd-appset-label-unselected',
  severity: 'warning',
  summary: 'A tag names a label that a cluster may lack.',
  why: 'The local cluster has no Secret and no .metadata, and a Secret without labels no .metadata.labels: missingkey=error then stops the whole set, and the older engine leaves the tag in the text (S-82, AS-11; argo-cd applicationset/generators/cluster.go).',
  fix: 'select by the label: matchExpressions: [{ key: region, operator: Exists }]; or give a default with dig',
  wrong: sampleApplicationSet({
    generators: '[{ clusters: {} }]',
    template: sampleTemplate("'checkout-{{ .name }}'", {
      metadata: "labels: { region: '{{ .metadata.labels.region }}' }",
    }),
  }),
  right: sampleApplicationSet({
    generators: '[{ clusters: { selector: { matchExpressions: [{ key: region, operator: Exists }] } } }]',
    template: sampleTemplate("'checkout-{{ .name }}'", {
      metadata: "labels: { region: '{{ .metadata.labels.region }}' }",
    }),
  }),
  check(manifest, report) {
    const go = manifest.spec?.goTemplate === true;
    const strict = isStrict(manifest);
    const seen = new Set<string>();
    for (const { path, text, entries } of textsOf(manifest)) {
      for (const label of go ? labelsOfGo(text, strict) : labelsOfTags(text)) {
        if (seen.has(label) || entries.every((entry) => selectsLabel(entry, label))) continue;
        seen.add(label);
        report(
          path,
          `${JSON.stringify(label)} is a label that a cluster may lack: no selector asks for it`,
          fixFor(label),
        );
      }
    }
  },
});

const pathWithoutGit = defineRule<ApplicationSet>({
  code: 'argocd-appset-path-without-git',
  severity: 'warning',
  summary: 'A tag names a path, and no Git generator yields one.',
  why: 'path is what the Git generator yields; with another one missingkey=error stops the whole set, and the older engine leaves the tag in the text (AS-21, S-10; argo-cd applicationset/generators/git.go). A warning, since an example of upstream has it.',
  fix: 'write the path itself, or add a Git generator: matrix(gitDirectories(…), …)',
  wrong: sampleApplicationSet({
    template: sampleTemplate("'checkout-{{ .cluster }}'", {
      metadata: "annotations: { directory: '{{ .path.path }}' }",
    }),
  }),
  right: sampleApplicationSet({
    generators:
      '[{ matrix: { generators: [{ git: { repoURL: https://github.com/acme/deploy.git, revision: main, directories: [{ path: apps/* }] } }, { list: { elements: [{ cluster: dev }] } }] } }]',
    template: sampleTemplate("'checkout-{{ .cluster }}-{{ .path.basename }}'", {
      metadata: "annotations: { directory: '{{ .path.path }}' }",
    }),
  }),
  check(manifest, report) {
    if ((manifest.spec?.generators ?? []).length === 0) return;
    const go = manifest.spec?.goTemplate === true;
    const strict = isStrict(manifest);
    for (const { path, text, entries } of textsOf(manifest)) {
      const yielded = go ? missingAt(eitherOf(entries.map(shapeOfEntry)), ['path']) === undefined : yieldsPath(entries);
      if (yielded) continue;
      const named = go
        ? judged(text, strict).some(({ names }) => names[0] === 'path')
        : tagReferences(text).some(isPath);
      if (named) report(path, 'path is a parameter of the Git generator, and none of the generators is one');
    }
  },
});

export const parameterRules = [unknown, pathWithoutGit, labelUnselected] as const;

function yieldsPath(entries: readonly unknown[]): boolean {
  const tags = union(entries.map(tagsOfEntry));
  return tags === undefined || [...tags].some(isPath);
}

function isPath(tag: string): boolean {
  return /^path(?:[.[]|$)/.test(tag);
}

interface TemplateText {
  readonly path: FieldPath;
  readonly text: string;
  /** The generators whose parameter sets render it. */
  readonly entries: readonly unknown[];
}

/** Every text that is rendered for each Application. */
function textsOf(manifest: Manifest): TemplateText[] {
  const generators = manifest.spec?.generators ?? [];
  const found: TemplateText[] = [];
  for (const { path, template } of templatesOf(manifest)) {
    const entries = path[1] === 'generators' ? [generators[path[2] as number]] : generators;
    collect(template, path, (at, text) => found.push({ path: at, text, entries }));
  }
  const patch = manifest.spec?.templatePatch;
  if (patch?.includes('{{')) found.push({ path: ['spec', 'templatePatch'], text: patch, entries: generators });
  return found;
}

/** The texts of a matrix' second child that the first's parameters render: not its values, nor what is below it. */
function ownTexts(entry: Readonly<Record<string, unknown>>): [FieldPath, string][] {
  const found: [FieldPath, string][] = [];
  for (const [kind, body] of Object.entries(entry)) {
    if (!isPlainObject(body) || kind === 'matrix' || kind === 'merge' || kind === 'selector') continue;
    const { values, template, ...fields } = body;
    collect(fields, [kind], (path, text) => found.push([path, text]));
  }
  return found;
}

function collect(value: unknown, path: FieldPath, found: (path: FieldPath, text: string) => void): void {
  if (typeof value === 'string') {
    if (value.includes('{{')) found(path, value);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, [...path, index], found);
  } else if (isPlainObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (key.includes('{{')) found([...path, key], key);
      collect(inner, [...path, key], found);
    }
  }
}

function reportGo(text: string, shape: Shape, strict: boolean, path: FieldPath, report: Report): void {
  for (const { names } of judged(text, strict)) {
    const at = missingAt(shape, names);
    const name = at === undefined ? undefined : names[at];
    if (at === undefined || name === undefined || (at === 0 && name === 'path')) continue;
    const there = namesAt(shape, names.slice(0, at));
    const meant = nearest(name, there);
    report(
      path,
      `no generator yields ${pathExpression(names.slice(0, at + 1))}`,
      meant === undefined
        ? `there are: ${there.join(', ') || 'none'}`
        : `did you mean ${pathExpression([...names.slice(0, at), meant])}?`,
    );
    return;
  }
}

function reportTags(text: string, tags: ReadonlySet<string> | undefined, path: FieldPath, report: Report): void {
  if (tags === undefined) return;
  const tag = tagReferences(text).find((name) => !tags.has(name) && !tags.has(tagName(name)) && !isPath(name));
  if (tag === undefined) return;
  const meant = nearest(tag, tags);
  report(
    path,
    `{{${tag}}} stays as it is: no generator yields ${tag}`,
    meant === undefined ? `there are: ${[...tags].join(', ') || 'none'}` : `did you mean {{${meant}}}?`,
  );
}

/** References that must find something. A condition or default counts only where a missing key is no error. */
function judged(text: string, strict: boolean): readonly Reference[] {
  return goReferences(text).filter(({ guarded, asked }) => !asked && (strict || !guarded));
}

function isStrict({ spec }: Manifest): boolean {
  return spec?.goTemplateOptions?.includes('missingkey=error') === true;
}

function labelsOfGo(text: string, strict: boolean): string[] {
  return judged(text, strict).flatMap(({ names: [first, second, label] }) =>
    first === 'metadata' && second === 'labels' && label !== undefined ? [label] : [],
  );
}

function labelsOfTags(text: string): string[] {
  return tagReferences(text).flatMap((tag) => /^metadata\.labels\.(.+)$/.exec(tag)?.[1] ?? []);
}

function fixFor(label: string): string {
  return `select by it, { key: ${label}, operator: Exists }, or write {{ index (dig "metadata" "labels" (dict) .) ${JSON.stringify(label)} | default "…" }}`;
}
