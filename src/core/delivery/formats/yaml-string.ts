// Strings as YAML double-quoted scalars, the one style that carries every text and that YAML 1.1 and 1.2 read alike: nothing
// in it can be taken for a number, boolean, date or null.
import type { ByteWriter } from '../byte-writer.ts';
import { codePointAt, utf8LengthAt } from '../utf8.ts';

const shortEscapes: Readonly<Record<number, string>> = {
  0x09: '\\t',
  0x0a: '\\n',
  0x0d: '\\r',
  0x22: '\\"',
  0x5c: '\\\\',
};

/** Outside c-printable (YAML 1.2 §5.1), or a line end to YAML 1.1, or invisible: U+0085, U+2028, U+2029, U+FEFF. */
const mustEscape = (code: number): boolean =>
  code < 0x20 ||
  (code >= 0x7f && code <= 0xa0) ||
  code === 0x2028 ||
  code === 0x2029 ||
  code === 0xfeff ||
  code === 0xfffe ||
  code === 0xffff;

const escapeOf = (code: number): string => {
  const digits = code.toString(16);
  return code <= 0xff ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`;
};

/** Writes valid UTF-8 as a double-quoted scalar on one line. */
export const writeYamlString = (writer: ByteWriter, value: Uint8Array): void => {
  writer.text('"');
  for (let at = 0; at < value.length;) {
    const length = Math.max(utf8LengthAt(value, at), 1);
    const code = codePointAt(value, at, length);
    const short = shortEscapes[code];
    if (short !== undefined) writer.text(short);
    else if (mustEscape(code)) writer.text(escapeOf(code));
    else writer.bytes(value.subarray(at, at + length));
    at += length;
  }
  writer.text('"');
};
