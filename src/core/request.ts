/** What `cdk8s-gitops synth` asks of the process that runs the app, and what that answers. The one reader of the environment. */
import { writeFileSync } from 'node:fs';
import type { Issue } from '../kernel/issue';
import type { WriteReport } from './write';

/** The environment variable that carries the request, as JSON. */
export const REQUEST_VARIABLE = 'CDK8S_GITOPS_REQUEST';

export interface SynthRequest {
  /** Write nothing; compare. */
  readonly check?: boolean;
  /** Overwrite files that were edited by hand, and files that this tool did not write. */
  readonly force?: boolean;
  /** Build and write these environments alone. */
  readonly only?: readonly string[];
  /** The file the answer goes to. */
  readonly report?: string;
}

export interface SynthAnswer {
  readonly issues: readonly Issue[];
  /** Absent when the synth was refused. */
  readonly written?: WriteReport;
}

export function readRequest(): SynthRequest {
  const text = process.env[REQUEST_VARIABLE];
  return text === undefined ? {} : (JSON.parse(text) as SynthRequest);
}

export function reportTo(request: SynthRequest, answer: SynthAnswer): void {
  if (request.report !== undefined) writeFileSync(request.report, JSON.stringify(answer));
}
