// How tables lie in bytes: what node/scan/tables.ts writes, src/engine/probe.ts looks up and node/scan/matcher.ts reads. Little-endian,
// as WebAssembly is; so is every system that Keyturn runs on.

/** Offsets in the head of a table of windows: src/engine/probe.ts has the same. */
export const headAt = {
  multiplier: 0,
  shift: 8,
  bitmap: 12,
  entries: 16,
  entryMask: 20,
  stride: 24,
  around: 28,
  key: 32,
} as const;
export const headBytes = 64;

/** A form: target, kind with its shift in the byte above, base. */
export const formBytes = 12;
export const shiftBits = 8;
export const mostShift = 15;
/** A target: slot, bytes, units, squeezed, and 16 bytes of the keyed hash of the whole value. */
export const targetBytes = 32;
export const confirmBytes = 16;
export const confirmKeyBytes = 32;

/** Of an entry: 5 bits are the offset, the rest the form plus one. */
export const offsetBits = 5;
export const mostForms = 2 ** 27 - 2;
