/** net/url.Parse, part by part, with its words for what is no URL. */
import { goQuote } from '../go/quote';
import { escapeUrl, unescapeUrl } from './url-escape';

export interface ParsedUrl {
  scheme: string;
  opaque: string;
  /** As Userinfo.String() writes it. */
  userinfo: string;
  host: string;
  path: string;
  query: string;
  fragment: string;
}

/** What is wrong, and with how much of the URL. */
type Problem = { readonly problem: string; readonly text?: string };

export function parseUrl(text: string): ParsedUrl | Problem {
  const [main = '', ...fragments] = text.split('#');
  const url = parseMain(main);
  if ('problem' in url) return { ...url, text: main };
  if (fragments.length === 0) return url;
  const fragment = unescapeUrl(fragments.join('#'), 'fragment');
  return 'problem' in fragment ? fragment : { ...url, fragment: fragment.text };
}

function parseMain(text: string): ParsedUrl | Problem {
  const url: ParsedUrl = { scheme: '', opaque: '', userinfo: '', host: '', path: '', query: '', fragment: '' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a URL cannot hold.
  if (/[\x00-\x1f\x7f]/.test(text)) return { problem: 'net/url: invalid control character in URL' };
  if (text === '*') return { ...url, path: '*' };
  const scheme = splitScheme(text);
  if ('problem' in scheme) return scheme;
  url.scheme = scheme.name.toLowerCase();
  let rest = scheme.rest;
  const question = rest.indexOf('?');
  if (question >= 0) {
    url.query = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  if (!rest.startsWith('/')) {
    if (url.scheme !== '') return { ...url, opaque: rest };
    if (/^[^/]*:/.test(rest)) return { problem: 'first path segment in URL cannot contain colon' };
  }
  return parseHierarchy(url, rest);
}

function splitScheme(text: string): { name: string; rest: string } | Problem {
  const found = /^([A-Za-z0-9+\-.]*)(.?)/s.exec(text)!;
  if (found[2] !== ':') return { name: '', rest: text };
  if (found[1] === '') return { problem: 'missing protocol scheme' };
  if (!/^[A-Za-z]/.test(found[1]!)) return { name: '', rest: text };
  return { name: found[1]!, rest: text.slice(found[0].length) };
}

function parseHierarchy(url: ParsedUrl, text: string): ParsedUrl | Problem {
  let rest = text;
  if ((url.scheme !== '' || !rest.startsWith('///')) && rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    const authority = rest.slice(2, slash < 0 ? undefined : slash);
    rest = slash < 0 ? '' : rest.slice(slash);
    const problem = parseAuthority(url, authority);
    if (problem !== undefined) return { problem };
  }
  const path = unescapeUrl(rest, 'path');
  return 'problem' in path ? path : { ...url, path: path.text };
}

function parseAuthority(url: ParsedUrl, authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(at + 1));
  if ('problem' in host) return host.problem;
  url.host = host.text;
  if (at < 0) return undefined;
  const info = parseUserinfo(authority.slice(0, at));
  if ('problem' in info) return info.problem;
  url.userinfo = info.text;
  return undefined;
}

/** `user:password`, checked and written as Go writes it. */
export function parseUserinfo(text: string): { text: string } | Problem {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text)) return { problem: 'net/url: invalid userinfo' };
  const colon = text.indexOf(':');
  const name = unescapeUrl(colon < 0 ? text : text.slice(0, colon), 'user');
  if ('problem' in name) return name;
  if (colon < 0) return { text: escapeUrl(name.text, 'user') };
  const password = unescapeUrl(text.slice(colon + 1), 'user');
  if ('problem' in password) return password;
  return { text: `${escapeUrl(name.text, 'user')}:${escapeUrl(password.text, 'user')}` };
}

function parseHost(host: string): { text: string } | Problem {
  const port = host.startsWith('[') ? host.slice(host.lastIndexOf(']') + 1) : (/:.*$/s.exec(host)?.[0] ?? '');
  if (host.startsWith('[') && !host.includes(']')) return { problem: "missing ']' in host" };
  const last = host.startsWith('[') ? port : host.includes(':') ? host.slice(host.lastIndexOf(':')) : '';
  if (last !== '' && !/^:\d*$/.test(last)) return { problem: `invalid port ${goQuote(last)} after host` };
  return unescapeUrl(host, 'host');
}
