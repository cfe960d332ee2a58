/** What helm-controller refuses, ignores or misreads about a HelmRelease that its schema admits. */
import { describe, isPlainObject } from '../kernel/json';
import { defineRule } from '../kernel/rule';
import type { HelmRelease } from '../schema/generated/flux';
import { isSemverRange } from './semver';
import {
  checkDependsOnSelf,
  checkHealthExprDuplicates,
  checkKubeConfig,
  checkNameFitsLabel,
  checkPatches,
} from './shared-rules';

const CONTROLLER = 'helm-controller, internal/controller/helmrelease_controller.go';

const named = (metadata: string, spec: string) => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: ${metadata}
spec:
  interval: 30m
${spec.replace(/^/gm, '  ')}
`;
const bare = (spec: string) => named('{ name: cache, namespace: shop }', spec);
const manifest = (spec: string) => bare(`chartRef: { kind: OCIRepository, name: cache }\n${spec}`);

const chart = defineRule<HelmRelease>({
  code: 'flux-helm-release-chart',
  severity: 'error',
  summary: 'A HelmRelease has a chart or a chartRef.',
  why: 'The API server refuses none and both: either chart or chartRef must be set (CEL rule of the HelmRelease CRD).',
  fix: 'set chartRef for an OCIRepository, chart for a HelmRepository, GitRepository or Bucket',
  wrong: bare('values: { replicas: 2 }'),
  right: bare('chartRef: { kind: OCIRepository, name: cache }\nvalues: { replicas: 2 }'),
  check({ spec }, report) {
    if ((spec?.chart === undefined) !== (spec?.chartRef === undefined)) return;
    report(['spec'], `either chart or chartRef must be set; ${spec?.chart === undefined ? 'neither is' : 'both are'}`);
  },
});

const values = defineRule<HelmRelease>({
  code: 'flux-helm-release-values',
  severity: 'error',
  summary: 'values is a mapping.',
  why: 'The schema admits anything here; helm-controller then fails to read other than a mapping into the values.',
  fix: 'write the values as a mapping, not as text or a list',
  wrong: manifest("values: 'replicas: 2'"),
  right: manifest('values: { replicas: 2 }'),
  check({ spec }, report) {
    const got = spec?.values as unknown;
    if (got === undefined || got === null || isPlainObject(got)) return;
    report(['spec', 'values'], `is ${describe(got)}, not a mapping`);
  },
});

const ownNamespace = defineRule<HelmRelease>({
  code: 'flux-helm-release-own-namespace',
  severity: 'warning',
  summary: 'A HelmRelease in flux-system without targetNamespace installs into flux-system.',
  why: "The release goes into targetNamespace, else into the HelmRelease's own namespace (helm-controller, api/v2/helmrelease_types.go, GetReleaseNamespace). S-15.",
  fix: 'set targetNamespace and install.createNamespace: true, or put the HelmRelease into the namespace of the release',
  wrong: named(
    '{ name: cert-manager, namespace: flux-system }',
    'chartRef: { kind: OCIRepository, name: cert-manager }',
  ),
  right: named(
    '{ name: cert-manager, namespace: flux-system }',
    'chartRef: { kind: OCIRepository, name: cert-manager }\ntargetNamespace: cert-manager\ninstall: { createNamespace: true }',
  ),
  check({ metadata, spec }, report) {
    if (metadata?.namespace !== 'flux-system' || spec === undefined || spec.targetNamespace === 'flux-system') return;
    if (!spec.targetNamespace) report(['spec', 'targetNamespace'], 'is missing: the release would go into flux-system');
  },
});

const releaseName = defineRule<HelmRelease>({
  code: 'flux-helm-release-name',
  severity: 'error',
  summary: "A release's name is lower-case letters, digits, dashes and dots.",
  why: 'Helm refuses others at install (helm.sh/helm, pkg/chart/common/util, ValidateReleaseName).',
  fix: 'write a DNS name: redis-cache',
  wrong: manifest('releaseName: Redis_Cache'),
  right: manifest('releaseName: redis-cache'),
  check({ spec }, report) {
    const name = spec?.releaseName;
    if (!name || name.length > 53) return;
    if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)) return;
    report(['spec', 'releaseName'], `${JSON.stringify(name)} is not a name that Helm accepts`);
  },
});

const nameShortened = defineRule<HelmRelease>({
  code: 'flux-helm-release-name-shortened',
  severity: 'warning',
  summary: 'A long name is cut, and the release gets a hash at its end.',
  why: "Without releaseName the name is [targetNamespace-]name; above 53 characters the controller keeps 40 and adds a hash, so the names of the chart's objects cannot be foretold (helm-controller, internal/release/name.go).",
  fix: 'set a releaseName of 53 characters at most',
  wrong: named(
    '{ name: shop-recommendations-redis-cache-for-sessions, namespace: shop }',
    'chartRef: { kind: OCIRepository, name: cache }\ntargetNamespace: recommendations',
  ),
  right: named(
    '{ name: shop-recommendations-redis-cache-for-sessions, namespace: shop }',
    'chartRef: { kind: OCIRepository, name: cache }\ntargetNamespace: recommendations\nreleaseName: redis-sessions',
  ),
  check({ metadata, spec }, report) {
    if (spec === undefined || spec.releaseName || metadata?.name === undefined) return;
    const name = [spec.targetNamespace, metadata.name].filter(Boolean).join('-');
    if (name.length <= 53) return;
    report(['spec', 'releaseName'], `is missing: ${name} has ${name.length} characters and would be cut to 53`);
  },
});

const nameLength = defineRule<HelmRelease>({
  code: 'flux-helm-release-name-length',
  severity: 'error',
  summary: "A HelmRelease's name has 63 characters at most.",
  why: 'The controller labels every object of the release with helm.toolkit.fluxcd.io/name, and the API server refuses a longer label value (helm-controller, internal/postrender/origin_labels.go).',
  fix: 'shorten metadata.name; releaseName says the name in Helm',
  wrong: named(
    `{ name: ${'cache-'.repeat(11)}prod, namespace: shop }`,
    'chartRef: { kind: OCIRepository, name: cache }\nreleaseName: cache',
  ),
  right: named(
    '{ name: cache-prod, namespace: shop }',
    'chartRef: { kind: OCIRepository, name: cache }\nreleaseName: cache',
  ),
  check: checkNameFitsLabel,
});

const dependsOnSelf = defineRule<HelmRelease>({
  code: 'flux-helm-release-depends-on-self',
  severity: 'error',
  summary: 'A HelmRelease that depends on itself never becomes ready.',
  why: `The controller looks for no cycles: it waits until the dependency is ready (${CONTROLLER}, checkDependencies).`,
  fix: 'remove the entry, or name the HelmRelease that is meant',
  wrong: manifest('dependsOn: [{ name: cache }]'),
  right: manifest('dependsOn: [{ name: database }]'),
  check: checkDependsOnSelf,
});

const kubeConfig = defineRule<HelmRelease>({
  code: 'flux-helm-release-kube-config',
  severity: 'error',
  summary: 'kubeConfig names a ConfigMap or a Secret.',
  why: 'The API server refuses none and both (CEL rules of the HelmRelease CRD, spec.kubeConfig).',
  fix: 'set one of kubeConfig.secretRef and kubeConfig.configMapRef, or leave kubeConfig out',
  wrong: manifest('kubeConfig: {}'),
  right: manifest('kubeConfig: { secretRef: { name: prod-kubeconfig } }'),
  check: checkKubeConfig,
});

const retryInterval = defineRule<HelmRelease>({
  code: 'flux-helm-release-retry-interval',
  severity: 'error',
  summary: 'strategy.retryInterval belongs to RetryOnFailure.',
  why: 'The API server refuses it beside another strategy (CEL rules of the HelmRelease CRD, install.strategy and upgrade.strategy).',
  fix: 'set strategy.name: RetryOnFailure, or remove retryInterval',
  wrong: manifest('upgrade: { strategy: { name: RemediateOnFailure, retryInterval: 2m } }'),
  right: manifest('upgrade: { strategy: { name: RetryOnFailure, retryInterval: 2m } }'),
  check({ spec }, report) {
    for (const action of ['install', 'upgrade'] as const) {
      const strategy = spec?.[action]?.strategy;
      if (strategy?.retryInterval === undefined || strategy.name !== 'RemediateOnFailure') continue;
      report(['spec', action, 'strategy', 'retryInterval'], `cannot be set when .name is '${strategy.name}'`);
    }
  },
});

const skipCrds = defineRule<HelmRelease>({
  code: 'flux-helm-release-skip-crds',
  severity: 'warning',
  summary: 'install.skipCRDs is deprecated.',
  why: 'HelmRelease CRD, spec.install.skipCRDs: the policy install.crds replaces it.',
  fix: 'write install.crds: Skip',
  wrong: manifest('install: { skipCRDs: true }'),
  right: manifest('install: { crds: Skip }'),
  check({ spec }, report) {
    if (spec?.install?.skipCRDs !== undefined) report(['spec', 'install', 'skipCRDs'], 'is deprecated');
  },
});

const recreate = defineRule<HelmRelease>({
  code: 'flux-helm-release-rollback-recreate',
  severity: 'warning',
  summary: 'rollback.recreate does nothing.',
  why: 'Since Helm 4 the field is not functional, and will be removed (HelmRelease CRD, spec.rollback.recreate).',
  fix: 'remove the field',
  wrong: manifest('rollback: { recreate: true }'),
  right: manifest('rollback: { cleanupOnFail: true }'),
  check({ spec }, report) {
    if (spec?.rollback?.recreate === true) report(['spec', 'rollback', 'recreate'], 'has no effect');
  },
});

const driftIgnore = defineRule<HelmRelease>({
  code: 'flux-helm-release-drift-ignore',
  severity: 'warning',
  summary: 'Exceptions from a drift detection that is off.',
  why: 'driftDetection.mode is disabled unless set, and then ignore is not read (helm-controller, api/v2/helmrelease_types.go, GetMode).',
  fix: 'set driftDetection.mode to enabled or warn, or remove ignore',
  wrong: manifest('driftDetection: { ignore: [{ paths: [/spec/replicas], target: { kind: Deployment } }] }'),
  right: manifest(
    'driftDetection: { mode: enabled, ignore: [{ paths: [/spec/replicas], target: { kind: Deployment } }] }',
  ),
  check({ spec }, report) {
    const drift = spec?.driftDetection;
    if ((drift?.ignore?.length ?? 0) === 0 || (drift?.mode ?? 'disabled') !== 'disabled') return;
    report(['spec', 'driftDetection', 'mode'], `is ${drift?.mode ?? 'not set'}, so ignore is not read`);
  },
});

const versionIgnored = defineRule<HelmRelease>({
  code: 'flux-helm-release-version-ignored',
  severity: 'warning',
  summary: 'The version of a chart in Git or a Bucket is the one in its Chart.yaml.',
  why: 'chart.spec.version is ignored for GitRepository and Bucket (HelmRelease CRD).',
  fix: "remove version; the source's ref says which one",
  wrong: bare(
    "chart: { spec: { chart: ./charts/cache, version: '1.x', sourceRef: { kind: GitRepository, name: charts } } }",
  ),
  right: bare('chart: { spec: { chart: ./charts/cache, sourceRef: { kind: GitRepository, name: charts } } }'),
  check({ spec }, report) {
    const chartSpec = spec?.chart?.spec;
    const kind = chartSpec?.sourceRef?.kind;
    if (!chartSpec?.version || chartSpec.version === '*' || (kind !== 'GitRepository' && kind !== 'Bucket')) return;
    report(['spec', 'chart', 'spec', 'version'], `${JSON.stringify(chartSpec.version)} is ignored for a ${kind}`);
  },
});

const versionRange = defineRule<HelmRelease>({
  code: 'flux-helm-release-version',
  severity: 'error',
  summary: 'chart.spec.version is a version or range.',
  why: 'source-controller cannot look up others in a HelmRepository (internal/helm/repository); the grammar is that of github.com/Masterminds/semver.',
  fix: "write '1.14.5', '1.x' or '>=1.2.0 <2.0.0'; leave version out for the newest",
  wrong: bare('chart: { spec: { chart: cache, version: latest, sourceRef: { kind: HelmRepository, name: charts } } }'),
  right: bare("chart: { spec: { chart: cache, version: '1.x', sourceRef: { kind: HelmRepository, name: charts } } }"),
  check({ spec }, report) {
    const chartSpec = spec?.chart?.spec;
    if (!chartSpec?.version || chartSpec.sourceRef?.kind !== 'HelmRepository') return;
    if (isSemverRange(chartSpec.version)) return;
    report(['spec', 'chart', 'spec', 'version'], `${JSON.stringify(chartSpec.version)} is not a version range`);
  },
});

const verifySource = defineRule<HelmRelease>({
  code: 'flux-helm-release-verify-source',
  severity: 'error',
  summary: 'Only charts of a HelmRepository can be verified here.',
  why: "The HelmChart that the controller makes is refused: spec.verify is only supported when spec.sourceRef.kind is 'HelmRepository' (CEL rule of the HelmChart CRD).",
  fix: 'remove chart.spec.verify; a GitRepository verifies commits in its own verify',
  wrong: bare(
    'chart: { spec: { chart: ./cache, sourceRef: { kind: GitRepository, name: charts }, verify: { provider: cosign } } }',
  ),
  right: bare(
    'chart: { spec: { chart: cache, sourceRef: { kind: HelmRepository, name: charts }, verify: { provider: cosign } } }',
  ),
  check({ spec }, report) {
    const chartSpec = spec?.chart?.spec;
    const kind = chartSpec?.sourceRef?.kind;
    if (chartSpec?.verify === undefined || kind === undefined || kind === 'HelmRepository') return;
    report(
      ['spec', 'chart', 'spec', 'verify'],
      `is only supported when sourceRef.kind is 'HelmRepository'; it is ${kind}`,
    );
  },
});

const chartPath = defineRule<HelmRelease>({
  code: 'flux-helm-release-chart-name',
  severity: 'error',
  summary: 'A chart of a HelmRepository has a name, not a path or URL.',
  why: 'The name is looked up in the index of the repository (source-controller, internal/helm/repository); paths are for GitRepository and Bucket.',
  fix: 'write the name of the chart alone, or point sourceRef at a GitRepository',
  wrong: bare('chart: { spec: { chart: ./charts/cache, sourceRef: { kind: HelmRepository, name: charts } } }'),
  right: bare('chart: { spec: { chart: cache, sourceRef: { kind: HelmRepository, name: charts } } }'),
  check({ spec }, report) {
    const chartSpec = spec?.chart?.spec;
    if (chartSpec?.chart === undefined || chartSpec.sourceRef?.kind !== 'HelmRepository') return;
    if (!/^(\.{0,2}\/|[a-z]+:\/\/)/.test(chartSpec.chart)) return;
    report(['spec', 'chart', 'spec', 'chart'], `${JSON.stringify(chartSpec.chart)} is not a chart's name`);
  },
});

const patch = defineRule<HelmRelease>({
  code: 'flux-helm-release-patch',
  severity: 'error',
  summary: 'A patch is an object with kind and name, or a list of JSON 6902 operations with a target.',
  why: 'kustomize refuses others when the post-renderer runs (sigs.k8s.io/kustomize, api/internal/builtins/PatchTransformer.go).',
  fix: 'write an object with kind and metadata.name, or [{ op, path, value }] and a target',
  wrong: manifest('postRenderers: [{ kustomize: { patches: [{ patch: "spec: { replicas: 2 }" }] } }]'),
  right: manifest(
    'postRenderers: [{ kustomize: { patches: [{ patch: "{ kind: Deployment, metadata: { name: cache }, spec: { replicas: 2 } }" }] } }]',
  ),
  check({ spec }, report) {
    for (const [index, renderer] of (spec?.postRenderers ?? []).entries()) {
      checkPatches(renderer.kustomize?.patches, ['spec', 'postRenderers', index, 'kustomize', 'patches'], report);
    }
  },
});

const healthExprDuplicate = defineRule<HelmRelease>({
  code: 'flux-helm-release-health-expr-duplicate',
  severity: 'error',
  summary: 'A kind has one health check expression.',
  why: 'The controller refuses a second entry for a group and kind, whatever its version (fluxcd/pkg runtime/cel/status_poller.go).',
  fix: 'merge the entries into one',
  wrong: manifest(
    "healthCheckExprs:\n  - { apiVersion: acme.io/v1, kind: Queue, current: status.phase == 'Ready' }\n  - { apiVersion: acme.io/v2, kind: Queue, current: status.phase == 'Up' }",
  ),
  right: manifest("healthCheckExprs: [{ apiVersion: acme.io/v2, kind: Queue, current: status.phase == 'Ready' }]"),
  check: checkHealthExprDuplicates,
});

const featureGate = defineRule<HelmRelease>({
  code: 'flux-helm-release-feature-gate',
  severity: 'warning',
  summary: 'A chart from an ExternalArtifact needs a feature gate of the controller.',
  why: `ExternalArtifact is denied without the gate ExternalArtifact (${CONTROLLER}; off by default).`,
  fix: "switch the gate on in the controller's --feature-gates and waive this, or use an OCIRepository",
  wrong: bare('chartRef: { kind: ExternalArtifact, name: cache }'),
  right: bare('chartRef: { kind: OCIRepository, name: cache }'),
  check({ spec }, report) {
    if (spec?.chartRef?.kind !== 'ExternalArtifact') return;
    report(['spec', 'chartRef', 'kind'], 'ExternalArtifact needs the feature gate ExternalArtifact');
  },
});

export const helmReleaseRules = [
  chart,
  values,
  ownNamespace,
  releaseName,
  nameShortened,
  nameLength,
  dependsOnSelf,
  kubeConfig,
  retryInterval,
  skipCrds,
  recreate,
  driftIgnore,
  versionIgnored,
  versionRange,
  verifySource,
  chartPath,
  patch,
  healthExprDuplicate,
  featureGate,
];
