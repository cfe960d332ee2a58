/** The one printer of issues, as text and as data. */
import { createColors } from 'picocolors';
import { formatIssue, type Issue } from '../kernel/issue';
import { type Io, type Output, wantsColor } from './io';

export const formats = ['text', 'json'] as const;
export type Format = (typeof formats)[number];

export function printIssues(issues: readonly Issue[], output: Output, env: Io['env']): void {
  const colors = createColors(wantsColor(output, env));
  for (const issue of issues) output.write(`${renderIssue(issue, colors)}\n`);
}

export function printJson(value: unknown, output: Output): void {
  output.write(`${JSON.stringify(value)}\n`);
}

/** An issue as one flat object: what `--format json` promises. Absent parts are left out. */
export function issueData({ code, severity, at, message, fix }: Issue): object {
  const { file, line, column, document, object, path, construct, source } = at;
  return { code, severity, file, line, column, document, object, path, construct, source, message, fix };
}

/** `2 errors, 1 warning`, `no issues`. */
export function countIssues(issues: readonly Issue[]): string {
  const errors = issues.filter(isError).length;
  const parts = [plural(errors, 'error'), plural(issues.length - errors, 'warning')];
  return parts.filter((part) => !part.startsWith('0 ')).join(', ') || 'no issues';
}

export function isError({ severity }: Issue): boolean {
  return severity === 'error';
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The text of `formatIssue`, coloured. Foreign text cannot steer the terminal. */
function renderIssue(issue: Issue, colors: ReturnType<typeof createColors>): string {
  const text = printable(formatIssue(issue));
  if (!colors.isColorSupported) return text;
  const paint = isError(issue) ? colors.red : colors.yellow;
  return text
    .replace(/^(\S+) (\S+)/, (_, severity: string, code: string) => `${paint(severity)} ${colors.bold(code)}`)
    .replace(/^ {2}fix: /gm, (label) => colors.dim(label));
}

/** Control characters, but for line ends, as the escapes that JSON has for them. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be found
  return text.replace(/[\0-\x09\x0b-\x1f\x7f-\x9f]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
