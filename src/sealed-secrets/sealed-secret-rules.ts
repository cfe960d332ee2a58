/**
 * What one SealedSecret can show to be wrong beyond its schema. Sources are named by path in
 * bitnami-labs/sealed-secrets at v0.36.6; S-numbers are rows of reference/source-document-errors.md. No message repeats a
 * value: it may be a secret.
 */
import type { DeepPartial, Manifest } from '../kernel/manifest';
import { defineRule, type Rule } from '../kernel/rule';
import type { SealedSecret as SealedSecretManifest } from '../schema/generated/sealed-secrets';
import { ciphertextProblem, isAbridged } from './ciphertext';
import { CLUSTER_WIDE, NAMESPACE_WIDE, scopeOf } from './scope';

/** Of the form that a 2,048-bit key makes; nothing is in it. */
const SEALED = `AQ${'B'.repeat(366)}`;

/** Values that cannot be decrypted, and whether that is to be expected: an example, or a copy of a failed object. */
function* unsealed(manifest: DeepPartial<SealedSecretManifest>): Generator<[string, string, boolean]> {
  // Only a cluster writes a status: such a file is a copy of an object that the controller has judged.
  const copied = (manifest as Partial<Manifest>)['status'] !== undefined;
  for (const [key, value] of Object.entries(manifest.spec?.encryptedData ?? {})) {
    const problem = typeof value === 'string' ? ciphertextProblem(value) : undefined;
    if (problem !== undefined) yield [key, problem, copied || isAbridged(value!)];
  }
}

const ciphertext = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-ciphertext',
  severity: 'error',
  summary: 'A value of encryptedData that was never sealed.',
  why: 'The schema takes any text; the controller decodes base64 and splits off the encrypted key, and fails on anything else (pkg/crypto/crypto.go, HybridDecrypt). It may also be a plaintext secret on its way into Git. (S-24)',
  fix: 'seal the value: kubeseal --raw --cert cert.pem --namespace … --name … --from-file=/dev/stdin',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: AgBy3i4OJSWK+...encrypted...
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
`,
  check(manifest, report) {
    for (const [key, problem, expected] of unsealed(manifest))
      if (!expected) report(['spec', 'encryptedData', key], `the value ${problem}`);
  },
});

export const ciphertextExample = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-ciphertext-example',
  severity: 'warning',
  summary: 'A value of encryptedData is an example of one.',
  why: 'It is abridged with dots, or stands in a copy of an object that a controller has judged already (its status is there); applied, it fails like any other (pkg/crypto/crypto.go). In a program it is an error.',
  fix: 'seal the value, or keep the file out of what is applied',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: AgBy8hCi8jSCZkbhaLFuz...
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
`,
  check(manifest, report) {
    for (const [key, problem, expected] of unsealed(manifest))
      if (expected) report(['spec', 'encryptedData', key], `the value ${problem}`);
  },
});

const namespaceMissing = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-namespace-missing',
  severity: 'error',
  summary: 'A SealedSecret without a namespace that is not sealed for the whole cluster.',
  why: 'The namespace is part of the encryption; kubeseal refuses: secret must declare a namespace (pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go). (S-21)',
  fix: 'set metadata.namespace, or the namespace of the stack, to the one it was sealed for',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db }
spec:
  encryptedData:
    password: ${SEALED}
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
`,
  check({ metadata }, report) {
    if (!metadata || metadata.namespace) return;
    const scope = scopeOf(metadata.annotations);
    if (scope !== 'cluster-wide')
      report(['metadata', 'namespace'], `secret must declare a namespace: it is sealed for ${scope} use`);
  },
});

const dataEmpty = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-data-empty',
  severity: 'warning',
  summary: 'A SealedSecret that seals nothing.',
  why: 'kubeseal makes one only with --allow-empty-data (pkg/kubeseal/kubeseal.go); the controller makes an empty Secret of it.',
  fix: 'add the sealed values to encryptedData',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec: { encryptedData: {} }
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
`,
  check({ spec }, report) {
    if (spec?.encryptedData === undefined || spec.data !== undefined) return;
    const made = Object.keys(spec.template?.data ?? {}).length;
    if (Object.keys(spec.encryptedData).length + made === 0)
      report(['spec', 'encryptedData'], 'encryptedData is empty: so will the Secret be');
  },
});

const secretKey = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-secret-key',
  severity: 'error',
  summary: 'A key that a Secret cannot have.',
  why: 'The keys become those of the Secret, and the API server allows letters, digits, dot, dash and underscore there; the controller fails to write it (pkg/controller/controller.go).',
  fix: 'use letters, digits, - _ and ., 253 at most',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    db password: ${SEALED}
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    db-password: ${SEALED}
`,
  check({ spec }, report) {
    for (const [field, path] of [
      [spec?.encryptedData, ['spec', 'encryptedData']],
      [spec?.template?.data, ['spec', 'template', 'data']],
    ] as const)
      for (const key of Object.keys(field ?? {}))
        if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key) || key === '.' || key === '..')
          report([...path, key.slice(0, 80)], `${JSON.stringify(key.slice(0, 80))} cannot be a key of a Secret`);
  },
});

const scopeBoth = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-scope-both',
  severity: 'warning',
  summary: 'Two annotations that say different scopes.',
  why: 'cluster-wide wins over namespace-wide (pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go, SecretScope); a value that was sealed for its namespace cannot be decrypted then.',
  fix: 'keep the annotation of the scope it was sealed with',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
  namespace: shop
  annotations:
    sealedsecrets.bitnami.com/namespace-wide: "true"
    sealedsecrets.bitnami.com/cluster-wide: "true"
spec:
  encryptedData:
    password: ${SEALED}
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
  namespace: shop
  annotations:
    sealedsecrets.bitnami.com/cluster-wide: "true"
spec:
  encryptedData:
    password: ${SEALED}
`,
  check({ metadata }, report) {
    const annotations = metadata?.annotations;
    if (annotations?.[NAMESPACE_WIDE] === 'true' && annotations[CLUSTER_WIDE] === 'true')
      report(['metadata', 'annotations', NAMESPACE_WIDE], 'is ignored beside cluster-wide, which wins');
  },
});

const scopeValue = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-scope-value',
  severity: 'error',
  summary: 'A scope annotation that is not exactly true.',
  why: 'The controller compares with the text true; anything else means strict, so a value sealed for more cannot be decrypted (pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go, SecretScope).',
  fix: "write 'true', or remove the annotation",
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
  namespace: shop
  annotations:
    sealedsecrets.bitnami.com/namespace-wide: "yes"
spec:
  encryptedData:
    password: ${SEALED}
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
  namespace: shop
  annotations:
    sealedsecrets.bitnami.com/namespace-wide: "true"
spec:
  encryptedData:
    password: ${SEALED}
`,
  check({ metadata, spec }, report) {
    for (const [annotations, path] of [
      [metadata?.annotations, ['metadata', 'annotations']],
      [spec?.template?.metadata?.annotations, ['spec', 'template', 'metadata', 'annotations']],
    ] as const)
      for (const name of [NAMESPACE_WIDE, CLUSTER_WIDE]) {
        const value = annotations?.[name];
        if (value !== undefined && value !== 'true' && value !== 'false')
          report([...path, name], `${JSON.stringify(value.slice(0, 40))} means strict: only 'true' is read`);
      }
  },
});

const scopeTemplateOnly = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-scope-template-only',
  severity: 'warning',
  summary: 'The scope stands on the template alone, where the controller does not look.',
  why: 'Decryption goes by the annotations of the SealedSecret itself; those of the template only land on the Secret (pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go, Unseal). (S-25)',
  fix: 'put the annotation on metadata too',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
  template:
    metadata:
      annotations:
        sealedsecrets.bitnami.com/namespace-wide: "true"
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: db
  namespace: shop
  annotations:
    sealedsecrets.bitnami.com/namespace-wide: "true"
spec:
  encryptedData:
    password: ${SEALED}
  template:
    metadata:
      annotations:
        sealedsecrets.bitnami.com/namespace-wide: "true"
`,
  check({ metadata, spec }, report) {
    const wanted = scopeOf(spec?.template?.metadata?.annotations);
    if (wanted === 'strict' || scopeOf(metadata?.annotations) !== 'strict') return;
    const name = wanted === 'cluster-wide' ? CLUSTER_WIDE : NAMESPACE_WIDE;
    report(
      ['spec', 'template', 'metadata', 'annotations', name],
      `says ${wanted}, but the controller reads metadata.annotations, which say strict`,
    );
  },
});

const templateIdentity = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-template-identity',
  severity: 'warning',
  summary: 'The template names another Secret than the SealedSecret does.',
  why: "The controller overwrites name and namespace of the template with the SealedSecret's own (pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go, Unseal).",
  fix: 'remove name and namespace from template.metadata',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
  template:
    metadata: { name: database }
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
  template:
    metadata: { name: db }
`,
  check({ metadata, spec }, report) {
    const template = spec?.template?.metadata;
    for (const field of ['name', 'namespace'] as const) {
      const own = metadata?.[field];
      if (own !== undefined && template?.[field] !== undefined && template[field] !== own)
        report(['spec', 'template', 'metadata', field], `'${template[field]}' is ignored: the Secret gets '${own}'`);
    }
  },
});

const dataDeprecated = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-data-deprecated',
  severity: 'warning',
  summary: 'A SealedSecret of the first format, one blob for the whole Secret.',
  why: 'spec.data is deprecated, and a controller may be told not to take it (pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go, AcceptDeprecatedV1Data).',
  fix: 'seal the Secret again, into encryptedData',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  data: ${SEALED}
  encryptedData: {}
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
`,
  check({ spec }, report) {
    if (spec?.data !== undefined && Object.keys(spec.encryptedData ?? {}).length === 0)
      report(['spec', 'data'], "the field 'data' is deprecated");
  },
});

const dataBoth = defineRule<SealedSecretManifest>({
  code: 'sealed-secrets-data-both',
  severity: 'error',
  summary: 'A SealedSecret of both formats at once.',
  why: "The controller fails: cannot use the field 'encryptedData' and the deprecated field 'data' at the same time (pkg/apis/sealedsecrets/v1alpha1/sealedsecret_expansion.go, Unseal).",
  fix: 'remove data',
  wrong: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  data: ${SEALED}
  encryptedData:
    password: ${SEALED}
`,
  right: `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db, namespace: shop }
spec:
  encryptedData:
    password: ${SEALED}
`,
  check({ spec }, report) {
    if (spec?.data !== undefined && Object.keys(spec.encryptedData ?? {}).length > 0)
      report(['spec', 'data'], "cannot use the field 'encryptedData' and the deprecated field 'data' at the same time");
  },
});

export const sealedSecretRules: readonly Rule<SealedSecretManifest>[] = [
  ciphertext,
  ciphertextExample,
  namespaceMissing,
  dataEmpty,
  secretKey,
  scopeBoth,
  scopeValue,
  scopeTemplateOnly,
  templateIdentity,
  dataDeprecated,
  dataBoth,
];
