/** Rules about an AppProject's sync windows. A window that Argo CD cannot read blocks every sync it might concern. */
import { tryParseGoDuration } from '../kernel/duration';
import { defineRule } from '../kernel/rule';
import type { AppProject } from '../schema/generated/argo-cd';
import { cronProblem } from './cron';
import { sampleProject } from './rule-support';

const window = defineRule<AppProject>({
  code: 'argocd-project-sync-window',
  severity: 'error',
  summary: 'A sync window has no meaning, and blocks syncs.',
  why: 'A window needs kind allow or deny, a schedule of five cron fields, a Go duration, a short description, and one of applications, namespaces and clusters; a bad one blocks syncs at run time (AC-48; argo-cd pkg/apis/application/v1alpha1/types.go SyncWindow.Validate, controller/sync.go syncWindowPreventsSync).',
  fix: "write { kind: 'allow', schedule: '0 22 * * *', duration: '1h', applications: ['*'] }",
  wrong: sampleProject({
    syncWindows: "[{ kind: allow, schedule: '61 22 * * *', duration: 1h, applications: ['*'] }]",
  }),
  right: sampleProject({ syncWindows: "[{ kind: allow, schedule: '0 22 * * *', duration: 1h, applications: ['*'] }]" }),
  check({ spec }, report) {
    for (const [index, entry] of (spec?.syncWindows ?? []).entries()) {
      if (entry === undefined) continue;
      const { kind, schedule = '', duration = '', description = '' } = entry;
      const say = (field: string, message: string) => report(['spec', 'syncWindows', index, field], message);
      if (kind !== 'allow' && kind !== 'deny') say('kind', `kind '${kind ?? ''}' mismatch: can only be allow or deny`);
      const problem = cronProblem(schedule);
      if (problem !== undefined) say('schedule', `cannot parse schedule '${schedule}': ${problem}`);
      if (tryParseGoDuration(duration) === undefined) {
        say('duration', `cannot parse duration '${duration}'${/\dd/.test(duration) ? ': write days as hours' : ''}`);
      }
      if (description.length > 255) say('description', `has ${description.length} characters, 255 are allowed`);
      if ([entry.applications, entry.namespaces, entry.clusters].every((list) => (list ?? []).length === 0)) {
        report(['spec', 'syncWindows', index], 'window requires one of application, cluster or namespace');
      }
    }
  },
});

const timeZone = defineRule<AppProject>({
  code: 'argocd-project-sync-window-time-zone',
  severity: 'error',
  summary: "A sync window's time zone does not exist.",
  why: 'An unknown time zone silently becomes UTC, so the window opens at the wrong hour (AC-48; argo-cd pkg/apis/application/v1alpha1/types.go, SyncWindow.scheduleOffsetByTimeZone).',
  fix: 'write a name of the IANA database: Europe/Berlin',
  wrong: sampleProject({
    syncWindows: "[{ kind: deny, schedule: '0 22 * * *', duration: 1h, timeZone: Europe/Belin, clusters: [prod] }]",
  }),
  right: sampleProject({
    syncWindows: "[{ kind: deny, schedule: '0 22 * * *', duration: 1h, timeZone: Europe/Berlin, clusters: [prod] }]",
  }),
  check({ spec }, report) {
    for (const [index, entry] of (spec?.syncWindows ?? []).entries()) {
      const zone = entry?.timeZone;
      if (!zone || isTimeZone(zone)) continue;
      report(['spec', 'syncWindows', index, 'timeZone'], `${JSON.stringify(zone)} is unknown: Argo CD takes UTC`);
    }
  },
});

export const syncWindowRules = [window, timeZone] as const;

const zones = new Map<string, boolean>();

function isTimeZone(name: string): boolean {
  let known = zones.get(name);
  if (known === undefined) {
    // Intl also takes offsets such as +02:00, which Go's database has no file for.
    known = name === 'Local' || (!/^[+-]/.test(name) && isIntlZone(name));
    zones.set(name, known);
  }
  return known;
}

function isIntlZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
