/** cdk8s.yaml, as far as a synth needs it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './io';

export interface Config {
  /** The command that runs the program. */
  readonly app?: string;
  /** The output directory. */
  readonly output?: string;
}

/** @throws UsageError when there is no cdk8s.yaml, or one that is no such file */
export function readConfig(cwd: string): Config {
  const text = tryRead(join(cwd, 'cdk8s.yaml'));
  if (text === undefined) throw new UsageError(`there is no cdk8s.yaml here: ${EXPECTED}`);
  return { app: readField(text, 'app'), output: readField(text, 'output') };
}

export const EXPECTED = `write one that says how to run your program, or pass --app:

  language: typescript
  app: node main.js
  output: dist`;

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Most files hold `app: node main.js`, which is not worth loading a parser for. */
function readField(text: string, field: string): string | undefined {
  if (!text.includes(field)) return undefined;
  const plain = new RegExp(`^${field}:[ \\t]+([\\w./][\\w./ \\t=@,+-]*)\\r?$(?!\\r?\\n[ \\t]+\\S)`, 'm').exec(
    text,
  )?.[1];
  if (plain !== undefined && !/^(true|false|null|yes|no|on|off|[\d.]+)$/i.test(plain.trim())) return plain.trim();
  return parseField(text, field);
}

function parseField(text: string, field: string): string | undefined {
  const { parse } = require('yaml') as typeof import('yaml');
  let value: unknown;
  try {
    value = (parse(text) as Record<string, unknown> | null)?.[field];
  } catch (error) {
    throw new UsageError(`cdk8s.yaml is not valid YAML: ${(error as Error).message.split('\n', 1)[0]}`);
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new UsageError(`cdk8s.yaml: ${field} must be a text`);
  return value;
}
