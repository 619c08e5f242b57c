// The copy before a migration goes where the agent wants its backups, is read back, and stops the migration where it cannot be made.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { migrations, type Migration } from '../../../src/core/vault/migrations/index.ts';
import { inspectVault, unlockVaultWith, type VaultPorts } from '../../../src/core/vault/vault.ts';
import {
  errorOf,
  must,
  newVault,
  password,
  putMeta,
  putSecret,
  rememberingPorts,
  secretText,
  temporaryFolder,
  unlock,
} from '../../support/vault/vault-kit.ts';

const later = 'CREATE TABLE later (k INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT';
const second: Migration = { format: 2, statements: [later], schema: [...migrations[0]!.schema, later] };
const list = [...migrations, second];

let ports: VaultPorts;
beforeAll(async () => {
  ports = await rememberingPorts();
});

const fresh = async (): Promise<{ path: string; folder: string; id: string }> => {
  const folder = temporaryFolder();
  const path = join(folder, 'vault.keyturn');
  const { vault } = await newVault(ports, path);
  const id = vault.newId();
  must(vault.commit([putMeta(id, {}), putSecret(id, 'kept')], []));
  vault.close();
  return { path, folder, id };
};
const typed = () => ({ password: secretText(password) });

describe('the copy before a migration', () => {
  it('lies where it was asked for and opens', async () => {
    const { path, folder, id } = await fresh();
    const copy = join(folder, 'elsewhere');
    must(await unlockVaultWith(ports, path, typed(), list, { copyBeforeMigration: () => copy })).close();
    const old = must(await unlock(ports, copy));
    expect(old.records().has(id)).toBe(true);
    old.close();
    expect(must(inspectVault(ports, path)).format).toBe(2);
  });

  it('that cannot be made stops the migration, and the vault is as it was', async () => {
    const { path, folder } = await fresh();
    const before = readFileSync(path);
    const copyBeforeMigration = (): string => join(folder, 'no', 'such', 'folder');
    const stopped = await unlockVaultWith(ports, path, typed(), list, { copyBeforeMigration });
    expect(errorOf(stopped).kind).toBe('io');
    expect(readFileSync(path).subarray(96).equals(before.subarray(96))).toBe(true);
    expect(must(inspectVault(ports, path)).format).toBe(1);
    must(await unlock(ports, path)).close();
  });

  it('of a vault that does not read back whole stops it too', async () => {
    const { path, folder } = await fresh();
    const sql = must(ports.store.open(path, 'rollback'));
    sql.run("UPDATE secret SET sealed = CAST(substr(sealed, 1, 30) || x'00' || substr(sealed, 32) AS BLOB)");
    sql.close();
    const copy = join(folder, 'copy');
    const stopped = await unlockVaultWith(ports, path, typed(), list, { copyBeforeMigration: () => copy });
    expect(errorOf(stopped).kind).toBe('damaged');
    expect(must(inspectVault(ports, path)).format).toBe(1);
    must(await unlock(ports, path)).close();
  });
});
