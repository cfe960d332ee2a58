/**
 * What several objects show only together: an Application and its AppProject. Core hands the objects over that reach one
 * cluster; which checks there are is decided above.
 */
import type { FieldPath, Issue } from '../kernel/issue';
import type { Manifest } from '../kernel/manifest';

/** An object that is judged together with others. */
export interface SetMember {
  readonly manifest: Manifest;
  /** How messages about other objects name its place: a construct's path, a file. */
  readonly origin: string;
}

export interface SetFinding {
  /** The index of the member that is to blame. */
  readonly member: number;
  readonly path: FieldPath;
  readonly issue: Issue;
}

export interface SetChecks {
  /** Whether any check asks for such an object. Asked for every one: it costs a look-up. */
  wants(group: string, kind: string, manifest: Manifest): boolean;
  /** @param files whether origins are files, which may be those of several clusters */
  judge(members: readonly SetMember[], files?: boolean): readonly SetFinding[];
}

/** No checks. */
export const NO_SET_CHECKS: SetChecks = { wants: () => false, judge: () => [] };
