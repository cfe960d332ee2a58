/**
 * Repository URLs as Argo CD compares them: in lower case, without `.git` and `ssh://`, the scp form with a slash, and
 * with what Go's net/url does to them. Patterns of `sourceRepos` go through the same, so braces and backslashes in them
 * are escaped before anything is matched, and mean nothing any more.
 */

/** Both sides of a comparison go through this; `''` for what Go does not read as a URL. */
export function normalizeGitUrl(url: string): string {
  let normalized = normalizedUrls.get(url);
  if (normalized === undefined) {
    normalized = normalize(url);
    if (normalizedUrls.size >= CACHED_URLS) normalizedUrls.clear();
    normalizedUrls.set(url, normalized);
  }
  return normalized;
}

/** Many Applications read from few repositories. */
const CACHED_URLS = 10_000;
const normalizedUrls = new Map<string, string>();

function normalize(url: string): string {
  let text = url.trim().toLowerCase();
  if (SSH.test(text) && !text.startsWith('ssh://')) text = `ssh://${text.replace(':', '/')}`;
  if (text.endsWith('.git')) text = text.slice(0, -4);
  const normalized = throughGo(text);
  return normalized.startsWith('ssh://') ? normalized.slice(6) : normalized;
}

const SSH = /^(ssh:\/\/)?([^/:]*?)@[^@]+$/;

/** Go's `url.Parse(text).String()`, or `''` where it does not parse. */
function throughGo(text: string): string {
  const hash = text.indexOf('#');
  const fragment = hash < 0 ? '' : text.slice(hash + 1);
  const url = hash < 0 ? text : text.slice(0, hash);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ones that Go refuses
  if (/[\x00-\x1f\x7f]/.test(text) || url.startsWith(':') || badEscape(fragment)) return '';
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/.exec(url)?.[0] ?? '';
  const afterScheme = scheme === '' ? url : url.slice(scheme.length + 1);
  const question = afterScheme.indexOf('?');
  const query = question < 0 ? '' : afterScheme.slice(question);
  const rest = question < 0 ? afterScheme : afterScheme.slice(0, question);
  const tail = query + (fragment === '' ? '' : `#${encode(fragment, FRAGMENT)}`);
  const front = scheme === '' ? '' : `${scheme}:`;
  if (!rest.startsWith('/')) {
    if (scheme !== '') return front + rest + tail;
    if (rest.split('/')[0]!.includes(':') || badEscape(rest)) return '';
    return encode(rest, PATH) + tail;
  }
  const located = hierarchy(rest, scheme);
  return located === undefined ? '' : front + located + tail;
}

function hierarchy(rest: string, scheme: string): string | undefined {
  if (!rest.startsWith('//') || (scheme === '' && rest.startsWith('///'))) {
    return badEscape(rest) ? undefined : encode(rest, PATH);
  }
  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  const path = slash < 0 ? '' : rest.slice(slash);
  const at = authority.lastIndexOf('@');
  const user = at < 0 ? '' : userInfo(authority.slice(0, at));
  const host = authority.slice(at + 1);
  if (user === undefined || !isHost(host) || badEscape(path)) return undefined;
  return `//${user}${encodeBytes(host, HOST)}${encode(path, PATH)}`;
}

function userInfo(text: string): string | undefined {
  if (!/^[\w.:~!$&'()*+,;=%@-]*$/.test(text) || badEscape(text)) return undefined;
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const user = encodeBytes(decode(name), USER);
  return colon < 0 ? `${user}@` : `${user}:${encodeBytes(decode(text.slice(colon + 1)), USER)}@`;
}

/** No character that Go refuses, and a port of digits, empty or absent. */
function isHost(host: string): boolean {
  if (host.startsWith('[')) return /^\[[0-9a-f:.]*:[0-9a-f:.]*\](:\d*)?$/.test(host);
  return /^[^:[\]]*(:\d*)?$/.test(host) && [...host].every((char) => char > '\x7f' || HOST.test(char));
}

const PATH = /[\w.~$&+,/:;=@-]/;
const FRAGMENT = /[\w.~$&+,/:;=?@!()*-]/;
const HOST = /[\w.~!$&'()*+,;=:[\]<>"-]/;
const USER = /[\w.~$&+,;=-]/;

function badEscape(text: string): boolean {
  return /%(?![0-9a-f]{2})/.test(text);
}

function decode(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/g, (escapes) => {
    const bytes = escapes.slice(1).split('%');
    return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 16))).toString('utf8');
  });
}

/** As it is where Go takes it for an encoding already, else decoded and encoded again, whole. */
function encode(text: string, plain: RegExp): string {
  const encoded = [...text].every((char) => plain.test(char) || "!'()*[]%".includes(char));
  return encoded ? text : encodeBytes(decode(text), plain);
}

function encodeBytes(text: string, plain: RegExp): string {
  return text.replace(/[\s\S]/gu, (char) =>
    char <= '\x7f' && plain.test(char)
      ? char
      : [...Buffer.from(char)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}
