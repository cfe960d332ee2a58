/**
 * Plain cdk8s writing the same objects. File per object: a chart an environment, which is its fastest way; file per
 * stack: a chart an app. Arguments: environments apps layout outdir.
 */
const { ApiObject, App, Chart, YamlOutputType } = require('cdk8s');
const { appManifests, appName, envName } = require('../fleet');
const { measured } = require('./measured');

const [environments, apps, layout, outdir] = process.argv.slice(2);
const yamlOutputType =
  layout === 'file-per-stack' ? YamlOutputType.FILE_PER_CHART : YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;

measured(() => {
  const app = new App({ outdir, yamlOutputType });
  for (let index = 0; index < Number(environments); index++) buildEnvironment(app, envName(index));
  app.synth();
});

function buildEnvironment(app, env) {
  const shared = layout === 'file-per-object' ? newChart(app, env) : undefined;
  for (let index = 0; index < Number(apps); index++) {
    const name = appName(index);
    const chart = shared ?? newChart(app, `${env}-${name}`);
    for (const { file, manifest } of appManifests(env, name)) new ApiObject(chart, file, manifest);
  }
}

function newChart(app, id) {
  return new Chart(app, id, { namespace: 'shop', disableResourceNameHashes: true });
}
