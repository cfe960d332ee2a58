/** The schedules of Argo CD's sync windows: five fields, as robfig/cron reads them, without `@daily` and without seconds. */

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of week', min: 0, max: 6, names: DAYS },
];

/** What is wrong with a schedule, or undefined. */
export function cronProblem(schedule: string): string | undefined {
  if (schedule.trim().startsWith('@')) return 'descriptors such as @daily are not read';
  const texts = schedule
    .replace(/^(CRON_)?TZ=\S+\s+/, '')
    .trim()
    .split(/\s+/);
  if (texts.length !== FIELDS.length || texts[0] === '') {
    return `expected exactly 5 fields, found ${texts[0] === '' ? 0 : texts.length}`;
  }
  for (const [index, field] of FIELDS.entries()) {
    const bad = texts[index]!.split(',').find((range) => !isRange(range, field));
    if (bad !== undefined) {
      return `${JSON.stringify(bad)} is no ${field.name} (${field.min} to ${field.max})`;
    }
  }
  return undefined;
}

function isRange(text: string, field: Field): boolean {
  const [range = '', step, ...rest] = text.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*' || range === '?') return true;
  const [low, high, ...more] = range.split('-').map((part) => numberOf(part, field));
  if (more.length > 0 || low === undefined || (range.includes('-') && high === undefined)) return false;
  return low >= field.min && (high ?? low) <= field.max && low <= (high ?? low);
}

function numberOf(text: string, { min, names }: Field): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  return index < 0 ? undefined : index + min;
}
