/** Options that several verbs have. */
import { InvalidArgumentError, Option } from 'commander';
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
