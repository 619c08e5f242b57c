// A way in that somebody puts back into the file, a recovery code that was replaced above all, does not become one again by what the vault
// does with its own.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, it } from 'vitest';
import type { OpenVault, VaultPorts } from '../../../src/core/vault/vault.ts';
import { unlockVault } from '../../../src/core/vault/vault.ts';
import { nodePorts } from '../../../src/node/ports.ts';
import {
  must,
  newVault,
  password,
  portsWithoutCost,
  secretText,
  temporaryFolder,
  unlock,
} from '../../support/vault/vault-kit.ts';

let ports: VaultPorts;
beforeAll(async () => {
  ports = portsWithoutCost(await nodePorts({ targetMs: 0 }));
});

const onFile = <T>(path: string, act: (database: DatabaseSync) => T): T => {
  const database = new DatabaseSync(path);
  try {
    return act(database);
  } finally {
    database.close();
  }
};

const deeds: Readonly<Record<string, (vault: OpenVault) => Promise<unknown>>> = {
  'a new password': async (vault) =>
    must(await vault.changePassword(secretText(password), secretText('the next one'))),
  'a new way in for the keychain': async (vault) => must(vault.makeKeychainSlot('test', true)),
  'the end of the keychain’s way in': async (vault) => must(vault.removeKeychainSlot('test')),
};

it.each(Object.keys(deeds))('%s does not bring it back', async (name) => {
  const path = join(temporaryFolder(), 'vault.keyturn');
  const { vault, code: oldCode } = await newVault(ports, path);
  must(vault.makeKeychainSlot('test', true));
  const old = onFile(path, (file) => file.prepare('SELECT id, body FROM slot').all());
  const code = must(await vault.newRecoveryCode('test'));
  vault.close();
  // Kind 2 in the second byte: the recovery slot from before.
  const put = old.filter(({ body }) => (body as Uint8Array)[1] === 2);
  expect(put).toHaveLength(1);
  onFile(path, (file) => {
    for (const { id, body } of put)
      file.prepare('INSERT INTO slot VALUES (?, ?)').run(id as Uint8Array, body as Uint8Array);
  });
  const byOld = () => unlockVault(ports, path, { recoveryCode: secretText(oldCode) });
  expect((await byOld()).ok).toBe(false);
  const opened = must(await unlock(ports, path));
  expect(opened.damage()).not.toEqual([]);
  await deeds[name]?.(opened);
  opened.close();
  expect((await byOld()).ok).toBe(false);
  must(await unlockVault(ports, path, { recoveryCode: code })).close();
});
