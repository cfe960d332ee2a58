/**
 * The objects of checked files that are judged together, when every file has been read. Their texts are not kept: a file
 * is read once more where an issue needs its line.
 */
import type { SetMember } from '../../core/set-checks';
import { type FieldPath, formatPath, type Issue } from '../../kernel/issue';
import { groupOf, isObject, type Manifest } from '../../kernel/manifest';
import type { PlacedManifest } from '../judge';
import { Lines } from '../lines';
import type { Unreadable } from '../read';
import { readDocuments } from '../source';
import { setChecks } from '.';

/** Where a text comes from. */
export interface Source {
  /** As issues name it. */
  readonly name: string;
  readonly again: () => string | Unreadable;
}

interface Member extends SetMember {
  readonly placed: PlacedManifest;
  readonly source: Source & { readonly document: number };
}

interface Found {
  readonly member: Member;
  readonly path: FieldPath;
  readonly issue: Issue;
}

export class FileSet {
  private readonly members: Member[] = [];
  private readonly patches = new Set<string>();

  add(placed: PlacedManifest, source: Member['source']): void {
    const { manifest } = placed;
    if (!setChecks.wants(groupOf(manifest.apiVersion), manifest.kind, manifest)) return;
    this.members.push({ manifest, origin: source.name, placed, source });
  }

  /** Says that another file changes an object of this name: what it is in the end is not known here. */
  patched(manifest: Manifest): void {
    this.patches.add(nameOf(manifest));
  }

  /** What is found: file by file in the order they were read, in each in the order of its text. */
  issues(): Issue[] {
    const members = this.members.filter(({ manifest }) => !this.patches.has(nameOf(manifest)));
    const byFile = new Map<string, Found[]>();
    for (const { member: index, path, issue } of setChecks.judge(members, true)) {
      const member = members[index]!;
      const found = { member, path: [...member.placed.path, ...path], issue };
      const others = byFile.get(member.source.name);
      if (others === undefined) byFile.set(member.source.name, [found]);
      else others.push(found);
    }
    return [...byFile.values()].flatMap(located);
  }
}

/** The issues of one file, with their lines. A file that has gone since has none. */
function located(all: readonly Found[]): Issue[] {
  const text = all[0]!.member.source.again();
  const documents = typeof text === 'string' ? [...readDocuments(text)] : [];
  const lines = new Lines(typeof text === 'string' ? text : '');
  const placed = all.map(({ member: { source }, path, issue }) => {
    const offset = documents[source.document]?.placeOf(path);
    const position = offset === undefined ? {} : lines.at(offset);
    const at = { ...issue.at, path: formatPath(path), file: source.name, ...position, document: source.document };
    return { offset: offset ?? 0, issue: { ...issue, at } };
  });
  return placed.sort((a, b) => a.offset - b.offset).map(({ issue }) => issue);
}

function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${isObject(metadata) ? metadata['name'] : ''}`;
}
