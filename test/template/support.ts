/** Runs vectors through our engine. */
import type { Vector, VectorCase } from '../../scripts/vectors/cases';
import type { VectorGroup } from '../../scripts/vectors/make';
import {
  argoCdFunctions,
  fillTags,
  parseGoTemplate,
  renderGoTemplate,
  stringList,
  stringMap,
  TemplateError,
} from '../../src/template';

export function ungrouped(groups: readonly VectorGroup[]): Vector[] {
  return groups.flatMap(({ settings, data, cases }) =>
    cases.map(([t, text, error]) => ({ ...settings, d: data, t, text: text ?? '', error })),
  );
}

/** The data of one case; `set` may change it, so every case has its own. */
function dataOf({ d, labels, segments }: VectorCase): unknown {
  const data = structuredClone(d);
  if (typeof data !== 'object' || data === null) return data;
  if (labels !== undefined) Object.assign(data, { labels: stringMap(labels) });
  return segments === undefined ? data : Object.assign(data, { segments: stringList(segments) });
}

/** What we give: the text, or the error with nothing else. */
export function render(one: VectorCase): { readonly text: string; readonly error?: string } {
  try {
    const data = dataOf(one);
    if (one.f === 'fast') {
      const tags = data as Record<string, unknown>;
      return { text: fillTags(one.t, (tag) => (Object.hasOwn(tags, tag) ? tags[tag] : undefined)).text };
    }
    const functions = one.f === 'argo' ? argoCdFunctions : undefined;
    const template = parseGoTemplate(one.t, { functions, delimiters: [one.l ?? '', one.r ?? ''] });
    return { text: renderGoTemplate(template, data, { missingKey: one.m }) };
  } catch (error) {
    if (error instanceof TemplateError) return { text: '', error: error.message };
    throw error;
  }
}

/** go-yaml's syntax errors are not ours; that there is one is enough. */
export function comparable(error: string | undefined): string {
  return (error ?? '').replace(/(converting YAML to JSON: yaml: ).*/s, '$1…');
}

export function isOffline(error: string | undefined): boolean {
  return error?.includes('not supported offline') ?? false;
}
