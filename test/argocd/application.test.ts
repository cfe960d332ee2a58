import { Chart, Duration, Testing } from 'cdk8s';
import { EnvironmentStack, GitOpsApp, tryParseImage } from '../../src';
import { Application, type ApplicationProps, AppProject, automated, manual, type SyncOptions } from '../../src/argocd';
import type { ApplicationSpec } from '../../src/schema/generated/argo-cd';
import { codesOf, issuesOf } from '../support/issues';

const CLUSTER = { server: 'https://prod.acme.io' };

function stack(namespace?: string): EnvironmentStack {
  return new EnvironmentStack(new GitOpsApp().environment('prod'), 'apps', { namespace });
}

const least = {
  project: 'shop',
  source: { repoURL: 'https://github.com/acme/deploy.git', path: 'prod/checkout' },
  destination: CLUSTER,
} satisfies ApplicationProps;

function spec(props: Partial<ApplicationProps>): Record<string, unknown> {
  return new Application(stack(), 'checkout', { ...least, ...props }).toJson()['spec'] as Record<string, unknown>;
}

test('the least that an Application needs is emitted, and nothing besides', () => {
  expect(new Application(stack(), 'checkout', least).toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'checkout', namespace: 'argocd' },
    spec: least,
  });
});

test('a whole Application comes out as it was said', () => {
  const project = new AppProject(stack(), 'shop', { sourceRepos: ['*'], destinations: [CLUSTER] });
  const application = new Application(stack(), 'checkout', {
    metadata: { labels: { team: 'shop' }, annotations: { 'argocd.argoproj.io/sync-wave': '2' } },
    project,
    sources: [
      {
        repoURL: 'https://charts.acme.io',
        chart: 'checkout',
        targetRevision: '1.4.2',
        helm: {
          valueFiles: ['$values/prod.yaml'],
          valuesObject: { redis: null, replicas: 3 },
          parameters: { 'image.tag': '1.10', replicas: 3, debug: false },
          fileParameters: { config: 'files/config.json' },
        },
      },
      { repoURL: 'https://github.com/acme/values.git', targetRevision: 'main', ref: 'values' },
    ],
    destination: { cluster: CLUSTER, namespace: 'shop' },
    sync: automated({ prune: true, selfHeal: true }),
    syncOptions: { createNamespace: true, respectIgnoreDifferences: true },
    retry: { limit: 3, backoff: { duration: Duration.seconds(10), factor: 2, maxDuration: '5m' } },
    ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
    info: { Runbook: 'https://wiki.acme.io/checkout' },
    revisionHistoryLimit: 3,
    cascadeDelete: 'background',
  });
  expect(application.toJson()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name: 'checkout',
      namespace: 'argocd',
      labels: { team: 'shop' },
      annotations: { 'argocd.argoproj.io/sync-wave': '2' },
      finalizers: ['resources-finalizer.argocd.argoproj.io/background'],
    },
    spec: {
      project: 'shop',
      sources: [
        {
          repoURL: 'https://charts.acme.io',
          chart: 'checkout',
          targetRevision: '1.4.2',
          helm: {
            valueFiles: ['$values/prod.yaml'],
            valuesObject: { redis: null, replicas: 3 },
            parameters: [
              { name: 'image.tag', value: '1.10', forceString: true },
              { name: 'replicas', value: '3' },
              { name: 'debug', value: 'false' },
            ],
            fileParameters: [{ name: 'config', path: 'files/config.json' }],
          },
        },
        { repoURL: 'https://github.com/acme/values.git', targetRevision: 'main', ref: 'values' },
      ],
      destination: { server: 'https://prod.acme.io', namespace: 'shop' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['CreateNamespace=true', 'RespectIgnoreDifferences=true'],
        retry: { limit: 3, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
      },
      ignoreDifferences: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
      info: [{ name: 'Runbook', value: 'https://wiki.acme.io/checkout' }],
      revisionHistoryLimit: 3,
    },
  });
});

test.each([
  ['the namespace of the stack', 'shop', undefined, 'shop'],
  ['argocd, where the stack has none', undefined, undefined, 'argocd'],
  ['what metadata says', 'shop', 'argo', 'argo'],
])('is in %s', (_, own, given, expected) => {
  const { metadata } = new Application(stack(own), 'checkout', { ...least, metadata: { namespace: given } });
  expect(metadata.namespace).toBe(expected);
});

test('works in a chart of a plain cdk8s app', () => {
  const application = new Application(new Chart(Testing.app(), 'apps'), 'checkout', {
    ...least,
    metadata: { name: 'checkout' },
  });
  expect(application.toJson()['spec']).toEqual(least);
});

test('nulls of Helm values survive', () => {
  const { source } = spec({ source: { ...least.source, helm: { valuesObject: { a: { b: null } } } } });
  expect(source).toEqual({ ...least.source, helm: { valuesObject: { a: { b: null } } } });
});

describe('sync', () => {
  test('manual sync is said by saying nothing', () => {
    expect(spec({ sync: manual() })).not.toHaveProperty('syncPolicy');
    expect(spec({ sync: manual(), syncOptions: { createNamespace: false } })).not.toHaveProperty('syncPolicy');
  });

  test('automated sync without an option says that it is on', () => {
    expect(spec({ sync: automated() })['syncPolicy']).toEqual({ automated: { enabled: true } });
    expect(spec({ sync: automated({ prune: false, selfHeal: false }) })['syncPolicy']).toEqual({
      automated: { enabled: true, prune: false, selfHeal: false },
    });
  });

  test("upstream's shape passes unchanged", () => {
    const syncPolicy = {
      automated: { prune: true },
      retry: { limit: 2, backoff: { duration: '30', maxDuration: '2m0s' } },
      syncOptions: ['Replace=true', 'CreateNamespace=true'],
      managedNamespaceMetadata: { labels: { a: 'b' } },
    };
    expect(spec({ syncPolicy, destination: { ...CLUSTER, namespace: 'shop' } })['syncPolicy']).toEqual(syncPolicy);
    expect(spec({ syncPolicy: {} })['syncPolicy']).toEqual({});
  });

  test('both forms go together where they say different things', () => {
    const { syncPolicy } = spec({
      sync: automated({ prune: true }),
      syncOptions: { pruneLast: true },
      syncPolicy: { syncOptions: ['Replace=true'], retry: { limit: 1 } },
    });
    expect(syncPolicy).toEqual({
      automated: { prune: true },
      syncOptions: ['PruneLast=true', 'Replace=true'],
      retry: { limit: 1 },
    });
  });

  test('auto-sync said twice is refused', () => {
    const twice = () => spec({ sync: manual(), syncPolicy: { automated: { prune: true } } });
    expect(codesOf(twice)).toEqual(['argocd-sync-said-twice']);
    expect(codesOf(() => spec({ retry: {}, syncPolicy: { retry: {} } }))).toEqual(['argocd-sync-said-twice']);
  });

  test.each<[SyncOptions, string[] | undefined]>([
    [{ createNamespace: true }, ['CreateNamespace=true']],
    [{ createNamespace: false }, undefined],
    [{ validate: false }, ['Validate=false']],
    [{ validate: true }, undefined],
    [{ pruneLast: true }, ['PruneLast=true']],
    [{ applyOutOfSyncOnly: true }, ['ApplyOutOfSyncOnly=true']],
    [{ replace: true }, ['Replace=true']],
    [{ replace: false }, undefined],
    [{ serverSideApply: true }, ['ServerSideApply=true']],
    [{ clientSideApplyMigration: false }, ['ClientSideApplyMigration=false']],
    [{ skipDryRunOnMissingResource: true }, ['SkipDryRunOnMissingResource=true']],
    [{ failOnSharedResource: true }, ['FailOnSharedResource=true']],
    [{ respectIgnoreDifferences: true }, ['RespectIgnoreDifferences=true']],
    [{ prunePropagationPolicy: 'background' }, ['PrunePropagationPolicy=background']],
    [{ prune: false }, ['Prune=false']],
    [{ prune: 'confirm' }, ['Prune=confirm']],
    [{ delete: 'confirm' }, ['Delete=confirm']],
  ])('%j is emitted as the text that Argo CD compares', (syncOptions, expected) => {
    const { syncPolicy } = spec({ syncOptions, destination: { ...CLUSTER, namespace: 'shop' } });
    expect(syncPolicy).toEqual(expected && { syncOptions: expected });
  });

  test('an option that JavaScript lets through is refused by its name', () => {
    const syncOptions = { createNamespaces: true } as SyncOptions;
    const [issue] = issuesOf(() => spec({ syncOptions }));
    expect(issue).toMatchObject({
      code: 'argocd-sync-option-unknown',
      at: { path: '.spec.syncPolicy.syncOptions[0]', construct: 'prod/apps/checkout' },
      fix: 'did you mean CreateNamespace=true?',
    });
  });

  test.each([
    ['SelfHealGracePeriod=300', /self-heal-timeout-seconds/],
    ['SelfHeal=false', /selfHeal: true/],
    ['Force=true', /annotate/],
    ['CreateNamespace', /CreateNamespace=true/],
    ['PrunePropagationPolicy=Foreground', /PrunePropagationPolicy=foreground/],
    ['serverSideApply=true', /ServerSideApply=true/],
  ])('%s is no sync option', (option, fix) => {
    const [issue] = issuesOf(() => spec({ syncPolicy: { syncOptions: [option] } }));
    expect(issue).toMatchObject({ code: 'argocd-sync-option-unknown', fix: expect.stringMatching(fix) });
  });
});

describe('kustomize', () => {
  function images(...given: NonNullable<NonNullable<ApplicationProps['source']>['kustomize']>['images'] & object) {
    const { source } = spec({ source: { ...least.source, kustomize: { images: given } } });
    return (source as { kustomize: { images: string[] } }).kustomize.images;
  }

  test('images are written as kustomize reads them', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(
      images(
        'nginx:1.27',
        { replaces: 'nginx', name: 'registry.acme.io:5000/nginx', tag: '1.27' },
        { name: 'redis', tag: '7.4' },
        { name: 'redis', digest },
        { name: 'redis', tag: '7.4', digest },
        { replaces: 'app', name: 'ghcr.io/acme/app' },
        tryParseImage('ghcr.io/acme/app:v1')!,
      ),
    ).toEqual([
      'nginx:1.27',
      'nginx=registry.acme.io:5000/nginx:1.27',
      'redis:7.4',
      `redis@${digest}`,
      `redis=redis:7.4@${digest}`,
      'app=ghcr.io/acme/app',
      'ghcr.io/acme/app:v1',
    ]);
  });

  test.each(['registry.acme.io:5000/app', 'App:v1', 'a=b=c', 'app:', 'app=App:v1', `app:v1@sha256:${'a'.repeat(64)}`])(
    '%s is refused: kustomize would not do what it says',
    (image) => {
      expect(codesOf(() => images(image))).toEqual(['argocd-app-kustomize-image']);
    },
  );

  test.each(['app=*:v2', 'app=ghcr.io/acme/app', 'registry.acme.io:5000/app:v1'])('%s is accepted', (image) => {
    expect(images(image)).toEqual([image]);
  });

  test('replicas and plugin variables are maps, or lists', () => {
    const kustomized = spec({ source: { ...least.source, kustomize: { replicas: { web: 3 } } } });
    expect(kustomized['source']).toMatchObject({ kustomize: { replicas: [{ name: 'web', count: 3 }] } });
    const listed = spec({ source: { ...least.source, kustomize: { replicas: [{ name: 'web', count: '3' }] } } });
    expect(listed['source']).toMatchObject({ kustomize: { replicas: [{ name: 'web', count: '3' }] } });
    const plugged = spec({ source: { ...least.source, plugin: { env: { REGION: 'eu' } } } });
    expect(plugged['source']).toMatchObject({ plugin: { env: [{ name: 'REGION', value: 'eu' }] } });
  });
});

test('the hydrator has the conveniences of a source', () => {
  const { sourceHydrator } = spec({
    source: undefined,
    sourceHydrator: {
      drySource: {
        repoURL: 'https://github.com/acme/dry.git',
        path: 'a',
        targetRevision: 'main',
        helm: { parameters: { a: 1 } },
      },
      syncSource: { targetBranch: 'env/prod', path: 'a' },
    },
  });
  expect(sourceHydrator).toMatchObject({ drySource: { helm: { parameters: [{ name: 'a', value: '1' }] } } });
});

test('an operation to run at once is passed on', () => {
  const operation = { sync: { prune: true, revision: 'main' } };
  expect(new Application(stack(), 'checkout', { ...least, operation }).toJson()['operation']).toEqual(operation);
});

test('everything wrong is said at once', () => {
  const wrong = () =>
    spec({
      source: { repoURL: 'https://charts.acme.io', chart: 'checkout', helm: { version: 'v2' } },
      destination: { server: 'https://a', name: 'b' },
      syncPolicy: { syncOptions: ['CreateNamespaces=true'] },
    });
  expect(codesOf(wrong)).toEqual([
    'argocd-app-destination-cluster',
    'argocd-app-chart-revision-missing',
    'argocd-app-helm-version',
    'argocd-sync-option-unknown',
  ]);
});

test.each([undefined, null, 5, 'x', []])('props that are no object at all (%j) are refused, not a crash', (odd) => {
  const parts = ['source', 'destination', 'syncPolicy', 'syncOptions', 'retry', 'sourceHydrator', 'sources', 'info'];
  for (const part of parts) {
    const build = () => new Application(stack(), 'checkout', { ...least, [part]: odd } as unknown as ApplicationProps);
    try {
      build();
    } catch (error) {
      expect(error).toHaveProperty('issues');
    }
  }
});

test('what cannot be right does not compile', () => {
  const scope = stack();
  const typed = () => {
    // @ts-expect-error a destination's server is text
    new Application(scope, 'a', { ...least, destination: { server: 5 } });
    // @ts-expect-error there is no such sync option
    new Application(scope, 'b', { ...least, syncOptions: { selfHeal: true } });
    // @ts-expect-error prune is false or 'confirm'
    new Application(scope, 'c', { ...least, syncOptions: { prune: true } });
    // @ts-expect-error a project is required
    new Application(scope, 'd', { source: least.source, destination: CLUSTER });
    // @ts-expect-error automated has no such flag
    automated({ selfheal: true });
    // @ts-expect-error days are no duration
    new Application(scope, 'e', { ...least, retry: { backoff: { duration: '1d' } } });
  };
  const upstream: ApplicationSpec = least;
  const accepted: ApplicationProps = upstream;
  expect([typeof typed, accepted.project]).toEqual(['function', 'shop']);
});
