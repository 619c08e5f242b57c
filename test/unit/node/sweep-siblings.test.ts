// What a killed write left is cleared away; everything else stays, however much it looks like it.
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sqliteStore } from '../../../src/node/sqlite-store.ts';
import { sweepSiblings } from '../../../src/node/sweep-siblings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-sweep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const nowMs = Date.now();
const old = (name: string): string => {
  const path = join(folder, name);
  const seconds = nowMs / 1000 - 3 * 3_600;
  utimesSync(path, seconds, seconds);
  return path;
};
const vaultLike = (name: string): void => {
  const made = sqliteStore().create(join(folder, name));
  if (!made.ok) throw new Error(made.error.message);
  made.value.run('PRAGMA application_id = 1263817294');
  made.value.run('CREATE TABLE t (a)');
  made.value.close();
};
const sweep = (kind: 'vault' | 'plain' = 'vault'): readonly string[] =>
  [...sweepSiblings(join(folder, 'vault.keyturn'), nowMs, kind)].sort();

describe('siblings of a vault', () => {
  it('that were abandoned hours ago go, with their journals', () => {
    vaultLike('vault.keyturn.0123456789ab.tmp');
    old('vault.keyturn.0123456789ab.tmp');
    writeFileSync(join(folder, 'vault.keyturn.0123456789ab.tmp-journal'), 'j');
    writeFileSync(join(folder, 'vault.keyturn.ffffffffffff.tmp'), '');
    old('vault.keyturn.ffffffffffff.tmp');
    // A backup on its way into the vault's place, killed while it was read back.
    vaultLike('vault.keyturn.eeeeeeeeeeee.tmp.0123456789ab.tmp');
    old('vault.keyturn.eeeeeeeeeeee.tmp.0123456789ab.tmp');
    expect(sweep()).toEqual([
      'vault.keyturn.0123456789ab.tmp',
      'vault.keyturn.eeeeeeeeeeee.tmp.0123456789ab.tmp',
      'vault.keyturn.ffffffffffff.tmp',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that may be in use, or may be somebody else’s, stay', () => {
    vaultLike('vault.keyturn');
    old('vault.keyturn');
    vaultLike('vault.keyturn.0123456789aa.tmp');
    writeFileSync(
      join(folder, 'vault.keyturn.0123456789ab.tmp'),
      'notes of a person, much longer than a head'.repeat(3),
    );
    old('vault.keyturn.0123456789ab.tmp');
    for (const name of [
      'vault.keyturn.tmp',
      'vault.keyturn.0123456789AB.tmp',
      'other.0123456789ab.tmp',
      'vault.keyturn.0123456789ab.tmp.bak',
    ]) {
      writeFileSync(join(folder, name), '');
      old(name);
    }
    mkdirSync(join(folder, 'vault.keyturn.0123456789ac.tmp'));
    symlinkSync(join(folder, 'vault.keyturn'), join(folder, 'vault.keyturn.0123456789ad.tmp'));
    // Killed between the link and the removal of the other name: it is the vault.
    linkSync(join(folder, 'vault.keyturn'), join(folder, 'vault.keyturn.0123456789ae.tmp'));
    const before = readdirSync(folder).sort();
    expect(sweep()).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it('of a folder that is not there are none', () => {
    rmSync(folder, { recursive: true });
    expect(sweep()).toEqual([]);
  });
});
