/** Times the work of a program, without node's own start and the loading of modules, and prints it for the parent. */
function measured(work) {
  const begin = process.hrtime.bigint();
  work();
  report(Number(process.hrtime.bigint() - begin) / 1e6);
}

/** Prints milliseconds for the parent, with the peak of memory. */
function report(milliseconds) {
  process.stdout.write(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

module.exports = { measured, report };
