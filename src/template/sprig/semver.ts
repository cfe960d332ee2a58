/** Versions as Masterminds/semver reads them: loosely, `v1.2` is `1.2.0`. npm's rules differ. */
import { fail } from '../error';
import { type FunctionMap, fn } from '../go/function';
import { goQuote } from '../go/quote';
import { GoInt, type GoMethod, GoStruct, type GoValue } from '../go/value';
import { comparePrerelease, satisfies } from './semver-constraint';

const MAX_SEGMENT = (1n << 64n) - 1n;

const VERSION =
  /^v?(\d+)(\.\d+)?(\.\d+)?(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?$/;

/** A version: `*semver.Version` in templates. */
export class Version extends GoStruct {
  override readonly type: string;
  override readonly kind: 'ptr' | 'struct';

  constructor(
    readonly major: bigint,
    readonly minor: bigint,
    readonly patch: bigint,
    readonly pre: string,
    readonly metadata: string,
    readonly original: string,
    /** Whether Go holds it by value, as the results of IncMajor are: then the methods of the pointer are missing. */
    byValue = false,
  ) {
    super();
    this.type = byValue ? 'semver.Version' : '*semver.Version';
    this.kind = byValue ? 'struct' : 'ptr';
  }

  override text(): string {
    const core = `${this.major}.${this.minor}.${this.patch}`;
    return core + (this.pre === '' ? '' : `-${this.pre}`) + (this.metadata === '' ? '' : `+${this.metadata}`);
  }

  override json(): string {
    return JSON.stringify(this.text());
  }

  override equals(other: GoStruct): boolean {
    return other instanceof Version && other.text() === this.text() && other.original === this.original;
  }

  compare(other: Version): number {
    for (const part of ['major', 'minor', 'patch'] as const) {
      if (this[part] !== other[part]) return this[part] < other[part] ? -1 : 1;
    }
    if (this.pre === other.pre) return 0;
    if (this.pre === '') return 1;
    return other.pre === '' ? -1 : comparePrerelease(this.pre, other.pre);
  }

  override method(name: string): GoMethod | undefined {
    const value = this.property(name);
    return value === undefined ? undefined : { params: [], call: () => value };
  }

  private property(name: string): GoValue {
    switch (name) {
      case 'Major':
      case 'Minor':
      case 'Patch':
        return new GoInt(this[name.toLowerCase() as 'major' | 'minor' | 'patch'], 'uint64');
      case 'Prerelease':
        return this.pre;
      case 'Metadata':
        return this.metadata;
      case 'Original':
        return this.kind === 'ptr' ? this.original : undefined;
      case 'String':
        return this.text();
      case 'IncMajor':
      case 'IncMinor':
      case 'IncPatch':
        return this.next(name);
      default:
        return undefined;
    }
  }

  private next(step: string): Version {
    const { major, minor, patch } = this;
    if (step === 'IncMajor') return released(this, major + 1n, 0n, 0n);
    if (step === 'IncMinor') return released(this, major, minor + 1n, 0n);
    return released(this, major, minor, this.pre === '' ? patch + 1n : patch);
  }
}

function released(from: Version, major: bigint, minor: bigint, patch: bigint): Version {
  const prefix = from.original.startsWith('v') ? 'v' : '';
  return new Version(major, minor, patch, '', '', `${prefix}${major}.${minor}.${patch}`, true);
}

/** semver.NewVersion. */
export function parseVersion(text: string): Version {
  const found = VERSION.exec(text);
  if (found === null) return fail('invalid semantic version');
  const [, major = '', minor = '', patch = '', pre = '', metadata = ''] = found;
  const numbers = [major, minor.slice(1), patch.slice(1)].map(segment);
  for (const part of pre.split('.')) {
    if (/^0\d+$/.test(part)) fail('version segment starts with 0');
  }
  return new Version(numbers[0]!, numbers[1]!, numbers[2]!, pre, metadata, text);
}

function segment(text: string): bigint {
  const value = BigInt(text || '0');
  if (value <= MAX_SEGMENT) return value;
  return fail(`error parsing version segment: strconv.ParseUint: parsing ${goQuote(text)}: value out of range`);
}

export const SEMVER: FunctionMap = {
  semver: fn('string', parseVersion),
  semverCompare: fn('string string', (constraint, version) => satisfies(constraint, version)),
};
