/** Collects what is wrong with a rendering. Its law: a mistake in a template is said once, however many Applications have it. */
import { type FieldPath, formatPath, type Issue, type Severity } from '../../kernel/issue';

export interface Problem {
  readonly code: string;
  /** @default 'error' */
  readonly severity?: Severity;
  readonly path: FieldPath;
  readonly message: string;
  readonly fix: string;
}

interface Entry {
  readonly problem: Problem;
  readonly first: string | undefined;
  count: number;
}

export class Report {
  private readonly entries = new Map<string, Entry>();
  /** What was found since an Application was begun whose name is not known yet. */
  private pending: Problem[] = [];

  /** @param object how issues name the ApplicationSet */
  constructor(private readonly object: string) {}

  add(problem: Problem): void {
    this.pending.push(problem);
  }

  /** Lays what was added to an Application, or to the ApplicationSet as a whole. */
  attribute(application?: string): void {
    if (this.pending.length === 0) return;
    for (const problem of this.pending) {
      const key = `${problem.code}\n${problem.message}\n${formatPath(problem.path)}`;
      const entry = this.entries.get(key);
      if (entry === undefined) this.entries.set(key, { problem, first: application, count: 1 });
      else entry.count++;
    }
    this.pending = [];
  }

  issues(): Issue[] {
    this.attribute();
    return [...this.entries.values()].map(({ problem, first, count }) => {
      const { code, severity = 'error', path, message, fix } = problem;
      const others = count > 1 ? ` and ${count - 1} more` : '';
      const where = first === undefined ? '' : ` (Application ${JSON.stringify(first)}${others})`;
      return { code, severity, at: { object: this.object, path: formatPath(path) }, message: message + where, fix };
    });
  }
}
