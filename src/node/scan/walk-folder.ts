// Lists one folder: names with what they are, exactly, in memory that does not grow with a folder of a million files.
import { lstatSync, opendirSync, readdirSync, type Dirent } from 'node:fs';
import { exactPath, type FilePath } from './file-path.ts';

export type EntryKind = 'file' | 'folder' | 'link' | 'other';
export type Entry = { readonly name: FilePath; readonly kind: EntryKind };

/** From this size of the folder itself on, its entries are read in pieces. */
const largeFolderBytes = 2 ** 21;
const entriesAtOnce = 4_096;

const kindOf = (entry: {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}): EntryKind => {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
};

/** Where a name has bytes that are no UTF-8, text cannot name it: the folder is listed again in bytes. */
const listInBytes = (path: FilePath): readonly Entry[] =>
  readdirSync(path, { withFileTypes: true, encoding: 'buffer' }).map((entry) => ({
    name: exactPath(entry.name),
    kind: kindOf(entry),
  }));

const listAtOnce = (path: FilePath): readonly Entry[] => {
  const entries: Entry[] = [];
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name.includes('\uFFFD')) return listInBytes(path);
    entries.push({ name: entry.name, kind: kindOf(entry) });
  }
  return entries;
};

type Listing = {
  /** The next entries, none at the end. Errors of node:fs are thrown. */
  readonly next: () => readonly Entry[];
  /** All entries come at once, so one can be looked for among the others. */
  readonly isWhole: boolean;
  readonly close: () => void;
};

const listInPieces = (path: FilePath): Listing => {
  // Bytes throughout: such a folder cannot be listed again.
  const folder = opendirSync(Buffer.from(path), { encoding: 'buffer' as BufferEncoding, bufferSize: 1_024 });
  return {
    isWhole: false,
    next: () => {
      const entries: Entry[] = [];
      while (entries.length < entriesAtOnce) {
        const entry = folder.readSync() as Dirent<Buffer> | Dirent | null;
        if (entry === null) break;
        const { name } = entry;
        entries.push({ name: typeof name === 'string' ? name : exactPath(name), kind: kindOf(entry) });
      }
      return entries;
    },
    close: () => {
      folder.closeSync();
    },
  };
};

export type OpenFolder = Listing & { readonly device: number };

/** Opens a folder for listing; null where it is none (any more). Errors of node:fs are thrown. */
export const openFolder = (path: FilePath): OpenFolder | null => {
  const facts = lstatSync(path);
  if (!facts.isDirectory()) return null;
  if (facts.size >= largeFolderBytes) return { ...listInPieces(path), device: facts.dev };
  let entries: readonly Entry[] | null = listAtOnce(path);
  return {
    device: facts.dev,
    isWhole: true,
    next: () => {
      const all = entries ?? [];
      entries = null;
      return all;
    },
    close: () => undefined,
  };
};
