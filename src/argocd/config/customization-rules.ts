/** Rules about the resource customisations of `argocd-cm`: keys, Lua, and the YAML beside it. */

import { isObject } from '../../kernel/manifest';
import type { Report, Rule } from '../../kernel/rule';
import { nearest } from '../../kernel/suggest';
import { ACTIONS, CUSTOMIZATION_TYPES, IGNORE, KNOWN_TYPES } from './argocd-cm-keys';
import { type ConfigMapManifest, configRule, keysUnder, sampleConfigMap, type Texts, yamlAt } from './configuration';
import { isGoBoolean } from './go-values';
import { luaCode, luaProblem } from './lua';
import { HEALTH_STATUSES } from './lua-health';
import { type Shape, shapeProblems } from './yaml-text';

const SOURCE = 'argo-cd util/settings/settings.go, appendResourceOverridesFromSplitKeys';
const PREFIX = 'resource.customizations.';
const HEALTH = `${PREFIX}health.`;

const sample = (data: string) => sampleConfigMap('argocd-cm', data);
const health = (lua: string, key = 'batch_Job') => sample(`resource.customizations.health.${key}: |\n  ${lua}`);

const key = configRule('cm', {
  code: 'argocd-cm-customization-key',
  severity: 'error',
  summary: 'A resource customisation has a key that Argo CD cannot read.',
  why: `Keys are resource.customizations.<type>.<group>_<Kind>. With an unknown type, or more than one _, no customisation at all is loaded; with fewer parts the key is ignored (CM-02; ${SOURCE}).`,
  fix: 'write resource.customizations.health.<group>_<Kind>, the kind alone for the core group, or all',
  wrong: health('return { status = "Healthy" }').replace('.health.', '.healthcheck.'),
  right: health('return { status = "Healthy" }'),
  check(texts, report) {
    for (const [name, rest] of keysUnder(texts, PREFIX)) {
      const dot = rest.indexOf('.');
      const type = dot < 0 ? rest : rest.slice(0, dot);
      const groupKind = dot < 0 ? '' : rest.slice(dot + 1);
      const at = ['data', name];
      if (!(CUSTOMIZATION_TYPES as readonly string[]).includes(type)) {
        const near = nearest(type, CUSTOMIZATION_TYPES);
        const fix =
          near === undefined
            ? `the types are ${CUSTOMIZATION_TYPES.join(', ')}`
            : `use ${PREFIX}${near}.<group>_<Kind>`;
        report(at, `resource customization type ${type} not supported`, fix);
      } else reportGroupKind(name, groupKind, report);
    }
  },
});

function reportGroupKind(name: string, groupKind: string, report: Report): void {
  const parts = groupKind.split('_');
  const [group = '', kind] = parts;
  const at = ['data', name];
  if (groupKind === '') report(at, `${name} names no kind: it is ignored`);
  else if (parts.length > 2) {
    report(at, `group kind should be in format <group>_<kind> or <kind>, got group kind: '${groupKind}'`);
  } else if (groupKind.includes('/')) {
    report(
      at,
      `'${groupKind}' has a slash, which no key of a ConfigMap may have`,
      `use ${groupKind.replace('/', '_')}`,
    );
  } else if (kind === undefined && group !== 'all' && group.includes('.')) {
    const [, groupPart, kindPart] = /^(.*)\.([^.]*)$/.exec(group)!;
    report(at, `'${group}' is read as a kind of the core group`, `use ${groupPart}_${kindPart}`);
  }
}

const lua = configRule('cm', {
  code: 'argocd-cm-lua',
  severity: 'error',
  summary: 'A Lua script of argocd-cm does not parse.',
  why: 'Argo CD parses the script each time it judges an object; an error makes the health of every object of the kind Unknown (CM-03, CM-04; argo-cd util/lua/lua.go).',
  fix: 'correct the script; runHealthCheck runs it in a test',
  wrong: health('if obj.status the return { status = "Healthy" } end'),
  right: health('if obj.status then return { status = "Healthy" } end'),
  check(texts, report) {
    for (const { at, script, name } of scripts(texts)) {
      const problem = luaProblem(script);
      if (problem !== undefined) report(['data', at], `${name}: ${problem}`);
    }
  },
});

interface Script {
  /** The key it stands under. */
  readonly at: string;
  readonly name: string;
  readonly script: string;
  /** Whether it may use the standard libraries. */
  readonly open: boolean;
  readonly health: boolean;
}

/** Every script: health checks, and the parts of actions. */
function* scripts(texts: Texts): Iterable<Script> {
  for (const [at, groupKind] of keysUnder(texts, HEALTH)) {
    const open = /^(?:1|t|true)$/i.test(texts.get(`${PREFIX}useOpenLibs.${groupKind}`) ?? '');
    yield { at, name: `the health check of ${groupKind}`, script: texts.get(at)!, open, health: true };
  }
  for (const [at, groupKind] of keysUnder(texts, `${PREFIX}actions.`)) {
    const open = /^(?:1|t|true)$/i.test(texts.get(`${PREFIX}useOpenLibs.${groupKind}`) ?? '');
    const read = yamlAt(texts, at);
    const actions = read && 'value' in read && isObject(read.value) ? read.value : {};
    const discovery = actions['discovery.lua'];
    if (typeof discovery === 'string') {
      yield { at, name: `the discovery of ${groupKind}'s actions`, script: discovery, open, health: false };
    }
    const definitions = Array.isArray(actions['definitions']) ? (actions['definitions'] as unknown[]) : [];
    for (const definition of definitions) {
      if (!isObject(definition) || typeof definition['action.lua'] !== 'string') continue;
      const name = `action '${definition['name']}' of ${groupKind}`;
      yield { at, name, script: definition['action.lua'], open, health: false };
    }
  }
  yield* legacyScripts(texts);
}

function* legacyScripts(texts: Texts): Iterable<Script> {
  const read = yamlAt(texts, 'resource.customizations');
  if (read === undefined || !('value' in read) || !isObject(read.value)) return;
  for (const [groupKind, customization] of Object.entries(read.value)) {
    if (!isObject(customization) || typeof customization['health.lua'] !== 'string') continue;
    yield {
      at: 'resource.customizations',
      name: `the health check of ${groupKind}`,
      script: customization['health.lua'],
      open: customization['health.lua.useOpenLibs'] === true,
      health: true,
    };
  }
}

export const healthStatus = configRule('cm', {
  code: 'argocd-cm-lua-status',
  severity: 'warning',
  summary: 'A health check gives a status that Argo CD does not know.',
  why: 'Any other word than Healthy, Progressing, Degraded, Suspended, Missing and Unknown becomes Unknown, with the message "Lua returned an invalid health status" (CM-03; argo-cd util/lua/health.go).',
  fix: `use one of ${HEALTH_STATUSES.join(', ')}`,
  wrong: health('return { status = "Ready" }'),
  right: health('return { status = "Healthy" }'),
  check(texts, report) {
    for (const { at, script, health, name } of scripts(texts)) {
      if (!health) continue;
      for (const word of statusesIn(script)) {
        if ((HEALTH_STATUSES as readonly string[]).includes(word)) continue;
        const near = nearest(word, HEALTH_STATUSES);
        report(['data', at], `${name} gives the status "${word}": Argo CD shows Unknown`, near && `use "${near}"`);
      }
    }
  },
});

/** The words that a returned table, or the variables that are usually returned, are given as `status`. */
function statusesIn(script: string): string[] {
  const returned = [...script.matchAll(/\breturn\s+([A-Za-z_]\w*)\b/g)].map(([, name]) => name);
  const assigned = returned.flatMap((name) => [
    ...script.matchAll(new RegExp(`\\b${name}\\.status\\s*=(?!=)\\s*(["'])([^"'\\n]*)\\1`, 'g')),
  ]);
  const built = [...script.matchAll(/\breturn\s*\{[^{}]*?\bstatus\s*=(?!=)\s*(["'])([^"'\n]*)\1/g)];
  return [...assigned, ...built].map(([, , word]) => word!);
}

const library = configRule('cm', {
  code: 'argocd-cm-lua-library',
  severity: 'error',
  summary: 'A Lua script uses a library that is not open to it.',
  why: 'A script of argocd-cm has base, table and package alone; string (its methods too) and math need useOpenLibs, and os is had by require("os") (CM-03; argo-cd util/lua/lua.go, runLua).',
  fix: 'set useOpenLibs for the kind: resource.customizations.useOpenLibs.<group>_<Kind>: "true"',
  wrong: health('return { status = "Healthy", message = string.lower(obj.kind) }'),
  right: sample(
    'resource.customizations.useOpenLibs.batch_Job: "true"\nresource.customizations.health.batch_Job: |\n  return { status = "Healthy", message = string.lower(obj.kind) }',
  ),
  check(texts, report) {
    for (const { at, script, open, name } of scripts(texts)) {
      if (open) continue;
      const code = luaCode(script);
      const used = /(?<![\w.:])(string|math|io|debug|coroutine)\.\w/.exec(code)?.[1];
      const method = /:(match|gmatch|find|gsub|sub|lower|upper|format|len|rep|reverse|byte)\s*\(/.exec(code)?.[1];
      if (used !== undefined) report(['data', at], `${name} uses ${used}, which is nil there`);
      else if (method !== undefined) report(['data', at], `${name} calls a text's :${method}(), which is not there`);
      else if (/(?<![\w.:])os\.\w/.test(code) && !/\brequire\b/.test(code)) {
        report(['data', at], `${name} uses os, which is nil there`, 'begin with: local os = require("os")');
      }
    }
  },
});

const SHAPES: Readonly<Record<string, Shape>> = {
  actions: ACTIONS,
  ignoreDifferences: IGNORE,
  ignoreResourceUpdates: IGNORE,
  knownTypeFields: KNOWN_TYPES,
};

const content = configRule('cm', {
  code: 'argocd-cm-customization-yaml',
  severity: 'error',
  summary: 'A resource customisation does not parse or fit.',
  why: `One that does not parse, and a useOpenLibs that is no boolean, keep all customisations from loading; an unknown field is dropped without a word (CM-04; ${SOURCE}).`,
  fix: 'ignoreDifferences is { jsonPointers, jqPathExpressions, managedFieldsManagers }, knownTypeFields a list of { field, type }, actions { discovery.lua, definitions }',
  wrong: sample('resource.customizations.ignoreDifferences.apps_Deployment: "[/spec/replicas]"'),
  right: sample('resource.customizations.ignoreDifferences.apps_Deployment: "jsonPointers: [/spec/replicas]"'),
  check(texts, report) {
    for (const [at, groupKind] of keysUnder(texts, `${PREFIX}useOpenLibs.`)) {
      const text = texts.get(at)!;
      if (!isGoBoolean(text))
        report(['data', at], `useOpenLibs of ${groupKind} is ${JSON.stringify(text)}`, 'write "true" or "false"');
    }
    for (const [type, shape] of Object.entries(SHAPES)) {
      for (const [at] of keysUnder(texts, `${PREFIX}${type}.`)) {
        const read = yamlAt(texts, at)!;
        if ('problem' in read) report(['data', at], `it is no YAML: ${read.problem}`);
        else
          for (const { path, message } of shapeProblems(read.value, shape))
            report(['data', at], `${path && `${path}: `}${message}`);
      }
    }
  },
});

const pointer = configRule('cm', {
  code: 'argocd-cm-json-pointer',
  severity: 'error',
  summary: 'A JSON pointer does not begin with a slash.',
  why: 'Argo CD makes a JSON Patch of it, which takes pointers of RFC 6901: without the slash nothing is ignored (CM-04; argo-cd util/argo/normalizers/diff_normalizer.go).',
  fix: 'write /spec/replicas; a slash in a name is ~1',
  wrong: sample('resource.customizations.ignoreDifferences.apps_Deployment: "jsonPointers: [spec.replicas]"'),
  right: sample('resource.customizations.ignoreDifferences.apps_Deployment: "jsonPointers: [/spec/replicas]"'),
  check(texts, report) {
    for (const type of ['ignoreDifferences', 'ignoreResourceUpdates']) {
      for (const [at] of keysUnder(texts, `${PREFIX}${type}.`)) {
        const read = yamlAt(texts, at);
        const pointers = read && 'value' in read && isObject(read.value) ? read.value['jsonPointers'] : undefined;
        if (!Array.isArray(pointers)) continue;
        for (const text of pointers) {
          if (typeof text === 'string' && !text.startsWith('/'))
            report(['data', at], `'${text}' is no JSON pointer`, `write /${text.replaceAll('.', '/')}`);
        }
      }
    }
  },
});

const openLibsAlone = configRule('cm', {
  code: 'argocd-cm-open-libs-alone',
  severity: 'warning',
  summary: 'useOpenLibs is said for a kind without a script.',
  why: 'It opens the libraries to the scripts under the same group and kind; without one it does nothing (CM-02; argo-cd docs/operator-manual/health.md).',
  fix: 'use the same <group>_<Kind> as the health check',
  wrong: sample('resource.customizations.useOpenLibs.batch_Job: "true"'),
  right: sample(
    'resource.customizations.useOpenLibs.batch_Job: "true"\nresource.customizations.health.batch_Job: |\n  return { status = "Healthy" }',
  ),
  check(texts, report) {
    for (const [at, groupKind] of keysUnder(texts, `${PREFIX}useOpenLibs.`)) {
      if (texts.has(`${HEALTH}${groupKind}`) || texts.has(`${PREFIX}actions.${groupKind}`)) continue;
      report(['data', at], `there is no health check and no action of ${groupKind}`);
    }
  },
});

export const customizationRules: readonly Rule<ConfigMapManifest>[] = [
  key,
  lua,
  healthStatus,
  library,
  content,
  pointer,
  openLibsAlone,
];
