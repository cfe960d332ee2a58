/** Time per object and memory as the fleet grows, and a second run over what is there. */
const { readdirSync, statSync } = require('node:fs');
const { join } = require('node:path');
const { interleaved, round, runProgram, verdict, withDirectory } = require('../lab');

function run({ quick, million }) {
  const apps = 200;
  const [small, large] = quick ? [10, 40] : [50, 200];
  const once = (environments) => () =>
    withDirectory((directory) => runProgram('ours', [environments, apps, 'file-per-stack', directory]));
  const results = interleaved({ small: once(small), large: once(large) }, quick ? 2 : 5);
  const per = (name, environments) => (results[name].milliseconds * 1000) / (environments * apps * 5);
  console.log(`\ngrowth, environment by environment, file-per-stack`);
  for (const [name, environments] of [
    ['small', small],
    ['large', large],
  ]) {
    console.log(
      `  ${(environments * apps * 5).toLocaleString('en').padStart(9)} objects: ${round(per(name, environments))} µs/object, ${round(results[name].megabytes, 0)} MB`,
    );
  }
  verdict('time per object, large to small', per('large', large) / per('small', small), 1.15, false);
  verdict('peak memory, of 200 MB', results.large.megabytes / 200, 1, false);
  if (million) showMillion();
  secondRun(quick ? 10 : 50, apps);
}

function showMillion() {
  const { milliseconds, megabytes } = withDirectory((directory) =>
    runProgram('ours', [1000, 200, 'file-per-stack', directory]),
  );
  console.log(
    `  1,000,000 objects: ${round(milliseconds / 1000)} µs/object, ${round(milliseconds / 1000)} s, ${round(megabytes, 0)} MB`,
  );
  verdict('peak memory, of 200 MB', megabytes / 200, 1, false);
}

function secondRun(environments, apps) {
  withDirectory((directory) => {
    const args = [environments, apps, 'file-per-object', directory];
    const first = runProgram('ours', args);
    const before = stamps(directory);
    const second = runProgram('ours', args);
    const after = stamps(directory);
    const touched =
      [...after].filter(([path, stamp]) => before.get(path) !== stamp).length + (before.size - after.size);
    console.log(
      `\nsecond run, nothing changed: ${round(second.milliseconds)} ms after ${round(first.milliseconds)} ms; ${after.size.toLocaleString('en')} files, ${touched} touched`,
    );
  });
}

function stamps(directory) {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const { mtimeNs, ino } = statSync(path, { bigint: true });
      return [path, `${ino} ${mtimeNs}`];
    }),
  );
}

module.exports = { run };
