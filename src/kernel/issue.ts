/**
 * How anything wrong is said, everywhere: constructs throw a {@link GitOpsError} of issues, checks return them,
 * one printer prints them. An issue is data; wording for a person is made from it in `formatIssue`.
 */

/** `error` refuses a synth and makes a check exit 1; `warning` is reported and lets both pass. */
export type Severity = 'error' | 'warning';

/** The steps from a manifest's root to a field: `['spec', 'dependsOn', 0, 'name']`. */
export type FieldPath = readonly (string | number)[];

/** Where an issue is. Every part is optional: a hand-written file has no construct, a construct no line of YAML. */
export interface Location {
  /** The file, relative to the directory the command ran in. */
  readonly file?: string;
  /** 1-based line in `file`. */
  readonly line?: number;
  /** 1-based column in `file`. */
  readonly column?: number;
  /** 0-based index of the YAML document in `file`. */
  readonly document?: number;
  /** The object: `Kustomization/flux-system/web`, or `ClusterSecretStore/aws` for a cluster-scoped one. */
  readonly object?: string;
  /** The field, as `.spec.dependsOn[0].name`. */
  readonly path?: string;
  /** The construct's path in the construct tree: `prod/checkout/db`. */
  readonly construct?: string;
  /** The line of the user's own program that made the construct: `main.ts:12:5`. */
  readonly source?: string;
}

/** One thing that is wrong. */
export interface Issue {
  /** Permanent, kebab-case, starts with its room: `argocd-sync-option-unknown`. Has a page in docs/rules. */
  readonly code: string;
  readonly severity: Severity;
  readonly at: Location;
  /** What is wrong, with the value got. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * Thrown once, with every issue that was found. Uncaught, it prints as its issues: a user's mistake needs no stack trace,
 * and no dump of the same issues as data.
 */
export class GitOpsError extends Error {
  declare readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super(issues.map(formatIssue).join('\n'));
    Object.defineProperty(this, 'issues', { value: issues });
    this.stack = this.message;
  }

  override get name(): string {
    return 'GitOpsError';
  }
}

/** Renders a field path the way Kubernetes does: `.spec.dependsOn[0].name`, `.metadata.labels["app.kubernetes.io/name"]`. */
export function formatPath(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Reads back what {@link formatPath} wrote; stops where the text is no path. */
export function parsePath(text: string): FieldPath {
  const path: (string | number)[] = [];
  for (const [, name, index, quoted] of text.matchAll(
    /(?:\.([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\])/gy,
  )) {
    path.push(name ?? (index === undefined ? (JSON.parse(quoted!) as string) : Number(index)));
  }
  return path;
}

/** One issue for a person: a line of what and where, a line of what to write instead. */
export function formatIssue(issue: Issue): string {
  const where = formatLocation(issue.at);
  return `${issue.severity} ${issue.code}${where && `  ${where}`}\n  ${issue.message}\n  fix: ${issue.fix}`;
}

/** `prod/apps/web.yaml:12:5 Kustomization/flux-system/web .spec.dependsOn[0] (prod/web, main.ts:12:5)` */
export function formatLocation(at: Location): string {
  const file = at.file && [at.file, at.line, at.column].filter((part) => part !== undefined).join(':');
  const origin = [at.construct, at.source].filter(Boolean).join(', ');
  return [file, at.object, at.path, origin && `(${origin})`].filter(Boolean).join(' ');
}

/** Throws when any issue is an error; warnings alone pass. */
export function throwIfErrors(issues: readonly Issue[]): void {
  if (issues.some((issue) => issue.severity === 'error')) throw new GitOpsError(issues);
}
