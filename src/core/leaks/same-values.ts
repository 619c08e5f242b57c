// The same value under two slots, such as of a key that two places use, is looked for once.
import type { Slot } from './matching.ts';

export type SameValue = { readonly slot: Slot; readonly as: Slot };

type Value = { readonly slot: Slot; readonly bytes: Uint8Array };

const hashOf = (bytes: Uint8Array): number => {
  let hash = bytes.length;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash;
};

const isEqual = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);

/** Parts a list into the first of each value, and those that repeat one. */
export const tellApart = <V extends Value>(
  values: readonly V[],
): { readonly different: readonly V[]; readonly same: readonly SameValue[] } => {
  const seen = new Map<number, V[]>();
  const different: V[] = [];
  const same: SameValue[] = [];
  for (const value of values) {
    const hash = hashOf(value.bytes);
    const alike = seen.get(hash) ?? [];
    const first = alike.find(({ bytes }) => isEqual(bytes, value.bytes));
    if (first !== undefined) same.push({ slot: value.slot, as: first.slot });
    else {
      different.push(value);
      seen.set(hash, [...alike, value]);
    }
  }
  return { different, same };
};
