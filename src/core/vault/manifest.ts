// The one row that says what the whole vault consists of (docs/vault-format-v1.md §6.2): counter, audit head, slots and
// the tags of all leaves. Layout only.
import { compareAt, concat, readU16, readU32, readU64, writeU16, writeU32, writeU64 } from './bytes.ts';
import { idBytes, tagBytes } from './envelope.ts';
import { firstLeafKey, leafCount } from './leaves.ts';
import type { Slot } from './slots.ts';
import { slotTag } from './slots.ts';

const fixedBytes = 56;
const slotEntryBytes = idBytes + tagBytes;
const leavesBytes = leafCount * tagBytes;
const mostSlots = 64;

export type Manifest = {
  readonly format: number;
  readonly counter: number;
  readonly auditCount: number;
  readonly auditHead: Uint8Array;
  /** Packed: slot id ‖ tag, sorted. */
  readonly slots: Uint8Array;
  /** Packed: one tag per leaf, zeros where there is none. */
  readonly leafTags: Uint8Array;
};

export const packSlots = (sorted: readonly Slot[]): Uint8Array =>
  concat(sorted.flatMap((slot) => [slot.id, slotTag(slot)]));

/** Whether the manifest knows exactly this slot. */
export const listsSlot = (manifest: Manifest, slot: Slot): boolean => {
  const wanted = packSlots([slot]);
  for (let at = 0; at < manifest.slots.length; at += slotEntryBytes)
    if (compareAt(manifest.slots, at, wanted, 0, slotEntryBytes) === 0) return true;
  return false;
};

/** A view on the tag of one leaf. */
export const leafTag = (leafTags: Uint8Array, key: number): Uint8Array =>
  leafTags.subarray((key - firstLeafKey) * tagBytes, (key - firstLeafKey + 1) * tagBytes);

export const encodeManifest = (manifest: Manifest): Uint8Array => {
  const fixed = new Uint8Array(fixedBytes);
  writeU16(fixed, 0, manifest.format);
  writeU32(fixed, 4, manifest.slots.length / slotEntryBytes);
  writeU64(fixed, 8, manifest.counter);
  writeU64(fixed, 16, manifest.auditCount);
  fixed.set(manifest.auditHead, 24);
  return concat([fixed, manifest.slots, manifest.leafTags]);
};

/** Null where it is anything but what {@link encodeManifest} writes. */
export const parseManifest = (bytes: Uint8Array): Manifest | null => {
  if (bytes.length < fixedBytes) return null;
  const slotCount = readU32(bytes, 4);
  const leavesAt = fixedBytes + slotCount * slotEntryBytes;
  if (slotCount > mostSlots || bytes.length !== leavesAt + leavesBytes || readU16(bytes, 2) !== 0)
    return null;
  const counter = readU64(bytes, 8);
  const auditCount = readU64(bytes, 16);
  // No writer comes near; beyond it numbers are no longer exact, and what is read would not be what stands there.
  if (!Number.isSafeInteger(counter) || !Number.isSafeInteger(auditCount)) return null;
  return {
    format: readU16(bytes, 0),
    counter,
    auditCount,
    auditHead: bytes.slice(24, fixedBytes),
    slots: bytes.slice(fixedBytes, leavesAt),
    leafTags: bytes.slice(leavesAt),
  };
};
