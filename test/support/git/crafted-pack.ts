// Packs that git would not write, for tests of reading them: cyclic deltas, sizes that lie, indexes that point anywhere.
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

export type CraftedEntry = {
  readonly kind: number;
  /** As the head says it. */
  readonly size: number;
  /** Id of the base of a delta of kind 7, or distance to it of kind 6. */
  readonly base?: Uint8Array | number;
  readonly content: Uint8Array;
  readonly id: Uint8Array;
};

const head = (kind: number, size: number): Buffer => {
  const bytes: number[] = [];
  let rest = Math.floor(size / 16);
  let byte = (kind << 4) | (size % 16);
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest % 128;
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, byte]);
};

const distance = (value: number): Buffer => {
  const bytes = [value & 0x7f];
  let rest = value >>> 7;
  while (rest > 0) {
    rest -= 1;
    bytes.unshift(0x80 | (rest & 0x7f));
    rest >>>= 7;
  }
  return Buffer.from(bytes);
};

const baseBytes = ({ base }: CraftedEntry): Uint8Array => {
  if (base === undefined) return new Uint8Array();
  return typeof base === 'number' ? distance(base) : base;
};

const sha1 = (bytes: Uint8Array): Buffer => createHash('sha1').update(bytes).digest();

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A pack and its index of version 2. @param where changes the offsets that the index gives */
export const craftPack = (
  entries: readonly CraftedEntry[],
  where: (offset: number, at: number) => number = (offset) => offset,
): { readonly pack: Buffer; readonly index: Buffer } => {
  const parts: Buffer[] = [Buffer.concat([Buffer.from('PACK'), u32(2), u32(entries.length)])];
  const placed: { readonly id: Buffer; readonly offset: number; readonly crc: number }[] = [];
  let offset = 12;
  for (const [at, entry] of entries.entries()) {
    const bytes = Buffer.concat([head(entry.kind, entry.size), baseBytes(entry), deflateSync(entry.content)]);
    placed.push({ id: Buffer.from(entry.id), offset: where(offset, at), crc: crc32(bytes) });
    parts.push(bytes);
    offset += bytes.length;
  }
  const body = Buffer.concat(parts);
  const pack = Buffer.concat([body, sha1(body)]);
  const sorted = placed.toSorted((left, right) => Buffer.compare(left.id, right.id));
  const fanout = Array.from({ length: 256 }, (_, first) =>
    u32(sorted.filter(({ id }) => (id[0] ?? 0) <= first).length),
  );
  const table = Buffer.concat([
    Buffer.from([0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]),
    ...fanout,
    ...sorted.map(({ id }) => id),
    ...sorted.map(({ crc }) => u32(crc)),
    ...sorted.map(({ offset: at }) => u32(at)),
    sha1(pack.subarray(0, -20)),
  ]);
  return { pack, index: Buffer.concat([table, sha1(table)]) };
};

export const idFrom = (text: string): Buffer => sha1(Buffer.from(text));
