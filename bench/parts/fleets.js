/** Whole fleets against plain cdk8s, against the floor, and against kustomize. */
const { execFileSync } = require('node:child_process');
const { mkdirSync, writeFileSync } = require('node:fs');
const { appManifests, appName } = require('../fleet');
const { interleaved, round, runProgram, timed, verdict, withDirectory } = require('../lab');

function run({ quick }) {
  fleet('file-per-object', quick ? 20 : 50, quick ? 100 : 200, quick ? 1 : 3, { cdk8s: 7, floor: 2.5 });
  const perObject = fleet('file-per-stack', quick ? 20 : 50, quick ? 30 : 40, quick ? 1 : 3, { cdk8s: 40, floor: 4.5 });
  kustomize(quick ? 2 : 4, quick ? 50 : 100, perObject);
}

function fleet(layout, environments, apps, rounds, bounds) {
  const objects = environments * apps * 5;
  const once = (program) => () =>
    withDirectory((directory) => runProgram(program, [environments, apps, layout, directory]));
  const results = interleaved({ ours: once('ours'), cdk8s: once('cdk8s'), floor: once('floor') }, rounds);
  console.log(
    `\n${layout}, ${objects.toLocaleString('en')} objects (${environments} environments × ${apps} apps × 5), ${rounds} rounds`,
  );
  for (const [name, { milliseconds, megabytes }] of Object.entries(results)) {
    console.log(
      `  ${name.padEnd(6)} ${round(milliseconds).padStart(9)} ms  ${round((milliseconds * 1000) / objects).padStart(7)} µs/object  ${round(megabytes, 0).padStart(5)} MB`,
    );
  }
  verdict('faster than cdk8s', results.cdk8s.milliseconds / results.ours.milliseconds, bounds.cdk8s);
  verdict('of the floor', results.ours.milliseconds / results.floor.milliseconds, bounds.floor, false);
  return (results.ours.milliseconds * 1000) / objects;
}

/** A build per environment over one base, with labels and two patches, as overlays do. */
function kustomize(environments, apps, ourMicroseconds) {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
  } catch {
    console.log('\nkustomize: skipped, kubectl is not installed');
    return;
  }
  withDirectory((directory) => {
    writeOverlays(directory, environments, apps);
    const { milliseconds } = timed(() => {
      for (let env = 0; env < environments; env++) {
        const text = execFileSync('kubectl', ['kustomize', `${directory}/overlays/${env}`], { maxBuffer: 1e9 });
        writeFileSync(`${directory}/${env}.yaml`, text);
      }
    });
    const perObject = (milliseconds * 1000) / (environments * apps * 5);
    console.log(`\nkubectl kustomize, ${environments} overlays × ${apps} apps × 5: ${round(perObject)} µs/object`);
    verdict('faster than kustomize, per object', perObject / ourMicroseconds, 40);
  });
}

function writeOverlays(directory, environments, apps) {
  mkdirSync(`${directory}/base`);
  const resources = [];
  for (let app = 0; app < apps; app++) {
    for (const { file, manifest } of appManifests('base', appName(app))) {
      const flat = file.replace('/', '-');
      resources.push(flat);
      writeFileSync(`${directory}/base/${flat}`, JSON.stringify(manifest));
    }
  }
  writeFileSync(`${directory}/base/kustomization.yaml`, JSON.stringify({ resources }));
  const patch = (kind, path, value) => ({
    target: { kind, name: appName(0) },
    patch: JSON.stringify([{ op: 'add', path, value }]),
  });
  for (let env = 0; env < environments; env++) {
    mkdirSync(`${directory}/overlays/${env}`, { recursive: true });
    const overlay = {
      resources: ['../../base'],
      labels: [{ pairs: { environment: `env-${env}` }, includeTemplates: true }],
      patches: [patch('Deployment', '/spec/replicas', 5), patch('ConfigMap', '/data/ENVIRONMENT', `env-${env}`)],
    };
    writeFileSync(`${directory}/overlays/${env}/kustomization.yaml`, JSON.stringify(overlay));
  }
}

module.exports = { run };
