/** Evaluating an ApplicationSet offline: 10,000 Applications of one matrix, and how the time grows. */
const { interleaved, round, runProgram, verdict } = require('../lab');

function run({ quick }) {
  const once = (clusters, engine) => () => runProgram('render', [clusters, 100, engine]);
  const results = interleaved(
    { 'Go templates': once(100, 'go'), 'plain tags': once(100, 'plain'), 'four times as many': once(400, 'go') },
    quick ? 2 : 5,
  );
  console.log('\nrendering a matrix ApplicationSet, 10,000 Applications');
  for (const [name, { milliseconds, megabytes }] of Object.entries(results)) {
    console.log(`  ${name.padEnd(18)} ${round(milliseconds, 0).padStart(6)} ms, ${round(megabytes, 0)} MB`);
  }
  const go = results['Go templates'].milliseconds;
  verdict('10,000 Applications, of one second', go / 1000, 1, false);
  verdict('time per Application, 40,000 to 10,000', results['four times as many'].milliseconds / go / 4, 1.25, false);
}

module.exports = { run };
