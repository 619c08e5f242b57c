// Reads one file into the matcher. The usual file costs three calls of the system: opened, read once straight into the matcher's room,
// closed; nothing is asked about it first. A container is told by how it begins. Never follows a link, never waits for a FIFO or a device.
import { closeSync, constants, existsSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { NotReadReason } from '../../../core/leaks/matching.ts';
import { zshHistoryNames } from '../../../core/leaks/places/histories.ts';
import type { PlaceKind } from '../../../core/model/finding.ts';
import type { FilePath } from '../file-path.ts';
import { reasonOf } from '../not-read.ts';
import type { PieceSink } from '../source.ts';
import { createBudget, Exhausted } from './budget.ts';
import { readContainer, readMember } from './contained.ts';
import { formatOf, type ContainerFormat } from './formats.ts';
import { bytesExtent, fileExtent, streamOf, Unreadable, type Extent } from './input.ts';
import { defaultLimits, type ReadLimits } from './limits.ts';
import { readPdf } from './pdf.ts';
import { givePlain, guarded, type Reading, type Where } from './reading.ts';
import { readSqlite } from './sqlite.ts';
import { readZip } from './zip.ts';
import { isMetafied, unmetafied } from './zsh-history.ts';

export type FileReader = {
  /**
   * Reads a file and what is in it; whatever cannot be read of it is named.
   * @param shown the path for people
   */
  readonly read: (path: FilePath, shown: string, kind: PlaceKind) => void;
};

export type FileReaderOptions = {
  readonly limits?: ReadLimits;
  readonly nowMs?: () => number;
};

/** On Windows only the first exists, and nothing there is opened by a name that could wait. */
const flags =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Bytes of a file that lies at a cloud service take no room here; smaller ones can stand in the folder itself. */
const smallestElsewhere = 4_096;
const liesElsewhere = (facts: Stats): boolean => facts.blocks === 0 && facts.size > smallestElsewhere;
const asksWhere = process.platform !== 'linux';

const isZshHistory = (kind: PlaceKind, shown: string): boolean =>
  kind === 'shell-history' && zshHistoryNames.has(shown.slice(shown.lastIndexOf('/') + 1).toLowerCase());

/** Opens what lies beside a file under the same rules; null where there is none. */
const openBeside = (path: FilePath, suffix: string): number | null => {
  const beside = typeof path === 'string' ? path + suffix : Buffer.concat([path, Buffer.from(suffix)]);
  // There seldom is one, and asking costs less than failing.
  if (!existsSync(beside)) return null;
  try {
    return openSync(beside, flags);
  } catch {
    return null;
  }
};

type Context = { readonly sink: PieceSink; readonly limits: ReadLimits; readonly nowMs: () => number };

const readingOf = (context: Context, packedBytes: number): Reading => ({
  sink: context.sink,
  budget: createBudget(packedBytes, context.limits, context.sink, context.nowMs),
  member: readMember,
});

/** A database with its write-ahead log, which holds what was written last. */
const readDatabase = (reading: Reading, extent: Extent, where: Where, path: FilePath): void => {
  const log = openBeside(path, '-wal');
  try {
    readSqlite(reading, extent, where, log === null ? null : fileExtent(log, fstatSync(log).size));
  } finally {
    if (log !== null) closeSync(log);
  }
};

const readByFormat = (
  reading: Reading,
  format: ContainerFormat,
  extent: Extent,
  where: Where,
  path: FilePath,
): void => {
  if (format === 'zip') readZip(reading, extent, where);
  else if (format === 'pdf') readPdf(reading, extent, where);
  else if (format === 'sqlite') readDatabase(reading, extent, where, path);
  else readContainer(reading, format, streamOf(extent), where);
};

/** What could not be unpacked is read as it is: parts of it need not be packed. */
const asPlain: ReadonlySet<NotReadReason> = new Set(['broken-archive', 'unknown-format']);

const readPacked = (
  context: Context,
  format: ContainerFormat,
  extent: Extent,
  where: Where,
  path: FilePath,
): void => {
  const reading = readingOf(context, extent.size);
  try {
    guarded(reading, where, () => {
      try {
        readByFormat(reading, format, extent, where, path);
      } catch (problem) {
        if (problem instanceof Unreadable && asPlain.has(problem.reason))
          givePlain(reading, streamOf(extent), where);
        throw problem;
      }
    });
  } catch (problem) {
    // Named where it happened.
    if (!(problem instanceof Exhausted)) throw problem;
  }
};

/** Zsh's history as it was typed, in place of its bytes: a key must not be found twice in it. */
const readMetafied = (context: Context, file: number, where: Where): void => {
  const { size } = fstatSync(file);
  const reading = readingOf(context, size);
  try {
    givePlain(reading, unmetafied(streamOf(fileExtent(file, size))), where);
  } catch (problem) {
    if (!(problem instanceof Exhausted)) throw problem;
    if (!problem.isNamed) context.sink.notRead({ path: where.path, inside: '', reason: problem.reason });
  }
};

/** The rest of a file that is larger than a room. @returns why it was not read to its end */
const readOn = (context: Context, file: number, first: number): NotReadReason | null => {
  const { sink, limits } = context;
  const facts = fstatSync(file);
  // Nothing but a hole: zeros that stand nowhere.
  if (facts.blocks === 0 && facts.size > first) return null;
  const endMs = context.nowMs() + limits.timeMs;
  for (let total = first; ;) {
    if (sink.cancelled()) return null;
    if (context.nowMs() > endMs) return 'took-too-long';
    const room = sink.room();
    const length = readSync(file, room, 0, room.length, null);
    if (length > 0) sink.filled(length);
    total += length;
    if (length < room.length) return null;
    if (total >= limits.fileBytes) return 'too-large';
  }
};

/** A container up to this size is read once, where others are read at many positions. */
const mostAtOnce = 2 ** 20;

/** Of what threads share, in memory that they do not. */
const copyOf = (bytes: Uint8Array, length: number): Uint8Array => {
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(0, length));
  return copy;
};

const readOpen = (context: Context, file: number, path: FilePath, shown: string, kind: PlaceKind): void => {
  const { sink } = context;
  if (asksWhere && liesElsewhere(fstatSync(file))) {
    sink.notRead({ path: shown, inside: '', reason: 'network-folder' });
    return;
  }
  let format: ContainerFormat | null = null;
  let whole: Uint8Array | null = null;
  let isZsh = false;
  let why: NotReadReason | null = null;
  sink.begin({ kind, path: shown, inside: '', commit: null, hasLines: true });
  try {
    const room = sink.room();
    const length = readSync(file, room, 0, room.length, null);
    format = formatOf(room, length);
    isZsh = isZshHistory(kind, shown) && isMetafied(room.subarray(0, length));
    if (format === null && !isZsh) {
      if (length > 0) sink.filled(length);
      if (length === room.length) why = readOn(context, file, length);
    } else {
      if (format !== null && length <= mostAtOnce && fstatSync(file).size === length)
        whole = copyOf(room, length);
      // Nothing was filled, so nobody else overwrites it.
      room.fill(0, 0, length);
    }
  } finally {
    sink.end();
  }
  if (why !== null) sink.notRead({ path: shown, inside: '', reason: why });
  const where: Where = { kind, path: shown, inside: '', depth: 0 };
  if (isZsh) readMetafied(context, file, where);
  else if (format !== null)
    try {
      const extent = whole === null ? fileExtent(file, fstatSync(file).size) : bytesExtent(whole);
      readPacked(context, format, extent, where, path);
    } finally {
      whole?.fill(0);
    }
};

/** A reader for one thread, whose files all go to one sink. */
export const createFileReader = (sink: PieceSink, options: FileReaderOptions = {}): FileReader => {
  const context: Context = {
    sink,
    limits: options.limits ?? defaultLimits,
    nowMs: options.nowMs ?? (() => performance.now()),
  };
  return {
    read: (path, shown, kind) => {
      let file: number;
      try {
        file = openSync(path, flags);
      } catch (problem) {
        sink.notRead({ path: shown, inside: '', reason: reasonOf(problem) });
        return;
      }
      try {
        readOpen(context, file, path, shown, kind);
      } catch (problem) {
        // An error of the system while reading; anything else is a bug and goes on.
        if (!(problem instanceof Error && 'syscall' in problem)) throw problem;
        sink.notRead({ path: shown, inside: '', reason: reasonOf(problem) });
      } finally {
        closeSync(file);
      }
    },
  };
};
