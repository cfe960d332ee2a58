import { ApiObject, Chart } from 'cdk8s';
import { Deployment, Namespace } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import fc from 'fast-check';
import {
  Delivery,
  type DeliveryContext,
  type Environment,
  EnvironmentStack,
  GitOpsApp,
  RawResource,
  waive,
} from '../../src';
import { synthTree } from '../../src/testing';
import { codesOf, issuesOf } from '../support/issues';

const configMap = (scope: Construct, id: string, metadata?: object, data: object = { a: '1' }) =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });

function oneStack(build: (stack: EnvironmentStack) => void, namespace: string | undefined = 'shop'): GitOpsApp {
  const app = new GitOpsApp();
  build(new EnvironmentStack(app.environment('dev'), 'web', { namespace }));
  return app;
}

const paths = (app: GitOpsApp) => Object.keys(synthTree(app));

test('an object is a file named after its kind and name, beside an index of its directory', () => {
  const tree = synthTree(oneStack((stack) => configMap(stack, 'settings')));
  expect(tree).toEqual({
    'dev/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - web\n',
    'dev/web/configmap-settings.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata:\n  a: "1"\n',
    'dev/web/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - configmap-settings.yaml\n',
  });
});

test("an object outside the stack's namespace goes into a directory of that namespace, a cluster-scoped one does not", () => {
  const app = oneStack((stack) => {
    configMap(stack, 'here');
    configMap(stack, 'there', { namespace: 'monitoring' });
    new Namespace(stack, 'space', { metadata: { name: 'shop' } });
    new ApiObject(stack, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', rules: [] });
  });
  const tree = synthTree(app);
  expect(Object.keys(tree)).toEqual([
    'dev/kustomization.yaml',
    'dev/web/clusterrole-role.yaml',
    'dev/web/configmap-here.yaml',
    'dev/web/kustomization.yaml',
    'dev/web/monitoring/configmap-there.yaml',
    'dev/web/namespace-shop.yaml',
  ]);
  expect(tree['dev/web/clusterrole-role.yaml']).not.toMatch(/namespace/);
  expect(tree['dev/web/kustomization.yaml']).toMatch('  - monitoring/configmap-there.yaml\n');
});

test('file-per-stack puts a stack into one file, in the order file-per-object would list', () => {
  const app = new GitOpsApp({ layout: 'file-per-stack' });
  const stack = new EnvironmentStack(app.environment('dev'), 'web');
  configMap(stack, 'b');
  configMap(stack, 'a');
  const tree = synthTree(app);
  expect(Object.keys(tree)).toEqual(['dev/kustomization.yaml', 'dev/web/kustomization.yaml', 'dev/web/web.yaml']);
  expect(tree['dev/web/web.yaml']!.match(/name: \w/g)).toEqual(['name: a', 'name: b']);
});

test('a path depends on its own object alone: siblings come, go and move without renaming anything', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(ids, fc.func(fc.integer()), (names, rank) => {
      const build = (list: readonly string[]) =>
        synthTree(oneStack((stack) => list.forEach((id) => void configMap(stack, id))));
      const all = build(names);
      const shuffled = build([...names].sort((a, b) => rank(a) - rank(b)));
      expect(shuffled).toEqual(all);
      for (const [path, text] of Object.entries(build(names.slice(1)))) {
        if (path.includes('configmap-')) expect(all[path]).toBe(text);
      }
    }),
    { numRuns: 40 },
  );
});

test('two objects of one identity in one cluster are refused, naming both constructs', () => {
  const app = oneStack((stack) => {
    configMap(stack, 'a', { name: 'same' });
    configMap(stack, 'b', { name: 'same' });
  });
  const [issue, ...rest] = issuesOf(() => synthTree(app));
  expect(rest).toEqual([]);
  expect(issue).toMatchObject({ code: 'object-duplicate', at: { construct: 'dev/web/b' } });
  expect(issue!.message).toMatch(/dev\/web\/a and dev\/web\/b/);
});

test('two environments on one cluster share its identities, two clusters do not', () => {
  const build = (dev: string, prod: string) => {
    const app = new GitOpsApp();
    for (const [name, server] of [
      ['dev', dev],
      ['prod', prod],
    ] as const) {
      configMap(
        new EnvironmentStack(app.environment(name, { cluster: { server } }), 'web', { namespace: 'shop' }),
        'a',
      );
    }
    return app;
  };
  expect(paths(build('https://a', 'https://b'))).toHaveLength(6);
  expect(codesOf(() => synthTree(build('https://a', 'https://a/')))).toEqual(['object-duplicate']);
});

test('two kinds that would be one file are refused, naming both constructs', () => {
  const app = oneStack((stack) => {
    new RawResource(stack, 'a', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } });
    new RawResource(stack, 'b', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'x' } });
  });
  const [issue] = issuesOf(() => synthTree(app));
  expect(issue).toMatchObject({ code: 'path-collision' });
  expect(issue!.message).toMatch(/dev\/web\/a.*dev\/web\/b/);
});

test.each(['../../etc/passwd', 'a/b', '..', 'x'.repeat(300), ''])(
  'an object named %j never leaves its directory',
  (name) => {
    const app = oneStack((stack) => configMap(stack, 'a', { name }));
    expect(() => synthTree(app)).toThrow();
  },
);

test.each<[string, unknown, string]>([
  ['a Date', new Date(0), 'object-unrenderable'],
  ['a BigInt', 1n, 'value-not-json'],
  ['NaN', Number.NaN, 'value-not-json'],
  ['Infinity', Number.POSITIVE_INFINITY, 'value-not-json'],
  ['a function', () => 1, 'value-not-json'],
  ['a Map', new Map(), 'object-unrenderable'],
  ['a lone surrogate', '\ud800', 'value-not-json'],
])('%s in a manifest is refused with its place', (_, value, code) => {
  const [issue] = issuesOf(() => synthTree(oneStack((stack) => configMap(stack, 'a', undefined, { deep: [value] }))));
  expect(issue!.code).toBe(code);
  expect(issue!.at.construct).toBe('dev/web/a');
});

test('a cycle in a manifest is refused', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  expect(() => synthTree(oneStack((stack) => configMap(stack, 'a', undefined, cyclic)))).toThrow(
    /cdk8s cannot render|cycle/i,
  );
});

test('an own __proto__ key and a 10 MB string are written faithfully', () => {
  const data = JSON.parse('{"__proto__": "kept"}');
  data.big = 'x'.repeat(10_000_000);
  const text = synthTree(oneStack((stack) => configMap(stack, 'a', undefined, data)))['dev/web/configmap-a.yaml']!;
  expect(text).toMatch(/__proto__"?: kept/);
  expect(text.length).toBeGreaterThan(10_000_000);
});

test('a plaintext Secret is refused unless it is encrypted or waived with a reason', () => {
  const secret = (stack: EnvironmentStack) =>
    new ApiObject(stack, 'db', { apiVersion: 'v1', kind: 'Secret', stringData: { password: 'hunter2' } });
  expect(codesOf(() => synthTree(oneStack(secret)))).toEqual(['secret-plaintext']);
  const waived = oneStack((stack) => waive(secret(stack), 'secret-plaintext', 'a fixture of the test cluster'));
  expect(paths(waived)).toContain('dev/web/secret-db.yaml');
  const encrypted = oneStack((stack) => {
    const password = 'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]';
    new ApiObject(stack, 'db', { apiVersion: 'v1', kind: 'Secret', stringData: { password }, sops: { mac: 'm' } });
  });
  expect(paths(encrypted)).toContain('dev/web/secret-db.yaml');
});

test('the values of a refused Secret never appear in the message', () => {
  const app = oneStack((stack) => {
    new ApiObject(stack, 'db', { apiVersion: 'v1', kind: 'Secret', stringData: { password: 'hunter2' } });
  });
  expect(JSON.stringify(issuesOf(() => synthTree(app)))).not.toContain('hunter2');
});

test('validations of foreign constructs are issues with their path', () => {
  const app = oneStack((stack) => {
    configMap(stack, 'a').node.addValidation({ validate: () => ['needs a port'] });
  });
  expect(issuesOf(() => synthTree(app))).toMatchObject([
    { code: 'construct-validation', message: 'needs a port', at: { construct: 'dev/web/a' } },
  ]);
});

test('every mistake of the whole app is said at once', () => {
  const app = oneStack((stack) => {
    configMap(stack, 'a', undefined, { x: Number.NaN });
    new ApiObject(stack, 's', { apiVersion: 'v1', kind: 'Secret', data: { a: 'eA==' } });
    configMap(stack, 'b', { name: 'a' });
  });
  expect(codesOf(() => synthTree(app)).sort()).toEqual(['object-duplicate', 'secret-plaintext', 'value-not-json']);
});

test('plain charts and cdk8s-plus constructs inside a stack are written as cdk8s renders them', () => {
  const app = oneStack((stack) => {
    new Deployment(stack, 'api', { containers: [{ image: 'nginx:1.27' }] });
    class Plain extends Chart {}
    configMap(new Plain(stack, 'inner'), 'x');
  });
  const found = paths(app);
  expect(found).toContain('dev/web/deployment-api.yaml');
  expect(found.some((path) => /^dev\/web\/configmap-dev-web-inner-x-c[0-9a-f]+\.yaml$/.test(path))).toBe(true);
});

test('plain charts beside the environments get a directory of their own', () => {
  const app = new GitOpsApp();
  configMap(new Chart(app, 'bootstrap', { disableResourceNameHashes: true }), 'x');
  expect(paths(app)).toEqual(['bootstrap/configmap-bootstrap-x.yaml', 'bootstrap/kustomization.yaml']);
});

test('environments built inside synth give the same tree as those built up front, again and again', () => {
  const build = (env: Environment) =>
    void configMap(new EnvironmentStack(env, 'web'), 'a', undefined, { env: env.name });
  const upFront = new GitOpsApp();
  for (const name of ['dev', 'prod']) build(upFront.environment(name) as Environment);
  const late = new GitOpsApp();
  for (const name of ['dev', 'prod']) late.environment(name);
  late.forEachEnvironment((env) => build(env as Environment));
  expect(synthTree(late)).toEqual(synthTree(upFront));
  expect(synthTree(late)).toEqual(synthTree(upFront));
  expect(Object.keys(synthTree(late, { only: ['prod'] }))).toEqual(
    paths(late).filter((path) => path.startsWith('prod/')),
  );
});

test('a stack or an environment without objects leaves no trace', () => {
  const app = oneStack(() => {});
  app.environment('empty');
  expect(paths(app)).toEqual([]);
});

describe('deliveries', () => {
  class Listing extends Delivery {
    readonly seen: DeliveryContext[] = [];
    override deliver(context: DeliveryContext): EnvironmentStack {
      this.seen.push(context);
      const stack = new EnvironmentStack(context.environment, this.node.id, { namespace: 'engine' });
      configMap(stack, 'index', undefined, { stacks: context.stacks.map(({ path }) => path).join(' ') });
      return stack;
    }
  }

  function delivered(build: (stacks: Record<'a' | 'b' | 'c', EnvironmentStack>) => void) {
    const app = new GitOpsApp({ repository: { url: 'https://github.com/acme/deploy.git', path: './out/' } });
    const env = app.environment('dev');
    const stacks = {
      a: new EnvironmentStack(env, 'a'),
      b: new EnvironmentStack(env, 'b'),
      c: new EnvironmentStack(env, 'c'),
    };
    build(stacks);
    return { app, delivery: new Listing(app, 'delivery') };
  }

  test('see stacks in dependency order, with paths in the repository and waves', () => {
    const { app, delivery } = delivered(({ a, b, c }) => {
      for (const stack of [a, b, c]) configMap(stack, 'x', { name: stack.node.id });
      a.dependsOn(b);
      b.dependsOn(c);
    });
    const tree = synthTree(app);
    expect(delivery.seen[0]).toMatchObject({ path: 'out/dev/delivery', repository: { revision: 'main', path: 'out' } });
    expect(delivery.seen[0]!.stacks.map(({ id, wave, dependsOn }) => [id, wave, dependsOn])).toEqual([
      ['c', 0, []],
      ['b', 1, ['c']],
      ['a', 2, ['b']],
    ]);
    expect(tree['dev/delivery/configmap-index.yaml']).toMatch('stacks: out/dev/c out/dev/b out/dev/a');
    expect(tree['dev/kustomization.yaml']).toMatch('  - delivery\n');
    expect(synthTree(app)).toEqual(tree);
  });

  test('what waits for an empty stack waits for what that one waits for', () => {
    const { app, delivery } = delivered(({ a, b, c }) => {
      configMap(a, 'x', { name: 'a' });
      configMap(c, 'x', { name: 'c' });
      a.dependsOn(b);
      b.dependsOn(c);
    });
    synthTree(app);
    expect(delivery.seen[0]!.stacks.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['c', []],
      ['a', ['c']],
    ]);
  });

  test('a cycle of stacks is refused with its path', () => {
    const { app } = delivered(({ a, b, c }) => {
      for (const stack of [a, b, c]) configMap(stack, 'x', { name: stack.node.id });
      a.dependsOn(b);
      b.dependsOn(c);
      c.dependsOn(a);
    });
    const [issue] = issuesOf(() => synthTree(app));
    expect(issue).toMatchObject({ code: 'stack-cycle' });
    expect(issue!.message).toMatch('dev/a → dev/b → dev/c → dev/a');
  });

  test.each(['../x', '/abs', 'a/../../b'])('are refused where the tree is at %j of its repository', (path) => {
    const app = new GitOpsApp({ repository: { url: 'https://github.com/acme/deploy.git', path } });
    configMap(new EnvironmentStack(app.environment('dev'), 'a'), 'x');
    new Listing(app, 'delivery');
    expect(codesOf(() => synthTree(app))).toEqual(['repository-path']);
  });

  test('take the output directory for the path, unless it is outside the working directory', () => {
    const build = (outdir: string) => {
      const app = new GitOpsApp({ outdir, repository: { url: 'https://github.com/acme/deploy.git' } });
      configMap(new EnvironmentStack(app.environment('dev'), 'a'), 'x');
      return { app, delivery: new Listing(app, 'delivery') };
    };
    const inside = build('./out/tree/');
    synthTree(inside.app);
    expect(inside.delivery.seen[0]!.path).toBe('out/tree/dev/delivery');
    expect(codesOf(() => synthTree(build('/elsewhere').app))).toEqual(['repository-path']);
  });

  test('need a repository', () => {
    const app = oneStack((stack) => configMap(stack, 'a'));
    new Listing(app, 'delivery');
    expect(codesOf(() => synthTree(app))).toEqual(['repository-missing']);
  });
});

test('a comment goes behind its scalar; one that has none is refused', () => {
  const marker = '{"$imagepolicy": "flux-system:app:tag"}';
  const build = (pointer: string) =>
    oneStack((stack) => {
      const body = { data: { tag: 'v1', more: 'x' } };
      new RawResource(stack, 'a', { apiVersion: 'v1', kind: 'ConfigMap', body, comments: { [pointer]: marker } });
    });
  expect(synthTree(build('/data/tag'))['dev/web/configmap-a.yaml']).toMatch(`  tag: v1 # ${marker}\n`);
  expect(codesOf(() => synthTree(build('/data/gone')))).toEqual(['comment-misplaced']);
});

test('with sourceLines, what only synth can find names the line of the program', () => {
  const app = new GitOpsApp({ sourceLines: true });
  const stack = new EnvironmentStack(app.environment('dev'), 'web');
  for (const id of ['a', 'b'])
    new RawResource(stack, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } });
  const [issue] = issuesOf(() => synthTree(app));
  expect(issue).toMatchObject({ code: 'object-duplicate', at: { construct: 'dev/web/b' } });
  expect(issue!.at.source).toMatch(/test\/core\/synth\.test\.ts:\d+:\d+$/);
});
