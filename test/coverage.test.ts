/**
 * Every field of every kind is reachable: what the API itself takes, handed to a construct's props, comes out as it went
 * in. Values are made from schemas/, so that a field a later CRD brings is asked for here.
 */

import type { Construct } from 'constructs';
import fc from 'fast-check';
import { EnvironmentStack, GitOpsApp, GitOpsError, type Resource, waive } from '../src';
import { Application, ApplicationSet, AppProject } from '../src/argocd';
import { ClusterSecretStore, ExternalSecret, SecretStore } from '../src/external-secrets';
import { GitRepository, HelmRelease, HelmRepository, Kustomization, OCIRepository } from '../src/flux';
import { ImageUpdater } from '../src/image-updater';
import { AnalysisTemplate, ClusterAnalysisTemplate, Rollout } from '../src/rollouts';
import { type SchemaNode, trySchema } from '../src/schema';
import { SealedSecret } from '../src/sealed-secrets';
import { valueFor } from './schema/arbitrary';

// biome-ignore lint/suspicious/noExplicitAny: the point is to hand over upstream's own shape, whatever the props' types
type Class = new (scope: Construct, id: string, props: any) => Resource;

/** Class to apiVersion, and the least spec that it accepts. */
const CLASSES: readonly (readonly [Class, string, object])[] = [
  [
    Application,
    'argoproj.io/v1alpha1',
    { project: 'p', destination: { name: 'c', namespace: 'n' }, source: { repoURL: 'https://e.com/r', path: 'a' } },
  ],
  [
    ApplicationSet,
    'argoproj.io/v1alpha1',
    {
      generators: [],
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      template: {
        metadata: { name: 'a' },
        spec: { project: 'p', destination: { name: 'c' }, source: { repoURL: 'https://e.com/r', path: 'a' } },
      },
    },
  ],
  [AppProject, 'argoproj.io/v1alpha1', {}],
  [GitRepository, 'source.toolkit.fluxcd.io/v1', { url: 'https://e.com/r', interval: '1m', ref: { branch: 'main' } }],
  [OCIRepository, 'source.toolkit.fluxcd.io/v1', { url: 'oci://e.com/r', interval: '1m', ref: { tag: 'v1' } }],
  [HelmRepository, 'source.toolkit.fluxcd.io/v1', { url: 'https://e.com/r', interval: '1m' }],
  [
    Kustomization,
    'kustomize.toolkit.fluxcd.io/v1',
    { interval: '1m', prune: true, path: './a', sourceRef: { kind: 'GitRepository', name: 'r' } },
  ],
  [HelmRelease, 'helm.toolkit.fluxcd.io/v2', { interval: '1m', chartRef: { kind: 'OCIRepository', name: 'r' } }],
  [
    Rollout,
    'argoproj.io/v1alpha1',
    {
      replicas: 1,
      strategy: { canary: {} },
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'a:1' }] } },
    },
  ],
  [AnalysisTemplate, 'argoproj.io/v1alpha1', { metrics: [] }],
  [ClusterAnalysisTemplate, 'argoproj.io/v1alpha1', { metrics: [] }],
  [
    ExternalSecret,
    'external-secrets.io/v1',
    { secretStoreRef: { kind: 'SecretStore', name: 's' }, data: [{ secretKey: 'a', remoteRef: { key: 'b' } }] },
  ],
  [SecretStore, 'external-secrets.io/v1', { provider: { fake: { data: [] } } }],
  [ClusterSecretStore, 'external-secrets.io/v1', { provider: { fake: { data: [] } } }],
  [
    ImageUpdater,
    'argocd-image-updater.argoproj.io/v1alpha1',
    { applicationRefs: [{ namePattern: 'a', images: [{ alias: 'a', imageName: 'a:1' }] }] },
  ],
  [SealedSecret, 'bitnami.com/v1alpha1', { encryptedData: {} }],
];

const fields = CLASSES.flatMap(([type, apiVersion, least]) =>
  specOf(apiVersion, type.name).map(([field, node]) => [type.name, field, type, least, node] as const),
);

function specOf(apiVersion: string, kind: string): [string, SchemaNode][] {
  return [...trySchema(apiVersion, kind)!.properties!.get('spec')!.properties!];
}

test.each(fields)('%s: spec.%s comes out as it went in', (_, field, type, least, node) => {
  let compared = 0;
  fc.assert(
    fc.property(valueFor(node), (value) => {
      const spec = { ...least, [field]: value };
      const built = tryBuild(type, spec);
      if (built === undefined) return;
      compared++;
      expect(JSON.parse(JSON.stringify(built))).toEqual(JSON.parse(JSON.stringify(spec)));
    }),
    { numRuns: 25, seed: 7 },
  );
  expect(compared).toBeGreaterThan(0);
});

/** The spec as emitted, with every rule waived; undefined where the schema itself refuses the random value. */
function tryBuild(type: Class, spec: object): unknown {
  const waived: string[] = [];
  for (;;) {
    const stack = new EnvironmentStack(new GitOpsApp().environment('dev'), 'web', { namespace: 'n' });
    for (const code of waived) waive(stack, code, 'a random value');
    try {
      return new type(stack, 'x', spec).toJson()['spec'];
    } catch (error) {
      if (!(error instanceof GitOpsError)) throw error;
      const codes = error.issues.map(({ code }) => code);
      expect(codes.filter((code) => code === 'schema-field-unknown' || code === 'schema-type')).toEqual([]);
      if (codes.some((code) => code.startsWith('schema-') || waived.includes(code))) return undefined;
      waived.push(...codes);
    }
  }
}
