/** The library, whole: build, strict validation, rules, emit, write. Arguments: environments apps layout outdir. */
const { ApiObject } = require('cdk8s');
const { EnvironmentStack, GitOpsApp } = require('../../lib');
const { Application } = require('../../lib/argocd');
const { ExternalSecret } = require('../../lib/external-secrets');
const { appName, appObjects, envName } = require('../fleet');
const { measured } = require('./measured');

const [environments, apps, layout, outdir] = process.argv.slice(2);

measured(() => {
  const app = new GitOpsApp({ outdir, layout });
  for (let index = 0; index < Number(environments); index++) app.environment(envName(index));
  app.forEachEnvironment((env) => {
    for (let index = 0; index < Number(apps); index++) buildApp(env, appName(index));
  });
  app.synth();
});

function buildApp(env, name) {
  const objects = appObjects(env.name, name);
  const stack = new EnvironmentStack(env, name, { namespace: 'shop' });
  new Application(stack, 'application', { metadata: { name, namespace: 'argocd' }, ...objects.application });
  new ApiObject(stack, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: objects.deployment,
  });
  new ApiObject(stack, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: objects.service });
  new ApiObject(stack, 'config', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: objects.configMap });
  new ExternalSecret(stack, 'secret', { metadata: { name }, ...objects.externalSecret });
}
