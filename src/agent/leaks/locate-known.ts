// Finds a value that the vault holds in the bytes of one piece, in whatever form it stands there: eight characters of each form are looked for
// as they are, and the scanner's own walk reads on from there. The value stays in this process.
import type { Finding } from '../../core/model/finding.ts';
import {
  everyFormKind,
  ownRange,
  spellingsOf,
  type FormKind,
  type ValueSize,
} from '../../core/leaks/forms.ts';
import type { Span } from '../../core/leaks/scrub/history-entry.ts';
import { targetsOf, type Target } from '../../core/leaks/targets.ts';
import { walk } from '../../core/leaks/walk.ts';
import { readVersion } from '../handlers/key-values.ts';
import type { Session } from '../session.ts';
import { byteOfColumn, startOfLine } from './locate-unknown.ts';

const windowLength = 8;
/** A file that is full of a value is looked through no further. */
const mostSpans = 1_000;

const sizeOf = (target: Target, text: string): ValueSize => ({
  bytes: target.bytes.length,
  units: text.length,
});

const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);

/** Every place at which eight characters of a form stand, with which of its characters they are. */
function* windowsIn(
  bytes: Buffer,
  form: Uint8Array,
  [from, to]: readonly [number, number],
): Generator<{ at: number; index: number }> {
  const length = Math.min(windowLength, to - from);
  if (length <= 0) return;
  for (let index = from; index + length <= to; index += length) {
    const window = form.subarray(index, index + length);
    for (let at = bytes.indexOf(window); at >= 0; at = bytes.indexOf(window, at + 1)) yield { at, index };
  }
}

const spansOfForm = (
  bytes: Buffer,
  target: Target,
  text: string,
  kind: FormKind,
  spans: Map<string, Span>,
): void => {
  const size = sizeOf(target, text);
  // Not a Buffer: its slices are the same bytes, and the walk wipes what it took.
  const text8 = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = { text: text8, from: 0, to: bytes.length };
  const confirm = (value: Uint8Array): boolean => isSame(value, target.bytes);
  for (const form of spellingsOf(kind, target.bytes, text)) {
    for (const { at, index } of windowsIn(bytes, form, ownRange(kind, size))) {
      if (spans.size >= mostSpans) break;
      const walked = walk(whole, { kind, size, squeezed: target.squeezed, at, index }, confirm);
      if (walked !== null)
        spans.set(`${String(walked.start)} ${String(walked.end)}`, { start: walked.start, end: walked.end });
    }
    if (form !== target.bytes) form.fill(0);
  }
};

/** UTF-16 reads in either order, one byte apart: the one at an even byte is meant. Of others that overlap the longer one. */
const apart = (spans: readonly Span[]): readonly Span[] => {
  const kept: Span[] = [];
  const better = (left: Span, right: Span): number =>
    (left.start % 2) - (right.start % 2) || right.end - right.start - (left.end - left.start);
  for (const span of spans.toSorted(better)) {
    if (!kept.some(({ start, end }) => start < span.end && span.start < end)) kept.push(span);
  }
  return kept;
};

/** Every place of a value, in the order of the bytes. */
export const spansOfValue = (piece: Uint8Array, value: Uint8Array): readonly Span[] => {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.length);
  const spans = new Map<string, Span>();
  for (const target of targetsOf(value)) {
    const text = new TextDecoder().decode(target.bytes);
    for (const kind of everyFormKind) spansOfForm(bytes, target, text, kind, spans);
    target.bytes.fill(0);
  }
  return apart([...spans.values()]).toSorted((left, right) => left.start - right.start);
};

const valueOf = (session: Session, { keyId, versionId, field }: Finding): Uint8Array | null => {
  const book = session.book();
  const held = keyId === null ? undefined : book.keys.get(keyId);
  if (held === undefined || field === null) return null;
  const pending = book.turnsOf(held.id).flatMap(({ body }) => body.pending ?? []);
  const version = [...held.body.versions, ...pending].find(({ id }) => id === versionId);
  const values = version === undefined ? null : readVersion(session, version);
  const value = values?.ok === true ? values.value[field] : undefined;
  return value === undefined ? null : new TextEncoder().encode(value);
};

/** Where the finding was seen last; 0 where it has no line. */
const lastSeenAt = (bytes: Uint8Array, { place }: Finding): number => {
  if (place.line === null) return 0;
  const start = startOfLine(bytes, place.line);
  return start < 0 ? bytes.length : byteOfColumn(bytes, start, place.column ?? 1);
};

/** Every place of the finding's value, the one nearest to where it was seen first. */
export const locateKnown = (session: Session, finding: Finding, bytes: Uint8Array): readonly Span[] => {
  const value = valueOf(session, finding);
  if (value === null) return [];
  const spans = spansOfValue(bytes, value);
  value.fill(0);
  const at = lastSeenAt(bytes, finding);
  return spans.toSorted((left, right) => Math.abs(left.start - at) - Math.abs(right.start - at));
};
