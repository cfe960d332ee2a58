/** `cdk8s-gitops synth`: runs the program of cdk8s.yaml and says what became of the tree. */
import { Command } from 'commander';
import type { SynthAnswer } from '../core/request';
import type { Change, WriteReport } from '../core/write';
import { EXPECTED, readConfig } from './config';
import { type ExitCode, FOUND, type Io, OK, UsageError } from './io';
import { formatOption } from './options';
import { countIssues, type Format, isError, issueData, plural, printIssues, printJson } from './print';
import type { AppOutcome } from './run-app';

interface SynthOptions {
  readonly app?: string;
  readonly output?: string;
  readonly check?: true;
  readonly env?: readonly string[];
  readonly force?: true;
  readonly format: Format;
}

/** Paths that `--check` lists before it only counts. */
const SHOWN_CHANGES = 50;

export function synthCommand(io: Io, end: (code: ExitCode) => void): Command {
  return new Command('synth')
    .summary('run the program and write its tree')
    .description('Run the program of cdk8s.yaml and write its tree. Files that did not change are not touched.')
    .option('--app <command>', "the command that runs the program (default: cdk8s.yaml's app)")
    .option('--output <directory>', "where the tree is (default: cdk8s.yaml's output, else dist)")
    .option('--check', 'write nothing; exit 1 if the tree on disk differs')
    .option('--env <name>', 'only this environment; may be repeated', (name: string, all: string[] = []) => [
      ...all,
      name,
    ])
    .option('--force', 'overwrite files that were edited by hand or that this tool did not write')
    .addOption(formatOption())
    .addHelpText('after', HELP)
    .action(async (options: SynthOptions) => end(await synth(options, io)));
}

const HELP = `
Examples:
  cdk8s-gitops synth
  cdk8s-gitops synth --check                      # in CI: is the committed tree up to date?
  cdk8s-gitops synth --env staging --env prod
  cdk8s-gitops synth --app 'node main.js' --output deploy`;

async function synth(options: SynthOptions, io: Io): Promise<ExitCode> {
  if (options.check && options.force) throw new UsageError('--check writes nothing, so --force has nothing to do');
  const config = options.app !== undefined && options.output !== undefined ? {} : configFor(options, io);
  const command = options.app ?? config.app;
  if (!command?.trim()) throw new UsageError(`no app to run: ${EXPECTED}`);
  const { check, force, env: only } = options;
  const outdir = options.output ?? config.output ?? 'dist';
  const { runApp } = require('./run-app') as typeof import('./run-app');
  const stdout = options.format === 'json' ? io.stderr : io.stdout;
  const outcome = await runApp({ command, outdir, request: { check, force, only }, stdout }, io);
  if (options.format === 'json') printAnswer(outcome.answer, io);
  else if (outcome.answer !== undefined) describeAnswer(outcome.answer, options, outdir, io);
  return conclude(outcome, options, command, io);
}

function configFor({ app }: SynthOptions, io: Io): { app?: string; output?: string } {
  try {
    return readConfig(io.cwd);
  } catch (error) {
    if (app !== undefined && error instanceof UsageError) return {};
    throw error;
  }
}

/** Says what the answer does not, and decides. */
function conclude({ failure, answer }: AppOutcome, options: SynthOptions, command: string, io: Io): ExitCode {
  const refused = answer?.issues.some(isError) ?? false;
  if (failure !== undefined && !refused) {
    io.stderr.write(`the app failed: ${command}: ${failure}\n`);
    return FOUND;
  }
  if (answer === undefined) return withoutAnswer(options, io);
  const differs = options.check && (answer.written?.changes.length ?? 0) > 0;
  return refused || failure !== undefined || differs ? FOUND : OK;
}

/** A plain cdk8s App, or a GitOpsApp whose synth() is not called. */
function withoutAnswer({ check, env, force }: SynthOptions, io: Io): ExitCode {
  const asked = [check && '--check', env && '--env', force && '--force'].filter(Boolean);
  const ignored = asked.length > 0 ? `; ${asked.join(', ')} had no effect` : '';
  io.stderr.write(`note: the app ran, but synthesised no GitOpsApp: what it wrote is its own affair${ignored}\n`);
  return asked.length > 0 ? FOUND : OK;
}

function printAnswer(answer: SynthAnswer | undefined, io: Io): void {
  const { written = 0, unchanged = 0, removed = 0, changes = [] } = answer?.written ?? ({} as Partial<WriteReport>);
  const issues = answer?.issues.map(issueData) ?? [];
  printJson({ issues, written, unchanged, removed, changes }, io.stdout);
}

function describeAnswer({ issues, written }: SynthAnswer, options: SynthOptions, outdir: string, io: Io): void {
  printIssues(issues, io.stderr, io.env);
  if (written === undefined) io.stderr.write(`refused: ${countIssues(issues)}; nothing was written\n`);
  else if (options.check) describeChanges(written.changes, outdir, io);
  else {
    const { written: count, unchanged, removed } = written;
    io.stdout.write(`written ${count}, unchanged ${unchanged}, removed ${removed}\n`);
  }
}

function describeChanges(changes: readonly Change[], outdir: string, io: Io): void {
  for (const { change, path } of changes.slice(0, SHOWN_CHANGES)) {
    io.stdout.write(`${change.padEnd(7)}  ${outdir}/${path}\n`);
  }
  const rest = changes.length - SHOWN_CHANGES;
  if (rest > 0) io.stdout.write(`and ${rest} more\n`);
  const verdict =
    changes.length === 0
      ? 'the tree is up to date'
      : `${plural(changes.length, 'file')} would change: run cdk8s-gitops synth and commit`;
  io.stdout.write(`${verdict}\n`);
}
