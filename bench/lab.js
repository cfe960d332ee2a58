/** Runs programs in turns, keeps their outputs apart, and compares medians. */
const { execFileSync } = require('node:child_process');
const { accessSync, constants, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Output goes to memory where the machine has such a file system: disks swing more than what is measured. */
const SCRATCH = (() => {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
})();

function withDirectory(work) {
  const directory = mkdtempSync(join(SCRATCH, 'cdk8s-gitops-bench-'));
  try {
    return work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs a measured program once. */
function runProgram(name, args) {
  const file = join(__dirname, 'programs', `${name}.js`);
  const output = execFileSync(process.execPath, [file, ...args.map(String)], { encoding: 'utf8', maxBuffer: 1e8 });
  return JSON.parse(output.slice(output.lastIndexOf('{')));
}

/**
 * Runs contenders in turns.
 *
 * @param contenders by name, each a function that does one measured run: { milliseconds, megabytes }
 * @returns by name, the median milliseconds and the peak memory
 */
function interleaved(contenders, rounds) {
  const samples = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(contenders)) samples[name].push(run());
  }
  const summary = ([name, list]) => [
    name,
    {
      milliseconds: median(list.map((one) => one.milliseconds)),
      megabytes: Math.max(...list.map((one) => one.megabytes ?? 0)),
    },
  ];
  return Object.fromEntries(Object.entries(samples).map(summary));
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds of a whole command. */
function timed(work) {
  const begin = process.hrtime.bigint();
  work();
  return { milliseconds: Number(process.hrtime.bigint() - begin) / 1e6 };
}

const round = (value, digits = 1) => value.toFixed(digits);

/** Prints a ratio beside what it must reach. */
function verdict(label, value, bound, atLeast = true) {
  const met = atLeast ? value >= bound : value <= bound;
  console.log(
    `  ${label}: ${round(value, 2)}× (${atLeast ? 'at least' : 'at most'} ${bound}×) ${met ? 'met' : 'NOT MET'}`,
  );
}

module.exports = { interleaved, median, round, runProgram, timed, verdict, withDirectory };
