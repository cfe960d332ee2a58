import { version } from '../../package.json';
import { runCli } from './terminal';

test.each<[string, number, RegExp]>([
  ['', 2, /^Usage: cdk8s-gitops/],
  ['--version', 0, new RegExp(`^${version}\n$`)],
  ['--help', 0, /^Usage: cdk8s-gitops \[options\] \[command\]\n/],
  ['help check', 0, /^Usage: cdk8s-gitops check /],
  ['synth --help', 0, /^Usage: cdk8s-gitops synth /],
  ['synt', 2, /unknown command 'synt'\n\(Did you mean synth\?\)/],
  ['chekc', 2, /Did you mean check\?/],
  ['frobnicate', 2, /unknown command 'frobnicate'/],
  ['--verison', 2, /unknown option '--verison'\n\(Did you mean --version\?\)/],
  ['check --formt json', 2, /unknown option '--formt'\n\(Did you mean --format\?\)/],
  ['check --format', 2, /option '--format <format>' argument missing/],
  ['check --format xml', 2, /There is no format xml\. Use text or json\./],
  ['check --format sarif', 2, /sarif is not supported yet\. Use text or json\./],
  ['check --format junit', 2, /junit is not supported yet/],
  ['check --format github', 2, /github is not supported yet/],
  ['check - x.yaml', 2, /- reads standard input, and stands alone/],
  ['synth extra', 2, /too many arguments/],
  ['synth --check --force --app x', 2, /--check writes nothing, so --force has nothing to do/],
  ['synth --env', 2, /option '--env <name>' argument missing/],
  ['synth --app', 2, /option '--app <command>' argument missing/],
  ['render appset.yaml --clusters x', 2, /^error: x cannot be read: /],
  ['render', 2, /missing required argument 'file'/],
  ['seal --cert x', 2, /seal is not supported yet/],
  ['init', 2, /init is not supported yet/],
  ['explain x', 2, /explain is not supported yet/],
  ['diff', 2, /diff is not supported yet/],
  ['promote', 2, /promote is not supported yet/],
  ['import', 2, /import is not supported yet/],
  ['report --help', 2, /report is not supported yet/],
])('cdk8s-gitops %s exits %d', async (line, exit, text) => {
  const { code, stdout, stderr } = await runCli(line.split(' ').filter(Boolean));
  expect(code).toBe(exit);
  // What was asked for goes to stdout, what went wrong to stderr.
  expect(exit === 0 ? stdout : stderr).toMatch(text);
  expect(exit === 0 ? stderr : stdout).toBe('');
});

test.each(['', 'synth', 'check', 'render'])('the help of %j', async (verb) => {
  expect((await runCli([...verb.split(' ').filter(Boolean), '--help'])).stdout).toMatchSnapshot();
});

test('verbs that are not there yet are not advertised', async () => {
  expect((await runCli(['--help'])).stdout).not.toMatch(/seal|promote/);
});
