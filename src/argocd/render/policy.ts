/** What the controller may do to the Applications of an ApplicationSet. */
import { isPlainObject } from '../../kernel/json';
import type { Manifest } from '../../kernel/manifest';

export interface ApplicationsPolicy {
  readonly mayUpdate: boolean;
  readonly mayDelete: boolean;
}

/** By `syncPolicy.applicationsSync`, which counts unless the controller runs with a `--policy` of its own. */
export function policyOf({ spec }: Manifest): ApplicationsPolicy {
  const syncPolicy = isPlainObject(spec) && isPlainObject(spec['syncPolicy']) ? spec['syncPolicy'] : {};
  const policy = syncPolicy['applicationsSync'] ?? 'sync';
  return {
    mayUpdate: policy === 'sync' || policy === 'create-update',
    mayDelete: policy === 'sync' || policy === 'create-delete',
  };
}
