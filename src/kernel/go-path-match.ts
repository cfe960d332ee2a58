/** Go's `path.Match`: `*` and `?` stop at a `/`, `[a-z]` and `[^a-z]` are sets, `\` takes the next character as it is. */

/** Whether a name matches as a whole; undefined for a pattern that Go calls malformed. */
export function goPathMatch(pattern: string, name: string): boolean | undefined {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = compile([...pattern]) ?? null;
    if (patterns.size >= CACHED) patterns.clear();
    patterns.set(pattern, compiled);
  }
  return compiled?.test(name);
}

const CACHED = 10_000;
const patterns = new Map<string, RegExp | null>();

function compile(chars: readonly string[]): RegExp | undefined {
  let source = '';
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at]!;
    // Stars in a row are one star: else a text that does not match would be tried in every division.
    if (char === '*') source += source.endsWith('[^/]*') ? '' : '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const set = readSet(chars, at + 1);
      if (set === undefined) return undefined;
      source += set.source;
      at = set.end;
    } else if (char !== '\\') source += quote(char);
    else if (++at === chars.length) return undefined;
    else source += quote(chars[at]!);
  }
  return new RegExp(`^${source}$`, 'su');
}

/** The set that begins after a bracket, and where its closing bracket is. */
function readSet(chars: readonly string[], start: number): { source: string; end: number } | undefined {
  const negated = chars[start] === '^';
  let at = negated ? start + 1 : start;
  let ranges = '';
  const first = at;
  while (at === first || chars[at] !== ']') {
    const low = readChar(chars, at);
    if (low === undefined) return undefined;
    at = low.next;
    const high = chars[at] === '-' ? readChar(chars, at + 1) : low;
    if (high === undefined) return undefined;
    at = high.next;
    // A range that runs backwards is no error in Go; it holds nothing.
    if (low.char.codePointAt(0)! <= high.char.codePointAt(0)!) ranges += `${quote(low.char)}-${quote(high.char)}`;
    if (at >= chars.length) return undefined;
  }
  return { source: `[${negated ? '^' : ''}${ranges}]`, end: at };
}

function readChar(chars: readonly string[], at: number): { char: string; next: number } | undefined {
  const char = chars[at];
  if (char === undefined || char === '-' || char === ']') return undefined;
  if (char !== '\\') return { char, next: at + 1 };
  const escaped = chars[at + 1];
  return escaped === undefined ? undefined : { char: escaped, next: at + 2 };
}

function quote(char: string): string {
  return /[\w\s]/.test(char) ? char : `\\u{${char.codePointAt(0)!.toString(16)}}`;
}
