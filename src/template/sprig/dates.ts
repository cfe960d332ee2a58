/** Dates and durations. What would read the clock is refused. */
import { fail, notOffline } from '../error';
import { type FunctionMap, fn } from '../go/function';
import { wrap64 } from '../go/number';
import { GoInt, type GoStruct, type GoValue, plain, typeName } from '../go/value';
import { durationText, parseDuration } from './duration';
import { type GoTime, inZone, GoTime as Time, ZERO_TIME } from './time';
import { parseTime } from './time-parse';

function moment(date: GoValue): GoTime {
  const bare = plain(date);
  if (bare instanceof Time) return bare;
  if (bare instanceof GoInt && (bare.type === 'int' || bare.type === 'int64')) return new Time(Number(bare.value));
  return notOffline(`a date given as ${typeName(bare)} is taken for the present moment, which differs on every render`);
}

function dateInZone(layout: string, date: GoValue, zone: string): string {
  const time = inZone(moment(date), zone);
  if (time.zone.name === '?' && layout.includes('MST')) notOffline(`the abbreviation of the time zone ${zone}`);
  return time.format(layout);
}

function date(layout: string, value: GoValue): string {
  return dateInZone(layout, value, 'Local');
}

function modify(text: string, time: GoStruct): GoValue {
  const duration = parseDuration(text);
  return typeof duration === 'bigint' ? (time as GoTime).add(duration) : time;
}

function mustModify(text: string, time: GoStruct): GoValue {
  const duration = parseDuration(text);
  return typeof duration === 'bigint' ? (time as GoTime).add(duration) : fail(duration.problem);
}

function toDate(layout: string, text: string): GoValue {
  const read = parseTime(layout, text);
  return 'problem' in read ? ZERO_TIME : read;
}

function mustToDate(layout: string, text: string): GoValue {
  const read = parseTime(layout, text);
  return 'problem' in read ? fail(read.problem) : read;
}

function duration(value: GoValue): string {
  const bare = plain(value);
  let seconds = 0n;
  if (typeof bare === 'string') seconds = secondsOf(bare);
  else if (bare instanceof GoInt && bare.type === 'int64') seconds = bare.value;
  return durationText(wrap64(seconds * 1_000_000_000n));
}

/** strconv.ParseInt, whose error is dropped: too large a number becomes the largest. */
function secondsOf(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) return 0n;
  const most = (1n << 63n) - 1n;
  const value = BigInt(text.replace(/^\+/, ''));
  return value > most ? most : value < -most - 1n ? -most - 1n : value;
}

const UNITS: readonly (readonly [seconds: bigint, name: string])[] = [
  [31_536_000n, 'y'],
  [2_592_000n, 'mo'],
  [86_400n, 'd'],
  [3600n, 'h'],
  [60n, 'm'],
  [1n, 's'],
];

function durationRound(value: GoValue): string {
  const bare = plain(value);
  if (bare instanceof Time) return notOffline('it reads the clock');
  let nanos = bare instanceof GoInt && bare.type === 'int64' ? bare.value : 0n;
  if (typeof bare === 'string') {
    const read = parseDuration(bare);
    nanos = typeof read === 'bigint' ? read : 0n;
  }
  const size = nanos < 0n ? -nanos : nanos;
  const unit = UNITS.find(([seconds]) => size > seconds * 1_000_000_000n);
  return unit === undefined ? '0s' : `${size / (unit[0] * 1_000_000_000n)}${unit[1]}`;
}

export const DATES: FunctionMap = {
  date: fn('string any', date),
  dateInZone: fn('string any string', dateInZone),
  date_in_zone: fn('string any string', dateInZone),
  htmlDate: fn('any', (value) => date('2006-01-02', value)),
  htmlDateInZone: fn('any string', (value, zone) => dateInZone('2006-01-02', value, zone)),
  dateModify: fn('string time', modify),
  date_modify: fn('string time', modify),
  mustDateModify: fn('string time', mustModify),
  must_date_modify: fn('string time', mustModify),
  toDate: fn('string string', toDate),
  mustToDate: fn('string string', mustToDate),
  unixEpoch: fn('time', (time) => String((time as GoTime).seconds)),
  duration: fn('any', duration),
  durationRound: fn('any', durationRound),
};
