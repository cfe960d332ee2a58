/** Issues about a file as a whole. */
import type { Issue, Severity } from '../kernel/issue';
import type { Unreadable } from './read';

/** They stand at the first line: whoever shows an issue beside its text has a place for it. */
export function fileIssue(
  code: string,
  file: string,
  message: string,
  fix: string,
  severity: Severity = 'error',
  position = { line: 1, column: 1 },
): Issue {
  return { code, severity, at: { file, ...position }, message, fix };
}

export function readingIssue(file: string, { code, message, fix, position }: Unreadable): Issue {
  return fileIssue(code, file, message, fix, 'error', position);
}
