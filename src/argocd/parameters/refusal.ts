/** How this folder refuses what a type would have caught, or no type can. */
import { sourceLine } from '../../core/source-line';
import { GitOpsError } from '../../kernel/issue';

/** A mistake in a template with typed parameters, at the user's own line. */
export function refusal(code: string, message: string, fix: string, path?: string): GitOpsError {
  return new GitOpsError([{ code, severity: 'error', at: { path, source: sourceLine() }, message, fix }]);
}
