// Puts tables into the memory that scan threads share, and wipes them there. What it gives is numbers: threads get them by message.
import type { SessionHead, SessionTables } from './tables.ts';
import { sessionKeyBytes, keysOf, writeHead } from './tables.ts';
import { confirmKeyBytes, formBytes, headBytes, mostShift, shiftBits, targetBytes } from './table-layout.ts';

/** Addresses in the memory. `from` and `to`: everything that holds keys or hashes. */
export type PlacedTables = {
  readonly what: 'session' | 'lasting';
  readonly head: number;
  readonly forms: number;
  readonly formCount: number;
  readonly targets: number;
  readonly targetCount: number;
  readonly confirmKey: number;
  readonly from: number;
  readonly to: number;
};

const isCount = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;

const isHead = (value: unknown): value is SessionHead => {
  if (typeof value !== 'object' || value === null) return false;
  const head = value as Partial<Record<keyof SessionHead, unknown>>;
  return (
    head.what === 'session/1' &&
    isCount(head.stride, 1, 8) &&
    isCount(head.around, 1, 254) &&
    isCount(head.bitmapBits, 10, 30) &&
    isCount(head.entryBits, 4, 27) &&
    isCount(head.forms, 0, 2 ** 27 - 2) &&
    isCount(head.targets, 0, 2 ** 24)
  );
};

const sizesOf = (head: SessionHead): readonly number[] => [
  sessionKeyBytes,
  2 ** (head.bitmapBits - 3),
  8 * 2 ** head.entryBits,
  head.forms * formBytes,
  head.targets * targetBytes,
];

/** Each form's target and each target's size are in bounds, so that nothing that reads them needs to ask. */
const areConsistent = (head: SessionHead, parts: readonly Uint8Array[]): boolean => {
  const [, , entries, forms, targets] = parts;
  if (entries === undefined || forms === undefined || targets === undefined) return false;
  const view = new DataView(forms.buffer, forms.byteOffset, forms.length);
  for (let at = 0; at < forms.length; at += formBytes) {
    const kind = view.getUint32(at + 4, true);
    if (view.getUint32(at, true) >= head.targets || kind % 2 ** shiftBits > 9) return false;
    if (kind >>> shiftBits > mostShift) return false;
  }
  // An entry is 0 or names a form; one at least is 0, or looking a word up would never end.
  const words = new Uint32Array(entries.buffer, entries.byteOffset, entries.length >> 2);
  let empty = 0;
  for (let at = 0; at < words.length; at += 2) {
    const form = (words[at] ?? 0) >>> 5;
    if (form > head.forms) return false;
    if (form === 0) {
      if (words[at] !== 0 || words[at + 1] !== 0) return false;
      empty += 1;
    }
  }
  return empty > 0;
};

/** Tables as they came over a socket; null where they are none. Does not wipe. */
export const readSessionTables = (
  head: unknown,
  parts: readonly Uint8Array<ArrayBuffer>[],
): SessionTables | null => {
  if (!isHead(head)) return null;
  const sizes = sizesOf(head);
  if (parts.length !== sizes.length || sizes.some((size, at) => parts[at]?.length !== size)) return null;
  return areConsistent(head, parts) ? { head, parts } : null;
};

/**
 * Copies tables into a memory.
 * @param take gives out room in it
 */
export const placeTables = (
  memory: WebAssembly.Memory,
  take: (bytes: number) => number,
  { head, parts }: SessionTables,
): PlacedTables => {
  const [keys = new Uint8Array()] = parts;
  const size = headBytes + confirmKeyBytes + parts.reduce((sum, { length }) => sum + length + 64, 0);
  const from = take(size);
  let next = from + headBytes;
  const bytes = new Uint8Array(memory.buffer);
  const put = (part: Uint8Array | undefined): number => {
    const at = next;
    if (part !== undefined) bytes.set(part, at);
    next = Math.ceil((at + (part?.length ?? 0)) / 64) * 64;
    return at;
  };
  const confirmKey = put(keysOf(keys).confirm);
  const [bitmap, entries, forms, targets] = [put(parts[1]), put(parts[2]), put(parts[3]), put(parts[4])];
  writeHead(memory, from, head, { bitmap, entries, keys });
  return {
    what: 'session',
    head: from,
    forms,
    formCount: head.forms,
    targets,
    targetCount: head.targets,
    confirmKey,
    from,
    to: from + size,
  };
};

/** Wipes what `placeTables` wrote. No thread may match with it any more. */
export const wipePlaced = (memory: WebAssembly.Memory, { from, to }: PlacedTables): void => {
  new Uint8Array(memory.buffer).fill(0, from, to);
};

export const wipeTables = ({ parts }: SessionTables): void => {
  for (const part of parts) part.fill(0);
};
