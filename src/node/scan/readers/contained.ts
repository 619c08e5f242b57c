// Reads what has bytes in order: looks at how it begins, gives plain bytes to the matcher, and unpacks containers by the readers of
// their formats, each member through here again. docs/scanning.md §3.
import { unbzip2 } from './bzip2.ts';
import { formatOf, headBytes, type ContainerFormat } from './formats.ts';
import { bytesExtent, Unreadable, withHead, type ByteStream, type Extent } from './input.ts';
import { inflating, type Inflating } from './inflate.ts';
import { readPdf } from './pdf.ts';
import { givePlain, withHeld, innerKind, within, type Reading, type Where } from './reading.ts';
import { readSqlite } from './sqlite.ts';
import { readTar } from './tar.ts';
import { unxz } from './xz.ts';
import { readZip } from './zip.ts';

/** Formats of one stream without a name of its own. */
const packings: Readonly<
  Partial<Record<ContainerFormat, (packed: ByteStream, reading: Reading) => Inflating>>
> = {
  gzip: (packed) => inflating('gzip', packed),
  zstd: (packed) => inflating('zstd', packed),
  xz: (packed, reading) => unxz(packed, reading.budget),
  bzip2: unbzip2,
};

/** Formats that are read at positions. */
const extents: Readonly<
  Partial<Record<ContainerFormat, (reading: Reading, extent: Extent, where: Where) => void>>
> = {
  zip: readZip,
  sqlite: readSqlite,
  pdf: readPdf,
};

/** What a packed file is called without what says that it is packed. */
const strippedName = (where: Where): string => {
  const whole = where.inside === '' ? where.path : where.inside;
  const name = whole.slice(
    Math.max(whole.lastIndexOf('/'), whole.lastIndexOf('\\'), whole.lastIndexOf('!')) + 1,
  );
  return name.replace(/\.(gz|zst|xz|bz2|z)$/i, '').replace(/\.t(gz|zst|xz|bz2?)$/i, '.tar');
};

const readPacked = (reading: Reading, stream: Inflating, where: Where): void => {
  try {
    const kind = innerKind(where.kind, 'archive');
    readMember(reading, stream, { ...where, kind, depth: where.depth + 1 }, strippedName(where));
  } finally {
    stream.close();
  }
};

/** Reads a container of which the whole is at hand as a stream. Throws `Unreadable`. */
export const readContainer = (
  reading: Reading,
  format: ContainerFormat,
  stream: ByteStream,
  where: Where,
): void => {
  if (where.depth >= reading.budget.limits.depth) throw new Unreadable('too-deep');
  const unpack = packings[format];
  const read = extents[format];
  if (unpack !== undefined) readPacked(reading, unpack(stream, reading), where);
  else if (format === 'tar') readTar(reading, stream, where);
  else if (read === undefined) throw new Unreadable('unknown-format');
  else {
    withHeld(reading, stream, (bytes) => {
      read(reading, bytesExtent(bytes), where);
    });
  }
};

/** The beginning of a stream, and why there is no more of it. */
type Begun = { readonly begin: Uint8Array; readonly problem: Unreadable | null };

const nothing: ByteStream = { read: () => 0 };

/** How a stream begins. One that breaks off there has no other part. */
const beginningOf = (stream: ByteStream): Begun => {
  const head = new Uint8Array(headBytes);
  let length = 0;
  try {
    while (length < headBytes) {
      const done = stream.read(head.subarray(length));
      if (done === 0) break;
      length += done;
    }
  } catch (problem) {
    if (problem instanceof Unreadable) return { begin: head.subarray(0, length), problem };
    throw problem;
  }
  return { begin: head.subarray(0, length), problem: null };
};

const readBegun = (
  reading: Reading,
  stream: ByteStream,
  { begin, problem }: Begun,
  where: Where,
  innerName?: string,
): void => {
  const format = problem === null ? formatOf(begin, begin.length) : null;
  if (format !== null && format !== 'unknown') {
    readContainer(reading, format, withHead(begin, stream), where);
    return;
  }
  const place = innerName === undefined ? where : { ...within(where, innerName), depth: where.depth };
  givePlain(reading, problem === null ? stream : nothing, place, begin);
  if (problem !== null) throw problem;
  // Nobody here unpacks it, but not everything in such a file need be packed.
  if (format === 'unknown') throw new Unreadable('unknown-format');
};

/** Reads a member whatever it is. `innerName` is added to its place where it turns out to be no container. */
export const readMember = (reading: Reading, stream: ByteStream, where: Where, innerName?: string): void => {
  const begun = beginningOf(stream);
  try {
    reading.budget.spend(begun.begin.length);
    readBegun(reading, stream, begun, where, innerName);
  } finally {
    begun.begin.fill(0);
  }
};
