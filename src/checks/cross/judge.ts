/** Runs every check over one set of objects. Its law: the same objects in the same order give the same findings. */
import type { SetFinding, SetMember } from '../../core/set-checks';
import { formatPath, type Issue } from '../../kernel/issue';
import { appsetApplicationClash } from './argocd-appset-application-clash';
import { clusterDuplicate } from './argocd-cluster-duplicate';
import { hydratorSameDestination } from './argocd-hydrator-same-destination';
import { projectForbids } from './argocd-project-forbids';
import { repositoryDuplicate } from './argocd-repository-duplicate';
import { subscriptionUnresolved } from './argocd-subscription-unresolved';
import type { Check, CheckReport } from './check';
import { type Entry, Store } from './store';

export const checks: readonly Check[] = [
  projectForbids,
  hydratorSameDestination,
  repositoryDuplicate,
  clusterDuplicate,
  appsetApplicationClash,
  subscriptionUnresolved,
];

export function judgeTogether(members: readonly SetMember[], files = false): readonly SetFinding[] {
  const store = new Store(members, files);
  const findings: SetFinding[] = [];
  for (const check of checks) {
    const { code, severity } = check;
    const report: CheckReport = (entry, path, message, fix = check.fix, other = undefined) => {
      const at = { object: entry.label, path: formatPath(path) };
      const sure = !files || isBeside(entry, other);
      findings.push({
        member: entry.index,
        path,
        issue: { code, severity: sure ? severity : 'warning', at, message, fix },
      });
    };
    try {
      check.run(store, report);
    } catch (error) {
      findings.push(failure(check, error, store));
    }
  }
  return findings.sort((a, b) => a.member - b.member);
}

/** Synth knows which cluster an object reaches. Files in one directory are taken to belong together, others may not. */
function isBeside(entry: Entry, other: Entry | undefined): boolean {
  return other !== undefined && directoryOf(entry.origin) === directoryOf(other.origin);
}

function directoryOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

/** No object stops the other checks. */
function failure({ code }: Check, error: unknown, store: Store): SetFinding {
  const reason = error instanceof Error ? error.message : String(error);
  const issue: Issue = {
    code: 'object-check-failed',
    severity: 'error',
    at: { object: store.first.label },
    message: `${code} failed on this object, or on others that it is judged with: ${reason}`,
    fix: 'report it as a bug of cdk8s-gitops, with the objects',
  };
  return { member: store.first.index, path: [], issue };
}
