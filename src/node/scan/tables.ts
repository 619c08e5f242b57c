// Makes the tables of a session: the windows of all forms of all values, each under a keyed hash, and of each value a second keyed
// hash by which a candidate is confirmed. For the time a vault is unlocked, in memory only. docs/fingerprints.md.
import type { Random } from '../../core/ports.ts';
import type { Slot } from '../../core/leaks/matching.ts';
import type { SameValue } from '../../core/leaks/same-values.ts';
import {
  emitWindows,
  type FormEntry,
  type TargetEntry,
  type WantedValue,
  type WindowFacts,
} from '../../core/leaks/session-windows.ts';
import { mostWindows } from '../../core/leaks/window-choice.ts';
import { createByteList, type ByteList } from './byte-list.ts';
import { createEngineMemory, createRoom, startEngine } from './engine.ts';
import { keyedHash } from './keyed-hash.ts';
import {
  confirmKeyBytes,
  formBytes,
  headAt,
  headBytes,
  offsetBits,
  shiftBits,
  targetBytes,
} from './table-layout.ts';

/** Sent as it is: the head as JSON, the parts as bytes, in this order. */
export type SessionHead = {
  readonly what: 'session/1';
  readonly stride: number;
  readonly around: number;
  readonly bitmapBits: number;
  readonly entryBits: number;
  readonly forms: number;
  readonly targets: number;
};
export type SessionTables = {
  readonly head: SessionHead;
  /** Keys, bitmap, entries, forms, targets. Whoever has them wipes them. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
};

export type BuiltTables = {
  readonly tables: SessionTables;
  /** Values that cannot be looked for: shorter than eight bytes, or of nothing but a few characters. */
  readonly unsearchable: readonly Slot[];
  readonly same: readonly SameValue[];
};

/** Above it forms have windows at fewer offsets, so that the table stays in the processor's reach. */
const manyValues = 1_000;
const fewerWindows = 14;

type Gathered = {
  readonly words: ByteList;
  readonly payloads: ByteList;
  readonly forms: ByteList;
  readonly targets: ByteList;
};

/** Writes a target: src/node/scan/table-layout.ts. */
export const addTarget = (
  list: ByteList,
  { slot, size, squeezed }: TargetEntry,
  confirm: Uint8Array,
): void => {
  for (const number of [slot, size.bytes, size.units, squeezed ? 1 : 0]) list.addU32(number);
  list.add(confirm);
};

const gather = (values: readonly WantedValue[], confirmKey: Uint8Array): [Gathered, WindowFacts] => {
  const gathered = {
    words: createByteList(),
    payloads: createByteList(),
    forms: createByteList(),
    targets: createByteList(),
  };
  const { words, payloads, forms, targets } = gathered;
  const facts = emitWindows(
    values,
    {
      target: (entry, value) => addTarget(targets, entry, keyedHash(confirmKey, value)),
      form: ({ target, kind, base, shift }: FormEntry) => {
        for (const number of [target, kind | (shift << shiftBits), base]) forms.addU32(number);
      },
      window: (bytes, at, offset) => {
        words.addWord(bytes, at);
        payloads.addU32(((forms.length() / formBytes) << offsetBits) | offset);
      },
    },
    values.length > manyValues ? fewerWindows : mostWindows,
  );
  return [gathered, facts];
};

/** Which windows are tested at a join, by how many offsets in a row the form with the fewest has: src/engine/around.ts. */
export const aroundFor = (fewest: number): number => {
  if (fewest >= 14) return 1 << 4;
  if (fewest >= 12) return (1 << 3) | (1 << 5);
  if (fewest >= 10) return (1 << 2) | (1 << 6);
  return fewest >= 8 ? (1 << 1) | (1 << 7) : 0b1111_1110;
};

const bitsFor = (count: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.ceil(Math.log2(count + 1))));

/** What a table of windows is made of. */
export type WindowPlan = Pick<SessionHead, 'bitmapBits' | 'entryBits' | 'stride' | 'around'>;

/** Writes the head of a table of windows. */
export const writeHead = (
  memory: WebAssembly.Memory,
  head: number,
  plan: WindowPlan,
  where: { readonly bitmap: number; readonly entries: number; readonly keys: Uint8Array },
): void => {
  const view = new DataView(memory.buffer, head, headBytes);
  new Uint8Array(memory.buffer).set(where.keys.subarray(0, 8), head + headAt.multiplier);
  // 6 bits of the number less of the group, twice 6 for the two bits in it: src/engine/probe.ts.
  view.setUint32(headAt.shift, 64 - plan.bitmapBits - 6, true);
  view.setUint32(headAt.bitmap, where.bitmap, true);
  view.setUint32(headAt.entries, where.entries, true);
  view.setUint32(headAt.entryMask, 2 ** plan.entryBits - 1, true);
  view.setUint32(headAt.stride, plan.stride, true);
  view.setUint32(headAt.around, plan.around, true);
  new Uint8Array(memory.buffer).set(keysOf(where.keys).sip, head + headAt.key);
};

/** A secret odd multiplier, a key of SipHash, a key of HMAC. */
export const sessionKeyBytes = 8 + 16 + confirmKeyBytes;
export const keysOf = (keys: Uint8Array) => ({
  sip: keys.subarray(8, 24),
  confirm: keys.subarray(24, sessionKeyBytes),
});

/** Enters the words in a memory of its own, which is wiped. */
const enter = (
  { words, payloads }: Gathered,
  plan: WindowPlan,
  keys: Uint8Array,
): readonly [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] => {
  const memory = createEngineMemory();
  const engine = startEngine(memory);
  const room = createRoom(memory);
  const [bitmapBytes, entryBytes] = [2 ** (plan.bitmapBits - 3), 8 * 2 ** plan.entryBits];
  const [head, bitmap, entries] = [room.take(headBytes), room.take(bitmapBytes), room.take(entryBytes)];
  const [wordsAt, payloadsAt] = [room.take(words.length()), room.take(payloads.length())];
  writeHead(memory, head, plan, { bitmap, entries, keys });
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(words.bytes(), wordsAt);
  bytes.set(payloads.bytes(), payloadsAt);
  engine.insertWords(head, wordsAt, payloadsAt, words.length() / 8);
  const made = [
    copyOf(bytes.subarray(bitmap, bitmap + bitmapBytes)),
    copyOf(bytes.subarray(entries, entries + entryBytes)),
  ] as const;
  engine.wipe(head, room.end() - head);
  return made;
};

/** In memory of its own: of shared memory a slice is shared too. */
const copyOf = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
};

/** The same, of bytes that are wiped. */
const copied = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = copyOf(bytes);
  bytes.fill(0);
  return copy;
};

/**
 * Makes the tables by which values are found while the vault is unlocked.
 * @param values borrowed; of any number
 */
export const buildSessionTables = (values: readonly WantedValue[], random: Random): BuiltTables => {
  const keys = copied(random.bytes(sessionKeyBytes));
  keys[0] = (keys[0] ?? 0) | 1;
  const [gathered, facts] = gather(values, keysOf(keys).confirm);
  const { words, payloads, forms, targets } = gathered;
  const count = words.length() / 8;
  const plan: WindowPlan = {
    stride: Math.min(8, facts.fewest),
    around: aroundFor(facts.fewestCut),
    bitmapBits: bitsFor(16 * count, 21, 28),
    entryBits: bitsFor(1.6 * count, 10, 26),
  };
  const [bitmap, entries] = enter(gathered, plan, keys);
  const tables: SessionTables = {
    head: {
      what: 'session/1',
      ...plan,
      forms: forms.length() / formBytes,
      targets: targets.length() / targetBytes,
    },
    parts: [keys, bitmap, entries, copied(forms.bytes()), copied(targets.bytes())],
  };
  for (const list of [words, payloads, forms, targets]) list.wipe();
  return { tables, unsearchable: facts.unsearchable, same: facts.same };
};
