import { names, rendered, TEMPLATE } from './sets';

const annotated = (annotations: Record<string, string>, name = '{{ .name }}') => ({
  template: { metadata: { name, annotations }, spec: TEMPLATE.spec },
});
const annotationsOf = (result: ReturnType<typeof rendered>) => {
  if (result.refused) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.applications.map(({ metadata }) => metadata?.annotations);
};

describe('clusters', () => {
  const generators = [{ clusters: {} }];

  test('only the cluster Argo CD runs in, when no other is given', () => {
    expect(names(rendered({ generators }))).toEqual(['in-cluster']);
  });

  test('no local one beside a Secret for it', () => {
    const clusters = [{ name: 'home', server: 'https://kubernetes.default.svc' }];
    expect(names(rendered({ generators }, { clusters }))).toEqual(['home']);
  });

  test('Secrets in base64, and those without the label', () => {
    const data = { name: Buffer.from('c1').toString('base64'), server: Buffer.from('https://c1').toString('base64') };
    const secret = (labels: Record<string, string>) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', labels },
      data,
    });
    const labels = { 'argocd.argoproj.io/secret-type': 'cluster' };
    expect(names(rendered({ generators }, { clusters: [secret(labels)] }))).toEqual(['c1', 'in-cluster']);
    expect(names(rendered({ generators }, { clusters: [secret({})] }))).toEqual(['in-cluster']);
  });
});

describe('git', () => {
  const repoURL = 'https://git.example.com/Config.git';
  const files = { 'a/x.yaml': 'name: ax', 'a/b/x.yaml': 'name: abx', 'c/y.yaml': 'name: cy', '.h/x.yaml': 'name: hx' };
  const git = (path: string) => ({ generators: [{ git: { repoURL, revision: 'main', files: [{ path }] } }] });

  test.each([
    ['*/x.yaml', ['hx', 'abx', 'ax'], ['hx', 'ax']],
    ['a/*.yaml', ['abx', 'ax'], ['ax']],
    ['**/x.yaml', ['hx', 'abx', 'ax'], ['hx', 'abx', 'ax']],
    ['a/**/x.yaml', ['abx'], ['abx', 'ax']],
    ['a', ['abx', 'ax'], []],
    ['{a,c}/*.yaml', [], ['ax', 'cy']],
    ['[ac]/?.yaml', ['ax', 'cy'], ['ax', 'cy']],
    ['./c//y.yaml', ['cy'], ['cy']],
    ['../c/y.yaml', [], []],
  ])('the pattern %s', (path, greedy, doublestar) => {
    const repositories = { [repoURL]: files };
    expect(names(rendered(git(path), { repositories }))).toEqual(greedy);
    expect(names(rendered(git(path), { repositories, fileGlobbing: 'doublestar' }))).toEqual(doublestar);
  });

  test('a repository is the same with or without .git, and a revision of its own comes first', () => {
    const repositories = [
      { repoURL: 'https://git.example.com/config/', files: { 'x.yaml': 'name: any' } },
      { repoURL, revision: 'main', files: { 'x.yaml': 'name: main' } },
    ];
    expect(names(rendered(git('x.yaml'), { repositories }))).toEqual(['main']);
    expect(names(rendered(git('x.yaml'), { repositories: repositories.slice(0, 1) }))).toEqual(['any']);
  });
});

describe('recorded answers', () => {
  test('scmProvider', () => {
    const result = rendered(
      {
        generators: [{ scmProvider: { github: { organization: 'acme' }, values: { v: '{{ .repository }}!' } } }],
        ...annotated(
          {
            all: '{{ .organization }} {{ .repository_id }} {{ .url }} {{ .branchNormalized }} {{ .short_sha }} {{ .short_sha_7 }} {{ .labels }} {{ .values.v }}',
          },
          '{{ .repository }}',
        ),
      },
      {
        answers: {
          scmProvider: [
            {
              organization: 'acme',
              repository: 'web',
              repositoryId: 1234567890,
              url: 'u',
              branch: 'Feat/X',
              sha: '0123456789',
              labels: ['a', 'b'],
            },
          ],
        },
      },
    );
    expect(annotationsOf(result)).toEqual([{ all: 'acme 1234567890 u feat-x 01234567 0123456 a,b web!' }]);
  });

  test('pullRequest', () => {
    const result = rendered(
      {
        generators: [{ pullRequest: { github: { owner: 'acme', repo: 'web' } } }],
        ...annotated(
          {
            all: '{{ .number }} {{ .branch_slug }} {{ .target_branch }} {{ .head_short_sha_7 }} {{ .author }} {{ index .labels 0 }} {{ .labels }}',
          },
          'pr-{{ .number }}',
        ),
      },
      {
        answers: {
          pullRequest: () => [
            {
              number: 7,
              branch: 'feature/Foo_Bar & more',
              targetBranch: 'main',
              headSha: 'abcdef0123',
              author: 'me',
              labels: ['x', 'y'],
            },
          ],
        },
      },
    );
    expect(annotationsOf(result)).toEqual([{ all: '7 feature-foo-bar-and-more main abcdef0 me x [x y]' }]);
  });

  test('clusterDecisionResource: only clusters that Argo CD knows, values as they are written', () => {
    const generators = [{ clusterDecisionResource: { configMapRef: 'c', name: 'n', values: { v: '{{ .name }}' } } }];
    const result = rendered(
      { generators, ...annotated({ all: '{{ .server }} {{ .clusterName }} {{ .score }} {{ .values.v }}' }) },
      {
        clusters: [{ name: 'c1', server: 'https://c1' }],
        answers: {
          clusterDecisionResource: {
            matchKey: 'clusterName',
            decisions: [{ clusterName: 'c1', score: 3 }, { clusterName: 'c2' }],
          },
        },
      },
    );
    expect(annotationsOf(result)).toEqual([{ all: 'https://c1 c1 3 {{ .name }}' }]);
  });

  test('plugin, both engines', () => {
    const generators = [
      { plugin: { configMapRef: { name: 'p' }, input: { parameters: { k: 'v' } }, values: { v: 'x' } } },
    ];
    const answers = { plugin: [{ name: 'a', nested: { deep: [1, 2] } }] };
    expect(
      annotationsOf(
        rendered({ generators, ...annotated({ d: '{{ index .nested.deep 1 }}{{ .values.v }}' }) }, { answers }),
      ),
    ).toEqual([{ d: '2x' }]);
    const plain = { goTemplate: false, generators, ...annotated({ d: '{{nested.deep.1}}{{values.v}}' }, '{{name}}') };
    expect(annotationsOf(rendered(plain, { answers }))).toEqual([{ d: '2x' }]);
  });

  test('a provider is needed before anybody is asked', () => {
    const result = rendered({ generators: [{ scmProvider: {} }] }, { answers: { scmProvider: [] } });
    expect(result.problems[0]!.message).toBe('no SCM provider implementation configured');
  });
});

test('the second generator of a matrix is asked again for every set of the first', () => {
  const generators = [
    {
      matrix: {
        generators: [
          { list: { elements: [{ owner: 'a' }, { owner: 'b' }] } },
          { pullRequest: { github: { owner: '{{ .owner }}', repo: 'web' } } },
        ],
      },
    },
  ];
  const asked: unknown[] = [];
  const answers = {
    pullRequest: ({ github }: Readonly<Record<string, unknown>>) => {
      asked.push(github);
      return [{ number: asked.length, branch: 'x', headSha: 'y' }];
    },
  };
  expect(names(rendered({ generators, ...annotated({}, '{{ .owner }}-{{ .number }}') }, { answers }))).toEqual([
    'a-1',
    'b-2',
  ]);
  expect(asked).toEqual([
    { owner: 'a', repo: 'web' },
    { owner: 'b', repo: 'web' },
  ]);
});
