// Changes one variable of a `.env` file and leaves every other byte as it was. Each change is proven by reading the result
// again: where the new value would be read otherwise, or would change a neighbour, the next quote style is tried.
import { fail } from '../model/app-error.ts';
import type { Result } from '../model/result.ts';
import { byteOf, hardLineEndLength, isNameByte } from './byte-classes.ts';
import { ByteWriter } from './byte-writer.ts';
import { findEntry, parseDotenv, wipeDotenv } from './dotenv-document.ts';
import type { DotenvDocument, DotenvEntry } from './dotenv-document.ts';
import { fitsStyle, quoteValue, stylesFor } from './dotenv-quoting.ts';
import type { ByteRange } from './dotenv-scanner.ts';
import type { QuoteStyle } from './dotenv-value.ts';
import { equalBytes } from './equal-bytes.ts';

const equalValues = (left: DotenvEntry, right: DotenvEntry): boolean =>
  left.value.use((bytes) => right.value.use((others) => equalBytes(bytes, others)));

const splice = (
  document: DotenvDocument,
  { start, end }: ByteRange,
  middle: Uint8Array,
): Result<DotenvDocument> =>
  document.source.use((bytes) => {
    const changed = new ByteWriter()
      .bytes(bytes.subarray(0, start))
      .bytes(middle)
      .bytes(bytes.subarray(end))
      .take();
    const parsed = parseDotenv(changed);
    changed.fill(0);
    return parsed;
  });

/** Whether `after` reads as `before` does, but for one entry at `index`, which reads as `value`. */
const isOnlyChange = (
  before: readonly DotenvEntry[],
  after: readonly DotenvEntry[],
  index: number,
  name: string,
  value: Uint8Array,
): boolean =>
  after.every((entry, at) => {
    if (at === index) return entry.name === name && entry.value.use((bytes) => equalBytes(bytes, value));
    const old = before[at];
    return old !== undefined && old.name === entry.name && equalValues(old, entry);
  });

const cannotWrite = (name: string, line?: number) =>
  fail(
    'bad-input',
    `The value of ${name} cannot be written into this .env file so that dotenv and Node read it back; the file is unchanged.`,
    'A carriage return, all three kinds of quotes, or an unclosed quote elsewhere in the file stand in the way. Mend the file, or use another format.',
    line === undefined ? { field: name } : { field: name, line },
  );

/** Writes line feeds as `\n` where the old value, in double quotes, had no line feed of its own. */
export const prefersEscapes = (document: DotenvDocument, entry: DotenvEntry): boolean =>
  entry.quote === 'double' &&
  document.source.use(
    (bytes) => !bytes.subarray(entry.valueRange.start, entry.valueRange.end).includes(byteOf.lineFeed),
  );

/** Styles that carry the value, the present one first where it does. */
export const stylesKeeping = (value: Uint8Array, current: QuoteStyle): readonly QuoteStyle[] => {
  const safe = stylesFor(value);
  return fitsStyle(value, current) ? [current, ...safe.filter((style) => style !== current)] : safe;
};

/**
 * Gives a variable a new value. Only the value's bytes change: its quote style stays where it can carry the value.
 * Of several entries of the name, the one that counts (the last) is changed.
 * @param value at most what keeps the file within its limits; not kept
 * @returns a new document (the old one stays valid); `not-found` or `bad-input`
 */
export const setValue = (
  document: DotenvDocument,
  name: string,
  value: Uint8Array,
): Result<DotenvDocument> => {
  const entry = findEntry(document, name);
  if (entry === null)
    return fail('not-found', `The .env file has no variable ${name}.`, 'Append it, or check the name.', {
      field: name,
    });
  if (entry.value.use((bytes) => equalBytes(bytes, value)))
    return splice(document, { start: 0, end: 0 }, new Uint8Array());
  const index = document.entries.indexOf(entry);
  for (const style of stylesKeeping(value, entry.quote)) {
    const raw = quoteValue(value, style, style === 'double' && prefersEscapes(document, entry));
    const changed = splice(document, entry.valueRange, raw);
    raw.fill(0);
    if (!changed.ok) return changed;
    const { entries } = changed.value;
    if (
      entries.length === document.entries.length &&
      isOnlyChange(document.entries, entries, index, name, value)
    )
      return changed;
    wipeDotenv(changed.value);
  }
  return cannotWrite(name, entry.line);
};

/** The line end that the file uses first, LF where it has none. */
export const lineEndOf = (bytes: Uint8Array): Uint8Array => {
  const at = bytes.findIndex((byte) => byte === byteOf.lineFeed || byte === byteOf.carriageReturn);
  return at === -1 ? Uint8Array.of(byteOf.lineFeed) : bytes.slice(at, at + hardLineEndLength(bytes, at));
};

/** Whether a line can be added without ending the last one first. */
export const endsWithLineEnd = (bytes: Uint8Array): boolean =>
  bytes.length === 0 || hardLineEndLength(bytes, bytes.length - 1) > 0;

/** Whether dotenv reads the text as a name. */
export const isName = (name: string): boolean => {
  const bytes = new TextEncoder().encode(name);
  return bytes.length > 0 && bytes.every(isNameByte);
};

const lineFor = (document: DotenvDocument, name: string, raw: Uint8Array): Uint8Array =>
  document.source.use((bytes) => {
    const lineEnd = lineEndOf(bytes);
    const writer = new ByteWriter();
    if (!endsWithLineEnd(bytes)) writer.bytes(lineEnd);
    return writer.text(name).byte(byteOf.equals).bytes(raw).bytes(lineEnd).take();
  });

/**
 * Adds a variable at the end of the file, with the file's own line end.
 * @returns a new document; `already-exists` where the name is there, `bad-input` for a name or value that cannot be written
 */
export const append = (document: DotenvDocument, name: string, value: Uint8Array): Result<DotenvDocument> => {
  if (!isName(name))
    return fail(
      'bad-input',
      'That name cannot stand in a .env file.',
      'Use letters, digits, _, . and - only.',
      {
        field: name,
      },
    );
  if (findEntry(document, name) !== null)
    return fail('already-exists', `The .env file already has ${name}.`, 'Change its value instead.', {
      field: name,
    });
  const end = document.source.length;
  for (const style of stylesFor(value)) {
    const raw = quoteValue(value, style);
    const line = lineFor(document, name, raw);
    const changed = splice(document, { start: end, end }, line);
    raw.fill(0);
    line.fill(0);
    if (!changed.ok) return changed;
    const { entries } = changed.value;
    const index = document.entries.length;
    if (entries.length === index + 1 && isOnlyChange(document.entries, entries, index, name, value))
      return changed;
    wipeDotenv(changed.value);
  }
  return cannotWrite(name);
};

/**
 * Takes every entry of a name out of the file, each with its whole line or lines and its inline comment.
 * @returns a new document; `not-found`, or `bad-input` where the rest would then be read otherwise
 */
export const remove = (document: DotenvDocument, name: string): Result<DotenvDocument> => {
  if (findEntry(document, name) === null)
    return fail('not-found', `The .env file has no variable ${name}.`, 'Check the name.', { field: name });
  const kept = document.entries.filter((entry) => entry.name !== name);
  const gone = new Set(document.entries.filter((entry) => entry.name === name).map((entry) => entry.range));
  const writer = new ByteWriter();
  document.source.use((bytes) => {
    for (const { range } of document.segments)
      if (!gone.has(range)) writer.bytes(bytes.subarray(range.start, range.end));
  });
  const rest = writer.take();
  const changed = parseDotenv(rest);
  rest.fill(0);
  if (!changed.ok) return changed;
  const { entries } = changed.value;
  const same =
    entries.length === kept.length &&
    kept.every((old, at) => {
      const entry = entries[at];
      return entry !== undefined && old.name === entry.name && equalValues(old, entry);
    });
  if (same) return changed;
  wipeDotenv(changed.value);
  return cannotWrite(name);
};
