/** Our engine against what Go really gave. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILES } from '../../scripts/vectors/files';
import { renderWithGo } from '../../scripts/vectors/render-with-go';
import { comparable, isOffline, render, ungrouped } from './support';

const FOLDER = join(__dirname, 'vectors');

/** Cases that we refuse to foretell, at most. */
const REFUSED: Readonly<Record<string, number>> = { language: 6, functions: 71, random: 34, special: 53 };

test('every file of vectors is made by the scripts', () => {
  const files = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ''));
  expect(files.sort()).toEqual(Object.keys(FILES).sort());
});

test.each(Object.keys(FILES))('%s: the same text as Go, or the same error', (name) => {
  const vectors = ungrouped(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));
  const results = vectors.map((vector) => ({ vector, ours: render(vector) }));
  const offline = results.filter(({ ours }) => isOffline(ours.error));
  const different = results
    .filter(({ ours }) => !isOffline(ours.error))
    .filter(({ vector, ours }) => ours.text !== vector.text || comparable(ours.error) !== comparable(vector.error))
    .map(({ vector, ours }) => ({
      template: vector.t,
      go: vector.error ?? vector.text,
      ours: ours.error ?? ours.text,
    }));
  expect(different).toEqual([]);
  expect(offline.length).toBe(REFUSED[name]);
});

test('the vectors still are what Go gives', () => {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
  } catch {
    console.warn('skipped: no Go on PATH to make the vectors anew');
    return;
  }
  for (const name of Object.keys(FILES)) {
    const vectors = ungrouped(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))).filter(
      (_, at) => at % 97 === 0,
    );
    const cases = vectors.map(({ text: _text, error: _error, ...rest }) => rest);
    const again = renderWithGo(cases);
    expect(again.map(({ text, error }) => error ?? text)).toEqual(vectors.map(({ text, error }) => error ?? text));
  }
}, 120_000);
