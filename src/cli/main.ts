#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { run } from './run';

// `check | head` closes our output early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: () => readFileSync(0),
}).then((code) => {
  process.exitCode = code;
});
