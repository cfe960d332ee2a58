import { Duration } from 'cdk8s';
import { parse } from 'yaml';
import { EnvironmentStack, GitOpsApp } from '../../src';
import {
  ApplicationSet,
  type ApplicationSetProps,
  automated,
  clusterDecisionResource,
  clusters,
  gitDirectories,
  gitFiles,
  list,
  listYaml,
  matrix,
  merge,
  plugin,
  pullRequest,
  scmProvider,
} from '../../src/argocd';
import { applicationSetKind } from '../../src/argocd/application-set';
import { goTemplateProblem } from '../../src/argocd/go-template';
import { checkManifest } from '../../src/core/check-manifest';
import { goRegexpProblem } from '../../src/kernel/go-regexp';
import type { Manifest } from '../../src/kernel/manifest';
import type { ApplicationSetSpec } from '../../src/schema/generated/argo-cd';
import { codesOf, issuesOf } from '../support/issues';

const template = {
  metadata: { name: 'checkout-{{ .cluster }}' },
  spec: {
    project: 'shop',
    source: { repoURL: 'https://github.com/acme/deploy.git', path: 'checkout' },
    destination: { name: '{{ .cluster }}', namespace: 'shop' },
  },
} satisfies ApplicationSetProps['template'];

/** The template, of another parameter. */
const templateOf = (tag: string) => ({
  metadata: { name: `checkout-{{ ${tag} }}` },
  spec: { ...template.spec, destination: { name: `{{ ${tag} }}`, namespace: 'shop' } },
});

const generators = [list([{ cluster: 'dev' }, { cluster: 'prod' }])];

function build(props: Partial<ApplicationSetProps>, id = 'checkout'): ApplicationSet {
  const stack = new EnvironmentStack(new GitOpsApp().environment('hub'), 'apps');
  return new ApplicationSet(stack, id, { generators, template, ...props });
}

function spec(props: Partial<ApplicationSetProps>): Record<string, unknown> {
  return build(props).toJson()['spec'] as Record<string, unknown>;
}

/** The codes of warnings and errors of a spec in upstream's shape. */
function reported(upstream: object, metadata: object = {}): string[] {
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'checkout', namespace: 'argocd', ...metadata },
    spec: { goTemplate: true, goTemplateOptions: ['missingkey=error'], template, ...upstream },
  };
  return checkManifest(manifest as Manifest, applicationSetKind.rules).map(({ code }) => code);
}

test('the least set uses Go templates that refuse wrong names', () => {
  expect(build({}).toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'checkout', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements: [{ cluster: 'dev' }, { cluster: 'prod' }] } }],
      template,
    },
  });
});

test('who says goTemplate says the options too', () => {
  expect(spec({ goTemplate: true })).not.toHaveProperty('goTemplateOptions');
  const old = {
    ...template,
    metadata: { name: '{{cluster}}' },
    spec: { ...template.spec, destination: { name: '{{cluster}}' } },
  };
  expect(spec({ goTemplate: false, template: old })).toMatchObject({ goTemplate: false });
  expect(spec({ goTemplateOptions: ['missingkey=zero'] })).toMatchObject({
    goTemplate: true,
    goTemplateOptions: ['missingkey=zero'],
  });
});

test("a whole set in upstream's shape comes out as it was said", () => {
  const upstream: ApplicationSetSpec = {
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [
      {
        clusters: {
          selector: {
            matchLabels: { tier: 'prod' },
            matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }],
          },
          values: { revision: 'stable' },
          template: {
            metadata: {},
            spec: { project: '', destination: {}, syncPolicy: { automated: { prune: true } } },
          },
        },
        selector: { matchLabels: { 'values.revision': 'stable' } },
      },
    ],
    template: {
      metadata: { name: '{{ .name }}', labels: { region: '{{ .metadata.labels.region }}' }, finalizers: [] },
      spec: {
        project: 'shop',
        source: { repoURL: 'https://charts.acme.io', chart: 'checkout', targetRevision: '1.4.2' },
        destination: { server: '{{ .server }}', namespace: 'shop' },
        syncPolicy: { syncOptions: ['CreateNamespace=true'] },
      },
    },
    templatePatch: '{{ if eq .name "eu" }}metadata: { labels: { eu: "yes" } }{{ end }}',
    syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
    strategy: {
      type: 'RollingSync',
      deletionOrder: 'Reverse',
      rollingSync: {
        steps: [{ matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }], maxUpdate: '25%' }],
      },
    },
    preservedFields: { annotations: ['acme.io/note'], labels: [] },
    ignoreApplicationDifferences: [{ name: 'eu', jsonPointers: ['/spec/source/targetRevision'] }],
  };
  expect(spec(upstream as ApplicationSetProps)).toEqual(upstream);
});

test('a template has the conveniences of an Application', () => {
  const { template: shaped } = spec({
    template: {
      ...template,
      spec: {
        ...template.spec,
        sync: automated({ prune: true }),
        syncOptions: { createNamespace: true },
        source: { ...template.spec.source, kustomize: { replicas: { web: 2 } } },
      },
    },
  });
  expect(shaped).toMatchObject({
    spec: {
      source: { kustomize: { replicas: [{ name: 'web', count: 2 }] } },
      syncPolicy: { automated: { prune: true }, syncOptions: ['CreateNamespace=true'] },
    },
  });
});

describe('generators', () => {
  const git = { repoURL: 'https://github.com/acme/deploy.git', revision: 'main' };

  test.each([
    ['list', list([{ a: 'b' }]), { list: { elements: [{ a: 'b' }] } }],
    ['listYaml', listYaml('{{ .items | toJson }}'), { list: { elementsYaml: '{{ .items | toJson }}' } }],
    ['clusters', clusters(), { clusters: {} }],
    [
      'clusters with labels',
      clusters({ labels: { tier: 'prod' }, values: { a: 'b' }, flatList: true }),
      { clusters: { selector: { matchLabels: { tier: 'prod' } }, values: { a: 'b' }, flatList: true } },
    ],
    [
      'gitDirectories',
      gitDirectories({ ...git, directories: ['apps/*'], exclude: ['apps/old'], requeueAfter: Duration.minutes(1) }),
      {
        git: {
          ...git,
          directories: [{ path: 'apps/*' }, { path: 'apps/old', exclude: true }],
          requeueAfterSeconds: 60,
        },
      },
    ],
    [
      'gitFiles',
      gitFiles({ ...git, files: ['c/*.json'], pathParamPrefix: 'c' }),
      { git: { ...git, files: [{ path: 'c/*.json' }], pathParamPrefix: 'c' } },
    ],
    [
      'matrix',
      matrix(clusters(), { list: { elements: [] } }),
      { matrix: { generators: [{ clusters: {} }, { list: { elements: [] } }] } },
    ],
    [
      'merge',
      merge(['name'], [clusters(), list([])]),
      { merge: { mergeKeys: ['name'], generators: [{ clusters: {} }, { list: { elements: [] } }] } },
    ],
    [
      'scmProvider',
      scmProvider({ github: { organization: 'acme' } }),
      { scmProvider: { github: { organization: 'acme' } } },
    ],
    [
      'pullRequest',
      pullRequest({ github: { owner: 'a', repo: 'b' } }),
      { pullRequest: { github: { owner: 'a', repo: 'b' } } },
    ],
    [
      'clusterDecisionResource',
      clusterDecisionResource({ configMapRef: 'a', name: 'b' }),
      { clusterDecisionResource: { configMapRef: 'a', name: 'b' } },
    ],
    ['plugin', plugin({ configMapRef: { name: 'a' } }), { plugin: { configMapRef: { name: 'a' } } }],
  ])("%s() gives upstream's shape", (_, made, expected) => {
    expect(JSON.parse(JSON.stringify(made.spec))).toEqual(expected);
  });

  test("a generator's template says what the API server requires of a part", () => {
    const made = list([{ a: 'b' }], {
      template: { spec: { syncOptions: { pruneLast: true } } },
      selector: { matchLabels: { a: 'b' } },
    });
    expect(made.spec).toEqual({
      list: {
        elements: [{ a: 'b' }],
        template: {
          metadata: {},
          spec: { project: '', destination: {}, syncPolicy: { syncOptions: ['PruneLast=true'] } },
        },
      },
      selector: { matchLabels: { a: 'b' } },
    });
  });
});

describe('refuses', () => {
  const clustersOf = (name: string) => ({ ...template, metadata: { name } });

  test.each<[string, Partial<ApplicationSetProps>]>([
    ['argocd-appset-generator-several', { generators: [{ clusters: {}, list: { elements: [{ cluster: 'a' }] } }] }],
    [
      'argocd-appset-merge-generators',
      { generators: [merge([], [list([{ cluster: 'a' }]), list([{ cluster: 'b' }])])] },
    ],
    [
      'argocd-appset-git-paths',
      {
        generators: [{ git: { repoURL: 'r', revision: 'm', directories: [{ path: 'a', exclude: true }] } }],
        template: templateOf('.path.basename'),
      },
    ],
    ['argocd-appset-provider', { generators: [{ pullRequest: { filters: [] } }], template: templateOf('.branch') }],
    [
      'argocd-appset-provider-value',
      {
        generators: [pullRequest({ gitlab: { project: 'a', pullRequestState: 'open' } })],
        template: templateOf('.branch'),
      },
    ],
    ['argocd-appset-go-template', { template: clustersOf('{{ .cluster') }],
    ['argocd-appset-go-template', { templatePatch: '{{ if .cluster }}metadata: {}' }],
    ['argocd-appset-name-duplicate', { generators: [list([{ cluster: 'a' }]), list([{ cluster: 'a' }])] }],
    [
      'argocd-appset-rolling-sync-step',
      { strategy: { type: 'RollingSync', rollingSync: { steps: [{ maxUpdate: 'half' }] } } },
    ],
    ['argocd-appset-strategy', { strategy: { type: 'RollingSync' } }],
    [
      'argocd-sync-option-unknown',
      { template: { ...template, spec: { ...template.spec, syncPolicy: { syncOptions: ['Prune'] } } } },
    ],
    ['argocd-sync-wave-not-integer', { metadata: { annotations: { 'argocd.argoproj.io/sync-wave': 'first' } } }],
  ])('%s', (code, props) => {
    expect([...new Set(codesOf(() => build(props)))]).toEqual([code]);
  });

  test('names the place in a template of the set', () => {
    const spec = { ...template.spec, destination: { server: 'https://a', name: 'b' } };
    const [issue] = issuesOf(() => build({ template: { ...template, spec } }));
    expect(issue).toMatchObject({
      code: 'argocd-app-destination-cluster',
      at: { path: '.spec.template.spec.destination' },
    });
  });

  test('a generator that does not exist, with the nearest name', () => {
    const generators = [{ cluster: {} }] as unknown as ApplicationSetProps['generators'];
    expect(issuesOf(() => build({ generators }))[0]).toMatchObject({
      code: 'schema-field-unknown',
      fix: expect.stringContaining('clusters'),
    });
  });

  test('a nested generator that does not exist, which no schema sees', () => {
    const wrong: object = { clustr: {}, list: { elements: [{ cluster: 'a' }] } };
    const inner = { matrix: { generators: [clusters().spec, wrong] } };
    expect(issuesOf(() => build({ generators: [matrix(clusters(), inner)] }))[0]).toMatchObject({
      code: 'argocd-appset-generator-nesting',
      fix: 'did you mean clusters?',
    });
  });

  test('a tag in a boolean', () => {
    const automated = { prune: '{{ .prune }}' as unknown as boolean };
    const [issue] = issuesOf(() =>
      build({ template: { ...template, spec: { ...template.spec, syncPolicy: { automated } } } }),
    );
    expect(issue).toMatchObject({
      code: 'schema-type',
      at: { path: '.spec.template.spec.syncPolicy.automated.prune' },
    });
  });
});

describe('warns', () => {
  const git = (...paths: string[]) => [
    { git: { repoURL: 'r', revision: 'm', directories: paths.map((path) => ({ path })) } },
  ];
  const named = (name: string) => ({
    metadata: { name },
    spec: { ...template.spec, destination: { name: 'in-cluster', namespace: 'shop' } },
  });

  test.each<[string, object]>([
    ['argocd-appset-generator-empty', { generators: [] }],
    ['argocd-appset-generator-empty', { generators: [{ matrix: { generators: [] } }] }],
    [
      'argocd-appset-missing-key',
      { generators: [{ clusters: {} }], goTemplateOptions: [], template: templateOf('.name') },
    ],
    ['argocd-appset-name-constant', { generators: [{ clusters: {} }], template: named('checkout') }],
    [
      'argocd-appset-basename-ambiguous',
      { generators: git('a/*', 'b/*'), template: named('{{ .path.basenameNormalized }}') },
    ],
  ])('%s', (code, upstream) => {
    expect(reported(upstream)).toEqual([code]);
  });

  test.each<[string, object]>([
    [
      'a single element under a fixed name',
      { generators: [{ list: { elements: [{ cluster: 'a' }] } }], template: named('checkout') },
    ],
    ['one set for all clusters', { generators: [{ clusters: { flatList: true } }], template: named('checkout') }],
    [
      'a name that a generator gives',
      {
        generators: [
          {
            list: {
              elements: [{ cluster: 'a' }],
              template: { metadata: { name: 'a' }, spec: { project: '', destination: {} } },
            },
          },
          { list: { elements: [{ cluster: 'b' }] } },
        ],
        template: named('b'),
      },
    ],
    [
      'names by another part of the path',
      { generators: git('apps/*/prod'), template: named('{{ index .path.segments 1 }}') },
    ],
    [
      'what the templates of generators complete',
      {
        generators: [
          {
            list: {
              elements: [{ cluster: 'a' }],
              template: {
                metadata: {},
                spec: { project: '', destination: { name: 'a' }, source: { repoURL: 'r', path: 'p' } },
              },
            },
          },
        ],
        template: { metadata: { name: '{{ .cluster }}' }, spec: { project: 'shop', destination: {} } },
      },
    ],
  ])('does not mind %s', (_, upstream) => {
    expect(reported(upstream)).toEqual([]);
  });

  test('text for other engines in values is left alone without Go templates', () => {
    const helm = { values: 'rule: "{{ $labels.pod }}"', valuesObject: { rule: '{{ .Values.x }}' } };
    const source = { ...template.spec.source, helm: { valuesObject: helm.valuesObject } };
    const old = {
      metadata: { name: '{{cluster}}' },
      spec: { ...template.spec, source, destination: { name: '{{cluster}}' } },
    };
    expect(
      reported({
        goTemplate: false,
        goTemplateOptions: [],
        generators: [{ list: { elements: [{ cluster: 'a' }] } }],
        template: old,
      }),
    ).toEqual([]);
  });
});

test.each([
  '{{ .name }}',
  '{{.name}}-{{ .values.a }}',
  '{{- .name -}}',
  '{{- if eq .a "b" }}x{{ else if not .c }}y{{ else }}z{{- end }}',
  '{{ range $i, $e := .items }}{{ $i }}={{ $e.name | quote }}{{ end }}',
  '{{ index .path.segments 1 }}',
  '{{ index .metadata.labels "app.kubernetes.io/name" }}',
  '{{ dig "a" "b" "c" . }}',
  '{{ printf "%s-%d" .a 5 }}',
  '{{ (index .list 0).name }}',
  '{{/* a comment }} */}}x',
  '{{- /* trimmed */ -}}',
  '{{ `{{ x }}` }}',
  '{{ "{{" }} x }}',
  '{{ -5 }}',
  '{{ .a | default "b" | normalize }}',
  '{{ $ }}{{ $x := .a }}{{ $x }}',
  'no tag } }',
])('the Go template %s is read', (text) => {
  expect(goTemplateProblem(text)).toBeUndefined();
});

test.each([
  ['{{ name }}', /function "name" not defined/],
  ['{{ .a | nosuch }}', /function "nosuch" not defined/],
  ['{{ env "HOME" }}', /function "env" not defined/],
  ['{{ path[0] }}', /bad character U\+005B/],
  ['{{ .path[0] }}', /bad character U\+005B/],
  ['{{ .values.my-key }}', /bad character U\+002D/],
  ['{{ .metadata.labels.app.kubernetes.io/name }}', /bad character U\+002F/],
  ['{{ .a', /unclosed action/],
  ['{{ "a }}', /unterminated quoted string/],
  ['{{ }}', /missing value for command/],
  ['{{ if .a }}x', /unexpected EOF/],
  ['x{{ end }}', /unexpected \{\{end\}\}/],
  ['{{ else }}', /unexpected \{\{else\}\}/],
])('the Go template %s is refused as Go does', (text, problem) => {
  expect(goTemplateProblem(text)).toMatch(problem);
});

test.each(['^shop-.*$', '(?i)feature/.+', '(?P<a>x)', '[[:alpha:]]+', '\\d{2,}', '[)(]'])('Go compiles %s', (text) => {
  expect(goRegexpProblem(text)).toBeUndefined();
});

test.each(['(?!a)', '(?<=a)b', '(a)\\1', '(a', 'a)', '*a', 'a**'])('Go does not compile %s', (text) => {
  expect(goRegexpProblem(text)).toBeDefined();
});

test('foreign YAML of nested generators does not make a rule throw', () => {
  const odd = [
    '{}',
    '[]',
    'null',
    '5',
    'x',
    '[5]',
    '[{}]',
    '{ generators: x }',
    '{ generators: [5, { list: 5 }, { git: [] }] }',
  ];
  for (const body of odd) {
    const manifest = parse(`{ matrix: { generators: [{ matrix: ${body} }, { merge: ${body} }] } }`) as object;
    expect(() => reported({ generators: [manifest] })).not.toThrow();
  }
});

test('what cannot be right does not compile', () => {
  const typed = () => {
    // @ts-expect-error a boolean holds no tag
    build({ template: { ...template, spec: { ...template.spec, sync: automated({ prune: '{{ .prune }}' }) } } });
    // @ts-expect-error there is no generator 'cluster'
    build({ generators: [{ cluster: {} }] });
    // @ts-expect-error a matrix has two generators
    matrix(clusters());
  };
  expect(typeof typed).toBe('function');
});
