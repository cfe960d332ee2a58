/** How Go reads a scalar from text. */
import { tryParseGoDuration } from '../../kernel/duration';

/** What strconv.ParseBool reads. */
export function isGoBoolean(text: string): boolean {
  return /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text);
}

/** What strconv.ParseInt reads, base 10, 64 bits. */
export function isGoInteger(text: string): boolean {
  return /^[+-]?\d{1,19}$/.test(text) && fits64(text);
}

/** `90s`, `24h`, `7d`: what argoproj/pkg's time.ParseDuration reads. */
export function isSimpleDuration(text: string): boolean {
  return /^\d+[smhd]$/.test(text);
}

/** What the controllers read from their environment: Go's durations, then simple ones. */
export function isDuration(text: string): boolean {
  return tryParseGoDuration(text) !== undefined || isSimpleDuration(text);
}

/** What encoding/base64's StdEncoding reads. */
export function isBase64(text: string): boolean {
  const bare = text.replace(/[\r\n]/g, '');
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}

function fits64(text: string): boolean {
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value;
}
