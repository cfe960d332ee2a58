/** Plain cdk8s writing the same objects, a chart an app. Arguments: environments apps layout outdir. */
const { ApiObject, App, Chart, YamlOutputType } = require('cdk8s');
const { appManifests, appName, envName } = require('../fleet');
const { measured } = require('./measured');

const [environments, apps, layout, outdir] = process.argv.slice(2);
const yamlOutputType =
  layout === 'file-per-stack' ? YamlOutputType.FILE_PER_CHART : YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE;

measured(() => {
  const app = new App({ outdir, yamlOutputType });
  for (let env = 0; env < Number(environments); env++) {
    for (let index = 0; index < Number(apps); index++) buildApp(app, envName(env), appName(index));
  }
  app.synth();
});

function buildApp(app, env, name) {
  const chart = new Chart(app, `${env}-${name}`, { namespace: 'shop', disableResourceNameHashes: true });
  for (const { file, manifest } of appManifests(env, name)) new ApiObject(chart, file, manifest);
}
