import { changeIssues, compareApplications, type RenderedApplicationSet } from '../../../src/argocd/render';
import { listOf, rendered, TEMPLATE } from './sets';

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';
const places = (spec: object) => ({
  template: { ...TEMPLATE, spec: { ...TEMPLATE.spec, ...spec } },
});
const server = { destination: { server: '{{ .server }}', namespace: 'web' } };
const summary = (before: RenderedApplicationSet, after: RenderedApplicationSet | readonly RenderedApplicationSet[]) =>
  compareApplications(before, after).map(({ kind, application, from, to, resources }) =>
    [kind, application, ...(from === undefined ? [] : [from, to]), resources].join(' '),
  );

const two = {
  ...listOf({ name: 'a', path: 'a' }, { name: 'b', path: 'b' }),
  ...places({ source: { repoURL: 'r', path: '{{ .path }}' } }),
};
const one = { ...two, ...listOf({ name: 'a', path: 'a' }) };

test('the same twice is no change', () => {
  expect(compareApplications(rendered(two), rendered(two))).toEqual([]);
});

test('an Application that goes takes its objects with it', () => {
  expect(compareApplications(rendered(two), rendered(one))).toEqual([
    {
      kind: 'deleted',
      applicationSet: 'ApplicationSet/argocd/web',
      application: 'b',
      resources: 'deleted',
      reason: `no generator yields it any more; its finalizer ${FINALIZER} deletes its objects`,
    },
  ]);
});

test('objects stay where resources were preserved before, whatever is said now', () => {
  const preserve = { syncPolicy: { preserveResourcesOnDeletion: true } };
  expect(summary(rendered({ ...two, ...preserve }), rendered(one))).toEqual(['deleted b left']);
  expect(summary(rendered(two), rendered({ ...one, ...preserve }))).toEqual(['deleted b deleted']);
});

test.each([
  ['create-only', 'kept'],
  ['create-update', 'kept'],
  ['create-delete', 'deleted'],
  ['sync', 'deleted'],
])('the policy %s: objects are %s', (applicationsSync, fate) => {
  expect(summary(rendered(two), rendered({ ...one, syncPolicy: { applicationsSync } }))).toEqual([`deleted b ${fate}`]);
});

test('an ApplicationSet that goes takes its Applications with it', () => {
  expect(summary(rendered(one), [])).toEqual(['deleted a deleted']);
  expect(summary(rendered({ ...one, syncPolicy: { applicationsSync: 'create-only' } }), [])).toEqual([
    'deleted a kept',
  ]);
});

test('the same under another name is renamed', () => {
  const renamed = { ...two, ...listOf({ name: 'a', path: 'a' }, { name: 'bee', path: 'b' }) };
  expect(summary(rendered(two), rendered(renamed))).toEqual(['renamed b b bee deleted']);
});

test('another project, cluster, namespace', () => {
  const at = (name: string, where: string, project: string, namespace: string) =>
    rendered({
      ...listOf({ name, server: where }),
      ...places({ ...server, project, destination: { ...server.destination, namespace } }),
    });
  const before = at('a', 'https://one', 'shop', 'web');
  expect(summary(before, at('a', 'https://one', 'other', 'web'))).toEqual(['project a shop other kept']);
  expect(summary(before, at('a', 'https://two', 'shop', 'web'))).toEqual([
    'destination a https://one https://two left',
  ]);
  expect(summary(before, at('a', 'https://one', 'shop', 'new'))).toEqual(['namespace a web new left']);
});

test('a policy without updates changes nothing that exists', () => {
  const moved = { ...one, ...places({ project: 'other' }), syncPolicy: { applicationsSync: 'create-only' } };
  expect(compareApplications(rendered(one), rendered(moved))).toEqual([]);
});

test('a controller that stops with an error deletes nothing', () => {
  const broken = rendered({ ...two, goTemplateOptions: ['missingkey=fail'] });
  expect(broken.refused).toBe(true);
  expect(compareApplications(rendered(two), broken)).toEqual([]);
});

test('as issues: errors where objects are deleted or left, warnings where they stay managed', () => {
  const [gone] = changeIssues(compareApplications(rendered(two), rendered(one)));
  expect(gone).toMatchObject({
    code: 'argocd-render-application-gone',
    severity: 'error',
    at: { object: 'ApplicationSet/argocd/web' },
  });
  expect(gone!.message).toMatch(/^Application b is deleted: /);
  const [moved] = changeIssues(
    compareApplications(
      rendered(one),
      rendered({ ...one, ...places({ project: 'x', source: { repoURL: 'r', path: '{{ .path }}' } }) }),
    ),
  );
  expect(moved).toMatchObject({ code: 'argocd-render-application-moved', severity: 'warning' });
});
