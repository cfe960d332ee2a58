/** Rules about `argocd-cm`, the ConfigMap of Argo CD's settings: it has no CRD, so nothing else ever checks it. */

import { isObject } from '../../kernel/manifest';
import type { Report, Rule } from '../../kernel/rule';
import { nearest } from '../../kernel/suggest';
import { KEYS, type KeyType, PREFIXES, REMOVED } from './argocd-cm-keys';
import { type ConfigMapManifest, configRule, keysUnder, sampleConfigMap, type Texts, yamlAt } from './configuration';
import { customizationRules } from './customization-rules';
import { isDuration, isGoBoolean, isGoInteger, isSimpleDuration } from './go-values';
import { shapeProblems } from './yaml-text';

const SOURCE = 'argo-cd util/settings/settings.go';

const sample = (data: string, labels?: string) => sampleConfigMap('argocd-cm', data, labels);

const label = configRule('cm', {
  code: 'argocd-cm-label',
  severity: 'error',
  summary: 'argocd-cm lacks the label that Argo CD finds it by.',
  why: `Argo CD watches only ConfigMaps labelled app.kubernetes.io/part-of: argocd; without it no component finds its settings (CM-01, S-17; ${SOURCE}, partOfArgoCDSelector).`,
  fix: 'add the label app.kubernetes.io/part-of: argocd',
  wrong: sample('url: https://cd.acme.io', '{ app: argocd }'),
  right: sample('url: https://cd.acme.io'),
  check(_texts, report, { metadata }) {
    const labels = metadata?.labels;
    if (isObject(labels) && labels['app.kubernetes.io/part-of'] === 'argocd') return;
    report(
      ['metadata', 'labels'],
      'the label app.kubernetes.io/part-of: argocd is missing: Argo CD does not see this ConfigMap',
    );
  },
});

const keyUnknown = configRule('cm', {
  code: 'argocd-cm-key-unknown',
  severity: 'warning',
  summary: 'argocd-cm has a key that Argo CD does not read.',
  why: `Argo CD looks up the keys that it knows and ignores all others without a word (CM-06, S-51; ${SOURCE}; docs/operator-manual/argocd-cm.yaml, v3.5).`,
  fix: 'use a key of the upstream list, or remove it',
  wrong: sample('resource.exclusion: "[]"'),
  right: sample('resource.exclusions: "[]"'),
  check(texts, report) {
    for (const key of texts.keys()) {
      if (Object.hasOwn(KEYS, key) || Object.hasOwn(REMOVED, key)) continue;
      if (PREFIXES.some((prefix) => key.startsWith(prefix))) continue;
      const near = nearest(key, Object.keys(KEYS));
      const lua = key.endsWith('.lua') ? 'use resource.customizations.health.<group>_<Kind>' : undefined;
      report(['data', key], `Argo CD reads no key '${key}'`, lua ?? (near && `use '${near}'`));
    }
  },
});

const keyRemoved = configRule('cm', {
  code: 'argocd-cm-key-removed',
  severity: 'error',
  summary: 'argocd-cm has a key that Argo CD no longer reads.',
  why: `Repositories, credentials and plugins left argocd-cm; what is still there has no effect (RS-01, CM-06; argo-cd docs/operator-manual/upgrading/2.8-3.0.md).`,
  fix: 'move its content to where Argo CD reads it now',
  wrong: sample('repositories: "- url: https://github.com/acme/deploy.git"'),
  right: sample('url: https://cd.acme.io'),
  check(texts, report) {
    for (const [key, fix] of Object.entries(REMOVED)) {
      if (texts.has(key)) report(['data', key], `Argo CD no longer reads '${key}'`, fix);
    }
  },
});

const value = configRule('cm', {
  code: 'argocd-cm-value',
  severity: 'error',
  summary: 'A setting of argocd-cm has a value that Argo CD does not take.',
  why: `Each key is read in its own way: a boolean as ParseBool does or by comparison with "true", session and jitter durations as one number and one unit, enums by exact word; what does not fit is an error in a log, or the default (CM-06; ${SOURCE}).`,
  fix: 'write a value that Argo CD reads',
  wrong: sample('users.session.duration: 1h30m'),
  right: sample('users.session.duration: 90m'),
  check(texts, report) {
    for (const [key, type] of Object.entries(KEYS)) {
      const text = texts.get(key);
      if (text === undefined || (typeof type === 'object' && 'yaml' in type)) continue;
      const wanted = wantedInstead(text, type);
      if (wanted !== undefined) report(['data', key], `${key} is ${JSON.stringify(text)}`, `write ${wanted}`);
    }
  },
});

/** What should stand there, where the text is not it. */
function wantedInstead(text: string, type: Exclude<KeyType, { readonly yaml: unknown }>): string | undefined {
  if (typeof type === 'object') {
    if (text === '' || type.words.includes(text)) return undefined;
    return `one of ${type.words.join(', ')}`;
  }
  switch (type) {
    case 'switch':
    case 'switch-off':
      return text === 'true' || text === 'false' ? undefined : '"true" or "false"';
    case 'boolean':
      return isGoBoolean(text) ? undefined : '"true" or "false"';
    case 'integer':
      return isGoInteger(text) ? undefined : 'a whole number, in quotes';
    case 'simple-duration':
      return isSimpleDuration(text) ? undefined : 'one whole number and one unit of s, m, h, d: 90m';
    case 'duration':
      return isDuration(text) ? undefined : 'a duration: 180s, 3m, 1h30m';
    case 'text':
      return undefined;
    default:
      return type satisfies never;
  }
}

const yaml = configRule('cm', {
  code: 'argocd-cm-yaml',
  severity: 'error',
  summary: 'A setting of argocd-cm is YAML inside YAML, and does not parse or fit.',
  why: `Argo CD unmarshals the text when it loads its settings; an error there makes the controller fail or the feature be off (CM-04, CM-06; ${SOURCE}).`,
  fix: 'write YAML of the shape that Argo CD reads',
  wrong: sample('resource.exclusions: "{ kinds: [Event] }"'),
  right: sample('resource.exclusions: "[{ kinds: [Event] }]"'),
  check(texts, report) {
    for (const [key, type] of Object.entries(KEYS)) {
      if (typeof type !== 'object' || !('yaml' in type) || texts.get(key) === undefined) continue;
      reportYaml(texts, key, type.yaml, false, report);
    }
  },
});

const yamlField = configRule('cm', {
  code: 'argocd-cm-yaml-field',
  severity: 'error',
  summary: 'YAML inside argocd-cm has a field that Argo CD does not read.',
  why: `The YAML is read without strictness: a misspelt field is dropped without a word (CM-04, CM-06; ${SOURCE}).`,
  fix: 'use a field that Argo CD reads',
  wrong: sample('resource.exclusions: "[{ kind: [Event] }]"'),
  right: sample('resource.exclusions: "[{ kinds: [Event] }]"'),
  check(texts, report) {
    for (const [key, type] of Object.entries(KEYS)) {
      if (typeof type !== 'object' || !('yaml' in type) || texts.get(key) === undefined) continue;
      reportYaml(texts, key, type.yaml, true, report);
    }
  },
});

/** Says where the YAML under a key does not parse or fit, or, with `ignored`, which of its fields nobody reads. */
export function reportYaml(
  texts: Texts,
  key: string,
  shape: Parameters<typeof shapeProblems>[1],
  ignored: boolean,
  report: Report,
): void {
  const read = yamlAt(texts, key);
  if (read === undefined) return;
  if ('problem' in read) {
    if (!ignored) report(['data', key], `${key} is no YAML: ${read.problem}`);
    return;
  }
  for (const problem of shapeProblems(read.value, shape)) {
    if (problem.ignored !== ignored) continue;
    const at = problem.path === '' ? key : `${key}, at ${problem.path}`;
    const near = problem.known && nearest(problem.path.split('.').at(-1)!, problem.known);
    const fix = problem.known && (near === undefined ? `the fields are ${problem.known.join(', ')}` : `use '${near}'`);
    report(['data', key], `${at}: ${problem.message}`, fix);
  }
}

const compareOption = configRule('cm', {
  code: 'argocd-cm-compare-status',
  severity: 'error',
  summary: 'ignoreResourceStatusField has a word that Argo CD does not know.',
  why: `Argo CD logs "Unrecognized value for ignoreResourceStatusField" and ignores status in all resources (CM-06; ${SOURCE}).`,
  fix: 'write all, crd or none',
  wrong: sample('resource.compareoptions: "ignoreResourceStatusField: crds"'),
  right: sample('resource.compareoptions: "ignoreResourceStatusField: crd"'),
  check(texts, report) {
    const read = yamlAt(texts, 'resource.compareoptions');
    const options = read && 'value' in read ? read.value : undefined;
    const word = isObject(options) ? options['ignoreResourceStatusField'] : undefined;
    if (word === undefined || word === null || typeof word === 'object') return;
    if (['', 'all', 'crd', 'none', 'off', 'false'].includes(String(word))) return;
    report(
      ['data', 'resource.compareoptions'],
      `Unrecognized value for ignoreResourceStatusField - ${word}, ignore status for all resources`,
    );
  },
});

const filterKind = configRule('cm', {
  code: 'argocd-cm-filter-kind',
  severity: 'error',
  summary: 'A resource filter names kinds by a pattern.',
  why: `apiGroups and clusters are globs, kinds are not: a kind is compared as it is, and only a lone * stands for all (CM-06; argo-cd util/settings/filtered_resource.go).`,
  fix: "name each kind, or write '*'",
  wrong: sample('resource.exclusions: "[{ apiGroups: [cilium.io], kinds: [Cilium*] }]"'),
  right: sample('resource.exclusions: "[{ apiGroups: [cilium.io], kinds: [CiliumIdentity, CiliumEndpoint] }]"'),
  check(texts, report) {
    for (const key of ['resource.exclusions', 'resource.inclusions']) {
      const read = yamlAt(texts, key);
      if (read === undefined || !('value' in read) || !Array.isArray(read.value)) continue;
      for (const filter of read.value as unknown[]) {
        const kinds = isObject(filter) ? filter['kinds'] : undefined;
        if (!Array.isArray(kinds)) continue;
        for (const kind of kinds) {
          if (typeof kind === 'string' && kind !== '*' && /[*?[{]/.test(kind))
            report(['data', key], `kind '${kind}' is no pattern here: it matches nothing`);
        }
      }
    }
  },
});

const account = configRule('cm', {
  code: 'argocd-cm-account',
  severity: 'error',
  summary: 'A local account of argocd-cm is not what Argo CD reads.',
  why: 'accounts.<name> lists capabilities, apiKey and login, and accounts.<name>.enabled is a boolean; a name with a dot, another suffix or another word is passed over with a warning in the log, and a bad boolean fails every account (CM-06; argo-cd util/settings/accounts.go).',
  fix: "write accounts.<name>: apiKey, login and accounts.<name>.enabled: 'false'",
  wrong: sample('accounts.ci: apikey'),
  right: sample('accounts.ci: apiKey'),
  check(texts, report) {
    for (const [key, rest] of keysUnder(texts, 'accounts.')) {
      const at = ['data', key];
      const [name = '', suffix, ...more] = rest.split('.');
      const text = texts.get(key)!;
      if (name === '' || more.length > 0)
        report(at, `Unexpected key ${key} in ConfigMap 'argocd-cm'`, 'use a name without dots');
      else if (suffix === undefined) {
        for (const word of text.split(',').map((part) => part.trim())) {
          if (word === '' || word === 'apiKey' || word === 'login') continue;
          report(
            at,
            `not supported account capability '${word}' in config map key '${key}'`,
            'write apiKey, login, or both',
          );
        }
      } else if (suffix !== 'enabled')
        report(at, `Argo CD reads no '${suffix}' of an account here`, `the one suffix is 'enabled'`);
      else if (!isGoBoolean(text)) report(at, `${key} is ${JSON.stringify(text)}`, 'write "true" or "false"');
    }
  },
});

const secret = configRule('cm', {
  code: 'argocd-cm-secret-plaintext',
  severity: 'error',
  summary: 'A secret of the single sign-on stands in argocd-cm as plaintext.',
  why: 'A ConfigMap is readable by many and comes from Git. Argo CD replaces a value $key by that key of argocd-secret, and $name:key by a key of another Secret that has the label app.kubernetes.io/part-of: argocd (CM-01; argo-cd docs/operator-manual/user-management/index.md).',
  fix: 'keep the value in a Secret and write $name:key: secretRef(name, key)',
  wrong: sample(
    'url: https://cd.acme.io\noidc.config: "{ name: Okta, issuer: https://acme.okta.com, clientID: cd, clientSecret: hunter2 }"',
  ),
  right: sample(
    'url: https://cd.acme.io\noidc.config: "{ name: Okta, issuer: https://acme.okta.com, clientID: cd, clientSecret: $argocd-oidc:secret }"',
  ),
  check(texts, report) {
    for (const key of ['dex.config', 'oidc.config']) {
      const read = yamlAt(texts, key);
      if (read === undefined || !('value' in read)) continue;
      for (const [path, text] of secretsIn(read.value, '')) {
        report(
          ['data', key],
          `${key}: ${path} is plaintext: ${text.length} characters that everyone with access to Git can read`,
        );
      }
    }
  },
});

const SECRET_FIELD = /^(?:(?:client|app)?secret|(?:bind|root)?(?:pw|password)|.*password|token|.*privatekey|apikey)$/i;

/** The leaves whose names say that they are secret and whose values are no references. */
function* secretsIn(node: unknown, path: string): Iterable<readonly [path: string, text: string]> {
  if (Array.isArray(node)) for (const [index, item] of node.entries()) yield* secretsIn(item, `${path}[${index}]`);
  if (!isObject(node)) return;
  for (const [name, member] of Object.entries(node)) {
    const at = path === '' ? name : `${path}.${name}`;
    if (typeof member === 'object') yield* secretsIn(member, at);
    else if (SECRET_FIELD.test(name) && typeof member === 'string' && member !== '' && !member.startsWith('$'))
      yield [at, member];
  }
}

const sso = configRule('cm', {
  code: 'argocd-cm-sso',
  severity: 'error',
  summary: 'The single sign-on of argocd-cm is incomplete.',
  why: `With no url there is no redirect, so SSO stays off; a Dex connector without type, id or name does not start (CM-06; ${SOURCE}, IsDexConfigured; argo-cd docs/operator-manual/user-management/index.md).`,
  fix: 'say url',
  wrong: sample('oidc.config: "{ name: Okta, issuer: https://acme.okta.com, clientID: cd }"'),
  right: sample('url: https://cd.acme.io\noidc.config: "{ name: Okta, issuer: https://acme.okta.com, clientID: cd }"'),
  check(texts, report) {
    const configured = ['dex.config', 'oidc.config'].filter((key) => (texts.get(key) ?? '').trim() !== '');
    for (const key of configured) {
      if ((texts.get('url') ?? '') === '')
        report(['data', key], `${key} without url: there is no address to come back to`, 'say url');
    }
    for (const problem of connectorProblems(texts))
      report(['data', 'dex.config'], problem, 'give every connector a type, an id and a name');
  },
});

const ssoBoth = configRule('cm', {
  code: 'argocd-cm-sso-both',
  severity: 'warning',
  summary: 'argocd-cm configures both Dex and a provider of its own.',
  why: 'They are alternatives: the UI logs in by one of them, and the other serves nobody (CM-06; argo-cd docs/operator-manual/argocd-cm.yaml, oidc.config).',
  fix: 'remove dex.config or oidc.config',
  wrong: sample(
    'url: https://cd.acme.io\ndex.config: "connectors: [{ type: github, id: github, name: GitHub }]"\noidc.config: "{ name: Okta, issuer: https://acme.okta.com, clientID: cd }"',
  ),
  right: sample('url: https://cd.acme.io\ndex.config: "connectors: [{ type: github, id: github, name: GitHub }]"'),
  check(texts, report) {
    const both = ['dex.config', 'oidc.config'].every((key) => (texts.get(key) ?? '').trim() !== '');
    if (both) report(['data', 'oidc.config'], 'dex.config is there too');
  },
});

function* connectorProblems(texts: Texts): Iterable<string> {
  const read = yamlAt(texts, 'dex.config');
  const connectors = read && 'value' in read && isObject(read.value) ? read.value['connectors'] : undefined;
  if (connectors === undefined || connectors === null) return;
  if (!Array.isArray(connectors)) return yield 'connectors is no list';
  for (const [index, connector] of connectors.entries()) {
    const missing = ['type', 'id', 'name'].filter((field) => !isObject(connector) || !connector[field]);
    if (missing.length > 0) yield `connectors[${index}] has no ${missing.join(', no ')}`;
  }
}

const url = configRule('cm', {
  code: 'argocd-cm-url',
  severity: 'error',
  summary: 'An address of Argo CD is not one.',
  why: `Argo CD takes an address only with http:// or https:// and a host, and otherwise goes on without it (CM-06; ${SOURCE}, ValidateExternalURL).`,
  fix: 'write the whole address: https://cd.acme.io',
  wrong: sample('url: cd.acme.io'),
  right: sample('url: https://cd.acme.io'),
  check(texts, report) {
    for (const key of ['url', 'ui.bannerurl']) {
      const text = texts.get(key);
      if (text !== undefined && text !== '' && !/^https?:\/\/[^/\s]+/.test(text))
        report(['data', key], `${key} is ${JSON.stringify(text)}: URL must include http or https protocol`);
    }
  },
});

const banner = configRule('cm', {
  code: 'argocd-cm-banner',
  severity: 'warning',
  summary: 'A banner without content is not shown.',
  why: 'The link, position and permanence belong to the text ui.bannercontent (CM-06; argo-cd docs/operator-manual/custom-styles.md).',
  fix: 'say ui.bannercontent',
  wrong: sample('ui.bannerurl: https://acme.io'),
  right: sample('ui.bannerurl: https://acme.io\nui.bannercontent: Maintenance on Sunday'),
  check(texts, report) {
    if ((texts.get('ui.bannercontent') ?? '') !== '') return;
    for (const key of ['ui.bannerurl', 'ui.bannerposition', 'ui.bannerpermanent']) {
      if ((texts.get(key) ?? '') !== '') report(['data', key], `${key} without ui.bannercontent`);
    }
  },
});

const kustomizeVersion = configRule('cm', {
  code: 'argocd-cm-kustomize-version',
  severity: 'error',
  summary: 'A version of kustomize is there twice, or has options and no binary.',
  why: `kustomize.version.<v> and kustomize.path.<v> give the binary of a version, and one version twice fails all of kustomize; options of a version without a binary have no effect (CM-06; ${SOURCE}, GetKustomizeSettings).`,
  fix: 'say kustomize.path.<version> once for each version',
  wrong: sample('kustomize.buildOptions.v5.3.0: --enable-helm'),
  right: sample('kustomize.buildOptions.v5.3.0: --enable-helm\nkustomize.path.v5.3.0: /tools/kustomize_5_3'),
  check(texts, report) {
    const paths = new Set(keysUnder(texts, 'kustomize.path.').map(([, version]) => version));
    const versions = keysUnder(texts, 'kustomize.version.');
    for (const [key, version] of versions) {
      if (paths.has(version)) report(['data', key], `found duplicate kustomize version: ${version}`);
      paths.add(version);
    }
    for (const [key, version] of keysUnder(texts, 'kustomize.buildOptions.')) {
      if (!paths.has(version)) report(['data', key], `there is no kustomize.path.${version}`);
    }
  },
});

export const argoCdConfigRules: readonly Rule<ConfigMapManifest>[] = [
  label,
  keyUnknown,
  keyRemoved,
  value,
  yaml,
  yamlField,
  compareOption,
  filterKind,
  account,
  secret,
  sso,
  ssoBoth,
  url,
  banner,
  kustomizeVersion,
  ...customizationRules,
];
