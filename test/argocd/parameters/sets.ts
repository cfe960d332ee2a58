/** ApplicationSets with typed parameters, and a world to render them in. */
import { z } from 'zod';
import { EnvironmentStack, GitOpsApp } from '../../../src';
import {
  ApplicationSet,
  automated,
  clusters,
  gitDirectories,
  gitFiles,
  list,
  literal,
  manual,
  matrix,
  merge,
  not,
  raw,
  when,
} from '../../../src/argocd';
import type { ClusterEntry } from '../../../src/argocd/render';

const repoURL = 'https://git.example.com/r.git';
const git = { repoURL, revision: 'main' };
const source = { repoURL, targetRevision: 'main', path: 'web' };
const destination = { server: 'https://kubernetes.default.svc', namespace: 'web' };
const base = { project: 'shop', source, destination };

export const files: Readonly<Record<string, string>> = {
  'apps/web/app.json': JSON.stringify({
    app: { name: 'web', tier: 'gold' },
    port: 1000000,
    note: 'a "quoted" \\ text: # yes\nand a second line',
    environments: [
      { name: 'dev', url: 'https://dev.example.com', auto: true },
      { name: 'prod', url: 'https://prod.example.com', auto: false },
    ],
  }),
  'apps/api/app.json': JSON.stringify({
    app: { name: 'api' },
    port: 8080,
    note: '{}',
    environments: [{ name: 'dev', url: 'https://dev.example.com', auto: true }],
  }),
};

/** As the clusters' Secrets say. */
export const world: readonly ClusterEntry[] = [
  {
    name: 'Prod_EU.1',
    server: 'https://prod.example.com',
    project: 'shop',
    labels: { env: 'prod', region: 'eu', 'acme.io/zone': 'a' },
    annotations: { owner: 'team-a' },
  },
  { name: 'dev', server: 'https://dev.example.com', labels: { env: 'dev' } },
];

const schema = z.object({
  app: z.object({ name: z.string(), tier: z.string().optional() }),
  port: z.number(),
  note: z.string(),
  environments: z.array(z.object({ name: z.string(), url: z.string(), auto: z.boolean() })),
});

function stack(): EnvironmentStack {
  return new EnvironmentStack(new GitOpsApp().environment('hub'), 'apps', { namespace: 'argocd' });
}

/** Each makes its set anew. */
export const sets = {
  /** S-01, S-30: who syncs by itself says so in its element; the others have no `automated` at all. */
  'auto-sync': () =>
    new ApplicationSet(stack(), 'set', {
      generators: [
        list([
          { cluster: 'dev', auto: true, prune: false, history: 3 },
          { cluster: 'prod', auto: false, prune: true, history: 1000000 },
        ]),
      ],
      template: (p) => ({
        metadata: { name: `${p.cluster}-web` },
        spec: {
          ...base,
          revisionHistoryLimit: p.history,
          sync: when(p.auto, automated({ prune: p.prune, selfHeal: true }), manual()),
          syncOptions: { createNamespace: true },
        },
      }),
    }),
  /** A mapping whose every field may be absent is empty, and deletes nothing. */
  'all-or-nothing': () =>
    new ApplicationSet(stack(), 'set', {
      generators: [
        list([
          { cluster: 'dev', auto: true, notes: true },
          { cluster: 'stage', auto: false, notes: true },
          { cluster: 'prod', auto: false, notes: false },
        ]),
      ],
      template: (p) => ({
        metadata: {
          name: `${p.cluster}-web`,
          annotations: { first: when(p.notes, 'a'), second: when(p.auto, `for ${p.cluster}`) },
          finalizers: when(p.auto, ['resources-finalizer.argocd.argoproj.io/background']),
        },
        spec: {
          ...base,
          sync: when(p.auto, automated(), manual()),
          retry: when(not(p.auto), { limit: 2, backoff: { duration: '10s' } }),
          info: when(p.notes, { Runbook: `https://wiki.example.com/${p.cluster}` }),
        },
      }),
    }),
  /** Texts take any scalar; a number is never printed as 1e+06. */
  texts: () =>
    new ApplicationSet(stack(), 'set', {
      generators: [list([{ cluster: 'dev', 'odd-key': 'x', port: 1000000, debug: true, deep: { 'a.b': { c: 'd' } } }])],
      template: (p) => ({
        metadata: {
          name: `${p.cluster}-web`,
          labels: {
            odd: p['odd-key'],
            deep: p.deep['a.b'].c,
            port: p.port,
            debug: p.debug,
            tier: when(p.cluster.is('dev'), 'low', when(p.debug, 'high', p.cluster)),
            upper: raw('{{ .cluster | upper }}'),
          },
          annotations: { rule: literal('{{ $labels.pod }} on {{ .x }}'), both: `${literal('{{')} ${p.cluster}` },
        },
        spec: {
          ...base,
          source: { ...source, helm: { parameters: { port: p.port, debug: p.debug, cluster: p.cluster } } },
        },
      }),
    }),
  /** Lists and free values move into the patch as a whole, their texts safely quoted. */
  'whole-values': () =>
    new ApplicationSet(stack(), 'set', {
      generators: [gitFiles({ ...git, files: ['apps/*/app.json'], schema })],
      template: (p) => ({
        metadata: { name: p.app.name, labels: { tier: p.app.tier.orElse('none'), first: p.environments[0].name } },
        spec: {
          project: 'shop',
          destination,
          sources: [
            {
              ...source,
              path: p.path.path,
              helm: {
                skipTests: p.port.is(8080),
                valuesObject: {
                  port: p.port,
                  note: p.note,
                  text: `100% of ${p.app.name}: ${p.path.segments[1]}`,
                  rule: literal('{{ $value }}'),
                  list: [p.app.name, when(p.port.is(8080), 'small'), 5, true, null],
                  nothing: [when(p.port.is(1), 'a')],
                  yes: 'no',
                },
              },
            },
            { repoURL, targetRevision: 'main', ref: 'values' },
          ],
        },
      }),
    }),
  /** S-10: an inner list fans out. */
  'fan-out': () =>
    new ApplicationSet(stack(), 'set', {
      generators: [matrix(gitFiles({ ...git, files: ['apps/*/app.json'], schema }), (file) => list(file.environments))],
      template: (p) => ({
        metadata: { name: `${p.app.name}-${p.name}` },
        spec: {
          project: 'shop',
          source: { ...source, path: p.path.path, helm: { valueFiles: [`values-${p.name}.yaml`] } },
          destination: { server: p.url, namespace: p.app.name },
          sync: when(p.auto, automated({ selfHeal: true })),
        },
      }),
    }),
  /** S-82: a default for labels that a cluster lacks, or lacks all of. */
  labels: () =>
    new ApplicationSet(stack(), 'set', {
      generators: [
        clusters({
          metadata: z.object({
            labels: z.object({ region: z.string().optional(), 'acme.io/zone': z.string().optional() }),
            annotations: z.object({ owner: z.string().optional() }),
          }),
          values: { revision: 'stable' },
        }),
      ],
      template: (p) => ({
        metadata: {
          name: `${p.nameNormalized}-web`,
          labels: {
            region: p.metadata.labels.region.orElse('nowhere'),
            zone: p.metadata.labels['acme.io/zone'].orElse('none'),
          },
          annotations: { owner: p.metadata.annotations.owner.orElse('nobody') },
        },
        spec: {
          ...base,
          source: { ...source, targetRevision: p.values.revision },
          destination: { server: p.server, namespace: 'web' },
          revisionHistoryLimit: when(p.metadata.labels.region.orElse('').is('eu'), 5, 2),
        },
      }),
    }),
  selected: () =>
    new ApplicationSet(stack(), 'set', {
      generators: [
        matrix(list([{ env: 'prod' }, { env: 'dev' }]), (p) =>
          clusters({ labels: { env: p.env }, values: { e: p.env } }),
        ),
      ],
      template: (p) => ({
        metadata: { name: `${p.env}-${p.nameNormalized}`, labels: { env: p.metadata.labels.env, e: p.values.e } },
        spec: { ...base, destination: { name: p.name, namespace: 'web' } },
      }),
    }),
  /** What only later generators of a merge yield has a default, number or text. */
  merged: () =>
    new ApplicationSet(stack(), 'set', {
      generators: [
        merge(
          ['server'],
          [clusters(), list([{ server: 'https://dev.example.com', replicas: 3, values: { note: 'x' } }])],
        ),
      ],
      template: (p) => ({
        metadata: { name: `${p.nameNormalized}-web`, labels: { note: p.values.note.orElse('none') } },
        spec: {
          ...base,
          source: { ...source, kustomize: { replicas: { web: p.replicas.orElse(1) } } },
          destination: { server: p.server, namespace: 'web' },
        },
      }),
    }),
  'flat-list': () =>
    new ApplicationSet(stack(), 'set', {
      generators: [clusters({ labels: { env: 'prod' }, flatList: true })],
      template: (p) => ({
        metadata: { name: 'all', annotations: { first: `${p.clusters[0].name} at ${p.clusters.at(0).server}` } },
        spec: base,
      }),
    }),
  directories: () =>
    new ApplicationSet(stack(), 'set', {
      generators: [
        gitDirectories({
          ...git,
          directories: ['apps/*'],
          exclude: ['apps/api'],
          pathParamPrefix: 'app',
          values: { t: 'a' },
        }),
      ],
      template: (p) => ({
        metadata: { name: p.app.path.basenameNormalized, annotations: { path: p.app.path.segments.join('/') } },
        spec: { ...base, source: { ...source, path: p.app.path.path, ref: p.values.t } },
      }),
    }),
  /** Each generator's own template, of its own parameters. */
  overrides: () =>
    new ApplicationSet(stack(), 'set', {
      generators: [
        list([{ name: 'a', tier: 'low' }], { template: (p) => ({ metadata: { labels: { tier: p.tier } } }) }),
        clusters({ labels: { env: 'dev' } }),
      ],
      template: (p) => ({ metadata: { name: p.name }, spec: base }),
    }),
};
