/** What a template's callback accepts, and what does not compile. */
import type { Construct } from 'constructs';
import { z } from 'zod';
import {
  ApplicationSet,
  automated,
  clusterDecisionResource,
  clusters,
  type Generator,
  gitDirectories,
  gitFiles,
  list,
  listYaml,
  manual,
  matrix,
  merge,
  not,
  type Param,
  plugin,
  pullRequest,
  type Refs,
  raw,
  scmProvider,
  type Text,
  when,
} from '../../../src/argocd';

declare const scope: Construct;
declare function same<A, B>(
  ...proof: (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? [] : [A, B]
): void;

const git = { repoURL: 'https://github.com/acme/deploy.git', revision: 'main' };
const source = { repoURL: git.repoURL, targetRevision: 'main', path: 'checkout' };
const destination = { server: 'https://kubernetes.default.svc', namespace: 'shop' };

/** A template with one text, for trying what is one. */
function named(name: Text) {
  return { metadata: { name }, spec: { project: 'shop', source, destination } };
}

/** What a generator yields. */
declare function of<P>(generator: Generator<P>): Refs<P>;

function compiles(body: () => unknown): void {
  expect(typeof body).toBe('function');
}

test('list yields what every element has', () => {
  compiles(() => {
    const p = of(
      list([
        { cluster: 'dev', replicas: 1, prune: true, values: { tier: 'a' } },
        { cluster: 'prod', replicas: 3, prune: false, values: { tier: 'b' } },
      ]),
    );
    same<typeof p.cluster, Param<'dev' | 'prod'>>();
    same<typeof p.replicas, Param<1 | 3>>();
    same<typeof p.prune, Param<boolean>>();
    same<typeof p.values.tier, Param<'a' | 'b'>>();
    // @ts-expect-error Did you mean 'cluster'?
    p.clster;
    // @ts-expect-error a nested name is checked too
    p.values.teir;
    // @ts-expect-error a parameter is no string
    p.cluster.toUpperCase();
    // @ts-expect-error no element has it
    p.cluster.is('stage');
  });
  compiles(() => {
    const uneven = of(list([{ cluster: 'dev', url: 'https://1' }, { cluster: 'prod' }]));
    // @ts-expect-error url is not in every element
    uneven.url;
  });
});

test('a typo in a template does not compile', () => {
  compiles(() => {
    new ApplicationSet(scope, 'right', {
      generators: [list([{ cluster: 'dev' }])],
      template: (p) => named(`${p.cluster}-guestbook`),
    });
    new ApplicationSet(scope, 'typo', {
      generators: [list([{ cluster: 'dev' }])],
      // @ts-expect-error Did you mean 'cluster'?
      template: (p) => named(`${p.clster}-guestbook`),
    });
    new ApplicationSet(scope, 'field', {
      generators: [list([{ cluster: 'dev' }])],
      // @ts-expect-error a field that no Application has
      template: (p) => ({ metadata: { name: p.cluster }, spec: { project: 'shop', source, destnation: destination } }),
    });
    new ApplicationSet(scope, 'nested-field', {
      generators: [list([{ cluster: 'dev' }])],
      // @ts-expect-error a field that no source has
      template: (p) => ({
        metadata: { name: p.cluster },
        spec: { project: 'shop', source: { ...git, helm: { parametrs: {} } }, destination },
      }),
    });
  });
});

test('a field that does not exist does not compile, at any depth', () => {
  compiles(() => {
    new ApplicationSet(scope, 'spec', {
      generators: [list([{ cluster: 'dev' }])],
      // @ts-expect-error there is no revisionHistoryLmit
      template: (p) => ({
        metadata: { name: p.cluster },
        spec: { project: 'shop', source, destination, revisionHistoryLmit: 3 },
      }),
    });
    new ApplicationSet(scope, 'list', {
      generators: [list([{ cluster: 'dev' }])],
      // @ts-expect-error there is no pth
      template: (p) => ({
        metadata: { name: p.cluster },
        spec: { project: 'shop', sources: [{ ...source, pth: 'x' }], destination },
      }),
    });
    new ApplicationSet(scope, 'free', {
      generators: [list([{ cluster: 'dev', replicas: 3 }])],
      template: (p) => ({
        metadata: { name: p.cluster, labels: { any: p.cluster } },
        spec: {
          project: 'shop',
          sources: [
            { ...source, helm: { valuesObject: { any: [{ depth: p.replicas }] }, parameters: { x: p.replicas } } },
          ],
          destination,
          info: { any: 'thing' },
          sync: automated({ prune: true }),
          retry: { limit: 3, backoff: { duration: '5s' } },
          ignoreDifferences: [{ kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
        },
      }),
    });
  });
});

test('a parameter of text is no boolean and no number', () => {
  compiles(() => {
    new ApplicationSet(scope, 'boolean', {
      generators: [list([{ cluster: 'dev', prune: true, history: 3 }])],
      template: (p) => ({
        metadata: { name: p.cluster, labels: { prune: p.prune, history: p.history } },
        spec: {
          project: 'shop',
          source,
          destination: { name: p.cluster, namespace: 'shop' },
          revisionHistoryLimit: p.history,
          sync: automated({ prune: p.prune, selfHeal: true }),
        },
      }),
    });
    new ApplicationSet(scope, 'number', {
      generators: [list([{ cluster: 'dev', prune: true }])],
      // @ts-expect-error text, where a number is wanted
      template: (p) => ({
        metadata: { name: p.cluster },
        spec: { project: 'shop', source, destination, revisionHistoryLimit: p.cluster },
      }),
    });
    new ApplicationSet(scope, 'text', {
      generators: [list([{ cluster: 'dev', prune: true }])],
      // @ts-expect-error text, where a boolean is wanted
      template: (p) => ({
        metadata: { name: p.cluster },
        spec: { project: 'shop', source, destination, syncPolicy: { automated: { prune: p.cluster } } },
      }),
    });
    new ApplicationSet(scope, 'automated', {
      generators: [list([{ cluster: 'dev' }])],
      template: (p) => ({
        metadata: { name: p.cluster },
        // @ts-expect-error text, where a boolean is wanted
        spec: { project: 'shop', source, destination, sync: automated({ prune: p.cluster }) },
      }),
    });
  });
});

test('a choice has the type of its field, and a condition is a boolean', () => {
  compiles(() => {
    new ApplicationSet(scope, 'choice', {
      generators: [list([{ cluster: 'dev', auto: true }])],
      template: (p) => ({
        metadata: { name: p.cluster, labels: { tier: when(p.cluster.is('dev'), 'low', 'high') } },
        spec: {
          project: 'shop',
          source: { ...source, helm: { skipCrds: when(p.auto, true, false) } },
          destination,
          sync: when(p.auto, automated({ prune: p.auto }), manual()),
          syncOptions: when(not(p.auto), { createNamespace: true }),
        },
      }),
    });
    new ApplicationSet(scope, 'wrong-choice', {
      generators: [list([{ cluster: 'dev', auto: true }])],
      // @ts-expect-error text, where a sync mode is wanted
      template: (p) => ({
        metadata: { name: p.cluster },
        spec: { project: 'shop', source, destination, sync: when(p.auto, 'automated', manual()) },
      }),
    });
    const p = of(list([{ cluster: 'dev' }]));
    // @ts-expect-error text is no condition
    when(p.cluster, automated(), manual());
    // @ts-expect-error a project is there for every Application
    named(when(p.cluster.is('dev'), 'a'));
  });
});

test('clusters yield what is selected by and what is declared', () => {
  compiles(() => {
    const p = of(
      clusters({
        labels: { tier: 'production' },
        matchExpressions: [
          { key: 'region', operator: 'Exists' },
          { key: 'old', operator: 'DoesNotExist' },
        ],
        metadata: { labels: ['acme.io/zone'], annotations: ['owner'] },
        values: { revision: 'stable' },
      }),
    );
    same<typeof p.nameNormalized, Param<string>>();
    same<typeof p.metadata.labels.tier, Param<string>>();
    same<typeof p.metadata.labels.region, Param<string>>();
    same<(typeof p.metadata.labels)['acme.io/zone'], Param<string>>();
    same<typeof p.metadata.annotations.owner, Param<string>>();
    same<typeof p.values.revision, Param<string>>();
    // @ts-expect-error a value that is not declared
    p.values.revison;
    // @ts-expect-error a cluster without it is selected
    p.metadata.labels.old;
    // @ts-expect-error no label that is declared
    p.metadata.labels.team;
    // @ts-expect-error no values at all
    of(clusters()).values.revision;
  });
  compiles(() => {
    const metadata = z.object({ labels: z.object({ region: z.string(), zone: z.string().optional() }) });
    const p = of(clusters({ labels: { tier: 'a' }, metadata }));
    named(p.metadata.labels.region);
    named(p.metadata.labels.tier);
    named(p.metadata.labels.zone.orElse('a'));
    // @ts-expect-error a cluster may lack it
    named(p.metadata.labels.zone);
  });
  compiles(() => {
    const p = of(clusters({ flatList: true, values: { a: 'b' } }));
    named(p.clusters[0].name);
    named(p.clusters.at(3).values.a);
    // @ts-expect-error a list is no text
    named(p.clusters);
    // @ts-expect-error one set for all
    p.name;
  });
});

test('Git yields paths, below a prefix if there is one, and what a schema says of files', () => {
  compiles(() => {
    const p = of(gitDirectories({ ...git, directories: ['apps/*'], values: { team: 'a' } }));
    named(p.path.path);
    named(p.path.basenameNormalized);
    named(p.path.segments[1]);
    named(p.path.segments.at(1));
    named(p.values.team);
    // @ts-expect-error a path is no text: it has parts
    named(p.path);
    // @ts-expect-error only files have a name
    p.path.filename;
    const prefixed = of(gitDirectories({ ...git, directories: ['apps/*'], pathParamPrefix: 'app' }));
    named(prefixed.app.path.basename);
    // @ts-expect-error it is below the prefix
    prefixed.path;
  });
  compiles(() => {
    const schema = z.object({
      region: z.enum(['eu', 'us']),
      port: z.number(),
      debug: z.boolean().default(false),
      path: z.string(),
      services: z.array(z.object({ name: z.string(), public: z.boolean() })),
    });
    const p = of(gitFiles({ ...git, files: ['clusters/*.json'], schema }));
    same<typeof p.region, Param<'eu' | 'us'>>();
    same<typeof p.port, Param<number>>();
    named(p.path.filename);
    named(p.services[0].name);
    // @ts-expect-error the schema's default is none of the file's
    when(p.debug, 'a', 'b');
    when(p.debug.orElse(false), 'a', 'b');
    // @ts-expect-error no field of the schema
    p.regoin;
    // @ts-expect-error without a schema nothing is known of a file
    of(gitFiles({ ...git, files: ['a.json'] })).region;
    const each = of(matrix(gitFiles({ ...git, files: ['a.json'], schema }), (file) => list(file.services)));
    named(each.name);
    when(each.public, 'a', 'b');
  });
});

test('providers, plugins and decisions', () => {
  compiles(() => {
    const repository = of(scmProvider({ github: { organization: 'acme' }, values: { tier: 'a' } }));
    named(repository.short_sha_7);
    named(repository.labels);
    named(repository.values.tier);
    const request = of(pullRequest({ github: { owner: 'acme', repo: 'shop' } }));
    named(request.branch_slug);
    named(request.labels.join('-'));
    // @ts-expect-error a list is no text
    named(request.labels);
    const decision = of(clusterDecisionResource({ configMapRef: 'a', name: 'b' }, { keys: ['clusterName'] }));
    named(decision.clusterName);
    named(decision.server);
    // @ts-expect-error a key that is not declared
    decision.region;
    const asked = plugin(
      { configMapRef: { name: 'a' }, input: { parameters: { team: 'shop' } } },
      { schema: z.object({ host: z.string() }) },
    );
    named(of(asked).host);
    named(of(asked).generator.input.parameters.team);
    const yaml = of(listYaml('- name: a', { schema: z.object({ name: z.string() }) }));
    named(yaml.name);
    // @ts-expect-error without a schema nothing is known
    of(listYaml('- name: a')).name;
  });
});

test('matrix yields both, merge the base and perhaps the others', () => {
  compiles(() => {
    const p = of(matrix(list([{ region: 'eu' }]), (first) => clusters({ labels: { region: first.region } })));
    named(p.region);
    named(p.name);
    named(p.metadata.labels.region);
    // @ts-expect-error neither yields it
    p.path;
    // @ts-expect-error the second knows the first's names
    matrix(list([{ region: 'eu' }]), (first) => clusters({ labels: { region: first.regoin } }));
  });
  compiles(() => {
    const p = of(merge(['name'], [clusters(), list([{ name: 'eu', replicas: 3 }])]));
    named(p.server);
    named(p.replicas.orElse(1));
    // @ts-expect-error a cluster may have no element in the list
    named(p.replicas);
    // @ts-expect-error both yield name alone
    merge(['server'], [clusters(), list([{ name: 'eu' }])]);
    // @ts-expect-error keys are looked up flat
    merge(['metadata'], [clusters(), clusters()]);
  });
});

test('matrix and merge nest once', () => {
  compiles(() => {
    const one = matrix(clusters(), list([{ team: 'a' }]));
    const two = matrix(one, list([{ zone: 'a' }]));
    named(of(two).team);
    // @ts-expect-error the controller reads two levels
    matrix(two, list([{ x: 'y' }]));
    // @ts-expect-error the controller reads two levels
    merge(['name'], [clusters(), two]);
  });
});

test('several generators share what all of them yield', () => {
  compiles(() => {
    const generators = [clusters(), list([{ name: 'a', server: 'b' }])] as const;
    new ApplicationSet(scope, 'shared', { generators, template: (p) => named(`${p.name}-${p.server}`) });
    new ApplicationSet(scope, 'inline', {
      generators: [clusters(), list([{ name: 'a', server: 'b' }])],
      template: (p) => named(`${p.name}-${p.server}`),
    });
    new ApplicationSet(scope, 'unshared', {
      generators: [clusters(), list([{ name: 'a', server: 'b' }])],
      // @ts-expect-error only clusters() yields it
      template: (p) => named(p.nameNormalized),
    });
  });
});

test("a generator's own template has its own parameters", () => {
  compiles(() => {
    new ApplicationSet(scope, 'own', {
      generators: [
        list([{ cluster: 'dev', tier: 'low' }], { template: (p) => ({ metadata: { labels: { tier: p.tier } } }) }),
        clusters({ values: { a: 'b' }, template: (p) => ({ metadata: { labels: { a: p.values.a } } }) }),
      ],
      template: () => named('a'),
    });
    // @ts-expect-error a typo
    list([{ cluster: 'dev', tier: 'low' }], { template: (p) => ({ metadata: { labels: { tier: p.teir } } }) });
  });
});

test('what nothing is known of needs raw()', () => {
  compiles(() => {
    new ApplicationSet(scope, 'raw', {
      generators: [{ clusters: {} }],
      template: () => named(raw('{{ .name | upper }}')),
    });
    new ApplicationSet(scope, 'unknown', {
      generators: [{ clusters: {} }],
      // @ts-expect-error upstream's shape yields nothing that types know
      template: (p) => named(p.name),
    });
    // @ts-expect-error a template of text is no condition
    when(raw('{{ .name }}'), 'a', 'b');
    when(raw('{{ hasPrefix "eu-" .name }}', 'boolean'), 'a', 'b');
  });
});
