/** A test as a user would write it: what a reviewer of the shop wants to see change, and nothing else. */
import { ArgoCdDelivery, automated, manual } from 'cdk8s-gitops/argocd';
import { synthTree } from 'cdk8s-gitops/testing';
import { microservices } from '../../examples/microservices/app';

function tree(): Record<string, string> {
  const app = microservices();
  new ArgoCdDelivery(app, 'delivery', {
    project: 'shop',
    sync: (env) => (env.production ? manual() : automated({ prune: true, selfHeal: true })),
  });
  return synthTree(app);
}

test('the checkout of production', () => {
  const files = Object.entries(tree()).filter(([path]) => path.startsWith('prod/checkout/'));
  expect(Object.fromEntries(files)).toMatchSnapshot();
});

test('production waits for a person, the others follow the repository', () => {
  const found = tree();
  const policy = (env: string) => found[`${env}/delivery/application-checkout-${env}.yaml`]!.includes('automated:');
  expect(['dev', 'staging', 'prod'].map(policy)).toEqual([true, true, false]);
});
