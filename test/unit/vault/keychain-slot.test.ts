// The slot that the system's keychain opens: one at most, replaced whole, removed without a trace, and never the only way in.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SecretBytes } from '../../../src/core/model/secret-bytes.ts';
import { unlockVault, type VaultPorts } from '../../../src/core/vault/vault.ts';
import { readVaultByThePage } from '../../support/vault/independent-reader.ts';
import {
  must,
  newVault,
  password,
  putMeta,
  rememberingPorts,
  secretText,
  temporaryFolder,
  unlock,
} from '../../support/vault/vault-kit.ts';

let ports: VaultPorts;
beforeAll(async () => {
  ports = await rememberingPorts();
});

const bytesIn = (secret: SecretBytes): Uint8Array => secret.use((bytes) => bytes.slice());
const byKeychain = (path: string, secret: Uint8Array) =>
  unlockVault(ports, path, { keychainSecret: SecretBytes.own(secret.slice()) });
const kindsIn = (path: string): readonly number[] =>
  readVaultByThePage(path, password, 1)
    .slots.map(({ kind }) => kind)
    .sort((left, right) => left - right);

const fresh = async () => {
  const path = join(temporaryFolder(), 'v.keyturn');
  const { vault, code } = await newVault(ports, path);
  must(vault.commit([putMeta(vault.newId(), { name: 'kept' })], []));
  return { path, vault, code };
};

describe('a slot for the system keychain', () => {
  it('opens the vault with its secret, without any derivation', async () => {
    const { path, vault } = await fresh();
    const secret = bytesIn(must(vault.makeKeychainSlot('test', true)));
    vault.close();
    expect(secret).toHaveLength(32);
    let derivations = 0;
    const derive: VaultPorts['kdf']['derive'] = (...input) => {
      derivations += 1;
      return ports.kdf.derive(...input);
    };
    const opened = must(
      await unlockVault({ ...ports, kdf: { ...ports.kdf, derive } }, path, {
        keychainSecret: SecretBytes.own(secret),
      }),
    );
    expect([...opened.records().values()].map(({ body }) => body['name'])).toEqual(['kept']);
    expect(opened.damage()).toEqual([]);
    opened.close();
    expect(derivations).toBe(0);
  });

  it('is replaced whole: the secret from before opens nothing, and one slot stands there', async () => {
    const { path, vault } = await fresh();
    const first = bytesIn(must(vault.makeKeychainSlot('test', true)));
    const second = bytesIn(must(vault.makeKeychainSlot('test', false)));
    const lines = must(vault.auditEntries({ limit: 10 })).filter(
      ({ event }) => event === 'keychain-turned-on',
    );
    expect(lines).toHaveLength(1);
    vault.close();
    expect(kindsIn(path)).toEqual([1, 2, 3]);
    const old = await byKeychain(path, first);
    expect(!old.ok && old.error).toMatchObject({ kind: 'wrong-password', next: 'Type the master password.' });
    must(await byKeychain(path, second)).close();
  });

  it('is removed without a trace in the file, and the other ways in stay', async () => {
    const { path, vault, code } = await fresh();
    const secret = bytesIn(must(vault.makeKeychainSlot('test', true)));
    expect(must(vault.removeKeychainSlot('test'))).toBe(true);
    expect(must(vault.removeKeychainSlot('test'))).toBe(false);
    vault.close();
    expect(kindsIn(path)).toEqual([1, 2]);
    const gone = await byKeychain(path, secret);
    expect(!gone.ok && gone.error.kind).toBe('wrong-password');
    must(await unlock(ports, path)).close();
    must(await unlockVault(ports, path, { recoveryCode: secretText(code) })).close();
  });

  it('put back from an older copy of the file opens nothing', async () => {
    const { path, vault } = await fresh();
    const secret = bytesIn(must(vault.makeKeychainSlot('test', true)));
    const copy = `${path}.copy`;
    must(await vault.backupTo(copy));
    must(vault.removeKeychainSlot('test'));
    vault.close();
    const older = must(ports.store.open(copy, 'rollback'));
    const row = older.all('SELECT id, body FROM slot').find(([, body]) => (body as Uint8Array)[1] === 3)!;
    older.close();
    const now = must(ports.store.open(path, 'rollback'));
    now.run('INSERT INTO slot (id, body) VALUES (?, ?)', row);
    now.close();
    const refused = await byKeychain(path, secret);
    expect(!refused.ok && refused.error.kind).toBe('damaged');
    must(await unlock(ports, path)).close();
  });

  it('damaged anywhere opens nothing and takes no other way in with it', async () => {
    const { path, vault } = await fresh();
    const secret = bytesIn(must(vault.makeKeychainSlot('test', true)));
    vault.close();
    for (let at = 0; at < 132; at += 7) {
      const copy = `${path}.${String(at)}`;
      copyFileSync(path, copy);
      const sql = must(ports.store.open(copy, 'rollback'));
      const [id, body] = sql
        .all('SELECT id, body FROM slot')
        .find(([, each]) => (each as Uint8Array)[1] === 3)!;
      const bent = (body as Uint8Array).slice();
      bent[at] = bent[at]! ^ 0x20;
      sql.run('UPDATE slot SET body = ? WHERE id = ?', [bent, id as Uint8Array]);
      sql.close();
      const opened = await byKeychain(copy, secret);
      expect(
        !opened.ok && ['damaged', 'wrong-password'].includes(opened.error.kind),
        `byte ${String(at)}`,
      ).toBe(true);
      const other = must(await unlock(ports, copy));
      expect(other.records().size).toBe(1);
      other.close();
    }
  });

  it('leaves its secret nowhere in the file', async () => {
    const { path, vault } = await fresh();
    const secret = bytesIn(must(vault.makeKeychainSlot('test', true)));
    vault.close();
    expect(readFileSync(path).includes(Buffer.from(secret))).toBe(false);
  });
});
