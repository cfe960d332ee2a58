/** Helpers for tests: the tree without touching the disk. */
import { MemorySink } from '../core/memory-sink';
import { type Program, synthesise } from '../core/synth';
import { throwIfErrors } from '../kernel/issue';

export { type FolderTree, folderTree } from '../checks/folder';

export interface SynthTreeOptions {
  /** The environments to build. @default - all */
  readonly only?: readonly string[];
}

/**
 * Synthesises a GitOpsApp in memory.
 *
 * @returns the text of every file by its path in the output directory, sorted by path
 * @throws GitOpsError with every issue, when any is an error, as `app.synth()` would
 */
export function synthTree(app: Program, options: SynthTreeOptions = {}): Record<string, string> {
  const sink = new MemorySink();
  throwIfErrors(synthesise(app, sink, options.only));
  return sink.files();
}
