/** The syntax of Kubernetes names. Each is read once from left to right, so hostile text costs no more than its length. */

/** A DNS-1123 label: `[a-z0-9]([-a-z0-9]*[a-z0-9])?`, at most 63 characters. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && isLabelAt(text, 0, text.length);
}

/** A DNS-1123 subdomain: labels joined by dots, at most 253 characters in all. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && isSubdomainUntil(text, text.length);
}

/** A label or annotation key, or a finalizer: `[subdomain/]name`. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  return isName(text, slash + 1) && (slash < 0 || (slash <= 253 && isSubdomainUntil(text, slash)));
}

/** A label's value: empty, or the form of a key's name. */
export function isLabelValue(text: string): boolean {
  return text === '' || isName(text, 0);
}

/** What may be a part of a URL's path: the loosest rule for a name. */
export function isPathSegment(text: string): boolean {
  return text !== '.' && text !== '..' && !text.includes('/') && !text.includes('%');
}

/** Whether the text before `end` is labels joined by dots. */
function isSubdomainUntil(text: string, end: number): boolean {
  let previous = dot;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    const joins = code === dot || code === dash;
    if (!joins && !isLower(code) && !isDigit(code)) return false;
    // Both ends of a label are a letter or digit: a dot may not touch a dot or a dash, nor open or close the text.
    if (code === dot ? previous === dot || previous === dash : code === dash && previous === dot) return false;
    previous = code;
  }
  return previous !== dot && previous !== dash;
}

function isLabelAt(text: string, start: number, end: number): boolean {
  if (start >= end || text.charCodeAt(start) === dash || text.charCodeAt(end - 1) === dash) return false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!(isLower(code) || isDigit(code) || code === dash)) return false;
  }
  return true;
}

/** From `start` to the end: 1 to 63 letters, digits, `-`, `_`, `.`, with a letter or digit at both ends. */
function isName(text: string, start: number): boolean {
  const length = text.length - start;
  if (length < 1 || length > 63) return false;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isLower(code) || isUpper(code) || isDigit(code)) continue;
    const inside = at > start && at < text.length - 1;
    if (!inside || !(code === dash || code === dot || code === underscore)) return false;
  }
  return true;
}

const dash = 45;
const dot = 46;
const underscore = 95;

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
