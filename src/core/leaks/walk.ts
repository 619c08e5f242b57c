// From a candidate to a match: reads the text in both directions until the value's whole length is there, and asks whether that is
// the value. A candidate is a window of eight characters that a table holds, so that one that is no match is rare. docs/scanning.md §2.
import type { LeakEncoding } from '../model/finding.ts';
import { decodeForm, isUrlAlphabet } from './decode-form.ts';
import { formKinds, formLength, isBase64, isUtf16, type FormKind, type ValueSize } from './forms.ts';
import { concerns, newElement, readElement, readings, type Element, type Reading } from './reading.ts';

export type Candidate = {
  readonly kind: FormKind;
  readonly size: ValueSize;
  /** The value is known without its white space: white space in the text is passed over. */
  readonly squeezed: boolean;
  /** Where in the text the window stands, and which character of the form is its first. */
  readonly at: number;
  readonly index: number;
};

/** Whether these bytes are the value. Borrows them. */
export type Confirm = (value: Uint8Array) => boolean;

export type Walked = { readonly start: number; readonly end: number; readonly encoding: LeakEncoding };

/** The text between `from` and `to`; nothing else of it is looked at. */
export type WalkText = { readonly text: Uint8Array; readonly from: number; readonly to: number };

/** How far in front of the window its form may begin: escapes are six bytes long, joins longer. */
const reachOf = (index: number): number => 6 * index + 1024;
const longestJoin = 200;

const isWhite = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

const passOver = (element: Element, squeezed: boolean): void => {
  if (squeezed && element.count === 1 && isWhite(element.bytes[0] ?? 0)) element.count = 0;
};

/** Places from which the reading comes to the window with exactly `index` characters read, the nearest first. */
const startsOf = (
  { text, from }: WalkText,
  { at, index, squeezed }: Candidate,
  reading: Reading,
): readonly number[] => {
  if (index === 0) return [at];
  const first = Math.max(from, at - reachOf(index));
  // Characters from each place to the window; -1 where the reading steps over it.
  const counts = new Int32Array(at - first + 1);
  const element = newElement();
  const bounds = { text, to: at };
  const starts: number[] = [];
  let enough = first;
  for (let place = at - 1; place >= Math.max(first, enough); place -= 1) {
    readElement(bounds, place, reading, element);
    passOver(element, squeezed);
    const rest = element.next > at ? -1 : (counts[element.next - first] ?? -1);
    const count = rest < 0 ? -1 : rest + element.count;
    counts[place - first] = count;
    if (count === index && element.count > 0) starts.push(place);
    if (count > index && enough === first) enough = Math.max(first, place - longestJoin);
  }
  return starts;
};

type Read = { readonly characters: Uint8Array; readonly end: number };

/** Reads so many characters from `start` on. */
const readForm = (
  { text, to }: WalkText,
  start: number,
  length: number,
  reading: Reading,
  squeezed: boolean,
): Read | null => {
  const characters = new Uint8Array(length);
  const element = newElement();
  const bounds = { text, to };
  let count = 0;
  let at = start;
  while (count < length) {
    if (at >= to) return null;
    readElement(bounds, at, reading, element);
    passOver(element, squeezed);
    if (count + element.count > length) return null;
    for (let index = 0; index < element.count; index += 1)
      characters[count + index] = element.bytes[index] ?? 0;
    count += element.count;
    at = element.next;
  }
  return { characters, end: at };
};

const contiguousEncodings: Readonly<Partial<Record<FormKind, LeakEncoding>>> = {
  [formKinds.plain]: 'plain',
  [formKinds.hex]: 'hex',
  [formKinds.utf16le]: 'utf-16',
  [formKinds.utf16be]: 'utf-16',
};

const encodingOf = (kind: FormKind, characters: Uint8Array, reading: Reading | null): LeakEncoding => {
  if (kind >= formKinds.base64Utf16) return 'base64-utf-16';
  if (isBase64(kind)) return isUrlAlphabet(kind, characters) ? 'base64url' : 'base64';
  if (kind !== formKinds.plain || reading === null) return contiguousEncodings[kind] ?? 'plain';
  if (reading.percent && !reading.escapes) return 'percent';
  return reading.joins ? 'joined' : 'escaped';
};

const isValue = ({ kind, size }: Candidate, characters: Uint8Array, confirm: Confirm): boolean => {
  const bytes = decodeForm(kind, characters, size);
  const equal = bytes !== null && confirm(bytes);
  bytes?.fill(0);
  return equal;
};

const walkContiguous = (text: WalkText, candidate: Candidate, confirm: Confirm): Walked | null => {
  const start = candidate.at - candidate.index;
  const end = start + formLength(candidate.kind, candidate.size);
  if (start < text.from || end > text.to) return null;
  const characters = text.text.slice(start, end);
  const equal = isValue(candidate, characters, confirm);
  const encoding = encodingOf(candidate.kind, characters, null);
  characters.fill(0);
  return equal ? { start, end, encoding } : null;
};

const walkReading = (
  text: WalkText,
  candidate: Candidate,
  reading: Reading,
  confirm: Confirm,
): Walked | null => {
  const { kind, size, squeezed } = candidate;
  const length = formLength(kind, size);
  for (const start of startsOf(text, candidate, reading)) {
    const read = readForm(text, start, length, reading, squeezed);
    if (read === null || (read.end - start === length && !squeezed)) continue;
    const equal = isValue(candidate, read.characters, confirm);
    const encoding = encodingOf(kind, read.characters, reading);
    read.characters.fill(0);
    if (equal) return { start, end: read.end, encoding };
  }
  return null;
};

/**
 * Follows a candidate. Null where it was no value.
 * @param isQuick only as it stands, for windows that lead astray too often
 */
export const walk = (
  text: WalkText,
  candidate: Candidate,
  confirm: Confirm,
  isQuick = false,
): Walked | null => {
  const contiguous = candidate.squeezed ? null : walkContiguous(text, candidate, confirm);
  if (contiguous !== null || isUtf16(candidate.kind) || isQuick) return contiguous;
  // As long as nothing here is read otherwise, the value lies here as it is: but for joins that reach in or out.
  const first = candidate.at - candidate.index;
  const extent = text.text.subarray(
    Math.max(text.from, first - longestJoin),
    Math.min(text.to, first + formLength(candidate.kind, candidate.size) + longestJoin),
  );
  for (const reading of readings) {
    if (!candidate.squeezed && !concerns(extent, reading)) continue;
    const walked = walkReading(text, candidate, reading, confirm);
    if (walked !== null) return walked;
  }
  return null;
};
