/** Which names a text refers to, and which of them nothing yields. */
import { applicationSetKind } from '../../../src/argocd/application-set';
import { goReferences, tagReferences } from '../../../src/argocd/parameters/references';
import { checkManifest } from '../../../src/core/check-manifest';
import type { Manifest } from '../../../src/kernel/manifest';

test.each<[string, string[]]>([
  ['{{ .a.b }}-{{ .c }}', ['a.b', 'c']],
  ['{{ index .a "b-c" "d" }}', ['a.b-c.d']],
  ['{{ index .a 0 "d" }}', ['a']],
  ['{{ index . "a-b" }}', ['a-b']],
  ['{{ (index .a "b").c }}', ['a.b.c']],
  ['{{ (index .a 0).c }}', ['a']],
  ['{{ .a | default .b }}', ['a', 'b']],
  ['{{ dig "a" "b" "x" . }}', []],
  ['{{ dig "a" "x" .b }}', ['b']],
  ['{{ range .list }}{{ .inner }}{{ $.outer }}{{ end }}', ['list', 'outer']],
  ['{{ with .a }}{{ .b }}{{ else }}{{ .c }}{{ end }}', ['a', 'c']],
  ['{{ if .a }}{{ .b }}{{ else if .c }}{{ .d }}{{ end }}', ['a', 'b', 'c', 'd']],
  ['{{ $x := .a }}{{ $x.b }}', ['a']],
  ['{{ index .a .b }}', ['a', 'b']],
  ['{{ printf "%s" (lower .a) }}', ['a']],
  ['{{ define "t" }}{{ .x }}{{ end }}{{ template "t" .a }}', ['a']],
  ['{{ "{{ .x }}" }}', []],
  ['{{ .broken', []],
  ['plain', []],
])('%s refers to %j', (template, names) => {
  expect(goReferences(template).map((reference) => reference.names.join('.'))).toEqual(names);
});

test('tags of the older engine are names; the rest is text', () => {
  expect(tagReferences('{{a}} {{ b.c-d/e }} {{path[1]}} {{ .x }} {{ $y }} {{a | b}} {{ "z" }}')).toEqual([
    'a',
    'b.c-d/e',
    'path[1]',
  ]);
});

/** The codes of a set with one label. */
function reported(generators: readonly object[], label: string, more: object = {}): string[] {
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'web', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators,
      template: {
        metadata: { name: '{{ .name }}', labels: { label } },
        spec: {
          project: 'shop',
          source: { repoURL: 'https://git.example.com/r.git', path: 'web' },
          destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
        },
      },
      ...more,
    },
  };
  return checkManifest(manifest as Manifest, applicationSetKind.rules).map(({ code, message, fix }) =>
    [code.replace('argocd-appset-', ''), message, fix].join(': '),
  );
}

const elements = (...all: object[]) => ({ list: { elements: all } });
const git = (more: object) => ({ git: { repoURL: 'https://git.example.com/r.git', revision: 'main', ...more } });
const directories = git({ directories: [{ path: 'apps/*' }] });
const files = git({ files: [{ path: 'apps/*.json' }] });

describe('what a generator yields is not reported', () => {
  test.each<[string, object, string]>([
    ['an element', elements({ name: 'a', deep: { x: 'y' } }), '{{ .deep.x }}'],
    ['what some elements have', elements({ name: 'a', url: 'b' }, { name: 'c' }), '{{ .url }}'],
    ['elements as text', { list: { elementsYaml: '[{ name: a, x: b }]' } }, '{{ .x }}'],
    ['values of clusters', { clusters: { values: { rev: 'a' } } }, '{{ .values.rev }}'],
    ['annotations', { clusters: {} }, '{{ .metadata.annotations.owner }}'],
    ['any key of a file', { matrix: { generators: [files, { clusters: {} }] } }, '{{ .anything.goes }}'],
    [
      'a prefixed path',
      { matrix: { generators: [git({ directories: [{ path: 'a/*' }], pathParamPrefix: 'p' }), { clusters: {} }] } },
      '{{ .p.path.basename }}',
    ],
    ['a segment', { matrix: { generators: [directories, { clusters: {} }] } }, '{{ index .path.segments 1 }}'],
    ['what a plugin answers', { plugin: { configMapRef: { name: 'a' } } }, '{{ .x.y }}'],
    [
      'what the base of a merge lacks',
      { merge: { mergeKeys: ['name'], generators: [{ clusters: {} }, elements({ name: 'a', x: 'b' })] } },
      '{{ .x }}',
    ],
    ['what is asked for', elements({ name: 'a' }), '{{ if hasKey . "x" }}{{ .x }}{{ end }}'],
    ['a default by dig', elements({ name: 'a' }), '{{ dig "x" "y" . }}'],
  ])('%s', (_, generator, label) => {
    expect(reported([generator], label)).toEqual([]);
  });

  test('a condition, where a missing key is no error', () => {
    const lenient = { goTemplateOptions: ['missingkey=zero'] };
    expect(reported([elements({ name: 'a' })], '{{ if .x }}a{{ end }}{{ .y | default "b" }}', lenient)).toEqual([]);
    expect(reported([elements({ name: 'a' })], '{{ .x }}', lenient)).toHaveLength(1);
  });
});

describe('a name that nothing yields is an error', () => {
  test.each<[string, object, string, string]>([
    [
      'an element',
      elements({ name: 'a', cluster: 'b' }),
      '{{ .clster }}',
      'no generator yields .clster: did you mean .cluster?',
    ],
    [
      'nested',
      elements({ name: 'a', deep: { tier: 'y' } }),
      '{{ .deep.teir }}',
      'no generator yields .deep.teir: did you mean .deep.tier?',
    ],
    ['of text', elements({ name: 'a' }), '{{ .name.first }}', 'no generator yields .name.first: there are: none'],
    [
      'a value',
      { clusters: { values: { revision: 'a' } } },
      '{{ .values.revison }}',
      'no generator yields .values.revison: did you mean .values.revision?',
    ],
    [
      'of another engine',
      { clusters: {} },
      '{{ .metdata.labels.x }}',
      'no generator yields .metdata: did you mean .metadata?',
    ],
  ])('%s', (_, generator, label, said) => {
    expect(reported([generator], label)).toEqual([`parameter-unknown: ${said}`]);
  });

  test('in the second generator of a matrix, judged by what the first yields', () => {
    const second = {
      clusters: { selector: { matchLabels: { region: '{{ .regoin }}' } }, values: { a: '{{ .name }}' } },
    };
    expect(reported([{ matrix: { generators: [elements({ region: 'eu' }), second] } }], 'x')).toEqual([
      'parameter-unknown: no generator yields .regoin: did you mean .region?',
    ]);
  });

  test("in a generator's own template, judged by what that generator yields", () => {
    const template = { metadata: { labels: { a: '{{ .server }}' } }, spec: { project: '', destination: {} } };
    const own = { list: { elements: [{ name: 'a' }], template } };
    expect(reported([own, { clusters: {} }], 'x')).toEqual([
      'parameter-unknown: no generator yields .server: there are: name',
    ]);
  });

  test('in a patch', () => {
    expect(
      reported([elements({ name: 'a' })], 'x', { templatePatch: 'metadata: { labels: { a: "{{ .nme }}" } }' }),
    ).toEqual(['parameter-unknown: no generator yields .nme: did you mean .name?']);
  });

  test('of the older engine, outside values and annotations', () => {
    const old = (label: string) => ({
      goTemplate: false,
      goTemplateOptions: [],
      template: {
        metadata: { name: '{{name}}', labels: { label }, annotations: { rule: '{{pod}}' } },
        spec: {
          project: 'shop',
          source: { repoURL: 'https://git.example.com/r.git', path: 'web', helm: { values: 'x: {{pod}}' } },
          destination: { server: 'https://kubernetes.default.svc', namespace: 'web' },
        },
      },
    });
    const element = elements({ name: 'a', values: { tier: 'b' } });
    expect(reported([element], '', old('{{values.tier}}'))).toEqual([]);
    expect(reported([element], '', old('{{values.teir}}'))).toEqual([
      'parameter-unknown: {{values.teir}} stays as it is: no generator yields values.teir: did you mean {{values.tier}}?',
    ]);
    expect(reported([{ clusters: {} }], '', old('{{metadata.annotations.a/b}}'))).toEqual([]);
    const matrix = { matrix: { generators: [directories, element] } };
    expect(reported([matrix], '', old('{{path[1]}}-{{path.basename}}-{{path}}'))).toEqual([]);
    expect(reported([matrix], '', old('{{path.filename}}'))).toEqual([]);
    expect(reported([{ matrix: { generators: [files, element] } }], '', old('{{anything}}'))).toEqual([]);
  });
});

describe('a label that a cluster may lack is a warning', () => {
  const selecting = (selector: object) => ({ clusters: { selector } });
  const tag = '{{ .metadata.labels.region }}';

  test.each<[string, object]>([
    ['matchLabels', selecting({ matchLabels: { region: 'eu' } })],
    ['Exists', selecting({ matchExpressions: [{ key: 'region', operator: 'Exists' }] })],
    ['In', selecting({ matchExpressions: [{ key: 'region', operator: 'In', values: ['eu'] }] })],
    [
      'a selector behind the generator',
      { clusters: {}, selector: { matchExpressions: [{ key: 'metadata.labels.region', operator: 'Exists' }] } },
    ],
    ['an element of that name', elements({ name: 'a', metadata: { labels: { region: 'eu' } } })],
    ['inside a matrix', { matrix: { generators: [directories, selecting({ matchLabels: { region: 'eu' } })] } }],
  ])('unless %s', (_, generator) => {
    expect(reported([generator], tag)).toEqual([]);
  });

  test.each<[string, object]>([
    ['no selector', { clusters: {} }],
    ['another label', selecting({ matchLabels: { tier: 'a' } })],
    ['NotIn', selecting({ matchExpressions: [{ key: 'region', operator: 'NotIn', values: ['eu'] }] })],
  ])('with %s', (_, generator) => {
    expect(reported([generator], tag)).toMatchObject([expect.stringMatching(/^label-unselected: "region"/)]);
    expect(reported([generator], '{{ index .metadata.labels "region" }}')).toHaveLength(1);
    expect(reported([generator], '{{ index (dig "metadata" "labels" (dict) .) "region" | default "x" }}')).toEqual([]);
  });
});
