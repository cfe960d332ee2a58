/** A stack to build in. */
import { EnvironmentStack, GitOpsApp } from '../../src';

export function stack(namespace: string | undefined = 'shop'): EnvironmentStack {
  return new EnvironmentStack(new GitOpsApp().environment('dev'), 'checkout', { namespace });
}
