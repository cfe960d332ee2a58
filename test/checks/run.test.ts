import fc from 'fast-check';
import { checkBytes, checkTexts } from '../../src/checks/run';
import { defineKind } from '../../src/core/kind';
import { defineRule } from '../../src/kernel/rule';

function check(text: string): string[] {
  return checkTexts({ 'x.yaml': text }).issues.map(({ code, severity, at }) => {
    return `${severity} ${code} ${at.line}:${at.column} #${at.document} ${at.object ?? ''} ${at.path ?? ''}`.trim();
  });
}

const kustomization = (more = '') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: web
  namespace: flux-system
spec:
  interval: 10m
  prune: true
  wait: true
  path: ./web
  sourceRef:
    kind: GitRepository
    name: deploy
${more}`;

test('a right object has no issue', () => {
  expect(check(kustomization())).toEqual([]);
});

test('an issue has file, line, column, document, object and field', () => {
  const result = checkTexts({ 'a/x.yaml': `# first\n---\n${kustomization('  retryInterval: 5\n')}` });
  expect(result).toMatchObject({ files: 1, documents: 1, objects: 1 });
  expect(result.issues).toEqual([
    {
      code: 'schema-type',
      severity: 'error',
      at: {
        file: 'a/x.yaml',
        line: 16,
        column: 3,
        document: 0,
        object: 'Kustomization/flux-system/web',
        path: '.spec.retryInterval',
      },
      message: 'expected a string, got the number 5',
      fix: expect.any(String),
    },
  ]);
});

test('issues come in the order of the text', () => {
  const text = kustomization('  zzz: 1\n')
    .replace('wait: true', 'wait: "yes"')
    .replace('kind: GitRepository', 'kind: Git');
  expect(check(text)).toEqual([
    'error schema-type 9:3 #0 Kustomization/flux-system/web .spec.wait',
    'error schema-enum 12:5 #0 Kustomization/flux-system/web .spec.sourceRef.kind',
    'error schema-field-unknown 14:3 #0 Kustomization/flux-system/web .spec.zzz',
  ]);
});

test('a missing field is reported at its parent', () => {
  expect(check(kustomization().replace('    name: deploy\n', ''))).toEqual([
    'error schema-required 11:3 #0 Kustomization/flux-system/web .spec.sourceRef.name',
  ]);
});

test('a Secret in clear text is refused, whoever wrote it', () => {
  expect(check('apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: aHVudGVyMg==\n')).toEqual([
    'error secret-plaintext 6:3 #0 Secret/db .data.password',
  ]);
});

test('items of a List are checked, each by its own path', () => {
  const items = 'items:\n- apiVersion: v1\n  kind: Secret\n  stringData: {a: b}\n- kind: nothing\n- null\n';
  expect(check(`apiVersion: v1\nkind: List\n${items}`)).toEqual([
    'error secret-plaintext 6:16 #0 Secret/(unnamed) .items[0].stringData.a',
  ]);
});

test('duplicate keys are said, and the object is still checked', () => {
  expect(check(kustomization('  prune: 1\n'))).toEqual([
    'error yaml-duplicate-key 14:3 #0  .spec.prune',
    'error schema-type 14:3 #0 Kustomization/flux-system/web .spec.prune',
  ]);
});

test('the value is the one that kubectl reads', () => {
  expect(check(kustomization().replace('prune: true', 'prune: yes'))).toEqual([]);
  expect(check(kustomization().replace('path: ./web', 'path: on'))).toEqual([
    'error schema-type 10:3 #0 Kustomization/flux-system/web .spec.path',
  ]);
});

test('what Flux substitutes cannot be judged: a warning', () => {
  const text = kustomization()
    .replace('interval: 10m', 'interval: ${interval:=10m}')
    .replace('prune: true', "prune: '${p}'");
  expect(check(text).map((issue) => issue.split(' ').slice(0, 3).join(' '))).toEqual([
    'warning schema-pattern 7:3',
    'warning schema-type 8:3',
  ]);
});

test('what SOPS encrypted is not judged, and its block is no unknown field', () => {
  const text = kustomization('sops:\n  mac: ENC[AES256_GCM,data:x,type:str]\n').replace(
    '10m',
    'ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]',
  );
  expect(check(text)).toEqual([]);
});

test.each([
  ['values of a Helm chart', 'replicas: 2\nkind: Deployment\n'],
  ['a list', '- a\n- b\n'],
  ['a text', 'hello\n'],
  ['a kustomization', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n'],
  ['a kind that we hold no schema of', 'apiVersion: example.com/v1\nkind: Foo\nspec: {anything: [1]}\n'],
  ['a workflow with tags', 'a: !reference [x, y]\n"on": push\n'],
])('%s is no issue', (_, text) => {
  expect(check(text)).toEqual([]);
});

test('a rule that fails is an issue of its own, and the rest goes on', () => {
  const bug = defineRule({
    ...{ code: 'x-bug', severity: 'error', summary: '', why: '', fix: '', wrong: '', right: '' },
    check() {
      throw new TypeError('boo');
    },
  });
  const kind = defineKind({ apiVersion: 'v1', kind: 'ConfigMap', rules: [bug] });
  const object = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
  const { issues } = checkTexts(
    { a: object, b: 'x: [' },
    { lookup: (_, name) => (name === 'ConfigMap' ? kind : undefined) },
  );
  expect(issues.map(({ code, message }) => [code, message])).toEqual([
    ['object-check-failed', 'a check failed on this object: boo'],
    ['yaml-syntax', expect.any(String)],
  ]);
});

describe('no input crashes', () => {
  test('bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void checkBytes('x', Buffer.from(bytes))));
  });

  const kinds = [
    ['argoproj.io/v1alpha1', 'Application'],
    ['argoproj.io/v1alpha1', 'ApplicationSet'],
    ['argoproj.io/v1alpha1', 'AppProject'],
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['argoproj.io/v1alpha1', 'AnalysisTemplate'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['source.toolkit.fluxcd.io/v1', 'OCIRepository'],
    ['external-secrets.io/v1', 'ExternalSecret'],
    ['external-secrets.io/v1', 'SecretStore'],
    ['bitnami.com/v1alpha1', 'SealedSecret'],
    ['v1', 'Secret'],
    ['v1', 'List'],
  ] as const;

  test('objects of every kind, with anything in them', () => {
    const field = fc.constantFrom(
      'spec',
      'data',
      'items',
      'metadata',
      'status',
      'name',
      'template',
      '__proto__',
      'a b',
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.dictionary(field, tie('value'), { maxKeys: 4 }),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.dictionary(field, value, { maxKeys: 4 }),
        ([apiVersion, kind], body) => {
          const text = JSON.stringify({ ...body, apiVersion, kind });
          for (const { code, at } of checkTexts({ x: text }).issues) {
            expect(code).not.toBe('object-check-failed');
            expect(at.line).toBe(1);
            expect(at.column).toBeLessThanOrEqual(text.length + 1);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
