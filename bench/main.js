/**
 * `npm run bench`: ratios, measured in one run. Every program is a process of its own with an output directory of its
 * own, contenders take turns, and medians are compared. `-- --quick` stays under a minute; `-- --million` adds 1,000,000
 * objects; `-- --only NAME` runs one part.
 */
const { parseArgs } = require('node:util');
const { run: fleets } = require('./parts/fleets');
const { run: growth } = require('./parts/growth');
const { run: startUp } = require('./parts/start-up');
const { run: edges } = require('./parts/edges');
const { run: validation } = require('./parts/validation');
const { run: render } = require('./parts/render');

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    million: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const parts = { fleets, growth, edges, validation, render, startUp };
console.log(`node ${process.version}, ${require('node:os').cpus().length} cores; medians; ratios are the message`);
for (const [name, run] of Object.entries(parts)) {
  if (values.only === undefined || values.only === name) run(values);
}
