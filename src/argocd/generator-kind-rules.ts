/** Rules about single generators: list, git, scmProvider, pullRequest, clusterDecisionResource. */

import { goRegexpProblem } from '../kernel/go-regexp';
import { isPlainObject } from '../kernel/json';
import { defineRule } from '../kernel/rule';
import type { ApplicationSet } from '../schema/generated/argo-cd';
import { bodiesOf, itemsOf, objectsOf } from './generator-walk';
import { sampleApplicationSet, sampleTemplate } from './rule-support';

const listValues = defineRule<ApplicationSet>({
  code: 'argocd-appset-list-value-not-text',
  severity: 'error',
  summary: 'A list element holds a number, boolean or list, and the set uses no Go templates.',
  why: 'Without goTemplate the controller fails with "error parsing value as string", and generates no Application at all (AS-08, S-02, S-03, S-04; argo-cd applicationset/generators/list.go).',
  fix: "set goTemplate: true, or write the value as text: '5'",
  wrong: sampleApplicationSet({
    goTemplate: undefined,
    goTemplateOptions: undefined,
    generators: '[{ list: { elements: [{ env: prod, replicas: 5 }] } }]',
    template: sampleTemplate("'checkout-{{env}}'"),
  }),
  right: sampleApplicationSet({
    goTemplate: undefined,
    goTemplateOptions: undefined,
    generators: "[{ list: { elements: [{ env: prod, replicas: '5' }] } }]",
    template: sampleTemplate("'checkout-{{env}}'"),
  }),
  check(manifest, report) {
    if (manifest.spec?.goTemplate === true) return;
    for (const { body, path } of bodiesOf(manifest, 'list')) {
      for (const [index, element] of objectsOf(body['elements'])) {
        for (const [key, value] of Object.entries(element)) {
          const at = [...path, 'elements', index, key];
          if (key === 'values' && isPlainObject(value)) {
            for (const [inner, text] of Object.entries(value)) {
              if (typeof text !== 'string') report([...at, inner], notText(text), asText(text));
            }
          } else if (typeof value !== 'string') report(at, notText(value), asText(value));
        }
      }
    }
  },
});

const elementsYaml = defineRule<ApplicationSet>({
  code: 'argocd-appset-elements-yaml',
  severity: 'error',
  summary: 'elementsYaml is no list of objects.',
  why: 'The controller reads the text as a YAML list of maps and fails on anything else (AS-08; argo-cd applicationset/generators/list.go).',
  fix: 'write a YAML list of objects, or a tag that renders one: {{ .services | toJson }}',
  wrong: sampleApplicationSet({ generators: "[{ list: { elementsYaml: 'cluster: dev' } }]" }),
  right: sampleApplicationSet({ generators: "[{ list: { elementsYaml: '- cluster: dev' } }]" }),
  check(manifest, report) {
    for (const { body, path } of bodiesOf(manifest, 'list')) {
      const text = body['elementsYaml'];
      if (typeof text !== 'string' || text === '' || text.includes('{{')) continue;
      const problem = elementsProblem(text);
      if (problem !== undefined) report([...path, 'elementsYaml'], problem);
    }
  },
});

const gitPaths = defineRule<ApplicationSet>({
  code: 'argocd-appset-git-paths',
  severity: 'error',
  summary: 'A Git generator looks for neither directories nor files, or for both.',
  why: 'With neither the controller reports "ApplicationSet is empty"; with both it ignores the files; with exclusions alone nothing matches (AS-09; argo-cd applicationset/generators/git.go).',
  fix: 'give either directories or files, with at least one entry that is not excluded',
  wrong: sampleApplicationSet({ generators: git(''), template: sampleTemplate("'{{ .path.basename }}'") }),
  right: sampleApplicationSet({
    generators: git("directories: [{ path: 'apps/*' }]"),
    template: sampleTemplate("'{{ .path.basename }}'"),
  }),
  check(manifest, report) {
    for (const { body, path } of bodiesOf(manifest, 'git')) {
      const directories = objectsOf(body['directories']);
      const files = objectsOf(body['files']);
      if (directories.length === 0 && files.length === 0)
        report(path, 'ApplicationSet is empty: neither directories nor files');
      else if (directories.length > 0 && files.length > 0)
        report([...path, 'files'], 'is ignored: directories is given too');
      for (const [field, entries] of [
        ['directories', directories],
        ['files', files],
      ] as const) {
        if (entries.length > 0 && entries.every(([, { exclude }]) => exclude === true)) {
          report([...path, field], 'matches nothing: every entry is excluded');
        }
      }
    }
  },
});

const gitDirectoryGlob = defineRule<ApplicationSet>({
  code: 'argocd-appset-git-directory-glob',
  severity: 'error',
  summary: 'A directory pattern has ** or a bracket that does not close.',
  why: "Directories are matched with Go's path.Match, where ** is no more than * and does not cross a / (AS-09; argo-cd applicationset/generators/git.go).",
  fix: "list a pattern a level: 'apps/*' and 'apps/*/*'",
  wrong: sampleApplicationSet({
    generators: git("directories: [{ path: 'apps/**' }]"),
    template: sampleTemplate("'{{ .path.basename }}'"),
  }),
  right: sampleApplicationSet({
    generators: git("directories: [{ path: 'apps/*' }]"),
    template: sampleTemplate("'{{ .path.basename }}'"),
  }),
  check(manifest, report) {
    for (const { body, path } of bodiesOf(manifest, 'git')) {
      for (const [index, { path: pattern }] of objectsOf(body['directories'])) {
        if (typeof pattern !== 'string') continue;
        const at = [...path, 'directories', index, 'path'];
        if (pattern.includes('**')) report(at, `${JSON.stringify(pattern)}: ** does not cross a / in directories`);
        else if (/\[[^\]]*$/.test(pattern.replace(/\\./g, '')))
          report(at, `${JSON.stringify(pattern)}: syntax error in pattern`);
      }
    }
  },
});

const duckSelector = defineRule<ApplicationSet>({
  code: 'argocd-appset-cluster-decision-resource',
  severity: 'error',
  summary: 'A clusterDecisionResource names its object twice, or not at all.',
  why: 'The controller wants exactly one of name and labelSelector (AS-12; argo-cd applicationset/generators/duck_type.go).',
  fix: 'keep one of name and labelSelector',
  wrong: sampleApplicationSet({
    generators: '[{ clusterDecisionResource: { configMapRef: placement } }]',
    template: sampleTemplate("'{{ .name }}'"),
  }),
  right: sampleApplicationSet({
    generators: '[{ clusterDecisionResource: { configMapRef: placement, name: prod } }]',
    template: sampleTemplate("'{{ .name }}'"),
  }),
  check(manifest, report) {
    for (const { body, path } of bodiesOf(manifest, 'clusterDecisionResource')) {
      const selector = body['labelSelector'];
      const labels =
        isPlainObject(selector) && (hasItems(selector['matchLabels']) || hasItems(selector['matchExpressions']));
      const named = typeof body['name'] === 'string' && body['name'] !== '';
      if (named === labels)
        report(path, named ? 'has both name and labelSelector' : 'has neither name nor labelSelector');
    }
  },
});

const SCM = ['github', 'gitlab', 'gitea', 'bitbucketServer', 'bitbucket', 'azureDevOps', 'awsCodeCommit'];
const PULL_REQUEST = ['github', 'gitlab', 'gitea', 'bitbucketServer', 'bitbucket', 'azuredevops'];

const provider = defineRule<ApplicationSet>({
  code: 'argocd-appset-provider',
  severity: 'error',
  summary: 'An scmProvider or pullRequest generator has no provider, or several.',
  why: 'Without one the controller fails; of several it takes the first and ignores the others (AS-14, AS-15; argo-cd applicationset/generators/scm_provider.go, pull_request.go).',
  fix: 'give each generator one provider',
  wrong: sampleApplicationSet({
    generators: '[{ scmProvider: { cloneProtocol: https } }]',
    template: sampleTemplate("'{{ .repository }}'"),
  }),
  right: sampleApplicationSet({
    generators: '[{ scmProvider: { cloneProtocol: https, github: { organization: acme } } }]',
    template: sampleTemplate("'{{ .repository }}'"),
  }),
  check(manifest, report) {
    for (const [kind, names] of [
      ['scmProvider', SCM],
      ['pullRequest', PULL_REQUEST],
    ] as const) {
      for (const { body, path } of bodiesOf(manifest, kind)) {
        const given = names.filter((name) => isPlainObject(body[name]));
        if (given.length === 0)
          report(
            path,
            `no ${kind === 'scmProvider' ? 'SCM' : 'Pull Request'} provider implementation configured: ${names.join(', ')}`,
          );
        if (given.length > 1) report(path, `has ${given.join(' and ')}; only ${given[0]} is read`);
      }
    }
  },
});

const PATTERNS = ['repositoryMatch', 'labelMatch', 'branchMatch', 'targetBranchMatch', 'titleMatch'];

const filterRegexp = defineRule<ApplicationSet>({
  code: 'argocd-appset-filter-regexp',
  severity: 'error',
  summary: 'A filter is no Go regular expression.',
  why: 'Filters of repositories, branches, labels and titles are compiled by Go, which has no look-around and no back references (AS-14, AS-15; argo-cd applicationset/services/scm_provider/utils.go).',
  fix: 'write the expression in RE2 syntax',
  wrong: sampleApplicationSet({
    generators: "[{ scmProvider: { github: { organization: acme }, filters: [{ repositoryMatch: '^(?!legacy-)' }] } }]",
    template: sampleTemplate("'{{ .repository }}'"),
  }),
  right: sampleApplicationSet({
    generators: "[{ scmProvider: { github: { organization: acme }, filters: [{ repositoryMatch: '^shop-' }] } }]",
    template: sampleTemplate("'{{ .repository }}'"),
  }),
  check(manifest, report) {
    for (const kind of ['scmProvider', 'pullRequest'] as const) {
      for (const { body, path } of bodiesOf(manifest, kind)) {
        for (const [index, filter] of objectsOf(body['filters'])) {
          for (const field of PATTERNS) {
            const text = filter[field];
            const problem = typeof text === 'string' && !text.includes('{{') ? goRegexpProblem(text) : undefined;
            if (problem === undefined) continue;
            report(
              [...path, 'filters', index, field],
              `error compiling ${field} regexp ${JSON.stringify(text)}: ${problem}`,
            );
          }
        }
      }
    }
  },
});

const STATES = ['', 'opened', 'closed', 'merged', 'locked'];

const providerValue = defineRule<ApplicationSet>({
  code: 'argocd-appset-provider-value',
  severity: 'error',
  summary: 'A provider is asked for a protocol or state it does not have.',
  why: 'cloneProtocol is ssh or https, for AWS also https-fips; the state of GitLab merge requests is opened, closed, merged or locked (AS-14, AS-15; argo-cd applicationset/services).',
  fix: 'write one of the values that the provider knows',
  wrong: sampleApplicationSet({
    generators: '[{ scmProvider: { cloneProtocol: http, github: { organization: acme } } }]',
    template: sampleTemplate("'{{ .repository }}'"),
  }),
  right: sampleApplicationSet({
    generators: '[{ scmProvider: { cloneProtocol: https, github: { organization: acme } } }]',
    template: sampleTemplate("'{{ .repository }}'"),
  }),
  check(manifest, report) {
    for (const { body, path } of bodiesOf(manifest, 'scmProvider')) {
      const protocol = body['cloneProtocol'];
      const known = ['', 'ssh', 'https', ...(isPlainObject(body['awsCodeCommit']) ? ['https-fips'] : [])];
      if (typeof protocol !== 'string' || protocol.includes('{{') || known.includes(protocol)) continue;
      report(
        [...path, 'cloneProtocol'],
        `unknown clone protocol ${protocol}`,
        `write ${known.filter(Boolean).join(' or ')}`,
      );
    }
    for (const { body, path } of bodiesOf(manifest, 'pullRequest')) {
      const state = isPlainObject(body['gitlab']) ? body['gitlab']['pullRequestState'] : undefined;
      if (typeof state !== 'string' || state.includes('{{') || STATES.includes(state)) continue;
      report(
        [...path, 'gitlab', 'pullRequestState'],
        `unknown state ${state}`,
        'write opened, closed, merged or locked',
      );
    }
  },
});

export const generatorKindRules = [
  listValues,
  elementsYaml,
  gitPaths,
  gitDirectoryGlob,
  duckSelector,
  provider,
  filterRegexp,
  providerValue,
] as const;

function git(where: string): string {
  return `[{ git: { repoURL: https://github.com/acme/deploy.git, revision: main${where && `, ${where}`} } }]`;
}

function notText(value: unknown): string {
  return `error parsing value as string: ${JSON.stringify(value)} is no text`;
}

function asText(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'boolean') return undefined;
  return `write '${value}', or set goTemplate: true`;
}

function hasItems(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : isPlainObject(value) && Object.keys(value).length > 0;
}

function elementsProblem(text: string): string | undefined {
  // Loaded on first use: few sets carry YAML inside YAML.
  const { parse } = require('yaml') as typeof import('yaml');
  try {
    const value: unknown = parse(text);
    if (!Array.isArray(value)) return 'is no list';
    const index = itemsOf(value).findIndex((item) => !isPlainObject(item));
    return index < 0 ? undefined : `item ${index} is no object`;
  } catch (error) {
    return `is no YAML: ${String(error instanceof Error ? error.message : error).split('\n')[0]}`;
  }
}
