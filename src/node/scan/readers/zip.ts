// Members of a zip archive by its central directory: archives, jars, wheels, office files. Nothing is written, declared sizes are not
// believed, and members that lie over each other cost what they unpack to. Format: PKWARE's APPNOTE.TXT 6.3.10.
import { streamOf, Unreadable, type ByteStream, type Extent } from './input.ts';
import { inflating, type Inflating } from './inflate.ts';
import { isOfficePart, officeNames, officeText } from './office-text.ts';
import {
  giveMade,
  guarded,
  withHeld,
  innerKind,
  memberName,
  within,
  type Reading,
  type Where,
} from './reading.ts';
import { unbzip2 } from './bzip2.ts';
import { unxz } from './xz.ts';

const endBytes = 22;
const maxComment = 65_535;
const centralBytes = 46;
const localBytes = 30;
/** Largest directory that is read: some 60 bytes a member. */
const maxDirectory = 2 ** 25;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const readExactly = (extent: Extent, position: number, length: number): Uint8Array => {
  if (position < 0 || position + length > extent.size) throw new Unreadable('broken-archive');
  const bytes = new Uint8Array(length);
  if (extent.readAt(position, bytes) < length) throw new Unreadable('broken-archive');
  return bytes;
};

type Directory = { readonly at: number; readonly size: number; readonly shift: number };

/** Where the record that ends an archive begins in the last bytes of it. */
const findEnd = (tail: Uint8Array): number => {
  for (let at = tail.length - endBytes; at >= 0; at -= 1) {
    if (tail[at] !== 0x50 || tail[at + 1] !== 0x4b || tail[at + 2] !== 0x05 || tail[at + 3] !== 0x06)
      continue;
    if (at + endBytes + view(tail).getUint16(at + 20, true) <= tail.length) return at;
  }
  throw new Unreadable('broken-archive');
};

const bigNumber = (data: DataView, at: number): number => Number(data.getBigUint64(at, true));

/** Zip64's record, where the usual one has no room for its numbers. */
const findLargeEnd = (extent: Extent, end: number): { readonly at: number; readonly size: number } | null => {
  if (end < 20) return null;
  const locator = view(readExactly(extent, end - 20, 20));
  if (locator.getUint32(0, true) !== 0x07064b50) return null;
  const record = view(readExactly(extent, bigNumber(locator, 8), 56));
  if (record.getUint32(0, true) !== 0x06064b50) throw new Unreadable('broken-archive');
  return { size: bigNumber(record, 40), at: bigNumber(record, 48) };
};

/** The record that ends an archive, and where it is. What stands before it in the file's last bytes is wiped. */
const readEnd = (extent: Extent): { readonly record: DataView; readonly end: number } => {
  const tailLength = Math.min(extent.size, endBytes + maxComment);
  const tail = readExactly(extent, extent.size - tailLength, tailLength);
  try {
    const found = findEnd(tail);
    return { record: view(tail.slice(found, found + endBytes)), end: extent.size - tailLength + found };
  } finally {
    tail.fill(0);
  }
};

const findDirectory = (extent: Extent): Directory => {
  const { record, end } = readEnd(extent);
  const size = record.getUint32(12, true);
  const at = record.getUint32(16, true);
  const large = at === 0xffffffff || size === 0xffffffff ? findLargeEnd(extent, end) : null;
  if (large !== null) return { ...large, shift: 0 };
  // What stands before the archive, such as a script that unpacks it, moves everything by its length.
  return { at: end - size, size, shift: end - size - at };
};

type Member = {
  readonly name: Uint8Array;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
};

/** The numbers that zip64 keeps in an extra field, in the order in which the usual ones say "see there". */
const withLargeNumbers = (member: Member, extra: Uint8Array): Member => {
  const data = view(extra);
  for (let at = 0; at + 4 <= extra.length;) {
    const length = data.getUint16(at + 2, true);
    if (data.getUint16(at, true) === 1) {
      let from = at + 4;
      const next = (value: number): number => {
        if (value !== 0xffffffff || from + 8 > Math.min(extra.length, at + 4 + length)) return value;
        from += 8;
        return bigNumber(data, from - 8);
      };
      const unpacked = next(member.unpacked);
      const packed = next(member.packed);
      return { ...member, unpacked, packed, at: next(member.at) };
    }
    at += 4 + length;
  }
  return member;
};

function* membersOf(directory: Uint8Array): Generator<Member> {
  const data = view(directory);
  for (let at = 0; at + centralBytes <= directory.length;) {
    if (data.getUint32(at, true) !== 0x02014b50) throw new Unreadable('broken-archive');
    const nameLength = data.getUint16(at + 28, true);
    const extraLength = data.getUint16(at + 30, true);
    const nameAt = at + centralBytes;
    const extraAt = nameAt + nameLength;
    yield withLargeNumbers(
      {
        name: directory.subarray(nameAt, extraAt),
        method: data.getUint16(at + 10, true),
        isEncrypted: (data.getUint16(at + 8, true) & 1) === 1,
        packed: data.getUint32(at + 20, true),
        unpacked: data.getUint32(at + 24, true),
        at: data.getUint32(at + 42, true),
      },
      directory.subarray(extraAt, extraAt + extraLength),
    );
    at = extraAt + extraLength + data.getUint16(at + 32, true);
  }
}

const never = (): void => undefined;
const opened = (stream: ByteStream): Inflating => ({ read: stream.read, close: never });

/** Methods of APPNOTE 4.4.5 that are unpacked. */
const methods: ReadonlyMap<number, (packed: ByteStream, reading: Reading) => Inflating> = new Map<
  number,
  (packed: ByteStream, reading: Reading) => Inflating
>([
  [0, opened],
  [8, (packed) => inflating('deflate-raw', packed)],
  [12, unbzip2],
  [93, (packed) => inflating('zstd', packed)],
  [95, (packed, reading) => unxz(packed, reading.budget)],
]);

const packedBytes = (extent: Extent, member: Member, shift: number): ByteStream => {
  const at = member.at + shift;
  const local = view(readExactly(extent, at, localBytes));
  if (local.getUint32(0, true) !== 0x04034b50) throw new Unreadable('broken-archive');
  const from = at + localBytes + local.getUint16(26, true) + local.getUint16(28, true);
  if (from + member.packed > extent.size) throw new Unreadable('broken-archive');
  return streamOf(extent, from, member.packed);
};

const readMember = (reading: Reading, stream: ByteStream, where: Where, isOffice: boolean): void => {
  if (!isOffice || !isOfficePart(where.inside)) {
    reading.member(reading, stream, where);
    return;
  }
  withHeld(reading, stream, (xml) => {
    giveMade(reading, officeText(xml), where);
  });
};

/** Reads the members of a zip archive. Throws `Unreadable` where its directory is broken. */
export const readZip = (reading: Reading, extent: Extent, where: Where): void => {
  const { at, size, shift } = findDirectory(extent);
  if (size > maxDirectory) throw new Unreadable('too-many');
  const directory = readExactly(extent, at, size);
  const names = Buffer.from(directory.buffer, directory.byteOffset, directory.length);
  const isOffice = officeNames.some((name) => names.includes(name));
  for (const member of membersOf(directory)) {
    // A folder's name ends with a slash.
    if (member.name.at(-1) === 0x2f && member.unpacked === 0) continue;
    reading.budget.member();
    const kind = innerKind(where.kind, isOffice ? 'document' : 'archive');
    const place = within(where, memberName(member.name), kind);
    guarded(reading, place, () => {
      if (member.isEncrypted) throw new Unreadable('encrypted');
      const unpack = methods.get(member.method);
      if (unpack === undefined) throw new Unreadable('unknown-format');
      const stream = unpack(packedBytes(extent, member, shift), reading);
      try {
        readMember(reading, stream, place, isOffice);
      } finally {
        stream.close();
      }
    });
  }
};
