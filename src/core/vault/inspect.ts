// Tells what stands at a path by its first bytes alone (https://sqlite.org/fileformat2.html §1.3): no password, nothing written,
// SQLite not asked, so that a file of a later format stays untouched to the last byte.
import type { Result } from '../model/result.ts';
import { ok } from '../model/result.ts';
import type { Files } from '../ports.ts';
import { readU16, readU32, sameBytes, utf8 } from './bytes.ts';
import { migrations } from './migrations/index.ts';
import type { VaultFacts, VaultState } from './vault-types.ts';
import { foreignFileError, missingVaultError, newerFormatError, truncatedError } from './words.ts';

/** "KTRN" in the database's application_id. */
export const applicationId = 0x4b54524e;
const sqliteMagic = utf8('SQLite format 3\0');
const headerBytes = 100;

export const latestFormat = (list = migrations): number => list.at(-1)?.format ?? 0;

const isTruncated = (files: Files, path: string, size: number, head: Uint8Array): boolean => {
  const pageSize = readU16(head, 16) === 1 ? 65_536 : readU16(head, 16);
  // The page count is valid only where both counters agree; and a log beside it may hold the missing pages.
  const isCountValid = readU32(head, 24) === readU32(head, 92);
  return isCountValid && size < readU32(head, 28) * pageSize && !files.exists(`${path}-wal`);
};

const judge = (files: Files, path: string, size: number, head: Uint8Array, latest: number): VaultFacts => {
  const start = Math.min(head.length, sqliteMagic.length);
  if (size === 0 || !sameBytes(head.subarray(0, start), sqliteMagic.subarray(0, start)))
    return { state: 'not-a-vault' };
  if (head.length < headerBytes) return { state: 'truncated' };
  if (readU32(head, 68) !== applicationId) return { state: 'not-a-vault' };
  const format = readU32(head, 60);
  if (format > latest) return { state: 'newer', format };
  if (format === 0) return { state: 'not-a-vault' };
  if (isTruncated(files, path, size, head)) return { state: 'truncated', format };
  return { state: format < latest ? 'older' : 'ready', format };
};

/** What stands at `path`. Errors: `io` where it cannot be read. */
export const inspectFile = (files: Files, path: string, latest: number): Result<VaultFacts> => {
  const peeked = files.peek(path, headerBytes);
  if (peeked.ok) return ok(judge(files, path, peeked.value.size, peeked.value.head, latest));
  if (peeked.error.kind === 'not-found') return ok({ state: 'missing' });
  return peeked.error.kind === 'not-a-vault' ? ok({ state: 'not-a-vault' }) : peeked;
};

const refusals: Readonly<
  Record<Exclude<VaultState, 'ready' | 'older'>, (path: string, format: number | undefined) => Result<never>>
> = {
  missing: missingVaultError,
  'not-a-vault': foreignFileError,
  newer: newerFormatError,
  truncated: truncatedError,
};

/** The format of a vault that may be opened, or why it may not. */
export const requireVault = (files: Files, path: string, latest: number): Result<number> => {
  const facts = inspectFile(files, path, latest);
  if (!facts.ok) return facts;
  const { state, format } = facts.value;
  if (state === 'ready' || state === 'older') return ok(format ?? latest);
  return refusals[state](path, format);
};
