// Finds an unknown value at the place where it was seen: the same pattern, at the same line and column. Its bytes stay in the agent.
import type { Finding } from '../../core/model/finding.ts';
import type { UnknownJudge, UnknownMatch } from '../../core/leaks/matching.ts';
import type { Span } from '../../core/leaks/scrub/history-entry.ts';

const newline = 10;
/** A literal that leads to a value stands so near to it. */
const reach = 512;
const longestLine = 65_536;

/** Where a line begins; -1 where there is none. */
export const startOfLine = (bytes: Uint8Array, line: number): number => {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const found = bytes.indexOf(newline, start);
    if (found < 0) return -1;
    start = found + 1;
  }
  return start;
};

/** The byte of a column, which counts characters from 1: continuation bytes of UTF-8 begin none. */
export const byteOfColumn = (bytes: Uint8Array, start: number, column: number): number => {
  let at = start;
  for (let count = 1; count < column && at < bytes.length; count += 1) {
    at += 1;
    while (at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
  }
  return at;
};

const upperA = 0x41;
const upperZ = 0x5a;
const lower = (byte: number): number => (byte >= upperA && byte <= upperZ ? byte + 32 : byte);

const standsAt = (
  bytes: Uint8Array,
  at: number,
  { text, anyCase }: UnknownJudge['prefixes'][number],
): boolean => {
  for (let index = 0; index < text.length; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return false;
    if ((anyCase ? lower(byte) : byte) !== text.charCodeAt(index)) return false;
  }
  return true;
};

/** Everything that the judge takes for a value near a byte. */
export function* matchesNear(
  judge: UnknownJudge,
  bytes: Uint8Array,
  from: number,
  to: number,
): Generator<UnknownMatch> {
  for (let at = Math.max(0, from); at < Math.min(bytes.length, to); at += 1) {
    for (const [index, prefix] of judge.prefixes.entries()) {
      if (!standsAt(bytes, at, prefix)) continue;
      const match = judge.judge(bytes, at, index);
      if (match !== null) yield match;
    }
  }
}

/** The bytes of an unknown value; null where it does not stand there any more. */
export const locateUnknown = (
  judge: UnknownJudge,
  bytes: Uint8Array,
  { pattern, place }: Finding,
): Span | null => {
  const { line, column } = place;
  const start = line === null ? -1 : startOfLine(bytes, line);
  if (start < 0 || column === null) return null;
  const wanted = byteOfColumn(bytes, start, Math.min(column, longestLine));
  for (const match of matchesNear(judge, bytes, wanted - reach, wanted + 1)) {
    if (match.pattern === pattern && match.start === wanted) return { start: match.start, end: match.end };
  }
  return null;
};
