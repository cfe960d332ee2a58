/** Runs the user's program as `cdk8s synth` does, and brings back what its synth answered. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REQUEST_VARIABLE, type SynthAnswer, type SynthRequest } from '../core/request';
import type { Io, Output } from './io';

export interface AppRun {
  /** A shell command. */
  readonly command: string;
  readonly outdir: string;
  readonly request: SynthRequest;
  /** Where the program's own output goes. */
  readonly stdout: Output;
}

export interface AppOutcome {
  /** `exit code 3`, `SIGKILL`; undefined when the program ended well. */
  readonly failure: string | undefined;
  /** Absent when no GitOpsApp was synthesised. */
  readonly answer: SynthAnswer | undefined;
}

export async function runApp({ command, outdir, request, stdout }: AppRun, io: Io): Promise<AppOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-gitops-'));
  const report = join(folder, 'answer.json');
  try {
    const child = spawn(command, {
      shell: true,
      cwd: io.cwd,
      stdio: ['inherit', stdout.fd ?? 'pipe', io.stderr.fd ?? 'pipe'],
      env: {
        ...io.env,
        CDK8S_OUTDIR: outdir,
        NODE_OPTIONS: withPreload(io.env['NODE_OPTIONS']),
        [REQUEST_VARIABLE]: JSON.stringify({ ...request, report }),
      },
    });
    child.stdout?.on('data', (text) => stdout.write(String(text)));
    child.stderr?.on('data', (text) => io.stderr.write(String(text)));
    return { failure: await ended(child), answer: readAnswer(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Keeps this process alive to clean up after an interrupt, which the terminal sends to the child as well. */
function ended(child: ChildProcess): Promise<string | undefined> {
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  const ignore = () => {};
  process.on('SIGINT', ignore).on('SIGTERM', pass);
  return new Promise<string | undefined>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', (code, signal) => resolve(signal ?? (code === 0 ? undefined : `exit code ${code}`)));
  }).finally(() => process.off('SIGINT', ignore).off('SIGTERM', pass));
}

function readAnswer(path: string): SynthAnswer | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SynthAnswer;
  } catch {
    return undefined;
  }
}

/** Every Node process of the program says a refusal to us instead of dumping it, even one that makes no GitOpsApp. */
function withPreload(options: string | undefined): string {
  const preload = require.resolve('./refusal');
  // Run from its sources, this package has nothing that a bare Node could load.
  const own = preload.endsWith('.js') ? `--require "${preload.replace(/[\\"]/g, '\\$&')}"` : '';
  return [options, own].filter(Boolean).join(' ');
}
