/**
 * SealedSecret: a Secret whose values were encrypted for one cluster, and may therefore stand in Git. Its law: what comes
 * in is ciphertext already; this construct never sees, and refuses to pass on, a plaintext value.
 *
 * @see https://github.com/bitnami-labs/sealed-secrets
 */
import type { Construct } from 'constructs';
import { defineKind } from '../core/kind';
import { Resource, type ResourceProps, splitProps } from '../core/resource';
import type { SealedSecret as SealedSecretManifest, SealedSecretSpec } from '../schema/generated/sealed-secrets';
import { type Scope, withScope } from './scope';
import { ciphertextExample, sealedSecretRules } from './sealed-secret-rules';

export interface SealedSecretProps extends ResourceProps, SealedSecretSpec {
  /** The sealed values by the keys of the Secret, each as kubeseal printed it: base64 text that begins `Ag` or `AQ`. */
  readonly encryptedData: Readonly<Record<string, string>>;
  /**
   * The Secret around the values: its type, labels, annotations, immutability, and `data` made from the decrypted values
   * by Go templates. Name and namespace are always those of the SealedSecret.
   * @default - an Opaque Secret without labels
   */
  readonly template?: SealedSecretSpec['template'];
  /**
   * Where the values can be decrypted. It was decided when they were sealed; this writes the annotations that say so, on
   * the SealedSecret and on the template.
   * @default 'strict' - unless metadata has a scope annotation
   */
  readonly scope?: Scope;
  /** The whole Secret in one blob, as the first releases had it. Deprecated: use encryptedData. @default - none */
  readonly data?: string;
}

export const sealedSecretKind = defineKind<SealedSecretManifest>({
  apiVersion: 'bitnami.com/v1alpha1',
  kind: 'SealedSecret',
  rules: sealedSecretRules,
});

/** A file may hold an example; a program that writes one to a cluster is wrong. */
const programKind = defineKind<SealedSecretManifest>({
  ...sealedSecretKind,
  rules: sealedSecretRules.map((rule) => (rule === ciphertextExample ? { ...rule, severity: 'error' } : rule)),
});

export class SealedSecret extends Resource {
  /** The name of the Secret that the controller makes, for those who mount it. */
  readonly secretName: string;

  /** @throws GitOpsError with every issue of the manifest that the props make */
  constructor(scope: Construct, id: string, props: SealedSecretProps) {
    const [common, { scope: sealing, ...spec }] = splitProps(props);
    const shaped = sealing === undefined ? spec : { ...spec, template: scopedTemplate(spec.template, sealing) };
    super(scope, id, programKind, sealing === undefined ? common : scoped(common, sealing), { spec: shaped });
    this.secretName = this.name;
  }
}

function scoped({ metadata, ...common }: ResourceProps, scope: Scope): ResourceProps {
  return { ...common, metadata: { ...metadata, annotations: withScope(metadata?.annotations, scope) } };
}

function scopedTemplate(template: SealedSecretSpec['template'], scope: Scope): SealedSecretSpec['template'] {
  const annotations = withScope(template?.metadata?.annotations, scope);
  if (annotations === undefined) return template;
  return { ...template, metadata: { ...template?.metadata, annotations } };
}
