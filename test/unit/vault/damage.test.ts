// Damage stays where it is: one bad row, leaf or slot takes nothing else with it, writing goes on elsewhere, and a person can
// accept what is there. Nothing is ever deleted by looking.
import { join } from 'node:path';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import { unlockVault } from '../../../src/core/vault/vault.ts';
import { readVaultByThePage } from '../../support/vault/independent-reader.ts';
import type { TamperKit } from '../../support/vault/tampered-vault.ts';
import { editFile, laterPassword, makeTamperKit } from '../../support/vault/tampered-vault.ts';
import {
  copyVault,
  errorOf,
  must,
  putMeta,
  putSecret,
  rememberingPorts,
  secretText,
  temporaryFolder,
  textOf,
  unlock,
} from '../../support/vault/vault-kit.ts';

let ports: VaultPorts;
let kitFolder: string;
let kit: TamperKit;
let path: string;
let ids: readonly string[];

beforeAll(async () => {
  ports = await rememberingPorts();
  kitFolder = mkdtempSync(join(tmpdir(), 'keyturn-damage-'));
  kit = await makeTamperKit(ports, kitFolder);
});
afterAll(() => rmSync(kitFolder, { recursive: true, force: true }));
beforeEach(() => {
  path = join(temporaryFolder(), 'damaged.keyturn');
  copyVault(kit.path, path);
  ids = [...kit.truth.records.keys()].sort();
});

const open = async (): Promise<OpenVault> => must(await unlock(ports, path, laterPassword));
const blob = (id: string): string => `x'${id}'`;
const flipSealed = (table: string, condition: string, at = 40): string =>
  `UPDATE main.${table} SET sealed = CAST(substr(sealed, 1, ${at}) AS BLOB) || x'00ff' || substr(sealed, ${at + 3}) WHERE ${condition}`;
const flipped = (table: string, condition: string): readonly string[] =>
  [
    flipSealed(table, condition),
    // Joining blobs gives text in SQLite; the tables are strict.
  ].map((sql) => sql.replace(/SET sealed = (.*) WHERE/, 'SET sealed = CAST($1 AS BLOB) WHERE'));

describe('one damaged metadata record', () => {
  it('is reported by its id, and everything else is there', async () => {
    const [bad] = ids as [string];
    editFile(kit, path, flipped('meta', `id = ${blob(bad)}`));
    const vault = await open();
    expect(vault.damage()).toEqual([{ table: 'meta', id: bad, reason: 'cannot be opened' }]);
    expect([...vault.records().keys()].sort()).toEqual(ids.slice(1));
    for (const id of ids) expect(textOf(must(vault.readSecret(id)))).toBe(kit.truth.secrets.get(id));
  });

  it('can be written anew or removed, which ends the damage', async () => {
    const [bad] = ids as [string];
    editFile(kit, path, flipped('meta', `id = ${blob(bad)}`));
    const vault = await open();
    const revision = kit.truth.records.get(bad)?.revision ?? 0;
    must(vault.commit([putMeta(bad, { name: 'mended' }, revision)], []));
    expect(vault.damage()).toEqual([]);
    vault.close();
    const again = await open();
    expect(again.damage()).toEqual([]);
    expect(again.records().get(bad)?.body['name']).toBe('mended');
  });

  it('does not hinder changes of others, and stays reported through them', async () => {
    const [bad, good] = ids as [string, string];
    editFile(kit, path, flipped('meta', `id = ${blob(bad)}`));
    const vault = await open();
    must(vault.commit([putMeta(good, { name: 'x' }, kit.truth.records.get(good)?.revision ?? 0)], []));
    must(vault.commit([putMeta(vault.newId(), {}), putSecret(vault.newId(), 'v')], []));
    vault.close();
    expect((await open()).damage().map(({ id }) => id)).toEqual([bad]);
  });
});

describe('one damaged secret', () => {
  it('is found when it is read, and says so in words', async () => {
    const [bad, good] = ids as [string, string];
    editFile(kit, path, flipped('secret', `id = ${blob(bad)}`));
    const vault = await open();
    const error = errorOf(vault.readSecret(bad));
    expect([error.kind, error.message.includes(bad)]).toEqual(['damaged', true]);
    expect(vault.damage()).toHaveLength(1);
    expect(textOf(must(vault.readSecret(good)))).toBe(kit.truth.secrets.get(good));
  });

  it('keeps a backup from claiming to be whole', async () => {
    const [bad] = ids as [string];
    editFile(kit, path, flipped('secret', `id = ${blob(bad)}`));
    const error = errorOf(await (await open()).backupTo(`${path}.backup`));
    expect(error.kind).toBe('damaged');
    expect(ports.files.exists(`${path}.backup`)).toBe(false);
  });
});

describe('a row put back to its earlier version', () => {
  it('is not shown until a person accepts it', async () => {
    const id = ids.find((one) => kit.truth.records.get(one)?.revision === 2) as string;
    const putBack = (table: string): string =>
      `UPDATE main.${table} SET (revision, sealed) = (SELECT revision, sealed FROM earlier.${table} e WHERE e.id = main.${table}.id) WHERE id = ${blob(id)}`;
    editFile(kit, path, [putBack('meta'), putBack('secret')]);
    const vault = await open();
    expect(vault.damage()).toEqual([
      { table: 'meta', id, reason: 'was put back to an earlier version' },
      { table: 'secret', id, reason: 'was put back to an earlier version' },
    ]);
    expect(vault.records().has(id)).toBe(false);
    expect(errorOf(vault.readSecret(id)).kind).toBe('damaged');
    expect(must(vault.acceptDamage('test'))).toEqual({ accepted: 2 });
    expect(vault.damage()).toEqual([]);
    expect(vault.records().get(id)?.revision).toBe(1);
    expect(textOf(must(vault.readSecret(id)))).toMatch(/^old value/);
    vault.close();
    expect((await open()).damage()).toEqual([]);
  });
});

describe('a damaged leaf', () => {
  it('hides its bucket alone, and accepting brings it back', async () => {
    const [first] = ids as [string];
    const bucket = first.slice(0, 2);
    editFile(kit, path, flipped('leaf', `k = 256 + ${Number.parseInt(bucket, 16)}`));
    const vault = await open();
    const hidden = ids.filter((id) => id.startsWith(bucket));
    expect(vault.damage()).toHaveLength(1);
    expect(vault.damage()[0]).toMatchObject({ table: 'meta', id: `${bucket}*` });
    expect(vault.records().size).toBe(ids.length - hidden.length);
    const refused = vault.commit([putMeta(first, {}, kit.truth.records.get(first)?.revision ?? 0)], []);
    expect(errorOf(refused).kind).toBe('damaged');
    must(vault.acceptDamage('test'));
    expect(new Map(vault.records())).toEqual(kit.truth.records);
    vault.close();
    expect(Object.keys(readVaultByThePage(path, laterPassword, 1).meta).sort()).toEqual(ids);
  });
});

describe('a damaged manifest', () => {
  it.each([
    ['changed', flipped('manifest', 'k = 1')],
    ['missing', ['DELETE FROM main.manifest']],
  ] as const)('hides everything until a person accepts what is there (%s)', async (_, statements) => {
    editFile(kit, path, statements);
    const vault = await open();
    expect(vault.records().size).toBe(0);
    expect(errorOf(vault.readSecret(ids[0] as string)).kind).toBe('damaged');
    expect(errorOf(vault.commit([putMeta(vault.newId(), {})], [])).kind).toBe('damaged');
    expect(must(vault.acceptDamage('test')).accepted).toBeGreaterThan(0);
    expect(new Map(vault.records())).toEqual(kit.truth.records);
    for (const [id, text] of kit.truth.secrets) expect(textOf(must(vault.readSecret(id)))).toBe(text);
    expect(must(vault.verifyAudit()).ok).toBe(true);
    must(vault.commit([putMeta(vault.newId(), {})], []));
    vault.close();
    expect(readVaultByThePage(path, laterPassword, 1).audit.at(-1)?.['event']).toBe('damage-accepted');
    const withCode = must(await unlockVault(ports, path, { recoveryCode: secretText(kit.code) }));
    expect(withCode.damage()).toEqual([]);
  });

  it('does not cost the way in when the password was changed just before', async () => {
    const vault = await open();
    must(await vault.changePassword(secretText(laterPassword), secretText('the third')));
    editFile(kit, path, ['DELETE FROM main.manifest', "UPDATE main.header SET mac = x'00'"]);
    must(vault.refresh());
    expect(must(vault.acceptDamage('test')).accepted).toBeGreaterThan(0);
    vault.close();
    expect((await unlock(ports, path, 'the third')).ok).toBe(true);
  });
});

describe('damaged ways in', () => {
  it('a damaged header row loses nothing', async () => {
    editFile(kit, path, ["UPDATE main.header SET body = x'00'"]);
    const vault = await open();
    expect(vault.damage().map(({ table }) => table)).toEqual(['header']);
    expect(new Map(vault.records())).toEqual(kit.truth.records);
    must(vault.acceptDamage('test'));
    vault.close();
    expect(readVaultByThePage(path, laterPassword, 1).vaultId).toBe(vault.vaultId);
  });

  it('a damaged password slot is told from a wrong password, and the recovery code still opens', async () => {
    editFile(kit, path, [
      "UPDATE main.slot SET body = CAST(substr(body, 1, 80) || x'0000' || substr(body, 83) AS BLOB) WHERE substr(body, 2, 1) = x'01'",
    ]);
    const error = errorOf(await unlock(ports, path, laterPassword));
    expect([error.kind, error.message.includes('recovery code')]).toEqual(['damaged', true]);
    const vault = must(await unlockVault(ports, path, { recoveryCode: secretText(kit.code) }));
    expect(new Map(vault.records())).toEqual(kit.truth.records);
    expect(vault.damage().length).toBeGreaterThan(0);
  });

  it('parameters below the floor are refused before the password is used', async () => {
    const body = (memory: string, passes: string): string =>
      `UPDATE main.slot SET body = CAST(substr(body, 1, 4) || x'${memory}' || x'${passes}' || substr(body, 13) AS BLOB) WHERE substr(body, 2, 1) = x'01'`;
    for (const [memory, passes] of [
      ['00000400', '00000003'],
      ['00010000', '00000001'],
      ['ffffffff', '00000003'],
    ] as const) {
      copyVault(kit.path, path);
      editFile(kit, path, [body(memory, passes)]);
      let derivations = 0;
      const derive: VaultPorts['kdf']['derive'] = (...input) => {
        derivations += 1;
        return ports.kdf.derive(...input);
      };
      // The check in the slot needs no key: whoever changes parameters can make it right again.
      mendCheck();
      const error = errorOf(await unlock({ ...ports, kdf: { ...ports.kdf, derive } }, path, laterPassword));
      expect([error.kind, derivations]).toEqual(['damaged', 0]);
    }
    copyVault(kit.path, path);
    editFile(kit, path, [body('00010000', '00000003')]);
    mendCheck();
    expect(errorOf(await unlock(ports, path, laterPassword)).kind).toBe('wrong-password');
  });

  const mendCheck = (): void => {
    const sql = must(ports.store.open(path, 'rollback'));
    for (const [id, body] of sql.all('SELECT id, body FROM slot') as [Uint8Array, Uint8Array][]) {
      const domain = Buffer.from('keyturn/v1/slot-check\0');
      const check = ports.aead.hash(Buffer.concat([domain, id, body.subarray(0, 116)]), 16);
      sql.run('UPDATE slot SET body = ? WHERE id = ?', [Buffer.concat([body.subarray(0, 116), check]), id]);
    }
    sql.close();
  };
});

describe('a damaged page of the database', () => {
  it('leaves the rows of other pages readable', async () => {
    const file = readFileSync(path);
    const pageOf = (id: string): number => Math.floor(file.indexOf(Buffer.from(id, 'hex')) / 4096);
    const page = pageOf(ids[5] as string);
    file.fill(0xa5, page * 4096, page * 4096 + 8);
    writeFileSync(path, file);
    const vault = must(await unlock(ports, path, laterPassword));
    expect(vault.damage().length).toBeGreaterThan(0);
    const secrets = ids.filter((id) => vault.readSecret(id).ok).length;
    expect(vault.records().size + secrets).toBeGreaterThan(ids.length / 2);
    for (const [id, record] of vault.records()) expect(record).toEqual(kit.truth.records.get(id));
  });
});

describe('a broken audit trail', () => {
  it('names the first line that is not as written', async () => {
    editFile(kit, path, flipped('audit', 'seq = 3'));
    const vault = await open();
    expect(must(vault.verifyAudit())).toMatchObject({ ok: false, firstBroken: 3 });
    const lines = must(vault.auditEntries({ limit: 100 }));
    expect(lines.find(({ sequence }) => sequence === 3)?.event).toBe('unreadable');
    must(vault.commit([], [{ event: 'goes on', by: 'test' }]));
    expect(must(vault.verifyAudit()).firstBroken).toBe(3);
  });

  it('is found when lines were cut off its end', async () => {
    editFile(kit, path, ['DELETE FROM main.audit WHERE seq > 3']);
    const vault = await open();
    expect(vault.damage().map(({ table }) => table)).toEqual(['audit']);
    expect(must(vault.verifyAudit())).toMatchObject({ ok: false, firstBroken: 4 });
  });
});
