import { join } from 'node:path';
import { runCli } from '../../cli/terminal';

const patched = join(__dirname, 'patched');

test('check reports it as every other issue, and exits 1', async () => {
  const { code, stdout } = await runCli(['check', 'base'], { cwd: patched });
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^error argocd-project-forbids {2}base\/all\.yaml:14:3 Application\/argocd\/checkout \.spec\.destination\n/,
  );
  expect(stdout).toMatch(/1 error in 1 file, 2 documents, 2 Kubernetes objects\n$/);
});

test('files that are named each by itself are one set', async () => {
  const { stdout } = await runCli(['check', '--format', 'json', 'base/all.yaml', 'overlay/kustomization.yaml'], {
    cwd: patched,
  });
  const { issues } = JSON.parse(stdout);
  expect(issues).toEqual([expect.objectContaining({ code: 'argocd-project-forbids', line: 14, document: 1 })]);
});
