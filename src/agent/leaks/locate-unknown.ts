// Finds an unknown value at the place where it was seen: the same pattern, at the same line and column. Its bytes stay in the agent.
import type { Finding } from '../../core/model/finding.ts';
import type { UnknownJudge, UnknownMatch } from '../../core/leaks/matching.ts';
import { narrowed } from '../../core/leaks/patterns/encoded-value.ts';

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

const matchAt = (judge: UnknownJudge, bytes: Uint8Array, pattern: string | null, wanted: number) => {
  for (const match of matchesNear(judge, bytes, wanted - reach, wanted + 1))
    if (match.pattern === pattern && match.start === wanted) return match;
  return null;
};

/** In a text of two bytes for each character: as the scanner does, in one of single bytes. */
const locateWide = (judge: UnknownJudge, bytes: Uint8Array, finding: Finding): UnknownMatch | null => {
  const { pattern, place } = finding;
  for (const isBig of [false, true]) {
    const narrow = narrowed(bytes, isBig);
    const start = startOfLine(narrow, place.line ?? 1);
    const match = start < 0 ? null : matchAt(judge, narrow, pattern, start + (place.column ?? 1) - 1);
    narrow.fill(0);
    if (match !== null) return { ...match, encoding: 'utf-16', start: 2 * match.start, end: 2 * match.end };
  }
  return null;
};

/** Where an unknown value stands; null where it does not any more. */
export const locateUnknown = (
  judge: UnknownJudge,
  bytes: Uint8Array,
  finding: Finding,
): UnknownMatch | null => {
  const { line, column } = finding.place;
  if (line === null || column === null) return null;
  if (finding.encoding === 'utf-16') return locateWide(judge, bytes, finding);
  const start = startOfLine(bytes, line);
  if (start < 0) return null;
  return matchAt(judge, bytes, finding.pattern, byteOfColumn(bytes, start, Math.min(column, longestLine)));
};
