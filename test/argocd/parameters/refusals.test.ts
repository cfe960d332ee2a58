/** What a template with parameters refuses, and the text of the patch it writes. */
import { z } from 'zod';
import { EnvironmentStack, GitOpsApp, waive } from '../../../src';
import {
  ApplicationSet,
  type ApplicationSetProps,
  AppProject,
  automated,
  clusters,
  gitFiles,
  list,
  literal,
  manual,
  matrix,
  merge,
  not,
  type Param,
  raw,
  type TemplatedApplication,
  when,
} from '../../../src/argocd';
import { codesOf, issuesOf } from '../../support/issues';
import { sets } from './sets';

const source = { repoURL: 'https://git.example.com/r.git', targetRevision: 'main', path: 'web' };
const base = {
  project: 'shop',
  source,
  destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
};
const elements = [
  { cluster: 'dev', auto: true, replicas: 1 },
  { cluster: 'prod', auto: false, replicas: 3 },
] as const;

interface Element {
  readonly cluster: Param<string>;
  readonly auto: Param<boolean>;
  readonly replicas: Param<number>;
}

function stack(): EnvironmentStack {
  return new EnvironmentStack(new GitOpsApp().environment('hub'), 'apps');
}

/** A set over two elements; the template is the usual one with other fields in its spec. */
function build(more: (p: Element) => object, props: Partial<ApplicationSetProps> = {}): ApplicationSet {
  return new ApplicationSet(stack(), 'set', {
    ...props,
    generators: [list(elements)],
    template: (p) => ({ metadata: { name: p.cluster }, spec: { ...base, ...more(p) } }) as TemplatedApplication,
  });
}

function patchOf(set: ApplicationSet): unknown {
  return (set.toJson()['spec'] as Record<string, unknown>)['templatePatch'];
}

describe('the patch', () => {
  test('says what is no text, and no more', () => {
    expect(patchOf(sets['auto-sync']())).toBe(`spec:
  revisionHistoryLimit: {{ toJson .history }}
  syncPolicy:
    {{- if .auto }}
    automated:
      prune: {{ .prune }}
      selfHeal: true
    {{- else }}
    {}
    {{- end }}
`);
  });

  test('is not there when the template says it all', () => {
    expect(patchOf(build((p) => ({ info: { Cluster: p.cluster, Replicas: p.replicas } })))).toBeUndefined();
  });

  test('leaves what is text in the template', () => {
    const set = sets['auto-sync']().toJson();
    expect(set).toMatchObject({
      spec: {
        template: {
          metadata: { name: '{{ .cluster }}-web' },
          spec: { ...base, syncPolicy: { syncOptions: ['CreateNamespace=true'] } },
        },
      },
    });
  });

  test('quotes a key that YAML would misread, or that is a tag', () => {
    const set = build((p) => ({
      source: { ...source, helm: { valuesObject: { on: p.auto, 'a b': 1, [String(p.cluster)]: true } } },
    }));
    expect(patchOf(set)).toContain(
      '        "on": {{ .auto }}\n        "a b": 1\n        {{ toString .cluster | toJson }}: true',
    );
  });

  test('chooses between whole sources, each with its conveniences', () => {
    const set = build((p) => ({
      source: when(p.auto, { ...source, kustomize: { replicas: { web: 2 } } }, { ...source, path: `${p.cluster}` }),
    }));
    expect(patchOf(set)).toBe(`spec:
  {{- if .auto }}
  source:
    repoURL: "https://git.example.com/r.git"
    targetRevision: "main"
    path: "web"
    kustomize:
      replicas:
        - name: "web"
          count: 2
  {{- else }}
  source:
    repoURL: "https://git.example.com/r.git"
    targetRevision: "main"
    path: {{ toString .cluster | toJson }}
  {{- end }}
`);
  });
});

describe('a parameter', () => {
  const p = (callback: (p: Element & Record<string, never>) => unknown) => () =>
    build((parameters) => ({ info: { x: callback(parameters as never) } }));

  test('that no generator yields is refused at run time too, with the nearest name', () => {
    expect(issuesOf(p((all) => all['clster']))).toMatchObject([
      {
        code: 'argocd-appset-parameter-unknown',
        message: expect.stringContaining('p.clster'),
        fix: 'did you mean p.cluster?',
      },
    ]);
  });

  test('with others below it is no text and no value', () => {
    const nested = (use: (all: never) => unknown) => () =>
      new ApplicationSet(stack(), 'set', {
        generators: [clusters()],
        template: (all) => ({ metadata: { name: use(all as never) as string }, spec: base }),
      });
    expect(codesOf(nested((all) => `${(all as { metadata: object }).metadata}`))).toEqual([
      'argocd-appset-parameter-use',
    ]);
    expect(issuesOf(nested((all) => (all as { metadata: object }).metadata))).toMatchObject([
      { code: 'argocd-appset-parameter-use', at: { path: '.spec.template.metadata.name' } },
    ]);
  });

  test('that is a list is no text', () => {
    const generators = [list([{ name: 'a', items: ['x'] }])] as const;
    const named = (use: (items: object) => unknown) => () =>
      new ApplicationSet(stack(), 'set', {
        generators,
        template: (all) => ({ metadata: { name: use(all.items) as string }, spec: base }),
      });
    expect(codesOf(named((items) => `${items}`))).toEqual(['argocd-appset-parameter-use']);
    expect(codesOf(named((items) => items))).toEqual(['argocd-appset-parameter-use']);
    expect(codesOf(named((items) => (items as { at(n: number): unknown }).at(-1)))).toEqual([
      'argocd-appset-parameter-use',
    ]);
  });

  test('that may be missing needs a default', () => {
    const schema = z.object({ tier: z.string().optional() });
    const named = (use: (tier: never) => unknown) => () =>
      new ApplicationSet(stack(), 'set', {
        generators: [gitFiles({ repoURL: source.repoURL, revision: 'main', files: ['a.json'], schema })],
        template: (all) => ({ metadata: { name: use(all.tier as never) as string }, spec: base }),
      });
    expect(codesOf(named((tier) => `${tier}`))).toEqual(['argocd-appset-parameter-use']);
    expect(codesOf(named((tier) => tier))).toEqual(['argocd-appset-parameter-use']);
  });

  test('of the elements that only some have is refused at run time', () => {
    const uneven = [{ name: 'a', url: 'b' }, { name: 'c' }];
    expect(
      codesOf(
        () =>
          new ApplicationSet(stack(), 'set', {
            generators: [list(uneven)],
            template: (all) => ({ metadata: { name: `${(all as never as { url: object }).url}` }, spec: base }),
          }),
      ),
    ).toEqual(['argocd-appset-parameter-use']);
  });
});

describe('refuses', () => {
  test('the older engine', () => {
    expect(codesOf(() => build(() => ({}), { goTemplate: false }))).toEqual([
      'argocd-appset-parameters-need-go-template',
    ]);
    expect(codesOf(() => build(() => ({}), { goTemplateOptions: ['missingkey=zero'] }))).toEqual([
      'argocd-appset-parameters-need-go-template',
    ]);
  });

  test('the older engine where a generator holds parameters of another', () => {
    const inner = matrix(list([{ env: 'prod' }]), (p) => clusters({ labels: { env: p.env } }));
    const template = { metadata: { name: '{{name}}' }, spec: base };
    const make = (generator: typeof inner, goTemplate: boolean) => () =>
      new ApplicationSet(stack(), 'set', { goTemplate, generators: [generator], template });
    expect(codesOf(make(inner, false))).toEqual(['argocd-appset-parameters-need-go-template']);
    expect(codesOf(make(matrix(inner, list([{ a: 'b' }])) as never, false))).toEqual([
      'argocd-appset-parameters-need-go-template',
    ]);
    expect(make(matrix(list([{ env: 'prod' }]), clusters()) as never, false)).not.toThrow();
  });

  test("a patch of the user's where the template needs one, and only there", () => {
    const templatePatch = 'metadata: { labels: { a: b } }';
    expect(codesOf(() => build((p) => ({ revisionHistoryLimit: p.replicas }), { templatePatch }))).toEqual([
      'argocd-appset-patch-said-twice',
    ]);
    expect(patchOf(build(() => ({}), { templatePatch }))).toBe(templatePatch);
  });

  test('blocks in a text that goes into the patch', () => {
    const helm = (p: Element) => ({ valuesObject: { n: p.replicas, text: raw('{{ if .auto }}a{{ end }}') } });
    expect(codesOf(() => build((p) => ({ source: { ...source, helm: helm(p) } })))).toEqual([
      'argocd-appset-patch-text',
    ]);
  });

  test('what a patch would lose', () => {
    const values = (more: object) => () =>
      build((p) => ({ source: { ...source, helm: { valuesObject: { n: p.replicas, ...more } } } }));
    expect(codesOf(values({ gone: null }))).toEqual(['argocd-appset-patch-lost']);
    expect(codesOf(values({ deep: [{ $patch: 'delete' }] }))).toEqual(['argocd-appset-patch-lost']);
    expect(values({ list: [null] })).not.toThrow();
    expect(() => build(() => ({ source: { ...source, helm: { valuesObject: { gone: null } } } }))).not.toThrow();
  });

  test("a boolean in a generator's own template", () => {
    const own = () => list(elements, { template: (p) => ({ spec: { revisionHistoryLimit: p.replicas } }) });
    expect(issuesOf(own)).toMatchObject([
      { code: 'argocd-appset-override-not-text', message: expect.stringContaining('.spec.revisionHistoryLimit') },
    ]);
  });

  test('what either branch of a choice makes of the Application', () => {
    const wrong = (p: Element) => ({ source: when(p.auto, source, { repoURL: source.repoURL, pth: 'x' }) });
    expect(issuesOf(() => build(wrong))).toMatchObject([
      { code: 'schema-field-unknown', at: { path: '.spec.template.spec.source.pth', construct: 'hub/apps/set' } },
      { code: 'argocd-app-source-path-missing' },
    ]);
    const twice = (p: Element) => ({ sync: when(p.auto, automated()), syncPolicy: { automated: {} } });
    expect(codesOf(() => build(twice))).toEqual(['argocd-sync-said-twice']);
  });

  test('a condition that is no single action', () => {
    expect(codesOf(() => when(raw('{{ if .a }}true{{ end }}', 'boolean'), 'a'))).toEqual([
      'argocd-appset-parameter-use',
    ]);
    expect(codesOf(() => not(raw('a-{{ .b }}', 'boolean')))).toEqual(['argocd-appset-parameter-use']);
    expect(codesOf(() => `${when(raw('{{ .a }}', 'boolean'), {})}`)).toEqual(['argocd-appset-parameter-use']);
  });

  test('a raw template with a name that no generator yields', () => {
    expect(issuesOf(() => build(() => ({ info: { x: raw('{{ .clster | upper }}') } })))).toMatchObject([
      { code: 'argocd-appset-parameter-unknown', fix: 'did you mean .cluster?' },
    ]);
    expect(codesOf(() => build(() => ({ revisionHistoryLimit: raw('{{ .replcas }}', 'number') })))).toEqual([
      'argocd-appset-parameter-unknown',
    ]);
  });
});

test('findings in a branch can be waived like any other', () => {
  const scope = stack();
  waive(scope, 'argocd-app-source-path-missing', 'tried on purpose');
  const make = () =>
    new ApplicationSet(scope, 'set', {
      generators: [list(elements)],
      template: (p) => ({
        metadata: { name: p.cluster },
        spec: { ...base, source: when(p.auto, source, { repoURL: source.repoURL }) },
      }),
    });
  expect(make).not.toThrow();
});

test('constructs are values of a template', () => {
  const scope = stack();
  const project = new AppProject(scope, 'shop', {});
  const set = new ApplicationSet(scope, 'set', {
    generators: [list(elements)],
    template: (p) => ({ metadata: { name: p.cluster }, spec: { ...base, project, sync: manual() } }),
  });
  expect(set.toJson()).toMatchObject({ spec: { template: { spec: { project: project.name } } } });
});

test('literal() keeps what other engines read, at any depth', () => {
  expect(literal({ '{{ a }}': ['{{ $x }}', 5, null] })).toEqual({ '{{ "{{" }} a }}': ['{{ "{{" }} $x }}', 5, null] });
});

test('a parameter goes into every text of the second generator of a matrix', () => {
  const made = matrix(list([{ env: 'prod' }]), (p) =>
    merge(
      ['name'],
      [
        clusters({ labels: { env: p.env }, matchExpressions: [{ key: 'a', operator: 'In', values: [p.env] }] }),
        list([{ name: 'x' }]),
      ],
      { selector: { matchLabels: { env: p.env } } },
    ),
  );
  expect(made.spec).toMatchObject({
    matrix: {
      generators: [
        {},
        {
          merge: {
            generators: [
              {
                clusters: {
                  selector: {
                    matchLabels: { env: '{{ .env }}' },
                    matchExpressions: [{ values: ['{{ .env }}'] }],
                  },
                },
              },
              {},
            ],
          },
          selector: { matchLabels: { env: '{{ .env }}' } },
        },
      ],
    },
  });
});

test.each<[string, z.ZodType, string]>([
  ['a number', z.object({ x: z.number() }), '{{ toJson .x }}'],
  ['an integer', z.object({ x: z.int() }), '{{ toJson .x }}'],
  ['text', z.object({ x: z.email() }), '{{ .x }}'],
  ['a choice of texts', z.object({ x: z.enum(['a', 'b']) }), '{{ .x }}'],
  ['a literal', z.object({ x: z.literal(5) }), '{{ toJson .x }}'],
  ['a union of scalars', z.object({ x: z.union([z.string(), z.number()]) }), '{{ .x }}'],
  ['what is transformed', z.object({ x: z.string().transform(Number) }), '{{ .x }}'],
  ['a list of files', z.array(z.object({ x: z.boolean() })), '{{ .x }}'],
])('a schema says that a parameter is %s', (_, schema, tag) => {
  const set = new ApplicationSet(stack(), 'set', {
    generators: [gitFiles({ repoURL: source.repoURL, revision: 'main', files: ['a.json'], schema: schema as never })],
    template: (p) => ({ metadata: { name: `a-${(p as never as { x: string }).x}` }, spec: base }),
  });
  expect(set.toJson()).toMatchObject({ spec: { template: { metadata: { name: `a-${tag}` } } } });
});
