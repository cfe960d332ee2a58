/** urlParse and urlJoin: net/url taken apart and put together. */
import { fail } from '../error';
import { fromBytes, toBytes } from '../go/bytes';
import { type FunctionMap, fn } from '../go/function';
import { goQuote } from '../go/quote';
import { type GoDict, kindName, newDict, plain } from '../go/value';
import { type EscapeMode, escapeUrl } from './url-escape';
import { parseUrl, parseUserinfo } from './url-parse';

function urlParse(text: string): GoDict {
  const url = parseUrl(text);
  if ('problem' in url) return fail(`unable to parse url: parse ${goQuote(url.text ?? text)}: ${url.problem}`);
  const out = newDict();
  const { scheme, host, path, query, opaque, fragment, userinfo } = url;
  const hostname = host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '');
  return Object.assign(out, { scheme, host, hostname, path, query, opaque, fragment, userinfo });
}

function urlJoin(parts: GoDict): string {
  const get = (key: string): string => {
    if (!Object.hasOwn(parts, key)) return '';
    const value = plain(parts[key]);
    if (value === null) return fail('runtime error: invalid memory address or nil pointer dereference');
    if (typeof value === 'string') return value;
    return fail(`unable to parse ${key} key, must be of type string, but ${kindName(value)} found`);
  };
  const [scheme, host, path, query, opaque, fragment] = ['scheme', 'host', 'path', 'query', 'opaque', 'fragment'].map(
    get,
  );
  return joined(
    { scheme: scheme!, host: host!, path: path!, query: query!, opaque: opaque!, fragment: fragment! },
    get('userinfo'),
  );
}

interface Parts {
  scheme: string;
  host: string;
  path: string;
  query: string;
  opaque: string;
  fragment: string;
}

function joined(url: Parts, info: string): string {
  const user = info === '' ? undefined : userinfo(info);
  let out = url.scheme === '' ? '' : `${url.scheme}:`;
  if (url.opaque !== '') out += url.opaque;
  else {
    if (url.scheme !== '' || url.host !== '' || user !== undefined) {
      if (url.host !== '' || url.path !== '' || user !== undefined) out += '//';
      if (user !== undefined) out += `${user}@`;
      if (url.host !== '') out += escaped(url.host, 'host');
    }
    const path = url.path === '*' ? '*' : escaped(url.path, 'path');
    if (path !== '' && !path.startsWith('/') && url.host !== '') out += '/';
    if (out === '' && /^[^/]*:/.test(path)) out += './';
    out += path;
  }
  if (url.query !== '') out += `?${url.query}`;
  return url.fragment === '' ? out : `${out}#${escaped(url.fragment, 'fragment')}`;
}

function userinfo(text: string): string {
  const read = parseUserinfo(text);
  return 'problem' in read ? fail(`unable to parse userinfo in dict: ${read.problem}`) : read.text;
}

function escaped(text: string, mode: EscapeMode): string {
  return escapeUrl(fromBytes(toBytes(text)), mode);
}

export const URLS: FunctionMap = {
  urlParse: fn('string', urlParse),
  urlJoin: fn('dict', urlJoin),
};
