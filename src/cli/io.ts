/** What a verb may touch of the process it runs in. `main.ts` passes the real one, tests another. */

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** The file descriptor, where there is one: a child process may write to it directly. */
  readonly fd?: number;
}

export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Reads standard input to its end. */
  readonly stdin: () => Buffer;
}

/** Exit codes: fine; findings or a refused synth; wrong usage. */
export const OK = 0;
export const FOUND = 1;
export const USAGE = 2;
export type ExitCode = typeof OK | typeof FOUND | typeof USAGE;

/** Wrong usage: said in one sentence, with exit code 2. */
export class UsageError extends Error {}

/** Whether a person is there to see colours: https://no-color.org and FORCE_COLOR. */
export function wantsColor(output: Output, env: Io['env']): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return output.isTTY === true && env['TERM'] !== 'dumb';
}
