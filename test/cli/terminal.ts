/** The command line in this process: what it printed, and its exit code. */
import type { Io } from '../../src/cli/io';
import { run } from '../../src/cli/run';

export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Terminal {
  readonly cwd?: string;
  readonly env?: Io['env'];
  readonly isTTY?: boolean;
  readonly stdin?: string;
}

export async function runCli(
  argv: readonly string[],
  { cwd = '/', env = {}, isTTY = false, stdin = '' }: Terminal = {},
): Promise<Printed> {
  const printed = { stdout: '', stderr: '' };
  const output = (name: keyof typeof printed) => ({
    isTTY,
    write: (text: string) => {
      printed[name] += text;
    },
  });
  const io: Io = { cwd, env, stdout: output('stdout'), stderr: output('stderr'), stdin: () => Buffer.from(stdin) };
  const code = await run(argv, io);
  return { code, ...printed };
}
