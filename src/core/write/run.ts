/** What the parts of one run share, and the disk that it starts from. */
import type { Kind } from './disk';
import { Findings } from './findings';
import { type Places, placesIn } from './places';
import { diskView, recover, type View } from './recover';
import { Tally } from './report';
import { type Directory, newDirectory } from './segment';
import { Staging } from './staging';
import { StateFile } from './state-file';

export interface Run {
  readonly force: boolean;
  readonly check: boolean;
  readonly places: Places;
  readonly view: View;
  /** The output directory itself. */
  readonly top: Directory;
  readonly state: StateFile;
  readonly staging: Staging;
  readonly findings: Findings;
  readonly tally: Tally;
  /** The disk could not be read or repaired at all: nothing can be compared. */
  readonly broken: boolean;
}

/** Completes or undoes an interrupted earlier run, then looks at the disk. */
export function startRun(outdir: string, force: boolean, check: boolean): Run {
  const places = placesIn(outdir);
  const findings = new Findings(outdir);
  const state = new StateFile(findings);
  const staging = new Staging(places, () => state.bytes);
  let view = diskView(places);
  let entries: ReadonlyMap<string, Kind> | undefined;
  findings.attempt('', () => {
    view = recover(places, view, check, findings);
    state.open(view.state);
    entries = view.list('');
  });
  const top = newDirectory('', undefined, entries, undefined);
  return { force, check, places, view, top, state, staging, findings, tally: new Tally(), broken: findings.refused };
}

/** Whether this run may stage: a check never does, and nothing is written once something was refused. */
export function mayStage({ check, findings }: Run): boolean {
  return !check && !findings.refused;
}
