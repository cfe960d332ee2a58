/** What a user waits for before anything happens: imports, and the smallest synth. */
const { execFileSync } = require('node:child_process');
const { mkdirSync, symlinkSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { interleaved, round, timed, verdict, withDirectory } = require('../lab');

const ROOT = join(__dirname, '../..');
const LIB = join(ROOT, 'lib');

function run({ quick }) {
  const rounds = quick ? 5 : 15;
  const load = (code) => () => ({
    milliseconds: Number(
      execFileSync(
        process.execPath,
        [
          '-e',
          `require('cdk8s');const t=process.hrtime.bigint();${code};console.log(Number(process.hrtime.bigint()-t)/1e6)`,
        ],
        { encoding: 'utf8', cwd: ROOT },
      ),
    ),
  });
  const imports = interleaved({ gitops: load(`require(${JSON.stringify(LIB)})`) }, rounds);
  console.log(
    `\nstart-up: require('cdk8s-gitops') costs ${round(imports.gitops.milliseconds)} ms on top of cdk8s (at most 20)`,
  );
  withDirectory((directory) => synths(directory, quick ? 2 : 5));
}

/** The smallest program, compiled for ours; with the cdk8s template's ts-node for cdk8s. */
function synths(directory, rounds) {
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  mkdirSync(join(directory, 'ours'));
  mkdirSync(join(directory, 'theirs'));
  writeFileSync(join(directory, 'ours/cdk8s.yaml'), 'language: typescript\napp: node main.js\n');
  writeFileSync(join(directory, 'ours/main.js'), program(`require(${JSON.stringify(LIB)})`));
  writeFileSync(join(directory, 'theirs/cdk8s.yaml'), 'language: typescript\napp: npx ts-node main.ts\n');
  writeFileSync(
    join(directory, 'theirs/tsconfig.json'),
    JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'CommonJS', strict: true, types: ['node'] } }),
  );
  writeFileSync(join(directory, 'theirs/main.ts'), THEIR_PROGRAM);
  const command = (cwd, file, args) => () =>
    timed(() => execFileSync(file, args, { cwd: join(directory, cwd), stdio: 'ignore' }));
  const results = interleaved(
    {
      ours: command('ours', process.execPath, [join(LIB, 'cli/main.js'), 'synth']),
      theirs: command('theirs', 'npx', ['cdk8s', 'synth', '--check-upgrade=false']),
    },
    rounds,
  );
  console.log(
    `  cdk8s-gitops synth, compiled app: ${round(results.ours.milliseconds, 0)} ms; npx cdk8s synth, ts-node: ${round(results.theirs.milliseconds, 0)} ms`,
  );
  verdict('faster to the smallest tree', results.theirs.milliseconds / results.ours.milliseconds, 5);
}

const program = (library) => `
const { ApiObject } = require('cdk8s');
const { EnvironmentStack, GitOpsApp } = ${library};
const app = new GitOpsApp();
const stack = new EnvironmentStack(app.environment('dev'), 'web');
new ApiObject(stack, 'config', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } });
app.synth();
`;

const THEIR_PROGRAM = `
import { ApiObject, App, Chart } from 'cdk8s';
const app = new App();
const chart = new Chart(app, 'web');
new ApiObject(chart, 'config', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } });
app.synth();
`;

module.exports = { run };
