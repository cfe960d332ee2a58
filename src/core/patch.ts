/**
 * The first escape hatch: JSON Patch (RFC 6902) over the manifest that a construct emits. Its law: a patch that would
 * do nothing is an error. `replace` and `remove` need something there, `add` needs a parent, so a patch cannot go stale
 * in silence when the construct's own output changes.
 */
import type { Issue } from '../kernel/issue';
import type { Json, Manifest } from '../kernel/manifest';

/** One operation; `path` and `from` are JSON pointers: `/spec/replicas`, `/metadata/labels/app.kubernetes.io~1name`. */
export type Patch =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'copy' | 'move'; readonly from: string; readonly path: string };

type PatchIssue = Pick<Issue, 'message' | 'fix'> & { readonly pointer: string };

/** Applies patches in order to a copy. The operations that cannot apply come back as issues. */
export function applyPatches(
  manifest: Manifest,
  patches: readonly Patch[],
): { result: Manifest; issues: PatchIssue[] } {
  // Loaded on first use: most programs patch nothing.
  const { applyOperation, deepClone } = require('fast-json-patch') as typeof import('fast-json-patch');
  let result: Manifest = deepClone(manifest);
  const issues: PatchIssue[] = [];
  for (const [index, patch] of patches.entries()) {
    const missing = missingTarget(result, patch);
    if (missing !== undefined) {
      issues.push({
        pointer: patch.path,
        message: `patches[${index}] cannot ${patch.op} ${patch.path}: ${missing}`,
        fix: patch.op === 'replace' ? "use op 'add' to set a field that is not there" : 'point at a field that exists',
      });
      continue;
    }
    try {
      result = applyOperation(result, deepClone(patch), true).newDocument as Manifest;
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      issues.push({
        pointer: patch.path,
        message: `patches[${index}] (${patch.op} ${patch.path}) failed: ${reason}`,
        fix: patch.op === 'test' ? 'the manifest no longer holds this value: review the patch' : 'correct the patch',
      });
    }
  }
  return { result, issues };
}

function missingTarget(root: unknown, patch: Patch): string | undefined {
  const pointers = patch.op === 'copy' || patch.op === 'move' ? [patch.from] : patch.op === 'add' ? [] : [patch.path];
  for (const pointer of pointers) {
    if (!pointerExists(root, pointer)) return `there is nothing at ${pointer}`;
  }
  const parent = patch.path.slice(0, Math.max(0, patch.path.lastIndexOf('/')));
  return pointerExists(root, parent) ? undefined : `its parent ${parent} does not exist`;
}

function pointerExists(root: unknown, pointer: string): boolean {
  let value = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Record<string, unknown>)[key];
  }
  return true;
}
