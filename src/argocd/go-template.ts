/**
 * Reads Go templates far enough to say what the ApplicationSet controller would refuse before it renders anything:
 * actions that do not end, characters that are no part of the language, unknown functions, blocks that do not close.
 */

/** Functions of Go's text/template. */
const BUILTIN = 'and or not len index slice print printf println html js call urlquery eq ne lt le gt ge';

/** Functions of sprig v3, without env, expandenv and getHostByName, which Argo CD takes away. */
const SPRIG = `
hello ago date date_in_zone date_modify dateInZone dateModify duration durationRound htmlDate htmlDateInZone
must_date_modify mustDateModify mustToDate now toDate unixEpoch abbrev abbrevboth trunc trim upper lower title untitle
substr repeat trimall trimAll trimSuffix trimPrefix nospace initials randAlphaNum randAlpha randAscii randNumeric
randSeededNumeric swapcase shuffle snakecase camelcase kebabcase wrap wrapWith contains hasPrefix hasSuffix quote squote
cat indent nindent replace plural sha1sum sha256sum sha512sum adler32sum toString atoi int64 int float64 seq toDecimal
split splitList splitn toStrings until untilStep add1 add sub div mod mul randInt add1f addf subf divf mulf biggest max
min maxf minf ceil floor round join sortAlpha default empty coalesce all any compact mustCompact fromJson toJson
toPrettyJson toRawJson mustFromJson mustToJson mustToPrettyJson mustToRawJson ternary deepCopy mustDeepCopy typeOf typeIs
typeIsLike kindOf kindIs deepEqual base dir clean ext isAbs osBase osClean osDir osExt osIsAbs b64enc b64dec b32enc
b32dec tuple list dict get set unset hasKey pluck keys pick omit merge mergeOverwrite mustMerge mustMergeOverwrite values
append push mustAppend mustPush prepend mustPrepend first mustFirst rest mustRest last mustLast initial mustInitial
reverse mustReverse uniq mustUniq without mustWithout has mustHas slice mustSlice concat dig chunk mustChunk bcrypt
htpasswd genPrivateKey derivePassword buildCustomCert genCA genCAWithKey genSelfSignedCert genSelfSignedCertWithKey
genSignedCert genSignedCertWithKey encryptAES decryptAES randBytes uuidv4 semver semverCompare fail regexMatch
mustRegexMatch regexFindAll mustRegexFindAll regexFind mustRegexFind regexReplaceAll mustRegexReplaceAll
regexReplaceAllLiteral mustRegexReplaceAllLiteral regexSplit mustRegexSplit regexQuoteMeta urlParse urlJoin`;

/** Argo CD's own. */
const ARGO_CD = 'normalize slugify toYaml fromYaml fromYamlArray';

/** Every function that an ApplicationSet's template may call. */
export const TEMPLATE_FUNCTIONS: ReadonlySet<string> = new Set(
  [BUILTIN, SPRIG, ARGO_CD].flatMap((names) => names.trim().split(/\s+/)),
);

const OPENING = new Set(['if', 'range', 'with', 'define', 'block']);
const KEYWORDS = new Set([...OPENING, 'else', 'end', 'template', 'break', 'continue', 'nil', 'true', 'false']);

const TOKENS: readonly [kind: string, pattern: RegExp][] = [
  ['space', /\s+/y],
  ['text', /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'/y],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['number', /[+-]?(?:0[xX][\da-fA-F_]+|0[bo][0-7_]+|\d[\d_]*\.?\d*(?:[eE][+-]?\d+)?|\.\d+)i?/y],
  ['other', /:=|[.=|(),]/y],
];

/** What text/template would say of a template when it parses it, or undefined. */
export function goTemplateProblem(template: string): string | undefined {
  if (!template.includes('{{')) return undefined;
  const open: string[] = [];
  for (let at = template.indexOf('{{'); at >= 0; at = template.indexOf('{{', at)) {
    const comment = /^\{\{(?:- )?\s*\/\*[\s\S]*?\*\/(?: -)?\}\}/.exec(template.slice(at));
    if (comment !== null) {
      at += comment[0].length;
      continue;
    }
    const action = readAction(template, at + 2);
    if ('problem' in action) return action.problem;
    const problem = checkWords(action.words, open);
    if (problem !== undefined) return problem;
    at = action.end;
  }
  return open.length === 0
    ? undefined
    : 'unexpected EOF: a block has no {{ end }}, and each field is a template of its own';
}

type Action = { readonly words: readonly string[]; readonly end: number } | { readonly problem: string };

/** Reads from behind `{{` to behind `}}`. */
function readAction(template: string, start: number): Action {
  const words: string[] = [];
  let at = /^-\s/.test(template.slice(start, start + 2)) ? start + 1 : start;
  let empty = true;
  for (;;) {
    if (at >= template.length) return { problem: 'unclosed action: {{ without }}' };
    if (template.startsWith('}}', at)) break;
    if (/^\s-\}\}/.test(template.slice(at, at + 4))) {
      at += 2;
      break;
    }
    const token = tokenAt(template, at);
    if (token === undefined) return { problem: badCharacter(template, at) };
    const [kind, text] = token;
    at += text.length;
    if (kind === 'word') words.push(text);
    if (kind !== 'space') empty = false;
    const named = kind === 'word' || kind === 'field' || kind === 'variable';
    if (named && at < template.length && !/[\s.,|:)(}]/.test(template[at]!))
      return { problem: badCharacter(template, at) };
  }
  return empty ? { problem: 'missing value for command: {{ }} is empty' } : { words, end: at + 2 };
}

function tokenAt(template: string, at: number): readonly [kind: string, text: string] | undefined {
  for (const [kind, pattern] of TOKENS) {
    pattern.lastIndex = at;
    let text = pattern.exec(template)?.[0];
    if (text === undefined) continue;
    // The blank of a closing ` -}}` belongs to the delimiter.
    if (kind === 'space' && text.length > 1 && template.startsWith('-}}', at + text.length)) text = text.slice(0, -1);
    return [kind, text];
  }
  return undefined;
}

function badCharacter(template: string, at: number): string {
  const char = String.fromCodePoint(template.codePointAt(at)!);
  if (char === '"' || char === '`' || char === "'") return `unterminated quoted string: ${char}`;
  const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  return `bad character U+${code} '${char}'`;
}

/** Blocks open and close, functions exist. `open` holds the blocks so far. */
function checkWords(words: readonly string[], open: string[]): string | undefined {
  const first = words[0];
  if (first === 'end') {
    if (open.pop() === undefined) return 'unexpected {{end}}: each field is a template of its own';
  } else if (first === 'else') {
    if (open.length === 0) return 'unexpected {{else}}: each field is a template of its own';
  } else if (first !== undefined && OPENING.has(first)) {
    open.push(first);
  }
  const unknown = words.find((word) => !KEYWORDS.has(word) && !TEMPLATE_FUNCTIONS.has(word));
  return unknown === undefined ? undefined : `function "${unknown}" not defined`;
}

/** The text between each `{{` and the `}}` after it, trimmed: the tags of a fasttemplate. */
export function tagsIn(text: string): string[] {
  return [...text.matchAll(/\{\{(.*?)\}\}/gs)].map(([, inner]) => inner!.trim());
}
