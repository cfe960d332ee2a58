/** A rule's two samples are its test and its page. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { idsPage, unanswered } from '../../scripts/docs/ids';
import { documentedRules, rulePages } from '../../scripts/docs/pages';
import { findKind } from '../../src/checks/registry';
import { checkTexts } from '../../src/checks/run';
import { checkManifest } from '../../src/core/check-manifest';
import { groupOf, type Manifest } from '../../src/kernel/manifest';

const DIRECTORY = join(__dirname, '../../docs/rules');
const rules = documentedRules();

function codesIn(sample: string, together = false): string[] {
  if (together) return checkTexts({ 'sample.yaml': sample }).issues.map(({ code }) => code);
  const manifest: Manifest = parse(sample);
  const kind = findKind(groupOf(manifest.apiVersion), manifest.kind);
  return [...new Set(checkManifest(manifest, kind?.rules ?? []).map(({ code }) => code))];
}

test.each(rules.map(({ rule, together }) => [rule.code, rule, together] as const))(
  '%s reports its wrong sample, alone, and no rule its right one',
  (code, rule, together) => {
    expect(codesIn(rule.wrong, together)).toEqual([code]);
    expect(codesIn(rule.right, together)).toEqual([]);
  },
);

test.each(rules.map(({ rule }) => [rule.code, rule] as const))(
  '%s says what, why and what to write, in sentences',
  (code, rule) => {
    expect(code).toMatch(/^[a-z]+(-[a-z0-9]+)+$/);
    for (const text of [rule.summary, rule.why]) expect(text).toMatch(/^\S.*[.)]$/s);
    expect(rule.fix.length).toBeGreaterThan(5);
  },
);

test('the pages in docs/rules are those that `npm run docs` writes', () => {
  const pages = rulePages();
  expect(existsSync(DIRECTORY) ? readdirSync(DIRECTORY).sort() : []).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect(readFileSync(join(DIRECTORY, name), 'utf8')).toBe(text);
});

test('every finding of the reference is reported by a rule, or the page says what answers it', () => {
  expect(unanswered()).toEqual([]);
  expect(readFileSync(join(DIRECTORY, '../rules.md'), 'utf8')).toBe(idsPage());
});
