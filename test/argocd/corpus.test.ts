import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { kinds } from '../../src/argocd/kinds';
import { checkManifest } from '../../src/core/check-manifest';
import type { Issue } from '../../src/kernel/issue';
import { isManifest, type Manifest } from '../../src/kernel/manifest';

const CORPUS = join(__dirname, '../../../shared/corpus');
const present = existsSync(CORPUS);
if (!present) console.warn(`no corpus at ${CORPUS}: its tests are skipped`);

function check(manifest: Manifest): Issue[] {
  const kind = kinds.find((entry) => entry.kind === manifest.kind && manifest.apiVersion.startsWith('argoproj.io/'));
  return kind === undefined ? [] : checkManifest(manifest, kind.rules);
}

function errors(manifest: Manifest): string[] {
  return check(manifest)
    .filter((issue) => issue.severity === 'error')
    .map(({ code, at, message }) => `${code} ${at.path} ${message}`);
}

function files(directory: string): string[] {
  return present
    ? readdirSync(join(CORPUS, directory), { recursive: true })
        .map(String)
        .filter((file) => /\.ya?ml$/.test(file))
    : [];
}

/** What each invalid manifest that the schema accepts is reported as. */
const EXPECTED: Readonly<Record<string, string>> = {
  '079-mut-app-destination-server-and-name.yaml': 'argocd-app-destination-cluster',
  '082-mut-app-kustomize-and-directory.yaml': 'argocd-app-source-types',
  '100-mut-app-ref-source-special-character.yaml': 'argocd-app-source-ref-name',
  '106-mut-appset-merge-duplicate-params.yaml': 'argocd-appset-merge-duplicate',
  '109-mut-appset-empty-generator-item.yaml': 'argocd-appset-generator-empty',
  '112-mut-appset-git-no-files-no-directories.yaml': 'argocd-appset-git-paths',
  '118-mut-appset-go-template-syntax-error.yaml': 'argocd-appset-go-template',
  '124-mut-appproject-duplicate-role.yaml': 'argocd-project-duplicate',
  '127-mut-appproject-policy-wrong-subject.yaml': 'argocd-project-role-policy',
  '130-mut-appproject-policy-bad-resource.yaml': 'argocd-project-role-policy',
  '133-mut-appproject-source-repo-deny-all.yaml': 'argocd-project-deny-all',
  '136-mut-appproject-sync-window-bad-cron.yaml': 'argocd-project-sync-window',
  '139-mut-appproject-sync-window-no-target.yaml': 'argocd-project-sync-window',
};

/** Render cases whose error one manifest shows; the others need the controller's rendering. */
const RENDER_ERRORS: Readonly<Record<string, string>> = {
  '013-list-non-string-value-fasttemplate-error': 'argocd-appset-list-value-not-text',
  '077-matrix-one-generator-error': 'argocd-appset-matrix-generators',
  '079-matrix-two-kinds-in-one-item-error': 'argocd-appset-generator-several',
  '093-merge-one-generator-error': 'argocd-appset-merge-generators',
  '095-merge-non-unique-error': 'argocd-appset-merge-duplicate',
  '099-gotemplate-missingkey-error': 'argocd-appset-parameter-unknown',
  '101-gotemplate-field-of-string-error': 'argocd-appset-parameter-unknown',
  '103-fasttemplate-unclosed-brace-error': 'argocd-appset-tag-unclosed',
  // Rendered, with the patch's project discarded: ignored without a word, so refused here.
  '109-template-patch-project-not-overwritten': 'argocd-appset-template-patch-project',
};

(present ? describe : describe.skip)('the corpus', () => {
  const valid = ['application', 'applicationset', 'appproject'].flatMap((kind) =>
    files(`valid/argocd/${kind}`).map((file) => `valid/argocd/${kind}/${file}`),
  );

  test.each(valid)('%s has no error', (file) => {
    expect(errors(parse(readFileSync(join(CORPUS, file), 'utf8')) as Manifest)).toEqual([]);
  });

  test.each(Object.entries(EXPECTED))('%s is reported as %s', (file, code) => {
    const manifest = parse(readFileSync(join(CORPUS, 'invalid', file), 'utf8')) as Manifest;
    expect(check(manifest).map((issue) => issue.code)).toContain(code);
  });

  test('every invalid manifest of these kinds is reported', () => {
    const tally: Record<string, [reported: number, all: number]> = {};
    const missed: string[] = [];
    for (const file of files('invalid')) {
      const text = readFileSync(join(CORPUS, 'invalid', file), 'utf8');
      const layer = /^# layer: (.*)$/m.exec(text)?.[1] ?? '';
      if (layer === 'yaml') continue;
      const manifests = parseAllDocuments(text)
        .map((document) => document.toJS() as unknown)
        .filter((value): value is Manifest => isManifest(value) && kinds.some(({ kind }) => kind === value.kind))
        .filter(({ apiVersion }) => apiVersion.startsWith('argoproj.io/'));
      if (manifests.length === 0) continue;
      const count = tally[layer] ?? [0, 0];
      tally[layer] = count;
      count[1]++;
      if (manifests.some((manifest) => check(manifest).length > 0)) count[0]++;
      else missed.push(file);
    }
    console.info('argocd: invalid manifests reported, of all', tally);
    expect(missed).toEqual([]);
  });

  test.each(files('appset-render').filter((file) => file.endsWith('/appset.yaml')))('%s', (file) => {
    const name = file.slice(0, file.indexOf('/'));
    const codes = parseAllDocuments(readFileSync(join(CORPUS, 'appset-render', file), 'utf8')).flatMap((document) =>
      errors(document.toJS() as Manifest),
    );
    const code = RENDER_ERRORS[name];
    if (code === undefined) expect(codes).toEqual([]);
    else expect(codes.join('\n')).toContain(code);
  });
});
