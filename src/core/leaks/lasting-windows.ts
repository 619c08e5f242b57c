// The windows by which values are found while the vault is locked. Each is long enough to carry 80 bits of the value on its own, so
// that none can be guessed and the next one after it. docs/fingerprints.md.
import { bitsPerCharacter, lastingBits } from './entropy.ts';
import {
  formKinds,
  formOffset,
  isBase64,
  ownRange,
  spellingsOf,
  type FormKind,
  type ValueSize,
} from './forms.ts';
import type { Slot } from './matching.ts';
import { tellApart, type SameValue } from './same-values.ts';
import type { FormEntry, TargetEntry, WantedValue } from './session-windows.ts';
import { targetsOf } from './targets.ts';
import { isDiverse } from './window-choice.ts';

/** `estimateBits`: of a value that no provider's format says to be random; null for one of a format. */
export type LastingValue = WantedValue & { readonly estimateBits: number | null };

/** Lengths of windows, in characters of a form. */
export const lastingLengths = [16, 20, 28, 32, 40] as const;
/** Windows of a form at so many offsets in a row, so that only every fourth place of a text is looked at. */
export const mostOffsets = 4;

export type LastingForm = Omit<FormEntry, 'shift'> & { readonly length: number };

/** Gets what there is. All bytes are borrowed. */
export type LastingSink = {
  readonly target: (entry: TargetEntry, value: Uint8Array) => void;
  /** @param count how many offsets in a row have a window */
  readonly form: (entry: LastingForm, count: number) => void;
  readonly window: (bytes: Uint8Array, at: number, length: number, offset: number) => void;
};

export type LastingFacts = {
  /** Below 80 bits: left out, and a person is told. */
  readonly weak: readonly Slot[];
  /** Strong enough, but with no stretch that a run of a text's ordinary characters could hold. */
  readonly unsearchable: readonly Slot[];
  readonly same: readonly SameValue[];
};

/** UTF-16 has no runs; a text of it is read as one of single bytes. */
const kindsOf = (squeezed: boolean): readonly FormKind[] =>
  squeezed ? [formKinds.plain] : [0, 1, 4, 5, 6, 7, 8, 9];

/** Characters of the value that a window of a form decides, at least. */
const charactersIn = (kind: FormKind, length: number): number => {
  if (kind === formKinds.plain) return length;
  if (kind === formKinds.hex) return Math.floor((length - 1) / 2);
  // Of the bytes at both ends only some bits are in it.
  const bytes = Math.floor((6 * length - 7) / 8);
  return kind >= formKinds.base64Utf16 ? Math.floor((bytes - 1) / 2) : bytes;
};

const isRunByte = new Uint8Array(256);
for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-+/=.~:@')
  isRunByte[character.charCodeAt(0)] = 1;

const isRun = (bytes: Uint8Array, at: number, length: number): boolean => {
  for (let index = at; index < at + length; index += 1) if (isRunByte[bytes[index] ?? 0] !== 1) return false;
  return true;
};

const leastDiversity = 6;

type Place = { readonly base: number; readonly count: number; readonly length: number };

/** The last offsets at which windows of the length lie behind the public part, in characters that runs hold. */
const placeOf = (spelling: Uint8Array, from: number, to: number, length: number): Place | null => {
  for (let count = mostOffsets; count > 0; count -= 1) {
    for (let base = to - length - count + 1; base >= from; base -= 1) {
      if (isRun(spelling, base, length + count - 1) && isDiverse(spelling, base, leastDiversity, length))
        return { base, count, length };
    }
  }
  return null;
};

type Valued = {
  readonly value: Uint8Array;
  readonly text: string;
  readonly size: ValueSize;
  readonly publicLength: number;
  readonly perCharacter: number;
};

const emitForm = (valued: Valued, kind: FormKind, target: number, sink: LastingSink): boolean => {
  const { value, text, size, publicLength, perCharacter } = valued;
  const units = new TextDecoder().decode(value.subarray(0, publicLength)).length;
  const [own, to] = ownRange(kind, size);
  const from = Math.max(own, formOffset(kind, publicLength, units));
  const spellings = spellingsOf(kind, value, text);
  const [first] = spellings;
  const lengths = lastingLengths.filter((length) => charactersIn(kind, length) * perCharacter >= lastingBits);
  const place =
    first === undefined
      ? null
      : lengths.reduce<Place | null>((found, length) => found ?? placeOf(first, from, to, length), null);
  if (place !== null) {
    sink.form({ target, kind, base: place.base, length: place.length }, place.count);
    for (const [number, spelling] of spellings.entries()) {
      for (let offset = 0; offset < place.count; offset += 1) {
        const at = place.base + offset;
        const repeats = number > 0 && isEqual(spelling, spellings[0], at, place.length);
        if (!repeats) sink.window(spelling, at, place.length, offset);
      }
    }
  }
  if (kind !== formKinds.plain) for (const spelling of spellings) spelling.fill(0);
  return place !== null;
};

const isEqual = (left: Uint8Array, right: Uint8Array | undefined, at: number, length: number): boolean =>
  left.subarray(at, at + length).every((byte, index) => byte === right?.[at + index]);

/** Gives the windows of all values that are strong enough. Of equal values only the first is given. */
export const emitLastingWindows = (values: readonly LastingValue[], sink: LastingSink): LastingFacts => {
  const { different, same } = tellApart(values);
  const weak: Slot[] = [];
  const unsearchable: Slot[] = [];
  let target = 0;
  for (const { slot, bytes, publicLength, estimateBits } of different) {
    let state: 'weak' | 'unsearchable' | 'found' = 'weak';
    for (const { bytes: value, squeezed } of targetsOf(bytes)) {
      const text = new TextDecoder().decode(value);
      const hidden = squeezed ? 0 : Math.min(publicLength, value.length);
      const perCharacter = bitsPerCharacter(text.slice(hidden), estimateBits);
      const valued = {
        value,
        text,
        size: { bytes: value.length, units: text.length },
        publicLength: hidden,
        perCharacter,
      };
      if (perCharacter * (value.length - hidden) >= lastingBits) {
        if (state === 'weak') state = 'unsearchable';
        sink.target({ slot, size: valued.size, squeezed }, value);
        const emitted = kindsOf(squeezed).filter((kind) => emitForm(valued, kind, target, sink));
        if (emitted.length > 0) state = 'found';
        target += 1;
      }
      value.fill(0);
    }
    if (state === 'weak') weak.push(slot);
    else if (state === 'unsearchable') unsearchable.push(slot);
  }
  return { weak, unsearchable, same };
};

/** For readers of a file: forms that a lasting table may have. */
export const isLastingKind = (kind: number): kind is FormKind =>
  kind === formKinds.plain || kind === formKinds.hex || (kind <= 9 && isBase64(kind as FormKind));
