/** Finds the line of the user's own program that led here: the first stack frame outside this package and node_modules. */
import { dirname, relative } from 'node:path';

const OWN_ROOT = dirname(__dirname);

/** `main.ts:12:5`, relative to the working directory; undefined when every frame is a library's. Costs a stack trace. */
export function sourceLine(): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 60;
  const frames = new Error().stack?.split('\n').slice(1) ?? [];
  Error.stackTraceLimit = limit;
  for (const frame of frames) {
    const place = /\(?((?:file:\/\/)?\/?[^()]*):(\d+):(\d+)\)?$/.exec(frame.replace(/^\s*at (?:.*?\()?/, ''));
    const file = place?.[1]?.replace(/^file:\/\//, '');
    if (place === null || file === undefined || isLibrary(file)) continue;
    return `${relative(process.cwd(), file)}:${place[2]}:${place[3]}`;
  }
  return undefined;
}

function isLibrary(file: string): boolean {
  return (
    file.startsWith('node:') ||
    file.startsWith(`${OWN_ROOT}/`) ||
    /[\\/]node_modules[\\/]/.test(file) ||
    !/[\\/]/.test(file)
  );
}
