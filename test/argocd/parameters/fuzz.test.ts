/** Whatever goes into Helm values comes out as the parameters say, for every kind of text. */
import fc from 'fast-check';
import { EnvironmentStack, GitOpsApp } from '../../../src';
import { ApplicationSet, list, literal, type Param, when } from '../../../src/argocd';

type Tree =
  | { readonly is: 'constant'; readonly value: string | number | boolean }
  | { readonly is: 'text' | 'number' | 'boolean' | 'joined' }
  | { readonly is: 'choice'; readonly yes: Tree; readonly no?: Tree }
  | { readonly is: 'list'; readonly items: readonly Tree[] }
  | { readonly is: 'map'; readonly fields: Readonly<Record<string, Tree>> };

interface Values {
  readonly text: string;
  readonly number: number;
  readonly boolean: boolean;
}

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'null', '{{ .x }}', '"', "'", 'a: b', '- x', '# c', '1e3', '%v', '`', 'a\nb', '\\'),
);
const key = fc
  .oneof(fc.constantFrom('a', 'b-c', 'yes', 'x.y', 'a b', '1', '"', '{{'), fc.string({ minLength: 1 }))
  .filter((name) => name !== '__proto__' && !name.startsWith('$'));

const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.record({ is: fc.constant('constant' as const), value: fc.oneof(text, fc.integer(), fc.boolean()) }),
    fc.record({ is: fc.constantFrom('text' as const, 'number' as const, 'boolean' as const, 'joined' as const) }),
    fc.record(
      { is: fc.constant('choice' as const), yes: tie('tree'), no: tie('tree') },
      { requiredKeys: ['is', 'yes'] },
    ),
    fc.record({ is: fc.constant('list' as const), items: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ is: fc.constant('map' as const), fields: fc.dictionary(key, tie('tree'), { maxKeys: 3 }) }),
  ),
})).tree;

/** With parameters, as a user writes it. */
function written(node: Tree, p: { text: Param<string>; number: Param<number>; boolean: Param<boolean> }): unknown {
  switch (node.is) {
    case 'constant':
      return literal(node.value);
    case 'joined':
      return `100% ${p.text} (${p.boolean})`;
    case 'choice':
      return when(p.boolean, written(node.yes, p), node.no && written(node.no, p));
    case 'list':
      return node.items.map((item) => written(item, p));
    case 'map':
      return Object.fromEntries(Object.entries(node.fields).map(([name, inner]) => [literal(name), written(inner, p)]));
    default:
      return p[node.is];
  }
}

/** With the values in their place. */
function meant(node: Tree | undefined, values: Values): unknown {
  if (node === undefined) return undefined;
  switch (node.is) {
    case 'constant':
      return node.value;
    case 'joined':
      return `100% ${values.text} (${values.boolean})`;
    case 'choice':
      return meant(values.boolean ? node.yes : node.no, values);
    case 'list':
      return node.items.map((item) => meant(item, values)).filter((item) => item !== undefined);
    case 'map':
      return Object.fromEntries(
        Object.entries(node.fields)
          .map(([name, inner]) => [name, meant(inner, values)] as const)
          .filter(([, inner]) => inner !== undefined),
      );
    default:
      return values[node.is];
  }
}

test('free values are what the parameters make of them', () => {
  const element = fc.record({ text, number: fc.integer(), boolean: fc.boolean() });
  fc.assert(
    fc.property(tree, element, (node, values) => {
      const set = new ApplicationSet(new EnvironmentStack(new GitOpsApp().environment('hub'), 'apps'), 'set', {
        generators: [list([values])],
        template: (p) => ({
          metadata: { name: 'a' },
          spec: {
            project: 'shop',
            source: {
              repoURL: 'https://git.example.com/r.git',
              path: 'web',
              helm: { valuesObject: { x: written(node, p) as 'x' } },
            },
            destination: { name: 'a', namespace: 'web' },
          },
        }),
      });
      const { applications, problems } = set.render();
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const [application] = applications as unknown as { spec: { source: { helm?: { valuesObject?: unknown } } } }[];
      const x = meant(node, values);
      expect(application!.spec.source.helm?.valuesObject ?? {}).toEqual(x === undefined ? {} : { x });
    }),
    { numRuns: 300 },
  );
});
