/** Delivered by Argo CD: production waits for a person, the others follow the repository. */
import { ArgoCdDelivery, automated, manual } from 'cdk8s-gitops/argocd';
import { microservices } from './app';

const app = microservices();
new ArgoCdDelivery(app, 'delivery', {
  project: 'shop',
  sync: (env) => (env.production ? manual() : automated({ prune: true, selfHeal: true })),
});
app.synth();
