/**
 * The state file: what this tool wrote into an output directory, so that the next run can tell its own files from
 * yours. It is committed to Git with the tree, hence its form: valid JSON, one entry a line, every entry line complete
 * in itself and sorted, so that two branches that change different files merge by text. Its law: whatever it says, it
 * never names a path outside the output directory, and what cannot be read as ours counts as absent.
 */
import { createHash, hash } from 'node:crypto';

/** Beside the environments, in the output directory. */
export const STATE_FILE = '.cdk8s-gitops.json';

/** Where changed files wait until the whole tree is known to be right; exists only while a synth runs, or was killed. */
export const STAGING_DIRECTORY = '.cdk8s-gitops.staging';

const HEAD = '{\n"about":"what cdk8s-gitops wrote: path, hash of the content, construct; do not edit",\n';
const TAIL = '"version":1\n}\n';
const OTHER_VERSION = /"version":(\d+)\s*\}\s*$/;
/** An entry without escapes, which is every entry in practice; any other goes through JSON.parse. */
const PLAIN_ENTRY = /^"([^"\\]+)":\["([0-9a-f]{16})","[^"\\]*"\],$/;
/** What JSON writes as it is. */
const PLAIN_TEXT = /^[ !#-[\]-~]*$/;
const UNSAFE_PATH = /(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)|[\\\p{Cc}\p{Cs}]|^\.cdk8s-gitops\.(?:json|staging)(?:\/|$)/iu;
const CHUNK = 1 << 18;
const NEWLINE = 10;

/** Random access to a file's bytes: this module knows the format, not the disk. */
export interface Bytes {
  readonly size: number;
  read(position: number, length: number): Buffer;
}

interface Range {
  readonly start: number;
  end: number;
}

/** Says why a state file is not one that this version wrote. */
export class UnreadableState extends Error {}

/** Content fingerprint of a file. It tells an edit from none; it is no defence against a forger, who gains nothing. */
export function contentHash(content: string | Buffer): string {
  return hash('sha256', content, 'hex').slice(0, 16);
}

/** The same fingerprint of bytes that may be too many to hold. */
export function contentHashOf(bytes: Bytes): string {
  if (bytes.size <= CHUNK) return contentHash(bytes.read(0, bytes.size));
  const sum = createHash('sha256');
  for (let at = 0; at < bytes.size; at += CHUNK) sum.update(bytes.read(at, Math.min(CHUNK, bytes.size - at)));
  return sum.digest('hex').slice(0, 16);
}

/**
 * Whether a path stays inside the output directory wherever that is: relative, posix, no empty, `.`, `..` or `.git`
 * component, no backslash, control character or lone surrogate; and neither the state file nor in the staging directory.
 */
export function isSafePath(path: string): boolean {
  return !UNSAFE_PATH.test(path);
}

/** One line of the state file, with its newline. */
export function formatEntry(path: string, hash: string, construct: string): string {
  if (PLAIN_TEXT.test(path) && PLAIN_TEXT.test(construct)) return `"${path}":["${hash}","${construct}"],\n`;
  return `${JSON.stringify(path)}:["${hash}",${JSON.stringify(construct)}],\n`;
}

/** Calls `visit` with every line, without its newline; `position` is the line's offset. A last line needs a newline. */
export function forEachLine(
  bytes: Bytes,
  start: number,
  end: number,
  visit: (line: Buffer, position: number) => void,
): void {
  let rest: Buffer = Buffer.alloc(0);
  for (let at = start; at < end; ) {
    const read = bytes.read(at, Math.min(CHUNK, end - at));
    if (read.length === 0) break;
    const chunk = rest.length === 0 ? read : Buffer.concat([rest, read]);
    const origin = at - rest.length;
    let from = 0;
    for (let stop = chunk.indexOf(NEWLINE); stop >= 0; stop = chunk.indexOf(NEWLINE, from)) {
      visit(chunk.subarray(from, stop), origin + from);
      from = stop + 1;
    }
    rest = chunk.subarray(from);
    if (rest.length > CHUNK * 4) throw new UnreadableState('has a line of over a megabyte');
    at += read.length;
  }
  if (rest.length > 0) throw new UnreadableState('ends in the middle of a line');
}

/**
 * A state file, read by segment (environment): one scan finds where each segment's lines are, and only the segment at
 * hand is ever held in memory.
 */
export class OwnershipState {
  private readonly ranges = new Map<string, Range[]>();
  /** False when a merge left lines out of order: it reads well, and the next synth writes it anew. */
  readonly sorted: boolean;

  /** @throws UnreadableState when the bytes are not a state file of this version. */
  constructor(private readonly bytes: Bytes) {
    assertFrame(bytes);
    const order: string[] = [];
    forEachLine(bytes, HEAD.length, bytes.size - TAIL.length, this.collector(order));
    this.sorted = order.every((segment, index) => index === 0 || compareSegments(order[index - 1]!, segment) < 0);
  }

  segments(): string[] {
    return [...this.ranges.keys()];
  }

  /** Path to hash, for one segment. @throws UnreadableState at the first line that is not an entry of this segment. */
  load(segment: string): Map<string, string> {
    const entries = new Map<string, string>();
    for (const line of this.linesOf(segment).toString('utf8').split('\n')) {
      if (line === '') continue;
      const [path, hash] = parseEntry(line);
      if (!isSafePath(path) || !path.startsWith(`${segment}/`)) {
        throw new UnreadableState(`names a path that this tool never writes: ${JSON.stringify(path)}`);
      }
      entries.set(path, hash);
    }
    return entries;
  }

  /** The bytes of a segment's lines, as they stand. */
  linesOf(segment: string): Buffer {
    const ranges = this.ranges.get(segment) ?? [];
    return Buffer.concat(ranges.map((range) => this.bytes.read(range.start, range.end - range.start)));
  }

  /** Collects runs of lines of one segment; a line costs a compare of its first bytes, and is parsed when loaded. */
  private collector(order: string[]): (line: Buffer, position: number) => void {
    let prefix = Buffer.alloc(0);
    let run: Range | undefined;
    return (line, position) => {
      const end = position + line.length + 1;
      if (!isEntryShaped(line)) throw new UnreadableState(`has a line that is no entry: ${excerpt(line)}`);
      if (run && line.length > prefix.length && line.compare(prefix, 0, prefix.length, 0, prefix.length) === 0) {
        run.end = end;
        return;
      }
      const segment = segmentOf(line);
      prefix = Buffer.from(linePrefix(segment));
      run = { start: position, end };
      order.push(segment);
      const known = this.ranges.get(segment);
      if (known) known.push(run);
      else this.ranges.set(segment, [run]);
    };
  }
}

/** A whole state file from the lines of its segments, as pieces to write one after the other. */
export function* formatState(segments: readonly string[], linesOf: (segment: string) => Buffer): Generator<Buffer> {
  yield Buffer.from(HEAD);
  for (const segment of [...segments].sort(compareSegments)) yield linesOf(segment);
  yield Buffer.from(TAIL);
}

function linePrefix(segment: string): string {
  return JSON.stringify(`${segment}/`).slice(0, -1);
}

/** The order of their lines: `dev-2/` is before `dev/`. */
function compareSegments(a: string, b: string): number {
  const [left, right] = [linePrefix(a), linePrefix(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function assertFrame(bytes: Bytes): void {
  const end = bytes.read(Math.max(0, bytes.size - 200), Math.min(200, bytes.size)).toString('utf8');
  const framed =
    bytes.size >= HEAD.length + TAIL.length &&
    end.endsWith(TAIL) &&
    bytes.read(0, HEAD.length).toString('utf8') === HEAD;
  if (framed) return;
  const version = OTHER_VERSION.exec(end)?.[1];
  if (version !== undefined && version !== '1')
    throw new UnreadableState(`is of version ${version}; this tool reads 1`);
  throw new UnreadableState('is not a state file of this tool: edited, truncated or in the middle of a merge');
}

function isEntryShaped(line: Buffer): boolean {
  return line[0] === 0x22 && line[line.length - 2] === 0x5d && line[line.length - 1] === 0x2c;
}

function segmentOf(line: Buffer): string {
  const [path] = parseEntry(line.toString('utf8'));
  const slash = path.indexOf('/');
  if (slash <= 0 || !isSafePath(path)) {
    throw new UnreadableState(`names a path that this tool never writes: ${JSON.stringify(path)}`);
  }
  return path.slice(0, slash);
}

function parseEntry(line: string): [path: string, hash: string] {
  const plain = PLAIN_ENTRY.exec(line);
  if (plain) return [plain[1]!, plain[2]!];
  try {
    const [path, value] = Object.entries<unknown>(JSON.parse(`{${line.slice(0, -1)}}`))[0] ?? [];
    const [hash, construct] = Array.isArray(value) && value.length === 2 ? value : [];
    if (path !== undefined && /^[0-9a-f]{16}$/.test(String(hash)) && typeof construct === 'string') {
      return [path, String(hash)];
    }
  } catch {
    // Said below: what JSON.parse has to say about a line of ours helps nobody.
  }
  throw new UnreadableState(`has a line that is no entry: ${JSON.stringify(line.slice(0, 80))}`);
}

function excerpt(line: Buffer): string {
  return JSON.stringify(line.subarray(0, 80).toString('utf8'));
}
