/** The `format`s that the API server enforces on custom resources; it ignores any other. */

const tests: Readonly<Record<string, (value: string) => boolean>> = {
  'date-time': isDateTime,
  byte: (value) => value.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(value),
  date: isDate,
  email: isEmail,
  ipv4: isIpv4,
  ipv6: isIpv6,
  uuid: (value) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(value),
};

const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
};

export const enforcedFormats: ReadonlySet<string> = new Set([...Object.keys(tests), ...Object.keys(ranges)]);

/** What to write for a format, with an example. */
export const formatExamples: Readonly<Record<string, string>> = {
  'date-time': 'an RFC 3339 time such as 2026-01-31T08:00:00Z',
  byte: 'base64 with its padding, such as aGk=',
  date: 'a date such as 2026-01-31',
  email: 'an address such as bot@example.com',
  ipv4: 'an IPv4 address such as 10.0.0.1',
  ipv6: 'an IPv6 address such as fd00::1',
  uuid: 'a UUID such as 123e4567-e89b-12d3-a456-426614174000',
  int32: 'a whole number between -2147483648 and 2147483647',
  int64: 'a whole number of 64 bits',
};

export function hasFormat(format: string, value: string | number): boolean {
  if (typeof value === 'string') return tests[format]?.(value) ?? true;
  const range = ranges[format];
  return range === undefined || (value >= range[0] && value <= range[1]);
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

function isDateTime(value: string): boolean {
  const parts = /^(.{10})[tT](\d\d):(\d\d):(\d\d)(?:.\d+)?(?:[zZ]|[+-]\d\d:\d\d)$/.exec(value);
  return parts !== null && isDate(parts[1]!) && parts[2]! <= '23' && parts[3]! <= '59' && parts[4]! <= '59';
}

/** `a@b` or `Name <a@b>`, as far as characters go. */
function isEmail(value: string): boolean {
  const open = value.indexOf('<');
  const address = open >= 0 && value.trimEnd().endsWith('>') ? value.trimEnd().slice(open + 1, -1) : value.trim();
  return /^[^\s@<>,]+@[^\s@<>,]+$/.test(address);
}

function isIpv4(value: string): boolean {
  const parts = value.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(value: string): boolean {
  const halves = value.split('::');
  if (halves.length > 2 || !value.includes(':')) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1);
  const embedded = last?.includes('.') === true && isIpv4(last);
  const plain = embedded ? groups.slice(0, -1) : groups;
  const length = plain.length + (embedded ? 2 : 0);
  return plain.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (halves.length === 2 ? length < 8 : length === 8);
}
