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
import { chooseStretch, isDiverse, mostWindows, windowBytes, type Stretch } from './window-choice.ts';
import { createWindowCounter } from './window-counter.ts';

/** A secret to be looked for. `publicLength`: how many leading bytes are no secret. */
export type WantedValue = { readonly slot: Slot; readonly bytes: Uint8Array; readonly publicLength: number };

export type TargetEntry = { readonly slot: Slot; readonly size: ValueSize; readonly squeezed: boolean };
/** `base`: character of the form at which the first window begins. */
export type FormEntry = { readonly target: number; readonly kind: FormKind; readonly base: number };

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

const leastDiversity = 3;
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
  sink.form({ target, kind, base });
  for (const spelling of spellingsOf(kind, value, text)) {
    for (let offset = 0; offset < count; offset += 1) {
      if (isUtf16(kind) || isDiverse(spelling, base + offset, leastDiversity))
        sink.window(spelling, base + offset, offset);
    }
    if (kind !== formKinds.plain) spelling.fill(0);
  }
  if (kind === formKinds.plain && !stretch.isPlain) emitRespelled(placed, sink);
  return count;
};

const emitRespelled = ({ value, text, stretch }: Placed, sink: WindowSink): void => {
  for (const { bytes, starts } of respellingsOf(text, value.length)) {
    for (let offset = 0; offset < stretch.count; offset += 1) {
      const at = starts[stretch.from + offset] ?? -1;
      if (at < 0 || at + windowBytes > bytes.length || !isDiverse(bytes, at, leastDiversity)) continue;
      sink.window(bytes, at, offset);
    }
    bytes.fill(0);
  }
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
