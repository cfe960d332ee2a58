/**
 * The plain engine of ApplicationSets (`goTemplate: false`), valyala/fasttemplate as Argo CD drives it: a tag is
 * looked up literally, trimmed; what is not a string stays in place as it was written.
 */
import { TemplateError } from './error';
import { goQuote } from './go/quote';

export interface FilledText {
  readonly text: string;
  /** Tags, trimmed, that were left in place: in the controller they reach the cluster as they are. */
  readonly unresolved: readonly string[];
}

const TAGGED = /\{\{[^\n]*\}\}/;

/** Fills `{{ tag }}`s. Throws a {@link TemplateError} for a tag without an end, as the controller refuses it. */
export function fillTags(text: string, lookup: (tag: string) => unknown): FilledText {
  if (!TAGGED.test(text)) return { text, unresolved: [] };
  const unresolved: string[] = [];
  let out = '';
  let at = 0;
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', at)) {
    const end = text.indexOf('}}', start + 2);
    if (end < 0) throw unclosed(text, start);
    const tag = text.slice(start + 2, end);
    const name = tag.trim();
    const value = name === '' ? undefined : lookup(name);
    out += text.slice(at, start) + (typeof value === 'string' ? value : `{{${tag}}}`);
    if (typeof value !== 'string') unresolved.push(name);
    at = end + 2;
  }
  return { text: out + text.slice(at), unresolved };
}

function unclosed(text: string, start: number): TemplateError {
  const reason = `Cannot find end tag="}}" in the template=${goQuote(text)} starting from ${goQuote(text.slice(start + 2))}`;
  const head = text.slice(0, start);
  const column = Buffer.byteLength(head.slice(head.lastIndexOf('\n') + 1));
  return new TemplateError(`invalid template: ${reason}`, { line: head.split('\n').length, column, reason });
}
