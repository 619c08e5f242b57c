// A changed length in a vault file may claim more than SQLite takes. Found by 3,000 overwritten stretches: it was thrown as a bug.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StoreFailure } from '../../../src/core/ports.ts';
import { sqliteStore } from '../../../src/node/sqlite-store.ts';

it('a value longer than SQLite takes is damage, told as such', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-long-row-'));
  const made = sqliteStore().create(join(folder, 'vault.keyturn'));
  if (!made.ok) throw new Error(made.error.message);
  try {
    let failure: unknown;
    try {
      made.value.all('SELECT zeroblob(2000000000)');
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(StoreFailure);
    expect((failure as StoreFailure).error.kind).toBe('damaged');
  } finally {
    made.value.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
