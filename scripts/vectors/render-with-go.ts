/** Runs cases through gotemplate/main.go. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { VectorCase, VectorResult } from './cases';

const PROGRAM = join(__dirname, 'gotemplate');

export function renderWithGo(cases: readonly VectorCase[]): VectorResult[] {
  const input = `${cases.map((one) => JSON.stringify(one)).join('\n')}\n`;
  const output = execFileSync('go', ['run', '.'], { cwd: PROGRAM, input, maxBuffer: 2 ** 30 }).toString();
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}
