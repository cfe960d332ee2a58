/** Rules about an ApplicationSet's generators. A set that generates nothing deletes the Applications it had generated. */
import type { FieldPath } from '../kernel/issue';
import { isPlainObject } from '../kernel/json';
import { defineRule, type Report } from '../kernel/rule';
import { nearest } from '../kernel/suggest';
import { isQualifiedName } from '../schema';
import type { ApplicationSet } from '../schema/generated/argo-cd';
import { bodiesOf, generatorEntries, itemsOf, objectsOf, textsOf } from './generator-walk';
import { GENERATORS, sampleApplicationSet, sampleTemplate } from './rule-support';

const CLUSTERS = '{ clusters: {} }';
const LIST = '{ list: { elements: [{ team: a }, { team: b }] } }';

const empty = defineRule<ApplicationSet>({
  code: 'argocd-appset-generator-empty',
  severity: 'warning',
  summary: 'A set, or an entry of its generators, generates nothing.',
  why: 'An absent, blank or unknown generator gives no parameters, and by default the controller deletes the Applications that are no longer generated (AS-02, AS-03, S-05; argo-cd applicationset/utils/utils.go, invalidGenerators). Wanted only where a set is emptied on purpose.',
  fix: `give each entry one of ${GENERATORS.join(', ')}`,
  wrong: sampleApplicationSet({ generators: '[{}]' }),
  right: sampleApplicationSet({}),
  check(manifest, report) {
    if (manifest.spec?.generators?.length === 0) {
      report(['spec', 'generators'], 'is empty: the set generates nothing, and deletes what it had generated');
    }
    for (const { path, kinds, depth, entry } of generatorEntries(manifest)) {
      if (depth === 0 && kinds.length === 0) {
        report(path, 'holds no generator: it generates nothing, and the set deletes what it had generated for it');
      }
      for (const kind of ['matrix', 'merge'] as const) {
        const body = entry[kind];
        if (!isPlainObject(body) || !Array.isArray(body['generators']) || body['generators'].length > 0) continue;
        report([...path, kind, 'generators'], `is empty: the ${kind} generates nothing`);
      }
    }
  },
});

const childEmpty = defineRule<ApplicationSet>({
  code: 'argocd-appset-child-generator-empty',
  severity: 'error',
  summary: 'A child of a matrix or merge is no generator.',
  why: 'The controller reports "child generator generated no parameters" and generates nothing (AS-03, S-06; argo-cd applicationset/generators/matrix.go, merge.go).',
  fix: `give each child one of ${GENERATORS.join(', ')}`,
  wrong: sampleApplicationSet({
    generators: `[{ matrix: { generators: [${CLUSTERS}, {}] } }]`,
    template: sampleTemplate("'{{ .name }}'"),
  }),
  right: sampleApplicationSet({
    generators: `[{ matrix: { generators: [${CLUSTERS}, ${LIST}] } }]`,
    template: sampleTemplate("'{{ .name }}-{{ .team }}'"),
  }),
  check(manifest, report) {
    for (const { path, kinds, parent } of generatorEntries(manifest)) {
      if (parent !== undefined && kinds.length === 0) report(path, 'child generator generated no parameters');
    }
  },
});

const several = defineRule<ApplicationSet>({
  code: 'argocd-appset-generator-several',
  severity: 'error',
  summary: 'An entry of generators holds two generators.',
  why: 'At the top level the controller silently takes both; below matrix and merge it reports "found more than one generator" (AS-02; argo-cd applicationset/generators/generator_spec_processor.go, matrix.go, merge.go).',
  fix: 'give each generator an entry of its own',
  wrong: sampleApplicationSet({
    generators: '[{ clusters: {}, list: { elements: [{ name: dev }] } }]',
    template: sampleTemplate("'{{ .name }}'"),
  }),
  right: sampleApplicationSet({
    generators: '[{ clusters: {} }, { list: { elements: [{ name: dev }] } }]',
    template: sampleTemplate("'{{ .name }}'"),
  }),
  check(manifest, report) {
    for (const { path, kinds, parent } of generatorEntries(manifest)) {
      if (kinds.length < 2) continue;
      const where = parent === undefined ? 'one entry' : `${parent}.Generators`;
      report(path, `found more than one generator in ${where}: ${kinds.join(' and ')}`);
    }
  },
});

const matrixCount = defineRule<ApplicationSet>({
  code: 'argocd-appset-matrix-generators',
  severity: 'error',
  summary: 'A matrix has not two generators.',
  why: 'The controller reports "found less than two generators" or "found more than two generators, Matrix support only two" (AS-04; argo-cd applicationset/generators/matrix.go).',
  fix: 'give the matrix two generators; a third goes into a matrix inside the matrix',
  wrong: sampleApplicationSet({
    generators: `[{ matrix: { generators: [${CLUSTERS}] } }]`,
    template: sampleTemplate("'{{ .name }}'"),
  }),
  right: sampleApplicationSet({
    generators: `[{ matrix: { generators: [${CLUSTERS}, ${LIST}] } }]`,
    template: sampleTemplate("'{{ .name }}-{{ .team }}'"),
  }),
  check(manifest, report) {
    for (const { body, path } of bodiesOf(manifest, 'matrix')) {
      const { length } = itemsOf(body['generators']);
      if (length === 0 || length === 2) continue;
      report(
        [...path, 'generators'],
        `found ${length < 2 ? 'less' : 'more'} than two generators, Matrix support only two`,
      );
    }
  },
});

const mergeCount = defineRule<ApplicationSet>({
  code: 'argocd-appset-merge-generators',
  severity: 'error',
  summary: 'A merge has nothing to merge.',
  why: 'The controller wants two generators or more, and one merge key or more (AS-05; argo-cd applicationset/generators/merge.go).',
  fix: 'give the merge a base, at least one generator to lay over it, and the keys that tie them',
  wrong: sampleApplicationSet({
    generators: `[{ merge: { mergeKeys: [server], generators: [${CLUSTERS}] } }]`,
    template: sampleTemplate("'{{ .name }}'"),
  }),
  right: sampleApplicationSet({
    generators: `[{ merge: { mergeKeys: [server], generators: [${CLUSTERS}, { list: { elements: [{ server: 'https://eu' }] } }] } }]`,
    template: sampleTemplate("'{{ .name }}'"),
  }),
  check(manifest, report) {
    for (const { body, path } of bodiesOf(manifest, 'merge')) {
      const { length } = itemsOf(body['generators']);
      if (length === 1) report([...path, 'generators'], 'found less than two generators, Merge requires two or more');
      if (length > 0 && Array.isArray(body['mergeKeys']) && body['mergeKeys'].length === 0) {
        report([...path, 'mergeKeys'], 'no merge keys were specified, Merge requires at least one');
      }
    }
  },
});

const mergeKeys = defineRule<ApplicationSet>({
  code: 'argocd-appset-merge-key-nested',
  severity: 'error',
  summary: 'A merge key points into a parameter.',
  why: 'Keys are looked up flat, so values.x is no key of a Go template parameter set: every set lacks it (AS-05; argo-cd applicationset/generators/merge.go, docs Generators-Merge.md).',
  fix: 'merge by a top-level parameter: name, server, or a key of a list element',
  wrong: sampleApplicationSet({
    generators: `[{ merge: { mergeKeys: [values.id], generators: [{ clusters: { values: { id: a } } }, { list: { elements: [{ values: { id: a } }] } }] } }]`,
    template: sampleTemplate("'{{ .name }}'"),
  }),
  right: sampleApplicationSet({
    generators: `[{ merge: { mergeKeys: [name], generators: [{ clusters: { values: { id: a } } }, { list: { elements: [{ name: eu }] } }] } }]`,
    template: sampleTemplate("'{{ .name }}'"),
  }),
  check(manifest, report) {
    if (manifest.spec?.goTemplate !== true) return;
    for (const { body, path } of bodiesOf(manifest, 'merge')) {
      const elements = objectsOf(body['generators']).flatMap(([, child]) => elementsOf(child));
      for (const [index, key] of textsOf(body['mergeKeys'])) {
        if (!key.includes('.') || elements.some((element) => Object.hasOwn(element, key))) continue;
        report(
          [...path, 'mergeKeys', index],
          `${JSON.stringify(key)} is looked up flat: no parameter set has that key`,
        );
      }
    }
  },
});

const mergeDuplicate = defineRule<ApplicationSet>({
  code: 'argocd-appset-merge-duplicate',
  severity: 'error',
  summary: 'Two elements of one generator have the same merge keys.',
  why: 'The controller reports "the parameters from a generator were not unique by the given mergeKeys" (AS-05; argo-cd applicationset/generators/merge.go).',
  fix: 'add a key to mergeKeys that tells the elements apart, or remove one of them',
  wrong: sampleApplicationSet({
    generators: `[{ merge: { mergeKeys: [name], generators: [${CLUSTERS}, { list: { elements: [{ name: eu, a: b }, { name: eu, a: c }] } }] } }]`,
    template: sampleTemplate("'{{ .name }}'"),
  }),
  right: sampleApplicationSet({
    generators: `[{ merge: { mergeKeys: [name], generators: [${CLUSTERS}, { list: { elements: [{ name: eu, a: b }, { name: us, a: c }] } }] } }]`,
    template: sampleTemplate("'{{ .name }}'"),
  }),
  check(manifest, report) {
    for (const { body, path } of bodiesOf(manifest, 'merge')) {
      const keys = textsOf(body['mergeKeys']).map(([, key]) => key);
      for (const [index, child] of objectsOf(body['generators'])) {
        reportDuplicates(elementsOf(child), keys, [...path, 'generators', index, 'list', 'elements'], report);
      }
    }
  },
});

const nesting = defineRule<ApplicationSet>({
  code: 'argocd-appset-generator-nesting',
  severity: 'error',
  summary: 'A generator inside a nested matrix or merge is none that the controller reads.',
  why: 'matrix and merge may hold one more matrix or merge, whose children are plain generators. The CRD has no schema for them, so nothing else checks them (AS-06; argo-cd pkg/apis/application/v1alpha1/applicationset_types.go, ApplicationSetTerminalGenerator).',
  fix: 'nest matrix and merge once; inside, use list, clusters, git, scmProvider, clusterDecisionResource, pullRequest or plugin',
  wrong: sampleApplicationSet({
    generators: `[{ matrix: { generators: [${LIST}, { matrix: { generators: [${CLUSTERS}, { clusters: {}, cluster: {} }] } }] } }]`,
    template: sampleTemplate("'{{ .name }}-{{ .team }}'"),
  }),
  right: sampleApplicationSet({
    generators: `[{ matrix: { generators: [${LIST}, { matrix: { generators: [${CLUSTERS}, { list: { elements: [{ zone: a }] } }] } }] } }]`,
    template: sampleTemplate("'{{ .name }}-{{ .team }}'"),
  }),
  check(manifest, report) {
    for (const { path, entry, depth, kinds } of generatorEntries(manifest)) {
      const deep = kinds.filter((kind) => kind === 'matrix' || kind === 'merge');
      if (depth === 1) {
        for (const kind of deep) {
          if (isPlainObject(entry[kind]) && Array.isArray(entry[kind]['generators'])) continue;
          report([...path, kind], `${kind} needs a list of generators`);
        }
      }
      if (depth !== 2) continue;
      for (const kind of deep) report([...path, kind], `${kind} is nested too deep: the controller does not read it`);
      for (const key of Object.keys(entry)) {
        if (key === 'selector' || (GENERATORS as readonly string[]).includes(key)) continue;
        const meant = nearest(key, GENERATORS);
        report([...path, key], `unknown generator '${key}'`, meant && `did you mean ${meant}?`);
      }
    }
  },
});

const nestedTemplate = defineRule<ApplicationSet>({
  code: 'argocd-appset-nested-template',
  severity: 'warning',
  summary: 'A template stands where no template is read.',
  why: 'Generators below matrix and merge give parameters alone; only the top-level entry may have a template (AS-07; argo-cd docs Generators-Matrix.md).',
  fix: 'move the template to the matrix or merge itself',
  wrong: sampleApplicationSet({
    generators: `[{ matrix: { generators: [{ clusters: { template: { metadata: {}, spec: { project: shop, destination: {} } } } }, ${LIST}] } }]`,
    template: sampleTemplate("'{{ .name }}-{{ .team }}'"),
  }),
  right: sampleApplicationSet({
    generators: `[{ matrix: { generators: [${CLUSTERS}, ${LIST}], template: { metadata: {}, spec: { project: shop, destination: {} } } } }]`,
    template: sampleTemplate("'{{ .name }}-{{ .team }}'"),
  }),
  check(manifest, report) {
    for (const { path, entry, depth, kinds, parent } of generatorEntries(manifest)) {
      if (depth === 0) continue;
      for (const kind of kinds) {
        const body = entry[kind];
        if (!isPlainObject(body) || body['template'] === undefined) continue;
        report([...path, kind, 'template'], `is ignored: ${kind} is a child of ${parent}`);
      }
    }
  },
});

const selector = defineRule<ApplicationSet>({
  code: 'argocd-appset-selector',
  severity: 'error',
  summary: 'A selector is none that the controller can read.',
  why: 'Keys are qualified names; In and NotIn have values, Exists and DoesNotExist none (AS-17; argo-cd applicationset/utils/selector.go).',
  fix: 'write { key: region, operator: In, values: [eu] }',
  wrong: sampleApplicationSet({
    generators: '[{ clusters: { selector: { matchExpressions: [{ key: region, operator: Equals, values: [eu] }] } } }]',
    template: sampleTemplate("'{{ .name }}'"),
  }),
  right: sampleApplicationSet({
    generators: '[{ clusters: { selector: { matchExpressions: [{ key: region, operator: In, values: [eu] }] } } }]',
    template: sampleTemplate("'{{ .name }}'"),
  }),
  check(manifest, report) {
    for (const { path, entry, kinds } of generatorEntries(manifest)) {
      checkSelector(entry['selector'], [...path, 'selector'], report);
      for (const kind of kinds) {
        const body = entry[kind];
        if (!isPlainObject(body)) continue;
        for (const field of ['selector', 'labelSelector']) checkSelector(body[field], [...path, kind, field], report);
      }
    }
  },
});

export const generatorRules = [
  empty,
  childEmpty,
  several,
  matrixCount,
  mergeCount,
  mergeKeys,
  mergeDuplicate,
  nesting,
  nestedTemplate,
  selector,
] as const;

/** The elements of a list generator that are objects, as they stand. */
function elementsOf(entry: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  const body = entry['list'];
  return isPlainObject(body) ? objectsOf(body['elements']).map(([, element]) => element) : [];
}

function reportDuplicates(
  elements: readonly Readonly<Record<string, unknown>>[],
  keys: readonly string[],
  path: FieldPath,
  report: Report,
): void {
  if (keys.length === 0) return;
  const seen = new Set<string>();
  for (const [index, element] of elements.entries()) {
    if (keys.some((key) => element[key] === undefined)) continue;
    const id = JSON.stringify(Object.fromEntries(keys.map((key) => [key, element[key]])));
    if (seen.has(id)) {
      report(
        [...path, index],
        `the parameters from a generator were not unique by the given mergeKeys: ${id} is there twice`,
      );
    }
    seen.add(id);
  }
}

function checkSelector(value: unknown, path: FieldPath, report: Report): void {
  if (!isPlainObject(value)) return;
  for (const key of Object.keys(isPlainObject(value['matchLabels']) ? value['matchLabels'] : {})) {
    if (!key.includes('{{') && !isQualifiedName(key)) {
      report([...path, 'matchLabels', key], `${JSON.stringify(key)} is no qualified name`);
    }
  }
  for (const [index, { key, operator, values }] of objectsOf(value['matchExpressions'])) {
    const at = [...path, 'matchExpressions', index];
    if (typeof key === 'string' && !key.includes('{{') && !isQualifiedName(key)) {
      report([...at, 'key'], `${JSON.stringify(key)} is no qualified name`);
    }
    const problem = operatorProblem(operator, itemsOf(values).length);
    if (problem !== undefined) report([...at, 'operator'], problem);
  }
}

function operatorProblem(operator: unknown, values: number): string | undefined {
  if (typeof operator !== 'string' || operator.includes('{{')) return undefined;
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values === 0 ? `${operator} needs values` : undefined;
    case 'Exists':
    case 'DoesNotExist':
      return values > 0 ? `${operator} takes no values` : undefined;
    default:
      return `${JSON.stringify(operator)} is not a valid label selector operator: In, NotIn, Exists or DoesNotExist`;
  }
}
