/** Stacks in layers, each depending on the whole layer before. */
const { interleaved, round, runProgram, withDirectory } = require('../lab');

function run({ quick }) {
  const rounds = quick ? 1 : 5;
  const once = (width, edges) => () =>
    withDirectory((directory) => runProgram('layers', [50, width, edges, directory]));
  const results = interleaved(
    { half: once(23, 1), halfBare: once(23, 0), whole: once(32, 1), wholeBare: once(32, 0) },
    rounds,
  );
  const more = (name) => results[name].milliseconds - results[`${name}Bare`].milliseconds;
  console.log(
    `\ndependency edges in 50 layers: ${(49 * 23 * 23).toLocaleString('en')} cost ${round(more('half'))} ms more, ${(49 * 32 * 32).toLocaleString('en')} cost ${round(more('whole'))} ms more (under 1,000 ms)`,
  );
}

module.exports = { run };
