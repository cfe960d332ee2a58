/** Options that several verbs have. */
import { InvalidArgumentError, Option } from 'commander';
import { readTargets, type Targets } from '../core/targets';
import { GitOpsError } from '../kernel/issue';
import { type Format, formats } from './print';

/** @param later formats that are promised and not there yet */
export function formatOption(later: readonly string[] = []): Option {
  return new Option('--format <format>', 'how to report: text or json').default('text').argParser((value): Format => {
    const format = formats.find((name) => name === value);
    if (format !== undefined) return format;
    const why = later.includes(value) ? `${value} is not supported yet.` : `There is no format ${value}.`;
    throw new InvalidArgumentError(`${why} Use ${formats.join(' or ')}.`);
  });
}

/** `--target argocd=3.4`, once for each product. */
export function targetOption(): Option {
  const what = 'what is to read the objects, such as argocd=3.4: what is newer is refused';
  return new Option('--target <product=version>', what).argParser((text, before: Targets = {}): Targets => {
    const [product, version] = splitOnce(text);
    if (version === undefined) throw new InvalidArgumentError('Write <product>=<version>, such as argocd=3.4.');
    if (Object.hasOwn(before, product)) throw new InvalidArgumentError(`There is a target of ${product} already.`);
    try {
      return { ...before, ...readTargets({ [product]: version }) };
    } catch (error) {
      if (!(error instanceof GitOpsError)) throw error;
      throw new InvalidArgumentError(error.issues.map(({ message, fix }) => `${message}: ${fix}`).join('\n'));
    }
  });
}

function splitOnce(text: string): [before: string, after: string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
