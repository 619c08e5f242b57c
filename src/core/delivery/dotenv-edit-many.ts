// Many changes to a `.env` file with one reading of the result: the way for a whole environment. Where the first choice of
// quotes does not come out as meant, it says so, and the caller goes one by one with dotenv-edit.ts.
import { byteOf } from './byte-classes.ts';
import { ByteWriter } from './byte-writer.ts';
import { parseDotenv, wipeDotenv } from './dotenv-document.ts';
import type { DotenvDocument, DotenvEntry } from './dotenv-document.ts';
import { endsWithLineEnd, isName, lineEndOf, prefersEscapes, stylesKeeping } from './dotenv-edit.ts';
import { quoteValue, stylesFor } from './dotenv-quoting.ts';
import { equalBytes } from './equal-bytes.ts';

/** A new value for a name; the bytes are lent. */
export type DotenvChange = { readonly name: string; readonly value: Uint8Array };

type Written = ReadonlyMap<DotenvEntry, Uint8Array>;

const rawFor = (document: DotenvDocument, entry: DotenvEntry, value: Uint8Array): Uint8Array | null => {
  const [style] = stylesKeeping(value, entry.quote);
  return style === undefined
    ? null
    : quoteValue(value, style, style === 'double' && prefersEscapes(document, entry));
};

const writeChanged = (
  writer: ByteWriter,
  document: DotenvDocument,
  bytes: Uint8Array,
  written: Written,
): void => {
  let from = 0;
  for (const entry of document.entries) {
    const raw = written.get(entry);
    if (raw === undefined) continue;
    writer.bytes(bytes.subarray(from, entry.valueRange.start)).bytes(raw);
    from = entry.valueRange.end;
  }
  writer.bytes(bytes.subarray(from));
};

const writeAdded = (writer: ByteWriter, bytes: Uint8Array, added: readonly DotenvChange[]): boolean => {
  const lineEnd = lineEndOf(bytes);
  if (added.length > 0 && !endsWithLineEnd(bytes)) writer.bytes(lineEnd);
  for (const { name, value } of added) {
    const [style] = stylesFor(value);
    if (style === undefined || !isName(name)) return false;
    const raw = quoteValue(value, style);
    writer.text(name).byte(byteOf.equals).bytes(raw).bytes(lineEnd);
    raw.fill(0);
  }
  return true;
};

const isAsMeant = (
  before: readonly DotenvEntry[],
  after: readonly DotenvEntry[],
  changed: ReadonlyMap<DotenvEntry, Uint8Array>,
  added: readonly DotenvChange[],
): boolean => {
  const reads = (entry: DotenvEntry | undefined, name: string, value: Uint8Array): boolean =>
    entry?.name === name && entry.value.use((bytes) => equalBytes(bytes, value));
  if (after.length !== before.length + added.length) return false;
  const kept = before.every((old, at) =>
    old.value.use((bytes) => reads(after[at], old.name, changed.get(old) ?? bytes)),
  );
  return kept && added.every(({ name, value }, at) => reads(after[before.length + at], name, value));
};

const draft = (
  document: DotenvDocument,
  changed: ReadonlyMap<DotenvEntry, Uint8Array>,
  added: readonly DotenvChange[],
): Uint8Array | null => {
  const written = new Map<DotenvEntry, Uint8Array>();
  for (const [entry, value] of changed) {
    const raw = rawFor(document, entry, value);
    if (raw === null) return null;
    written.set(entry, raw);
  }
  const writer = new ByteWriter();
  const complete = document.source.use((bytes) => {
    writeChanged(writer, document, bytes, written);
    return writeAdded(writer, bytes, added);
  });
  for (const raw of written.values()) raw.fill(0);
  if (complete) return writer.take();
  writer.wipe();
  return null;
};

/**
 * Sets several variables at once: changes those that are there, adds the others at the end.
 * @param changes each name once
 * @returns a new document, or null where the result would not read as meant; the old one stays valid
 */
export const changeMany = (
  document: DotenvDocument,
  changes: readonly DotenvChange[],
): DotenvDocument | null => {
  const winning = new Map(document.entries.map((entry) => [entry.name, entry]));
  const changed = new Map<DotenvEntry, Uint8Array>();
  const added: DotenvChange[] = [];
  for (const change of changes) {
    const entry = winning.get(change.name);
    if (entry === undefined) added.push(change);
    else changed.set(entry, change.value);
  }
  const bytes = draft(document, changed, added);
  const parsed = bytes === null ? null : parseDotenv(bytes);
  bytes?.fill(0);
  if (parsed === null || !parsed.ok) return null;
  if (isAsMeant(document.entries, parsed.value.entries, changed, added)) return parsed.value;
  wipeDotenv(parsed.value);
  return null;
};
