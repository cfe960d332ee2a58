/** Reads the Kubernetes objects of YAML files, with their places. */

import { readingIssue } from '../checks/file-issue';
import { findFiles, isFound } from '../checks/files';
import { objectsOf } from '../checks/judge';
import { Lines } from '../checks/lines';
import { readText } from '../checks/read';
import { readDocuments } from '../checks/source';
import { formatPath, type Issue, type Location, parsePath } from '../kernel/issue';
import type { Manifest } from '../kernel/manifest';

export interface PlacedObject {
  readonly manifest: Manifest;
  /** Where an issue of this object is in its file. */
  readonly place: (at: Location) => Location;
}

export interface ReadObjects {
  readonly objects: readonly PlacedObject[];
  /** What could not be read. */
  readonly issues: readonly Issue[];
}

/** @param paths files and directories, relative to `cwd` */
export function readObjects(paths: readonly string[], cwd: string): ReadObjects {
  const objects: PlacedObject[] = [];
  const issues: Issue[] = [];
  for (const found of findFiles(paths, cwd)) {
    if (!isFound(found)) issues.push(found);
    else if (!found.template) readFile(found.path, found.name, objects, issues);
  }
  return { objects, issues };
}

function readFile(path: string, file: string, objects: PlacedObject[], issues: Issue[]): void {
  const text = readText(path);
  if (typeof text !== 'string') {
    issues.push(readingIssue(file, text));
    return;
  }
  const lines = new Lines(text);
  for (const document of readDocuments(text)) {
    const placed = { file, document: document.index };
    for (const { code, offset, message, fix } of document.faults) {
      issues.push({ code, severity: 'error', at: { ...placed, ...lines.at(offset) }, message, fix });
    }
    for (const { manifest, path: root } of objectsOf(document.value)) {
      const place = (at: Location): Location => {
        const whole = [...root, ...parsePath(at.path ?? '')];
        const shown = whole.length === 0 ? {} : { path: formatPath(whole) };
        return { ...at, ...placed, ...lines.at(document.placeOf(whole)), ...shown };
      };
      objects.push({ manifest, place });
    }
  }
}
