/** `cdk8s-gitops check`: what is wrong with YAML, ours or not. */
import { Command } from 'commander';
import type { CheckResult, CheckOptions as CheckSettings } from '../checks/run';
import type { Targets } from '../core/targets';
import { type ExitCode, FOUND, type Io, OK, UsageError } from './io';
import { formatOption, targetOption } from './options';
import { countIssues, type Format, isError, issueData, plural, printIssues, printJson } from './print';

interface CheckOptions {
  readonly format: Format;
  readonly target?: Targets;
}

export function checkCommand(io: Io, end: (code: ExitCode) => void): Command {
  return new Command('check')
    .description(
      'Check files and directories of YAML and JSON: their syntax, the schemas of their kinds, and the rules.',
    )
    .argument('[path...]', 'files, directories, or - for standard input', ['.'])
    .addOption(formatOption(['sarif', 'junit', 'github']))
    .addOption(targetOption())
    .addHelpText('after', HELP)
    .action((paths: readonly string[], options: CheckOptions) => end(check(paths, options, io)));
}

const HELP = `
Documents that are no Kubernetes objects are passed over, .git and node_modules are not searched,
and links that lead out of the given paths are not followed.

Examples:
  cdk8s-gitops check
  cdk8s-gitops check clusters/ apps/web.yaml
  cdk8s-gitops check --format json dist
  cdk8s-gitops check --target argocd=3.4 clusters/
  helm template web charts/web | cdk8s-gitops check -`;

function check(paths: readonly string[], { format, target }: CheckOptions, io: Io): ExitCode {
  const result = checkInputs(paths, io, target);
  const { issues, files, documents } = result;
  if (format === 'json') printJson({ issues: issues.map(issueData), files, documents }, io.stdout);
  else {
    printIssues(issues, io.stdout, io.env);
    io.stdout.write(`${summary(result)}\n`);
  }
  return issues.some(isError) ? FOUND : OK;
}

function checkInputs(paths: readonly string[], io: Io, targets: Targets | undefined): CheckResult {
  const { checkBytes, checkPaths } = require('../checks/run') as typeof import('../checks/run');
  const settings = targets === undefined ? {} : targetSettings(targets);
  if (!paths.includes('-')) return checkPaths(paths, io.cwd, settings);
  if (paths.length > 1) throw new UsageError('- reads standard input, and stands alone');
  return checkBytes('stdin', io.stdin(), settings);
}

function targetSettings(targets: Targets): CheckSettings {
  const { findKind } = require('../checks/registry') as typeof import('../checks/registry');
  const { withTargets } = require('../checks/targets') as typeof import('../checks/targets');
  return { lookup: withTargets(findKind, targets) };
}

function summary({ issues, files, documents, objects, templates }: CheckResult): string {
  const what = `${plural(files, 'file')}, ${plural(documents, 'document')}, ${plural(objects, 'Kubernetes object')}`;
  const skipped =
    templates === 0 ? '' : `\nnot checked: ${plural(templates, 'Helm template')}; pipe what Helm renders into check -`;
  return `${countIssues(issues)} in ${what}${skipped}`;
}
