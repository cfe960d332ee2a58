/** What strict validation and rules cost an Application, beside writing it. */
const { round } = require('../lab');
const { appManifests, appName, envName } = require('../fleet');

function run() {
  const { validate } = require('../../lib/schema');
  const { runRules } = require('../../lib/kernel/rule');
  const { emit } = require('../../lib/core/emit');
  const { applicationKind } = require('../../lib/argocd/application');
  const { manifest } = appManifests(envName(0), appName(0))[0];
  console.log('\nper Application-sized object');
  const lines = {
    'JSON.stringify': () => JSON.stringify(manifest),
    'strict validation': () => validate(manifest),
    rules: () => runRules(applicationKind.rules, manifest),
    'YAML emitter': () => emit(manifest),
  };
  for (const [name, work] of Object.entries(lines))
    console.log(`  ${name.padEnd(18)} ${round(microseconds(work), 2)} µs`);
}

function microseconds(work) {
  for (let index = 0; index < 20_000; index++) work();
  const count = 100_000;
  const begin = process.hrtime.bigint();
  for (let index = 0; index < count; index++) work();
  return Number(process.hrtime.bigint() - begin) / 1e3 / count;
}

module.exports = { run };
