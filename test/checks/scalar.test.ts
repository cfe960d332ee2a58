import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { NOT_JSON, plainScalar } from '../../src/checks/scalar';
import { scalars } from './scalars';

test.each(scalars)('a plain %s is to us what it is to kubectl', (text, value) => {
  expect(plainScalar(text)).toBe(value);
});

test.each(['.nan', '.NaN', '.inf', '-.Inf', '+.INF'])('%s is no JSON', (text) => {
  expect(plainScalar(text)).toBe(NOT_JSON);
});

test('a scalar is a finite number, never a minus zero, or what it says', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdefxob_.eE+-') });
  fc.assert(
    fc.property(digits, (text) => {
      const value = plainScalar(text);
      if (typeof value === 'number') expect(Number.isFinite(value) && !Object.is(value, -0)).toBe(true);
      else if (typeof value === 'string') expect(value).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test('text of any length is read in no time', () => {
  for (const text of ['9'.repeat(1e6), `0x${'f'.repeat(1e6)}`, `1${'_'.repeat(1e6)}`, `.${'_1'.repeat(5e5)}`]) {
    const start = performance.now();
    plainScalar(text);
    expect(performance.now() - start).toBeLessThan(500);
  }
});

function hasKubectl(): boolean {
  try {
    execFileSync('kubectl', ['version', '--client'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

(hasKubectl() ? test : test.skip)('the kubectl at hand reads the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scalars-'));
  const list = scalars.map(([text]) => `- ${text}`).join('\n');
  writeFileSync(join(folder, 'x.yaml'), `apiVersion: x.io/v1\nkind: Foo\nmetadata: {name: a}\nv:\n${list}\n`);
  const output = execFileSync('kubectl', ['annotate', '--local', '-f', join(folder, 'x.yaml'), 'a=b', '-o', 'json']);
  rmSync(folder, { recursive: true });
  expect(JSON.parse(String(output)).v).toEqual(scalars.map(([, value]) => value));
});
