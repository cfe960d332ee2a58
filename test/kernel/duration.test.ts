import { Duration } from 'cdk8s';
import { duration, goDuration, goDurationWithoutHours, tryParseGoDuration } from '../../src/kernel/duration';

test.each([
  ['0', 0],
  ['5m', 300],
  ['1h30m', 5400],
  ['1.5h', 5400],
  ['.5s', 0.5],
  ['-1m', -60],
  ['+1m', 60],
  ['100ms', 0.1],
  ['1h0m0s', 3600],
  ['2562047h', 2562047 * 3600],
])('reads %s as Go does', (text, seconds) => {
  expect(tryParseGoDuration(text)).toBeCloseTo(seconds, 6);
});

test.each(['', '5', '1d', '5 m', '1h 30m', '5M', 'm', '.s', '1e3s', '9999999h', '5m\n', '--1m'])(
  'refuses %j as Go does',
  (text) => {
    expect(tryParseGoDuration(text)).toBeUndefined();
  },
);

test('computed text is vouched for or refused', () => {
  expect(duration(`${1}.5h`)).toBe('1.5h');
  expect(() => duration('5 minutes')).toThrow(/not a Go duration; write 90s, 5m or 1h30m/);
});

test('a cdk8s Duration is written the way Go writes one', () => {
  expect(goDuration(Duration.minutes(90))).toBe('1h30m');
  expect(goDuration(Duration.millis(1500))).toBe('1s500ms');
  expect(goDuration(Duration.seconds(0))).toBe('0s');
  expect(goDurationWithoutHours(Duration.hours(1))).toBe('60m');
  expect(goDuration(undefined)).toBeUndefined();
});

test('text is left to the schema and the rules of its field', () => {
  expect(goDuration('5m')).toBe('5m');
  // @ts-expect-error days are no unit of Go's
  expect(goDuration('1d')).toBe('1d');
  // @ts-expect-error a unit is needed
  expect(goDuration('5 minutes')).toBe('5 minutes');
});
