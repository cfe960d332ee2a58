/** What the three ConfigMaps share: their name, their label, and data in which no key is said twice. */
import type { Construct } from 'constructs';
import type { ResourceProps } from '../../core/resource';
import { sourceLine } from '../../core/source-line';
import { GitOpsError, type Issue } from '../../kernel/issue';
import { inArgoCd } from '../namespace';

/** Keys and what becomes their text; undefined is no key. */
export type Section = Readonly<Record<string, string | number | boolean | undefined>>;

/** The name that Argo CD looks for, and the label that it watches. */
export function partOfArgoCd(scope: Construct, name: string, props: ResourceProps): ResourceProps {
  const labels = { 'app.kubernetes.io/part-of': 'argocd', 'app.kubernetes.io/name': name, ...props.metadata?.labels };
  return inArgoCd(scope, { ...props, metadata: { name, ...props.metadata, labels } });
}

/**
 * Sections as one `data`.
 *
 * @throws GitOpsError `argocd-config-key-twice` when two sections say one key
 */
export function dataOf(scope: Construct, id: string, sections: readonly Section[]): Readonly<Record<string, string>> {
  const data = new Map<string, string>();
  const issues: Issue[] = [];
  for (const section of sections) {
    for (const [key, value] of Object.entries(section)) {
      if (value === undefined) continue;
      if (data.has(key)) {
        issues.push({
          code: 'argocd-config-key-twice',
          severity: 'error',
          at: { construct: `${scope.node.path}/${id}`, path: `.data[${JSON.stringify(key)}]`, source: sourceLine() },
          message: `'${key}' is said twice: by a prop and by data`,
          fix: 'say it once',
        });
      }
      data.set(key, String(value));
    }
  }
  if (issues.length > 0) throw new GitOpsError(issues);
  return Object.fromEntries(data);
}
