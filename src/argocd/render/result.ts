/** What is wrong with the Applications of an ApplicationSet taken together, or with what the API server says of one. */
import { formatPath } from '../../kernel/issue';
import type { Manifest } from '../../kernel/manifest';
import { validate } from '../../schema';
import type { Report } from './report';

const NAME = ['spec', 'template', 'metadata', 'name'];

export function checkResult(applications: readonly Manifest[], applicationSet: Manifest, report: Report): void {
  checkNames(applications, applicationSet, report);
  for (const application of applications) {
    for (const { code, severity, path, message, fix } of validate(application)) {
      const text = `the API server refuses the Application: ${formatPath(path)}: ${message}`;
      report.add({ code, severity, path: ['spec', 'template', ...path], message: text, fix });
    }
    report.attribute(String(application.metadata?.name ?? ''));
  }
  if (applications.length > 0) return;
  const message = 'the generators yield nothing: there are no Applications, and those generated before are deleted';
  const fix = 'look at the selectors and patterns, or give the clusters and repositories that they are about';
  report.add({ code: 'argocd-render-nothing', severity: 'warning', path: ['spec', 'generators'], message, fix });
}

/** The controller creates none of the Applications that share a name. */
function checkNames(applications: readonly Manifest[], { metadata }: Manifest, report: Report): void {
  const counts = new Map<string, number>();
  for (const { metadata: own } of applications) {
    const name = String(own?.name ?? '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) {
    if (count === 1) continue;
    const message = `ApplicationSet ${metadata?.name ?? ''} contains applications with duplicate name: ${name} (${count} of them, and none is created or updated)`;
    report.add({
      code: 'argocd-render-duplicate-name',
      path: NAME,
      message,
      fix: 'put every parameter that tells the sets apart into the name',
    });
  }
  report.attribute();
}
