/**
 * Secrets that Argo CD reads, by the label it selects them with, in whatever they are made from: a Secret, the template
 * of an ExternalSecret, or that of a SealedSecret. A value that only the cluster will know is open.
 */
import type { FieldPath } from '../../kernel/issue';
import { isObject, type Manifest, valueAt } from '../../kernel/manifest';
import { defineRule, type Report, type Rule } from '../../kernel/rule';

export const SECRET_TYPE_LABEL = 'argocd.argoproj.io/secret-type';

/** Repositories and credentials for many, to read and to push. */
export const REPOSITORY_TYPES = 'repository repository-write repo-creds repo-write-creds'.split(' ');

export const SECRET_TYPES = [...REPOSITORY_TYPES, 'cluster', 'scm-creds'];

export interface ArgoSecret {
  /** The label's value. */
  readonly type: string;
  /** The fields as text; an open one is undefined. */
  readonly fields: ReadonlyMap<string, string | undefined>;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly annotations: Readonly<Record<string, unknown>>;
  /** The way to the labels, and to a field. */
  readonly labelsAt: FieldPath;
  at(field: string): FieldPath;
}

/** A rule about a Secret that Argo CD reads; `types` are those it is about. Every other object is passed over. */
export function secretRule({
  check,
  types,
  ...rule
}: Omit<Rule, 'check'> & {
  readonly types?: readonly string[];
  readonly check: (secret: ArgoSecret, report: Report) => void;
}): Rule {
  return defineRule({
    ...rule,
    check(manifest, report) {
      const secret = tryArgoSecret(manifest as Manifest);
      if (secret !== undefined && (types === undefined || types.includes(secret.type))) check(secret, report);
    },
  });
}

let viewed: { readonly manifest: object; readonly secret: ArgoSecret | undefined } | undefined;

/** The Secret that Argo CD will read, if the object makes one. The rules of one object run in a row, and ask once. */
export function tryArgoSecret(manifest: Manifest): ArgoSecret | undefined {
  if (viewed?.manifest !== manifest) viewed = { manifest, secret: secretIn(manifest) };
  return viewed.secret;
}

function secretIn(manifest: Manifest): ArgoSecret | undefined {
  const base = BASES[manifest.kind as keyof typeof BASES];
  if (base === undefined) return undefined;
  const metadata = base.length === 0 ? manifest.metadata : valueAt(manifest, [...base, 'metadata']);
  const labels = isObject(metadata) ? metadata['labels'] : undefined;
  const type = isObject(labels) ? labels[SECRET_TYPE_LABEL] : undefined;
  if (typeof type !== 'string') return undefined;
  return viewOf(manifest, base, type, metadata as Readonly<Record<string, unknown>>);
}

/** Where each kind has the Secret's metadata and texts. */
const BASES = {
  Secret: [],
  ExternalSecret: ['spec', 'target', 'template'],
  SealedSecret: ['spec', 'template'],
} as const;

function viewOf(
  manifest: Manifest,
  base: FieldPath,
  type: string,
  metadata: Readonly<Record<string, unknown>>,
): ArgoSecret {
  const paths = new Map<string, FieldPath>();
  const fields = new Map<string, string | undefined>();
  const add = (path: FieldPath, read: (value: unknown) => string | undefined) => {
    const values = valueAt(manifest, path);
    if (!isObject(values)) return;
    for (const [key, value] of Object.entries(values)) {
      fields.set(key, read(value));
      paths.set(key, [...path, key]);
    }
  };
  if (manifest.kind === 'Secret') {
    add(['data'], (value) => unlessEncrypted(value, decoded));
    add(['stringData'], (value) => unlessEncrypted(value, (text) => text));
  } else {
    if (manifest.kind === 'SealedSecret') add(['spec', 'encryptedData'], () => undefined);
    add([...base, 'data'], (value) => (typeof value === 'string' ? value : undefined));
  }
  return {
    type,
    fields,
    labels: isObject(metadata['labels']) ? metadata['labels'] : {},
    annotations: isObject(metadata['annotations']) ? metadata['annotations'] : {},
    labelsAt: [...base, 'metadata', 'labels', SECRET_TYPE_LABEL],
    at: (field) => paths.get(field) ?? (manifest.kind === 'Secret' ? ['stringData'] : [...base, 'data']),
  };
}

function unlessEncrypted(value: unknown, read: (text: string) => string | undefined): string | undefined {
  return typeof value === 'string' && !value.startsWith('ENC[') ? read(value) : undefined;
}

function decoded(base64: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

/** The text of a field, where it is known to its last character. */
export function knownText({ fields }: ArgoSecret, field: string): string | undefined {
  const text = fields.get(field);
  return text === undefined || text.includes('{{') ? undefined : text;
}

/** A sample Secret with the label. */
export function sampleSecret(type: string, fields: Readonly<Record<string, string>>, more = ''): string {
  const lines = Object.entries(fields).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return `
apiVersion: v1
kind: Secret
metadata: { name: sample, namespace: argocd, labels: { ${SECRET_TYPE_LABEL}: ${type} }${more} }
stringData:
${lines.join('\n')}
`;
}
