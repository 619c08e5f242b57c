// PDF: its bytes as they are, and its packed streams: what pages show, objects, forms, and files that are attached. Pictures and fonts are
// left. No cross-reference is followed, so a damaged or hostile one leads nowhere. Format: ISO 32000-1, 7.3.8 and 7.5.7.
import { bytesExtent, streamOf, Unreadable, type ByteStream, type Extent } from './input.ts';
import { inflating } from './inflate.ts';
import { readCodeTable, readShown, shownText, type CodeTable } from './pdf-text.ts';
import { givePlain, guarded, innerKind, within, withHeld, type Reading, type Where } from './reading.ts';

/** Words before a stream in which its dictionary stands. */
const dictionaryBytes = 4_096;
const mostTables = 24;
/** Of one page's content or table. */
const mostContent = 2 ** 24;

type Stream = {
  readonly number: string;
  readonly dictionary: string;
  readonly from: number;
  readonly to: number;
};

/** The dictionary that stands before a stream, from the object's number on; null where there is none. */
const dictionaryBefore = (file: Buffer, at: number): Pick<Stream, 'number' | 'dictionary'> | null => {
  const before = file.toString('latin1', Math.max(0, at - dictionaryBytes), at);
  const end = before.lastIndexOf(' obj');
  const number = end < 0 ? null : /(\d{1,10}) \d{1,5}$/.exec(before.slice(Math.max(0, end - 20), end));
  return number === null ? null : { number: number[1] ?? '', dictionary: before.slice(end + 4) };
};

function* streamsOf(reading: Reading, file: Buffer): Generator<Stream> {
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at + 6)) {
    // A file of nothing but this word takes its time.
    reading.budget.spend(0);
    if (at < 3 || file.toString('latin1', at - 3, at) === 'end') continue;
    const object = dictionaryBefore(file, at);
    if (object === null) continue;
    const from = file[at + 6] === 0x0d && file[at + 7] === 0x0a ? at + 8 : at + 7;
    const end = file.indexOf('endstream', from);
    const to = end < 0 ? file.length : end;
    yield { ...object, from, to };
    at = to;
  }
}

/** What holds no text: pictures, fonts, tables of places. */
const isLeft = (dictionary: string): boolean =>
  /\/Subtype\s*\/(Image|Type1C|CIDFontType0C|OpenType)\b|\/Length[123]\b|\/Type\s*\/XRef\b|\/(DCT|JPX|CCITTFax|JBIG2)Decode\b/.test(
    dictionary,
  );

const isPacked = (dictionary: string): boolean => /\/(FlateDecode|Fl)\b/.test(dictionary);
/** Other ways to pack that are not undone: their bytes are read as they are, with the file. */
const isOtherwisePacked = (dictionary: string): boolean =>
  /\/(LZW|ASCII85|ASCIIHex|RunLength)Decode\b|\/Crypt\b/.test(dictionary);

const never = (): void => undefined;

/** Does something with the unpacked bytes of a stream. */
const unpacked = (file: Buffer, stream: Stream, action: (bytes: ByteStream) => void): void => {
  const packed = streamOf(bytesExtent(file), stream.from, stream.to - stream.from);
  const bytes = isPacked(stream.dictionary) ? inflating('zlib', packed) : { read: packed.read, close: never };
  try {
    action(bytes);
  } finally {
    bytes.close();
  }
};

/** Lends the unpacked bytes of a stream. */
const held = (reading: Reading, file: Buffer, stream: Stream, action: (bytes: Uint8Array) => void): void => {
  unpacked(file, stream, (bytes) => {
    withHeld(reading, bytes, action);
  });
};

const readTables = (reading: Reading, file: Buffer): readonly CodeTable[] => {
  const tables: CodeTable[] = [];
  for (const stream of streamsOf(reading, file)) {
    if (tables.length >= mostTables) break;
    // A table is small, and nothing else in a file that is small says "begincmap".
    if (
      isLeft(stream.dictionary) ||
      /\/Type\s*\/ObjStm\b/.test(stream.dictionary) ||
      stream.to - stream.from > 2 ** 18
    )
      continue;
    try {
      held(reading, file, stream, (bytes) => {
        if (
          bytes.length > mostContent ||
          !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('begincmap')
        )
          return;
        const table = readCodeTable(bytes);
        if (table !== null) tables.push(table);
      });
    } catch (problem) {
      // It is named when the stream is read for what it holds.
      if (!(problem instanceof Unreadable)) throw problem;
    }
  }
  return tables;
};

/** Gives what a page shows, once for each table under which it is another text; else the bytes as they are. */
const giveContent = (
  reading: Reading,
  stream: Stream,
  bytes: Uint8Array,
  where: Where,
  tables: readonly CodeTable[],
): void => {
  const shown = bytes.length > mostContent ? [] : readShown(bytes);
  if (shown.length === 0) {
    // What is not packed was read with the file.
    if (isPacked(stream.dictionary)) givePlain(reading, streamOf(bytesExtent(bytes)), where);
    return;
  }
  const texts: Uint8Array[] = [];
  for (const table of [null, ...tables]) {
    const text = shownText(shown, table);
    if (texts.some((other) => Buffer.compare(other, text) === 0)) text.fill(0);
    else texts.push(text);
  }
  try {
    for (const text of texts) if (text.length > 0) givePlain(reading, streamOf(bytesExtent(text)), where);
  } finally {
    for (const part of [...texts, ...shown]) if (typeof part !== 'string') part.fill(0);
  }
};

const readStream = (
  reading: Reading,
  file: Buffer,
  stream: Stream,
  where: Where,
  tables: readonly CodeTable[],
): void => {
  if (/\/Type\s*\/EmbeddedFile\b/.test(stream.dictionary)) {
    unpacked(file, stream, (bytes) => {
      reading.member(reading, bytes, where);
    });
    return;
  }
  held(reading, file, stream, (bytes) => {
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('begincmap')) return;
    if (/\/Type\s*\/(ObjStm|Metadata)\b/.test(stream.dictionary)) {
      if (isPacked(stream.dictionary)) givePlain(reading, streamOf(bytesExtent(bytes)), where);
    } else giveContent(reading, stream, bytes, where, tables);
  });
};

const readStreams = (reading: Reading, file: Buffer, where: Where): void => {
  // The word stands in the trailer, which is never packed but in a table of places; then streams do not unpack and are named.
  if (
    /\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</.test(
      file.toString('latin1', Math.max(0, file.length - 65_536)),
    )
  )
    throw new Unreadable('encrypted');
  const tables = readTables(reading, file);
  for (const stream of streamsOf(reading, file)) {
    if (isLeft(stream.dictionary) || isOtherwisePacked(stream.dictionary)) continue;
    reading.budget.member();
    const place = within(where, `object ${stream.number}`);
    guarded(reading, place, () => {
      readStream(reading, file, stream, place, tables);
    });
  }
};

/** Reads a PDF. Throws `Unreadable` where it is encrypted, or larger than what may be held. */
export const readPdf = (reading: Reading, extent: Extent, where: Where): void => {
  const place: Where = { ...where, kind: innerKind(where.kind, 'document') };
  givePlain(reading, streamOf(extent), place);
  withHeld(
    reading,
    streamOf(extent),
    (file) => {
      readStreams(reading, Buffer.from(file.buffer, file.byteOffset, file.length), place);
    },
    extent.size + 1,
  );
};
