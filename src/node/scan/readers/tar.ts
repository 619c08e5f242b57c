// Members of a tar archive, in order, from a stream: old, POSIX, and GNU's and PAX's long names. Nothing is written anywhere: a name
// such as `../../etc/passwd` is only words. Format: POSIX.1-2001 pax, GNU tar's manual "Basic Tar Format".
import { tarChecksumFits } from './formats.ts';
import { buffered, fill, isZero, skip, Unreadable, type ByteStream } from './input.ts';
import { readRooms } from './rooms.ts';
import { guarded, innerKind, memberName, within, type Reading, type Where } from './reading.ts';

const block = 512;
/** Longest text of a long name or a PAX header that is heeded. */
const maxHeaderText = 2 ** 20;

const field = (header: Uint8Array, from: number, length: number): Uint8Array => {
  const bytes = header.subarray(from, from + length);
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
};

/** Octal digits, or GNU's binary number marked by the highest bit. */
const numberOf = (header: Uint8Array, from: number, length: number): number => {
  if (((header[from] ?? 0) & 0x80) !== 0) {
    let value = (header[from] ?? 0) & 0x7f;
    for (let at = from + 1; at < from + length; at += 1) value = value * 256 + (header[at] ?? 0);
    return value;
  }
  const text = String.fromCharCode(...field(header, from, length)).trim();
  const value = text === '' ? 0 : Number.parseInt(text, 8);
  return Number.isFinite(value) ? value : -1;
};

type Extended = { name: Uint8Array | null; size: number | null };

/** `length key=value\n` records: the name and the size are heeded. */
const readPax = (bytes: Uint8Array, into: Extended): void => {
  let at = 0;
  while (at < bytes.length) {
    const space = bytes.indexOf(0x20, at);
    if (space < 0) return;
    const length = Number.parseInt(String.fromCharCode(...bytes.subarray(at, Math.min(space, at + 12))), 10);
    if (!(length > space - at + 1) || at + length > bytes.length) return;
    const record = bytes.subarray(space + 1, at + length - 1);
    const equals = record.indexOf(0x3d);
    const key = equals < 0 ? '' : String.fromCharCode(...record.subarray(0, Math.min(equals, 32)));
    if (key === 'path') into.name = record.slice(equals + 1);
    if (key === 'size') {
      const size = Number(String.fromCharCode(...record.subarray(equals + 1, equals + 20)));
      if (Number.isSafeInteger(size) && size >= 0) into.size = size;
    }
    at += length;
  }
};

const nameOf = (header: Uint8Array, extended: Extended): Uint8Array => {
  if (extended.name !== null) return extended.name;
  const name = field(header, 0, 100);
  const isPosix = header[257] === 0x75 && header[262] === 0;
  const prefix = isPosix ? field(header, 345, 155) : new Uint8Array(0);
  if (prefix.length === 0) return name.slice();
  return Uint8Array.from([...prefix, 0x2f, ...name]);
};

/** A view of so many bytes of a stream. `left` says what was not read of it. */
const part = (stream: ByteStream, size: number): ByteStream & { readonly left: () => number } => {
  let left = size;
  return {
    left: () => left,
    read: (into) => {
      if (left === 0) return 0;
      const done = stream.read(into.length > left ? into.subarray(0, left) : into);
      if (done === 0) throw new Unreadable('broken-archive');
      left -= done;
      return done;
    },
  };
};

const regularTypes: ReadonlySet<number> = new Set([0x00, 0x30, 0x37, 0x53]);
const longNameType = 0x4c;
const longLinkType = 0x4b;
const paxType = 0x78;
const globalPaxType = 0x67;

const headerText = (stream: ByteStream, size: number): Uint8Array => {
  if (size > maxHeaderText) throw new Unreadable('broken-archive');
  const bytes = new Uint8Array(size);
  if (fill(stream, bytes) < size) throw new Unreadable('broken-archive');
  return bytes;
};

const readMember = (reading: Reading, member: ByteStream, where: Where): void => {
  reading.budget.member();
  guarded(reading, where, () => {
    reading.member(reading, member, where);
  });
};

/** Blocks that old GNU tar puts behind the header of a file with holes: the map of its parts goes on there. */
const skipSparseMap = (stream: ByteStream, header: Uint8Array, scratch: Uint8Array): void => {
  let goesOn = header[482] === 1;
  while (goesOn) {
    if (fill(stream, scratch.subarray(0, block)) < block) throw new Unreadable('broken-archive');
    goesOn = scratch[504] === 1;
  }
};

/** The next header that is no zeros: those end an archive, and another may follow. @returns false at the end */
const nextHeader = (reading: Reading, stream: ByteStream, header: Uint8Array): boolean => {
  for (;;) {
    const length = fill(stream, header);
    if (length === 0) return false;
    if (length < block) throw new Unreadable('broken-archive');
    if (!isZero(header)) break;
    reading.budget.spend(0);
  }
  if (!tarChecksumFits(header)) throw new Unreadable('broken-archive');
  return true;
};

const metaTypes: ReadonlySet<number> = new Set([longNameType, longLinkType, paxType, globalPaxType]);

/** Heeds what a header without content of its own says about the next one. */
const readMeta = (type: number, member: ByteStream, size: number, extended: Extended): void => {
  if (type === paxType) readPax(headerText(member, size), extended);
  if (type === longNameType) extended.name = field(headerText(member, size), 0, size).slice();
};

type Room = { readonly header: Uint8Array; readonly scratch: Uint8Array };

const readMembers = (reading: Reading, stream: ByteStream, where: Where, { header, scratch }: Room): void => {
  const kind = innerKind(where.kind, 'archive');
  let extended: Extended = { name: null, size: null };
  while (nextHeader(reading, stream, header)) {
    const type = header[156] ?? 0;
    const isMeta = metaTypes.has(type);
    const size = (isMeta ? null : extended.size) ?? numberOf(header, 124, 12);
    if (!(size >= 0) || size > Number.MAX_SAFE_INTEGER) throw new Unreadable('broken-archive');
    if (type === 0x53) skipSparseMap(stream, header, scratch);
    const member = part(stream, size);
    if (isMeta) readMeta(type, member, size, extended);
    else {
      const name = memberName(nameOf(header, extended));
      if (regularTypes.has(type) && size > 0) readMember(reading, member, within(where, name, kind));
      extended = { name: null, size: null };
    }
    const padding = (block - (size % block)) % block;
    if (skip(stream, member.left() + padding, scratch)) continue;
    if (member.left() > 0) throw new Unreadable('broken-archive');
    return;
  }
};

/** Reads the members of a tar archive. Throws `Unreadable` where it breaks off. */
export const readTar = (reading: Reading, packed: ByteStream, where: Where): void => {
  const stream = buffered(packed);
  const header = new Uint8Array(block);
  const scratch = readRooms.take();
  try {
    readMembers(reading, stream, where, { header, scratch });
  } finally {
    header.fill(0);
    readRooms.giveBack(scratch);
    stream.end();
  }
};
