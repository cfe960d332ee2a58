/** Expectations about refusals, shared by all tests. */
import { GitOpsError, type Issue } from '../../src/kernel/issue';

/** Runs something that must refuse, and returns the issues. */
export function issuesOf(run: () => unknown): readonly Issue[] {
  try {
    run();
  } catch (error) {
    if (error instanceof GitOpsError) return error.issues;
    throw error;
  }
  throw new Error('it was accepted');
}

/** The codes that something refuses with. */
export function codesOf(run: () => unknown): string[] {
  return issuesOf(run).map(({ code }) => code);
}
