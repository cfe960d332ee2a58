/** The order in which go-yaml v2 writes keys: numbers in names count as numbers, letters come last. */

const isLetter = (char: string) => /^\p{L}/u.test(char);
const isDigit = (char: string | undefined) => char !== undefined && /^\p{Nd}/u.test(char);

export function naturalOrder(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const one = left[at]!;
    const other = right[at]!;
    if (one === other) continue;
    if (isLetter(one) && isLetter(other)) return byCode(one, other);
    if (isLetter(one) || isLetter(other)) return isLetter(other) ? -1 : 1;
    return byNumber(left, right, at);
  }
  return left.length - right.length;
}

function byCode(a: string, b: string): number {
  return a.codePointAt(0)! - b.codePointAt(0)!;
}

function byNumber(left: readonly string[], right: readonly string[], at: number): number {
  const start = followsDigit(left, right, at) ? 1n : 0n;
  const one = readNumber(left, at, start);
  const other = readNumber(right, at, start);
  if (one.value !== other.value) return one.value < other.value ? -1 : 1;
  return one.end - other.end || byCode(left[at]!, right[at]!);
}

/** Whether a zero here stands behind other digits, so that it weighs. */
function followsDigit(left: readonly string[], right: readonly string[], at: number): boolean {
  if (left[at] !== '0' && right[at] !== '0') return false;
  for (let before = at - 1; before >= 0 && isDigit(left[before]); before--) if (left[before] !== '0') return true;
  return false;
}

function readNumber(chars: readonly string[], from: number, start: bigint): { value: bigint; end: number } {
  let value = start;
  let end = from;
  for (; isDigit(chars[end]); end++) value = BigInt.asIntN(64, value * 10n + BigInt(chars[end]!.codePointAt(0)! - 48));
  return { value, end };
}
