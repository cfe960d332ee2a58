/** Go's path package; filepath is the same on the controller's system. */
import { type FunctionMap, fn } from '../go/function';

export function clean(path: string): string {
  if (path === '') return '.';
  const rooted = path.startsWith('/');
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length > 0 && out[out.length - 1] !== '..') out.pop();
    else if (!rooted) out.push('..');
  }
  return (rooted ? '/' : '') + out.join('/') || '.';
}

function base(path: string): string {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

function ext(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

const dir = (path: string) => clean(path.slice(0, path.lastIndexOf('/') + 1));
const isAbs = (path: string) => path.startsWith('/');

export const PATHS: FunctionMap = {
  base: fn('string', base),
  osBase: fn('string', base),
  dir: fn('string', dir),
  osDir: fn('string', dir),
  clean: fn('string', clean),
  osClean: fn('string', clean),
  ext: fn('string', ext),
  osExt: fn('string', ext),
  isAbs: fn('string', isAbs),
  osIsAbs: fn('string', isAbs),
};
