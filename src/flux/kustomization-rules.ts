/** What kustomize-controller refuses, ignores or misreads about a Kustomization that its schema admits. */
import { isClusterScoped } from '../core/scope';
import { tryParseGoDuration } from '../kernel/duration';
import { groupOf } from '../kernel/manifest';
import { defineRule } from '../kernel/rule';
import { tryKindFacts } from '../schema';
import type { Kustomization } from '../schema/generated/flux';
import {
  checkDependsOnSelf,
  checkHealthExprDuplicates,
  checkKubeConfig,
  checkNameFitsLabel,
  checkPatches,
} from './shared-rules';

const CONTROLLER = 'kustomize-controller, internal/controller/kustomization_controller.go';

const named = (name: string, spec: string) => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 10m
  prune: true
  sourceRef: { kind: GitRepository, name: deploy }
${spec.replace(/^/gm, '  ')}
`;
const manifest = (spec: string) => named('checkout', spec);

const nameLength = defineRule<Kustomization>({
  code: 'flux-kustomization-name-length',
  severity: 'error',
  summary: "A Kustomization's name has 63 characters at most.",
  why: 'The controller labels every object it applies with kustomize.toolkit.fluxcd.io/name, and the API server refuses a longer label value (fluxcd/pkg ssa/manager.go, SetOwnerLabels).',
  fix: 'shorten the name',
  wrong: named('checkout-'.repeat(7).concat('prod'), 'path: ./dist/prod/checkout'),
  right: named('checkout-prod', 'path: ./dist/prod/checkout'),
  check: checkNameFitsLabel,
});

const dependsOnSelf = defineRule<Kustomization>({
  code: 'flux-kustomization-depends-on-self',
  severity: 'error',
  summary: 'A Kustomization that depends on itself never becomes ready.',
  why: `The controller looks for no cycles: it waits until the dependency is ready (${CONTROLLER}, checkDependencies).`,
  fix: 'remove the entry, or name the Kustomization that is meant',
  wrong: manifest('dependsOn: [{ name: checkout }]'),
  right: manifest('dependsOn: [{ name: database }]'),
  check: checkDependsOnSelf,
});

const kubeConfig = defineRule<Kustomization>({
  code: 'flux-kustomization-kube-config',
  severity: 'error',
  summary: 'kubeConfig names a ConfigMap or a Secret.',
  why: 'The API server refuses none and both (CEL rules of the Kustomization CRD, spec.kubeConfig).',
  fix: 'set one of kubeConfig.secretRef and kubeConfig.configMapRef, or leave kubeConfig out',
  wrong: manifest('kubeConfig: {}'),
  right: manifest('kubeConfig: { secretRef: { name: prod-kubeconfig } }'),
  check: checkKubeConfig,
});

const healthChecksIgnored = defineRule<Kustomization>({
  code: 'flux-kustomization-health-checks-ignored',
  severity: 'warning',
  summary: 'wait: true makes healthChecks ignored.',
  why: `With wait, every applied object is checked and the list is not read (${CONTROLLER}, checkHealth).`,
  fix: 'remove healthChecks, or remove wait to check the listed objects alone',
  wrong: manifest(
    'wait: true\nhealthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: checkout, namespace: shop }]',
  ),
  right: manifest('wait: true'),
  check({ spec }, report) {
    const count = spec?.healthChecks?.length ?? 0;
    if (spec?.wait !== true || count === 0) return;
    report(['spec', 'healthChecks'], `${count} listed, and none is read: wait is true`);
  },
});

/** The kinds that an apiVersion left out stands for. */
const APPS_KINDS: ReadonlySet<string | undefined> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

const healthCheckVersion = defineRule<Kustomization>({
  code: 'flux-kustomization-health-check-version',
  severity: 'error',
  summary: 'A health check without apiVersion is taken for one of apps/v1.',
  why: 'The controller fills in apps/v1, and finds no such kind there (kustomize-controller, internal/inventory/inventory.go).',
  fix: 'write the apiVersion of the kind, for example helm.toolkit.fluxcd.io/v2',
  wrong: manifest('healthChecks: [{ kind: HelmRelease, name: checkout, namespace: shop }]'),
  right: manifest(
    'healthChecks: [{ apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: checkout, namespace: shop }]',
  ),
  check({ spec }, report) {
    for (const [index, { apiVersion, kind }] of (spec?.healthChecks ?? []).entries()) {
      if (apiVersion || kind === undefined || APPS_KINDS.has(kind)) continue;
      report(['spec', 'healthChecks', index, 'apiVersion'], `is missing: Flux looks for a ${kind} in apps/v1`);
    }
  },
});

const healthCheckNamespace = defineRule<Kustomization>({
  code: 'flux-kustomization-health-check-namespace',
  severity: 'error',
  summary: 'A health check of a namespaced object names the namespace.',
  why: "Neither the Kustomization's namespace nor targetNamespace is filled in, so the object is not found (kustomize-controller, internal/inventory/inventory.go, ReferenceToObjMetadataSet).",
  fix: "set the health check's namespace",
  wrong: manifest('targetNamespace: shop\nhealthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: checkout }]'),
  right: manifest('healthChecks: [{ apiVersion: apps/v1, kind: Deployment, name: checkout, namespace: shop }]'),
  check({ spec }, report) {
    for (const [index, { apiVersion, kind, name, namespace }] of (spec?.healthChecks ?? []).entries()) {
      if (namespace || kind === undefined || !isNamespaced(apiVersion || 'apps/v1', kind)) continue;
      report(['spec', 'healthChecks', index, 'namespace'], `is missing for ${kind} ${name ?? ''}`.trimEnd());
    }
  },
});

const healthExprDuplicate = defineRule<Kustomization>({
  code: 'flux-kustomization-health-expr-duplicate',
  severity: 'error',
  summary: 'A kind has one health check expression.',
  why: 'The controller refuses a second entry for a group and kind, whatever its version (fluxcd/pkg runtime/cel/status_poller.go).',
  fix: 'merge the entries into one',
  wrong: manifest(
    "wait: true\nhealthCheckExprs:\n  - { apiVersion: acme.io/v1, kind: Queue, current: status.phase == 'Ready' }\n  - { apiVersion: acme.io/v2, kind: Queue, current: status.phase == 'Up' }",
  ),
  right: manifest(
    "wait: true\nhealthCheckExprs:\n  - { apiVersion: acme.io/v2, kind: Queue, current: status.phase == 'Ready' }",
  ),
  check: checkHealthExprDuplicates,
});

const healthExprIgnored = defineRule<Kustomization>({
  code: 'flux-kustomization-health-expr-ignored',
  severity: 'warning',
  summary: 'Health check expressions without a health check are not evaluated.',
  why: 'They are used when wait or healthChecks is set (Kustomization CRD, spec.healthCheckExprs).',
  fix: 'set wait: true or healthChecks, or remove healthCheckExprs',
  wrong: manifest("healthCheckExprs: [{ apiVersion: acme.io/v1, kind: Queue, current: status.phase == 'Ready' }]"),
  right: manifest(
    "wait: true\nhealthCheckExprs: [{ apiVersion: acme.io/v1, kind: Queue, current: status.phase == 'Ready' }]",
  ),
  check({ spec }, report) {
    const count = spec?.healthCheckExprs?.length ?? 0;
    if (count === 0 || spec?.wait === true || (spec?.healthChecks?.length ?? 0) > 0) return;
    report(['spec', 'healthCheckExprs'], 'is not evaluated: neither wait nor healthChecks is set');
  },
});

const force = defineRule<Kustomization>({
  code: 'flux-kustomization-force',
  severity: 'warning',
  summary: 'force: true deletes and recreates objects; it does not heal drift.',
  why: 'Drift is undone at every interval without it. With it, an object whose change is refused as immutable is deleted first, with its data and downtime (kustomize-controller, docs/spec/v1/kustomizations.md, Force). S-7.',
  fix: 'remove force; annotate the one object that may be recreated with kustomize.toolkit.fluxcd.io/force: Enabled',
  wrong: manifest('force: true'),
  right: manifest('path: ./dist/prod/checkout'),
  check({ spec }, report) {
    if (spec?.force === true) report(['spec', 'force'], 'recreates every object whose change is refused as immutable');
  },
});

const timeoutShort = defineRule<Kustomization>({
  code: 'flux-kustomization-timeout-short',
  severity: 'warning',
  summary: 'A timeout below 30s is raised to 30s.',
  why: 'kustomize-controller, api/v1/kustomization_types.go, GetTimeout.',
  fix: 'write 30s or more',
  wrong: manifest('timeout: 10s'),
  right: manifest('timeout: 30s'),
  check({ spec }, report) {
    const seconds = spec?.timeout === undefined ? undefined : tryParseGoDuration(spec.timeout);
    if (seconds === undefined || seconds >= 30) return;
    report(['spec', 'timeout'], `${spec!.timeout} is raised to 30s`);
  },
});

const pathEscape = defineRule<Kustomization>({
  code: 'flux-kustomization-path-escape',
  severity: 'error',
  summary: 'A path cannot leave the source.',
  why: `The controller joins it so that it stays inside the artifact: ../apps becomes apps (${CONTROLLER}, SecureJoin).`,
  fix: "write the path from the source's root: ./apps",
  wrong: manifest('path: ../apps'),
  right: manifest('path: ./apps'),
  check({ spec }, report) {
    let depth = 0;
    for (const step of (spec?.path ?? '').split('/')) {
      if (step === '' || step === '.') continue;
      depth += step === '..' ? -1 : 1;
      if (depth >= 0) continue;
      report(['spec', 'path'], `${JSON.stringify(spec!.path)} leads out of the source`);
      return;
    }
  },
});

const componentRemote = defineRule<Kustomization>({
  code: 'flux-kustomization-component-remote',
  severity: 'error',
  summary: 'Components are directories of the source, relative to path.',
  why: 'The controller refuses remote and absolute ones: component path must be local and relative (fluxcd/pkg kustomize/kustomize_generator.go).',
  fix: 'write a relative path: ../components/ingress',
  wrong: manifest('path: ./apps\ncomponents: [https://github.com/acme/components]'),
  right: manifest('path: ./apps\ncomponents: [../components/ingress]'),
  check({ spec }, report) {
    for (const [index, component] of (spec?.components ?? []).entries()) {
      if (!/^(\/|git::|gh:|git@|github\.com[:/]|(ssh|https?|file):\/\/)/i.test(component ?? '')) continue;
      report(['spec', 'components', index], `${JSON.stringify(component)} must be local and relative`);
    }
  },
});

const substituteName = defineRule<Kustomization>({
  code: 'flux-kustomization-substitute-name',
  severity: 'error',
  summary: "A variable's name is letters, digits and underscores.",
  why: 'One bad name fails the whole build (fluxcd/pkg kustomize/kustomize_varsub.go).',
  fix: 'write CLUSTER_NAME or cluster_name',
  wrong: manifest('postBuild: { substitute: { cluster-name: prod } }'),
  right: manifest('postBuild: { substitute: { cluster_name: prod } }'),
  check({ spec }, report) {
    for (const name of Object.keys(spec?.postBuild?.substitute ?? {})) {
      if (/^[_A-Za-z][_A-Za-z0-9]*$/.test(name)) continue;
      report(
        ['spec', 'postBuild', 'substitute', name],
        `${JSON.stringify(name)} var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'`,
      );
    }
  },
});

const substituteNewline = defineRule<Kustomization>({
  code: 'flux-kustomization-substitute-newline',
  severity: 'warning',
  summary: 'Line breaks in a variable are removed.',
  why: 'The controller joins the lines before it substitutes (fluxcd/pkg kustomize/kustomize_varsub.go). S-14.',
  fix: 'put text of several lines into a patch or a ConfigMap',
  wrong: manifest('postBuild: { substitute: { banner: "one\\ntwo" } }'),
  right: manifest('postBuild: { substitute: { banner: one two } }'),
  check({ spec }, report) {
    for (const [name, value] of Object.entries(spec?.postBuild?.substitute ?? {})) {
      // A line break at the very end is what YAML's block text leaves behind.
      if (!value?.trimEnd().includes('\n')) continue;
      report(['spec', 'postBuild', 'substitute', name], 'has several lines, which are joined without a blank');
    }
  },
});

const patch = defineRule<Kustomization>({
  code: 'flux-kustomization-patch',
  severity: 'error',
  summary: 'A patch is an object with kind and name, or a list of JSON 6902 operations with a target.',
  why: 'kustomize refuses others when it builds (sigs.k8s.io/kustomize, api/internal/builtins/PatchTransformer.go).',
  fix: 'write an object with kind and metadata.name, or [{ op, path, value }] and a target',
  wrong: manifest('patches: [{ patch: "[{ op: remove, path: /spec/replicas }]" }]'),
  right: manifest('patches: [{ patch: "[{ op: remove, path: /spec/replicas }]", target: { kind: Deployment } }]'),
  check({ spec }, report) {
    checkPatches(spec?.patches, ['spec', 'patches'], report);
  },
});

const imageTagIgnored = defineRule<Kustomization>({
  code: 'flux-kustomization-image-tag-ignored',
  severity: 'warning',
  summary: 'Beside a digest, newTag is ignored.',
  why: 'Kustomization CRD, spec.images: if digest is present, newTag is not used.',
  fix: 'keep one of digest and newTag',
  wrong: manifest('images: [{ name: checkout, newTag: v1.2.3, digest: "sha256:abc" }]'),
  right: manifest('images: [{ name: checkout, newTag: v1.2.3 }]'),
  check({ spec }, report) {
    for (const [index, { digest, newTag }] of (spec?.images ?? []).entries()) {
      if (digest && newTag) report(['spec', 'images', index, 'newTag'], `${newTag} is ignored: digest is set`);
    }
  },
});

const featureGate = defineRule<Kustomization>({
  code: 'flux-kustomization-feature-gate',
  severity: 'warning',
  summary: 'A field that works only after a feature gate of the controller is switched on.',
  why: `ExternalArtifact is denied without the gate ExternalArtifact, decryption.serviceAccountName without ObjectLevelWorkloadIdentity (${CONTROLLER}; both are off by default).`,
  fix: "switch the gate on in the controller's --feature-gates and waive this, or do without the field",
  wrong: manifest('decryption: { provider: sops, serviceAccountName: kms }'),
  right: manifest('decryption: { provider: sops, secretRef: { name: sops-age } }'),
  check({ spec }, report) {
    if (spec?.sourceRef?.kind === 'ExternalArtifact') {
      report(['spec', 'sourceRef', 'kind'], 'ExternalArtifact needs the feature gate ExternalArtifact');
    }
    if (spec?.decryption?.serviceAccountName !== undefined) {
      report(
        ['spec', 'decryption', 'serviceAccountName'],
        'needs the feature gate ObjectLevelWorkloadIdentity: without it the Kustomization stalls',
      );
    }
  },
});

export const kustomizationRules = [
  nameLength,
  dependsOnSelf,
  kubeConfig,
  healthChecksIgnored,
  healthCheckVersion,
  healthCheckNamespace,
  healthExprDuplicate,
  healthExprIgnored,
  force,
  timeoutShort,
  pathEscape,
  componentRemote,
  substituteName,
  substituteNewline,
  patch,
  imageTagIgnored,
  featureGate,
];

/** False where nobody here knows the kind. */
function isNamespaced(apiVersion: string, kind: string): boolean {
  const group = groupOf(apiVersion);
  if (group === '' || group === 'apps' || group === 'batch') return !isClusterScoped(group, kind);
  return tryKindFacts(group, kind)?.scope === 'Namespaced';
}
