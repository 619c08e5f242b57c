// The windows of a list of values, by which they are found while the vault is unlocked: eight characters each, of every form. Pure:
// what is made of them stands in node/scan/tables.ts. They give a value away piece by piece (docs/fingerprints.md) and are wiped.
import {
  everyFormKind,
  formKinds,
  formOffset,
  isUtf16,
  ownRange,
  spellingsOf,
  type FormKind,
  type ValueSize,
} from './forms.ts';
import type { Slot } from './matching.ts';
import { respellingsOf } from './respellings.ts';
import { tellApart, type SameValue } from './same-values.ts';
import { targetsOf } from './targets.ts';
import {
  chooseStretch,
  isDiverse,
  leastDiversity,
  mostWindows,
  windowBytes,
  type Stretch,
} from './window-choice.ts';
import { createWindowCounter } from './window-counter.ts';

/** A secret to be looked for. `publicLength`: how many leading bytes are no secret. */
export type WantedValue = { readonly slot: Slot; readonly bytes: Uint8Array; readonly publicLength: number };

export type TargetEntry = { readonly slot: Slot; readonly size: ValueSize; readonly squeezed: boolean };
/**
 * `base`: character of the form at which the first window begins. `shift`: how far behind the window's beginning that character
 * stands in the text, where the window begins within an escape.
 */
export type FormEntry = {
  readonly target: number;
  readonly kind: FormKind;
  readonly base: number;
  readonly shift: number;
};

/** Gets what there is. All bytes are borrowed. */
export type WindowSink = {
  readonly target: (entry: TargetEntry, value: Uint8Array) => void;
  readonly form: (entry: FormEntry) => void;
  /** A window of the last form, so many characters behind its first. */
  readonly window: (bytes: Uint8Array, at: number, offset: number) => void;
};

export type WindowFacts = {
  /** Of two windows of a form that begin so many characters apart one is always there. */
  readonly fewest: number;
  /** The same of the forms that a text can cut. */
  readonly fewestCut: number;
  /** Too short, or of nothing but a few characters: not looked for. */
  readonly unsearchable: readonly Slot[];
  /** Values that are equal to an earlier one, under whose slot they are found. */
  readonly same: readonly SameValue[];
};

const decoder = new TextDecoder();

type Placed = {
  readonly value: Uint8Array;
  readonly text: string;
  readonly stretch: Stretch;
  readonly size: ValueSize;
};

/** Windows of one form; how many offsets in a row have one. */
const emitForm = (placed: Placed, kind: FormKind, target: number, most: number, sink: WindowSink): number => {
  const { value, text, stretch, size } = placed;
  const [first, behind] = ownRange(kind, size);
  const available = behind - first - windowBytes + 1;
  if (available <= 0) return 0;
  const unit = decoder.decode(value.subarray(0, stretch.from)).length;
  // As many offsets as the stretch has in the plain form, and more where the form is longer; its end is never passed.
  const wanted = kind === formKinds.plain ? stretch.count : Math.min(most, available);
  const begin = formOffset(kind, stretch.from, unit);
  const base = Math.max(first, Math.min(begin, behind - windowBytes + 1 - wanted));
  const count = Math.min(wanted, behind - windowBytes + 1 - base);
  sink.form({ target, kind, base, shift: 0 });
  const spellings = spellingsOf(kind, value, text);
  const [usual] = spellings;
  for (const spelling of spellings) {
    for (let offset = 0; offset < count; offset += 1) {
      const at = base + offset;
      if (!isUtf16(kind) && !isDiverse(spelling, at, leastDiversity)) continue;
      if (spelling === usual || !isEqualAt(spelling, usual, at)) sink.window(spelling, at, offset);
    }
  }
  if (kind !== formKinds.plain) for (const spelling of spellings) spelling.fill(0);
  else if (!stretch.isPlain) emitRespelled(placed, target, sink);
  return count;
};

const isEqualAt = (left: Uint8Array, right: Uint8Array | undefined, at: number): boolean => {
  for (let index = at; index < at + windowBytes; index += 1) if (left[index] !== right?.[index]) return false;
  return true;
};

/** Escapes of `\u003D` are the longest. */
const longestEscape = 6;

/**
 * Windows of the other ways of writing the value. At every place of the stretch, as the stride wants it: one that is within an escape
 * belongs to the character behind that.
 */
const emitRespelled = ({ value, text, stretch }: Placed, target: number, sink: WindowSink): void => {
  const respellings = respellingsOf(text, value.length);
  for (let shift = 0; shift < longestEscape; shift += 1) {
    if (shift > 0) sink.form({ target, kind: formKinds.plain, base: stretch.from, shift });
    for (const { bytes, starts } of respellings) {
      for (let offset = 0; offset < stretch.count; offset += 1) {
        const start = starts[stretch.from + offset] ?? -1;
        const at = start - shift;
        if (start < 0 || at <= characterBefore(starts, stretch.from + offset)) continue;
        if (at + windowBytes <= bytes.length && isDiverse(bytes, at, leastDiversity))
          sink.window(bytes, at, offset);
      }
    }
  }
  for (const { bytes } of respellings) bytes.fill(0);
};

/** Where the character in front begins; -1 in front of the first. */
const characterBefore = (starts: Int32Array, index: number): number => {
  for (let before = index - 1; before >= 0; before -= 1)
    if ((starts[before] ?? -1) >= 0) return starts[before] ?? -1;
  return -1;
};

/** Of most forms only the plain one can be cut; those of UTF-16 are read as they stand. */
const kindsOf = (squeezed: boolean): readonly FormKind[] => (squeezed ? [formKinds.plain] : everyFormKind);

type Counts = { fewest: number; fewestCut: number };
const note = (counts: Counts, kind: FormKind, count: number): void => {
  if (count === 0) return;
  counts.fewest = Math.min(counts.fewest, count);
  if (!isUtf16(kind)) counts.fewestCut = Math.min(counts.fewestCut, count);
};

/**
 * Gives the windows of all values to the sink. Of equal values only the first is given.
 * @param most windows of a form
 */
export const emitWindows = (
  values: readonly WantedValue[],
  sink: WindowSink,
  most = mostWindows,
): WindowFacts => {
  const { different, same } = tellApart(values);
  const counter = createWindowCounter(different.reduce((sum, { bytes }) => sum + bytes.length, 0));
  for (const { bytes } of different) counter.addAll(bytes);
  const unsearchable: Slot[] = [];
  const counts: Counts = { fewest: mostWindows, fewestCut: mostWindows };
  let target = 0;
  for (const { slot, bytes, publicLength } of different) {
    const first = target;
    for (const { bytes: value, squeezed } of targetsOf(bytes)) {
      // The body of a key file repeats the windows of the file: only other values count.
      const stretch = chooseStretch(
        value,
        squeezed ? 0 : publicLength,
        (at) => counter.isShared(value, at),
        most,
      );
      if (stretch !== null) {
        const text = decoder.decode(value);
        const placed = { value, text, stretch, size: { bytes: value.length, units: text.length } };
        sink.target({ slot, size: placed.size, squeezed }, value);
        for (const kind of kindsOf(squeezed)) note(counts, kind, emitForm(placed, kind, target, most, sink));
        target += 1;
      }
      value.fill(0);
    }
    if (target === first) unsearchable.push(slot);
  }
  counter.wipe();
  return { ...counts, unsearchable, same };
};
