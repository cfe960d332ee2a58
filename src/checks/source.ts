/**
 * YAML text as documents. Its law: whatever the text, every document is read or said to be broken, and a broken one
 * takes no other with it.
 */
import { type Alias, type Node, parseAllDocuments, Schema, type YAMLParseError } from 'yaml';
import type { FieldPath } from '../kernel/issue';
import type { Json } from '../kernel/manifest';
import { pathAt, placeOf } from './place';
import { type Fault, readValue } from './value';

export interface SourceDocument {
  /** 0-based, in its file. */
  readonly index: number;
  /** Undefined where the document cannot be read. */
  readonly value: Json | undefined;
  readonly faults: readonly Fault[];
  /** The offset in the file of a field, or of the deepest part of its path that exists. */
  placeOf(path: FieldPath): number;
}

// Scalars stay text here: value.ts gives them the meaning that they have in Go.
const OPTIONS = {
  schema: new Schema({ schema: 'failsafe' }) as unknown as 'failsafe',
  prettyErrors: false,
  logLevel: 'silent',
  // Quadratic in the parser; value.ts finds duplicates in passing.
  uniqueKeys: false,
} as const;

/**
 * In UTF-16 units. The API server takes requests of 3 MiB and etcd stores 1.5; the parser needs fifty times a text's
 * length in memory.
 */
const LONGEST_DOCUMENT = 5 * 2 ** 20;

/** The documents of a text, one in memory at a time. */
export function* readDocuments(text: string): Generator<SourceDocument> {
  let index = 0;
  for (const [start, end] of documentRanges(text)) {
    for (const document of readRange(text.slice(start, end), start, index)) {
      yield document;
      index++;
    }
  }
}

/** Splits at the lines that start a document, as kubectl does: what follows a broken document is still read. */
function documentRanges(text: string): [number, number][] {
  // A directive belongs to the document after the next separator: such a text is read in one piece.
  if (/(?:^|\n)%/.test(text)) return [[0, text.length]];
  const starts = [...text.matchAll(/(?<![^\r\n])---(?=[ \t\r\n]|$)/g)].map(({ index }) => index);
  if (starts[0] !== 0 && (starts.length === 0 || hasContent(text.slice(0, starts[0])))) starts.unshift(0);
  return starts.map((start, at) => [start, starts[at + 1] ?? text.length]);
}

function hasContent(text: string): boolean {
  return /^[ \t]*[^# \t\r\n]/m.test(text);
}

function* readRange(text: string, base: number, index: number): Generator<SourceDocument> {
  if (text.length > LONGEST_DOCUMENT) {
    yield brokenDocument(index, [tooLarge(text.length, base)]);
    return;
  }
  let documents: ReturnType<typeof parseAllDocuments>;
  try {
    documents = parseAllDocuments(text, OPTIONS);
  } catch (error) {
    yield brokenDocument(index, [parserFault(error, base)]);
    return;
  }
  if ('empty' in documents) {
    if (documents.errors[0] === undefined) return;
    yield brokenDocument(index, [syntaxFault(documents.errors[0], null, text, base)]);
    return;
  }
  for (const { contents, errors } of documents) {
    yield readDocument(contents as Node | null, errors, text, base, index++);
  }
}

function readDocument(
  contents: Node | null,
  errors: readonly YAMLParseError[],
  text: string,
  base: number,
  index: number,
): SourceDocument {
  // The first error is the user's; the others mostly follow from it.
  if (errors[0] !== undefined) return brokenDocument(index, [syntaxFault(errors[0], contents, text, base)]);
  const { value, faults, targets } = readValue(contents);
  return {
    index,
    value,
    faults: faults.map((fault) => ({ ...fault, offset: base + fault.offset })),
    placeOf: (path) => base + placeOf(contents, path, targets as ReadonlyMap<Alias, Node>),
  };
}

function brokenDocument(index: number, faults: readonly Fault[]): SourceDocument {
  return { index, value: undefined, faults, placeOf: () => faults[0]?.offset ?? 0 };
}

function syntaxFault({ code, message, pos }: YAMLParseError, contents: Node | null, text: string, base: number): Fault {
  const end = Math.min(pos[0], text.length);
  const path = pathAt(contents, end);
  if (code === 'RESOURCE_EXHAUSTION') return tooDeep(base + end, path);
  // What is not closed is noticed where the text ends, and mended where it is opened.
  const offset = code === 'MISSING_CHAR' && path.length > 0 ? placeOf(contents, path, new Map()) : end;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0]!;
  return {
    code: 'yaml-syntax',
    offset: base + offset,
    path,
    message: `not valid YAML: ${message}`,
    fix: fixFor(code, line),
  };
}

function fixFor(code: string, line: string): string {
  if (/[:-]\s+\{\{/.test(line)) return "quote the template expression: '{{ … }}'";
  if (code === 'TAB_AS_INDENT' || /^ *\t/.test(line)) return 'indent with spaces: YAML allows no tabs there';
  if (code === 'MISSING_CHAR')
    return 'close the quote or bracket; indent each line of a quoted text deeper than its key';
  return 'mend the line, or quote the value';
}

/** The parser recurses, so text nested deep enough ends its stack. */
function parserFault(error: unknown, offset: number): Fault {
  if (error instanceof RangeError) return tooDeep(offset, []);
  const message = `not valid YAML: ${error instanceof Error ? error.message : String(error)}`;
  return { code: 'yaml-syntax', offset, path: [], message, fix: 'mend the document' };
}

function tooDeep(offset: number, path: FieldPath): Fault {
  return { code: 'yaml-too-deep', offset, path, message: 'nested too deeply to be read', fix: 'flatten it' };
}

function tooLarge(length: number, offset: number): Fault {
  const message = `a document of ${length} characters: the API server takes objects of at most 3 MiB`;
  return { code: 'yaml-too-large', offset, path: [], message, fix: 'split it' };
}
