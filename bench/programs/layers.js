/** One environment of stacks in layers, delivered by Flux. Arguments: layers width edges(0|1) outdir. */
const { ApiObject } = require('cdk8s');
const { EnvironmentStack, GitOpsApp } = require('../../lib');
const { FluxDelivery } = require('../../lib/flux');
const { measured } = require('./measured');

const [layers, width, edges, outdir] = process.argv.slice(2);

measured(() => {
  const app = new GitOpsApp({ outdir, repository: { url: 'https://github.com/acme/deploy.git', path: 'dist' } });
  const env = app.environment('prod');
  let before = [];
  for (let layer = 0; layer < Number(layers); layer++) {
    const stacks = Array.from({ length: Number(width) }, (_, index) => buildStack(env, `s-${layer}-${index}`));
    if (edges === '1') for (const stack of stacks) stack.dependsOn(...before);
    before = stacks;
  }
  new FluxDelivery(app, 'delivery', {});
  app.synth();
});

function buildStack(env, id) {
  const stack = new EnvironmentStack(env, id, { namespace: id });
  new ApiObject(stack, 'config', { apiVersion: 'v1', kind: 'ConfigMap', data: { id } });
  return stack;
}
