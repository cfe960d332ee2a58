/**
 * The library, whole: build, strict validation, rules, emit, write. File per object: a stack an environment, so that the
 * files are those of cdk8s's folders; file per stack: a stack an app. Arguments: environments apps layout outdir.
 */
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
    const shared = layout === 'file-per-object' ? new EnvironmentStack(env, 'apps', { namespace: 'shop' }) : undefined;
    for (let index = 0; index < Number(apps); index++) {
      const name = appName(index);
      buildApp(shared ?? new EnvironmentStack(env, name, { namespace: 'shop' }), env.name, name);
    }
  });
  app.synth();
});

function buildApp(stack, env, name) {
  const objects = appObjects(env, name);
  const metadata = { name };
  new Application(stack, `${name}-application`, { metadata: { name, namespace: 'argocd' }, ...objects.application });
  new ApiObject(stack, `${name}-deployment`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: objects.deployment,
  });
  new ApiObject(stack, `${name}-service`, { apiVersion: 'v1', kind: 'Service', metadata, spec: objects.service });
  new ApiObject(stack, `${name}-config`, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: objects.configMap });
  new ExternalSecret(stack, `${name}-secret`, { metadata, ...objects.externalSecret });
}
