/**
 * Constraints of Masterminds/semver: commas and blanks join with AND, `||` with OR; a version with a prerelease
 * only meets a group that names a prerelease itself.
 */
import { CallError, fail } from '../error';
import type { Version } from './semver';
import { parseVersion } from './semver';

const OPERATORS = '=||!=|>|<|>=|=>|<=|=<|~|~>|\\^';
const SPACE = '[\\t\\n\\f\\r ]';
const NUMBER = '[0-9|xX*]+';
const TAIL = '(-([0-9A-Za-z\\-]+(?:\\.[0-9A-Za-z\\-]+)*))?(?:\\+([0-9A-Za-z\\-]+(?:\\.[0-9A-Za-z\\-]+)*))?';
const VERSION = `v?(${NUMBER})(\\.${NUMBER})?(\\.${NUMBER})?${TAIL}`;
/** Without groups, for patterns that only look. */
const BARE = VERSION.replace(/\((?!\?)/g, '(?:');
/** Go takes the first operator that lets the whole match, and when finding the first that fits: `>` before `>=`. */
const ONE = new RegExp(`^${SPACE}*(${OPERATORS})${SPACE}*(${VERSION})${SPACE}*$`);
const RANGE = new RegExp(`${SPACE}*(${BARE})${SPACE}+-${SPACE}+(${BARE})${SPACE}*`, 'g');
const EACH = new RegExp(`(?:${OPERATORS})${SPACE}*(?:${BARE})`, 'g');
const VALID = new RegExp(
  `^(?:${SPACE}*(?:${OPERATORS})${SPACE}*(?:${BARE})${SPACE}*)(?:(?:${SPACE}+|,${SPACE}*)(?:${OPERATORS})${SPACE}*(?:${BARE})${SPACE}*)*$`,
);

const MAX_LENGTH = 512;

interface Constraint {
  readonly operator: string;
  readonly version: Version;
  /** A part is missing or a wildcard. */
  readonly dirty: boolean;
  readonly minorDirty: boolean;
  readonly patchDirty: boolean;
}

export function satisfies(constraint: string, text: string): boolean {
  if (constraint.length > MAX_LENGTH) fail('not supported offline: a constraint longer than 512 characters');
  const groups = rewriteRanges(constraint).split('||').map(parseGroup);
  const version = parseVersion(text);
  return groups.some((group) => {
    const prerelease = group.some((one) => one.version.pre !== '');
    return (version.pre === '' || prerelease) && group.every((one) => meets(version, one));
  });
}

/** `1.2 - 1.4.5` is `>= 1.2, <= 1.4.5`. */
function rewriteRanges(text: string): string {
  return text.replace(RANGE, (_, low, high) => `>= ${low}, <= ${high} `);
}

function parseGroup(text: string): Constraint[] {
  if (!VALID.test(text)) fail(`improper constraint: ${text}`);
  return (text.match(EACH) ?? [text]).map(parseOne);
}

const isWildcard = (part: string | undefined) => part === 'x' || part === 'X' || part === '*';

function parseOne(text: string): Constraint {
  if (text === '') {
    return { operator: '', version: parseVersion('0.0.0'), dirty: true, minorDirty: false, patchDirty: false };
  }
  const found = ONE.exec(text);
  if (found === null) return fail(`improper constraint: ${text}`);
  const [, operator = '', , major = '', minor, patch, pre = ''] = found;
  const noMajor = isWildcard(major);
  const noMinor = !noMajor && (minor === undefined || isWildcard(minor.slice(1)));
  const noPatch = !noMajor && !noMinor && (patch === undefined || isWildcard(patch.slice(1)));
  const core = noMajor ? '0.0.0' : noMinor ? `${major}.0.0` : noPatch ? `${major}${minor}.0` : undefined;
  const version = core === undefined ? found[2]! : core + pre;
  return { operator, version: versionOf(version), dirty: core !== undefined, minorDirty: noMinor, patchDirty: noPatch };
}

function versionOf(text: string): Version {
  try {
    return parseVersion(text);
  } catch (error) {
    return error instanceof CallError ? fail('constraint parser error') : fail(String(error));
  }
}

function meets(version: Version, one: Constraint): boolean {
  const order = version.compare(one.version);
  switch (one.operator) {
    case '>':
      return greater(version, one, order);
    case '<':
      return order < 0;
    case '>=':
    case '=>':
      return order >= 0;
    case '<=':
    case '=<':
      return atMost(version, one, order);
    case '!=':
      return differs(version, one, order);
    case '^':
      return caret(version, one, order);
    case '~':
    case '~>':
      return tilde(version, one, order);
    default:
      return one.dirty ? tilde(version, one, order) : order === 0;
  }
}

function greater(
  version: Version,
  { version: bound, dirty, minorDirty, patchDirty }: Constraint,
  order: number,
): boolean {
  if (!dirty) return order > 0;
  if (version.major !== bound.major) return version.major > bound.major;
  if (minorDirty) return false;
  return patchDirty ? version.minor > bound.minor : order > 0;
}

function atMost(version: Version, { version: bound, dirty, minorDirty }: Constraint, order: number): boolean {
  if (!dirty) return order <= 0;
  if (version.major > bound.major) return false;
  return version.major !== bound.major || version.minor <= bound.minor || minorDirty;
}

function differs(
  version: Version,
  { version: other, dirty, minorDirty, patchDirty }: Constraint,
  order: number,
): boolean {
  if (!dirty) return order !== 0;
  if (version.major !== other.major) return true;
  if (version.minor !== other.minor && !minorDirty) return true;
  if (minorDirty) return false;
  if (version.patch !== other.patch && !patchDirty) return true;
  if (patchDirty) return version.pre !== other.pre;
  return order !== 0;
}

function tilde(version: Version, { version: base, minorDirty, patchDirty }: Constraint, order: number): boolean {
  if (order < 0) return false;
  const zero = base.major === 0n && base.minor === 0n && base.patch === 0n;
  if (zero && !minorDirty && !patchDirty) return true;
  return version.major === base.major && (version.minor === base.minor || minorDirty);
}

function caret(version: Version, { version: base, minorDirty, patchDirty }: Constraint, order: number): boolean {
  if (order < 0) return false;
  if (base.major > 0n || minorDirty) return version.major === base.major;
  if (version.major > 0n) return false;
  if (base.minor > 0n || patchDirty) return version.minor === base.minor;
  return version.minor === 0n && version.patch === base.patch;
}

/** Numbers before words, words by bytes, the longer the later. */
export function comparePrerelease(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = comparePart(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? -1 : 1;
  const left = asNumber(a);
  const right = asNumber(b);
  if (left === undefined && right === undefined) return a > b ? 1 : -1;
  if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
  return left > right ? 1 : -1;
}

function asNumber(text: string): bigint | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  return value < 1n << 64n ? value : undefined;
}
