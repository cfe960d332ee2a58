/**
 * The check of files: text to documents, documents to objects, objects to issues with a line and a column. Its laws: no
 * input crashes it, a broken file stops no other, the same input gives the same issues in the same order, and one file
 * is in memory at a time, but for the few objects that are judged together with others.
 */
import type { KindLookup } from '../core/kind';
import { formatPath, type Issue } from '../kernel/issue';
import { isManifest } from '../kernel/manifest';
import { FileSet, type Source } from './cross/file-set';
import { readingIssue } from './file-issue';
import { type FoundFile, findFiles, isFound } from './files';
import { judge, objectsOf } from './judge';
import { Lines } from './lines';
import { decode, readText, type Unreadable } from './read';
import { findKind } from './registry';
import { readDocuments, type SourceDocument } from './source';

export interface CheckResult {
  readonly issues: readonly Issue[];
  /** Files read, or tried. */
  readonly files: number;
  /** Documents that hold anything. */
  readonly documents: number;
  /** Kubernetes objects among them; an item of a List counts. */
  readonly objects: number;
  /** Templates of Helm charts: they become YAML when Helm renders them. */
  readonly templates: number;
}

export interface CheckOptions {
  /** The rules by kind. @default - every rule there is */
  readonly lookup?: KindLookup;
}

/** Checks files and directory trees, whose paths are relative to `cwd`. */
export function checkPaths(paths: readonly string[], cwd: string, options: CheckOptions = {}): CheckResult {
  const check = new Check(options);
  for (const found of findFiles(paths, cwd)) {
    if (isFound(found)) check.file(found);
    else check.issues.push(found);
  }
  return check.result();
}

/** Checks bytes from elsewhere, under the name that issues give them. */
export function checkBytes(name: string, bytes: Buffer, options: CheckOptions = {}): CheckResult {
  const check = new Check(options);
  const text = decode(bytes);
  check.content(name, text, () => text);
  return check.result();
}

/** Checks texts by the names that issues give them. */
export function checkTexts(texts: Readonly<Record<string, string>>, options: CheckOptions = {}): CheckResult {
  const check = new Check(options);
  for (const [name, text] of Object.entries(texts)) check.content(name, text, () => text);
  return check.result();
}

class Check {
  readonly issues: Issue[] = [];
  private files = 0;
  private documents = 0;
  private objects = 0;
  private templates = 0;
  private readonly lookup: KindLookup;
  private readonly set = new FileSet();

  constructor({ lookup = findKind }: CheckOptions) {
    this.lookup = lookup;
  }

  result(): CheckResult {
    const { files, documents, objects, templates } = this;
    return { issues: [...this.issues, ...this.set.issues()], files, documents, objects, templates };
  }

  file({ path, name, named, template, patch }: FoundFile): void {
    const text = readText(path);
    const isText = typeof text === 'string';
    if (isText && template && text.includes('{{')) this.templates++;
    else if (isText && !named && /\.json$/i.test(name) && !isJsonManifest(text)) this.files++;
    else this.content(name, text, () => readText(path), patch);
  }

  /** @param again reads the same text once more, for what is found when all files were read */
  content(name: string, text: string | Unreadable, again: () => string | Unreadable, patch = false): void {
    this.files++;
    if (typeof text !== 'string') {
      this.issues.push(readingIssue(name, text));
      return;
    }
    const lines = new Lines(text);
    const found: Issue[] = [];
    for (const document of readDocuments(text)) {
      if (document.value !== null) this.documents++;
      this.document(document, { name, again, patch }, (issue, offset) => {
        const at = { ...issue.at, file: name, ...lines.at(offset), document: document.index };
        found.push({ ...issue, at });
      });
    }
    for (const issue of found.sort(byPosition)) this.issues.push(issue);
  }

  private document(
    document: SourceDocument,
    { name, again, patch }: Source & { readonly patch: boolean },
    report: (issue: Issue, offset: number) => void,
  ): void {
    for (const { code, offset, path, message, fix } of document.faults) {
      report(
        { code, severity: 'error', at: path.length === 0 ? {} : { path: formatPath(path) }, message, fix },
        offset,
      );
    }
    for (const placed of objectsOf(document.value)) {
      this.objects++;
      if (patch) this.set.patched(placed.manifest);
      else this.set.add(placed, { name, again, document: document.index });
      for (const { issue, path } of judge(placed, this.lookup, patch)) report(issue, document.placeOf(path));
    }
  }
}

/** Trees hold much JSON that is nobody's manifest, and some that is not even JSON: tsconfig.json has comments. */
function isJsonManifest(text: string): boolean {
  if (!text.includes('"apiVersion"') || !text.includes('"kind"')) return false;
  try {
    return isManifest(JSON.parse(text));
  } catch {
    return true;
  }
}

/** In the order of the text; issues of one field in the order of the rules. */
function byPosition({ at: a }: Issue, { at: b }: Issue): number {
  return a.line! - b.line! || a.column! - b.column!;
}
