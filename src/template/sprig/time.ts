/** Go's time.Time: a moment with a zone. The controller's local zone is taken for UTC, as in its image. */
import { fail, notOffline } from '../error';
import { type GoMethod, GoStruct, type GoValue, int } from '../go/value';
import { DAYS, layoutParts, MONTHS } from './time-layout';

export interface Zone {
  /** Empty when only the offset is known. */
  readonly name: string;
  readonly offset: number;
}

export const UTC: Zone = { name: 'UTC', offset: 0 };

/** Seconds of Go's zero time, the first of January of the year 1. */
const ZERO = -62135596800;

export class GoTime extends GoStruct {
  override readonly type = 'time.Time';
  override readonly kind = 'struct';

  constructor(
    readonly seconds: number,
    readonly nanos: number = 0,
    readonly zone: Zone = UTC,
  ) {
    super();
  }

  /** The calendar of the zone. */
  private get date(): Date {
    return new Date((this.seconds + this.zone.offset) * 1000);
  }

  override text(): string {
    return this.format('2006-01-02 15:04:05.999999999 -0700 MST');
  }

  override json(): string {
    return JSON.stringify(this.format('2006-01-02T15:04:05.999999999Z07:00'));
  }

  override equals(other: GoStruct): boolean {
    return other instanceof GoTime && other.text() === this.text();
  }

  add(nanos: bigint): GoTime {
    const all = BigInt(this.seconds) * 1_000_000_000n + BigInt(this.nanos) + nanos;
    const rest = ((all % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
    return new GoTime(Number((all - rest) / 1_000_000_000n), Number(rest), this.zone);
  }

  format(layout: string): string {
    return layoutParts(layout)
      .map(({ prefix, field }) => prefix + (field === undefined ? '' : this.field(field)))
      .join('');
  }

  private field(field: string): string {
    const date = this.date;
    if (/^[.,]/.test(field)) return this.fraction(field);
    if (/^(Z|-)07/.test(field)) return this.offset(field);
    const hour = date.getUTCHours();
    switch (field) {
      case '2006':
        return year(date.getUTCFullYear());
      case '06':
        return two(Math.abs(date.getUTCFullYear()) % 100);
      case 'January':
        return MONTHS[date.getUTCMonth()]!;
      case 'Jan':
        return MONTHS[date.getUTCMonth()]!.slice(0, 3);
      case '1':
        return String(date.getUTCMonth() + 1);
      case '01':
        return two(date.getUTCMonth() + 1);
      case 'Monday':
        return DAYS[date.getUTCDay()]!;
      case 'Mon':
        return DAYS[date.getUTCDay()]!.slice(0, 3);
      case '15':
        return two(hour);
      case '3':
        return String(hour % 12 || 12);
      case '03':
        return two(hour % 12 || 12);
      case 'PM':
        return hour >= 12 ? 'PM' : 'AM';
      case 'pm':
        return hour >= 12 ? 'pm' : 'am';
      case 'MST':
        return this.zone.name || this.offset('-0700');
      default:
        return this.number(field, date);
    }
  }

  private number(field: string, date: Date): string {
    const day = date.getUTCDate();
    const ofYear = yearDay(date);
    switch (field) {
      case '2':
        return String(day);
      case '02':
        return two(day);
      case '_2':
        return String(day).padStart(2);
      case '002':
        return String(ofYear).padStart(3, '0');
      case '__2':
        return String(ofYear).padStart(3);
      case '4':
        return String(date.getUTCMinutes());
      case '04':
        return two(date.getUTCMinutes());
      case '5':
        return String(date.getUTCSeconds());
      default:
        return two(date.getUTCSeconds());
    }
  }

  private fraction(field: string): string {
    const digits = String(this.nanos)
      .padStart(9, '0')
      .slice(0, field.length - 1)
      .padEnd(field.length - 1, '0');
    const shown = field[1] === '9' ? digits.replace(/0+$/, '') : digits;
    return field[1] === '9' && shown === '' ? '' : field[0] + shown;
  }

  private offset(field: string): string {
    const { offset } = this.zone;
    if (field.startsWith('Z') && offset === 0) return 'Z';
    const size = Math.abs(offset);
    const colon = field.includes(':') ? ':' : '';
    const minutes = Math.trunc(size / 60);
    let out = (Math.trunc(offset / 60) < 0 ? '-' : '+') + two(Math.trunc(minutes / 60));
    if (field.length > 3) out += colon + two(minutes % 60);
    if (field.replaceAll(':', '').length > 5) out += colon + two(size % 60);
    return out;
  }

  override method(name: string): GoMethod | undefined {
    if (name === 'Format') return { params: ['string'], call: ([layout]) => this.format(layout as string) };
    if (name === 'Before') return this.compared((other) => this.order(other) < 0);
    if (name === 'After') return this.compared((other) => this.order(other) > 0);
    if (name === 'Equal') return this.compared((other) => this.order(other) === 0);
    const value = this.property(name);
    if (value !== undefined) return { params: [], call: () => value };
    if (!/^(Month|Weekday|Date|Clock|ISOWeek|Add|AddDate|Sub|Compare|Truncate|Round|In|Location|Zone)$/.test(name)) {
      return undefined;
    }
    return { params: [], call: () => notOffline(`the method ${name} of a time; use Format`) };
  }

  private compared(holds: (other: GoTime) => boolean): GoMethod {
    return { params: ['time'], call: ([other]) => holds(other as GoTime) };
  }

  private order(other: GoTime): number {
    return this.seconds - other.seconds || this.nanos - other.nanos;
  }

  private property(name: string): GoValue {
    const date = this.date;
    const numbers: Readonly<Record<string, number>> = {
      Year: date.getUTCFullYear(),
      Day: date.getUTCDate(),
      Hour: date.getUTCHours(),
      Minute: date.getUTCMinutes(),
      Second: date.getUTCSeconds(),
      Nanosecond: this.nanos,
      YearDay: yearDay(date),
    };
    if (Object.hasOwn(numbers, name)) return int(numbers[name]!);
    switch (name) {
      case 'Unix':
        return int(this.seconds, 'int64');
      case 'UnixMilli':
        return int(this.seconds * 1000 + Math.floor(this.nanos / 1e6), 'int64');
      case 'UTC':
      case 'Local':
        return new GoTime(this.seconds, this.nanos);
      case 'IsZero':
        return this.seconds === ZERO && this.nanos === 0;
      case 'String':
        return this.text();
      default:
        return undefined;
    }
  }
}

export const ZERO_TIME = new GoTime(ZERO);

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function year(value: number): string {
  return value < 0 ? `-${String(-value).padStart(4, '0')}` : String(value).padStart(4, '0');
}

function yearDay(date: Date): number {
  const start = new Date(date);
  start.setUTCMonth(0, 1);
  start.setUTCHours(0, 0, 0, 0);
  return Math.floor((date.getTime() - start.getTime()) / 86_400_000) + 1;
}

/** The moment in another zone; a zone that nobody knows is UTC. */
export function inZone(time: GoTime, zone: string): GoTime {
  if (zone === 'Local' || zone === 'UTC' || zone === '') return new GoTime(time.seconds, time.nanos);
  const offset = zoneOffset(time.seconds, zone);
  return offset === undefined
    ? new GoTime(time.seconds, time.nanos)
    : new GoTime(time.seconds, time.nanos, { name: '?', offset });
}

/** Seconds east of UTC at a moment; undefined for a name that is no zone. */
function zoneOffset(seconds: number, zone: string): number | undefined {
  const options = { timeZone: zone, timeZoneName: 'longOffset' } as const;
  if (!/^[A-Z][A-Za-z0-9_+\-/]*$/.test(zone)) return undefined;
  let shown: string | undefined;
  try {
    const parts = new Intl.DateTimeFormat('en-US', options).formatToParts(new Date(seconds * 1000));
    shown = parts.find(({ type }) => type === 'timeZoneName')?.value;
  } catch {
    return undefined;
  }
  const found = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(shown ?? '');
  if (found === null) return fail(`not supported offline: the time zone ${zone}`);
  const size = Number(found[2] ?? 0) * 3600 + Number(found[3] ?? 0) * 60 + Number(found[4] ?? 0);
  return found[1] === '-' ? -size : size;
}
