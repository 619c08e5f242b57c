// Makes the tables that outlive a lock: for each form of each value a few windows of 80 bits or more, under a SipHash key of their own,
// and of each value a keyed hash, under another. They lie in a file of the vault's folder. docs/fingerprints.md.
import type { Random } from '../../core/ports.ts';
import {
  emitLastingWindows,
  lastingLengths,
  mostOffsets,
  type LastingFacts,
  type LastingForm,
  type LastingValue,
} from '../../core/leaks/lasting-windows.ts';
import { createByteList } from './byte-list.ts';
import { createEngineMemory, createRoom, startEngine } from './engine.ts';
import { keyedHash } from './keyed-hash.ts';
import type { PlacedTables } from './placed-tables.ts';
import { confirmKeyBytes, formBytes, targetBytes } from './table-layout.ts';
import { addTarget } from './tables.ts';

export const lastingKeyBytes = 16 + confirmKeyBytes;
/** A window: hash, form + 1 and offset, length. */
export const windowEntryBytes = 16;

export type LastingTables = {
  /** Of the agent: names the list of who the slots are. */
  readonly generation: string;
  /** For each length every how many places of a run are looked at; 0 where no window has the length. */
  readonly strides: readonly number[];
  /** A key of SipHash, a key of HMAC. */
  readonly keys: Uint8Array<ArrayBuffer>;
  readonly windows: Uint8Array<ArrayBuffer>;
  readonly forms: Uint8Array<ArrayBuffer>;
  readonly targets: Uint8Array<ArrayBuffer>;
};

export type BuiltLasting = LastingFacts & { readonly tables: LastingTables };

const copied = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
};

/** SipHash of windows, in a memory of its own. */
const createWindowHash = (key: Uint8Array) => {
  const memory = createEngineMemory();
  const engine = startEngine(memory);
  const { take } = createRoom(memory);
  const [keyAt, textAt] = [take(16), take(64)];
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(key, keyAt);
  return {
    hash: (window: Uint8Array): bigint => {
      bytes.set(window, textAt);
      return BigInt.asUintN(64, engine.sipHash(keyAt, textAt, window.length));
    },
    wipe: (): void => {
      bytes.fill(0, keyAt, textAt + 64);
    },
  };
};

/** Entries in the order of their hashes, so that the file tells nothing by the order of the keys. */
const sorted = (windows: Uint8Array): Uint8Array<ArrayBuffer> => {
  const count = windows.length / windowEntryBytes;
  const view = new DataView(windows.buffer, windows.byteOffset, windows.length);
  const order = Array.from({ length: count }, (_, at) => at).sort((left, right) => {
    const [a, b] = [left, right].map((at) => view.getBigUint64(at * windowEntryBytes, true));
    if (a !== b) return (a ?? 0n) < (b ?? 0n) ? -1 : 1;
    return (
      view.getUint32(left * windowEntryBytes + 8, true) - view.getUint32(right * windowEntryBytes + 8, true)
    );
  });
  const result = new Uint8Array(new ArrayBuffer(windows.length));
  for (const [to, from] of order.entries())
    result.set(
      windows.subarray(from * windowEntryBytes, (from + 1) * windowEntryBytes),
      to * windowEntryBytes,
    );
  return result;
};

/**
 * Makes the tables by which values are found while the vault is locked.
 * @param values borrowed
 */
export const buildLastingTables = (
  values: readonly LastingValue[],
  random: Random,
  generation: string,
): BuiltLasting => {
  const keys = copied(random.bytes(lastingKeyBytes));
  const hasher = createWindowHash(keys.subarray(0, 16));
  const [windows, forms, targets] = [createByteList(), createByteList(), createByteList()];
  const strides = lastingLengths.map(() => 0);
  const addForm = ({ target, kind, base, length }: LastingForm, count: number): void => {
    const at = lastingLengths.indexOf(length as (typeof lastingLengths)[number]);
    strides[at] = Math.min(strides[at] === 0 ? mostOffsets : (strides[at] ?? mostOffsets), count);
    for (const number of [target, kind | (length << 8), base]) forms.addU32(number);
  };
  const hashBytes = new Uint8Array(8);
  const facts = emitLastingWindows(values, {
    target: (entry, value) => addTarget(targets, entry, keyedHash(keys.subarray(16), value)),
    form: addForm,
    window: (bytes, at, length, offset) => {
      new DataView(hashBytes.buffer).setBigUint64(0, hasher.hash(bytes.subarray(at, at + length)), true);
      windows.add(hashBytes);
      windows.addU32(((forms.length() / formBytes) << 2) | offset);
      windows.addU32(length);
    },
  });
  hasher.wipe();
  const tables: LastingTables = {
    generation,
    strides,
    keys,
    windows: sorted(windows.bytes()),
    forms: copied(forms.bytes()),
    targets: copied(targets.bytes()),
  };
  for (const list of [windows, forms, targets]) list.wipe();
  return { ...facts, tables };
};

/** Offsets in the head: src/engine/lasting.ts has the same. */
const headBytes = 64;
const headAt = { entries: 0, entryMask: 4, strides: 8, key: 16 } as const;

/** Copies lasting tables into a memory. @param take gives out room in it */
export const placeLasting = (
  memory: WebAssembly.Memory,
  take: (bytes: number) => number,
  tables: LastingTables,
): PlacedTables => {
  const count = tables.windows.length / windowEntryBytes;
  const places = 2 ** Math.max(4, Math.ceil(Math.log2(2 * count + 1)));
  const parts = [tables.keys.subarray(16), tables.forms, tables.targets, tables.windows];
  const size =
    headBytes + places * windowEntryBytes + parts.reduce((sum, { length }) => sum + length + 64, 0);
  const from = take(size);
  const bytes = new Uint8Array(memory.buffer);
  let next = from + headBytes;
  const [confirmKey, forms, targets, windows] = parts.map((part) => {
    const at = next;
    bytes.set(part, at);
    next = Math.ceil((at + part.length) / 64) * 64;
    return at;
  }) as [number, number, number, number];
  const view = new DataView(memory.buffer, from, headBytes);
  view.setUint32(headAt.entries, next, true);
  view.setUint32(headAt.entryMask, places - 1, true);
  bytes.set(tables.strides, from + headAt.strides);
  bytes.set(tables.keys.subarray(0, 16), from + headAt.key);
  startEngine(memory).insertLasting(from, windows, count);
  return {
    what: 'lasting',
    head: from,
    forms,
    formCount: tables.forms.length / formBytes,
    targets,
    targetCount: tables.targets.length / targetBytes,
    confirmKey,
    from,
    to: from + size,
  };
};

export const wipeLasting = ({ keys, windows, forms, targets }: LastingTables): void => {
  for (const part of [keys, windows, forms, targets]) part.fill(0);
};
