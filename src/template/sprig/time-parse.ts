/** time.ParseInLocation in UTC, with its errors. */
import { notOffline } from '../error';
import { GoTime, UTC, type Zone } from './time';
import { DAYS, layoutParts, MONTHS, timeQuote } from './time-layout';

export type TimeRead = GoTime | { readonly problem: string };

/** A field that does not fit. */
class Bad extends Error {}
/** A field that fits and means nothing: month 13. */
class Range extends Error {}

const SHORT_MONTHS = MONTHS.map((name) => name.slice(0, 3));
const SHORT_DAYS = DAYS.map((name) => name.slice(0, 3));

export function parseTime(layout: string, text: string): TimeRead {
  const reader = new TimeReader(text);
  const parts = layoutParts(layout);
  for (const [index, { prefix, field }] of parts.entries()) {
    const quoted = `parsing time ${timeQuote(text)}`;
    if (!reader.skip(prefix)) {
      return {
        problem: `${quoted} as ${timeQuote(layout)}: cannot parse ${timeQuote(reader.rest)} as ${timeQuote(prefix)}`,
      };
    }
    if (field === undefined) {
      return reader.rest === '' ? reader.time() : { problem: `${quoted}: extra text: ${timeQuote(reader.rest)}` };
    }
    const hold = reader.rest;
    try {
      reader.field(field, parts[index + 1]);
    } catch (error) {
      if (error instanceof Range) return { problem: `${quoted}: ${error.message} out of range` };
      if (!(error instanceof Bad)) throw error;
      return { problem: `${quoted} as ${timeQuote(layout)}: cannot parse ${timeQuote(hold)} as ${timeQuote(field)}` };
    }
  }
  return { problem: 'unreachable' };
}

class TimeReader {
  rest: string;
  private year = 0;
  private month = -1;
  private day = -1;
  private ofYear = -1;
  private hour = 0;
  private minute = 0;
  private second = 0;
  private nanos = 0;
  private half: 'am' | 'pm' | undefined;
  private zone: Zone | undefined;

  constructor(private readonly whole: string) {
    this.rest = whole;
  }

  /** Literal text; any number of blanks matches any number. */
  skip(prefix: string): boolean {
    for (let at = 0; at < prefix.length; ) {
      if (prefix[at] === ' ') {
        if (this.rest !== '' && this.rest[0] !== ' ') return false;
        while (prefix[at] === ' ') at++;
        this.rest = this.rest.replace(/^ +/, '');
      } else if (this.rest[0] === prefix[at]) {
        at++;
        this.rest = this.rest.slice(1);
      } else return false;
    }
    return true;
  }

  private take(pattern: RegExp): RegExpExecArray {
    const found = pattern.exec(this.rest);
    if (found === null) throw new Bad();
    this.rest = this.rest.slice(found[0].length);
    return found;
  }

  private number(fixed: boolean): number {
    return Number(this.take(fixed ? /^\d\d/ : /^\d\d?/)[0]);
  }

  private name(names: readonly string[]): number {
    const at = names.findIndex((name) => this.rest.slice(0, name.length).toLowerCase() === name.toLowerCase());
    if (at < 0) throw new Bad();
    this.rest = this.rest.slice(names[at]!.length);
    return at;
  }

  field(field: string, next: { readonly prefix: string; readonly field: string | undefined } | undefined): void {
    if (/^[.,]/.test(field)) this.fraction(field);
    else if (/^(Z|-)07/.test(field)) this.offset(field);
    else if (/^(2006|06|Jan|1$|01|Mon|2$|02|_2|__2)/.test(field)) this.dateField(field);
    else if (field === 'MST') this.zoneName();
    else if (field === 'PM' || field === 'pm') {
      this.half = this.take(field === 'PM' ? /^[AP]M/ : /^[ap]m/)[0].toLowerCase() as 'am' | 'pm';
    } else this.clockField(field, next?.prefix === '' ? next.field : undefined);
  }

  private dateField(field: string): void {
    switch (field) {
      case '2006':
        this.year = Number(this.take(/^\d{4}/)[0]);
        return;
      case '06': {
        const short = Number(this.take(/^\d\d/)[0]);
        this.year = short + (short >= 69 ? 1900 : 2000);
        return;
      }
      case 'January':
      case 'Jan':
        this.month = this.name(field === 'Jan' ? SHORT_MONTHS : MONTHS) + 1;
        return;
      case 'Monday':
      case 'Mon':
        this.name(field === 'Mon' ? SHORT_DAYS : DAYS);
        return;
      case '1':
      case '01':
        this.month = this.number(field === '01');
        if (this.month < 1 || this.month > 12) throw new Range('month');
        return;
      case '__2':
        this.rest = this.rest.replace(/^ {0,2}/, '');
        this.ofYear = Number(this.take(/^\d{1,3}/)[0]);
        return;
      default:
        if (field === '_2') this.rest = this.rest.replace(/^ /, '');
        this.day = this.number(field === '02');
    }
  }

  private clockField(field: string, next: string | undefined): void {
    const value = field === '002' ? Number(this.take(/^\d{3}/)[0]) : this.number(field.startsWith('0'));
    switch (field) {
      case '002':
        this.ofYear = value;
        return;
      case '15':
      case '3':
      case '03':
        this.hour = value;
        if (value > (field === '15' ? 23 : 12)) throw new Range('hour');
        return;
      case '4':
      case '04':
        this.minute = value;
        if (value > 59) throw new Range('minute');
        return;
      default:
        this.second = value;
        if (value > 59) throw new Range('second');
        if (/^[.,]\d/.test(this.rest) && !/^[.,]/.test(next ?? '')) this.nanoseconds(this.take(/^[.,]\d+/)[0]);
    }
  }

  private nanoseconds(text: string): void {
    this.nanos = Number(text.slice(1, 10).padEnd(9, '0'));
  }

  private fraction(field: string): void {
    if (field[1] === '9') {
      if (/^[.,]\d/.test(this.rest)) this.nanoseconds(this.take(/^[.,]\d+/)[0]);
    } else this.nanoseconds(this.take(new RegExp(`^[.,]\\d{${field.length - 1}}`))[0]);
  }

  private offset(field: string): void {
    if (field.startsWith('Z') && this.rest.startsWith('Z')) {
      this.rest = this.rest.slice(1);
      this.zone = UTC;
      return;
    }
    const colon = field.includes(':') ? ':' : '';
    const units = field.replaceAll(':', '').length;
    const pattern = `^([+-])(\\d\\d)${units > 3 ? `${colon}(\\d\\d)` : ''}${units > 5 ? `${colon}(\\d\\d)` : ''}`;
    const [, sign, hours = '0', minutes = '0', seconds = '0'] = this.take(new RegExp(pattern));
    if (Number(hours) > 24) throw new Range('time zone offset hour');
    if (Number(minutes) > 60) throw new Range('time zone offset minute');
    if (Number(seconds) > 60) throw new Range('time zone offset second');
    const size = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    this.zone = size === 0 ? UTC : { name: '', offset: sign === '-' ? -size : size };
  }

  private zoneName(): void {
    if (!this.rest.startsWith('UTC')) notOffline(`the time zone in ${timeQuote(this.whole)}; write it as an offset`);
    this.rest = this.rest.slice(3);
    this.zone = UTC;
  }

  time(): TimeRead {
    if (this.half === 'pm' && this.hour < 12) this.hour += 12;
    else if (this.half === 'am' && this.hour === 12) this.hour = 0;
    if (this.ofYear >= 0) return notOffline('dates by the day of the year');
    const month = this.month < 0 ? 1 : this.month;
    const day = this.day < 0 ? 1 : this.day;
    const last = new Date(0);
    last.setUTCFullYear(this.year, month, 0);
    if (day < 1 || day > last.getUTCDate())
      return { problem: `parsing time ${timeQuote(this.whole)}: day out of range` };
    const date = new Date(0);
    date.setUTCFullYear(this.year, month - 1, day);
    date.setUTCHours(this.hour, this.minute, this.second);
    const zone = this.zone ?? UTC;
    return new GoTime(date.getTime() / 1000 - zone.offset, this.nanos, zone);
  }
}
