/** The floor: JSON.stringify of objects that are there already, into as many files. Arguments: environments apps layout outdir. */
const { mkdirSync, writeFileSync } = require('node:fs');
const { appManifests, appName, envName } = require('../fleet');
const { measured } = require('./measured');

const [environments, apps, layout, outdir] = process.argv.slice(2);
const index = JSON.stringify({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: [] });

// One app's objects serve for all: making them is not what is measured.
const objects = appManifests(envName(0), appName(0));

measured(() => {
  for (let env = 0; env < Number(environments); env++) {
    const directory = `${outdir}/${envName(env)}`;
    if (layout === 'file-per-object') writeObjects(`${directory}/apps`);
    else for (let app = 0; app < Number(apps); app++) writeStack(`${directory}/${appName(app)}`);
    writeFileSync(`${directory}/kustomization.yaml`, index);
  }
});

function writeObjects(directory) {
  mkdirSync(`${directory}/argocd`, { recursive: true });
  for (let app = 0; app < Number(apps); app++) {
    for (const { file, manifest } of objects) writeFileSync(`${directory}/${file}-${app}`, JSON.stringify(manifest));
  }
  writeFileSync(`${directory}/kustomization.yaml`, index);
}

function writeStack(directory) {
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${directory}/app.yaml`, objects.map(({ manifest }) => JSON.stringify(manifest)).join('\n---\n'));
  writeFileSync(`${directory}/kustomization.yaml`, index);
}
