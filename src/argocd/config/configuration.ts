/**
 * Which ConfigMap is Argo CD's, and what its texts say. Argo CD knows its ConfigMaps by their names; every other one is
 * passed over after one comparison. What a text says is read once for all rules.
 */
import { isObject, type Manifest } from '../../kernel/manifest';
import { defineRule, type Report, type Rule } from '../../kernel/rule';
import { readYaml, type YamlText } from './yaml-text';

export interface ConfigMapManifest extends Manifest {
  readonly data?: Readonly<Record<string, string>>;
}

/** The texts of a ConfigMap by key. Foreign YAML may hold other things than text: those are left out. */
export type Texts = ReadonlyMap<string, string>;

/** The names that Argo CD, and Argo Rollouts for its notifications, read their configuration from. */
export const CONFIG_NAMES = {
  cm: ['argocd-cm'],
  rbac: ['argocd-rbac-cm'],
  notifications: ['argocd-notifications-cm', 'argo-rollouts-notification-configmap'],
} as const;

export type ConfigRule = Omit<Rule<ConfigMapManifest>, 'check'> & {
  readonly check: (texts: Texts, report: Report, manifest: Manifest) => void;
};

/** A rule about the ConfigMaps of one purpose, silent on all others. */
export function configRule(
  purpose: keyof typeof CONFIG_NAMES,
  { check, ...rule }: ConfigRule,
): Rule<ConfigMapManifest> {
  const [first, second] = CONFIG_NAMES[purpose] as readonly string[];
  return defineRule<ConfigMapManifest>({
    ...rule,
    check(manifest, report) {
      const name = manifest.metadata?.name;
      if (name === undefined || (name !== first && name !== second)) return;
      check(textsOf(manifest as Manifest), report, manifest as Manifest);
    },
  });
}

const texts = new WeakMap<object, Texts>();
const documents = new WeakMap<Texts, Map<string, YamlText>>();

function textsOf(manifest: Manifest): Texts {
  const known = texts.get(manifest);
  if (known !== undefined) return known;
  const { data } = manifest;
  const entries = isObject(data) ? Object.entries(data) : [];
  const found = new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  texts.set(manifest, found);
  return found;
}

/** What the YAML under a key says; undefined where there is no such key. */
export function yamlAt(all: Texts, key: string): YamlText | undefined {
  const text = all.get(key);
  if (text === undefined) return undefined;
  let cache = documents.get(all);
  if (cache === undefined) {
    cache = new Map();
    documents.set(all, cache);
  }
  let read = cache.get(key);
  if (read === undefined) {
    read = readYaml(text);
    cache.set(key, read);
  }
  return read;
}

/** The keys that begin with a prefix, each with what follows it. */
export function keysUnder(all: Texts, prefix: string): readonly (readonly [key: string, rest: string])[] {
  return [...all.keys()].filter((key) => key.startsWith(prefix)).map((key) => [key, key.slice(prefix.length)] as const);
}

/** A sample ConfigMap; every value is written as YAML says it. */
export function sampleConfigMap(name: string, data: string, labels = '{ app.kubernetes.io/part-of: argocd }'): string {
  return `
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
  namespace: argocd
  labels: ${labels}
data:
${data
  .trim()
  .split('\n')
  .map((line) => (line === '' ? '' : `  ${line}`))
  .join('\n')}
`;
}
