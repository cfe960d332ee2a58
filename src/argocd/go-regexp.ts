/** Go regular expressions (RE2), as far as JavaScript can vouch for them. */

/** Why Go would not compile an expression, or undefined when nothing speaks against it. */
export function goRegexpProblem(text: string): string | undefined {
  const plain = text.replace(/\\\\/g, '').replace(/\[(?:\^?\])?(?:\[:\^?\w+:\]|\\.|[^\]])*\]/g, '[x]');
  const lookaround = /\(\?(?:[=!]|<[=!]|>)/.exec(plain);
  if (lookaround !== null) return `invalid or unsupported Perl syntax: \`${lookaround[0]}\``;
  const reference = /\\[1-9]/.exec(plain);
  if (reference !== null) return `invalid escape sequence: \`${reference[0]}\``;
  try {
    new RegExp(plain.replace(/\(\?P</g, '(?<').replace(/\(\?[imsU-]+(:|\))/g, (_, end) => (end === ':' ? '(?:' : '')));
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/^.*?: (?=[^:]*$)/s, '');
  }
}
