/** Why the controller would stop: it then creates, updates and deletes nothing. */
import type { FieldPath } from '../../kernel/issue';

export type RefusalCode =
  | 'argocd-render-generator'
  | 'argocd-render-input'
  | 'argocd-render-patch'
  | 'argocd-render-template';

/** Carries the controller's own words, which grow a prefix at each level, and where the mistake is. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly path: FieldPath,
    readonly fix: string,
    /** Whether the controller panics: nothing wraps its words then. */
    readonly panics = false,
  ) {
    super(message);
  }
}

/** The refusal with a prefix, as Go wraps errors. */
function wrapped(error: unknown, prefix: string): unknown {
  if (!(error instanceof Refusal) || error.panics) return error;
  return new Refusal(error.code, `${prefix}: ${error.message}`, error.path, error.fix);
}

/** Runs `work`; a refusal that comes out of it gets the prefix. */
export function wrapping<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw wrapped(error, prefix);
  }
}

export function refuseGenerator(message: string, path: FieldPath, fix: string): never {
  throw new Refusal('argocd-render-generator', message, path, fix);
}
