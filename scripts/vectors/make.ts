/** Makes test/template/vectors anew with the real Go engine: `npx tsx scripts/vectors/make.ts` (needs Go). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VectorCase, VectorResult } from './cases';
import { FILES } from './files';
import { renderWithGo } from './render-with-go';

const OUTPUT = join(__dirname, '..', '..', 'test', 'template', 'vectors');

/** Cases that share data and settings stand together; each is its template and its text or error. */
export interface VectorGroup {
  readonly settings: Omit<VectorCase, 't' | 'd'>;
  readonly data: unknown;
  readonly cases: readonly (readonly [template: string, text: string | null, error?: string])[];
}

export function grouped(cases: readonly VectorCase[], results: readonly VectorResult[]): VectorGroup[] {
  const groups = new Map<
    string,
    { settings: Omit<VectorCase, 't' | 'd'>; data: unknown; cases: [string, string | null, string?][] }
  >();
  cases.forEach(({ t, d, ...settings }, index) => {
    const key = JSON.stringify([settings, d]);
    let group = groups.get(key);
    if (group === undefined) {
      group = { settings, data: d ?? null, cases: [] };
      groups.set(key, group);
    }
    const { text, error } = results[index]!;
    group.cases.push(error === undefined ? [t, text] : [t, null, error]);
  });
  return [...groups.values()];
}

function print(groups: readonly VectorGroup[]): string {
  const lines = groups.map(({ settings, data, cases }) => {
    const head = `{"settings":${JSON.stringify(settings)},"data":${JSON.stringify(data)},"cases":[`;
    return `${head}\n${cases.map((one) => JSON.stringify(one)).join(',\n')}]}`;
  });
  return `[${lines.join(',\n')}]\n`;
}

if (require.main === module) {
  for (const [name, cases] of Object.entries(FILES)) {
    const all = [...new Map(cases().map((one) => [JSON.stringify(one), one])).values()];
    const text = print(grouped(all, renderWithGo(all)));
    writeFileSync(join(OUTPUT, `${name}.json`), text);
    console.log(`${name}: ${all.length} cases, ${text.length} bytes`);
  }
}
