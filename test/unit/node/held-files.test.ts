// A vault file that is open keeps its locks, however often this process looks at it or copies it: else
// another one would take it for free.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nodeFiles } from '../../../src/node/files.ts';
import { sqliteStore } from '../../../src/node/sqlite-store.ts';
import type { Result } from '../../../src/core/model/result.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-held-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

/** How many locks of this process Linux knows of on that file. */
const locksOn = (path: string): number => {
  const inode = `:${String(statSync(path).ino)} `;
  const lines = readFileSync('/proc/locks', 'utf8').split('\n');
  return lines.filter((line) => line.includes(` ${String(process.pid)} `) && line.includes(inode)).length;
};

it.runIf(existsSync('/proc/locks'))(
  'a file that is open here stays locked when it is looked at and copied',
  () => {
    const path = join(folder, 'vault');
    must(sqliteStore().create(path)).close();
    const open = must(sqliteStore().open(path, 'wal'));
    open.run('CREATE TABLE t (a)');
    const files = nodeFiles();
    for (let turn = 0; turn < 3; turn += 1) {
      expect(must(files.peek(path, 16)).head).toHaveLength(16);
      must(files.read(path, 1_000_000));
    }
    must(files.copyNew(path, join(folder, 'copy'), 0o600));
    const copied = readFileSync(join(folder, 'copy'));
    // The test's own reading would drop them too.
    expect(copied.equals(must(files.read(path, 1_000_000)))).toBe(true);
    expect(locksOn(path)).toBe(1);
    const second = must(sqliteStore().open(path, 'wal'));
    must(files.peek(path, 16));
    second.close();
    must(files.peek(path, 16));
    expect(locksOn(path)).toBe(1);
    open.close();
    must(files.peek(path, 16));
    expect(locksOn(path)).toBe(0);
  },
);
