// Damage takes nothing with it but what it hit: the rest is read into a new vault, the loss is named, the damaged file stays as it is.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Rescued, VaultPorts } from '../../../src/core/vault/vault.ts';
import { rescueVault, unlockVault } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';
import {
  errorOf,
  must,
  newVault,
  password,
  portsWithoutCost,
  putMeta,
  putSecret,
  secretText,
  temporaryFolder,
  textOf,
  unlock,
} from '../../support/vault/vault-kit.ts';

let ports: VaultPorts;
beforeAll(async () => {
  ports = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

type Made = {
  readonly folder: string;
  readonly path: string;
  readonly code: string;
  readonly ids: readonly string[];
};

const make = async (count = 60): Promise<Made> => {
  const folder = temporaryFolder();
  const path = join(folder, 'vault.keyturn');
  const { vault, code } = await newVault(ports, path);
  const ids = Array.from({ length: count }, () => vault.newId()).sort();
  const changes = ids.flatMap((id, at) => [putMeta(id, { name: `key ${at}` }), putSecret(id, `value ${at}`)]);
  must(vault.commit(changes, [{ event: 'filled', by: 'test' }]));
  const newer = ids
    .slice(0, 10)
    .flatMap((id, at) => [putMeta(id, { name: `key ${at}` }, 1), putSecret(id, `value ${at}`, 1)]);
  must(vault.commit(newer, [{ event: 'changed', by: 'test' }]));
  vault.close();
  return { folder, path, code, ids };
};

const edit = (path: string, ...statements: readonly string[]): void => {
  const database = new DatabaseSync(path);
  for (const statement of statements) database.exec(statement);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
};

/** Rescues, and holds the new vault to: whole, every value right, nothing missing that is not named. */
const rescued = async ({ folder, path, code, ids }: Made): Promise<Rescued> => {
  const before = readFileSync(path);
  const to = join(folder, 'rescued.keyturn');
  const outcome = must(await rescueVault(ports, path, to, { password: secretText(password) }));
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
  const vault = must(await unlock(ports, to));
  expect(vault.damage()).toEqual([]);
  expect(must(vault.verifyAudit()).ok).toBe(true);
  const named = (id: string, table: string): boolean =>
    outcome.lost.some(
      (one) =>
        one.table === table && (one.id === id || (one.id.endsWith('*') && id.startsWith(one.id.slice(0, 2)))),
    );
  for (const [at, id] of ids.entries()) {
    const record = vault.records().get(id);
    if (record === undefined) expect([id, named(id, 'meta')]).toEqual([id, true]);
    else expect(record.body['name']).toBe(`key ${at}`);
    const secret = vault.readSecret(id);
    if (secret.ok) expect(textOf(secret.value)).toBe(`value ${at}`);
    else expect([id, named(id, 'secret')]).toEqual([id, true]);
  }
  must(vault.commit([putMeta(vault.newId(), {})], [{ event: 'afterwards', by: 'test' }]));
  vault.close();
  const byCode = await unlockVault(ports, to, { recoveryCode: secretText(code) });
  expect(byCode.ok).toBe(!outcome.lost.some(({ table }) => table === 'slot'));
  if (byCode.ok) byCode.value.close();
  return outcome;
};

describe('a rescue', () => {
  it('loses nothing of a whole vault', async () => {
    const made = await make();
    expect(await rescued(made)).toMatchObject({ keys: 60, lost: [], doubtful: [] });
  });

  it('leaves one damaged record behind, by name', async () => {
    const made = await make();
    edit(made.path, `UPDATE secret SET sealed = zeroblob(200) WHERE id = x'${made.ids[7]}'`);
    const { keys, lost } = await rescued(made);
    expect(keys).toBe(60);
    expect(lost).toEqual([{ table: 'secret', id: made.ids[7], reason: 'cannot be opened' }]);
  });

  it('takes rows along whose list is damaged, and says that they may be old', async () => {
    const made = await make();
    edit(made.path, 'UPDATE leaf SET sealed = zeroblob(168)');
    const { keys, lost, doubtful } = await rescued(made);
    expect([keys, lost]).toEqual([60, []]);
    expect(doubtful).toHaveLength(120);
  });

  it('needs neither manifest nor header', async () => {
    const made = await make();
    edit(made.path, 'DELETE FROM manifest', 'DELETE FROM header');
    const { keys, lost } = await rescued(made);
    expect([keys, lost]).toEqual([60, [expect.objectContaining({ table: 'slot' })]]);
  });

  it('does not bring back what was removed and put in again', async () => {
    const made = await make();
    const stranger = 'ab'.repeat(16);
    edit(
      made.path,
      `INSERT INTO meta SELECT x'${stranger}', revision, sealed FROM meta WHERE id = x'${made.ids[3]}'`,
    );
    const { lost } = await rescued(made);
    expect(lost).toEqual([{ table: 'meta', id: stranger, reason: expect.any(String) }]);
  });

  it('reads around pages that SQLite cannot read', async () => {
    let survived = 0;
    const made = await make(200);
    const file = readFileSync(made.path);
    const pages = file.length / 4096;
    // From the fifth page on: before it lie the schema and the roots of small tables, without which there is nothing to go by.
    for (let page = 10; page < pages; page += 7) {
      const folder = temporaryFolder();
      const path = join(folder, 'vault.keyturn');
      writeFileSync(path, Buffer.from(file).fill(0x5a, page * 4096, (page + 1) * 4096));
      const { keys } = await rescued({ ...made, folder, path });
      if (keys > 100) survived += 1;
    }
    expect(survived).toBeGreaterThan(3);
  });

  it('reads a file whose end is missing', async () => {
    const made = await make(200);
    const file = readFileSync(made.path);
    writeFileSync(made.path, file.subarray(0, Math.floor(file.length * 0.9)));
    expect(errorOf(await unlock(ports, made.path)).kind).toBe('damaged');
    const { keys } = await rescued(made);
    expect(keys).toBeGreaterThan(50);
  });

  it('never overwrites, asks for the right password, and says where nothing can be done', async () => {
    const { folder, path } = await make();
    const typed = { password: secretText(password) };
    expect(errorOf(await rescueVault(ports, path, path, typed)).kind).toBe('already-exists');
    const to = join(folder, 'new');
    const wrong = { password: secretText('not it') };
    expect(errorOf(await rescueVault(ports, path, to, wrong)).kind).toBe('wrong-password');
    const text = join(folder, 'text');
    writeFileSync(text, 'no vault');
    expect(errorOf(await rescueVault(ports, text, to, typed)).kind).toBe('not-a-vault');
    expect(readdirSync(folder).sort()).toEqual(['text', 'vault.keyturn']);
  });
});
