/** Rules about what an ApplicationSet makes as a whole: names, order, leftovers; and the list of all of its rules. */
import type { FieldPath } from '../kernel/issue';
import { isPlainObject } from '../kernel/json';
import type { DeepPartial } from '../kernel/manifest';
import { defineRule } from '../kernel/rule';
import type { ApplicationSet } from '../schema/generated/argo-cd';
import { annotationRules } from './annotation-rules';
import { applicationRules } from './application-rules';
import { generatorKindRules } from './generator-kind-rules';
import { generatorRules } from './generator-rules';
import { itemsOf, objectsOf } from './generator-walk';
import { tagsIn } from './go-template';
import { GENERATORS, sampleApplicationSet, sampleTemplate } from './rule-support';
import { strategyRules } from './strategy-rules';
import { templateRules } from './template-rules';

type Spec = NonNullable<DeepPartial<ApplicationSet>['spec']>;
type Generators = NonNullable<NonNullable<Spec['generators']>[number]>;

const NAME: FieldPath = ['spec', 'template', 'metadata', 'name'];

const nameDuplicate = defineRule<ApplicationSet>({
  code: 'argocd-appset-name-duplicate',
  severity: 'error',
  summary: 'Two parameter sets give Applications of one name.',
  why: 'The controller reports "contains applications with duplicate name" and skips every Application of that name (AS-18; argo-cd applicationset/controllers/applicationset_controller.go, validateGeneratedApplications).',
  fix: 'put a parameter that tells the sets apart into template.metadata.name',
  wrong: sampleApplicationSet({ template: sampleTemplate('checkout') }),
  right: sampleApplicationSet({}),
  check({ spec }, report) {
    const name = nameOf(spec);
    if (spec === undefined || name === undefined) return;
    const names = (spec.generators ?? []).flatMap((generator) =>
      namesOf(name, generator ?? {}, spec.goTemplate === true),
    );
    const twice = names.find((entry, index) => names.indexOf(entry) < index);
    if (twice === undefined) return;
    const times = names.filter((entry) => entry === twice).length;
    report(NAME, `contains applications with duplicate name: ${twice}, ${times} times`);
  },
});

const nameConstant = defineRule<ApplicationSet>({
  code: 'argocd-appset-name-constant',
  severity: 'warning',
  summary: "The Applications' name has no parameter.",
  why: 'As soon as the generators give two parameter sets the names are equal, and the controller skips every one of them (AS-18; argo-cd applicationset/controllers/applicationset_controller.go, validateGeneratedApplications).',
  fix: "put a parameter into template.metadata.name: 'checkout-{{ .name }}'",
  wrong: sampleApplicationSet({ generators: '[{ clusters: {} }]', template: sampleTemplate('checkout') }),
  right: sampleApplicationSet({ generators: '[{ clusters: {} }]', template: sampleTemplate("'checkout-{{ .name }}'") }),
  check({ spec }, report) {
    const name = nameOf(spec);
    if (spec === undefined || name === undefined || name.includes('{{')) return;
    if ((spec.generators ?? []).some((generator) => generator !== undefined && isOpenEnded(generator))) {
      report(NAME, `${JSON.stringify(name)} is the name of every Application that the set generates`);
    }
  },
});

const basenameCollision = defineRule<ApplicationSet>({
  code: 'argocd-appset-basename-collision',
  severity: 'error',
  summary: 'Every directory that matches has the same last part, and the name uses nothing else.',
  why: 'Equal names make the controller skip all of the Applications (S-09; argo-cd applicationset/controllers/applicationset_controller.go, validateGeneratedApplications).',
  fix: 'use another part of the path: {{ index .path.segments 1 }}',
  wrong: sampleApplicationSet({
    generators: git('apps/*/overlays/prod'),
    template: sampleTemplate("'{{ .path.basename }}'"),
  }),
  right: sampleApplicationSet({
    generators: git('apps/*/overlays/prod'),
    template: sampleTemplate("'{{ index .path.segments 1 }}'"),
  }),
  check({ spec }, report) {
    for (const [index, patterns] of basenameOnly(spec)) {
      const last = patterns.map((pattern) => pattern.slice(pattern.lastIndexOf('/') + 1));
      const fixed = patterns.findIndex(
        (pattern, at) => !isGlob(last[at]!) && (isGlob(pattern) || last.indexOf(last[at]!) < at),
      );
      if (fixed < 0) continue;
      report(NAME, `every match of ${patterns[fixed]} (generators[${index}]) has the basename '${last[fixed]}'`);
    }
  },
});

const basenameAmbiguous = defineRule<ApplicationSet>({
  code: 'argocd-appset-basename-ambiguous',
  severity: 'warning',
  summary: 'Several directory patterns give names by the last part of the path alone.',
  why: 'Two directories of one basename give two Applications of one name, and the controller skips both (S-80; argo-cd applicationset/controllers/applicationset_controller.go, validateGeneratedApplications).',
  fix: 'put another part of the path into the name: {{ index .path.segments 0 }}-{{ .path.basename }}',
  wrong: sampleApplicationSet({
    generators: git('apps/*', 'infrastructure/*'),
    template: sampleTemplate("'{{ .path.basename }}'"),
  }),
  right: sampleApplicationSet({
    generators: git('apps/*', 'infrastructure/*'),
    template: sampleTemplate("'{{ index .path.segments 0 }}-{{ .path.basename }}'"),
  }),
  check({ spec }, report) {
    for (const [, patterns] of basenameOnly(spec)) {
      if (patterns.length < 2 || !patterns.every((pattern) => isGlob(pattern.slice(pattern.lastIndexOf('/') + 1))))
        continue;
      report(NAME, `uses the basename alone, and ${patterns.join(' and ')} may match directories of one basename`);
    }
  },
});

const nestedSelectors = defineRule<ApplicationSet>({
  code: 'argocd-appset-apply-nested-selectors',
  severity: 'warning',
  summary: 'applyNestedSelectors has no effect.',
  why: 'Selectors of nested generators always apply since Argo CD 3.0 (AS-27; argo-cd docs operator-manual/upgrading/2.14-3.0.md).',
  fix: 'remove applyNestedSelectors',
  wrong: sampleApplicationSet({ applyNestedSelectors: 'true' }),
  right: sampleApplicationSet({}),
  check({ spec }, report) {
    if (spec?.applyNestedSelectors === undefined) return;
    report(
      ['spec', 'applyNestedSelectors'],
      'is ignored since Argo CD 3.0: selectors of nested generators always apply',
    );
  },
});

export const allApplicationSetRules = [
  ...generatorRules,
  ...generatorKindRules,
  ...templateRules,
  nameDuplicate,
  nameConstant,
  basenameCollision,
  basenameAmbiguous,
  nestedSelectors,
  ...strategyRules,
  ...applicationRules,
  ...annotationRules,
] as const;

/** The name that every Application gets, unless something else may still change it. */
function nameOf(spec: Spec | undefined): string | undefined {
  if (spec === undefined || spec.templatePatch !== undefined) return undefined;
  const renamed = (spec.generators ?? []).some((generator) =>
    GENERATORS.some((kind) => generator?.[kind]?.template?.metadata?.name),
  );
  return renamed ? undefined : spec.template?.metadata?.name;
}

/** The names of a list generator's Applications, as far as plain tags tell. */
function namesOf(template: string, { list, selector }: Generators, goTemplate: boolean): string[] {
  if (list?.elements === undefined || list.elementsYaml !== undefined || selector !== undefined) return [];
  return objectsOf(list.elements).flatMap(([, element]) => {
    let known = true;
    const name = template.replace(/\{\{(.*?)\}\}/gs, (_, tag: string) => {
      const value = valueOfTag(tag.trim(), element, goTemplate);
      known &&= value !== undefined;
      return value ?? '';
    });
    return known && !name.includes('{{') ? [name] : [];
  });
}

function valueOfTag(tag: string, element: Readonly<Record<string, unknown>>, goTemplate: boolean): string | undefined {
  const path = goTemplate ? /^((?:\.[A-Za-z_]\w*)+)$/.exec(tag)?.[1]?.slice(1).split('.') : undefined;
  if (goTemplate && path === undefined) return undefined;
  let value: unknown = path === undefined && Object.hasOwn(element, tag) ? element[tag] : element;
  const steps = path ?? (value === element ? tag.split('.') : []);
  for (const step of steps) value = isPlainObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Whether the number of parameter sets is decided outside: by clusters, repositories, pull requests. */
function isOpenEnded({ list, clusters, matrix, merge, ...others }: Generators): boolean {
  if (clusters !== undefined && clusters !== null) return clusters.flatList !== true;
  const children: readonly unknown[] = [...itemsOf(matrix?.generators), ...itemsOf(merge?.generators)];
  return list === undefined && (children.length > 0 || Object.values(others).some((value) => isPlainObject(value)));
}

const BASENAME = /^\.?(?:\w+\.)?path\.basename(?:Normalized)?$/;

/** The directory patterns of each Git generator whose Applications are named by the basename and nothing else. */
function basenameOnly(spec: Spec | undefined): [index: number, patterns: string[]][] {
  const tags = tagsIn(nameOf(spec) ?? '');
  if (tags.length === 0 || !tags.every((tag) => BASENAME.test(tag))) return [];
  return (spec?.generators ?? []).flatMap((generator, index): [number, string[]][] => {
    const entries = objectsOf(generator?.git?.directories);
    const patterns = entries.flatMap(([, { path, exclude }]) =>
      typeof path === 'string' && exclude !== true && !path.includes('{{') ? [path.replace(/\/+$/, '')] : [],
    );
    return patterns.length === 0 ? [] : [[index, patterns]];
  });
}

function isGlob(pattern: string): boolean {
  return /[*?[]/.test(pattern);
}

function git(...paths: string[]): string {
  const directories = paths.map((path) => `{ path: '${path}' }`).join(', ');
  return `[{ git: { repoURL: https://github.com/acme/deploy.git, revision: main, directories: [${directories}] } }]`;
}
