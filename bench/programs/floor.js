/** The floor: JSON.stringify of objects that are there already, into as many files. Arguments: environments apps layout outdir. */
const { mkdirSync, writeFileSync } = require('node:fs');
const { appManifests, appName, envName } = require('../fleet');
const { report } = require('./measured');

const [environments, apps, layout, outdir] = process.argv.slice(2);
const index = JSON.stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [] });

let written = 0;
for (let env = 0; env < Number(environments); env++) writeEnvironment(envName(env));
report(written);

/** The objects are there already: making them is not part of the floor. */
function writeEnvironment(env) {
  const directory = `${outdir}/${env}`;
  const fleet = Array.from({ length: Number(apps) }, (_, app) => ({
    name: appName(app),
    objects: appManifests(env, appName(app)),
  }));
  const begin = process.hrtime.bigint();
  if (layout === 'file-per-object') writeObjects(`${directory}/apps`, fleet);
  else for (const { name, objects } of fleet) writeStack(`${directory}/${name}`, objects);
  writeFileSync(`${directory}/kustomization.yaml`, index);
  written += Number(process.hrtime.bigint() - begin) / 1e6;
}

function writeObjects(directory, fleet) {
  mkdirSync(`${directory}/argocd`, { recursive: true });
  for (const { objects } of fleet) {
    for (const { file, manifest } of objects) writeFileSync(`${directory}/${file}`, JSON.stringify(manifest));
  }
  writeFileSync(`${directory}/kustomization.yaml`, index);
}

function writeStack(directory, objects) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/app.yaml`, objects.map(({ manifest }) => JSON.stringify(manifest)).join('\n---\n'));
  writeFileSync(`${directory}/kustomization.yaml`, index);
}
