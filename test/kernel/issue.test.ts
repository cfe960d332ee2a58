import { formatIssue, formatPath, GitOpsError, type Issue, throwIfErrors } from '../../src/kernel/issue';

const issue: Issue = {
  code: 'flux-git-ref-missing',
  severity: 'error',
  at: {
    file: 'prod/web.yaml',
    line: 3,
    column: 5,
    object: 'GitRepository/flux-system/web',
    path: '.spec.ref',
    construct: 'prod/web',
    source: 'main.ts:12:5',
  },
  message: 'names no branch',
  fix: 'set spec.ref',
};

test('a path is written as Kubernetes writes it, with brackets for what is no identifier', () => {
  expect(formatPath(['spec', 'dependsOn', 0, 'name'])).toBe('.spec.dependsOn[0].name');
  expect(formatPath(['metadata', 'labels', 'app.kubernetes.io/name'])).toBe(
    '.metadata.labels["app.kubernetes.io/name"]',
  );
  expect(formatPath([])).toBe('');
});

test('an issue says code, place, what and fix', () => {
  expect(formatIssue(issue)).toBe(
    'error flux-git-ref-missing  prod/web.yaml:3:5 GitRepository/flux-system/web .spec.ref (prod/web, main.ts:12:5)\n' +
      '  names no branch\n' +
      '  fix: set spec.ref',
  );
});

test('an error carries every issue; warnings alone do not throw', () => {
  const warning: Issue = { ...issue, severity: 'warning' };
  expect(() => throwIfErrors([warning])).not.toThrow();
  expect(() => throwIfErrors([warning, issue])).toThrow(GitOpsError);
  try {
    throwIfErrors([warning, issue]);
  } catch (error) {
    expect((error as GitOpsError).issues).toEqual([warning, issue]);
  }
});
