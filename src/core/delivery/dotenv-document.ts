// A `.env` file read without loss: serialiseDotenv(parse(x)) is x, byte for byte, whatever x holds. Values are lent as
// SecretBytes, since any of them may be a key. Interpolation is reported and never carried out.
import { fail } from '../model/app-error.ts';
import { ok } from '../model/result.ts';
import type { Result } from '../model/result.ts';
import { SecretBytes } from '../model/secret-bytes.ts';
import { byteOf, hardLineEndLength } from './byte-classes.ts';
import { scanDotenv } from './dotenv-scanner.ts';
import type { ByteRange, EntrySegment, OtherSegment, Segment } from './dotenv-scanner.ts';
import { decodeValue, hasUnclosedQuote, isInterpolated, quoteStyleOf } from './dotenv-value.ts';
import type { QuoteStyle } from './dotenv-value.ts';
import { isUtf8 } from './utf8.ts';

/** Largest file that is read. */
export const maxDotenvBytes = 1024 * 1024;
/** Most lines that are read. */
export const maxDotenvLines = 20_000;

export type DotenvEntry = {
  readonly name: string;
  /** The decoded value. */
  readonly value: SecretBytes;
  /** 1-based line and column (in bytes) of the name. */
  readonly line: number;
  readonly column: number;
  /** The whole of it: indentation, `export`, value, comment and line end. */
  readonly range: ByteRange;
  readonly nameRange: ByteRange;
  /** The value as it stands in the file, quotes included. */
  readonly valueRange: ByteRange;
  readonly quote: QuoteStyle;
  readonly exported: boolean;
  readonly separator: '=' | ':';
  readonly interpolated: boolean;
  /** False where the value is no valid UTF-8. */
  readonly text: boolean;
  /** Line of the first entry of the same name, or null where this is the first. The last entry of a name wins. */
  readonly duplicateOf: number | null;
  /** Whether readers take this entry: false where a later one of the same name replaces it. */
  readonly wins: boolean;
  /** The inline comment, from its `#`. */
  readonly comment: ByteRange | null;
};

export const dotenvProblemKinds = ['no-value', 'junk', 'duplicate', 'unclosed-quote', 'not-text'] as const;

export type DotenvProblem = {
  readonly kind: (typeof dotenvProblemKinds)[number];
  /** 1-based. */
  readonly line: number;
  /** The variable, where there is one. */
  readonly name?: string;
};

export type DotenvDocument = {
  /** The file's bytes, lent; {@link wipeDotenv} ends them. */
  readonly source: SecretBytes;
  readonly segments: readonly Segment[];
  readonly entries: readonly DotenvEntry[];
  /** What a person should know of, in order of lines. Nothing here stops the file from being read. */
  readonly problems: readonly DotenvProblem[];
};

const decoder = new TextDecoder();

/** Offsets at which lines start; lines end with LF, CR LF or CR. */
const findLineStarts = (bytes: Uint8Array): readonly number[] => {
  const starts = [0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte !== byteOf.lineFeed && byte !== byteOf.carriageReturn) continue;
    at += hardLineEndLength(bytes, at) - 1;
    starts.push(at + 1);
  }
  return starts;
};

const lineIndexAt = (starts: readonly number[], offset: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

type Draft = Omit<DotenvEntry, 'duplicateOf' | 'wins'> & { readonly unclosed: boolean };

const draftEntry = (bytes: Uint8Array, starts: readonly number[], segment: EntrySegment): Draft => {
  const raw = bytes.subarray(segment.value.start, segment.value.end);
  const lineIndex = lineIndexAt(starts, segment.name.start);
  const quote = quoteStyleOf(raw, segment.quoted);
  return {
    name: decoder.decode(bytes.subarray(segment.name.start, segment.name.end)),
    value: SecretBytes.own(decodeValue(raw, segment.quoted)),
    line: lineIndex + 1,
    column: segment.name.start - (starts[lineIndex] ?? 0) + 1,
    range: segment.range,
    nameRange: segment.name,
    valueRange: segment.value,
    quote,
    exported: segment.exported,
    separator: segment.separator,
    interpolated: isInterpolated(raw, quote),
    text: isUtf8(raw),
    comment: segment.comment,
    unclosed: hasUnclosedQuote(raw, segment.quoted),
  };
};

const markDuplicates = (drafts: readonly Draft[]): readonly DotenvEntry[] => {
  const firstLine = new Map<string, number>();
  const last = new Map<string, Draft>();
  const duplicateOf = drafts.map((draft) => {
    const first = firstLine.get(draft.name) ?? null;
    if (first === null) firstLine.set(draft.name, draft.line);
    last.set(draft.name, draft);
    return first;
  });
  return drafts.map(({ unclosed: _unclosed, ...entry }, index) => ({
    ...entry,
    duplicateOf: duplicateOf[index] ?? null,
    wins: last.get(entry.name) === drafts[index],
  }));
};

const findProblems = (
  others: readonly { readonly kind: OtherSegment['kind']; readonly line: number }[],
  drafts: readonly Draft[],
  entries: readonly DotenvEntry[],
): readonly DotenvProblem[] => {
  const problems: DotenvProblem[] = [];
  for (const { kind, line } of others)
    if (kind === 'junk' || kind === 'no-value') problems.push({ kind, line });
  for (const { name, line, unclosed } of drafts)
    if (unclosed) problems.push({ kind: 'unclosed-quote', line, name });
  for (const { name, line, duplicateOf, text } of entries) {
    if (duplicateOf !== null) problems.push({ kind: 'duplicate', line, name });
    if (!text) problems.push({ kind: 'not-text', line, name });
  }
  return problems.toSorted((left, right) => left.line - right.line);
};

const isUtf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

const checkSource = (bytes: Uint8Array, lines: () => number, file: string | undefined): Result<undefined> => {
  const where = file === undefined ? undefined : { file };
  const refuse = (message: string, next: string, line?: number) =>
    fail('bad-input', message, next, line === undefined ? where : { ...where, line });
  if (bytes.length > maxDotenvBytes)
    return refuse('The .env file is larger than 1 MiB.', 'Check that it is the file you meant, or split it.');
  if (isUtf16(bytes)) return refuse('The .env file is saved as UTF-16.', 'Save it as UTF-8 and try again.');
  const nul = bytes.indexOf(0);
  if (nul !== -1) {
    const line = findLineStarts(bytes.subarray(0, nul)).length;
    return refuse(
      'The .env file holds a NUL byte, so it is no text file.',
      'Check that it is the file you meant.',
      line,
    );
  }
  if (lines() > maxDotenvLines)
    return refuse(
      'The .env file has more than 20,000 lines.',
      'Check that it is the file you meant, or split it.',
    );
  return ok(undefined);
};

/**
 * Reads a `.env` file as dotenv 18 does; see docs/env-files.md for the grammar.
 * @param bytes the file; copied, so the caller may wipe its own
 * @param file name for error messages
 * @returns `bad-input` for files that are too large (1 MiB, 20,000 lines), UTF-16, or hold NUL bytes
 */
export const parseDotenv = (bytes: Uint8Array, file?: string): Result<DotenvDocument> => {
  let starts: readonly number[] = [];
  const checked = checkSource(bytes, () => (starts = findLineStarts(bytes)).length, file);
  if (!checked.ok) return checked;
  const source = bytes.slice();
  const segments = scanDotenv(source);
  const drafts = segments.flatMap((segment) =>
    segment.kind === 'entry' ? [draftEntry(source, starts, segment)] : [],
  );
  const others = segments.flatMap(({ kind, range }) =>
    kind === 'entry' ? [] : [{ kind, line: lineIndexAt(starts, range.start) + 1 }],
  );
  const entries = markDuplicates(drafts);
  const problems = findProblems(others, drafts, entries);
  return ok({ source: SecretBytes.own(source), segments, entries, problems });
};

/** As {@link parseDotenv}, from text. */
export const parseDotenvText = (text: string, file?: string): Result<DotenvDocument> =>
  parseDotenv(new TextEncoder().encode(text), file);

/** The file's bytes again; a fresh copy that the caller owns. */
export const serialiseDotenv = (document: DotenvDocument): Uint8Array =>
  document.source.use((bytes) => bytes.slice());

const byName = new WeakMap<DotenvDocument['entries'], ReadonlyMap<string, DotenvEntry>>();

const indexOf = ({ entries }: DotenvDocument): ReadonlyMap<string, DotenvEntry> => {
  const known = byName.get(entries);
  if (known !== undefined) return known;
  const index = new Map(entries.map((entry) => [entry.name, entry]));
  byName.set(entries, index);
  return index;
};

/** The entry that readers take for a name (the last of several), or null. */
export const findEntry = (document: DotenvDocument, name: string): DotenvEntry | null =>
  indexOf(document).get(name) ?? null;

/** Overwrites the file's bytes and every value; the document is of no use afterwards. */
export const wipeDotenv = (document: DotenvDocument): void => {
  document.source.wipe();
  for (const entry of document.entries) entry.value.wipe();
};
