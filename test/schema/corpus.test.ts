import { formatPath } from '../../src/kernel/issue';
import { groupOf } from '../../src/kernel/manifest';
import { type Finding, tryKindFacts, validate } from '../../src/schema';
import { type SharedFile, sharedFiles, testWith } from './shared';

/**
 * Files of the corpus that the CRDs refuse although they lie under valid/: each was looked at, and `ajv` over the
 * original CRD refuses it too, or its namespace is a placeholder.
 */
const refusedRightly: Readonly<Record<string, string>> = {
  'eso/secretstore/001-external-secrets-aws-secrets-manager.yaml': '.metadata.namespace',
  'flux/provider/042-notification-controller-zoom.yaml': '.spec.type',
  'istio/destinationrule/007-argo-rollouts-istio-destrule.yaml': '.spec.host',
  'istio/virtualservice/013-argo-rollouts-istio-vsvc.yaml': '.spec.tcp[0]',
  'istio/virtualservice/019-argo-rollouts-vsvc.yaml': '.spec.tls[0].match[0].sniHosts',
  'istio/virtualservice/025-argo-rollouts-vsvc.yaml': '.spec.tls[0].match[0].sniHosts',
  'istio/virtualservice/031-argo-rollouts-vsvc.yaml': '.spec.http',
  'istio/virtualservice/040-argocd-example-apps-google-api-vs.yaml': '.spec.tls[0].match[0].sniHosts',
  'rollouts/analysistemplate/019-argo-rollouts-success-rate.yaml':
    '.spec.metrics[0].provider.prometheus.authentication.basicAuth',
};

const errorsOf = (file: SharedFile): Finding[] => {
  return file.manifests.flatMap((manifest) => validate(manifest)).filter(({ severity }) => severity === 'error');
};
const pathsOf = (file: SharedFile): string[] => errorsOf(file).map(({ path }) => formatPath(path));
const header = (file: SharedFile, name: string): string =>
  new RegExp(`^# ${name}: (.*)$`, 'm').exec(file.text)?.[1] ?? '';

/** What paths look like in both notations: the names and numbers, without dots, brackets and quotes. */
const plain = (text: string): string =>
  text
    .replace(/["[\]]/g, '.')
    .replace(/\.+/g, '.')
    .replace(/\.$/, '');

testWith('corpus/valid')('a real manifest that the CRDs admit has no error', () => {
  const refused = sharedFiles('corpus/valid').filter((file) => errorsOf(file).length > 0);
  for (const file of refused)
    expect([file.name, pathsOf(file)]).toEqual([file.name, expect.arrayContaining([refusedRightly[file.name]])]);
});

describe('a manifest that the schema refuses is refused at the field that is wrong', () => {
  const files = sharedFiles('corpus/invalid').filter((file) =>
    /^(schema|strict-unknown-field)$/.test(header(file, 'layer')),
  );
  testWith('corpus/invalid').each(files.map((file) => [file.name, file] as const))('%s', (_, file) => {
    const expected = plain(header(file, 'expect'));
    const named = errorsOf(file).filter(({ path }) => expected.includes(plain(formatPath(path))));
    expect(named).not.toEqual([]);
  });
  test('there are such files, or none at all', () => expect(files.length === 0 || files.length > 30).toBe(true));
});

testWith('corpus/invalid')('what only CEL rules and controllers refuse, the schema admits', () => {
  const layers = /^(cel|controller|controller-webhook|controller-never-ready|silently-ignored)$/;
  const files = sharedFiles('corpus/invalid').filter((file) => layers.test(header(file, 'layer')));
  const refused = files.filter((file) => errorsOf(file).length > 0).map(({ name }) => name);
  // Two empty objects, with neither a name nor a spec: the API server refuses both before a controller sees them.
  expect(refused.filter((name) => name !== '073-real-rollouts-lint-empty-rollout-vsvc.yaml')).toEqual([]);
});

testWith('corpus/legacy')('a version that is gone or deprecated is named together with the one to write', () => {
  for (const { name, manifests } of sharedFiles('corpus/legacy')) {
    for (const manifest of manifests) {
      const facts = tryKindFacts(groupOf(manifest.apiVersion), manifest.kind)!;
      const finding = validate(manifest).find(({ code }) => code.startsWith('schema-version-'));
      expect([name, finding?.fix]).toEqual([name, `write ${facts.group}/${facts.preferred}`]);
    }
  }
});
