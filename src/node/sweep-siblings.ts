// Removes what a killed Keyturn left beside a file: temporary siblings that never got their name. Only such as are surely ours and surely
// abandoned: our form of name, our user, hours old, and a vault, nothing at all, or a plain file of our own folder by content.
import { closeSync, lstatSync, openSync, readSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const abandonedMs = 2 * 3_600_000;
const headBytes = 72;
const applicationIdAt = 68;
/** "KTRN" in SQLite's header: see core/vault/inspect.ts. */
const applicationId = 0x4b54524e;
/** A sibling may have been given a sibling of its own: a backup on its way into the vault's place is read back before it has a name. */
const temporaryEnd = /^[0-9a-f]{12}\.tmp(?:\.[0-9a-f]{12}\.tmp)?$/;
const ends = ['-wal', '-shm', '-journal'] as const;

const isVaultOrEmpty = (path: string, size: number): boolean => {
  if (size === 0) return true;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(headBytes);
    if (readSync(file, head, 0, headBytes, 0) < headBytes) return false;
    const isSqlite = head.subarray(0, 16).equals(Buffer.from('SQLite format 3\0'));
    // Killed before its first commit, the header's page has not been written.
    return isSqlite && [0, applicationId].includes(head.readUInt32BE(applicationIdAt));
  } finally {
    closeSync(file);
  }
};

const isAbandoned = (path: string, nowMs: number, isVault: boolean): boolean => {
  const facts = lstatSync(path);
  const ours = process.getuid === undefined || facts.uid === process.getuid();
  const ageMs = nowMs - facts.mtimeMs;
  if (!facts.isFile() || !ours || facts.nlink > 1 || ageMs < abandonedMs) return false;
  return !isVault || isVaultOrEmpty(path, facts.size);
};

/**
 * Looks for abandoned siblings of one file; a folder that cannot be read has none.
 * @param kind what the file is: of a vault's siblings the content is looked at as well
 * @returns the names that were removed
 */
export const sweepSiblings = (path: string, nowMs: number, kind: 'vault' | 'plain'): readonly string[] => {
  const folder = dirname(path);
  const begin = `${basename(path)}.`;
  const isOurs = (name: string): boolean =>
    name.startsWith(begin) && temporaryEnd.test(name.slice(begin.length));
  try {
    const removed = readdirSync(folder).filter(
      (name) => isOurs(name) && isAbandoned(join(folder, name), nowMs, kind === 'vault'),
    );
    for (const name of removed)
      for (const end of ['', ...ends]) rmSync(join(folder, `${name}${end}`), { force: true });
    return removed;
  } catch {
    return [];
  }
};
