/** The same stacks, delivered by Flux. */
import { FluxDelivery } from 'cdk8s-gitops/flux';
import { microservices } from './app';

const app = microservices();
new FluxDelivery(app, 'delivery');
app.synth();
