/** Version ranges, as Flux and Helm read them: the grammar of Masterminds/semver, whose constraints are not npm's. */

const VERSION = String.raw`v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*]))?(?:\.(?:\d+|[xX*]))?(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?`;
const TERM = String.raw`(?:!=|>=|=>|<=|=<|~>|[=<>~^])?\s*${VERSION}`;
const SPAN = new RegExp(String.raw`\s*(${VERSION})\s+-\s+(${VERSION})\s*`, 'g');
const ALL_OF = new RegExp(String.raw`^\s*${TERM}\s*(?:(?:\s+|,\s*)${TERM}\s*)*$`);

/** Longer text is no range that a person wrote, and the grammar is costly to refuse. */
const LONGEST = 256;

/**
 * Whether `NewConstraint` of Masterminds/semver accepts the text: `1.x`, `>=1.2 <2.0`, `1.2 - 1.4`, `~1.2 || ^2`.
 *
 * @see https://github.com/Masterminds/semver#checking-version-constraints
 */
export function isSemverRange(text: string): boolean {
  if (text.length > LONGEST) return false;
  return text.split('||').every((part) => ALL_OF.test(part.replace(SPAN, '>=$1 <=$2')));
}
