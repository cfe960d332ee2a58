/** The verbs that are promised and not there yet: said as such, so that nobody looks for a spelling mistake. */
import { Command } from 'commander';
import { UsageError } from './io';

const LATER = ['seal', 'init', 'explain', 'diff', 'promote', 'import', 'report'];

export function laterCommands(): Command[] {
  return LATER.map((verb) =>
    new Command(verb)
      .helpOption(false)
      .argument('[any...]')
      .allowUnknownOption()
      .action(() => {
        throw new UsageError(`cdk8s-gitops ${verb} is not supported yet`);
      }),
  );
}
