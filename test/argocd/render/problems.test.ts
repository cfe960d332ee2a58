import { listOf, names, rendered, TEMPLATE } from './sets';

const named = (metadata: object, spec: object = {}) => ({
  metadata: { name: '{{ .name }}', ...metadata },
  spec: { ...TEMPLATE.spec, ...spec },
});
const plain = (metadata: object, spec: object = {}) => ({
  goTemplate: false,
  template: { metadata: { name: '{{name}}', ...metadata }, spec: { ...TEMPLATE.spec, ...spec } },
});
const STRICT = { goTemplateOptions: ['missingkey=error'] };

/** What the controller does without a word, and nobody means. */
const SILENT: readonly [what: string, spec: object, code: string, path: string, message: RegExp][] = [
  [
    'an unknown tag',
    { ...listOf({ name: 'a', cluster: 'c' }), ...plain({ annotations: { c: '{{clster}}' } }) },
    'argocd-render-tag',
    '.spec.template.metadata.annotations.c',
    /\{\{clster\}\} stays in the text as it is: no generator yields "clster" \(Application "a"\)/,
  ],
  [
    'a pipe without Go templates',
    { ...listOf({ name: 'a' }), ...plain({ annotations: { c: '{{ name | upper }}' } }) },
    'argocd-render-pipe',
    '.spec.template.metadata.annotations.c',
    /no functions, pipes or leading dot/,
  ],
  [
    'a leading dot without Go templates',
    { ...listOf({ name: 'a' }), ...plain({ annotations: { c: '{{.name}}' } }) },
    'argocd-render-pipe',
    '.spec.template.metadata.annotations.c',
    /\{\{\.name\}\} stays/,
  ],
  [
    'a parameter that is no text, without Go templates',
    {
      generators: [{ list: { elements: [], elementsYaml: '- {name: a, count: 3}' } }],
      ...plain({ annotations: { c: '{{count}}' } }),
    },
    'argocd-render-tag',
    '.spec.template.metadata.annotations.c',
    /the parameter is no text/,
  ],
  [
    'a missing parameter',
    { ...listOf({ name: 'a' }), template: named({ annotations: { c: 'x-{{ .gone }}' } }) },
    'argocd-render-no-value',
    '.spec.template.metadata.annotations.c',
    /renders as "<no value>"/,
  ],
  [
    'a number that turns into floating point',
    { ...listOf({ name: 'a', account: 123456789012 }), template: named({ annotations: { c: '{{ .account }}' } }) },
    'argocd-render-float',
    '.spec.template.metadata.annotations.c',
    /renders as 1\.23456789012e\+11/,
  ],
  [
    'one name twice',
    listOf({ name: 'a', x: 1 }, { name: 'a', x: 2 }, { name: 'b' }),
    'argocd-render-duplicate-name',
    '.spec.template.metadata.name',
    /contains applications with duplicate name: a \(2 of them/,
  ],
  [
    'an unknown field in a patch',
    { ...listOf({ name: 'a' }), templatePatch: 'spec: {syncpolicy: {automated: {}}}' },
    'argocd-render-field',
    '.spec.templatePatch',
    /\.spec\.syncpolicy of the patched Application is dropped/,
  ],
  [
    'another project in a patch',
    { ...listOf({ name: 'a' }), templatePatch: 'spec: {project: other}' },
    'argocd-render-project',
    '.spec.templatePatch',
    /"other" of the patch is ignored: the Application stays in "default"/,
  ],
  [
    'a name that Kubernetes does not take',
    listOf({ name: 'Web_1' }),
    'schema-name',
    '.spec.template.metadata.name',
    /the API server refuses the Application/,
  ],
  [
    'an entry without a known generator',
    { generators: [{ clsters: {} }] },
    'argocd-render-nothing',
    '.spec.generators[0]',
    /what it generated before is deleted/,
  ],
];

test.each(SILENT)('%s is an error', (_, spec, code, path, message) => {
  const { problems, refused } = rendered(spec);
  expect(refused).toBe(false);
  const found = problems.find((problem) => problem.code === code);
  expect(found).toMatchObject({ severity: 'error', at: { object: 'ApplicationSet/argocd/web', path } });
  expect(found!.message).toMatch(message);
});

test('a label that a cluster lacks is looked up without an error, and is said', () => {
  const { problems } = rendered(
    {
      ...STRICT,
      generators: [{ clusters: { selector: { matchLabels: { other: 'x' } } } }],
      template: named({ labels: { env: '{{ index .metadata.labels "app/env" }}' } }),
    },
    { clusters: [{ name: 'c', server: 'https://c', labels: { other: 'x' } }] },
  );
  expect(problems.map(({ message }) => message)).toEqual([
    '{{ index .metadata.labels "app/env" }} renders as nothing: there is no such key (Application "c")',
  ]);
});

test('tags in Helm values may be meant for others: a warning', () => {
  const values = 'summary: "{{ $labels.instance }}"';
  const spec = { ...listOf({ name: 'a' }), ...plain({}, { source: { repoURL: 'r', path: 'p', helm: { values } } }) };
  expect(rendered(spec).problems).toMatchObject([
    { severity: 'warning', at: { path: '.spec.template.spec.source.helm.values' } },
  ]);
});

test('a mistake is said once, with the number of its Applications', () => {
  const elements = Array.from({ length: 50 }, (_, index) => ({ name: `a${index}` }));
  const { problems } = rendered({ ...listOf(...elements), ...plain({ labels: { c: 'x{{nope}}' } }) });
  const [found, ...others] = problems.filter(({ code }) => code === 'argocd-render-tag');
  expect(found!.message).toMatch(/\(Application "a0" and 49 more\)$/);
  expect(others).toEqual([]);
});

test('generators that yield nothing are a warning', () => {
  expect(rendered(listOf()).problems).toMatchObject([{ code: 'argocd-render-nothing', severity: 'warning' }]);
});

/** What the controller refuses, and where. */
const REFUSED: readonly [what: string, spec: object, code: string, path: string, message: RegExp, fix: RegExp][] = [
  [
    'a syntax error',
    { ...listOf({ name: 'a' }), template: named({ annotations: { c: 'ok\n{{ .name }' } }) },
    'argocd-render-template',
    '.spec.template.metadata.annotations.c',
    /^failed to parse template .*template: base:2: /s,
    /mend the template at its line 2/,
  ],
  [
    'a missing key under missingkey=error',
    { ...STRICT, ...listOf({ name: 'a' }), template: named({ labels: { c: 'x{{ .gone }}' } }) },
    'argocd-render-template',
    '.spec.template.metadata.labels.c',
    /map has no entry for key "gone"/,
    /line 1, column 5/,
  ],
  [
    "a mistake in a generator's own template",
    {
      generators: [
        {
          list: {
            elements: [{ name: 'a' }],
            template: { metadata: { labels: { c: '{{ x }}' } }, spec: { project: '', destination: {} } },
          },
        },
      ],
    },
    'argocd-render-template',
    '.spec.generators[0].list.template.metadata.labels.c',
    /function "x" not defined/,
    /line 1/,
  ],
  [
    'a tag without an end',
    { ...listOf({ name: 'a' }), ...plain({ annotations: { c: '{{name}} {{name}' } }) },
    'argocd-render-template',
    '.spec.template.metadata.annotations.c',
    /Cannot find end tag/,
    /column 10/,
  ],
  [
    'a number in a list without Go templates',
    { ...listOf({ name: 'a', n: 1 }), ...plain({}) },
    'argocd-render-generator',
    '.spec.generators[0].list.elements[0].n',
    /error parsing value as string/,
    /quote it/,
  ],
  [
    'a repository that nobody gave',
    { generators: [{ git: { repoURL: 'https://x/y.git', revision: 'v1', directories: [{ path: '*' }] } }] },
    'argocd-render-input',
    '.spec.generators[0].git',
    /nobody gave the files of https:\/\/x\/y\.git at revision v1/,
    /--repo URL=DIR/,
  ],
  [
    'an answer that nobody recorded',
    { generators: [{ plugin: { configMapRef: { name: 'x' } } }] },
    'argocd-render-input',
    '.spec.generators[0].plugin',
    /nobody recorded what the plugin generator answers/,
    /answers/,
  ],
  [
    'a patch of the wrong type',
    { ...listOf({ name: 'a' }), templatePatch: 'spec: {source: []}' },
    'argocd-render-patch',
    '.spec.templatePatch',
    /invalid templatePatch/,
    /./,
  ],
];

test.each(REFUSED)('%s stops the controller', (_, spec, code, path, message, fix) => {
  const result = rendered(spec);
  expect(result).toMatchObject({ refused: true, applications: [] });
  expect(result.problems[0]).toMatchObject({ code, severity: 'error', at: { path } });
  expect(result.problems[0]!.message).toMatch(message);
  expect(result.problems[0]!.fix).toMatch(fix);
});

test('what the API server does not accept never reaches the controller', () => {
  const result = rendered({ generators: 'all', template: TEMPLATE });
  expect(result.refused).toBe(true);
  expect(result.problems[0]).toMatchObject({ code: 'schema-type' });
});

test('an unknown field of the ApplicationSet is pruned, and said', () => {
  const result = rendered({ ...listOf({ name: 'a' }), strategie: {} });
  expect(names(result)).toEqual(['a']);
  expect(result.problems).toMatchObject([{ code: 'schema-field-unknown' }]);
});

test('a template without mistakes has no problems', () => {
  expect(rendered({ ...STRICT, ...listOf({ name: 'a' }) }).problems).toEqual([]);
});

test('what was given is not changed', () => {
  const spec = {
    ...listOf({ name: 'a', m: { k: 1 } }),
    template: named({ annotations: { c: '{{ $_ := set .m "k" 2 }}{{ .m.k }}' } }),
  };
  const before = JSON.stringify(spec);
  expect(rendered(spec).applications[0]!.metadata!.annotations).toEqual({ c: '2' });
  expect(JSON.stringify(spec)).toBe(before);
});
