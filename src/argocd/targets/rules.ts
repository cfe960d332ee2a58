/**
 * Gates as rules. They hold for a target version only, so they are no part of a kind: whoever knows the target adds them
 * to the kind's own.
 */
import { ARGO_CD_VERSIONS, type ArgoCdVersion } from '../../core/targets';
import type { FieldPath } from '../../kernel/issue';
import type { DeepPartial, Manifest } from '../../kernel/manifest';
import { defineRule, type Report, type Rule } from '../../kernel/rule';
import type { ApplicationSet } from '../../schema/generated/argo-cd';
import { generatorEntries } from '../generator-walk';
import { sampleApplication, templatesOf } from '../rule-support';
import { type Gate, type Subject, visit } from './gate';
import { GATES, SUPERSEDED } from './gates';

/** The rules that a target version adds to those of a kind. Ask once for each kind. */
export function targetRules(target: ArgoCdVersion, group: string, kind: string): readonly Rule[] {
  const owner = group === 'argoproj.io' ? kind : '';
  const newer = checkOf(
    GATES.filter(({ since }) => isOlder(target, since)),
    owner,
    (gate, got) => `${gate.name} (got ${got}) needs Argo CD ${gate.since}; in ${target}, the target, ${gate.effect}`,
  );
  const superseded = checkOf(
    SUPERSEDED.filter(({ since }) => !isOlder(target, since)),
    owner,
    (gate, got) =>
      `${gate.name} (got ${got}) is over since Argo CD ${gate.since}; in ${target}, the target, ${gate.effect}`,
  );
  return [
    ...(newer === undefined ? [] : [defineRule({ ...NEWER, check: newer })]),
    ...(superseded === undefined ? [] : [defineRule({ ...OLDER, check: superseded })]),
  ];
}

const WHY = 'argo-cd manifests/crds and docs/operator-manual/upgrading, minor by minor';
const SOURCE = 'repoURL: https://github.com/acme/deploy.git, path: checkout, targetRevision';

const NEWER: Omit<Rule, 'check'> = {
  code: 'argocd-newer-than-target',
  severity: 'error',
  summary: 'A manifest uses what the target version of Argo CD does not have yet.',
  why: `The API server drops fields that its CRD does not have, and the controller ignores values it does not know (${WHY}).`,
  fix: 'remove it, or raise the target version',
  wrong: sampleApplication({ source: `{ ${SOURCE}: '1.x', tagPrefix: checkout/ }` }),
  right: sampleApplication({ source: `{ ${SOURCE}: checkout/1.4.0 }` }),
};

const OLDER: Omit<Rule, 'check'> = {
  code: 'argocd-superseded-at-target',
  severity: 'warning',
  summary: 'A manifest relies on what the target version of Argo CD does no longer do.',
  why: `Fields stay in the CRD when their effect is gone (${WHY}).`,
  fix: 'remove it',
  wrong: sampleApplication({ source: `{ ${SOURCE}: main, helm: { version: v3 } }` }),
  right: sampleApplication({ source: `{ ${SOURCE}: main }` }),
};

type Say = (gate: Gate, got: string) => string;
type Check = Rule['check'];

/** The check of one kind's manifests; undefined where no gate concerns them. */
function checkOf(gates: readonly Gate[], kind: string, say: Say): Check | undefined {
  const of = (...subjects: readonly (Subject | string)[]) => gates.filter(({ subject }) => subjects.includes(subject));
  const own = of('any object', kind);
  if (kind !== 'ApplicationSet') {
    return own.length === 0 ? undefined : (manifest, report) => judge(own, manifest, [], say, report);
  }
  const templated = of('any object', 'Application');
  const generated = of('generator');
  if (own.length + templated.length + generated.length === 0) return undefined;
  return (manifest, report) => {
    const set = manifest as DeepPartial<Manifest> & DeepPartial<ApplicationSet>;
    judge(own, set, [], say, report);
    for (const { path, template } of templatesOf(set)) judge(templated, template, path, say, report);
    for (const { path, entry } of generatorEntries(set)) judge(generated, entry, path, say, report);
  };
}

function judge(gates: readonly Gate[], root: unknown, at: FieldPath, say: Say, report: Report): void {
  for (const gate of gates) {
    for (const pattern of gate.paths) {
      visit(root, pattern, (path, value) => {
        if (gate.when?.(value) === false) return;
        report([...at, ...path], say(gate, shown(value)), gate.instead);
      });
    }
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function isOlder(version: ArgoCdVersion, than: ArgoCdVersion): boolean {
  return ARGO_CD_VERSIONS.indexOf(version) < ARGO_CD_VERSIONS.indexOf(than);
}
