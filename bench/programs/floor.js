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
    for (let app = 0; app < Number(apps); app++) writeApp(`${outdir}/${envName(env)}/${appName(app)}`);
    writeFileSync(`${outdir}/${envName(env)}/kustomization.yaml`, index);
  }
});

function writeApp(directory) {
  mkdirSync(layout === 'file-per-stack' ? directory : `${directory}/argocd`, { recursive: true });
  if (layout === 'file-per-stack') {
    writeFileSync(`${directory}/app.yaml`, objects.map(({ manifest }) => JSON.stringify(manifest)).join('\n---\n'));
  } else {
    for (const { file, manifest } of objects) writeFileSync(`${directory}/${file}`, JSON.stringify(manifest));
  }
  writeFileSync(`${directory}/kustomization.yaml`, index);
}
