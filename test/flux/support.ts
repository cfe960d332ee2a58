/** What the tests of the room share. */
import { EnvironmentStack, GitOpsApp } from '../../src';
import type { Resource } from '../../src/core/resource';

/** A stack in namespace flux-system, or another; `null` for none. */
export function stackIn(namespace: string | null = 'flux-system'): EnvironmentStack {
  return new EnvironmentStack(new GitOpsApp().environment('prod'), 'web', { namespace: namespace ?? undefined });
}

/** The spec as written: what `undefined` stands for is gone. */
export function specOf(resource: Resource): Record<string, unknown> {
  return JSON.parse(JSON.stringify(resource.toJson()))['spec'];
}
