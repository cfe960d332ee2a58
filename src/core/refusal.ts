/** How a program ends that a GitOpsError stops: its issues are said once, without a stack trace or a dump of the error. */
import { writeSync } from 'node:fs';
import type { GitOpsError } from '../kernel/issue';
import { readRequest, reportTo } from './request';

let watching = false;

/**
 * From here on an uncaught GitOpsError prints its issues and ends the process with exit code 1. Every other error, and a
 * program with an `uncaughtException` handler of its own, meets what Node does without us.
 */
export function printUncaughtRefusals(): void {
  if (watching) return;
  watching = true;
  process.on('uncaughtExceptionMonitor', (error: unknown) => {
    if (!isRefusal(error) || process.listenerCount('uncaughtException') > 0) return;
    const request = readRequest();
    // `cdk8s-gitops synth` prints the issues itself.
    if (request.report === undefined) writeSync(2, `${error.message}\n`);
    else reportTo(request, { issues: error.issues });
    process.exit(1);
  });
}

/** A program may hold two copies of this package, so the class alone does not tell. */
function isRefusal(error: unknown): error is GitOpsError {
  return error instanceof Error && error.name === 'GitOpsError' && Array.isArray((error as GitOpsError).issues);
}
