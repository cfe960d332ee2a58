/** Cases letter by letter, as Go's unicode package maps them: one letter never becomes two. */

function single(char: string, mapped: string): string {
  return [...mapped].length === 1 ? mapped : char;
}

export function upper(char: string): string {
  return char === 'ı' ? 'I' : single(char, char.toUpperCase());
}

export function lower(char: string): string {
  return char === 'İ' ? 'i' : single(char, char.toLowerCase());
}

const TITLE: Readonly<Record<string, string>> = Object.fromEntries(
  ['Ǆǅǆ', 'Ǉǈǉ', 'Ǌǋǌ', 'Ǳǲǳ'].flatMap((group) => [...group].map((char) => [char, group[1]!])),
);

/** Title case differs for four digraphs, and Georgian has none. */
export function title(char: string): string {
  if (TITLE[char] !== undefined) return TITLE[char];
  return /[\u10d0-\u10ff]/.test(char) ? char : upper(char);
}

export function isUpper(char: string): boolean {
  return /^\p{Lu}/u.test(char);
}

export function isLower(char: string): boolean {
  return /^\p{Ll}/u.test(char);
}

/** unicode.IsSpace. */
export function isSpace(char: string): boolean {
  return /^[\t\n\v\f\r\u0085\u00a0\p{Z}]/u.test(char);
}

export function mapText(text: string, map: (char: string) => string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is meant.
  if (map === upper && /^[\x00-\x7f]*$/.test(text)) return text.toUpperCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is meant.
  if (map === lower && /^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  let out = '';
  for (const char of text) out += map(char);
  return out;
}

/** strings.TrimSpace. */
export function trimSpace(text: string): string {
  return text.replace(/^[\t\n\v\f\r\u0085\p{Z}]+/u, '').replace(/[\t\n\v\f\r\u0085\p{Z}]+$/u, '');
}

/** strings.Title: the first letter of every word, where a word is letters, digits and underscores. */
export function titleCase(text: string): string {
  let separated = true;
  return mapText(text, (char) => {
    const out = separated ? title(char) : char;
    separated = isSeparator(char);
    return out;
  });
}

function isSeparator(char: string): boolean {
  if (char <= '\x7f') return !/\w/.test(char);
  return !/^[\p{L}\p{Nd}]/u.test(char) && isSpace(char);
}

/** goutils.SwapCase: a lower letter that begins a word gets title case. */
export function swapCase(text: string): string {
  let begins = true;
  return mapText(text, (char) => {
    if (isUpper(char) || /^\p{Lt}/u.test(char)) {
      begins = false;
      return lower(char);
    }
    if (!isLower(char)) {
      begins = isSpace(char);
      return char;
    }
    const out = begins ? title(char) : upper(char);
    begins = false;
    return out;
  });
}

/** goutils.Uncapitalize. */
export function uncapitalize(text: string): string {
  let begins = true;
  return mapText(text, (char) => {
    const space = isSpace(char);
    const out = begins && !space ? lower(char) : char;
    begins = space;
    return out;
  });
}
