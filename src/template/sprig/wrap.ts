/** goutils.WrapCustom: breaks lines at blanks, in bytes. */
import { boundLength } from '../error';
import { fromBytes, toBytes } from '../go/bytes';

const BLANK = 0x20;

export function wrapText(text: string, width: number, newline: string, breakWords: boolean): string {
  const size = Math.max(width, 1);
  const bytes = toBytes(text);
  const out: Buffer[] = [];
  const line = Buffer.from(newline);
  boundLength(bytes.length + (bytes.length / size) * newline.length);
  let at = 0;
  const push = (end: number, next: number) => {
    out.push(bytes.subarray(at, end), line);
    at = next;
  };
  while (bytes.length - at > size) {
    if (bytes[at] === BLANK) {
      at++;
      continue;
    }
    const blank = bytes.subarray(at, at + size + 1).lastIndexOf(BLANK);
    if (blank >= 0) push(at + blank, at + blank + 1);
    else if (breakWords) push(at + size, at + size);
    else {
      const next = bytes.indexOf(BLANK, at + size);
      if (next < 0) break;
      push(next, next + 1);
    }
  }
  out.push(bytes.subarray(at));
  return fromBytes(Buffer.concat(out));
}
