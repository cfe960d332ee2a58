/** The command line: from arguments to a verb to an exit code. */
import { Command, CommanderError } from 'commander';
import { checkCommand } from './check';
import { type ExitCode, type Io, OK, USAGE, UsageError } from './io';
import { laterCommands } from './later';
import { renderCommand } from './render';
import { synthCommand } from './synth';

/** @param argv what follows the program's name */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = OK;
  const program = newProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? OK : USAGE;
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`error: ${error.message}\n`);
    return USAGE;
  }
}

function newProgram(io: Io, end: (code: ExitCode) => void): Command {
  const program = new Command('cdk8s-gitops')
    .description('GitOps repositories as code: synthesise the tree, and check any YAML before it reaches Git.')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', HELP);
  for (const command of [synthCommand(io, end), checkCommand(io, end), renderCommand(io, end)]) {
    program.addCommand(command.helpOption('-h, --help', 'print this help'));
  }
  for (const command of laterCommands()) program.addCommand(command, { hidden: true });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  return program;
}

const HELP = `
Exit codes: 0 fine, 1 findings or a refused synth, 2 wrong usage.

Examples:
  cdk8s-gitops synth
  cdk8s-gitops check clusters/`;

function version(): string {
  return (require('../../package.json') as { version: string }).version;
}
